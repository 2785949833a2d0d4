//! When a provider is asked about a refund.

use chrono::{DateTime, TimeDelta, Utc};

use crate::payment::jitter;

/// Counted from the handing in of a refund.
const SCHEDULE: [TimeDelta; 5] = [
    TimeDelta::seconds(30),
    TimeDelta::minutes(2),
    TimeDelta::minutes(10),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
];
/// Afterwards it is asked about so often.
const AFTERWARDS: TimeDelta = TimeDelta::hours(6);
/// A refund that took longer than this is put before a person; it is asked about all the same.
const OVERDUE_AFTER: TimeDelta = TimeDelta::days(7);

/// When to ask next, and whether a person should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundPoll {
    /// When to ask.
    pub at: DateTime<Utc>,
    /// Whether it took longer than any refund should. Time alone never ends a refund: that could pay twice.
    pub is_overdue: bool,
}

/// When to ask next about a refund that was begun at `begun_at`; `spread` is any number and spreads the questions.
pub fn next_refund_poll(begun_at: DateTime<Utc>, now: DateTime<Utc>, spread: u8) -> RefundPoll {
    let planned = SCHEDULE.iter().map(|after| begun_at + *after);
    let at = planned
        .into_iter()
        .find(|at| *at > now)
        .unwrap_or(now + AFTERWARDS);
    RefundPoll {
        at: at + jitter(at - now, spread),
        is_overdue: now > begun_at + OVERDUE_AFTER,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::at_once(0, 30, false)]
    #[case::after_half_a_minute(30, 120, false)]
    #[case::after_half_an_hour(1800, 7200, false)]
    #[case::after_two_hours(7200, 7200 + 21_600, false)]
    #[case::after_a_week(604_800, 604_800 + 21_600, false)]
    #[case::after_more_than_a_week(604_801, 604_801 + 21_600, true)]
    fn a_refund_is_asked_about_for_ever_and_reported_after_a_week(
        #[case] now: i64,
        #[case] next: i64,
        #[case] is_overdue: bool,
    ) {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let poll = next_refund_poll(at(0), at(now), 0);
        assert_eq!((poll.at, poll.is_overdue), (at(next), is_overdue), "{now}");
    }
}
