//! The report of a comparison as a sheet for finance: CSV that spreadsheets open with a double click.

use domain::reconciliation::Difference;
use domain::{Fen, Lang};
use service::reconciliation::Report;

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

/// The reports as CSV: a row for every difference, and one for the sums of each account.
pub(super) fn csv(reports: &[Report]) -> String {
    // The mark by which spreadsheets know UTF-8.
    let mut text = format!("\u{feff}{}", row(&COLUMNS.map(str::to_owned)));
    for report in reports {
        for cells in rows(report) {
            text.push_str(&row(&cells));
        }
    }
    text
}

fn rows(report: &Report) -> Vec<[String; 8]> {
    let (provider, account) = &report.merchant;
    let line = |cells: [&str; 3], billed: String, booked: String, outcome: &str| {
        let [kind, way, number] = cells.map(str::to_owned);
        let (day, merchant) = (report.day.to_string(), format!("{provider}:{account}"));
        let outcome = outcome.to_owned();
        [day, merchant, kind, way, number, billed, booked, outcome]
    };
    let bill = super::bill_state(&report.bill);
    let sum = |(count, sum): (usize, Fen)| format!("{count} 笔 {}", yuan(sum));
    let mut rows = vec![
        line(["合计", "收款", ""], sum(report.paid), String::new(), &bill),
        line(
            ["合计", "退款", ""],
            sum(report.refunded),
            String::new(),
            &bill,
        ),
        line(
            ["合计", "手续费", ""],
            yuan(report.fee.in_fen()),
            String::new(),
            &bill,
        ),
    ];
    if let Some(flow) = report.flow {
        let (moved, booked) = (yuan(flow.moved), yuan(flow.booked));
        rows.push(line(
            ["资金流水", "", ""],
            moved,
            booked,
            super::flow_outcome(flow),
        ));
    }
    for (found, is_healed) in &report.differences {
        let Difference {
            kind,
            number,
            entry,
            billed,
            booked,
        } = found;
        let names = [
            kind.label().get(Lang::Zh),
            entry.label().get(Lang::Zh),
            number,
        ];
        let amount = |amount: &Option<Fen>| amount.map_or_else(String::new, yuan);
        let outcome = super::outcome(*kind, *is_healed);
        rows.push(line(names, amount(billed), amount(booked), outcome));
    }
    for fee in &report.fee_differences {
        let names = ["手续费与约定不符", "手续费", fee.number.as_str()];
        rows.push(line(
            names,
            yuan(fee.billed.in_fen()),
            yuan(fee.agreed),
            "仅提示",
        ));
    }
    rows
}

/// Without the sign of the currency, so that a spreadsheet can add it up.
fn yuan(amount: Fen) -> String {
    amount.to_yuan()
}

fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell in quotes. What a spreadsheet would take for a formula begins with an apostrophe, amounts apart.
fn cell(text: &str) -> String {
    let is_amount = text
        .trim_start_matches('-')
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_amount {
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
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
