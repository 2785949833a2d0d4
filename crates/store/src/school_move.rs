//! Schools that go to another installation: what keeps them unchanged on the way, their rows, and where they went.
//! docs/decisions/0072.

mod fence;
mod moved_row;
mod moved_table;
mod open_work;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use domain::school_move::{SchoolMove, SchoolMoveState};
use domain::{SchoolId, TaskId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::former_signing_key;
use crate::entity::school_move::{Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::word::word;
use crate::{StoreError, Tx};

pub use fence::{is_any_on_its_way, is_quiet, lower, raise, raise_where_needed};
pub use moved_row::{Cell, MovedRow, clear_some, insert_rows, page};
pub use moved_table::{LEFT_BEHIND, LeftBehind, MovedTable, Moving, cleared_tables, tables};
pub use open_work::{common_merchants, count_open, count_unsealed};

fn read(row: Model) -> Result<SchoolMove, StoreError> {
    Ok(SchoolMove {
        school_id: SchoolId(row.school_id),
        state: word("school_moves.state", &row.state)?,
        address: row.address,
        task_ids: from_json("school_moves.task_ids", row.task_ids)?,
        receipt_hash: row.receipt_hash,
        started_at: row.started_at,
        updated_at: row.updated_at,
    })
}

/// The move of a school.
pub async fn get(
    on: &impl ConnectionTrait,
    school: SchoolId,
) -> Result<Option<SchoolMove>, StoreError> {
    let found = Entity::find_by_id(school.0).one(on).await?;
    found.map(read).transpose()
}

/// The move of a school, locked until `tx` ends.
pub async fn lock(tx: &Tx, school: SchoolId) -> Result<Option<SchoolMove>, StoreError> {
    let found = Entity::find_by_id(school.0).lock_exclusive().one(tx);
    found.await?.map(read).transpose()
}

/// That a row's school is not shut: it is not on its way to another installation, nor has it moved there.
///
/// A statement or a loop that changes rows of several schools leaves the rows of shut schools out by this condition: the
/// triggers refuse a whole statement for one such row, and then no other school's rows would be changed either.
pub(crate) fn stays(school: impl ColumnTrait) -> Expr {
    let shut = Query::select()
        .column(Column::SchoolId)
        .from(Entity)
        .and_where(Column::State.ne(SchoolMoveState::Arrived.as_str()))
        .to_owned();
    school.not_in_subquery(shut)
}

/// Whether a school is shut: it is on its way to another installation, or has moved there.
pub async fn is_shut(on: &impl ConnectionTrait, school: SchoolId) -> Result<bool, StoreError> {
    let found = get(on, school).await?;
    Ok(found.is_some_and(|one| one.state != SchoolMoveState::Arrived))
}

/// The schools that are on their way; there are a few.
pub async fn on_their_way(on: &impl ConnectionTrait) -> Result<Vec<SchoolId>, StoreError> {
    let found = Entity::find().filter(Column::State.eq(SchoolMoveState::Moving.as_str()));
    let found = found.all(on).await?;
    Ok(found.iter().map(|row| SchoolId(row.school_id)).collect())
}

/// The schools that went elsewhere; there are a few.
pub async fn gone(on: &impl ConnectionTrait) -> Result<Vec<SchoolMove>, StoreError> {
    let found = Entity::find().filter(Column::State.eq(SchoolMoveState::Moved.as_str()));
    found.all(on).await?.into_iter().map(read).collect()
}

/// Adds a move, or puts it in place of the one that the school has.
pub async fn put(tx: &Tx, one: &SchoolMove) -> Result<(), StoreError> {
    delete(tx, one.school_id).await?;
    let row = Model {
        school_id: one.school_id.0,
        state: one.state.as_str().to_owned(),
        address: one.address.clone(),
        task_ids: to_json("school_moves.task_ids", &one.task_ids)?,
        receipt_hash: one.receipt_hash.clone(),
        started_at: one.started_at,
        updated_at: one.updated_at,
    };
    crate::row::insert(tx, row).await
}

/// Deletes the move of a school.
pub async fn delete(tx: &Tx, school: SchoolId) -> Result<(), StoreError> {
    Entity::delete_by_id(school.0).exec(tx).await?;
    Ok(())
}

/// The tasks of a school, in whatever state.
pub async fn tasks_of(
    on: &impl ConnectionTrait,
    school: SchoolId,
) -> Result<Vec<TaskId>, StoreError> {
    let mut query = Query::select();
    query
        .column(Alias::new("id"))
        .from(Alias::new("tasks"))
        .and_where(Expr::col(Alias::new("school_id")).eq(school.0));
    let rows = on.query_all(&query).await?;
    let task = |row: &sea_orm::QueryResult| Ok(TaskId(row.try_get("", "id")?));
    rows.iter().map(task).collect()
}

/// The public half of a key with which the former installation of a school signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerSigningKey {
    /// Its name.
    pub id: String,
    /// Ed25519, 32 bytes.
    pub public_key: Vec<u8>,
    /// The origin of that installation.
    pub address: String,
    /// When it came.
    pub added_at: DateTime<Utc>,
}

/// Every key with which former installations signed; there are a few for each installation.
pub async fn signing_keys(on: &impl ConnectionTrait) -> Result<Vec<FormerSigningKey>, StoreError> {
    let rows = former_signing_key::Entity::find().all(on).await?;
    let key = |row: former_signing_key::Model| FormerSigningKey {
        id: row.id,
        public_key: row.public_key,
        address: row.address,
        added_at: row.added_at,
    };
    Ok(rows.into_iter().map(key).collect())
}

/// Adds a key with which a former installation signed, unless it is known.
///
/// # Errors
/// [`StoreError::Conflict`] where another key has its name.
pub async fn put_signing_key(tx: &Tx, key: FormerSigningKey) -> Result<(), StoreError> {
    let known = former_signing_key::Entity::find_by_id(key.id.clone());
    if let Some(known) = known.one(tx).await? {
        if known.public_key == key.public_key {
            return Ok(());
        }
        let constraint = "former_signing_keys".to_owned();
        return Err(StoreError::Conflict { constraint });
    }
    let row = former_signing_key::Model {
        id: key.id,
        public_key: key.public_key,
        address: key.address,
        added_at: key.added_at,
    };
    crate::row::insert(tx, row).await
}
