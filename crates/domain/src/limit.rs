//! How often something may happen: every limit of the product in one table, and the two rules that count by it.
//!
//! A [`Window`] looks at the times at which something happened; those lie in the database and hold for all copies of the
//! server. A [`Rate`] needs one time for each caller; it is kept in memory, so that a request is refused before it reaches
//! the database. Source of the numbers: docs/sources.md#limits.

use chrono::{DateTime, TimeDelta, Utc};

/// At most `most` times within `period`, rolling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The length of the window.
    pub period: TimeDelta,
    /// How many may fall into it.
    pub most: usize,
}

impl Window {
    /// A window of so many seconds.
    pub const fn seconds(period_s: i64, most: usize) -> Self {
        Self {
            period: TimeDelta::seconds(period_s),
            most,
        }
    }
}

/// So many times at once, and one more after each interval: a bucket that fills evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    /// How many fit into a full bucket; at least one.
    pub at_once: u32,
    /// How long it takes until one more fits.
    pub interval: TimeDelta,
}

/// What a rate is counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// The caller's address, whether or not somebody is logged in.
    Address,
    /// The account that is logged in.
    Account,
    /// The account together with the object that the path names, such as an order.
    Object,
}

/// How fast one operation may be called, beside what holds for all of them.
#[derive(Debug, Clone, Copy)]
pub struct RouteRate {
    /// The operation, by its id in the API document.
    pub operation: &'static str,
    /// What is counted.
    pub per: Per,
    /// How fast.
    pub rate: Rate,
}

/// A row of [`ROUTES`]; the interval in milliseconds.
const fn route(operation: &'static str, per: Per, at_once: u32, interval_millis: i64) -> RouteRate {
    RouteRate {
        operation,
        per,
        rate: Rate::every_millis(interval_millis, at_once),
    }
}

// ---- Requests, counted in the memory of each server ----

/// All requests of one address: 50 a second, 600 at once. A page makes about ten, so that 60 students behind one address
/// can open one at the same moment.
pub const REQUESTS_PER_ADDRESS: Rate = Rate::every_millis(20, 600);
/// All requests of one account: 10 a second, 100 at once.
pub const REQUESTS_PER_ACCOUNT: Rate = Rate::every_millis(100, 100);
/// What single operations allow; those that are not listed cost no more than a few queries.
pub const ROUTES: &[RouteRate] = &[
    route("get_captcha_challenge", Per::Address, 60, 1_000),
    route("create_sms_challenge", Per::Address, 30, 2_000),
    route("create_lost_phone_report", Per::Address, 10, 10_000),
    route("create_session", Per::Address, 30, 2_000),
    route("refresh_session", Per::Address, 200, 100),
    route("create_erasure", Per::Account, 10, 60_000),
    route("confirm_erasure", Per::Account, 20, 5_000),
    route("create_export", Per::Account, 3, 600_000),
    route("list_access_log", Per::Account, 20, 1_000),
    route("create_consent", Per::Account, 20, 5_000),
    route("withdraw_consent", Per::Account, 20, 5_000),
    route("create_phone_change", Per::Account, 10, 60_000),
    route("confirm_phone_change", Per::Account, 20, 5_000),
    route("get_task", Per::Address, 120, 200),
    route("find_school", Per::Account, 40, 500),
    route("suggest_schools", Per::Account, 60, 200),
    route("create_enrolment", Per::Account, 20, 5_000),
    route("create_capture_enrolment", Per::Account, 20, 5_000),
    route("create_roster_ticket", Per::Account, 10, 30_000),
    route("create_photo", Per::Account, 30, 10_000),
    route("get_photo_image", Per::Account, 60, 200),
    route("create_token", Per::Address, 60, 1_000),
    route("revoke_token", Per::Address, 60, 1_000),
    route("create_payment", Per::Account, 30, 4_000),
    route("create_payment", Per::Object, 15, 10_000),
    route("confirm_payment", Per::Object, 10, 3_000),
];
/// The prefixes by which an IPv6 address is counted, in bits, and how many times as much each may do as one household has:
/// a provider gives a household a /64, often a /56, and an organisation a /48.
pub const IPV6_PREFIXES: [(u8, u32); 3] = [(64, 1), (56, 4), (48, 16)];
/// An address that a campus shares may do so many times as much. Source: docs/sources.md#otp.
pub const CAMPUS_ALLOWANCE: u32 = 20;
/// Of so many callers each kind of rate keeps a time, about 100 bytes each; callers beyond that share one bucket.
pub const MOST_CALLERS: usize = 100_000;
/// How many times as much the callers share that are beyond [`MOST_CALLERS`].
pub const SHARED_ALLOWANCE: u32 = 20;

// ---- Notices, and calls of payment providers ----

/// So many notices a second one payment account takes where nothing else is configured, and twice as many at once. To
/// verify one takes 0.1 ms, so that a flood costs a tenth of a core, and no peak of students comes near.
pub const NOTICES_A_SECOND: u32 = 1_000;
/// Notices in the old form, which are not believed and only hint at something.
pub const OLD_NOTICES: Rate = Rate::every_millis(200, 50);
/// Calls of one merchant account at its provider: 100 a second, 200 at once.
pub const CALLS_PER_MERCHANT: Rate = Rate::every_millis(10, 200);
/// Attempts to pay one order; a student who tries both providers on two devices needs four.
pub const ATTEMPTS_PER_ORDER: &[Window] = &[Window::seconds(3600, 10), Window::seconds(86_400, 20)];
/// Of so many attempts of an order, the latest, a student's "I have paid" asks the provider.
pub const ATTEMPTS_TO_CONFIRM: usize = 10;

// ---- Codes by text message ----

/// Messages a day in China to all phones together, where nothing else is configured: what a mistake may cost at most.
pub const MESSAGES_A_DAY: u32 = 20_000;
/// Sends to one phone asked for by a browser that logged in with it before: what the SMS providers allow by default, so that
/// the refusal is ours and can be explained. Ten codes with five tries each bound guessing to 50 tries of a million a day.
pub const SENDS_PER_PHONE: &[Window] = &[
    Window::seconds(60, 1),
    Window::seconds(3600, 5),
    Window::seconds(86_400, 10),
];
/// Sends to one phone asked for by all browsers, where the one that asks did not log in with it before: strangers leave its
/// owner some.
pub const STRANGERS_SENDS_PER_PHONE: &[Window] = &[
    Window::seconds(60, 1),
    Window::seconds(3600, 4),
    Window::seconds(86_400, 8),
];
/// Sends asked for from one address before each takes a captcha; see [`for_address`].
pub const SENDS_PER_ADDRESS_BEFORE_CAPTCHA: &[Window] =
    &[Window::seconds(3600, 10), Window::seconds(86_400, 60)];
/// Sends asked for from one address, with captchas; see [`for_address`].
pub const SENDS_PER_ADDRESS: &[Window] =
    &[Window::seconds(3600, 100), Window::seconds(86_400, 600)];
/// Sends asked for by one browser.
pub const SENDS_PER_BROWSER: &[Window] = &[Window::seconds(86_400, 10)];
/// Sends to a phone in an hour before a captcha is asked for.
pub const SENDS_BEFORE_CAPTCHA: usize = 1;
/// Wrong codes of one browser for one phone, within [`crate::login::FAILURE_WINDOW`], before each try takes a captcha.
pub const FAILURES_BEFORE_CAPTCHA: i32 = 5;

// ---- Second factors of staff ----

/// Codes of a device and recovery codes that one person may try: ten at once, and one more every five minutes. A right one
/// gives all of them back. Guessing takes a session that a code to the phone opened, and hits one of the three steps that
/// are accepted with less than 1 in 1,000 a day.
pub const SECOND_FACTOR_TRIES: Rate = Rate::every_millis(300_000, 10);

// ---- Integrators ----

/// Wrong secrets and assertions from one network before its next one is not looked at: ten at once, and one more every ten
/// seconds. Guessing 192 random bits is hopeless; this keeps it cheap for us, and locks out nobody elsewhere.
pub const WRONG_CREDENTIALS: Rate = Rate::every_millis(10_000, 10);

// ---- Reports of a lost phone: each takes a captcha, and an operator's time ----

/// Reports that name one phone to be called back at.
pub const REPORTS_PER_PHONE: &[Window] = &[Window::seconds(86_400, 2)];
/// Reports of one browser.
pub const REPORTS_PER_BROWSER: &[Window] = &[Window::seconds(86_400, 3)];
/// Reports from one address; see [`for_address`].
pub const REPORTS_PER_ADDRESS: &[Window] =
    &[Window::seconds(3600, 10), Window::seconds(86_400, 30)];

// ---- Verification against the roster. Source: docs/sources.md#verification-limits ----

/// Failures of one account.
pub const FAILURES_PER_ACCOUNT: &[Window] = &[Window::seconds(86_400, 5)];
/// Failures for one ID number in one task, whoever tries.
pub const FAILURES_PER_ID: &[Window] = &[Window::seconds(3600, 3)];
/// Failures from one network, whoever tries; see [`for_address`].
pub const FAILURES_PER_NETWORK: &[Window] = &[Window::seconds(3600, 20)];
/// Failures of one account within its window before each try takes a captcha.
pub const VERIFICATIONS_BEFORE_CAPTCHA: usize = 1;
/// Failures from one network before each try takes a captcha, whoever tries; see [`for_address`].
pub const NETWORK_VERIFICATIONS_BEFORE_CAPTCHA: &[Window] = &[Window::seconds(3600, 5)];
/// Different ID numbers that one account may ever try in one task.
pub const IDS_PER_ACCOUNT: usize = 10;

// ---- Photos. Source: docs/sources.md#photo-upload-limits ----

/// Examinations of an account's files that led to no photo; each takes a core's time. The web app looks at a photo before
/// it sends one, so that few need so many.
pub const CHECKS_PER_ACCOUNT: &[Window] = &[Window::seconds(3600, 20)];

impl Rate {
    /// One each so many milliseconds, and so many at once.
    pub const fn every_millis(interval_millis: i64, at_once: u32) -> Self {
        Self {
            at_once,
            interval: TimeDelta::milliseconds(interval_millis),
        }
    }

    /// So many a second, and so many at once.
    pub const fn per_second(a_second: u32, at_once: u32) -> Self {
        let interval_nanos = 1_000_000_000 / a_second as i64;
        Self {
            at_once,
            interval: TimeDelta::nanoseconds(interval_nanos),
        }
    }

    /// So many times as fast, and so many times as many at once.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        let divisor = i32::try_from(factor).unwrap_or(i32::MAX);
        Self {
            at_once: self.at_once.saturating_mul(factor),
            interval: (self.interval / divisor.max(1)).max(TimeDelta::nanoseconds(1)),
        }
    }

    /// When a bucket will be full again that is empty now. A later time was written before the clock was set back; it must
    /// not shut anybody out for longer.
    pub fn latest(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let at_once = i32::try_from(self.at_once).unwrap_or(i32::MAX);
        now + self.interval * at_once
    }

    /// Takes one out of a bucket that was to be full again at `full_at`, or is full where there is no such time.
    ///
    /// Returns when it will be full again now.
    ///
    /// # Errors
    /// How long to wait until one more fits; nothing is taken then.
    pub fn take(
        self,
        full_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, TimeDelta> {
        let next = full_at.unwrap_or(now).max(now) + self.interval;
        let wait = next - self.latest(now);
        if wait > TimeDelta::zero() {
            Err(wait)
        } else {
            Ok(next)
        }
    }
}

/// The windows with so many times as many allowed.
pub fn times(windows: &[Window], factor: u32) -> Vec<Window> {
    let factor = usize::try_from(factor).unwrap_or(usize::MAX);
    let wider = |window: &Window| Window {
        most: window.most.saturating_mul(factor),
        ..*window
    };
    windows.iter().map(wider).collect()
}

/// The windows for an address: wider where a campus shares it.
pub fn for_address(windows: &[Window], is_campus: bool) -> Vec<Window> {
    times(windows, if is_campus { CAMPUS_ALLOWANCE } else { 1 })
}

/// The longest period of a set of windows: how far back the times must reach.
pub fn reach(windows: &[Window]) -> TimeDelta {
    windows
        .iter()
        .map(|window| window.period)
        .max()
        .unwrap_or_default()
}

/// How long to wait until one more is allowed; `None` where it is allowed at once.
///
/// `times` are the earlier occurrences, in any order.
pub fn wait(times: &[DateTime<Utc>], windows: &[Window], now: DateTime<Utc>) -> Option<TimeDelta> {
    windows
        .iter()
        .filter_map(|window| wait_for(times, *window, now))
        .max()
}

fn wait_for(times: &[DateTime<Utc>], window: Window, now: DateTime<Utc>) -> Option<TimeDelta> {
    let mut recent: Vec<_> = times
        .iter()
        .filter(|time| **time > now - window.period)
        .collect();
    if recent.len() < window.most {
        return None;
    }
    recent.sort_unstable();
    let leaves_first = recent.get(recent.len() - window.most)?;
    Some(**leaves_first + window.period - now)
}

/// Whole seconds of a wait, rounded up, for `Retry-After` and for people.
pub fn whole_seconds(wait: TimeDelta) -> i64 {
    wait.num_seconds() + i64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests;
