//! Purging tasks: once the days after its end are over, a task's keys are destroyed, then its photos, names and numbers are
//! deleted batch by batch, and last a signed certificate says so. Broken off anywhere, it goes on where it stopped.
//! docs/decisions/0050.

mod certificate;
mod part;

pub use certificate::{CertificateFile, certificate};

use chrono::{DateTime, TimeDelta, Utc};
use domain::TaskId;
use domain::access::Reach;
use domain::purge::{PurgeHold, PurgePart, TaskPurge, is_purge_due, purge_due_at};
use domain::task_draft::FEWEST_PURGE_DAYS;

use crate::{Context, Failure, keys, task};

/// How many tasks are looked at at once.
const PAGE: u64 = 100;
/// How many batches of one task a round deletes: other work of the lane gets its turn.
const BATCHES: usize = 200;

/// Where the purge of a task is.
#[derive(Debug, Clone)]
pub struct PurgeState {
    /// When it begins; `None` where it has begun.
    pub due_at: Option<DateTime<Utc>>,
    /// What stops it now.
    pub hold: Option<PurgeHold>,
    /// What was done; `None` where it has not begun.
    pub purge: Option<TaskPurge>,
}

/// Where the purge of a task is.
///
/// # Errors
/// `task.unknown`.
pub async fn state(context: &Context, reach: &Reach, id: &str) -> Result<PurgeState, Failure> {
    let task = task::get(context, reach, id).await?;
    let on = context.store.reader();
    let due_at = purge_due_at(&task);
    let hold = match due_at {
        Some(_) => store::purge::hold(on, &task).await?,
        None => None,
    };
    Ok(PurgeState {
        due_at,
        hold,
        purge: store::purge::get(on, task.id).await?,
    })
}

/// Begins the purges that are due, and goes on with those that have begun.
///
/// # Errors
/// The first failure; what was deleted before stays deleted.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    begin_due(context).await?;
    for purge in store::purge::running(context.store.reader(), PAGE).await? {
        for _ in 0..BATCHES {
            if !step(context, purge.task_id).await? {
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

async fn begin_due(context: &Context) -> Result<(), Failure> {
    let now = context.now();
    let before = now - TimeDelta::days(FEWEST_PURGE_DAYS.into());
    let mut after = None;
    loop {
        let on = context.store.reader();
        let tasks = store::purge::ended_before(on, before, after, PAGE).await?;
        let Some(last) = tasks.last() else {
            return Ok(());
        };
        after = Some(last.id);
        for task in tasks.iter().filter(|task| is_purge_due(task, now)) {
            if keys::destroy_due(context, task.id).await? {
                tracing::info!(task.id = %task.id, "The data of a task are deleted: its time has come");
            }
        }
    }
}

/// Deletes the next batch of a purge that has begun, or signs its certificate once nothing is left. Whether there is more
/// to do.
///
/// # Errors
/// Where the database or the object store fails; the batch is done again then.
pub async fn step(context: &Context, id: TaskId) -> Result<bool, Failure> {
    let found = store::purge::get(context.store.reader(), id).await?;
    let Some(purge) = found.filter(|purge| purge.certificate.is_none()) else {
        return Ok(false);
    };
    for part in PurgePart::ALL {
        if part::delete_some(context, *part, &purge).await? > 0 {
            return Ok(true);
        }
    }
    certificate::issue(context, &purge).await?;
    Ok(false)
}
