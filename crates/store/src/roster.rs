//! Rosters: the students of a task as their school listed them, and the numbers by which they are found.

pub mod batch;
pub mod lookup;
pub mod page;

use domain::roster::{RosterColumn, RosterEntry, RosterEntryState, RosterNumber};
use domain::task::Task;
use domain::{EducationLevel, RosterEntryId, RosterImportId, RosterNumberId, SchoolId, TaskId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use crate::entity::roster_entry::{Column, Entity, Model};
use crate::entity::roster_id;
use crate::word::word;
use crate::{StoreError, Tx};

/// A roster: the list of a task.
#[derive(Debug, Clone, Copy)]
pub struct RosterKey {
    /// The school.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
}

impl From<&Task> for RosterKey {
    fn from(task: &Task) -> Self {
        Self {
            school_id: task.school_id,
            task_id: task.id,
        }
    }
}

pub(crate) fn read(row: Model) -> Result<RosterEntry, StoreError> {
    Ok(RosterEntry {
        id: RosterEntryId(row.id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        level: word("roster_entries.level", &row.level)?,
        name_sealed: row.name_sealed.into(),
        student_no_sealed: row.student_no_sealed.map(Into::into),
        student_no_index: row.student_no_index.map(Into::into),
        college: row.college,
        class_name: row.class_name,
        major: row.major,
        expected_graduation: row.expected_graduation,
        state: word("roster_entries.state", &row.state)?,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        name_index: row.name_index.map(Into::into),
        corrected: corrected(&row.corrected)?,
        import_id: row.import_id.map(RosterImportId),
    })
}

pub(crate) fn read_number(row: roster_id::Model) -> Result<RosterNumber, StoreError> {
    Ok(RosterNumber {
        id: RosterNumberId(row.id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        entry_id: RosterEntryId(row.entry_id),
        level: word("roster_ids.level", &row.level)?,
        id_index: row.id_index.into(),
        id_type: word("roster_ids.id_type", &row.id_type)?,
        number_sealed: row.number_sealed.into(),
    })
}

fn corrected(words: &str) -> Result<Vec<RosterColumn>, StoreError> {
    let words = words.split(' ').filter(|text| !text.is_empty());
    words
        .map(|text| word("roster_entries.corrected", text))
        .collect()
}

pub(crate) fn row(entry: RosterEntry) -> Model {
    let corrected = entry.corrected.iter().map(|column| column.as_str());
    Model {
        id: entry.id.0,
        school_id: entry.school_id.0,
        task_id: entry.task_id.0,
        level: entry.level.as_str().to_owned(),
        name_sealed: entry.name_sealed.into(),
        student_no_sealed: entry.student_no_sealed.map(Into::into),
        student_no_index: entry.student_no_index.map(Into::into),
        college: entry.college,
        class_name: entry.class_name,
        major: entry.major,
        expected_graduation: entry.expected_graduation,
        state: entry.state.as_str().to_owned(),
        version: entry.version,
        created_at: entry.created_at,
        updated_at: entry.updated_at,
        name_index: entry.name_index.map(Into::into),
        corrected: corrected.collect::<Vec<_>>().join(" "),
        import_id: entry.import_id.map(|id| id.0),
    }
}

pub(crate) fn number_row(number: RosterNumber) -> roster_id::Model {
    roster_id::Model {
        id: number.id.0,
        school_id: number.school_id.0,
        task_id: number.task_id.0,
        entry_id: number.entry_id.0,
        level: number.level.as_str().to_owned(),
        id_index: number.id_index.into(),
        id_type: number.id_type.as_str().to_owned(),
        number_sealed: number.number_sealed.into(),
    }
}

/// Replaces an entry, whose lock the caller holds.
pub async fn save(tx: &Tx, entry: RosterEntry) -> Result<(), StoreError> {
    crate::row::save(tx, row(entry)).await
}

/// What is on the list of a task now.
pub(crate) fn listed(school: SchoolId, task: TaskId) -> Select<Entity> {
    Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::TaskId.eq(task.0))
        .filter(Column::State.eq(RosterEntryState::Listed.as_str()))
}

/// The listed entry of a level to which one of these keyed numbers leads, locked until `tx` ends.
///
/// Both queries are made whether or not there is such a number, so that the time tells nothing.
pub async fn lock_by_number(
    tx: &Tx,
    roster: RosterKey,
    level: EducationLevel,
    indexes: &[[u8; 16]],
) -> Result<Option<RosterEntry>, StoreError> {
    let number = numbers(roster, level, indexes).one(tx).await?;
    let entry = number.map_or(Uuid::nil(), |number| number.entry_id);
    let found = listed(roster.school_id, roster.task_id)
        .filter(Column::Id.eq(entry))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}

/// Whether one of these keyed numbers is on the roster of a task and level, also by an entry that is no longer listed.
pub async fn is_listed(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    level: EducationLevel,
    indexes: &[[u8; 16]],
) -> Result<bool, StoreError> {
    Ok(numbers(roster, level, indexes).one(on).await?.is_some())
}

fn numbers(
    roster: RosterKey,
    level: EducationLevel,
    indexes: &[[u8; 16]],
) -> Select<roster_id::Entity> {
    roster_id::Entity::find()
        .filter(roster_id::Column::SchoolId.eq(roster.school_id.0))
        .filter(roster_id::Column::TaskId.eq(roster.task_id.0))
        .filter(roster_id::Column::Level.eq(level.as_str()))
        .filter(roster_id::Column::IdIndex.is_in(indexes.iter().map(|index| index.to_vec())))
}
