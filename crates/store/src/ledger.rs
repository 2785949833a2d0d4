//! The ledger: added to, never changed.

use chrono::{DateTime, Utc};
use domain::Fen;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
};

use crate::StoreError;
use crate::entity::ledger::{Column, Entity, Model};
use crate::entity::{order, payment_attempt, refund};

/// How many numbers one query names.
const NUMBERS: usize = 500;

/// The lines of an order, oldest first.
pub async fn of_order(
    on: &impl ConnectionTrait,
    order: &order::Model,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrderId.eq(order.id))
        .order_by_asc(Column::Id)
        .all(on)
        .await?)
}

/// What payments with these numbers did to a merchant account, by its name in the ledger.
pub async fn moved_by_payments(
    on: &impl ConnectionTrait,
    account: &str,
    numbers: &[&str],
) -> Result<Fen, StoreError> {
    let attempt: RelationDef = Entity::belongs_to(payment_attempt::Entity)
        .from(Column::AttemptId)
        .to(payment_attempt::Column::Id)
        .into();
    let mut sum = 0;
    for some in numbers.chunks(NUMBERS) {
        let are_these = Condition::all()
            .add(payment_attempt::Column::OutTradeNo.is_in(some.iter().copied()))
            .add(Column::RefundId.is_null());
        sum += moved(on, account, attempt.clone(), are_these).await?;
    }
    Ok(Fen(sum))
}

/// What refunds with these numbers did to a merchant account, by its name in the ledger; not positive.
pub async fn moved_by_refunds(
    on: &impl ConnectionTrait,
    account: &str,
    numbers: &[&str],
) -> Result<Fen, StoreError> {
    let back: RelationDef = Entity::belongs_to(refund::Entity)
        .from(Column::RefundId)
        .to(refund::Column::Id)
        .into();
    let mut sum = 0;
    for some in numbers.chunks(NUMBERS) {
        let are_these = refund::Column::OutRefundNo.is_in(some.iter().copied());
        sum += moved(on, account, back.clone(), are_these.into()).await?;
    }
    Ok(Fen(sum))
}

/// The lines of a ledger account from a moment until before another, oldest first: when, what it gained, and the number of
/// the order.
pub async fn of_account_between(
    on: &impl ConnectionTrait,
    account: &str,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(DateTime<Utc>, Fen, String)>, StoreError> {
    let order: RelationDef = Entity::belongs_to(order::Entity)
        .from(Column::OrderId)
        .to(order::Column::Id)
        .into();
    let lines: Vec<(DateTime<Utc>, i64, String)> = Entity::find()
        .select_only()
        .columns([Column::At, Column::DeltaFen])
        .column(order::Column::OrderNo)
        .join(JoinType::InnerJoin, order)
        .filter(Column::Account.eq(account))
        .filter(Column::At.gte(from))
        .filter(Column::At.lt(until))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(on)
        .await?;
    let line = |(at, fen, order_no)| (at, Fen(fen), order_no);
    Ok(lines.into_iter().map(line).collect())
}

async fn moved(
    on: &impl ConnectionTrait,
    account: &str,
    with: RelationDef,
    are_these: Condition,
) -> Result<i64, StoreError> {
    let lines: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::DeltaFen)
        .join(JoinType::InnerJoin, with)
        .filter(Column::Account.eq(account))
        .filter(are_these)
        .into_tuple()
        .all(on)
        .await?;
    Ok(lines.iter().sum())
}
