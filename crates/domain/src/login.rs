//! Logging in by a code sent to a phone: how often, how long, how many tries.
//!
//! Source of the numbers: docs/sources.md#otp.

use chrono::{DateTime, TimeDelta, Utc};

use crate::word::words;

/// How long a code can be used.
pub const CODE_LIFETIME: TimeDelta = TimeDelta::minutes(5);
/// How many times a code may be tried; then it is burnt.
pub const CODE_TRIES: i32 = 5;
/// How soon another code may be asked for.
pub const RESEND_AFTER: TimeDelta = TimeDelta::seconds(60);
/// Wrong codes for one phone within [`FAILURE_WINDOW`] that lock it.
pub const FAILURES_UNTIL_LOCK: i32 = 10;
/// The window in which wrong codes are counted.
pub const FAILURE_WINDOW: TimeDelta = TimeDelta::hours(1);
/// The first lock; each further one lasts twice as long.
pub const FIRST_LOCK: TimeDelta = TimeDelta::minutes(15);
/// The longest lock.
pub const LONGEST_LOCK: TimeDelta = TimeDelta::hours(24);

/// The window in which sent and used codes are compared.
pub const BREAKER_WINDOW: TimeDelta = TimeDelta::minutes(15);
/// More sends than this in the window, and the share of used ones is looked at.
const BREAKER_SENDS: u64 = 200;
/// Of the sent codes at least one in so many must be used.
const BREAKER_SHARE: u64 = 5;

/// Whether so few of the sent codes are used that somebody must be wasting them.
pub fn breaker_is_open(sent: u64, used: u64) -> bool {
    sent > BREAKER_SENDS && used * BREAKER_SHARE < sent
}

words! {
    /// What a code is good for; a code is bound to it.
    Purpose {
        /// Logging in, and registering at the first time.
        Login = "login", "登录", "log in";
        /// Proof of the old number in a change of phone.
        PhoneChangeOld = "phone_change_old", "更换手机号（原号码）", "change phone (old number)";
        /// Proof of the new number in a change of phone.
        PhoneChangeNew = "phone_change_new", "更换手机号（新号码）", "change phone (new number)";
        /// Proof that whoever ends the account holds its phone.
        AccountErasure = "account_erasure", "注销账号", "erase the account";
    }
}

/// The wrong codes of one phone, from whichever address they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// Wrong codes since `window_started_at`.
    pub count: i32,
    /// Since when they are counted.
    pub window_started_at: DateTime<Utc>,
    /// Until when no code is accepted for this phone.
    pub locked_until: Option<DateTime<Utc>>,
    /// How many locks there have been.
    pub locks: i32,
}

impl Failures {
    /// No wrong code yet.
    pub fn none(now: DateTime<Utc>) -> Self {
        Self {
            count: 0,
            window_started_at: now,
            locked_until: None,
            locks: 0,
        }
    }

    /// The rest of a lock that holds now.
    pub fn lock_left(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        self.locked_until
            .map(|until| until - now)
            .filter(|left| *left > TimeDelta::zero())
    }

    /// One more wrong code.
    #[must_use]
    pub fn and_one_more(self, now: DateTime<Utc>) -> Self {
        let fresh = now - self.window_started_at >= FAILURE_WINDOW;
        let counted = if fresh {
            Self {
                count: 1,
                window_started_at: now,
                ..self
            }
        } else {
            Self {
                count: self.count + 1,
                ..self
            }
        };
        if counted.count < FAILURES_UNTIL_LOCK {
            return counted;
        }
        let doublings = u32::try_from(counted.locks).unwrap_or_default().min(10);
        let lock = (FIRST_LOCK * 2_i32.pow(doublings)).min(LONGEST_LOCK);
        Self {
            count: 0,
            window_started_at: now,
            locked_until: Some(now + lock),
            locks: counted.locks + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(60 * minute, 0).unwrap()
    }

    #[test]
    fn ten_wrong_codes_lock_for_a_quarter_of_an_hour_then_twice_as_long() {
        let mut failures = Failures::none(at(0));
        let mut now = 0;
        for expected in [15, 30, 60, 120, 240, 480, 960, 1440, 1440] {
            for _ in 0..FAILURES_UNTIL_LOCK {
                assert_eq!(failures.lock_left(at(now)), None);
                failures = failures.and_one_more(at(now));
            }
            assert_eq!(
                failures.lock_left(at(now)),
                Some(TimeDelta::minutes(expected))
            );
            now += expected;
        }
    }

    #[test]
    fn the_breaker_opens_when_under_a_fifth_of_many_codes_is_used() {
        for (sent, used, is_open) in [
            (200, 0, false),
            (201, 0, true),
            (205, 41, false),
            (205, 40, true),
        ] {
            assert_eq!(breaker_is_open(sent, used), is_open, "{sent} {used}");
        }
    }

    #[test]
    fn wrong_codes_of_an_hour_ago_do_not_count() {
        let mut failures = Failures::none(at(0));
        for _ in 0..FAILURES_UNTIL_LOCK - 1 {
            failures = failures.and_one_more(at(1));
        }
        assert_eq!(failures.and_one_more(at(60)).count, 1);
        assert!(failures.and_one_more(at(59)).lock_left(at(59)).is_some());
    }
}
