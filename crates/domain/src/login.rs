//! Logging in by a code sent to a phone: how often, how long, how many tries.
//!
//! Source of the numbers: docs/sources.md#otp.

use chrono::{DateTime, TimeDelta, Utc};

use crate::limit::FAILURES_BEFORE_CAPTCHA;
use crate::word::words;
use crate::{ChallengeId, KeyedHash, Sealed};

/// How long a code can be used.
pub const CODE_LIFETIME: TimeDelta = TimeDelta::minutes(5);
/// How many times a code may be tried; then it is burnt.
pub const CODE_TRIES: i32 = 5;
/// How soon another code may be asked for.
pub const RESEND_AFTER: TimeDelta = TimeDelta::seconds(60);
/// The window in which wrong codes are counted.
pub const FAILURE_WINDOW: TimeDelta = TimeDelta::hours(1);
/// For so long a browser is known after it logged in.
pub const KNOWN_BROWSER_LIFETIME: TimeDelta = TimeDelta::days(180);

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

words! {
    /// What became of a text message.
    MessageState {
        /// Stored, and not handed to a service yet.
        Queued = "queued", "待发送", "queued";
        /// A service took it.
        Sent = "sent", "已发送", "sent";
        /// No service took it.
        Refused = "refused", "未发送", "refused";
        /// It is not known whether a service took it.
        Unknown = "unknown", "未知", "unknown";
        /// It arrived, says its service.
        Delivered = "delivered", "已送达", "delivered";
        /// It did not arrive, says its service.
        Failed = "failed", "未送达", "failed";
    }
}

/// A one-time code that was sent to a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Its id.
    pub id: ChallengeId,
    /// The keyed hash of the phone number.
    pub phone_index: KeyedHash,
    /// The phone number.
    pub phone_sealed: Sealed,
    /// What it is good for.
    pub purpose: Purpose,
    /// The hash of the cookie of the browser that asked for it; it works in no other.
    pub browser_hash: KeyedHash,
    /// The keyed hash of the code.
    pub code_hash: KeyedHash,
    /// How many wrong codes were tried.
    pub tries: i32,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Until when it can be used, not including this moment.
    pub expires_at: DateTime<Utc>,
    /// When the right code was given.
    pub used_at: Option<DateTime<Utc>>,
    /// When it was ended without use.
    pub voided_at: Option<DateTime<Utc>>,
    /// The keyed hash of the address that asked.
    pub ip_hash: KeyedHash,
    /// Of an IPv6 address, the keyed hash of its first 56 bits.
    pub ip56_hash: Option<KeyedHash>,
    /// Of an IPv6 address, the keyed hash of its first 48 bits.
    pub ip48_hash: Option<KeyedHash>,
}

impl Challenge {
    /// Whether it was used, replaced, or is too old.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_some() || self.voided_at.is_some() || now >= self.expires_at
    }

    /// Whether it works and has a try left.
    pub fn can_be_tried(&self, now: DateTime<Utc>) -> bool {
        !self.is_over(now) && self.tries < CODE_TRIES
    }
}

/// The wrong codes for one phone that came from one browser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failures {
    /// Wrong codes since `window_started_at`.
    pub count: i32,
    /// Since when they are counted.
    pub window_started_at: DateTime<Utc>,
}

impl Failures {
    /// One more wrong code.
    #[must_use]
    pub fn and_one_more(self, now: DateTime<Utc>) -> Self {
        if self.is_over(now) {
            Self {
                count: 1,
                window_started_at: now,
            }
        } else {
            Self {
                count: self.count + 1,
                ..self
            }
        }
    }

    /// Whether there were so many that the browser has to prove that it is no program.
    pub fn ask_for_captcha(self, now: DateTime<Utc>) -> bool {
        !self.is_over(now) && self.count >= FAILURES_BEFORE_CAPTCHA
    }

    fn is_over(self, now: DateTime<Utc>) -> bool {
        now - self.window_started_at >= FAILURE_WINDOW
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(60 * minute, 0).unwrap()
    }

    #[rstest]
    #[case::few_codes(200, 0, false)]
    #[case::many_and_none_used(201, 0, true)]
    #[case::a_fifth_used(205, 41, false)]
    #[case::less_than_a_fifth_used(205, 40, true)]
    fn the_breaker_opens_when_under_a_fifth_of_many_codes_is_used(
        #[case] sent: u64,
        #[case] used: u64,
        #[case] is_open: bool,
    ) {
        assert_eq!(breaker_is_open(sent, used), is_open, "{sent} {used}");
    }

    #[test]
    fn five_wrong_codes_within_an_hour_ask_for_a_captcha() {
        let mut failures = Failures::default();
        for minute in 0..FAILURES_BEFORE_CAPTCHA {
            assert!(!failures.ask_for_captcha(at(1_000)), "{minute}");
            failures = failures.and_one_more(at(1_000));
        }
        assert!(failures.ask_for_captcha(at(1_059)));
        assert!(!failures.ask_for_captcha(at(1_060)));
        assert_eq!(failures.and_one_more(at(1_060)).count, 1);
    }

    fn challenge() -> Challenge {
        Challenge {
            id: ChallengeId(Uuid::nil()),
            phone_index: KeyedHash::from([1; 16]),
            phone_sealed: vec![1].into(),
            purpose: Purpose::Login,
            browser_hash: KeyedHash::from([2; 16]),
            code_hash: KeyedHash::from([3; 16]),
            tries: 0,
            created_at: at(0),
            expires_at: at(5),
            used_at: None,
            voided_at: None,
            ip_hash: KeyedHash::from([4; 16]),
            ip56_hash: None,
            ip48_hash: None,
        }
    }

    #[rstest]
    #[case::new(|_: &mut Challenge| {}, 0, true)]
    #[case::in_its_last_minute(|_: &mut Challenge| {}, 4, true)]
    #[case::too_old(|_: &mut Challenge| {}, 5, false)]
    #[case::used(|code: &mut Challenge| code.used_at = Some(at(1)), 1, false)]
    #[case::replaced(|code: &mut Challenge| code.voided_at = Some(at(1)), 1, false)]
    #[case::the_last_try(|code: &mut Challenge| code.tries = CODE_TRIES - 1, 0, true)]
    #[case::no_try_left(|code: &mut Challenge| code.tries = CODE_TRIES, 0, false)]
    fn a_code_can_be_tried_a_few_times_while_it_is_good(
        #[case] change: fn(&mut Challenge),
        #[case] now: i64,
        #[case] can_be_tried: bool,
    ) {
        let mut code = challenge();
        change(&mut code);
        assert_eq!(code.can_be_tried(at(now)), can_be_tried);
    }
}
