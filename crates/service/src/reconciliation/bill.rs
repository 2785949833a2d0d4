//! The two books of a day: the provider's bill, and ours.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use domain::payment::Attempt;
use domain::reconciliation::{
    BookEntry, EntryKind, FeeRate, MIDNIGHT_MARGIN, Neighbours, RunState, Standing,
};
use domain::refund::{Refund, RefundState};
use domain::{Fen, day_bounds};
use providers::blob::BlobKey;
use providers::keys::sha256;
use providers::payment::{BillFee, TradeBill, TradeKind, TradeRow};
use store::reconciliation::{KeptBill, Run};

use super::{FeeDifference, Unread};
use crate::merchant::Merchant;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// A bill beside our books of its day.
pub(super) struct Bill {
    /// The bill's payments and refunds of our account.
    pub(super) billed: Vec<BookEntry>,
    /// What we have.
    pub(super) booked: Vec<BookEntry>,
    /// The bill's rows.
    pub(super) all: Vec<TradeRow>,
    /// The rows that could not be read, where there are some.
    pub(super) unread: Option<Unread>,
}

impl Bill {
    /// Reads the rows, and finds what we have under their numbers wherever the day's books do not hold it.
    pub(super) async fn new(
        context: &Context,
        merchant: &Merchant,
        read: TradeBill,
        mut booked: Vec<BookEntry>,
    ) -> Result<Self, Failure> {
        let unread = Unread::of(&read);
        let all = read.rows;
        let billed: Vec<BookEntry> = all.iter().filter_map(entry).collect();
        let key = |entry: &BookEntry| (entry.kind, entry.number.clone());
        let mut known: BTreeSet<_> = booked.iter().map(key).collect();
        for found in billed.iter().filter(|found| known.insert(key(found))) {
            let elsewhere = match found.kind {
                EntryKind::Payment => payment(context, merchant, &found.number).await?,
                EntryKind::Refund => known_refund(context, &found.number).await?,
            };
            booked.extend(elsewhere);
        }
        Ok(Self {
            billed,
            booked,
            all,
            unread,
        })
    }

    /// How many rows of a kind the bill has, and their sum.
    pub(super) fn total(&self, kind: EntryKind) -> (usize, Fen) {
        let of_kind = self.billed.iter().filter(|entry| entry.kind == kind);
        let amounts = of_kind.map(|entry| entry.amount);
        let sum = Fen::checked_sum(amounts.clone()).unwrap_or(Fen(i64::MAX));
        (amounts.count(), sum)
    }

    /// What the provider took in all.
    pub(super) fn fee(&self) -> BillFee {
        BillFee(self.rows().map(|(_, row)| row.fee.0).sum())
    }

    /// The payments of which it took another share than is agreed.
    pub(super) fn fee_differences(&self, rate: Option<FeeRate>) -> Vec<FeeDifference> {
        let Some(rate) = rate else { return Vec::new() };
        let payments = self.rows().filter(|(kind, _)| *kind == EntryKind::Payment);
        let differing = payments.filter(|(_, row)| row.fee != BillFee::from(rate.of(row.amount)));
        differing
            .map(|(_, row)| FeeDifference {
                number: row.out_trade_no.clone(),
                billed: row.fee,
                agreed: rate.of(row.amount),
            })
            .collect()
    }

    /// The payments and refunds of our account.
    pub(super) fn rows(&self) -> impl Iterator<Item = (EntryKind, &TradeRow)> {
        self.all
            .iter()
            .filter_map(|row| entry(row).map(|entry| (entry.kind, row)))
    }

    /// How the bill has an entry.
    pub(super) fn standing(&self, kind: EntryKind, wanted: &str) -> Option<Standing> {
        self.row(kind, wanted).map(|row| standing(&row.kind))
    }

    /// The row of a number.
    pub(super) fn row(&self, kind: EntryKind, wanted: &str) -> Option<&TradeRow> {
        let mut rows = self.rows();
        rows.find(|(is, row)| *is == kind && number(row) == wanted)
            .map(|(_, row)| row)
    }
}

/// A row of the bill as an entry; `None` for what is no payment or refund of our account.
fn entry(row: &TradeRow) -> Option<BookEntry> {
    let kind = match &row.kind {
        TradeKind::Payment => EntryKind::Payment,
        TradeKind::Refund { .. } => EntryKind::Refund,
        TradeKind::Other(_) => return None,
    };
    row.is_ours.then(|| BookEntry {
        kind,
        number: number(row).to_owned(),
        amount: row.amount,
        standing: standing(&row.kind),
        at: Some(row.at),
    })
}

/// How a row stands, by the provider's words; a bill that lists only what is done has none. What is held up at the payer's
/// bank may still move, as in our books. Source: docs/sources.md#wechat-bills.
fn standing(kind: &TradeKind) -> Standing {
    let TradeKind::Refund {
        state: Some(state), ..
    } = kind
    else {
        return Standing::Done;
    };
    match state.as_str() {
        "SUCCESS" => Standing::Done,
        "FAIL" | "CLOSED" => Standing::Void,
        "PROCESSING" | "CHANGE" | "ABNORMAL" => Standing::UnderWay,
        other => {
            tracing::error!(
                refund.state = other,
                "A bill names a state of a refund that we do not know"
            );
            Standing::UnderWay
        }
    }
}

/// The number under which a row is looked for on our side.
pub(super) fn number(row: &TradeRow) -> &str {
    refund_number(row).unwrap_or(&row.out_trade_no)
}

/// Our number of the refund that a row tells of.
pub(super) fn refund_number(row: &TradeRow) -> Option<&str> {
    match &row.kind {
        TradeKind::Refund { out_refund_no, .. } => Some(out_refund_no),
        TradeKind::Payment | TradeKind::Other(_) => None,
    }
}

async fn payment(
    context: &Context,
    merchant: &Merchant,
    number: &str,
) -> Result<Option<BookEntry>, Failure> {
    let on = context.store.reader();
    let (provider, account) = (merchant.provider(), &merchant.account);
    let found = store::payment::by_number(on, provider, account, number).await?;
    Ok(found.as_ref().and_then(of_payment))
}

async fn known_refund(context: &Context, number: &str) -> Result<Option<BookEntry>, Failure> {
    let on = context.store.reader();
    let found = store::refund::by_number(on, number).await?;
    Ok(found.as_ref().map(of_refund))
}

/// Our books of a day and of the minutes around it.
pub(super) async fn booked(
    context: &Context,
    merchant: &Merchant,
    day: NaiveDate,
) -> Result<Vec<BookEntry>, Failure> {
    let on = context.store.reader();
    let account = merchant.key();
    let (from, to) = day_bounds(day);
    let around = (from - MIDNIGHT_MARGIN)..(to + MIDNIGHT_MARGIN);
    let mut entries = Vec::new();
    for attempt in store::payment::paid_between(on, account, &around).await? {
        entries.extend(of_payment(&attempt));
    }
    for row in store::refund::submitted_between(on, account, &around).await? {
        entries.push(of_refund(&row));
    }
    Ok(entries)
}

/// What the bills of the days before and after have, where those were compared.
pub(super) async fn neighbours(
    context: &Context,
    merchant: &Merchant,
    day: NaiveDate,
) -> Result<Neighbours, Failure> {
    let one = TimeDelta::days(1);
    Ok(Neighbours {
        before: numbers(context, merchant, day - one).await?,
        after: numbers(context, merchant, day + one).await?,
    })
}

async fn numbers(
    context: &Context,
    merchant: &Merchant,
    day: NaiveDate,
) -> Result<Option<BTreeSet<(EntryKind, String)>>, Failure> {
    let on = context.store.reader();
    let run = store::reconciliation::of_day(on, merchant.key(), day).await?;
    let is_compared = |run: &Run| run.state == RunState::Done || run.bill.is_some();
    let Some(run) = run.filter(is_compared) else {
        return Ok(None);
    };
    let mut numbers = BTreeSet::new();
    for row in store::reconciliation::rows(on, &run).await? {
        let number = row.out_refund_no.unwrap_or(row.out_trade_no);
        numbers.insert((row.kind, number));
    }
    Ok(Some(numbers))
}

fn of_payment(attempt: &Attempt) -> Option<BookEntry> {
    let amount = attempt.received();
    (amount > Fen::ZERO).then(|| BookEntry {
        kind: EntryKind::Payment,
        number: attempt.out_trade_no.clone(),
        amount,
        standing: Standing::Done,
        at: attempt.paid_at,
    })
}

fn of_refund(row: &Refund) -> BookEntry {
    BookEntry {
        kind: EntryKind::Refund,
        number: row.out_refund_no.clone(),
        amount: row.amount,
        standing: match row.state {
            RefundState::Succeeded => Standing::Done,
            RefundState::Requested | RefundState::Submitted | RefundState::Abnormal => {
                Standing::UnderWay
            }
            RefundState::Closed | RefundState::Rejected => Standing::Void,
        },
        at: row.submitted_at,
    }
}

/// Puts the bill away as it came, sealed.
pub(super) async fn keep(context: &Context, row: &Run, bytes: &[u8]) -> Result<KeptBill, Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Payment).await?;
    let wrapped = sealer.seal("reconciliations", "bill", row.id.0, bytes)?;
    let name = BlobKey::random(context.random.as_ref());
    context.blobs.put(&name, wrapped.into()).await?;
    Ok(KeptBill {
        key: name.as_str().to_owned(),
        sha256: sha256(bytes).to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn refund(state: Option<&str>) -> TradeKind {
        TradeKind::Refund {
            out_refund_no: "R1".to_owned(),
            refund_id: None,
            state: state.map(str::to_owned),
        }
    }

    #[rstest]
    #[case::payment(TradeKind::Payment, Standing::Done)]
    #[case::no_word(refund(None), Standing::Done)]
    #[case::success(refund(Some("SUCCESS")), Standing::Done)]
    #[case::failed(refund(Some("FAIL")), Standing::Void)]
    #[case::closed(refund(Some("CLOSED")), Standing::Void)]
    #[case::under_way(refund(Some("PROCESSING")), Standing::UnderWay)]
    #[case::held_up(refund(Some("CHANGE")), Standing::UnderWay)]
    #[case::abnormal(refund(Some("ABNORMAL")), Standing::UnderWay)]
    #[case::unknown(refund(Some("SOMETHING_NEW")), Standing::UnderWay)]
    fn a_row_stands_as_the_provider_says(#[case] kind: TradeKind, #[case] expected: Standing) {
        assert_eq!(standing(&kind), expected);
    }

    #[rstest]
    #[case::payment(TradeKind::Payment, "G1", None)]
    #[case::refund(refund(None), "R1", Some("R1"))]
    #[case::other(TradeKind::Other("fee".to_owned()), "G1", None)]
    fn a_row_is_looked_for_under_its_own_number(
        #[case] kind: TradeKind,
        #[case] expected: &str,
        #[case] of_refund: Option<&str>,
    ) {
        let row = TradeRow {
            is_ours: true,
            at: chrono::DateTime::UNIX_EPOCH,
            kind,
            transaction_id: "4200".to_owned(),
            out_trade_no: "G1".to_owned(),
            amount: Fen(1),
            fee: BillFee(0),
        };
        assert_eq!((number(&row), refund_number(&row)), (expected, of_refund));
    }
}
