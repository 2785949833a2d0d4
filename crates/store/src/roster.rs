//! Rosters: the students of a task as their school listed them, and the numbers by which they are found.

use chrono::{DateTime, Utc};
use domain::{EducationLevel, RosterEntryId, SchoolId, TaskId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::entity::roster_entry::{Column, Entity, Model};
use crate::entity::roster_id;
use crate::{StoreError, Tx};

/// What is on the list of a task now.
fn listed(school: SchoolId, task: TaskId) -> Select<Entity> {
    Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::TaskId.eq(task.0))
        .filter(Column::State.eq("listed"))
}

/// The levels that are on a roster, as words.
pub async fn levels(
    on: &impl ConnectionTrait,
    school: SchoolId,
    task: TaskId,
) -> Result<Vec<String>, StoreError> {
    let found = listed(school, task)
        .select_only()
        .column(Column::Level)
        .distinct()
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

/// When a roster last changed; `None` where it is empty.
pub async fn updated_at(
    on: &impl ConnectionTrait,
    school: SchoolId,
    task: TaskId,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::TaskId.eq(task.0))
        .select_only()
        .column(Column::UpdatedAt)
        .order_by_desc(Column::UpdatedAt)
        .limit(1)
        .into_tuple()
        .one(on);
    Ok(found.await?)
}

/// An entry of a school, also one that is no longer listed.
pub async fn entry(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: RosterEntryId,
) -> Result<Option<Model>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .one(on);
    Ok(found.await?)
}

/// The listed entry of a level to which one of these keyed numbers leads, locked until `tx` ends.
///
/// Both queries are made whether or not there is such a number, so that the time tells nothing.
pub async fn lock_by_number(
    tx: &Tx,
    (school, task): (SchoolId, TaskId),
    level: EducationLevel,
    indexes: &[[u8; 16]],
) -> Result<Option<Model>, StoreError> {
    let number = numbers((school, task), level, indexes).one(tx).await?;
    let entry = number.map_or(Uuid::nil(), |number| number.entry_id);
    let found = listed(school, task)
        .filter(Column::Id.eq(entry))
        .lock_exclusive()
        .one(tx);
    Ok(found.await?)
}

/// Whether one of these keyed numbers is on the roster of a task and level, also by an entry that is no longer listed.
pub async fn is_listed(
    on: &impl ConnectionTrait,
    roster: (SchoolId, TaskId),
    level: EducationLevel,
    indexes: &[[u8; 16]],
) -> Result<bool, StoreError> {
    Ok(numbers(roster, level, indexes).one(on).await?.is_some())
}

fn numbers(
    (school, task): (SchoolId, TaskId),
    level: EducationLevel,
    indexes: &[[u8; 16]],
) -> Select<roster_id::Entity> {
    roster_id::Entity::find()
        .filter(roster_id::Column::SchoolId.eq(school.0))
        .filter(roster_id::Column::TaskId.eq(task.0))
        .filter(roster_id::Column::Level.eq(level.as_str()))
        .filter(roster_id::Column::IdIndex.is_in(indexes.iter().map(|index| index.to_vec())))
}

/// One of the documents of an entry, always the same one.
pub async fn document(
    on: &impl ConnectionTrait,
    school: SchoolId,
    entry: RosterEntryId,
) -> Result<Option<roster_id::Model>, StoreError> {
    let found = roster_id::Entity::find()
        .filter(roster_id::Column::SchoolId.eq(school.0))
        .filter(roster_id::Column::EntryId.eq(entry.0))
        .order_by_asc(roster_id::Column::Id)
        .one(on);
    Ok(found.await?)
}
