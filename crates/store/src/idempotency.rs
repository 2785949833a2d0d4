//! Requests that must have their effect once, by the key that their caller chose.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use crate::entity::idempotency_key::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// Adds a request unless its key is taken; false where it is.
pub async fn insert_if_first(tx: &Tx, row: Model) -> Result<bool, StoreError> {
    let added = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(added == 1)
}

/// The request of a caller's key, locked until `tx` ends.
pub async fn lock(
    tx: &Tx,
    principal: &str,
    route: &str,
    key: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Principal.eq(principal))
        .filter(Column::Route.eq(route))
        .filter(Column::Key.eq(key))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Forgets a request that came to nothing, unless somebody else took it up meanwhile.
pub async fn release(tx: &Tx, row: &Model) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Principal.eq(&row.principal))
        .filter(Column::Route.eq(&row.route))
        .filter(Column::Key.eq(&row.key))
        .filter(Column::State.eq("running"))
        .filter(Column::UpdatedAt.eq(row.updated_at))
        .exec(tx)
        .await?;
    Ok(())
}
