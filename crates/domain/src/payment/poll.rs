//! When providers are asked about attempts that are not paid, and what follows from what they say.

use chrono::{DateTime, TimeDelta, Utc};

/// Less than this left, and a fresh credential is made instead of showing the old one.
pub const CREDENTIAL_REUSE_MARGIN: TimeDelta = TimeDelta::minutes(2);
/// The page may make us ask the provider about an attempt at most this often.
pub const QUERY_INTERVAL: TimeDelta = TimeDelta::seconds(3);
/// When we ask the provider on our own, counted from the making of an attempt.
pub const POLL_SCHEDULE: [TimeDelta; 7] = [
    TimeDelta::seconds(5),
    TimeDelta::seconds(30),
    TimeDelta::minutes(1),
    TimeDelta::minutes(3),
    TimeDelta::minutes(5),
    TimeDelta::minutes(10),
    TimeDelta::minutes(30),
];
/// At its end an attempt is asked about, this much later.
const POLL_AFTER_EXPIRY: TimeDelta = TimeDelta::seconds(5);
/// When the plan is over and the provider still gave no definite answer, it is asked so often.
const POLL_AFTER_THE_PLAN: TimeDelta = TimeDelta::minutes(1);
/// After its end an attempt is asked about once more, this much later.
pub const LAST_POLL_AFTER_EXPIRY: TimeDelta = TimeDelta::minutes(10);

/// When to ask the provider next about an attempt that is asked about now: by the plan, and after it every minute
/// until there is a definite answer.
///
/// `spread` is any number; it moves the time by up to a tenth of the wait, so that attempts which began together are
/// not asked about together.
pub fn next_poll(
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
    spread: u8,
) -> DateTime<Utc> {
    let planned = POLL_SCHEDULE
        .iter()
        .map(|after| created_at + *after)
        .filter(|at| *at < expires_at);
    let at_the_end = [
        expires_at + POLL_AFTER_EXPIRY,
        expires_at + LAST_POLL_AFTER_EXPIRY,
    ];
    let mut all = planned.chain(at_the_end);
    let planned = all
        .find(|at| *at > now)
        .unwrap_or(now + POLL_AFTER_THE_PLAN);
    planned + jitter(planned - now, spread)
}

/// Up to a tenth of `wait`, later only: an attempt must not be asked about before its end and found open.
pub(crate) fn jitter(wait: TimeDelta, spread: u8) -> TimeDelta {
    TimeDelta::milliseconds(wait.num_milliseconds() / 10 * i64::from(spread) / 255)
}

/// What a provider said of an attempt that is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpaid {
    /// It can be paid.
    Open,
    /// It cannot be paid any more.
    Closed,
    /// The provider knows of no such trade: an Alipay code that nobody has scanned, which can still be paid.
    NotFound,
}

/// What to do about an attempt that is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask again later.
    Wait,
    /// Ask the provider to close it.
    CloseAtProvider,
    /// It has ended.
    End,
}

/// Decides about an attempt that is not paid; `is_wanted` says whether it may still be paid as far as we care.
pub fn after_unpaid(
    seen: Unpaid,
    is_wanted: bool,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Step {
    match seen {
        Unpaid::Open if is_wanted && now < expires_at => Step::Wait,
        Unpaid::Open => Step::CloseAtProvider,
        Unpaid::NotFound if now < expires_at + LAST_POLL_AFTER_EXPIRY => Step::Wait,
        Unpaid::NotFound | Unpaid::Closed => Step::End,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn polls_follow_the_plan_and_go_on_until_there_is_an_answer() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let mut now = at(0);
        let polls: Vec<_> = std::iter::repeat_with(|| {
            now = next_poll(at(0), at(600), now, 0);
            now.timestamp()
        })
        .take(9)
        .collect();
        assert_eq!(polls, [5, 30, 60, 180, 300, 605, 1200, 1260, 1320]);
        let after_an_outage = next_poll(at(0), at(600), at(400), 0);
        assert_eq!(
            after_an_outage,
            at(605),
            "what was missed is not made up for"
        );
    }

    #[rstest]
    #[case::closed(Unpaid::Closed, true, 0, Step::End)]
    #[case::open_and_payable(Unpaid::Open, true, 599, Step::Wait)]
    #[case::open_and_expired(Unpaid::Open, true, 600, Step::CloseAtProvider)]
    #[case::not_wanted(Unpaid::Open, false, 0, Step::CloseAtProvider)]
    #[case::not_found_within_the_wait(Unpaid::NotFound, true, 1199, Step::Wait)]
    #[case::not_found_and_not_wanted(Unpaid::NotFound, false, 1199, Step::Wait)]
    #[case::not_found_after_the_wait(Unpaid::NotFound, true, 1200, Step::End)]
    fn an_unpaid_attempt_ends_only_when_it_cannot_be_paid(
        #[case] seen: Unpaid,
        #[case] is_wanted: bool,
        #[case] now: i64,
        #[case] expected: Step,
    ) {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let step = after_unpaid(seen, is_wanted, at(600), at(now));
        assert_eq!(step, expected, "{seen:?} at {now}");
    }

    #[test]
    fn polls_are_spread_over_a_tenth_of_the_wait() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        assert_eq!(next_poll(at(0), at(600), at(180), 255), at(300 + 12));
        assert!(next_poll(at(0), at(600), at(180), 100) < at(300 + 12));
    }

    #[rstest]
    #[case::none(600, 0, 0)]
    #[case::most(600, 255, 60_000)]
    #[case::in_between(600, 51, 12_000)]
    #[case::of_no_wait(0, 255, 0)]
    fn a_poll_is_later_by_up_to_a_tenth(
        #[case] wait_s: i64,
        #[case] spread: u8,
        #[case] millis: i64,
    ) {
        let found = jitter(TimeDelta::seconds(wait_s), spread);
        assert_eq!(found, TimeDelta::milliseconds(millis));
    }
}
