//! Sessions: refresh tokens by their hash, in families that end together.
//!
//! The row of a family whose token was not exchanged yet is its newest: there is exactly one. Rows of a family that
//! ended must stay for as long as an access token lives, or other server copies do not learn of the end.

use chrono::{DateTime, Utc};
use domain::account::AccountState;
use domain::session::{RefreshToken, SessionEndReason, TokenSuccessor};
use domain::{AccountId, BrowserFamily, ClientDevice, SessionId, SystemFamily};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, Select,
};
use uuid::Uuid;

use crate::entity::account;
use crate::entity::session::{Column, Entity, Model};
use crate::{StoreError, Tx};

fn read(row: Model) -> RefreshToken {
    let salt = row.successor_salt;
    let browser = row.user_agent_family.as_deref();
    let system = row.system_family.as_deref();
    RefreshToken {
        id: SessionId(row.id),
        account_id: AccountId(row.account_id),
        family_id: SessionId(row.family_id),
        refresh_hash: row.refresh_hash.into(),
        created_at: row.created_at,
        successor: row.successor_id.map(|id| TokenSuccessor {
            id: SessionId(id),
            salt,
        }),
        family_began_at: row.family_began_at,
        expires_at: row.expires_at,
        // Older rows may have no device, or one that this version does not know.
        device: ClientDevice {
            browser: browser
                .and_then(BrowserFamily::parse)
                .unwrap_or(BrowserFamily::Other),
            system: system
                .and_then(SystemFamily::parse)
                .unwrap_or(SystemFamily::Other),
        },
    }
}

/// Adds a refresh token that was not exchanged yet.
pub async fn insert(tx: &Tx, token: &RefreshToken) -> Result<(), StoreError> {
    let row = Model {
        id: token.id.0,
        account_id: token.account_id.0,
        family_id: token.family_id.0,
        refresh_hash: token.refresh_hash.as_bytes().to_vec(),
        created_at: token.created_at,
        rotated_at: None,
        successor_id: None,
        successor_salt: None,
        family_began_at: token.family_began_at,
        revoked_at: None,
        revoked_reason: None,
        expires_at: token.expires_at,
        user_agent_family: Some(token.device.browser.as_str().to_owned()),
        system_family: Some(token.device.system.as_str().to_owned()),
    };
    crate::row::insert(tx, row).await
}

/// The row of a refresh token.
pub async fn by_hash(
    on: &impl ConnectionTrait,
    refresh_hash: &[u8],
) -> Result<Option<RefreshToken>, StoreError> {
    let found = Entity::find()
        .filter(Column::RefreshHash.eq(refresh_hash))
        .one(on);
    Ok(found.await?.map(read))
}

/// Makes every other refresh and end of the family wait until `tx` ends. Take it before reading what is decided on.
pub async fn lock_family(tx: &Tx, family: SessionId) -> Result<(), StoreError> {
    // A random UUID differs in its last bytes; the first ones are the time.
    let mut key = *family.0.as_bytes();
    key.reverse();
    crate::lock::take(tx, &key).await
}

/// One row of an account's sessions.
pub async fn get(
    tx: &Tx,
    owner: AccountId,
    id: SessionId,
) -> Result<Option<RefreshToken>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::AccountId.eq(owner.0))
        .one(tx);
    Ok(found.await?.map(read))
}

/// Whether the family has ended, through whichever of its tokens. A token that was made while the family ended is not
/// marked itself.
pub async fn has_ended(
    on: &impl ConnectionTrait,
    owner: AccountId,
    family: SessionId,
) -> Result<bool, StoreError> {
    let ended = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::FamilyId.eq(family.0))
        .filter(Column::RevokedAt.is_not_null())
        .one(on);
    Ok(ended.await?.is_some())
}

/// The newest rows of an account's sessions that have not ended, the last refreshed first.
pub async fn live(
    on: &impl ConnectionTrait,
    owner: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<RefreshToken>, StoreError> {
    let found = newest()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::ExpiresAt.gt(now))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(on);
    Ok(found.await?.into_iter().map(read).collect())
}

fn newest() -> Select<Entity> {
    Entity::find()
        .filter(Column::RevokedAt.is_null())
        .filter(Column::RotatedAt.is_null())
}

/// Notes that a refresh token was exchanged. Its predecessor then no longer gives it again.
pub async fn mark_rotated(
    tx: &Tx,
    id: SessionId,
    successor: TokenSuccessor,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::RotatedAt, Expr::value(now))
        .col_expr(Column::SuccessorId, Expr::value(successor.id.0))
        .col_expr(Column::SuccessorSalt, Expr::value(successor.salt))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Entity::update_many()
        .col_expr(Column::SuccessorSalt, Expr::value(None::<Vec<u8>>))
        .filter(Column::SuccessorId.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends a family.
pub async fn end_family(
    tx: &Tx,
    owner: AccountId,
    family: SessionId,
    reason: SessionEndReason,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    lock_family(tx, family).await?;
    Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .col_expr(Column::RevokedReason, Expr::value(reason.as_str()))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::FamilyId.eq(family.0))
        .filter(Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends every family of an account and returns which they were.
pub async fn end_all(
    tx: &Tx,
    owner: AccountId,
    reason: SessionEndReason,
    now: DateTime<Utc>,
) -> Result<Vec<SessionId>, StoreError> {
    end_all_but(tx, owner, None, reason, now).await
}

/// Ends every family of an account except `kept`, and returns which they were.
pub async fn end_all_but(
    tx: &Tx,
    owner: AccountId,
    kept: Option<SessionId>,
    reason: SessionEndReason,
    now: DateTime<Utc>,
) -> Result<Vec<SessionId>, StoreError> {
    let mut found = Entity::find()
        .select_only()
        .column(Column::FamilyId)
        .distinct()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RevokedAt.is_null());
    if let Some(kept) = kept {
        found = found.filter(Column::FamilyId.ne(kept.0));
    }
    // Always in the same order, so that two transactions cannot wait for each other.
    let families: Vec<Uuid> = found
        .order_by_asc(Column::FamilyId)
        .into_tuple()
        .all(tx)
        .await?;
    let families: Vec<SessionId> = families.into_iter().map(SessionId).collect();
    for family in &families {
        end_family(tx, owner, *family, reason, now).await?;
    }
    Ok(families)
}

/// Ends every session of every account. Access tokens that were made before live on for their minutes where servers run.
pub async fn end_every(
    on: &impl ConnectionTrait,
    reason: SessionEndReason,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .col_expr(Column::RevokedReason, Expr::value(reason.as_str()))
        .filter(Column::RevokedAt.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected)
}

/// The families that ended since a moment, of all accounts: what every server copy must know.
pub async fn ended_since(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<SessionId>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::FamilyId)
        .distinct()
        .filter(Column::RevokedAt.gte(since))
        .into_tuple()
        .all(on);
    let families: Vec<Uuid> = found.await?;
    Ok(families.into_iter().map(SessionId).collect())
}

/// The families, with their accounts, that have not ended although the account is not active any more.
pub async fn of_inactive_accounts(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<(AccountId, SessionId)>, StoreError> {
    let accounts: RelationDef = Entity::belongs_to(account::Entity)
        .from(Column::AccountId)
        .to(account::Column::Id)
        .into();
    let found = newest()
        .select_only()
        .column(Column::AccountId)
        .column(Column::FamilyId)
        .join(JoinType::InnerJoin, accounts)
        .filter(account::Column::State.ne(AccountState::Active.as_str()))
        .filter(Column::ExpiresAt.gt(now))
        .order_by_asc(Column::FamilyId)
        .into_tuple()
        .all(on);
    let found: Vec<(Uuid, Uuid)> = found.await?;
    let typed = |(account, family)| (AccountId(account), SessionId(family));
    Ok(found.into_iter().map(typed).collect())
}
