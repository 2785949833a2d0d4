//! The task of a roster that somebody may manage or read.

use domain::access::{Actor, Permission};
use domain::task::{Task, TaskState};
use domain::{ProblemCode, TaskId};

use crate::{Context, Failure};

/// The task of a roster that an actor may manage.
///
/// # Errors
/// `task.unknown`, also for one out of reach or purged.
pub(super) async fn managed_task(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<Task, Failure> {
    task_with(context, actor, Permission::ManageRosters, id).await
}

/// As [`managed_task`], for a roster that an actor may read.
pub(super) async fn readable_task(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<Task, Failure> {
    task_with(context, actor, Permission::ReadRosters, id).await
}

async fn task_with(
    context: &Context,
    actor: &Actor,
    permission: Permission,
    id: &str,
) -> Result<Task, Failure> {
    let reach = actor.require(permission)?;
    let unknown = ProblemCode::TaskUnknown;
    let id: TaskId = id.parse().map_err(|_| unknown)?;
    let found = store::task::get(context.store.reader(), id).await?;
    let found = found.filter(|task| reach.includes(task.school_id));
    // Nobody can read the roster of one that was purged.
    let found = found.filter(|task| task.state != TaskState::Purged);
    found.ok_or_else(|| unknown.into())
}
