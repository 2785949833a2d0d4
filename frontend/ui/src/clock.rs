//! The server's clock as far as its answers told it, and pauses: a phone's own clock may be hours wrong.

use std::cell::Cell;

use chrono::{DateTime, NaiveDate, Utc};
use gloo::timers::callback::Interval;
use yew::{hook, use_effect_with, use_state};

use crate::kept::Kept;

/// Where the difference is kept, so that a reload does not begin with the phone's clock again.
const KEY: &str = "gradphoto.clock";
/// A difference below this is no news: an answer tells whole seconds, and was under way for a while.
const TOLERANCE_MS: i64 = 3_000;

thread_local! {
    /// By how much the server's clock is ahead of the phone's, in milliseconds.
    static AHEAD_MS: Cell<i64> = Cell::new(Kept::InTab.get(KEY).unwrap_or_default());
}

/// Takes in the `Date` of an answer of the server.
pub fn hear(date: &str) {
    let told = js_sys::Date::parse(date);
    if told.is_nan() {
        return;
    }
    let ahead_ms = whole(told) - now_ms();
    if ahead_ms.abs() > TOLERANCE_MS {
        AHEAD_MS.set(AHEAD_MS.get() + ahead_ms);
        // A full or forbidden store costs the first second after a reload.
        Kept::InTab.set(KEY, &AHEAD_MS.get());
    }
}

/// Now, in milliseconds since 1970.
pub fn now_ms() -> i64 {
    whole(js_sys::Date::now()) + AHEAD_MS.get()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the browser's times are whole numbers far below 2^53"
)]
fn whole(time_ms: f64) -> i64 {
    time_ms as i64
}

/// Now.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now_ms()).unwrap_or_default()
}

/// Today in China.
pub fn today() -> NaiveDate {
    domain::day_in_china(now())
}

/// Whole seconds until a moment in milliseconds, rounded up; 0 when it is over. Draws the component again each second
/// until then.
#[hook]
pub fn use_seconds_until(until_ms: i64) -> i64 {
    let tick = use_state(now_ms);
    {
        let tick = tick.clone();
        use_effect_with(until_ms, move |&until_ms| {
            tick.set(now_ms());
            let interval =
                (until_ms > now_ms()).then(|| Interval::new(1000, move || tick.set(now_ms())));
            move || drop(interval)
        });
    }
    seconds_between(*tick, until_ms)
}

/// Whole seconds, rounded up, never below 0.
fn seconds_between(now_ms: i64, until_ms: i64) -> i64 {
    (until_ms - now_ms).max(0).div_euclid(1000) + i64::from((until_ms - now_ms).max(0) % 1000 > 0)
}
