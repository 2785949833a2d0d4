//! Accounts, found by the keyed hash of their phone or by their id.

use chrono::{DateTime, Utc};
use domain::account::{Account, AccountState};
use domain::{AccountId, Lang};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::account::{Column, Entity, Model};
use crate::word::word;
use crate::{StoreError, Tx};

pub(crate) fn read(row: Model) -> Result<Account, StoreError> {
    let language = Lang::from_tag(&row.language).ok_or_else(|| StoreError::Corrupt {
        what: "accounts.language".into(),
    })?;
    Ok(Account {
        id: AccountId(row.id),
        phone_index: row.phone_index.into(),
        phone_sealed: row.phone_sealed.into(),
        state: word("accounts.state", &row.state)?,
        language,
        email_sealed: row.email_sealed.map(Into::into),
        address_sealed: row.address_sealed.map(Into::into),
        created_at: row.created_at,
        last_login_at: row.last_login_at,
        version: row.version,
    })
}

fn row(account: &Account) -> Model {
    let account = account.clone();
    Model {
        id: account.id.0,
        phone_index: account.phone_index.into(),
        phone_sealed: account.phone_sealed.into(),
        state: account.state.as_str().to_owned(),
        language: account.language.tag().to_owned(),
        email_sealed: account.email_sealed.map(Into::into),
        address_sealed: account.address_sealed.map(Into::into),
        created_at: account.created_at,
        last_login_at: account.last_login_at,
        version: account.version,
    }
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::Conflict`] where another account has its phone.
pub async fn insert(tx: &Tx, account: &Account) -> Result<(), StoreError> {
    crate::row::insert(tx, row(account)).await
}

/// Replaces an account, whose lock the caller holds.
///
/// # Errors
/// [`StoreError::Conflict`] where another account has its phone.
pub async fn save(tx: &Tx, account: &Account) -> Result<(), StoreError> {
    crate::row::save(tx, row(account)).await
}

/// The account of a phone, which is known under one of these indexes.
pub async fn by_phone(
    on: &impl ConnectionTrait,
    indexes: &[[u8; 16]],
) -> Result<Option<Account>, StoreError> {
    let indexes = indexes.iter().map(|index| index.to_vec());
    let found = Entity::find()
        .filter(Column::PhoneIndex.is_in(indexes))
        .one(on);
    found.await?.map(read).transpose()
}

/// The accounts of these ids.
pub async fn of_ids(
    on: &impl ConnectionTrait,
    ids: &[AccountId],
) -> Result<Vec<Account>, StoreError> {
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    found.all(on).await?.into_iter().map(read).collect()
}

/// The account itself.
pub async fn get(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Option<Account>, StoreError> {
    let found = Entity::find_by_id(owner.0).one(on);
    found.await?.map(read).transpose()
}

/// The account itself, locked until `tx` ends; `None` also where it is not active any more, which another server copy may
/// not have learnt yet.
pub async fn lock(tx: &Tx, owner: AccountId) -> Result<Option<Account>, StoreError> {
    let found = lock_in_any_state(tx, owner).await?;
    Ok(found.filter(Account::is_active))
}

/// As [`lock`], also where it is not active.
pub async fn lock_in_any_state(tx: &Tx, owner: AccountId) -> Result<Option<Account>, StoreError> {
    let found = Entity::find_by_id(owner.0).lock_exclusive().one(tx);
    found.await?.map(read).transpose()
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
        .filter(Column::State.eq(AccountState::Active.as_str()))
        .one(on);
    Ok(found.await?.is_some())
}
