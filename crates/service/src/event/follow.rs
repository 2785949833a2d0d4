//! Reading what happened, from where a reader stopped; and waiting for what happens next.

use std::time::Duration;

use domain::access::Reach;
use domain::event::Event;
use domain::page::{EventPlace, Page, PageRequest};
use tokio::time::{Instant, sleep};

use crate::{Context, Failure};

/// How often a reader who waits looks for news.
const LOOK: Duration = Duration::from_millis(500);

/// The place behind the newest event: who goes on from there reads what happens from now on.
///
/// # Errors
/// Where the database fails.
pub async fn newest(context: &Context) -> Result<EventPlace, Failure> {
    let latest = store::event::latest_position(context.store.reader()).await?;
    Ok(EventPlace(latest))
}

/// A page of the events of the schools within reach, in the order of positions. Where there is none yet, it waits for one,
/// for so long and while `may_wait`.
///
/// # Errors
/// Where the database fails.
pub async fn follow(
    context: &Context,
    reach: &Reach,
    page: &PageRequest<EventPlace>,
    wait: Duration,
    may_wait: impl Fn() -> bool,
) -> Result<Page<Event>, Failure> {
    let until = Instant::now() + wait;
    loop {
        let found = store::event::page(context.store.reader(), reach, page).await?;
        let left = until.saturating_duration_since(Instant::now());
        if !found.items.is_empty() || left.is_zero() || !may_wait() {
            return Ok(found);
        }
        sleep(left.min(LOOK)).await;
    }
}
