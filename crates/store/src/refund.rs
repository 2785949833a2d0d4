//! Money on its way back. A refund changes under the lock of its order.

use std::ops::Range;

use chrono::{DateTime, Utc};
use domain::order::Order;
use domain::payment::MerchantAccount;
use domain::refund::{Approval, Refund, RefundReason, RefundRequester, RefundState};
use domain::{AttemptId, Fen, OrderId, RefundId, ResponsiblePerson, SchoolId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use crate::entity::payment_attempt;
use crate::entity::refund::{Column, Entity, Model};
use crate::word::word;
use crate::{StoreError, Tx};

/// Adds a refund.
///
/// # Errors
/// [`StoreError::Conflict`] where the same person has one under the same key, or the attempt was sent back by itself.
pub async fn insert(tx: &Tx, refund: &Refund) -> Result<(), StoreError> {
    crate::row::insert(tx, row(refund)).await
}

/// Replaces a refund; the caller holds its order's lock.
pub async fn save(tx: &Tx, refund: &Refund) -> Result<(), StoreError> {
    crate::row::save(tx, row(refund)).await
}

fn row(refund: &Refund) -> Model {
    let approval = refund.approval.as_ref();
    let user = |person: &ResponsiblePerson| person.system_user().map(str::to_owned);
    Model {
        id: refund.id.0,
        school_id: refund.school_id.0,
        order_id: refund.order_id.0,
        attempt_id: refund.attempt_id.0,
        out_refund_no: refund.out_refund_no.clone(),
        amount_fen: refund.amount.0,
        reason_code: refund.reason.as_str().to_owned(),
        requested_by: refund.requested_by.stored_name(),
        state: refund.state.as_str().to_owned(),
        provider_refund_id: refund.provider_refund_id.clone(),
        submitted_at: refund.submitted_at,
        succeeded_at: refund.succeeded_at,
        next_poll_at: refund.next_poll_at,
        last_error: refund.last_error.clone(),
        created_at: refund.created_at,
        note: refund.note.clone(),
        needs_approval: refund.needs_approval,
        approved_by: approval.map(|approval| approval.by.stored_name()),
        approved_at: approval.map(|approval| approval.at),
        polls: refund.polls,
        request_key: refund.request_key.clone(),
        requested_as: refund.requested_by.system_user().map(str::to_owned),
        approved_as: approval.and_then(|approval| user(&approval.by)),
    }
}

pub(crate) fn read(row: Model) -> Result<Refund, StoreError> {
    let approval = match (row.approved_by, row.approved_at) {
        (Some(name), Some(at)) => Some(Approval {
            by: ResponsiblePerson::of_columns(name, row.approved_as),
            at,
        }),
        (None, None) => None,
        (_, _) => return Err(StoreError::corrupt("refunds.approved_at")),
    };
    Ok(Refund {
        id: RefundId(row.id),
        school_id: SchoolId(row.school_id),
        order_id: OrderId(row.order_id),
        attempt_id: AttemptId(row.attempt_id),
        out_refund_no: row.out_refund_no,
        amount: Fen(row.amount_fen),
        reason: word("refunds.reason_code", &row.reason_code)?,
        note: row.note,
        requested_by: RefundRequester::of_columns(row.requested_by, row.requested_as),
        request_key: row.request_key,
        needs_approval: row.needs_approval,
        approval,
        state: word("refunds.state", &row.state)?,
        provider_refund_id: row.provider_refund_id,
        submitted_at: row.submitted_at,
        succeeded_at: row.succeeded_at,
        next_poll_at: row.next_poll_at,
        polls: row.polls,
        last_error: row.last_error,
        created_at: row.created_at,
    })
}

async fn all(on: &impl ConnectionTrait, query: Select<Entity>) -> Result<Vec<Refund>, StoreError> {
    let rows = query.all(on).await?;
    rows.into_iter().map(read).collect()
}

async fn one(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Option<Refund>, StoreError> {
    query.one(on).await?.map(read).transpose()
}

/// The refunds of an order, oldest first.
pub async fn of_order(on: &impl ConnectionTrait, order: &Order) -> Result<Vec<Refund>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(order.school_id.0))
        .filter(Column::OrderId.eq(order.id.0))
        .order_by_asc(Column::Id);
    all(on, query).await
}

/// A refund by our number, whoever's.
pub async fn by_number(
    on: &impl ConnectionTrait,
    out_refund_no: &str,
) -> Result<Option<Refund>, StoreError> {
    let query = Entity::find().filter(Column::OutRefundNo.eq(out_refund_no));
    one(on, query).await
}

/// The refund that somebody asked for under a key of theirs, whoever's.
pub async fn by_request_key(
    on: &impl ConnectionTrait,
    requested_by: &str,
    key: &str,
) -> Result<Option<Refund>, StoreError> {
    let query = Entity::find()
        .filter(Column::RequestedBy.eq(requested_by))
        .filter(Column::RequestKey.eq(key));
    one(on, query).await
}

/// A refund of a school, locked until `tx` ends; its order's lock is taken before.
pub async fn lock(tx: &Tx, school: SchoolId, id: RefundId) -> Result<Option<Refund>, StoreError> {
    let query = Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .lock_exclusive();
    one(tx, query).await
}

/// Refunds, whoever's, whose turn has come; the most overdue first.
pub async fn due(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Refund>, StoreError> {
    let query = Entity::find()
        .filter(Column::NextPollAt.lte(now))
        .order_by_asc(Column::NextPollAt)
        .limit(limit);
    all(on, query).await
}

/// Claims a refund whose turn has come, so that of several server copies one acts; whoever dies holding it loses it at
/// `until`.
pub async fn claim_due(
    tx: &Tx,
    refund: &Refund,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let claim = Entity::update_many()
        .col_expr(Column::NextPollAt, Expr::value(until))
        .col_expr(Column::Polls, Expr::col(Column::Polls).add(1))
        .filter(Column::SchoolId.eq(refund.school_id.0))
        .filter(Column::Id.eq(refund.id.0))
        .filter(Column::Polls.eq(refund.polls))
        .filter(Column::NextPollAt.lte(now));
    Ok(claim.exec(tx).await?.rows_affected == 1)
}

/// Makes a claimed refund's turn come at `next`, unless it ended meanwhile, and keeps what the provider said.
pub async fn reschedule(
    tx: &Tx,
    refund: &Refund,
    next: DateTime<Utc>,
    seen: Option<&str>,
) -> Result<(), StoreError> {
    let under_way = RefundState::ALL
        .iter()
        .filter(|state| state.is_under_way())
        .map(|state| state.as_str());
    Entity::update_many()
        .col_expr(Column::NextPollAt, Expr::value(next))
        .col_expr(Column::LastError, Expr::value(seen))
        .filter(Column::SchoolId.eq(refund.school_id.0))
        .filter(Column::Id.eq(refund.id.0))
        .filter(Column::State.is_in(under_way))
        .exec(tx)
        .await?;
    Ok(())
}

/// How much went back by itself since a moment: the count and the sum, whoever's.
pub async fn automatic_since(
    on: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<(usize, Fen), StoreError> {
    let automatic = RefundReason::ALL
        .iter()
        .filter(|reason| reason.is_automatic())
        .map(|reason| reason.as_str());
    let amounts: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::AmountFen)
        .filter(Column::ReasonCode.is_in(automatic))
        .filter(Column::CreatedAt.gte(since))
        .into_tuple()
        .all(on)
        .await?;
    Ok((amounts.len(), Fen(amounts.iter().sum())))
}

/// The refunds of a merchant account that its provider took between two moments, with their attempts' numbers.
pub async fn submitted_between(
    on: &impl ConnectionTrait,
    account: MerchantAccount<'_>,
    span: &Range<DateTime<Utc>>,
) -> Result<Vec<Refund>, StoreError> {
    let query = Entity::find()
        .join_rev(
            JoinType::InnerJoin,
            payment_attempt::Entity::belongs_to(Entity)
                .from(payment_attempt::Column::Id)
                .to(Column::AttemptId)
                .into(),
        )
        .filter(payment_attempt::Column::Provider.eq(account.provider.as_str()))
        .filter(payment_attempt::Column::MerchantAccount.eq(account.name))
        .filter(Column::SubmittedAt.gte(span.start))
        .filter(Column::SubmittedAt.lt(span.end));
    all(on, query).await
}
