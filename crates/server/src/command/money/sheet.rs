//! Sheets for finance: CSV that spreadsheets open with a double click.

use std::iter;

use domain::{Fen, Lang};
use service::reconciliation::{BillLine, Report};

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
pub(super) fn of_reports(reports: &[(Report, Vec<BillLine>)]) -> String {
    let rows = reports.iter().map(|(report, lines)| rows(report, lines));
    csv(COLUMNS, rows.flatten())
}

/// Rows below the names of their columns.
pub(super) fn csv<const N: usize>(
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let head = row(&columns.map(str::to_owned));
    // The mark by which spreadsheets know UTF-8.
    iter::once(format!("\u{feff}{head}"))
        .chain(rows.map(|cells| row(&cells)))
        .collect()
}

/// A row of a report: what it is about, what either side says, and what comes of it.
fn line(
    report: &Report,
    [kind, way, number]: [&str; 3],
    [billed, booked]: [String; 2],
    outcome: &str,
) -> [String; 8] {
    let (provider, account) = &report.merchant;
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

fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// What a spreadsheet may take for the beginning of a formula, also in its full width, which Excel in Chinese and Japanese
/// turns into the narrow one; and what it may skip before it. Source: docs/sources.md#formulas.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// A cell in quotes. What a spreadsheet would take for a formula begins with an apostrophe, amounts apart. NUL, at which
/// some programs end a text, is left out.
fn cell(text: &str) -> String {
    let text = text.replace('\0', "");
    let amount = text.strip_prefix('-').unwrap_or(&text);
    let is_amount = !amount.is_empty()
        && amount
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let guard = if text.starts_with(FORMULA) && !is_amount {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [
            ("G260609", "\"G260609\""),
            ("say \"yes\", please", "\"say \"\"yes\"\", please\""),
            ("=1+1", "\"'=1+1\""),
            ("+86", "\"'+86\""),
            ("-1+cmd", "\"'-1+cmd\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("-12.50", "\"-12.50\""),
            ("-", "\"'-\""),
            ("--1", "\"'--1\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
            ("\0=1", "\"'=1\""),
            ("a\0b", "\"ab\""),
            ("＝1+1", "\"'＝1+1\""),
            ("＋1", "\"'＋1\""),
            ("－1", "\"'－1\""),
            ("＠A1", "\"'＠A1\""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
