//! Days that are typed, as moments: the collections run by China's clock.

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, Utc};
use domain::day_bounds;

/// When a day begins in China, for the API; `None` where nothing that is a day was typed.
pub(crate) fn day_begins(typed: &str) -> Option<String> {
    let (begins, _) = day_bounds(typed.parse().ok()?);
    Some(moment(begins))
}

/// When a day ends in China, for the API.
pub(crate) fn day_ends(typed: &str) -> Option<String> {
    let day: NaiveDate = typed.parse().ok()?;
    let (next, _) = day_bounds(day.checked_add_days(Days::new(1))?);
    Some(moment(next))
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
