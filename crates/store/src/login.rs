//! One-time codes, their limits and the locks of phones.

use chrono::{DateTime, Utc};
use domain::login::{CODE_TRIES, Purpose};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::entity::{phone_lock, sms_challenge, sms_message};
use crate::{StoreError, Tx};

use sms_challenge::Column;

/// What sends are counted by.
#[derive(Debug, Clone, Copy)]
pub enum CountedBy<'a> {
    /// The keyed hash of the phone.
    Phone(&'a [u8]),
    /// The keyed hash of the address that asked.
    Address(&'a [u8]),
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

/// Takes the lock of a phone, so that of two askers at once one counts the other's send.
pub async fn lock_phone(
    tx: &Tx,
    phone_index: &[u8],
    now: DateTime<Utc>,
) -> Result<phone_lock::Model, StoreError> {
    let fresh = phone_lock::Model {
        phone_index: phone_index.to_vec(),
        failures: 0,
        window_started_at: now,
        locked_until: None,
        lock_level: 0,
    };
    phone_lock::Entity::insert(fresh.clone().into_active_model().reset_all())
        .on_conflict(
            OnConflict::column(phone_lock::Column::PhoneIndex)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    let found = phone_lock::Entity::find_by_id(phone_index.to_vec())
        .lock_exclusive()
        .one(tx);
    Ok(found.await?.unwrap_or(fresh))
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

/// A code of this browser, locked until `tx` ends; `None` also where it is another browser's.
pub async fn challenge(
    tx: &Tx,
    browser_hash: &[u8],
    id: Uuid,
    purpose: Purpose,
) -> Result<Option<sms_challenge::Model>, StoreError> {
    let found = sms_challenge::Entity::find_by_id(id)
        .filter(Column::BrowserHash.eq(browser_hash))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .lock_exclusive()
        .one(tx);
    Ok(found.await?)
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
