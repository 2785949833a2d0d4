//! The comparison of days as a table that spreadsheets open.

use domain::{Fen, Lang, Text};

use super::report::{BillLine, Report};
use super::words::{bill_state_text, flow_missing_text, flow_text, outcome_text, unread_text};
use crate::Failure;
use crate::sheet::{Sheet, SheetFile, SheetStyle};

const HEADINGS: [Text; 8] = [
    Text::new("日期", "Day"),
    Text::new("商户账户", "Merchant account"),
    Text::new("类别", "Kind"),
    Text::new("方向", "Direction"),
    Text::new("单号", "Number"),
    Text::new("账单", "Bill"),
    Text::new("系统", "Books"),
    Text::new("处理", "Outcome"),
];
const TOTAL: Text = Text::new("合计", "Total");
const PAID: Text = Text::new("收款", "payment");
const REFUNDED: Text = Text::new("退款", "refund");
const FEE: Text = Text::new("手续费", "fee");
const UNREAD: Text = Text::new("无法读取的行", "Rows that cannot be read");
const FLOW: Text = Text::new("资金流水", "Movements");
const FEE_DIFFERENCE: Text = Text::new("手续费与约定不符", "Another fee than agreed");
const ONLY_TOLD: Text = Text::new("仅提示", "for information");
const BILL_ROW: Text = Text::new("账单明细", "Row of the bill");
const AGREES: Text = Text::new("一致", "agrees");

/// What a row says beside its day and account.
struct Line<'a> {
    kind: &'a str,
    way: &'a str,
    number: &'a str,
    billed: String,
    booked: String,
    outcome: String,
}

/// The reports as a table: a row for every difference, one for the sums of each account, and the rows of its bill where
/// they are given.
///
/// # Errors
/// Where the table cannot be written.
pub fn report_table(
    reports: &[(Report, Vec<BillLine>)],
    style: SheetStyle,
) -> Result<SheetFile, Failure> {
    let headings = HEADINGS.map(|heading| heading.get(style.lang));
    let mut sheet = Sheet::begin(style, &headings)?;
    'reports: for (report, rows) in reports {
        let (provider, account) = (report.provider, &report.account);
        let (day, merchant) = (report.day.to_string(), format!("{provider}:{account}"));
        for line in lines(report, rows, style.lang) {
            let cells = [
                &*day,
                &merchant,
                line.kind,
                line.way,
                line.number,
                &line.billed,
                &line.booked,
                &line.outcome,
            ];
            if !sheet.add(&cells)? {
                break 'reports;
            }
        }
    }
    sheet.finish("reconciliation")
}

fn lines<'a>(report: &'a Report, rows: &'a [BillLine], lang: Lang) -> Vec<Line<'a>> {
    let mut lines = sums(report, lang);
    lines.extend(differences(report, lang));
    lines.extend(rows.iter().map(|one| {
        let difference = one.difference.map(|kind| kind.label().get(lang));
        Line {
            kind: BILL_ROW.get(lang),
            way: one.entry.label().get(lang),
            number: &one.number,
            billed: one.amount.to_yuan(),
            booked: String::new(),
            outcome: difference.unwrap_or_else(|| AGREES.get(lang)).to_owned(),
        }
    }));
    lines
}

fn sums(report: &Report, lang: Lang) -> Vec<Line<'_>> {
    let bill = bill_state_text(&report.bill, lang);
    let line = |kind: Text, way: &'static str, amounts: [String; 2], outcome: String| {
        let [billed, booked] = amounts;
        Line {
            kind: kind.get(lang),
            way,
            number: "",
            billed,
            booked,
            outcome,
        }
    };
    let sum = |(count, sum): (usize, Fen)| match lang {
        Lang::Zh => format!("{count} 笔 {}", sum.to_yuan()),
        Lang::En => format!("{count}: {}", sum.to_yuan()),
    };
    let total = |way: Text, sum| line(TOTAL, way.get(lang), [sum, String::new()], bill.clone());
    let mut lines = vec![
        total(PAID, sum(report.paid)),
        total(REFUNDED, sum(report.refunded)),
        total(FEE, report.fee.in_fen().to_yuan()),
    ];
    if let Some(unread) = &report.unread {
        let amounts = [unread.paid.to_yuan(), String::new()];
        lines.push(line(
            UNREAD,
            PAID.get(lang),
            amounts,
            unread_text(unread, lang),
        ));
    }
    if let Some(flow) = report.flow {
        let amounts = [flow.moved.to_yuan(), flow.booked.to_yuan()];
        lines.push(line(FLOW, "", amounts, flow_text(flow, lang).to_owned()));
    }
    if let Some(seen) = &report.flow_missing {
        let none = [String::new(), String::new()];
        lines.push(line(FLOW, "", none, flow_missing_text(seen, lang)));
    }
    lines
}

fn differences(report: &Report, lang: Lang) -> impl Iterator<Item = Line<'_>> {
    let amount = |amount: Option<Fen>| amount.map(Fen::to_yuan).unwrap_or_default();
    let found = report
        .differences
        .iter()
        .map(move |(found, is_healed)| Line {
            kind: found.kind.label().get(lang),
            way: found.entry.label().get(lang),
            number: &found.number,
            billed: amount(found.billed),
            booked: amount(found.booked),
            outcome: outcome_text(found.kind, *is_healed, lang).to_owned(),
        });
    let fees = report.fee_differences.iter().map(move |fee| Line {
        kind: FEE_DIFFERENCE.get(lang),
        way: FEE.get(lang),
        number: &fee.number,
        billed: fee.billed.in_fen().to_yuan(),
        booked: fee.agreed.to_yuan(),
        outcome: ONLY_TOLD.get(lang).to_owned(),
    });
    found.chain(fees)
}
