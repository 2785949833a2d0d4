//! Making, changing, opening and closing collection tasks.

use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::event::{EventData, TaskFacts};
use domain::page::{Page, PageRequest};
use domain::school::School;
use domain::task::{Task, TaskState};
use domain::task_draft::{
    TaskDraft, TaskMeans, closed, handed_over, identity_fault, is_editable, opened, opening_faults,
    refused_changes,
};
use domain::{FieldError, Lang, ProblemCode, Refusal, SchoolId, TaskId};
use store::Tx;
use store::audit::Audited;
use store::roster::RosterKey;

use crate::audit::{About, Deed, note};
use crate::{Context, Failure, event, merchant};

/// Makes a task of a school; it is a draft that nobody but staff sees.
///
/// # Errors
/// `school.unknown`, wrong fields.
pub async fn create(
    context: &Context,
    actor: &Actor,
    school: &str,
    draft: TaskDraft,
) -> Result<Task, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let school = school_within(context, &reach, school).await?;
    insert(context, actor, school.id, draft).await
}

/// Makes a draft with the settings of another task, under another name and in another window.
///
/// # Errors
/// `task.unknown`, wrong fields.
pub async fn copy(
    context: &Context,
    actor: &Actor,
    id: &str,
    new: TaskCopy,
) -> Result<Task, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let task = get(context, &reach, id).await?;
    let draft = TaskDraft {
        name: new.name,
        opens_at: new.opens_at,
        closes_at: new.closes_at,
        settings: task.settings,
    };
    insert(context, actor, task.school_id, draft).await
}

/// What a copy of a task has of its own.
#[derive(Debug, Clone)]
pub struct TaskCopy {
    /// The name.
    pub name: String,
    /// From when photos are taken.
    pub opens_at: chrono::DateTime<chrono::Utc>,
    /// Until when.
    pub closes_at: chrono::DateTime<chrono::Utc>,
}

/// Changes a task. After it was opened, only what the table of `domain::task_draft` allows.
///
/// # Errors
/// `task.unknown`, `task.state`, wrong fields, `request.version_conflict`.
pub async fn update(
    context: &Context,
    actor: &Actor,
    id: &str,
    draft: TaskDraft,
    version: i32,
) -> Result<Task, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let tx = context.store.begin().await?;
    let task = lock(&tx, &reach, id).await?;
    if task.version != version {
        return Err(ProblemCode::VersionConflict.into());
    }
    if !is_editable(task.state) {
        return Err(wrong_state(task.state).into());
    }
    let mut errors = draft.errors();
    errors.extend(refused_changes(&task, &draft));
    // A task whose way of recognition stays as it is can be changed also after the key was taken away.
    if draft.settings.identity != task.settings.identity {
        errors.extend(identity_error(context, &draft));
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors).into());
    }
    let changed = Task {
        name: draft.name.trim().to_owned(),
        opens_at: draft.opens_at,
        closes_at: draft.closes_at,
        settings: draft.settings,
        version: task.version + 1,
        ..task
    };
    save(context, tx, actor, AuditAction::TaskChanged, changed).await
}

/// Opens a draft, or a task that was closed.
///
/// # Errors
/// `task.unknown`, `task.state`; `task.not_ready` with every reason, or the only one.
pub async fn open(context: &Context, actor: &Actor, id: &str) -> Result<Task, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let tx = context.store.begin().await?;
    let task = lock(&tx, &reach, id).await?;
    let state = opened(task.state).ok_or_else(|| wrong_state(task.state))?;
    let school = store::school::within_reach(&tx, task.school_id, &reach).await?;
    let school = school.ok_or(ProblemCode::TaskUnknown)?;
    let means = TaskMeans {
        has_payment: !merchant::providers_of(context, &school).await?.is_empty(),
        reads_codes: context.capture_codes.is_some(),
    };
    let faults = opening_faults(&task, &school, means, context.now());
    if !faults.is_empty() {
        let refusal = Refusal::from(ProblemCode::TaskNotReady);
        return Err(Refusal {
            fields: faults,
            ..refusal
        }
        .into());
    }
    let changed = Task {
        state,
        ended_at: None,
        version: task.version + 1,
        ..task
    };
    tell(context, &tx, &changed, EventData::TaskOpened).await?;
    save(context, tx, actor, AuditAction::TaskOpened, changed).await
}

/// Closes a task before its window ends.
///
/// # Errors
/// `task.unknown`, `task.state`.
pub async fn close(context: &Context, actor: &Actor, id: &str) -> Result<Task, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let tx = context.store.begin().await?;
    let task = lock(&tx, &reach, id).await?;
    let changed = Task {
        state: closed(task.state).ok_or_else(|| wrong_state(task.state))?,
        ended_at: Some(context.now()),
        version: task.version + 1,
        ..task
    };
    tell(context, &tx, &changed, EventData::TaskClosed).await?;
    save(context, tx, actor, AuditAction::TaskClosed, changed).await
}

/// What a person saw of a task before they handed it over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskCounts {
    /// Students without an accepted photo.
    pub missing: u64,
    /// Accepted photos that the school has not acknowledged.
    pub undelivered: u64,
}

/// Says that the school has all the photos of a task that it will get.
///
/// # Errors
/// `task.unknown`; `task.state` where photos are still taken; `request.version_conflict` where the numbers changed since they
/// were seen.
pub async fn hand_over(
    context: &Context,
    actor: &Actor,
    id: &str,
    seen: TaskCounts,
) -> Result<Task, Failure> {
    let reach = actor.require(Permission::ManageTasks)?;
    let tx = context.store.begin().await?;
    let task = lock(&tx, &reach, id).await?;
    let now = context.now();
    let state = handed_over(&task, now).ok_or_else(|| wrong_state(task.state))?;
    let roster = RosterKey {
        school_id: task.school_id,
        task_id: task.id,
    };
    let figures = store::delivery::content::figures(&tx, roster).await?;
    let counts = TaskCounts {
        missing: figures.missing,
        undelivered: figures.undelivered,
    };
    if counts != seen {
        return Err(ProblemCode::VersionConflict.into());
    }
    let changed = Task {
        state,
        ended_at: task.ended_at.or(Some(now)),
        version: task.version + 1,
        ..task
    };
    save(context, tx, actor, AuditAction::TaskHandedOver, changed).await
}

/// A task within reach, whatever its state.
///
/// # Errors
/// `task.unknown`.
pub async fn get(context: &Context, reach: &Reach, id: &str) -> Result<Task, Failure> {
    let id: TaskId = id.parse().map_err(|_| ProblemCode::TaskUnknown)?;
    let task = store::task::within_reach(context.store.reader(), id, reach).await?;
    task.ok_or_else(|| ProblemCode::TaskUnknown.into())
}

/// The tasks of a school, the newest first.
///
/// # Errors
/// `school.unknown`.
pub async fn list(
    context: &Context,
    reach: &Reach,
    school: &str,
    page: &PageRequest<TaskId>,
) -> Result<Page<Task>, Failure> {
    let school = school_within(context, reach, school).await?;
    let on = context.store.reader();
    Ok(store::task::of_school(on, school.id, reach, page).await?)
}

/// A school within reach.
///
/// # Errors
/// `school.unknown`.
pub(crate) async fn school_within(
    context: &Context,
    reach: &Reach,
    id: &str,
) -> Result<School, Failure> {
    let id: SchoolId = id.parse().map_err(|_| ProblemCode::SchoolUnknown)?;
    let school = store::school::within_reach(context.store.reader(), id, reach).await?;
    school.ok_or_else(|| ProblemCode::SchoolUnknown.into())
}

async fn lock(tx: &Tx, reach: &Reach, id: &str) -> Result<Task, Failure> {
    let id: TaskId = id.parse().map_err(|_| ProblemCode::TaskUnknown)?;
    let task = store::task::lock_within(tx, id, reach).await?;
    task.ok_or_else(|| ProblemCode::TaskUnknown.into())
}

fn wrong_state(state: TaskState) -> Refusal {
    Refusal::from(ProblemCode::TaskState).with("state", state.label().get(Lang::Zh))
}

fn identity_error(context: &Context, draft: &TaskDraft) -> Option<FieldError> {
    identity_fault(draft.settings.identity, context.capture_codes.is_some())
}

/// Makes a draft.
///
/// # Errors
/// Wrong fields.
pub(crate) async fn insert(
    context: &Context,
    actor: &Actor,
    school_id: SchoolId,
    draft: TaskDraft,
) -> Result<Task, Failure> {
    let mut errors = draft.errors();
    errors.extend(identity_error(context, &draft));
    if !errors.is_empty() {
        return Err(Refusal::fields(errors).into());
    }
    let task = Task {
        id: context.new_id(TaskId::new),
        school_id,
        name: draft.name.trim().to_owned(),
        state: TaskState::Draft,
        opens_at: draft.opens_at,
        closes_at: draft.closes_at,
        ended_at: None,
        settings: draft.settings,
        version: 1,
        created_at: context.now(),
    };
    let tx = context.store.begin().await?;
    store::task::insert(&tx, &task).await?;
    let audited = note_task(context, &tx, actor, AuditAction::TaskCreated, &task).await?;
    store::commit(tx, audited).await?;
    Ok(task)
}

async fn tell(
    context: &Context,
    tx: &Tx,
    task: &Task,
    told: fn(TaskFacts) -> EventData,
) -> Result<(), Failure> {
    event::record(context, tx, task.school_id, told(task.into())).await?;
    Ok(())
}

async fn save(
    context: &Context,
    tx: Tx,
    actor: &Actor,
    action: AuditAction,
    task: Task,
) -> Result<Task, Failure> {
    store::task::save(&tx, &task).await?;
    let audited = note_task(context, &tx, actor, action, &task).await?;
    store::commit(tx, audited).await?;
    Ok(task)
}

async fn note_task(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    action: AuditAction,
    task: &Task,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::Task,
        object_id: task.id.0,
        school_id: Some(task.school_id),
    };
    note(context, tx, actor, deed, About::default()).await
}
