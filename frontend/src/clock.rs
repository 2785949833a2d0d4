//! The browser's clock, and pauses.

use chrono::{DateTime, NaiveDate, Utc};
use gloo::timers::callback::Interval;
use yew::{hook, use_effect_with, use_state};

/// Now, in milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the browser's clock is a whole number far below 2^53"
)]
pub(crate) fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// Now.
pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now_ms()).unwrap_or_default()
}

/// Today in China.
pub(crate) fn today() -> NaiveDate {
    domain::day_in_china(now())
}

/// Whole seconds until a moment in milliseconds, rounded up; 0 when it is over. Draws the component again each second
/// until then.
#[hook]
pub(crate) fn use_seconds_until(until_ms: i64) -> i64 {
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
