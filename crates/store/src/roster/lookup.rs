//! Finding the students of many rows at once by their keyed hashes.

use std::collections::BTreeMap;

use domain::roster::RosterNumber;
use domain::{EducationLevel, KeyedHash, RosterEntryId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{RosterKey, read_number};
use crate::entity::{roster_entry, roster_id};
use crate::many::among;
use crate::{StoreError, Tx};

/// A number of a level as it is found: two students of different levels may have the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LevelIndex {
    /// The level.
    pub level: EducationLevel,
    /// The keyed hash of the number.
    pub index: KeyedHash,
}

impl From<&RosterNumber> for LevelIndex {
    fn from(number: &RosterNumber) -> Self {
        Self {
            level: number.level,
            index: number.id_index.clone(),
        }
    }
}

/// Has PostgreSQL plan each statement for the rows that are there now, until [`plan_as_usual`] or the end of `tx`. A list
/// grows while it is imported: a plan that was kept from when it was empty compares each of its rows with each number. What
/// is looked for here lies in memory, so that going through an index costs no more than its pages.
pub async fn plan_each_time(tx: &Tx) -> Result<(), StoreError> {
    set_planner(
        tx,
        "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL random_page_cost = 1",
    )
    .await
}

/// Has PostgreSQL keep plans again, as those by which it checks the references of rows that are added.
pub async fn plan_as_usual(tx: &Tx) -> Result<(), StoreError> {
    set_planner(
        tx,
        "SET LOCAL plan_cache_mode = DEFAULT; SET LOCAL random_page_cost = DEFAULT",
    )
    .await
}

async fn set_planner(tx: &Tx, sql: &str) -> Result<(), StoreError> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(sql).await?;
    }
    Ok(())
}

/// The numbers with these indexes, whichever entry they lead to.
pub async fn numbers_by_index(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    wanted: &[LevelIndex],
) -> Result<Vec<RosterNumber>, StoreError> {
    let mut of_levels = BTreeMap::<_, Vec<_>>::new();
    for one in wanted {
        let of_level = of_levels.entry(one.level).or_default();
        of_level.push(one.index.as_bytes().to_vec());
    }
    let mut rows = Vec::new();
    for (level, indexes) in of_levels {
        let found = roster_id::Entity::find()
            .filter(roster_id::Column::SchoolId.eq(roster.school_id.0))
            .filter(roster_id::Column::TaskId.eq(roster.task_id.0))
            .filter(roster_id::Column::Level.eq(level.as_str()))
            .filter(among(on, roster_id::Column::IdIndex, indexes)?)
            .all(on);
        rows.extend(found.await?);
    }
    rows.into_iter().map(read_number).collect()
}

/// The entries with one of these student numbers, listed or not.
pub async fn ids_by_student_no(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    indexes: &[KeyedHash],
) -> Result<Vec<RosterEntryId>, StoreError> {
    if indexes.is_empty() {
        return Ok(Vec::new());
    }
    let indexes = indexes.iter().map(|index| index.as_bytes().to_vec());
    let rows = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::Id)
        .filter(roster_entry::Column::SchoolId.eq(roster.school_id.0))
        .filter(roster_entry::Column::TaskId.eq(roster.task_id.0))
        .filter(among(on, roster_entry::Column::StudentNoIndex, indexes)?)
        .into_tuple()
        .all(on);
    let ids: Vec<Uuid> = rows.await?;
    Ok(ids.into_iter().map(RosterEntryId).collect())
}
