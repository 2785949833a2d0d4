//! Money on its way back. A refund changes under the lock of its order.

use chrono::{DateTime, Utc};
use domain::payment::Provider;
use domain::refund::{RefundReason, RefundState};
use domain::{Fen, RefundId, SchoolId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::refund::{Column, Entity, Model};
use crate::entity::{order, payment_attempt};
use crate::{StoreError, Tx};

/// The refunds of an order, oldest first.
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

/// A refund by our number, whoever's.
pub async fn by_number(
    on: &impl ConnectionTrait,
    out_refund_no: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OutRefundNo.eq(out_refund_no))
        .one(on)
        .await?)
}

/// The refund that somebody asked for under a key of theirs, whoever's.
pub async fn by_request_key(
    on: &impl ConnectionTrait,
    requested_by: &str,
    key: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::RequestedBy.eq(requested_by))
        .filter(Column::RequestKey.eq(key))
        .one(on)
        .await?)
}

/// A refund of a school, locked until `tx` ends; its order's lock is taken before.
pub async fn lock(tx: &Tx, school: SchoolId, id: RefundId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Refunds, whoever's, whose turn has come; the most overdue first.
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

/// Claims a refund whose turn has come, so that of several server copies one acts; whoever dies holding it loses it at
/// `until`.
pub async fn claim_due(
    tx: &Tx,
    refund: &Model,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let claim = Entity::update_many()
        .col_expr(Column::NextPollAt, Expr::value(until))
        .col_expr(Column::Polls, Expr::col(Column::Polls).add(1))
        .filter(Column::SchoolId.eq(refund.school_id))
        .filter(Column::Id.eq(refund.id))
        .filter(Column::Polls.eq(refund.polls))
        .filter(Column::NextPollAt.lte(now));
    Ok(claim.exec(tx).await?.rows_affected == 1)
}

/// Makes a claimed refund's turn come at `next`, unless it ended meanwhile, and keeps what the provider said.
pub async fn reschedule(
    tx: &Tx,
    refund: &Model,
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
        .filter(Column::SchoolId.eq(refund.school_id))
        .filter(Column::Id.eq(refund.id))
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

/// Refunds that wait for a second person, whoever's, oldest first.
pub async fn waiting_for_approval(
    on: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::State.eq(RefundState::Requested.as_str()))
        .filter(Column::NeedsApproval.eq(true))
        .filter(Column::ApprovedBy.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?)
}

/// The refunds of a merchant account that its provider took between two moments, with their attempts' numbers.
pub async fn submitted_between(
    on: &impl ConnectionTrait,
    (provider, merchant_account): (Provider, &str),
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .join_rev(
            JoinType::InnerJoin,
            payment_attempt::Entity::belongs_to(Entity)
                .from(payment_attempt::Column::Id)
                .to(Column::AttemptId)
                .into(),
        )
        .filter(payment_attempt::Column::Provider.eq(provider.as_str()))
        .filter(payment_attempt::Column::MerchantAccount.eq(merchant_account))
        .filter(Column::SubmittedAt.gte(from))
        .filter(Column::SubmittedAt.lt(to))
        .all(on)
        .await?)
}
