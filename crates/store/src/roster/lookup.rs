//! Finding the students of many rows at once by their keyed hashes.
//!
//! On `PostgreSQL` each hash is looked up in its index by itself (`LATERAL` with a fence that keeps the planner from joining
//! otherwise).

use std::collections::BTreeMap;

use domain::roster::RosterNumber;
use domain::{EducationLevel, KeyedHash, RosterEntryId};
use sea_orm::sea_query::Value;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect, Statement,
};
use uuid::Uuid;

use super::{RosterKey, read_number};
use crate::entity::{roster_entry, roster_id};
use crate::many::array_of;
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

const NUMBERS: &str = "\
SELECT found.* FROM UNNEST($3::text[], $4::bytea[]) AS wanted (level, id_index) CROSS JOIN LATERAL (\
SELECT id, school_id, task_id, entry_id, level, id_index, id_type, number_sealed FROM roster_ids AS number \
WHERE number.school_id = $1 AND number.task_id = $2 AND number.level = wanted.level \
AND number.id_index = wanted.id_index LIMIT 1) AS found";

const STUDENT_NOS: &str = "\
SELECT found.id FROM UNNEST($3::bytea[]) AS wanted (student_no_index) CROSS JOIN LATERAL (\
SELECT id FROM roster_entries AS entry WHERE entry.school_id = $1 AND entry.task_id = $2 \
AND entry.student_no_index = wanted.student_no_index OFFSET 0) AS found";

/// Has PostgreSQL plan each statement for the rows that are there now, until [`plan_as_usual`] or the end of `tx`. A list
/// grows while it is imported: a plan that was kept from when it was empty reads all of it for each number.
pub async fn plan_each_time(tx: &Tx) -> Result<(), StoreError> {
    set_plan_mode(tx, "force_custom_plan").await
}

/// Has PostgreSQL keep plans again, as those by which it checks the references of rows that are added.
pub async fn plan_as_usual(tx: &Tx) -> Result<(), StoreError> {
    set_plan_mode(tx, "DEFAULT").await
}

async fn set_plan_mode(tx: &Tx, mode: &str) -> Result<(), StoreError> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SET LOCAL plan_cache_mode = {mode}");
        tx.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// The numbers with these indexes, whichever entry they lead to.
pub async fn numbers_by_index(
    on: &impl ConnectionTrait,
    roster: RosterKey,
    wanted: &[LevelIndex],
) -> Result<Vec<RosterNumber>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let rows = if on.get_database_backend() == DbBackend::Postgres {
        let levels = wanted.iter().map(|one| Value::from(one.level.as_str()));
        let indexes = wanted.iter().map(|one| bytes(&one.index));
        let arrays = [array_of(levels.collect())?, array_of(indexes.collect())?];
        let rows = roster_id::Entity::find().from_raw_sql(statement(NUMBERS, roster, arrays));
        rows.all(on).await?
    } else {
        let mut of_levels = BTreeMap::<_, Vec<_>>::new();
        for one in wanted {
            of_levels
                .entry(one.level)
                .or_default()
                .push(bytes(&one.index));
        }
        let mut rows = Vec::new();
        for (level, indexes) in of_levels {
            let found = roster_id::Entity::find()
                .filter(roster_id::Column::SchoolId.eq(roster.school_id.0))
                .filter(roster_id::Column::TaskId.eq(roster.task_id.0))
                .filter(roster_id::Column::Level.eq(level.as_str()))
                .filter(roster_id::Column::IdIndex.is_in(indexes))
                .all(on);
            rows.extend(found.await?);
        }
        rows
    };
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
    let indexes = indexes.iter().map(bytes);
    let ids: Vec<Uuid> = if on.get_database_backend() == DbBackend::Postgres {
        let arrays = [array_of(indexes.collect())?];
        let rows = Found::find_by_statement(statement(STUDENT_NOS, roster, arrays));
        let rows = rows.all(on).await?;
        rows.into_iter().map(|found| found.id).collect()
    } else {
        let rows = roster_entry::Entity::find()
            .select_only()
            .column(roster_entry::Column::Id)
            .filter(roster_entry::Column::SchoolId.eq(roster.school_id.0))
            .filter(roster_entry::Column::TaskId.eq(roster.task_id.0))
            .filter(roster_entry::Column::StudentNoIndex.is_in(indexes))
            .into_tuple()
            .all(on);
        rows.await?
    };
    Ok(ids.into_iter().map(RosterEntryId).collect())
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

fn bytes(index: &KeyedHash) -> Value {
    index.as_bytes().to_vec().into()
}

fn statement<const N: usize>(sql: &str, roster: RosterKey, arrays: [Value; N]) -> Statement {
    let owner = [roster.school_id.0.into(), roster.task_id.0.into()];
    Statement::from_sql_and_values(DbBackend::Postgres, sql, owner.into_iter().chain(arrays))
}
