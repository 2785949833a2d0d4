//! Sessions: refresh tokens by their hash, in families that end together.
//!
//! The row of a family whose token was not exchanged yet is its newest: there is exactly one. Rows of a family that
//! ended must stay for as long as an access token lives, or other server copies do not learn of the end.

use chrono::{DateTime, Utc};
use domain::AccountId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, Select,
};
use uuid::Uuid;

use crate::entity::account;
use crate::entity::session::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// The row of a refresh token.
pub async fn by_hash(
    on: &impl ConnectionTrait,
    refresh_hash: &[u8],
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::RefreshHash.eq(refresh_hash))
        .one(on)
        .await?)
}

/// Makes every other refresh and end of the family wait until `tx` ends. Take it before reading what is decided on.
pub async fn lock_family(tx: &Tx, family: Uuid) -> Result<(), StoreError> {
    // A random UUID differs in its last bytes; the first ones are the time.
    let mut key = *family.as_bytes();
    key.reverse();
    crate::lock::take(tx, &key).await
}

/// One row of an account's sessions.
pub async fn get(tx: &Tx, owner: AccountId, id: Uuid) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::AccountId.eq(owner.0))
        .one(tx)
        .await?)
}

/// Whether the family has ended, through whichever of its tokens. A token that was made while the family ended is not
/// marked itself.
pub async fn has_ended(
    on: &impl ConnectionTrait,
    owner: AccountId,
    family: Uuid,
) -> Result<bool, StoreError> {
    let ended = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::FamilyId.eq(family))
        .filter(Column::RevokedAt.is_not_null())
        .one(on);
    Ok(ended.await?.is_some())
}

/// The newest rows of an account's sessions that have not ended, the last refreshed first.
pub async fn live(
    on: &impl ConnectionTrait,
    owner: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Model>, StoreError> {
    Ok(newest()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::ExpiresAt.gt(now))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(on)
        .await?)
}

fn newest() -> Select<Entity> {
    Entity::find()
        .filter(Column::RevokedAt.is_null())
        .filter(Column::RotatedAt.is_null())
}

/// Notes that a refresh token was exchanged. Its predecessor then no longer gives it again.
pub async fn mark_rotated(
    tx: &Tx,
    id: Uuid,
    (successor, salt): (Uuid, &[u8]),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::RotatedAt, Expr::value(now))
        .col_expr(Column::SuccessorId, Expr::value(successor))
        .col_expr(Column::SuccessorSalt, Expr::value(salt.to_vec()))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Entity::update_many()
        .col_expr(Column::SuccessorSalt, Expr::value(None::<Vec<u8>>))
        .filter(Column::SuccessorId.eq(id))
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
    lock_family(tx, family).await?;
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

/// Ends every family of an account and returns which they were.
pub async fn end_all(
    tx: &Tx,
    owner: AccountId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, StoreError> {
    end_all_but(tx, owner, None, reason, now).await
}

/// Ends every family of an account except `kept`, and returns which they were.
pub async fn end_all_but(
    tx: &Tx,
    owner: AccountId,
    kept: Option<Uuid>,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, StoreError> {
    let mut found = Entity::find()
        .select_only()
        .column(Column::FamilyId)
        .distinct()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RevokedAt.is_null());
    if let Some(kept) = kept {
        found = found.filter(Column::FamilyId.ne(kept));
    }
    // Always in the same order, so that two transactions cannot wait for each other.
    let families: Vec<Uuid> = found
        .order_by_asc(Column::FamilyId)
        .into_tuple()
        .all(tx)
        .await?;
    for family in &families {
        end_family(tx, owner, *family, reason, now).await?;
    }
    Ok(families)
}

/// Ends every session of every account. Access tokens that were made before live on for their minutes where servers run.
pub async fn end_every(
    on: &impl ConnectionTrait,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .col_expr(Column::RevokedReason, Expr::value(reason))
        .filter(Column::RevokedAt.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected)
}

/// The families that ended since a moment, of all accounts: what every server copy must know.
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

/// The families, with their accounts, that have not ended although the account is not active any more.
pub async fn of_inactive_accounts(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let accounts: RelationDef = Entity::belongs_to(account::Entity)
        .from(Column::AccountId)
        .to(account::Column::Id)
        .into();
    let found = newest()
        .select_only()
        .column(Column::AccountId)
        .column(Column::FamilyId)
        .join(JoinType::InnerJoin, accounts)
        .filter(account::Column::State.ne("active"))
        .filter(Column::ExpiresAt.gt(now))
        .order_by_asc(Column::FamilyId)
        .into_tuple()
        .all(on);
    Ok(found.await?)
}
