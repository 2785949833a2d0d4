//! What operators see of jobs, and what they can do: try a dead one again, end one.

use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::job::Job;
use domain::{JobId, ProblemCode};
use store::job::Which;

use crate::audit::{self, About, Deed};
use crate::{Context, Failure};

/// The most jobs that are listed at once.
const MOST: u64 = 500;

/// The jobs that are not done, or only the dead ones; the most overdue first, 500 at most.
///
/// # Errors
/// Where the database fails.
pub async fn list(context: &Context, which: Which) -> Result<Vec<Job>, Failure> {
    Ok(store::job::list(context.store.reader(), which, MOST).await?)
}

/// A job.
///
/// # Errors
/// `job.unknown`.
pub async fn show(context: &Context, id: JobId) -> Result<Job, Failure> {
    let found = store::job::get(context.store.reader(), id).await?;
    found.ok_or_else(|| ProblemCode::JobUnknown.into())
}

/// Has a dead job tried again now.
///
/// # Errors
/// `job.unknown`; `job.state` where it is not dead.
pub async fn retry(context: &Context, actor: &Actor, id: JobId) -> Result<(), Failure> {
    actor.require(Permission::ManageJobs)?;
    show(context, id).await?;
    let tx = context.store.begin().await?;
    if !store::job::revive(&tx, id, context.now()).await? {
        return Err(ProblemCode::JobState.into());
    }
    let deed = deed(AuditAction::JobRetried, id);
    let audited = audit::note(context, &tx, actor, deed, About::default()).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Ends a job: one that waits or is dead now, one that runs within seconds. Work that never ends cannot be cancelled.
///
/// # Errors
/// `job.unknown`; `job.state` where it is done or never ends.
pub async fn cancel(context: &Context, actor: &Actor, id: JobId) -> Result<(), Failure> {
    actor.require(Permission::ManageJobs)?;
    let job = show(context, id).await?;
    let tx = context.store.begin().await?;
    let never_ends = job.kind.period().is_some();
    if never_ends || !store::job::cancel(&tx, id, context.now()).await? {
        return Err(ProblemCode::JobState.into());
    }
    let deed = deed(AuditAction::JobCancelled, id);
    let audited = audit::note(context, &tx, actor, deed, About::default()).await?;
    Ok(store::commit(tx, audited).await?)
}

fn deed(action: AuditAction, id: JobId) -> Deed {
    Deed {
        action,
        object: AuditObject::Job,
        object_id: id.0,
        school_id: None,
    }
}
