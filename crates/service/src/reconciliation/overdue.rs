//! When what a provider should have given is missed.

use chrono::{NaiveDate, TimeDelta};
use domain::day_bounds;

use crate::Context;

/// A bill that is missing so long after its day is put before a person.
const MISSING_AFTER: TimeDelta = TimeDelta::hours(34);

/// Whether a day is over so long that what its provider should have given is missed.
pub(super) fn is_overdue(context: &Context, day: NaiveDate) -> bool {
    let (_, ended_at) = day_bounds(day);
    context.now() > ended_at + MISSING_AFTER
}
