//! The background work that is due.

use chrono::TimeDelta;
use store::backlog;

use crate::{
    Context, Failure, audit, captcha, login, notice, order, payment, photo, reconciliation, refund,
    retention,
};

/// Does what is due; safe in any number of copies, and cut off anywhere it goes on in the next round.
///
/// # Errors
/// The first failure; the other work is done all the same.
pub async fn run_due(context: &Context) -> Result<(), Failure> {
    let rounds = [
        notice::sweep(context).await,
        payment::sweep(context).await,
        refund::sweep(context).await,
        order::sweep(context).await,
        reconciliation::sweep(context).await,
        photo::sweep(context).await,
        retention::sweep(context).await,
        audit::seal(context).await,
        captcha::sweep(context).await,
        login::sweep(context).await,
    ];
    rounds.into_iter().collect()
}

/// The kinds of background work that have a backlog of their own in the metrics.
pub const LANES: [&str; 5] = ["payments", "refunds", "notices", "bills", "jobs"];

/// Writes how much of each kind of work is due into the metrics.
///
/// # Errors
/// Where the database fails; the metrics then keep what they had.
pub async fn record_backlogs(context: &Context) -> Result<(), Failure> {
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
