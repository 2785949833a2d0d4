//! Sheets for finance: CSV that spreadsheets open with a double click.

use domain::{Fen, Lang};
use service::reconciliation::{BillLine, Report};
use table::{TableError, WriteOptions, Writer};

use super::words::{bill_state, flow_missing, flow_outcome, outcome as outcome_of, unread_rows};

/// The columns.
const COLUMNS: [&str; 8] = [
    "日期",
    "商户账户",
    "类别",
    "方向",
    "单号",
    "账单",
    "系统",
    "处理",
];

/// The reports as CSV: a row for every difference, one for the sums of each account, and the rows of its bill where they
/// are given.
pub(super) fn of_reports(reports: &[(Report, Vec<BillLine>)]) -> Result<Vec<u8>, TableError> {
    let rows = reports.iter().map(|(report, lines)| rows(report, lines));
    csv(COLUMNS, rows.flatten())
}

/// Rows below the names of their columns.
pub(super) fn csv<const N: usize>(
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<Vec<u8>, TableError> {
    let mut writer = Writer::new(Vec::new(), WriteOptions::default())?;
    writer.write(&columns)?;
    for cells in rows {
        writer.write(&cells)?;
    }
    writer.finish()
}

/// A row of a report: what it is about, what either side says, and what comes of it.
fn line(
    report: &Report,
    [kind, way, number]: [&str; 3],
    [billed, booked]: [String; 2],
    outcome: &str,
) -> [String; 8] {
    let (provider, account) = (report.provider, &report.account);
    let (day, merchant) = (report.day.to_string(), format!("{provider}:{account}"));
    let [kind, way, number] = [kind, way, number].map(str::to_owned);
    let outcome = outcome.to_owned();
    [day, merchant, kind, way, number, billed, booked, outcome]
}

fn rows(report: &Report, lines: &[BillLine]) -> Vec<[String; 8]> {
    let mut rows = sums(report);
    rows.extend(differences(report));
    rows.extend(lines.iter().map(|one| {
        let names = ["账单明细", one.entry.label().get(Lang::Zh), &one.number];
        let difference = one.difference.map(|kind| kind.label().get(Lang::Zh));
        let amounts = [yuan(one.amount), String::new()];
        line(report, names, amounts, difference.unwrap_or("一致"))
    }));
    rows
}

fn sums(report: &Report) -> Vec<[String; 8]> {
    let bill = bill_state(&report.bill);
    let sum = |(count, sum): (usize, Fen)| format!("{count} 笔 {}", yuan(sum));
    let total = |way, sum| line(report, ["合计", way, ""], [sum, String::new()], &bill);
    let mut rows = vec![
        total("收款", sum(report.paid)),
        total("退款", sum(report.refunded)),
        total("手续费", yuan(report.fee.in_fen())),
    ];
    if let Some(unread) = &report.unread {
        let amounts = [yuan(unread.paid), String::new()];
        let told = unread_rows(unread);
        rows.push(line(report, ["无法读取的行", "收款", ""], amounts, &told));
    }
    let names = ["资金流水", "", ""];
    if let Some(flow) = report.flow {
        let amounts = [yuan(flow.moved), yuan(flow.booked)];
        rows.push(line(report, names, amounts, flow_outcome(flow)));
    }
    if let Some(seen) = &report.flow_missing {
        let none = [String::new(), String::new()];
        rows.push(line(report, names, none, &flow_missing(seen)));
    }
    rows
}

fn differences(report: &Report) -> Vec<[String; 8]> {
    let amount = |amount: Option<Fen>| amount.map_or_else(String::new, yuan);
    let found = report.differences.iter().map(|(found, is_healed)| {
        let names = [
            found.kind.label().get(Lang::Zh),
            found.entry.label().get(Lang::Zh),
            &found.number,
        ];
        let amounts = [amount(found.billed), amount(found.booked)];
        let outcome = outcome_of(found.kind, *is_healed);
        line(report, names, amounts, outcome)
    });
    let fees = report.fee_differences.iter().map(|fee| {
        let names = ["手续费与约定不符", "手续费", fee.number.as_str()];
        let amounts = [yuan(fee.billed.in_fen()), yuan(fee.agreed)];
        line(report, names, amounts, "仅提示")
    });
    found.chain(fees).collect()
}

/// Without the sign of the currency, so that a spreadsheet can add it up.
pub(super) fn yuan(amount: Fen) -> String {
    amount.to_yuan()
}
