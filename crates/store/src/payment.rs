//! Attempts to pay an order. A state moves only in a statement that names the states it may come from.

use std::ops::Range;

use chrono::{DateTime, Utc};
use domain::order::Order;
use domain::payment::{Attempt, AttemptState, CreateParams, Credential, MerchantAccount, Provider};
use domain::{AttemptId, Fen, OrderId, SchoolId, Sealed};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, UpdateMany,
};

use crate::entity::payment_attempt::{Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::word::{optional_word, word};
use crate::{StoreError, Tx};

const WAITING: [&str; 2] = [AttemptState::New.as_str(), AttemptState::Pending.as_str()];
const UNPAID: [&str; 3] = [WAITING[0], WAITING[1], AttemptState::Closed.as_str()];

/// Adds an attempt.
pub async fn insert(tx: &Tx, attempt: &Attempt) -> Result<(), StoreError> {
    crate::row::insert(tx, row(attempt)?).await
}

/// Replaces an attempt; the caller holds its lock.
pub async fn save(tx: &Tx, attempt: &Attempt) -> Result<(), StoreError> {
    crate::row::save(tx, row(attempt)?).await
}

fn row(attempt: &Attempt) -> Result<Model, StoreError> {
    Ok(Model {
        id: attempt.id.0,
        school_id: attempt.school_id.0,
        order_id: attempt.order_id.0,
        provider: attempt.provider.as_str().to_owned(),
        product: attempt.product.as_str().to_owned(),
        merchant_account: attempt.merchant_account.clone(),
        out_trade_no: attempt.out_trade_no.clone(),
        amount_fen: attempt.amount.0,
        state: attempt.state.as_str().to_owned(),
        disposition: attempt.disposition.map(|word| word.as_str().to_owned()),
        provider_txn_id: attempt.provider_txn_id.clone(),
        payer_ref_sealed: attempt.payer.clone().map(Sealed::into_bytes),
        paid_at: attempt.paid_at,
        create_params: to_json("payment_attempts.create_params", &attempt.create_params)?,
        credential: match &attempt.credential {
            Some(credential) => Some(to_json("payment_attempts.credential", credential)?),
            None => None,
        },
        credential_expires_at: attempt.credential_expires_at,
        expires_at: attempt.expires_at,
        superseded_at: attempt.superseded_at,
        next_poll_at: attempt.next_poll_at,
        polls: attempt.polls,
        last_polled_at: attempt.last_polled_at,
        last_error: attempt.last_error.clone(),
        created_at: attempt.created_at,
        paid_fen: attempt.paid.map(|paid| paid.0),
    })
}

pub(crate) fn read(row: Model) -> Result<Attempt, StoreError> {
    let params: CreateParams = from_json("payment_attempts.create_params", row.create_params)?;
    let credential: Option<Credential> = match row.credential {
        Some(credential) => Some(from_json("payment_attempts.credential", credential)?),
        None => None,
    };
    Ok(Attempt {
        id: AttemptId(row.id),
        school_id: SchoolId(row.school_id),
        order_id: OrderId(row.order_id),
        provider: word("payment_attempts.provider", &row.provider)?,
        product: word("payment_attempts.product", &row.product)?,
        merchant_account: row.merchant_account,
        out_trade_no: row.out_trade_no,
        amount: Fen(row.amount_fen),
        state: word("payment_attempts.state", &row.state)?,
        disposition: optional_word("payment_attempts.disposition", row.disposition.as_deref())?,
        provider_txn_id: row.provider_txn_id,
        payer: row.payer_ref_sealed.map(Sealed::from),
        paid_at: row.paid_at,
        create_params: params,
        credential,
        credential_expires_at: row.credential_expires_at,
        expires_at: row.expires_at,
        superseded_at: row.superseded_at,
        next_poll_at: row.next_poll_at,
        polls: row.polls,
        last_polled_at: row.last_polled_at,
        last_error: row.last_error,
        created_at: row.created_at,
        paid: row.paid_fen.map(Fen),
    })
}

async fn all(on: &impl ConnectionTrait, query: Select<Entity>) -> Result<Vec<Attempt>, StoreError> {
    let rows = query.all(on).await?;
    rows.into_iter().map(read).collect()
}

async fn one(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Option<Attempt>, StoreError> {
    query.one(on).await?.map(read).transpose()
}

/// The attempts to pay an order, oldest first.
pub async fn of_order(
    on: &impl ConnectionTrait,
    order: &Order,
) -> Result<Vec<Attempt>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(order.school_id.0))
        .filter(Column::OrderId.eq(order.id.0))
        .order_by_asc(Column::Id);
    all(on, query).await
}

/// The attempts to pay an order that may still be paid in the ordinary way, oldest first.
pub async fn waiting(on: &impl ConnectionTrait, order: &Order) -> Result<Vec<Attempt>, StoreError> {
    let mut all = of_order(on, order).await?;
    all.retain(|attempt| attempt.state.is_waiting());
    Ok(all)
}

/// The attempt that a merchant account knows by this number.
pub async fn by_number(
    on: &impl ConnectionTrait,
    provider: Provider,
    merchant_account: &str,
    out_trade_no: &str,
) -> Result<Option<Attempt>, StoreError> {
    let query = Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::MerchantAccount.eq(merchant_account))
        .filter(Column::OutTradeNo.eq(out_trade_no));
    one(on, query).await
}

/// An attempt of a school.
pub async fn get(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: AttemptId,
) -> Result<Option<Attempt>, StoreError> {
    let query = Entity::find_by_id(id.0).filter(Column::SchoolId.eq(school.0));
    one(on, query).await
}

/// The attempt that has a provider's transaction, whoever's.
pub async fn by_transaction(
    on: &impl ConnectionTrait,
    provider: Provider,
    provider_txn_id: &str,
) -> Result<Option<Attempt>, StoreError> {
    let query = Entity::find()
        .filter(Column::Provider.eq(provider.as_str()))
        .filter(Column::ProviderTxnId.eq(provider_txn_id));
    one(on, query).await
}

/// The attempts of a merchant account that were paid between two moments.
pub async fn paid_between(
    on: &impl ConnectionTrait,
    account: MerchantAccount<'_>,
    span: &Range<DateTime<Utc>>,
) -> Result<Vec<Attempt>, StoreError> {
    let query = Entity::find()
        .filter(Column::Provider.eq(account.provider.as_str()))
        .filter(Column::MerchantAccount.eq(account.name))
        .filter(Column::PaidFen.is_not_null())
        .filter(Column::PaidAt.gte(span.start))
        .filter(Column::PaidAt.lt(span.end));
    all(on, query).await
}

/// An attempt of a school, locked until `tx` ends; its order's lock is taken before.
pub async fn lock(tx: &Tx, school: SchoolId, id: AttemptId) -> Result<Option<Attempt>, StoreError> {
    let query = Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .lock_exclusive();
    one(tx, query).await
}

/// Attempts, whoever's, that the provider should be asked about; the most overdue first.
pub async fn due(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Attempt>, StoreError> {
    let query = Entity::find()
        .filter(Column::NextPollAt.lte(now))
        .order_by_asc(Column::NextPollAt)
        .limit(limit);
    all(on, query).await
}

/// What a provider gave to pay with.
#[derive(Debug, Clone)]
pub struct Issued {
    /// What the browser needs.
    pub credential: Credential,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
    /// When to ask whether it was used.
    pub next_poll_at: DateTime<Utc>,
}

/// Records what the provider gave; false where the attempt was paid, closed or refused meanwhile, or where somebody else
/// was given something that works beyond `lasting`.
pub async fn record_issued(
    tx: &Tx,
    attempt: &Attempt,
    issued: Issued,
    lasting: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let is_needed = Condition::any()
        .add(Column::Credential.is_null())
        .add(Column::CredentialExpiresAt.lte(lasting));
    let credential = to_json("payment_attempts.credential", &issued.credential)?;
    let change = of(attempt)
        .col_expr(Column::State, Expr::value(AttemptState::Pending.as_str()))
        .col_expr(Column::Credential, Expr::value(credential))
        .col_expr(Column::CredentialExpiresAt, Expr::value(issued.expires_at))
        .col_expr(Column::NextPollAt, Expr::value(issued.next_poll_at))
        .col_expr(Column::LastError, Expr::value(None::<String>))
        .filter(is_needed)
        .filter(Column::State.is_in(WAITING));
    Ok(change.exec(tx).await?.rows_affected == 1)
}

/// Records that the provider may or may not have made the attempt: from now on it is asked.
pub async fn record_unknown(tx: &Tx, attempt: &Attempt, seen: &str) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::State, Expr::value(AttemptState::Pending.as_str()))
        .col_expr(Column::LastError, Expr::value(seen))
        .filter(Column::State.eq(AttemptState::New.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Records that the provider refused to make the attempt; one whose code is on a screen stays.
pub async fn record_rejected(tx: &Tx, attempt: &Attempt, code: &str) -> Result<(), StoreError> {
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
    attempt: &Attempt,
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
pub async fn supersede(tx: &Tx, attempt: &Attempt, now: DateTime<Utc>) -> Result<(), StoreError> {
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
    attempt: &Attempt,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::SupersededAt, Expr::value(now))
        .col_expr(Column::NextPollAt, Expr::value(now))
        .filter(Column::SchoolId.eq(attempt.school_id.0))
        .filter(Column::OrderId.eq(attempt.order_id.0))
        .filter(Column::Id.ne(attempt.id.0))
        .filter(Column::State.is_in(WAITING))
        .exec(tx)
        .await?;
    Ok(())
}

/// Claims a poll that is due, so that of several server copies one asks; `next` is when to ask again.
pub async fn claim_due(
    tx: &Tx,
    attempt: &Attempt,
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
pub async fn poll_at(tx: &Tx, attempt: &Attempt, next: DateTime<Utc>) -> Result<(), StoreError> {
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
    attempt: &Attempt,
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
pub async fn note_error(tx: &Tx, attempt: &Attempt, seen: &str) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::LastError, Expr::value(seen))
        .filter(Column::State.is_in(UNPAID))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets what the provider said instead of an answer, now that it answered.
pub async fn clear_error(tx: &Tx, attempt: &Attempt) -> Result<(), StoreError> {
    of(attempt)
        .col_expr(Column::LastError, Expr::value(None::<String>))
        .filter(Column::State.is_in(UNPAID))
        .exec(tx)
        .await?;
    Ok(())
}

/// A change of this attempt.
fn of(attempt: &Attempt) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::SchoolId.eq(attempt.school_id.0))
        .filter(Column::Id.eq(attempt.id.0))
}
