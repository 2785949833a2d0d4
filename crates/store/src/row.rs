//! Adding and replacing whole rows.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};

use crate::audited::Audited;
use crate::{StoreError, Tx};

/// Adds a row.
///
/// # Errors
/// [`StoreError::Conflict`] where a unique key is taken.
pub(crate) async fn insert<M, A>(tx: &Tx, row: M) -> Result<(), StoreError>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity>,
{
    M::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Replaces a row by its key; the caller holds its lock or is its only writer.
///
/// # Errors
/// [`StoreError::Database`] where there is no such row.
pub(crate) async fn save<M, A>(tx: &Tx, row: M) -> Result<(), StoreError>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity> + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    M::Entity::update(row.into_active_model().reset_all())
        .exec(tx)
        .await?;
    Ok(())
}

/// Makes a transaction last that noted in the audit log what it does, or that says why it need not.
///
/// # Errors
/// [`StoreError`], where it is not known to last.
pub async fn commit(tx: Tx, _: impl Into<Audited>) -> Result<(), StoreError> {
    Ok(tx.commit().await?)
}

/// Takes a transaction back and waits until its locks are free; one that is only dropped frees them a little later.
///
/// # Errors
/// [`StoreError`], where the database does not answer.
pub async fn rollback(tx: Tx) -> Result<(), StoreError> {
    Ok(tx.rollback().await?)
}
