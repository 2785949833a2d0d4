//! A provider's bill of a day beside our own books: every row of either side is looked for on the other.
//!
//! Source: docs/sources.md#reconciliation.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::Fen;
use crate::money_case::CaseKind;
use crate::word::words;

/// What happened so near to midnight may stand in the bill of the other day.
pub const MIDNIGHT_MARGIN: TimeDelta = TimeDelta::minutes(10);

words! {
    /// Which way money went.
    EntryKind {
        /// In.
        Payment = "payment", "收款", "payment";
        /// Back.
        Refund = "refund", "退款", "refund";
    }
}

/// A payment or refund in one of the two books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which way.
    pub kind: EntryKind,
    /// Our number: of the attempt, or of the refund.
    pub number: String,
    /// How much; positive either way.
    pub amount: Fen,
    /// When, where that is known; ours is always.
    pub at: Option<DateTime<Utc>>,
}

/// A row of one side and what is the matter with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What is the matter.
    pub kind: CaseKind,
    /// Our number.
    pub number: String,
    /// Which way.
    pub entry: EntryKind,
    /// What the bill says.
    pub billed: Option<Fen>,
    /// What our books say.
    pub booked: Option<Fen>,
}

/// Compares a day's bill with our books, both ways.
///
/// `booked` holds what we have for the day and around it; only what falls into `day`, its edges left out, must be in
/// the bill.
pub fn compare(
    billed: &[Entry],
    booked: &[Entry],
    day: (DateTime<Utc>, DateTime<Utc>),
) -> Vec<Difference> {
    let mut ours: BTreeMap<(EntryKind, &str), &Entry> = BTreeMap::new();
    for entry in booked {
        ours.insert((entry.kind, &entry.number), entry);
    }
    let mut seen: BTreeMap<(EntryKind, &str), Fen> = BTreeMap::new();
    let mut differences = Vec::new();
    for entry in billed {
        let key = (entry.kind, entry.number.as_str());
        let own = ours.get(&key).map(|own| own.amount);
        let is_second = seen.insert(key, entry.amount).is_some();
        let kind = match own {
            _ if is_second => Some(CaseKind::DuplicateRow),
            Some(own) if own == entry.amount => None,
            Some(_) => Some(CaseKind::AmountDifference),
            None if entry.kind == EntryKind::Payment => Some(CaseKind::ProviderOnlyPayment),
            None => Some(CaseKind::ProviderOnlyRefund),
        };
        differences.extend(kind.map(|kind| Difference {
            kind,
            number: entry.number.clone(),
            entry: entry.kind,
            billed: Some(entry.amount),
            booked: own,
        }));
    }
    let must_be_billed = |entry: &&Entry| {
        entry
            .at
            .is_some_and(|at| at >= day.0 + MIDNIGHT_MARGIN && at < day.1 - MIDNIGHT_MARGIN)
    };
    let only_ours = booked
        .iter()
        .filter(must_be_billed)
        .filter(|entry| !seen.contains_key(&(entry.kind, entry.number.as_str())));
    differences.extend(only_ours.map(|entry| Difference {
        kind: match entry.kind {
            EntryKind::Payment => CaseKind::LocalOnlyPayment,
            EntryKind::Refund => CaseKind::LocalOnlyRefund,
        },
        number: entry.number.clone(),
        entry: entry.kind,
        billed: None,
        booked: Some(entry.amount),
    }));
    differences
}

/// What a provider takes of a payment, in hundredths of a percent: 60 is 0.6 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeRate(pub u16);

impl FeeRate {
    /// The share of an amount, rounded to the fen.
    pub fn of(self, amount: Fen) -> Fen {
        Fen((amount.0 * i64::from(self.0) + 5_000) / 10_000)
    }
}

/// The movements of a merchant account on one day, beside our ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// By how much the account grew, by the provider's bill of its movements.
    pub moved: Fen,
    /// By how much it should have grown: our ledger's lines for the day's payments and refunds, without the provider's
    /// share, and without refunds that we know to be on their way.
    pub booked: Fen,
}

impl Flow {
    /// Whether the two agree.
    pub fn agrees(self) -> bool {
        self.moved == self.booked
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn entry(kind: EntryKind, number: &str, fen: i64, second: i64) -> Entry {
        Entry {
            kind,
            number: number.to_owned(),
            amount: Fen(fen),
            at: Some(at(second)),
        }
    }

    #[test]
    fn a_fee_is_a_share_rounded_to_the_fen() {
        for (rate, fen, fee) in [
            (60, 2000, 12),
            (60, 1990, 12),
            (60, 83, 0),
            (60, 84, 1),
            (38, 2000, 8),
            (0, 2000, 0),
        ] {
            assert_eq!(FeeRate(rate).of(Fen(fen)), Fen(fee), "{rate} of {fen}");
        }
    }

    fn found(billed: &[Entry], booked: &[Entry]) -> Vec<(CaseKind, String)> {
        let day = (at(0), at(86_400));
        let all = compare(billed, booked, day).into_iter();
        all.map(|found| (found.kind, found.number)).collect()
    }

    #[test]
    fn every_row_of_either_side_is_looked_for_on_the_other() {
        use EntryKind::{Payment, Refund};
        let noon = 43_200;
        let billed = [
            entry(Payment, "same", 2000, noon),
            entry(Payment, "other", 2000, noon),
            entry(Payment, "theirs", 2000, noon),
            entry(Refund, "back", 500, noon),
            entry(Payment, "twice", 1, noon),
            entry(Payment, "twice", 1, noon),
        ];
        let booked = [
            entry(Payment, "same", 2000, noon),
            entry(Payment, "other", 1999, noon),
            entry(Payment, "twice", 1, noon),
            entry(Payment, "ours", 2000, noon),
            entry(Refund, "our refund", 2000, noon),
            entry(Payment, "before midnight", 2000, 86_400 - 599),
            entry(Payment, "after midnight", 2000, 599),
            entry(Payment, "same", 2000, noon),
        ];
        let expected = [
            (CaseKind::AmountDifference, "other"),
            (CaseKind::ProviderOnlyPayment, "theirs"),
            (CaseKind::ProviderOnlyRefund, "back"),
            (CaseKind::DuplicateRow, "twice"),
            (CaseKind::LocalOnlyPayment, "ours"),
            (CaseKind::LocalOnlyRefund, "our refund"),
        ];
        let expected = expected.map(|(kind, number)| (kind, number.to_owned()));
        assert_eq!(found(&billed, &booked), expected);
    }

    proptest! {
        #[test]
        fn the_same_books_agree(rows in proptest::collection::btree_map("[a-z]{1,6}", (1_i64..9999, 0_i64..86_400), 0..40)) {
            let book: Vec<Entry> = rows.iter().map(|(number, (fen, second))| entry(EntryKind::Payment, number, *fen, *second)).collect();
            prop_assert_eq!(found(&book, &book), vec![]);
        }
    }
}
