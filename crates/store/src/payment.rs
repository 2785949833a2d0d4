//! Attempts to pay an order. A state moves only in a statement that names the states it may come from.

use chrono::{DateTime, Utc};
use domain::payment::{AttemptState, Provider};
use domain::{AttemptId, SchoolId};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    UpdateMany,
};

use crate::entity::order;
use crate::entity::payment_attempt::{Column, Entity, Model};
use crate::{StoreError, Tx};

const WAITING: [&str; 2] = [AttemptState::New.as_str(), AttemptState::Pending.as_str()];
const UNPAID: [&str; 3] = [WAITING[0], WAITING[1], AttemptState::Closed.as_str()];

/// The attempts to pay an order, oldest first.
pub async fn of_order(
    on: &impl ConnectionTrait,
    order: &order::Model,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::SchoolId.eq(order.school_id))
        .filter(Column::OrderId.eq(order.id))
        .order_by_asc(Column::Id)
        .all(on)
        .await?)
}

/// The attempts to pay an order that may still be paid in the ordinary way, oldest first.
pub async fn waiting(
    on: &impl ConnectionTrait,
    order: &order::Model,
) -> Result<Vec<Model>, StoreError> {
    let mut all = of_order(on, order).await?;
    all.retain(|attempt| WAITING.contains(&attempt.state.as_str()));
    Ok(all)
}

/// The attempt that a merchant account knows by this number.
pub async fn by_number(
    on: &impl ConnectionTrait,
    provider: Provider,
    merchant_account: &str,
    out_trade_no: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::OutTradeNo.eq(out_trade_no))
        .one(on)
        .await?)
}

/// An attempt of a school.
pub async fn get(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: AttemptId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .one(on)
        .await?)
}

/// The attempt that has a provider's transaction, whoever's.
pub async fn by_transaction(
    on: &impl ConnectionTrait,
    provider: Provider,
    provider_txn_id: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::ProviderTxnId.eq(provider_txn_id))
        .one(on)
        .await?)
}

/// The attempts of a merchant account that were paid between two moments.
pub async fn paid_between(
    on: &impl ConnectionTrait,
    (provider, merchant_account): (Provider, &str),
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::PaidFen.is_not_null())
        .filter(Column::PaidAt.gte(from))
        .filter(Column::PaidAt.lt(to))
        .all(on)
        .await?)
}

/// An attempt of a school, locked until `tx` ends; its order's lock is taken before.
pub async fn lock(tx: &Tx, school: SchoolId, id: AttemptId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Attempts, whoever's, that the provider should be asked about; the most overdue first.
pub async fn due(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::NextPollAt.lte(now))
        .order_by_asc(Column::NextPollAt)
        .limit(limit)
        .all(on)
        .await?)
}

/// What a provider gave to pay with.
#[derive(Debug, Clone)]
pub struct Issued {
    /// What the browser needs.
    pub credential: Json,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
    /// When to ask whether it was used.
    pub next_poll_at: DateTime<Utc>,
}

/// Records what the provider gave; false where the attempt was paid, closed or refused meanwhile, or where somebody else
/// was given something that works beyond `lasting`.
pub async fn record_issued(
    tx: &Tx,
    attempt: &Model,
    issued: Issued,
    lasting: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let is_needed = Condition::any()
        .add(Column::Credential.is_null())
        .add(Column::CredentialExpiresAt.lte(lasting));
    let change = of(attempt)
        .col_expr(Column::State, Expr::value(AttemptState::Pending.as_str()))
        .col_expr(Column::Credential, Expr::value(issued.credential))
        .col_expr(Column::CredentialExpiresAt, Expr::value(issued.expires_at))
        .col_expr(Column::NextPollAt, Expr::value(issued.next_poll_at))
        .col_expr(Column::LastError, Expr::value(None::<String>))
        .filter(is_needed)
        .filter(Column::State.is_in(WAITING));
    Ok(change.exec(tx).await?.rows_affected == 1)
}

/// Records that the provider may or may not have made the attempt: from now on it is asked.
pub async fn record_unknown(tx: &Tx, attempt: &Model, seen: &str) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::State, Expr::value(AttemptState::Pending.as_str()))
        .col_expr(Column::LastError, Expr::value(seen))
        .filter(Column::State.eq(AttemptState::New.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Records that the provider refused to make the attempt; one whose code is on a screen stays.
pub async fn record_rejected(tx: &Tx, attempt: &Model, code: &str) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::State, Expr::value(AttemptState::Rejected.as_str()))
        .col_expr(Column::LastError, Expr::value(code))
        .col_expr(Column::NextPollAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::State.is_in(WAITING))
        .filter(Column::Credential.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends an attempt that nobody paid, as its provider said; `last_poll_at` is when to ask one last time, if at all.
pub async fn close(
    tx: &Tx,
    attempt: &Model,
    last_poll_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::State, Expr::value(AttemptState::Closed.as_str()))
        .col_expr(Column::LastError, Expr::value(None::<String>))
        .col_expr(Column::NextPollAt, Expr::value(last_poll_at))
        .filter(Column::State.is_in(UNPAID))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes that another attempt takes this one's place although it may still be paid.
pub async fn supersede(tx: &Tx, attempt: &Model, now: DateTime<Utc>) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::SupersededAt, Expr::value(now))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::State.is_in(WAITING))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes that an order needs none of its attempts that wait beside this one, and that they should be closed now.
pub async fn supersede_others(
    tx: &Tx,
    attempt: &Model,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::SupersededAt, Expr::value(now))
        .col_expr(Column::NextPollAt, Expr::value(now))
        .filter(Column::SchoolId.eq(attempt.school_id))
        .filter(Column::OrderId.eq(attempt.order_id))
        .filter(Column::Id.ne(attempt.id))
        .filter(Column::State.is_in(WAITING))
        .exec(tx)
        .await?;
    Ok(())
}

/// Claims a poll that is due, so that of several server copies one asks; `next` is when to ask again.
pub async fn claim_due(
    tx: &Tx,
    attempt: &Model,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let claim = of(attempt)
        .col_expr(Column::LastPolledAt, Expr::value(now))
        .col_expr(Column::NextPollAt, Expr::value(next))
        .col_expr(Column::Polls, Expr::col(Column::Polls).add(1))
        .filter(Column::Polls.eq(attempt.polls))
        .filter(Column::NextPollAt.lte(now));
    Ok(claim.exec(tx).await?.rows_affected == 1)
}

/// Makes the next poll of an attempt come at `next`, unless it ended meanwhile.
pub async fn poll_at(tx: &Tx, attempt: &Model, next: DateTime<Utc>) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::NextPollAt, Expr::value(next))
        .filter(Column::State.is_in(WAITING))
        .exec(tx)
        .await?;
    Ok(())
}

/// Claims a question that somebody waits for, unless one was asked after `since`.
pub async fn claim_if_older(
    tx: &Tx,
    attempt: &Model,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let is_older = Condition::any()
        .add(Column::LastPolledAt.is_null())
        .add(Column::LastPolledAt.lte(since));
    let claim = of(attempt)
        .col_expr(Column::LastPolledAt, Expr::value(now))
        .filter(Column::State.is_in(UNPAID))
        .filter(is_older);
    Ok(claim.exec(tx).await?.rows_affected == 1)
}

/// Keeps what the provider said instead of an answer.
pub async fn note_error(tx: &Tx, attempt: &Model, seen: &str) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::LastError, Expr::value(seen))
        .filter(Column::State.is_in(UNPAID))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets what the provider said instead of an answer, now that it answered.
pub async fn clear_error(tx: &Tx, attempt: &Model) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::LastError, Expr::value(None::<String>))
        .filter(Column::State.is_in(UNPAID))
        .exec(tx)
        .await?;
    Ok(())
}

/// A change of this attempt.
fn of(attempt: &Model) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::SchoolId.eq(attempt.school_id))
        .filter(Column::Id.eq(attempt.id))
}
