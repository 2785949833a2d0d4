//! Consents of an account: a row each, never overwritten but for their withdrawal.

use chrono::{DateTime, Utc};
use domain::AccountId;
use domain::agreement::Document;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::consent::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// The consents that hold, newest first.
pub async fn holding(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_desc(Column::GrantedAt)
        .all(on);
    Ok(found.await?)
}

/// Every consent that was ever given, newest first.
pub async fn all(on: &impl ConnectionTrait, owner: AccountId) -> Result<Vec<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .order_by_desc(Column::GrantedAt)
        .all(on);
    Ok(found.await?)
}

/// Whether the account agreed to this version, and has not withdrawn.
pub async fn holds(
    on: &impl ConnectionTrait,
    owner: AccountId,
    document: Document,
    version: &str,
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Document.eq(document.as_str()))
        .filter(Column::DocumentVersion.eq(version))
        .filter(Column::WithdrawnAt.is_null())
        .one(on);
    Ok(found.await?.is_some())
}

/// Withdraws what holds of a document.
pub async fn withdraw(
    tx: &Tx,
    owner: AccountId,
    document: Document,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(now))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Document.eq(document.as_str()))
        .filter(Column::WithdrawnAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
