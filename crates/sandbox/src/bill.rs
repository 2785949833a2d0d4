//! What a provider's bill of one day holds, with the faults that make it wrong.

use crate::clock::{Seconds, date_beijing, midnight_beijing};
use crate::fault::{Kind, Site};
use crate::money::fee;
use crate::provider::{Key, Provider};
use crate::refund::Refund;
use crate::trade::{Payment, Phase, Trade};
use crate::world::{BillFile, State};

/// Bills can be had from 10:00 of the next day.
const READY_AFTER_S: i64 = 86_400 + 10 * 3600;
/// Bills can be had for three months.
const KEPT_S: i64 = 93 * 86_400;

/// One line: money that came in or went back.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) at: Seconds,
    pub(crate) trade: Trade,
    pub(crate) payment: Payment,
    /// None for the payment itself.
    pub(crate) refund: Option<Refund>,
    /// What came in, or went back; never negative.
    pub(crate) amount_fen: i64,
    /// The provider's fee for it, or what it gives back of it; never negative.
    pub(crate) fee_fen: i64,
}

/// The lines of a day, and how the file is to be wrong.
#[derive(Debug)]
pub(crate) struct Bill {
    pub(crate) lines: Vec<Line>,
    /// What the file's own total is off by.
    pub(crate) total_off_fen: i64,
    pub(crate) is_damaged: bool,
    /// Whether goods have names that break their rows.
    pub(crate) is_odd: bool,
    /// Whether the first payment lacks a cell.
    pub(crate) is_broken: bool,
}

/// Stands in a bill for a name that would be made harmless where it is written.
const ODD_MARK: &str = "ODDNAME";
/// A name as other shops give their goods: separators, a line break, a quote that is never closed.
const ODD_NAME: &str = "\"照片, 冲印,大\n第二行,`一寸";

impl Bill {
    /// The name of what was sold, for a row.
    pub(crate) fn name<'a>(&self, line: &'a Line) -> &'a str {
        if self.is_odd {
            ODD_MARK
        } else {
            &line.trade.description
        }
    }

    /// The rows below their heading as they are given out; `cell` with what separates it is lost of the first payment where
    /// that is asked for.
    pub(crate) fn finished(&self, heading: &str, rows: &str, cell: &str) -> (String, String) {
        let comma = if self.is_odd { "," } else { "" };
        let mut rows = rows.replace(ODD_MARK, ODD_NAME);
        if self.is_broken {
            rows = rows.replacen(cell, "", 1);
        }
        (format!("{heading}{comma}"), rows)
    }
}

/// Why there is no bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoBill {
    Missing,
    Creating,
    WrongDay,
}

/// The bill of the day that begins at `day`, for one merchant.
pub(crate) fn of_day(
    state: &mut State,
    site: Site<'_>,
    day: Option<Seconds>,
    now: Seconds,
) -> Result<Bill, NoBill> {
    let day = day.ok_or(NoBill::WrongDay)?;
    if day > now || day + KEPT_S < now || midnight_beijing(now) <= day {
        return Err(NoBill::WrongDay);
    }
    if state.faults.strikes(site, Kind::BillMissing) {
        return Err(NoBill::Missing);
    }
    if now < day + READY_AFTER_S || state.faults.strikes(site, Kind::BillCreating) {
        return Err(NoBill::Creating);
    }
    let mut lines: Vec<Line> = (state.trades.values())
        .filter(|trade| {
            (trade.key.provider, trade.key.merchant.as_str()) == (site.provider, site.merchant)
        })
        .flat_map(lines_of)
        .filter(|line| (day..day + 86_400).contains(&line.at))
        .collect();
    lines.sort_by_key(|line| line.at);
    if state.faults.strikes(site, Kind::BillDropRow) && !lines.is_empty() {
        lines.remove(0);
    }
    if state.faults.strikes(site, Kind::BillWrongAmount)
        && let Some(line) = lines.first_mut()
    {
        line.amount_fen += 1;
    }
    if state.faults.strikes(site, Kind::BillExtraRow) {
        lines.push(stranger(state, site, day));
    }
    if lines.is_empty() {
        return Err(NoBill::Missing);
    }
    Ok(Bill {
        lines,
        total_off_fen: i64::from(state.faults.strikes(site, Kind::BillWrongTotal)),
        is_damaged: state.faults.strikes(site, Kind::BillBadHash),
        is_odd: state.faults.strikes(site, Kind::BillOddNames),
        is_broken: state.faults.strikes(site, Kind::BillBrokenRow),
    })
}

fn lines_of(trade: &Trade) -> Vec<Line> {
    let Phase::Paid(payment) = &trade.phase else {
        return Vec::new();
    };
    let line = |at, refund: Option<&Refund>| {
        let amount_fen = refund.map_or(trade.amount_fen, |refund| refund.amount_fen);
        Line {
            at,
            trade: trade.clone(),
            payment: payment.clone(),
            refund: refund.cloned(),
            amount_fen,
            fee_fen: fee(amount_fen),
        }
    };
    let refunds =
        (trade.refunds.iter()).filter_map(|refund| Some(line(refund.succeeded_at?, Some(refund))));
    std::iter::once(line(payment.at, None))
        .chain(refunds)
        .collect()
}

/// A payment that nobody knows.
fn stranger(state: &mut State, site: Site<'_>, day: Seconds) -> Line {
    let at = day + 12 * 3600;
    let payment = Payment {
        at,
        payer: "oSandboxStranger000000000001".to_owned(),
        coupon_fen: 0,
        is_finished: false,
    };
    let number = state.next_number();
    let product = match site.provider {
        Provider::Wechat => crate::provider::Product::Native,
        Provider::Alipay | Provider::Sms => crate::provider::Product::Precreate,
    };
    let trade = Trade {
        key: Key {
            provider: site.provider,
            merchant: site.merchant.to_owned(),
            number: format!("X{}STRANGER{number:06}", date_beijing(at)),
        },
        product,
        transaction_id: state.next_transaction_id(site.provider, at),
        amount_fen: 1,
        description: "unknown".to_owned(),
        attach: String::new(),
        notify_url: None,
        return_url: None,
        payer: None,
        parameters: serde_json::Value::Null,
        created_at: at,
        codes: Vec::new(),
        scanned_at: Some(at),
        expiry: crate::trade::Expiry {
            at: None,
            after_scan_s: None,
        },
        phase: Phase::Paid(payment.clone()),
        refunds: Vec::new(),
    };
    Line {
        at,
        payment,
        refund: None,
        amount_fen: trade.amount_fen,
        fee_fen: 0,
        trade,
    }
}

/// Keeps a file for its download and gives it a token.
pub(crate) fn keep(state: &mut State, token: &str, bytes: Vec<u8>, expires_at: Seconds) {
    state
        .bills
        .insert(token.to_owned(), BillFile { bytes, expires_at });
}

/// The file behind a token, while it is there.
pub(crate) fn kept(state: &State, token: &str, now: Seconds) -> Option<Vec<u8>> {
    let file = state.bills.get(token)?;
    (file.expires_at > now).then(|| file.bytes.clone())
}

/// What the merchant keeps of a line, signed: the amount less the fee.
pub(crate) fn signed(line: &Line, fen: i64) -> i64 {
    if line.refund.is_some() { -fen } else { fen }
}
