//! A provider's bill of a day beside our own books: every row of either side is looked for on the other.
//!
//! Source: docs/sources.md#reconciliation.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

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

words! {
    /// Where the comparison of a day is.
    RunState {
        /// The bill, or another try, is waited for.
        Waiting = "waiting", "待对账", "waiting";
        /// It is done.
        Done = "done", "已对账", "done";
    }
}

/// How a payment or refund stands in one of the two books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The money moved.
    Done,
    /// It may still move.
    UnderWay,
    /// It did not move, and will not.
    Void,
}

/// A payment or refund in one of the two books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookEntry {
    /// Which way.
    pub kind: EntryKind,
    /// Our number: of the attempt, or of the refund.
    pub number: String,
    /// How much; positive either way.
    pub amount: Fen,
    /// How it stands there.
    pub standing: Standing,
    /// When, where that is known.
    pub at: Option<DateTime<Utc>>,
}

/// A row of one side and what is the matter with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// The bills of the days before and after.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// The entries of the day before; none until it is compared.
    pub before: Option<BTreeSet<(EntryKind, String)>>,
    /// The entries of the day after; none until it is compared.
    pub after: Option<BTreeSet<(EntryKind, String)>>,
}

impl Neighbours {
    /// Whether one of them has an entry.
    pub fn have(&self, entry: &BookEntry) -> bool {
        let known = [&self.before, &self.after].into_iter().flatten();
        let mut known = known.flatten();
        known.any(|(kind, number)| (*kind, number) == (entry.kind, &entry.number))
    }

    /// From when to when every entry must stand in one of the bills. What happened around midnight is left for the
    /// comparison that comes later, of whichever of the two days it is: only then are both bills known.
    fn span(&self, day: &Range<DateTime<Utc>>) -> Range<DateTime<Utc>> {
        let margin = |is_known: bool| {
            if is_known {
                MIDNIGHT_MARGIN
            } else {
                -MIDNIGHT_MARGIN
            }
        };
        Range {
            start: day.start - margin(self.before.is_some()),
            end: day.end + margin(self.after.is_some()),
        }
    }
}

/// Compares a day's bill with our books, both ways; payments come first, since a refund of an unknown payment cannot be
/// explained.
///
/// `booked` holds what we have for the day and for the minutes around it.
pub fn compare(
    billed: &[BookEntry],
    booked: &[BookEntry],
    day: &Range<DateTime<Utc>>,
    neighbours: &Neighbours,
) -> Vec<Difference> {
    let mut ours: BTreeMap<(EntryKind, &str), &BookEntry> = BTreeMap::new();
    for entry in booked {
        ours.insert((entry.kind, &entry.number), entry);
    }
    let mut seen = BTreeSet::new();
    let mut differences = Vec::new();
    for entry in billed {
        let key = (entry.kind, entry.number.as_str());
        let own = ours.get(&key).copied();
        let kind = if seen.insert(key) {
            matter_with(entry, own)
        } else {
            Some(CaseKind::DuplicateRow)
        };
        differences.extend(kind.map(|kind| Difference {
            kind,
            number: entry.number.clone(),
            entry: entry.kind,
            billed: Some(entry.amount),
            booked: own.map(|own| own.amount),
        }));
    }
    let span = neighbours.span(day);
    let must_be_billed = |entry: &&BookEntry| {
        let is_due = entry.at.is_some_and(|at| span.contains(&at));
        is_due && entry.standing == Standing::Done && !neighbours.have(entry)
    };
    let only_ours = booked
        .iter()
        .filter(must_be_billed)
        .filter(|entry| !seen.contains(&(entry.kind, entry.number.as_str())));
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
    differences.sort_by_key(|found| found.entry);
    differences
}

/// What is the matter with a row of the bill, beside what we have under its number.
fn matter_with(billed: &BookEntry, own: Option<&BookEntry>) -> Option<CaseKind> {
    use Standing::{Done, UnderWay, Void};
    let is_only_theirs = match (billed.standing, own.map(|own| own.standing)) {
        (Void, None) => return None,
        (_, None) | (Done | UnderWay, Some(Void)) => true,
        (_, Some(_)) => false,
    };
    if is_only_theirs {
        return Some(match billed.kind {
            EntryKind::Payment => CaseKind::ProviderOnlyPayment,
            EntryKind::Refund => CaseKind::ProviderOnlyRefund,
        });
    }
    let own = own?;
    if own.amount != billed.amount {
        return Some(CaseKind::AmountDifference);
    }
    // A bill is older than our books: what it has under way may be done by now.
    let agrees =
        billed.standing == own.standing || (billed.standing, own.standing) == (UnderWay, Done);
    (!agrees).then_some(CaseKind::StatusDifference)
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    use rstest::rstest;

    use super::*;
    use Standing::{Done, UnderWay, Void};

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn entry(kind: EntryKind, number: &str, fen: i64, second: i64) -> BookEntry {
        BookEntry {
            kind,
            number: number.to_owned(),
            amount: Fen(fen),
            standing: Standing::Done,
            at: Some(at(second)),
        }
    }

    #[rstest]
    #[case::exact(60, 2000, 12)]
    #[case::rounded_up(60, 1990, 12)]
    #[case::below_half_a_fen(60, 83, 0)]
    #[case::above_half_a_fen(60, 84, 1)]
    #[case::another_rate(38, 2000, 8)]
    #[case::no_fee(0, 2000, 0)]
    fn a_fee_is_a_share_rounded_to_the_fen(#[case] rate: u16, #[case] fen: i64, #[case] fee: i64) {
        assert_eq!(FeeRate(rate).of(Fen(fen)), Fen(fee), "{rate} of {fen}");
    }

    fn found(billed: &[BookEntry], booked: &[BookEntry]) -> Vec<(CaseKind, String)> {
        let day = at(0)..at(86_400);
        let all = compare(billed, booked, &day, &Neighbours::default()).into_iter();
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
            (CaseKind::DuplicateRow, "twice"),
            (CaseKind::LocalOnlyPayment, "ours"),
            (CaseKind::ProviderOnlyRefund, "back"),
            (CaseKind::LocalOnlyRefund, "our refund"),
        ];
        let expected = expected.map(|(kind, number)| (kind, number.to_owned()));
        assert_eq!(found(&billed, &booked), expected);
    }

    #[rstest]
    #[case(Done, Some(Done), None)]
    #[case(Done, Some(UnderWay), Some(CaseKind::StatusDifference))]
    #[case(Done, Some(Void), Some(CaseKind::ProviderOnlyRefund))]
    #[case(Done, None, Some(CaseKind::ProviderOnlyRefund))]
    #[case(UnderWay, Some(Done), None)]
    #[case(UnderWay, Some(UnderWay), None)]
    #[case(UnderWay, Some(Void), Some(CaseKind::ProviderOnlyRefund))]
    #[case(UnderWay, None, Some(CaseKind::ProviderOnlyRefund))]
    #[case(Void, Some(Done), Some(CaseKind::StatusDifference))]
    #[case(Void, Some(UnderWay), Some(CaseKind::StatusDifference))]
    #[case(Void, Some(Void), None)]
    #[case(Void, None, None)]
    fn a_refund_is_compared_with_how_it_stands_here(
        #[case] billed: Standing,
        #[case] own: Option<Standing>,
        #[case] expected: Option<CaseKind>,
    ) {
        let with = |standing| BookEntry {
            standing,
            ..entry(EntryKind::Refund, "back", 500, 43_200)
        };
        let own: Vec<BookEntry> = own.map(with).into_iter().collect();
        let kinds = found(&[with(billed)], &own)
            .into_iter()
            .map(|(kind, _)| kind);
        let kinds: Vec<_> = kinds.collect();
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(kinds, expected, "{billed:?} beside {own:?}");
    }

    #[rstest]
    #[case::no_bill_of_either_day(None, None, &[])]
    #[case::an_empty_bill_before(Some(&[][..]), None, &["before", "begin"])]
    #[case::both_in_the_bill_before(Some(&["before", "begin"][..]), None, &[])]
    #[case::in_the_bill_after(None, Some(&["after"][..]), &["end"])]
    #[case::one_in_each(Some(&["begin"][..]), Some(&["end"][..]), &["before", "after"])]
    fn what_is_booked_around_midnight_must_stand_in_one_of_the_two_bills(
        #[case] before: Option<&[&str]>,
        #[case] after: Option<&[&str]>,
        #[case] expected: &[&str],
    ) {
        let booked = [
            entry(EntryKind::Payment, "before", 2000, -300),
            entry(EntryKind::Payment, "begin", 2000, 300),
            entry(EntryKind::Payment, "end", 2000, 86_400 - 300),
            entry(EntryKind::Payment, "after", 2000, 86_400 + 300),
            entry(EntryKind::Payment, "long before", 2000, -900),
        ];
        let bill = |numbers: &[&str]| {
            let all = numbers
                .iter()
                .map(|number| (EntryKind::Payment, (*number).to_owned()));
            all.collect::<BTreeSet<_>>()
        };
        let neighbours = Neighbours {
            before: before.map(bill),
            after: after.map(bill),
        };
        let all = compare(&[], &booked, &(at(0)..at(86_400)), &neighbours);
        let numbers: Vec<_> = all.iter().map(|found| found.number.as_str()).collect();
        assert_eq!(numbers, expected, "{neighbours:?}");
    }

    proptest! {
        #[test]
        fn the_same_books_agree(rows in proptest::collection::btree_map("[a-z]{1,6}", (1_i64..9999, 0_i64..86_400), 0..40)) {
            let book: Vec<BookEntry> = rows.iter().map(|(number, (fen, second))| entry(EntryKind::Payment, number, *fen, *second)).collect();
            prop_assert_eq!(found(&book, &book), vec![]);
        }
    }
}
