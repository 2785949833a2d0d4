//! Wrapped keys: one active key a scope and purpose, old ones kept for reading.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, TransactionTrait,
};
use uuid::Uuid;

use crate::entity::data_key::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// The active key of a scope (`platform` or a school's id) and purpose.
pub async fn active(
    on: &impl ConnectionTrait,
    scope: &str,
    purpose: &str,
) -> Result<Option<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::Scope.eq(scope))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::State.eq("active"))
        .one(on);
    Ok(found.await?)
}

/// A key by its id, active or old; ids come from ciphertexts, which name no owner.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(on).await?)
}

/// All keys; there are a few for each school.
pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().order_by_asc(Column::Id).all(on).await?)
}

/// Replaces how a key is wrapped, unless that changed since it was read.
pub async fn rewrap(tx: &Tx, row: Model, wrapped: Vec<u8>, by: String) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Wrapped, Expr::value(wrapped))
        .col_expr(Column::KekId, Expr::value(by))
        .filter(Column::Id.eq(row.id))
        .filter(Column::KekId.eq(row.kek_id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Puts these keys in place of all that there are: those of a backup, where nothing was sealed yet.
pub async fn replace_all(on: &DatabaseConnection, rows: Vec<Model>) -> Result<(), StoreError> {
    let tx = on.begin().await?;
    Entity::delete_many().exec(&tx).await?;
    for row in rows {
        crate::insert(&tx, row).await?;
    }
    Ok(tx.commit().await?)
}

/// Adds an active key unless somebody else was first; then theirs is the one to use.
pub async fn insert_if_first(on: &impl ConnectionTrait, row: Model) -> Result<(), StoreError> {
    let done = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on);
    done.await?;
    Ok(())
}
