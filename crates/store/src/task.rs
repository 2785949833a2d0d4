//! Collection tasks; a published one may be seen by everybody, which `domain` decides.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::page::{Page, PageRequest};
use domain::task::{Task, TaskSettings, TaskState};
use domain::{SchoolId, TaskId};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use crate::entity::task::{Column, Entity, Model};
use crate::json::StoredDocument;
use crate::reach::within;
use crate::word::word;
use crate::{StoreError, Tx, keyset};

/// A task as it is read. The settings, a hundred numbers, are not made a tree of JSON first.
#[derive(Debug, FromQueryResult)]
pub(crate) struct StoredTask {
    id: Uuid,
    school_id: Uuid,
    name: String,
    state: String,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    settings: StoredDocument<TaskSettings>,
    version: i32,
    created_at: DateTime<Utc>,
}

pub(crate) fn read(row: StoredTask) -> Result<Task, StoreError> {
    Ok(Task {
        id: TaskId(row.id),
        school_id: SchoolId(row.school_id),
        name: row.name,
        state: word("tasks.state", &row.state)?,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        ended_at: row.ended_at,
        settings: row.settings.0,
        version: row.version,
        created_at: row.created_at,
    })
}

fn row(task: &Task) -> Model {
    Model {
        id: task.id.0,
        school_id: task.school_id.0,
        name: task.name.clone(),
        state: task.state.as_str().to_owned(),
        opens_at: task.opens_at,
        closes_at: task.closes_at,
        ended_at: task.ended_at,
        settings: serde_json::json!(task.settings),
        version: task.version,
        created_at: task.created_at,
    }
}

/// Adds a task.
pub async fn insert(tx: &Tx, task: &Task) -> Result<(), StoreError> {
    crate::row::insert(tx, row(task)).await
}

/// Replaces a task.
pub async fn save(tx: &Tx, task: &Task) -> Result<(), StoreError> {
    crate::row::save(tx, row(task)).await
}

/// A task, whatever its state.
pub async fn get(on: &impl ConnectionTrait, id: TaskId) -> Result<Option<Task>, StoreError> {
    let found = Entity::find_by_id(id.0).into_model::<StoredTask>().one(on);
    found.await?.map(read).transpose()
}

/// A task within reach, whatever its state.
pub async fn within_reach(
    on: &impl ConnectionTrait,
    id: TaskId,
    reach: &Reach,
) -> Result<Option<Task>, StoreError> {
    let found = Entity::find_by_id(id.0).filter(within(Column::SchoolId, reach));
    let found = found.into_model::<StoredTask>().one(on);
    found.await?.map(read).transpose()
}

/// As [`within_reach`], locked until `tx` ends.
pub async fn lock_within(tx: &Tx, id: TaskId, reach: &Reach) -> Result<Option<Task>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(within(Column::SchoolId, reach))
        .lock_exclusive();
    let found = found.into_model::<StoredTask>().one(tx);
    found.await?.map(read).transpose()
}

/// The tasks of a school within reach, the newest first, whatever their states.
pub async fn of_school(
    on: &impl ConnectionTrait,
    school: SchoolId,
    reach: &Reach,
    page: &PageRequest<TaskId>,
) -> Result<Page<Task>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(within(Column::SchoolId, reach));
    let rows = keyset::newest_first(query, Column::Id, page)
        .into_model::<StoredTask>()
        .all(on)
        .await?;
    let tasks = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(tasks, |task: &Task| task.id))
}

/// The tasks of schools that students may see.
pub async fn published(
    on: &impl ConnectionTrait,
    schools: &[SchoolId],
) -> Result<Vec<Task>, StoreError> {
    let found = Entity::find()
        .filter(Column::SchoolId.is_in(schools.iter().map(|school| school.0)))
        .filter(Column::State.is_in(TaskState::PUBLISHED.map(TaskState::as_str)))
        .into_model::<StoredTask>()
        .all(on);
    found.await?.into_iter().map(read).collect()
}

/// A task, locked until `tx` ends. Its keys are made and destroyed under this lock.
pub async fn lock(tx: &Tx, id: TaskId) -> Result<Option<Task>, StoreError> {
    let found = Entity::find_by_id(id.0).lock_exclusive();
    let found = found.into_model::<StoredTask>().one(tx);
    found.await?.map(read).transpose()
}

/// Locks a task until `tx` ends; whether it is there and not purged.
pub async fn lock_unless_purged(tx: &Tx, id: TaskId) -> Result<bool, StoreError> {
    let found = lock(tx, id).await?;
    Ok(found.is_some_and(|task| task.state != TaskState::Purged))
}

/// The ids of the tasks whose keys were destroyed, for the condition of another query: nothing of them can be opened.
pub(crate) fn purged() -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(TaskState::Purged.as_str()))
        .into_query()
}
