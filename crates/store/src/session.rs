//! Sessions: refresh tokens by their hash, in families that end together.

use chrono::{DateTime, Utc};
use domain::AccountId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::entity::session::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// The session of a refresh token, locked until `tx` ends.
pub async fn lock(tx: &Tx, refresh_hash: &[u8]) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::RefreshHash.eq(refresh_hash))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Whether the family has ended, through whichever of its tokens. A token that was made while the family ended is not
/// marked itself.
pub async fn has_ended(tx: &Tx, owner: AccountId, family: Uuid) -> Result<bool, StoreError> {
    let ended = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::FamilyId.eq(family))
        .filter(Column::RevokedAt.is_not_null())
        .one(tx);
    Ok(ended.await?.is_some())
}

/// Notes that a refresh token was used; its first use counts.
pub async fn mark_rotated(
    tx: &Tx,
    id: Uuid,
    successor: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::RotatedAt, Expr::value(now))
        .col_expr(Column::SuccessorId, Expr::value(successor))
        .filter(Column::Id.eq(id))
        .filter(Column::RotatedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends a family.
pub async fn end_family(
    tx: &Tx,
    owner: AccountId,
    family: Uuid,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .col_expr(Column::RevokedReason, Expr::value(reason))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::FamilyId.eq(family))
        .filter(Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends every family of an account and tells which they were.
pub async fn end_all(
    tx: &Tx,
    owner: AccountId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, StoreError> {
    let families: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::FamilyId)
        .distinct()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RevokedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    for family in &families {
        end_family(tx, owner, *family, reason, now).await?;
    }
    Ok(families)
}

/// The families that ended since a moment, whoever's: what every server copy must know.
pub async fn ended_since(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<Uuid>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::FamilyId)
        .distinct()
        .filter(Column::RevokedAt.gte(since))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}
