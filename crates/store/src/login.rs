//! One-time codes, their limits, and the browsers that asked for them.

use chrono::{DateTime, Utc};
use domain::AccountId;
use domain::login::{CODE_TRIES, Purpose};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, Select,
};
use uuid::Uuid;

use crate::entity::{code_failure, known_browser, sms_challenge, sms_message};
use crate::{StoreError, Tx};

use sms_challenge::Column;

/// What sends are counted by.
#[derive(Debug, Clone, Copy)]
pub enum CountedBy<'a> {
    /// The keyed hash of the phone.
    Phone(&'a [u8]),
    /// The keyed hash of the address that asked.
    Address(&'a [u8]),
    /// The keyed hash of the first 56 bits of an IPv6 address.
    Network56(&'a [u8]),
    /// The keyed hash of its first 48 bits.
    Network48(&'a [u8]),
    /// The hash of the browser's cookie.
    Browser(&'a [u8]),
}

/// When codes were sent since a moment.
pub async fn sends_since(
    on: &impl ConnectionTrait,
    by: CountedBy<'_>,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let (column, value) = match by {
        CountedBy::Phone(index) => (Column::PhoneIndex, index),
        CountedBy::Address(hash) => (Column::IpHash, hash),
        CountedBy::Network56(hash) => (Column::Ip56Hash, hash),
        CountedBy::Network48(hash) => (Column::Ip48Hash, hash),
        CountedBy::Browser(hash) => (Column::BrowserHash, hash),
    };
    let found = sms_challenge::Entity::find()
        .select_only()
        .column(Column::CreatedAt)
        .filter(column.eq(value))
        .filter(Column::CreatedAt.gt(since))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

/// How many messages were sent since a moment, to whomever.
pub async fn messages_since(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let sent = sms_message::Entity::find().filter(sms_message::Column::CreatedAt.gte(since));
    Ok(sent.count(on).await?)
}

/// Whether a browser logged in to an account since a moment.
pub async fn knows_browser(
    on: &impl ConnectionTrait,
    account: AccountId,
    browser_hash: &[u8],
    since: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let key = (account.0, browser_hash.to_vec());
    let found = known_browser::Entity::find_by_id(key).one(on).await?;
    Ok(found.is_some_and(|row| row.last_login_at > since))
}

/// Remembers when a browser logged in to an account.
pub async fn remember_browser(tx: &Tx, row: known_browser::Model) -> Result<(), StoreError> {
    use known_browser::Column as Known;
    let key = OnConflict::columns([Known::AccountId, Known::BrowserHash])
        .update_column(Known::LastLoginAt)
        .to_owned();
    known_browser::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(key)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Forgets the browsers that did not log in since a moment.
pub async fn forget_browsers(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<(), StoreError> {
    let old = known_browser::Column::LastLoginAt.lte(since);
    known_browser::Entity::delete_many()
        .filter(old)
        .exec(on)
        .await?;
    Ok(())
}

/// The wrong codes that came from a browser for a phone.
pub async fn code_failures(
    on: &impl ConnectionTrait,
    phone_index: &[u8],
    browser_hash: &[u8],
) -> Result<Option<code_failure::Model>, StoreError> {
    let key = (phone_index.to_vec(), browser_hash.to_vec());
    Ok(code_failure::Entity::find_by_id(key).one(on).await?)
}

/// Keeps the wrong codes that came from a browser for a phone.
pub async fn keep_code_failures(tx: &Tx, row: code_failure::Model) -> Result<(), StoreError> {
    use code_failure::Column as Failed;
    let key = OnConflict::columns([Failed::PhoneIndex, Failed::BrowserHash])
        .update_columns([Failed::Failures, Failed::WindowStartedAt])
        .to_owned();
    code_failure::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(key)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Forgets the wrong codes that were counted before a moment.
pub async fn forget_code_failures(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<(), StoreError> {
    let old = code_failure::Column::WindowStartedAt.lte(since);
    code_failure::Entity::delete_many()
        .filter(old)
        .exec(on)
        .await?;
    Ok(())
}

/// Ends the codes of a phone and purpose that could still be used: a newer one takes their place.
pub async fn void_older(
    tx: &Tx,
    phone_index: &[u8],
    purpose: Purpose,
    newer: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sms_challenge::Entity::update_many()
        .col_expr(Column::VoidedAt, Expr::value(now))
        .filter(Column::PhoneIndex.eq(phone_index))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .filter(Column::Id.lt(newer))
        .filter(Column::UsedAt.is_null())
        .filter(Column::VoidedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends one code of a phone.
pub async fn void(
    tx: &Tx,
    phone_index: &[u8],
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sms_challenge::Entity::update_many()
        .col_expr(Column::VoidedAt, Expr::value(now))
        .filter(Column::PhoneIndex.eq(phone_index))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// How many codes were sent since a moment, to whomever, and how many of them were used.
pub async fn sent_and_used_since(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<(u64, u64), StoreError> {
    let sent = sms_challenge::Entity::find().filter(Column::CreatedAt.gt(since));
    let used = sent.clone().filter(Column::UsedAt.is_not_null());
    Ok((sent.count(on).await?, used.count(on).await?))
}

/// A code of this browser; `None` also where it is another browser's.
pub async fn challenge(
    on: &impl ConnectionTrait,
    browser_hash: &[u8],
    id: Uuid,
    purpose: Purpose,
) -> Result<Option<sms_challenge::Model>, StoreError> {
    let found = of_browser(browser_hash, id, purpose);
    Ok(found.one(on).await?)
}

/// As [`challenge`], locked until `tx` ends.
pub async fn lock_challenge(
    tx: &Tx,
    browser_hash: &[u8],
    id: Uuid,
    purpose: Purpose,
) -> Result<Option<sms_challenge::Model>, StoreError> {
    let found = of_browser(browser_hash, id, purpose);
    Ok(found.lock_exclusive().one(tx).await?)
}

fn of_browser(browser_hash: &[u8], id: Uuid, purpose: Purpose) -> Select<sms_challenge::Entity> {
    sms_challenge::Entity::find_by_id(id)
        .filter(Column::BrowserHash.eq(browser_hash))
        .filter(Column::Purpose.eq(purpose.as_str()))
}

/// Counts one try of a code in the same statement that checks how many there were; false where none is left.
pub async fn count_try(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    let done = sms_challenge::Entity::update_many()
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Tries.lt(CODE_TRIES))
        .exec(tx);
    Ok(done.await?.rows_affected == 1)
}

/// Uses a code up; false where somebody else did.
pub async fn use_up(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let done = sms_challenge::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::UsedAt.is_null())
        .filter(Column::VoidedAt.is_null())
        .exec(tx);
    Ok(done.await?.rows_affected == 1)
}

/// What became of sending a message.
#[derive(Debug, Clone)]
pub struct SendResult<'a> {
    /// `sent`, `refused` or `unknown`.
    pub state: &'a str,
    /// The provider's number of the message.
    pub provider_id: Option<String>,
    /// What the provider said, without personal data.
    pub error: Option<String>,
}

/// Notes what became of a message.
pub async fn record_send(
    tx: &Tx,
    message: Uuid,
    result: SendResult<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    use sms_message::Column as Message;
    sms_message::Entity::update_many()
        .col_expr(Message::State, Expr::value(result.state))
        .col_expr(Message::ProviderId, Expr::value(result.provider_id))
        .col_expr(Message::Error, Expr::value(result.error))
        .col_expr(Message::SentAt, Expr::value(now))
        .filter(Message::Id.eq(message))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes what a service says became of a message that it took; the same again changes nothing.
pub async fn note_receipt(
    tx: &Tx,
    provider_id: &str,
    state: &str,
    code: &str,
) -> Result<(), StoreError> {
    sms_message::Entity::update_many()
        .col_expr(sms_message::Column::State, Expr::value(state))
        .col_expr(sms_message::Column::Error, Expr::value(code))
        .filter(sms_message::Column::ProviderId.eq(provider_id))
        .filter(sms_message::Column::State.is_in(["sent", "unknown"]))
        .exec(tx)
        .await?;
    Ok(())
}
