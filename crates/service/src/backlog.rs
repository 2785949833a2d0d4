//! How much background work is due, as operators see it in the metrics.

use chrono::TimeDelta;
use store::backlog;

use crate::{Context, Failure};

/// The kinds of background work that have a backlog of their own in the metrics.
pub const LANES: [&str; 5] = ["payments", "refunds", "notices", "bills", "jobs"];

/// Writes how much of each kind of work is due into the metrics.
///
/// # Errors
/// Where the database fails; the metrics then keep what they had.
pub async fn record(context: &Context) -> Result<(), Failure> {
    let (on, now) = (context.store.reader(), context.now());
    let backlogs = [
        backlog::payments(on, now).await?,
        backlog::refunds(on, now).await?,
        backlog::notices(on, now).await?,
        backlog::bills(on, now).await?,
        backlog::jobs(on, now).await?,
    ];
    for (lane, found) in LANES.into_iter().zip(backlogs) {
        let age = found.oldest.map_or(TimeDelta::zero(), |since| now - since);
        let age_s = i32::try_from(age.num_seconds()).unwrap_or(i32::MAX);
        let count = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        metrics::gauge!("jobs_due", "lane" => lane).set(count(found.due));
        metrics::gauge!("jobs_oldest_seconds", "lane" => lane).set(f64::from(age_s.max(0)));
        metrics::gauge!("jobs_dead", "lane" => lane).set(count(found.dead));
    }
    Ok(())
}
