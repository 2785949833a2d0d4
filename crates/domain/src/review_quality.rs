//! How well reviews agree: figures of each reviewer out of photos that several looked at without knowing of each other.
#![expect(
    clippy::float_arithmetic,
    reason = "shares and intervals for people to read; nothing is decided or paid by them"
)]

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::AccountId;
use crate::review::{RejectReason, ReviewOutcome};

/// A pause longer than this is no time of work.
pub const LONGEST_LOOK: TimeDelta = TimeDelta::minutes(2);
/// The quantile of the normal distribution for an interval of 95 %.
const Z_95: f64 = 1.96;

/// A share with its interval of 95 %, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Of how many.
    pub of: u64,
    /// The share.
    pub permille: u16,
    /// The lower end of the interval.
    pub low_permille: u16,
    /// The upper end.
    pub high_permille: u16,
}

/// The share of `hits` in `of` with its Wilson interval; `None` of nothing.
pub fn wilson(hits: u64, of: u64) -> Option<Share> {
    if of == 0 {
        return None;
    }
    let (count, share) = (float(of), float(hits.min(of)) / float(of));
    let z2 = Z_95 * Z_95;
    let middle = share + z2 / (2.0 * count);
    let spread = Z_95 * (share * (1.0 - share) / count + z2 / (4.0 * count * count)).sqrt();
    let scale = 1.0 + z2 / count;
    Some(Share {
        of,
        permille: permille(share),
        low_permille: permille((middle - spread) / scale),
        high_permille: permille((middle + spread) / scale),
    })
}

/// How two people's yes and no fall on the same photos.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Concordance {
    /// Both said yes.
    pub both: u64,
    /// The first alone.
    pub first: u64,
    /// The second alone.
    pub second: u64,
    /// Neither.
    pub neither: u64,
}

impl Concordance {
    /// Adds a photo.
    pub fn add(&mut self, first: bool, second: bool) {
        let cell = match (first, second) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.first,
            (false, true) => &mut self.second,
            (false, false) => &mut self.neither,
        };
        *cell += 1;
    }

    /// How many photos.
    pub fn photos(&self) -> u64 {
        self.both + self.first + self.second + self.neither
    }

    /// How many they agree about.
    pub fn agreed(&self) -> u64 {
        self.both + self.neither
    }

    /// Cohen's kappa in thousandths: 1,000 where they always agree, 0 where as often as by chance. `None` of nothing, and
    /// where both always said the same word, so that chance explains everything.
    pub fn kappa_permille(&self) -> Option<i16> {
        let all = float(self.photos());
        if self.photos() == 0 {
            return None;
        }
        let observed = float(self.agreed()) / all;
        let (yes_1, yes_2) = (
            float(self.both + self.first) / all,
            float(self.both + self.second) / all,
        );
        let by_chance = yes_1 * yes_2 + (1.0 - yes_1) * (1.0 - yes_2);
        if by_chance >= 1.0 {
            return None;
        }
        let kappa = (observed - by_chance) / (1.0 - by_chance);
        #[expect(clippy::cast_possible_truncation, reason = "-1,000 to 1,000")]
        let thousandths = (kappa * 1000.0).round().clamp(-1000.0, 1000.0) as i16;
        Some(thousandths)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of photos are below 2^52"
)]
fn float(count: u64) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 1,000"
)]
fn permille(share: f64) -> u16 {
    (share * 1000.0).round().clamp(0.0, 1000.0) as u16
}

/// When somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionMoment {
    /// Who.
    pub reviewer_id: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A decision of somebody about a photo that others looked at too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLook {
    /// Whose.
    pub reviewer_id: AccountId,
    /// What was decided.
    pub outcome: ReviewOutcome,
    /// Why.
    pub reasons: Vec<RejectReason>,
}

/// The figures of a reviewer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewerFigures {
    /// Decisions of the period.
    pub decided: u64,
    /// Decisions an hour of work; 0 where too few are known.
    pub per_hour: u64,
    /// Their decisions beside those of others about the same photos; yes is a rejection.
    pub outcomes: Concordance,
    /// The same for each reason that one of them gave.
    pub reasons: BTreeMap<RejectReason, Concordance>,
}

impl ReviewerFigures {
    /// The share of photos about which others decided alike.
    pub fn agreement(&self) -> Option<Share> {
        wilson(self.outcomes.agreed(), self.outcomes.photos())
    }
}

/// The figures of every reviewer: out of the moments of their decisions, and of photos with several looks.
pub fn figures(
    decisions: &[DecisionMoment],
    photos: &[Vec<ComparedLook>],
) -> BTreeMap<AccountId, ReviewerFigures> {
    let mut moments: BTreeMap<AccountId, Vec<DateTime<Utc>>> = BTreeMap::new();
    for one in decisions {
        moments.entry(one.reviewer_id).or_default().push(one.at);
    }
    let mut found: BTreeMap<AccountId, ReviewerFigures> = BTreeMap::new();
    for (reviewer, mut at) in moments {
        at.sort_unstable();
        let own = found.entry(reviewer).or_default();
        own.decided = at.len() as u64;
        own.per_hour = per_hour(&at);
    }
    for looks in photos {
        for own in looks {
            for other in looks
                .iter()
                .filter(|one| one.reviewer_id != own.reviewer_id)
            {
                compare(found.entry(own.reviewer_id).or_default(), own, other);
            }
        }
    }
    found
}

fn compare(figures: &mut ReviewerFigures, own: &ComparedLook, other: &ComparedLook) {
    let is_rejected = |look: &ComparedLook| look.outcome == ReviewOutcome::Rejected;
    figures.outcomes.add(is_rejected(own), is_rejected(other));
    for reason in RejectReason::ALL {
        let (first, second) = (own.reasons.contains(reason), other.reasons.contains(reason));
        // A reason that neither gave counts for it once one of them gave it for any photo.
        if first || second || figures.reasons.contains_key(reason) {
            let before = figures.outcomes.photos() - 1;
            let agreement = figures.reasons.entry(*reason).or_insert(Concordance {
                neither: before,
                ..Concordance::default()
            });
            agreement.add(first, second);
        }
    }
}

/// Decisions an hour of work; `at` is sorted.
fn per_hour(at: &[DateTime<Utc>]) -> u64 {
    let gaps = at.windows(2).map(|pair| pair[1] - pair[0]);
    let gaps: Vec<TimeDelta> = gaps.filter(|gap| *gap <= LONGEST_LOOK).collect();
    let worked: TimeDelta = gaps.iter().sum();
    let seconds = u64::try_from(worked.num_seconds()).unwrap_or_default();
    (gaps.len() as u64 * 3600)
        .checked_div(seconds)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    #[rstest]
    #[case::none(0, 10, 0, 0, 278)]
    #[case::all(10, 10, 1000, 722, 1000)]
    #[case::most(76, 80, 950, 878, 980)]
    #[case::half(50, 100, 500, 404, 596)]
    #[case::one_of_one(1, 1, 1000, 207, 1000)]
    fn a_share_has_its_wilson_interval(
        #[case] hits: u64,
        #[case] of: u64,
        #[case] share: u16,
        #[case] low: u16,
        #[case] high: u16,
    ) {
        let found = wilson(hits, of).unwrap();
        assert_eq!(
            (found.permille, found.low_permille, found.high_permille),
            (share, low, high),
            "{hits} of {of}"
        );
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(wilson(0, 0), None);
    }

    #[rstest]
    #[case::agreement(10, 0, 0, 10, Some(1000))]
    #[case::disagreement(0, 10, 10, 0, Some(-1000))]
    #[case::chance(25, 25, 25, 25, Some(0))]
    // The textbook's: 20 and 15 of 50 agree, kappa 0.4.
    #[case::of_the_textbook(20, 5, 10, 15, Some(400))]
    #[case::always_no(0, 0, 0, 30, None)]
    #[case::nothing(0, 0, 0, 0, None)]
    fn kappa_is_1_for_agreement_and_0_for_chance(
        #[case] both: u64,
        #[case] first: u64,
        #[case] second: u64,
        #[case] neither: u64,
        #[case] kappa: Option<i16>,
    ) {
        let agreement = Concordance {
            both,
            first,
            second,
            neither,
        };
        assert_eq!(agreement.kappa_permille(), kappa, "{agreement:?}");
    }

    #[test]
    fn figures_count_pauses_out_and_compare_each_with_the_others() {
        use RejectReason::{Blur, Hair};
        use ReviewOutcome::{Approved, Rejected};

        let look = |reviewer, outcome, reasons: &[RejectReason]| ComparedLook {
            reviewer_id: account(reviewer),
            outcome,
            reasons: reasons.to_vec(),
        };
        let photos = vec![
            vec![look(1, Approved, &[]), look(2, Approved, &[])],
            vec![look(1, Rejected, &[Blur]), look(2, Rejected, &[Blur, Hair])],
            vec![
                look(1, Approved, &[]),
                look(2, Rejected, &[Hair]),
                look(3, Rejected, &[Hair]),
            ],
        ];
        // Ten seconds each, and a pause of an hour.
        let moments = [0, 10, 20, 3620, 3630].map(|second| DecisionMoment {
            reviewer_id: account(1),
            at: at(second),
        });
        let found = figures(&moments, &photos);
        let first = &found[&account(1)];
        assert_eq!((first.decided, first.per_hour), (5, 360));
        let outcomes = Concordance {
            both: 1,
            first: 0,
            second: 2,
            neither: 1,
        };
        assert_eq!(first.outcomes, outcomes);
        let hair = Concordance {
            second: 3,
            neither: 1,
            ..Concordance::default()
        };
        assert_eq!(first.reasons[&Hair], hair);
        assert_eq!(first.agreement().unwrap().permille, 500);
        let third = &found[&account(3)];
        assert_eq!((third.decided, third.outcomes.photos()), (0, 2));
    }
}
