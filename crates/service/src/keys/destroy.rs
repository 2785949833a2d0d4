//! Destroying the keys of a task: its roster, its photos and the questions of its students can never be read again, nor
//! can anybody find out whether a number was on its roster. docs/decisions/0029.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::purge::{PurgeCounts, TaskPurge, is_purge_due};
use domain::retention::ErasureKind;
use domain::task::{Task, TaskState};
use domain::{ErasureId, TaskId};
use store::Tx;
use store::erasure::Erasure;
use store::index_key::{self, Purpose};

use crate::audit::{self, About, Deed};
use crate::vault::Scope;
use crate::{Context, Failure, retention};

/// The longest reason, in characters.
const REASON_MAX: usize = 200;

/// Why the keys of a task were not destroyed.
#[derive(Debug, thiserror::Error)]
pub enum DestroyError {
    /// There is no such task.
    #[error("there is no such task")]
    Unknown,
    /// Students may still hand in photos.
    #[error(
        "the task is open until {until}, with the days in which a rejected photo can be replaced"
    )]
    Open {
        /// When it is over, unless the school ends it before.
        until: DateTime<Utc>,
    },
    /// Some of its data may be sealed under the keys of its school, which destroying the task's keys would not reach.
    #[error(
        "what was sealed before tasks had keys of their own must be moved first: run gradphoto keys rewrap"
    )]
    NotMoved,
    /// The reason is missing or too long.
    #[error("a reason has 1 to {REASON_MAX} characters")]
    Reason,
    /// Something failed; the keys are as they were.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<store::StoreError> for DestroyError {
    fn from(error: store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Whose keys are to be destroyed, and why.
#[derive(Debug, Clone, Copy)]
pub struct DestroyRequest<'a> {
    /// The task.
    pub task_id: &'a str,
    /// Why, for the audit log.
    pub reason: &'a str,
}

/// Destroys the keys of a task that is over and marks the task as purged. Returns how many keys there were; none where
/// they had been destroyed before.
///
/// # Errors
/// [`DestroyError`]; the keys are then as they were.
pub async fn destroy(
    context: &Context,
    actor: &Actor,
    request: DestroyRequest<'_>,
) -> Result<u64, DestroyError> {
    let reach = actor.require(Permission::DestroyKeys);
    let reach = reach.map_err(Failure::from)?;
    let reason = request.reason.trim();
    if !(1..=REASON_MAX).contains(&reason.chars().count()) {
        return Err(DestroyError::Reason);
    }
    let id: TaskId = request.task_id.parse().map_err(|_| DestroyError::Unknown)?;
    let on = context.store.reader();
    if index_key::current(on, Purpose::DerivedIdNumber)
        .await?
        .is_some()
    {
        return Err(DestroyError::NotMoved);
    }
    // What is not sealed yet would stay readable.
    retention::seal_plain(context).await?;
    let tx = context.store.begin().await?;
    let task = store::task::lock(&tx, id).await?;
    let task = task.filter(|task| reach.includes(task.school_id));
    let task = task.ok_or(DestroyError::Unknown)?;
    if !task.is_over(context.now()) {
        let until = task.resubmission_ends_at();
        return Err(DestroyError::Open { until });
    }
    let count = purge(context, &tx, &task).await?;
    let audited = audit::with_reason(context, &tx, actor, deed(&task), reason).await?;
    store::commit(tx, audited).await?;
    context.vault.forget(Scope::Task(id));
    Ok(count)
}

/// Destroys the keys of a task whose time has come, unless money of its orders stops that. Whether they were destroyed.
pub(crate) async fn destroy_due(context: &Context, id: TaskId) -> Result<bool, Failure> {
    let on = context.store.reader();
    let old = index_key::current(on, Purpose::DerivedIdNumber).await?;
    if old.is_some() {
        tracing::warn!("A task is not purged before gradphoto keys rewrap has run");
        return Ok(false);
    }
    retention::seal_plain(context).await?;
    let tx = context.store.begin().await?;
    let task = store::task::lock(&tx, id).await?;
    let Some(task) = task.filter(|task| is_purge_due(task, context.now())) else {
        store::rollback(tx).await?;
        return Ok(false);
    };
    if store::purge::hold(&tx, &task).await?.is_some() {
        store::rollback(tx).await?;
        return Ok(false);
    }
    purge(context, &tx, &task).await?;
    let about = About::default();
    let (actor, deed) = (Actor::BackgroundJob, deed(&task));
    let audited = audit::note(context, &tx, &actor, deed, about).await?;
    store::commit(tx, audited).await?;
    context.vault.forget(Scope::Task(id));
    Ok(true)
}

fn deed(task: &Task) -> Deed {
    Deed {
        action: AuditAction::TaskKeysDestroyed,
        object: AuditObject::Task,
        object_id: task.id.0,
        school_id: Some(task.school_id),
    }
}

/// Destroys the keys of a task again, after a backup brought back the task or its keys. Whether there was something to do.
pub(crate) async fn destroy_again(context: &Context, id: TaskId) -> Result<bool, Failure> {
    let tx = context.store.begin().await?;
    let Some(task) = store::task::lock(&tx, id).await? else {
        return Ok(false);
    };
    let count = purge(context, &tx, &task).await?;
    store::commit(tx, AuditExemption::Repetition).await?;
    context.vault.forget(Scope::Task(id));
    Ok(count > 0 || task.state != TaskState::Purged)
}

async fn purge(context: &Context, tx: &Tx, task: &Task) -> Result<u64, Failure> {
    if task.state != TaskState::Purged {
        let purged = Task {
            state: TaskState::Purged,
            version: task.version + 1,
            ..task.clone()
        };
        store::task::save(tx, &purged).await?;
    }
    store::task_progress::forget(tx, task.id).await?;
    let erasure = Erasure {
        id: context.new_id(ErasureId::new),
        kind: ErasureKind::TaskKeys,
        object_id: task.id.0,
        at: context.now(),
    };
    store::erasure::note(tx, erasure).await?;
    // From here on the worker deletes what nobody can read any more.
    let begun = TaskPurge {
        task_id: task.id,
        school_id: task.school_id,
        counts: PurgeCounts::default(),
        started_at: context.now(),
        certificate: None,
    };
    store::purge::begin(tx, &begun).await?;
    Ok(store::data_key::delete_of_task(tx, task.id).await?)
}
