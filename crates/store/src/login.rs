//! One-time codes, their limits, and the browsers that asked for them.

use chrono::{DateTime, Utc};
use domain::login::{CODE_TRIES, Challenge, Failures, MessageState, Purpose};
use domain::{AccountId, ChallengeId, KeyedHash};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, Select,
};

use crate::entity::{code_failure, known_browser, sms_challenge, sms_message};
use crate::word::word;
use crate::{StoreError, Tx};

use sms_challenge::Column;

fn read(row: sms_challenge::Model) -> Result<Challenge, StoreError> {
    Ok(Challenge {
        id: ChallengeId(row.id),
        phone_index: row.phone_index.into(),
        phone_sealed: row.phone_sealed.into(),
        purpose: word("sms_challenges.purpose", &row.purpose)?,
        browser_hash: row.browser_hash.into(),
        code_hash: row.code_hash.into(),
        tries: row.tries,
        created_at: row.created_at,
        expires_at: row.expires_at,
        used_at: row.used_at,
        voided_at: row.voided_at,
        ip_hash: row.ip_hash.into(),
        ip56_hash: row.ip56_hash.map(Into::into),
        ip48_hash: row.ip48_hash.map(Into::into),
    })
}

/// Adds a code that is to be sent, and its message.
pub async fn insert(tx: &Tx, challenge: &Challenge) -> Result<(), StoreError> {
    let challenge = challenge.clone();
    let message = sms_message::Model {
        id: challenge.id.0,
        challenge_id: Some(challenge.id.0),
        phone_index: challenge.phone_index.as_bytes().to_vec(),
        template: "code".to_owned(),
        provider: "primary".to_owned(),
        state: MessageState::Queued.as_str().to_owned(),
        provider_id: None,
        error: None,
        created_at: challenge.created_at,
        sent_at: None,
    };
    let row = sms_challenge::Model {
        id: challenge.id.0,
        phone_index: challenge.phone_index.into(),
        phone_sealed: challenge.phone_sealed.into(),
        purpose: challenge.purpose.as_str().to_owned(),
        browser_hash: challenge.browser_hash.into(),
        code_hash: challenge.code_hash.into(),
        tries: challenge.tries,
        created_at: challenge.created_at,
        expires_at: challenge.expires_at,
        used_at: challenge.used_at,
        voided_at: challenge.voided_at,
        ip_hash: challenge.ip_hash.into(),
        ip56_hash: challenge.ip56_hash.map(Into::into),
        ip48_hash: challenge.ip48_hash.map(Into::into),
    };
    crate::row::insert(tx, row).await?;
    crate::row::insert(tx, message).await
}

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
pub async fn remember_browser(
    tx: &Tx,
    account: AccountId,
    browser_hash: KeyedHash,
    last_login_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    use known_browser::Column as Known;
    let row = known_browser::Model {
        account_id: account.0,
        browser_hash: browser_hash.into(),
        last_login_at,
    };
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

/// The wrong codes that came from a browser for a phone; none where nothing is stored.
pub async fn code_failures(
    on: &impl ConnectionTrait,
    phone_index: &[u8],
    browser_hash: &[u8],
) -> Result<Failures, StoreError> {
    let key = (phone_index.to_vec(), browser_hash.to_vec());
    let row = code_failure::Entity::find_by_id(key).one(on).await?;
    Ok(row.map_or_else(Failures::default, |row| Failures {
        count: row.failures,
        window_started_at: row.window_started_at,
    }))
}

/// Keeps the wrong codes that came from a browser for a phone.
pub async fn keep_code_failures(
    tx: &Tx,
    phone_index: KeyedHash,
    browser_hash: KeyedHash,
    failures: Failures,
) -> Result<(), StoreError> {
    use code_failure::Column as Failed;
    let row = code_failure::Model {
        phone_index: phone_index.into(),
        browser_hash: browser_hash.into(),
        failures: failures.count,
        window_started_at: failures.window_started_at,
    };
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
    newer: ChallengeId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sms_challenge::Entity::update_many()
        .col_expr(Column::VoidedAt, Expr::value(now))
        .filter(Column::PhoneIndex.eq(phone_index))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .filter(Column::Id.lt(newer.0))
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
    id: ChallengeId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sms_challenge::Entity::update_many()
        .col_expr(Column::VoidedAt, Expr::value(now))
        .filter(Column::PhoneIndex.eq(phone_index))
        .filter(Column::Id.eq(id.0))
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
    id: ChallengeId,
    purpose: Purpose,
) -> Result<Option<Challenge>, StoreError> {
    let found = of_browser(browser_hash, id, purpose);
    found.one(on).await?.map(read).transpose()
}

/// As [`challenge`], locked until `tx` ends.
pub async fn lock_challenge(
    tx: &Tx,
    browser_hash: &[u8],
    id: ChallengeId,
    purpose: Purpose,
) -> Result<Option<Challenge>, StoreError> {
    let found = of_browser(browser_hash, id, purpose);
    let found = found.lock_exclusive().one(tx).await?;
    found.map(read).transpose()
}

fn of_browser(
    browser_hash: &[u8],
    id: ChallengeId,
    purpose: Purpose,
) -> Select<sms_challenge::Entity> {
    sms_challenge::Entity::find_by_id(id.0)
        .filter(Column::BrowserHash.eq(browser_hash))
        .filter(Column::Purpose.eq(purpose.as_str()))
}

/// Counts one try of a code in the same statement that checks how many there were; false where none is left.
pub async fn count_try(tx: &Tx, id: ChallengeId) -> Result<bool, StoreError> {
    let done = sms_challenge::Entity::update_many()
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Tries.lt(CODE_TRIES))
        .exec(tx);
    Ok(done.await?.rows_affected == 1)
}

/// Uses a code up; false where somebody else did.
pub async fn use_up(tx: &Tx, id: ChallengeId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let done = sms_challenge::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::Id.eq(id.0))
        .filter(Column::UsedAt.is_null())
        .filter(Column::VoidedAt.is_null())
        .exec(tx);
    Ok(done.await?.rows_affected == 1)
}

/// What became of sending a message.
#[derive(Debug, Clone)]
pub struct SendResult {
    /// Whether a service took it.
    pub state: MessageState,
    /// The provider's number of the message.
    pub provider_id: Option<String>,
    /// What the provider said, without personal data.
    pub error: Option<String>,
}

/// Notes what became of the message with a code.
pub async fn record_send(
    tx: &Tx,
    message: ChallengeId,
    result: SendResult,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    use sms_message::Column as Message;
    sms_message::Entity::update_many()
        .col_expr(Message::State, Expr::value(result.state.as_str()))
        .col_expr(Message::ProviderId, Expr::value(result.provider_id))
        .col_expr(Message::Error, Expr::value(result.error))
        .col_expr(Message::SentAt, Expr::value(now))
        .filter(Message::Id.eq(message.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes what a service says became of a message that it took; the same again changes nothing.
pub async fn note_receipt(
    tx: &Tx,
    provider_id: &str,
    state: MessageState,
    code: &str,
) -> Result<(), StoreError> {
    let taken = [MessageState::Sent, MessageState::Unknown].map(MessageState::as_str);
    sms_message::Entity::update_many()
        .col_expr(sms_message::Column::State, Expr::value(state.as_str()))
        .col_expr(sms_message::Column::Error, Expr::value(code))
        .filter(sms_message::Column::ProviderId.eq(provider_id))
        .filter(sms_message::Column::State.is_in(taken))
        .exec(tx)
        .await?;
    Ok(())
}
