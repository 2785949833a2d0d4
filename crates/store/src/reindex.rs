//! What is found by a keyed index, page by page, to be indexed anew under another key. It concerns all owners.

use domain::account::AccountState;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entity::{account, roster_entry, roster_id};
use crate::{StoreError, Tx};

/// So many rows make a page.
pub const PAGE: usize = 200;

/// What is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The phones of accounts.
    Phone,
    /// The document numbers of rosters.
    Number,
    /// The student numbers of rosters.
    StudentNumber,
}

/// A sealed value and its index.
#[derive(Debug, Clone)]
pub struct Indexed {
    /// The row.
    pub id: Uuid,
    /// The task whose key the index is made with; none for phones.
    pub task_id: Option<Uuid>,
    /// The type of a document number; empty for everything else.
    pub document_type: String,
    /// The value.
    pub sealed: Vec<u8>,
    /// Its index.
    pub index: Vec<u8>,
}

/// The rows after one, in the order of their ids; at most [`PAGE`].
pub async fn page(
    on: &impl ConnectionTrait,
    column: Column,
    after: Uuid,
) -> Result<Vec<Indexed>, StoreError> {
    Ok(match column {
        Column::Phone => phones(on, after).await?,
        Column::Number => numbers(on, after).await?,
        Column::StudentNumber => student_numbers(on, after).await?,
    })
}

async fn phones(on: &impl ConnectionTrait, after: Uuid) -> Result<Vec<Indexed>, StoreError> {
    use account::{Column, Entity};
    // An account that was erased has no phone any more; one that never had a phone is indexed by its id.
    let id = if on.get_database_backend() == DbBackend::Postgres {
        Expr::cust("uuid_send(id)")
    } else {
        Expr::col(Column::Id)
    };
    let rows = Entity::find()
        .filter(Column::Id.gt(after))
        .filter(Column::State.eq(AccountState::Active.as_str()))
        .filter(Expr::col(Column::PhoneIndex).ne(id))
        .order_by_asc(Column::Id)
        .limit(PAGE as u64);
    let row = |row: account::Model| Indexed {
        id: row.id,
        task_id: None,
        document_type: String::new(),
        sealed: row.phone_sealed,
        index: row.phone_index,
    };
    Ok(rows.all(on).await?.into_iter().map(row).collect())
}

async fn numbers(on: &impl ConnectionTrait, after: Uuid) -> Result<Vec<Indexed>, StoreError> {
    use roster_id::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(PAGE as u64);
    let row = |row: roster_id::Model| Indexed {
        id: row.id,
        task_id: Some(row.task_id),
        document_type: row.id_type,
        sealed: row.number_sealed,
        index: row.id_index,
    };
    Ok(rows.all(on).await?.into_iter().map(row).collect())
}

async fn student_numbers(
    on: &impl ConnectionTrait,
    after: Uuid,
) -> Result<Vec<Indexed>, StoreError> {
    use roster_entry::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::Id.gt(after))
        .filter(Column::StudentNoSealed.is_not_null())
        .filter(Column::StudentNoIndex.is_not_null())
        .order_by_asc(Column::Id)
        .limit(PAGE as u64);
    let row = |row: roster_entry::Model| Indexed {
        id: row.id,
        task_id: Some(row.task_id),
        document_type: String::new(),
        sealed: row.student_no_sealed.unwrap_or_default(),
        index: row.student_no_index.unwrap_or_default(),
    };
    Ok(rows.all(on).await?.into_iter().map(row).collect())
}

/// Changes the index of a row, unless the row changed since it was read.
pub async fn change(
    tx: &Tx,
    column: Column,
    row: Indexed,
    index: Vec<u8>,
) -> Result<(), StoreError> {
    match column {
        Column::Phone => {
            use account::{Column, Entity};
            Entity::update_many()
                .col_expr(Column::PhoneIndex, Expr::value(index))
                .filter(Column::Id.eq(row.id))
                .filter(Column::PhoneIndex.eq(row.index))
                .exec(tx)
                .await?;
        }
        Column::Number => {
            use roster_id::{Column, Entity};
            Entity::update_many()
                .col_expr(Column::IdIndex, Expr::value(index))
                .filter(Column::Id.eq(row.id))
                .filter(Column::IdIndex.eq(row.index))
                .exec(tx)
                .await?;
        }
        Column::StudentNumber => {
            use roster_entry::{Column, Entity};
            Entity::update_many()
                .col_expr(Column::StudentNoIndex, Expr::value(index))
                .filter(Column::Id.eq(row.id))
                .filter(Column::StudentNoIndex.eq(row.index))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}
