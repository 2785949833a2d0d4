//! Accounts, found by the keyed hash of their phone or by their id.

use chrono::{DateTime, Utc};
use domain::AccountId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::account::{Column, Entity, Model};
use crate::entity::staff_role;
use crate::{StoreError, Tx};

/// The state of an account that can be used.
pub const ACTIVE: &str = "active";

/// The account of a phone, which is known under one of these indexes.
pub async fn by_phone(
    on: &impl ConnectionTrait,
    indexes: &[[u8; 16]],
) -> Result<Option<Model>, StoreError> {
    let indexes = indexes.iter().map(|index| index.to_vec());
    Ok(Entity::find()
        .filter(Column::PhoneIndex.is_in(indexes))
        .one(on)
        .await?)
}

/// The account itself.
pub async fn get(on: &impl ConnectionTrait, owner: AccountId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(owner.0).one(on).await?)
}

/// The account itself, locked until `tx` ends; `None` also where it is not active any more, which another server copy may
/// not have learnt yet.
pub async fn lock(tx: &Tx, owner: AccountId) -> Result<Option<Model>, StoreError> {
    let found = lock_in_any_state(tx, owner).await?;
    Ok(found.filter(|row| row.state == ACTIVE))
}

/// As [`lock`], also where it is not active.
pub async fn lock_in_any_state(tx: &Tx, owner: AccountId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(owner.0).lock_exclusive().one(tx).await?)
}

/// Notes that the account logged in.
pub async fn touch(tx: &Tx, owner: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::LastLoginAt, Expr::value(now))
        .filter(Column::Id.eq(owner.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether the account exists and is active.
pub async fn is_active(on: &impl ConnectionTrait, owner: AccountId) -> Result<bool, StoreError> {
    let found = Entity::find_by_id(owner.0)
        .filter(Column::State.eq(ACTIVE))
        .one(on);
    Ok(found.await?.is_some())
}

/// Whether the account has a staff role, in whichever school.
pub async fn is_staff(on: &impl ConnectionTrait, owner: AccountId) -> Result<bool, StoreError> {
    let found = staff_role::Entity::find()
        .filter(staff_role::Column::AccountId.eq(owner.0))
        .one(on);
    Ok(found.await?.is_some())
}
