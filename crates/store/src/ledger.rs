//! The ledger: added to, never changed.

use std::ops::Range;

use chrono::{DateTime, Utc};
use domain::ledger::{LedgerAccount, LedgerLine};
use domain::order::OrderNo;
use domain::{AttemptId, EventId, Fen, LedgerId, OrderId, RefundId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
};

use crate::entity::ledger::{Column, Entity, Model};
use crate::entity::{order, payment_attempt, refund};
use crate::word::word;
use crate::{StoreError, Tx};

/// How many numbers one query names.
const NUMBERS: usize = 500;

/// An order's movement on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountMove {
    /// When it was booked.
    pub at: DateTime<Utc>,
    /// What the account gained; negative where it lost.
    pub delta: Fen,
    /// The order.
    pub order_no: OrderNo,
}

/// Adds a line.
pub async fn insert(tx: &Tx, line: &LedgerLine) -> Result<(), StoreError> {
    let row = Model {
        id: line.id.0,
        event_id: line.event_id.0,
        at: line.at,
        order_id: line.order_id.0,
        attempt_id: line.attempt_id.map(|attempt| attempt.0),
        refund_id: line.refund_id.map(|refund| refund.0),
        account: line.account.to_string(),
        delta_fen: line.delta.0,
        kind: line.kind.as_str().to_owned(),
    };
    crate::row::insert(tx, row).await
}

fn line(row: &Model) -> Result<LedgerLine, StoreError> {
    let account = LedgerAccount::parse(&row.account);
    Ok(LedgerLine {
        id: LedgerId(row.id),
        event_id: EventId(row.event_id),
        at: row.at,
        order_id: OrderId(row.order_id),
        attempt_id: row.attempt_id.map(AttemptId),
        refund_id: row.refund_id.map(RefundId),
        account: account.ok_or_else(|| StoreError::corrupt("ledger.account"))?,
        delta: Fen(row.delta_fen),
        kind: word("ledger.kind", &row.kind)?,
    })
}

/// The lines of an order, oldest first.
pub async fn of_order(
    on: &impl ConnectionTrait,
    order: OrderId,
) -> Result<Vec<LedgerLine>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrderId.eq(order.0))
        .order_by_asc(Column::Id)
        .all(on)
        .await?;
    rows.iter().map(line).collect()
}

/// What payments with these numbers did to a merchant account.
pub async fn moved_by_payments(
    on: &impl ConnectionTrait,
    account: &LedgerAccount,
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

/// What refunds with these numbers did to a merchant account; not positive.
pub async fn moved_by_refunds(
    on: &impl ConnectionTrait,
    account: &LedgerAccount,
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

/// The lines of a ledger account from a moment until before another, oldest first.
pub async fn of_account_between(
    on: &impl ConnectionTrait,
    account: &LedgerAccount,
    span: &Range<DateTime<Utc>>,
) -> Result<Vec<AccountMove>, StoreError> {
    let order: RelationDef = Entity::belongs_to(order::Entity)
        .from(Column::OrderId)
        .to(order::Column::Id)
        .into();
    let lines: Vec<(DateTime<Utc>, i64, String)> = Entity::find()
        .select_only()
        .columns([Column::At, Column::DeltaFen])
        .column(order::Column::OrderNo)
        .join(JoinType::InnerJoin, order)
        .filter(Column::Account.eq(account.to_string()))
        .filter(Column::At.gte(span.start))
        .filter(Column::At.lt(span.end))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(on)
        .await?;
    let read = |(at, delta_fen, order_no): (DateTime<Utc>, i64, String)| {
        Ok(AccountMove {
            at,
            delta: Fen(delta_fen),
            order_no: order_no
                .parse()
                .map_err(|_| StoreError::corrupt("orders.order_no"))?,
        })
    };
    lines.into_iter().map(read).collect()
}

async fn moved(
    on: &impl ConnectionTrait,
    account: &LedgerAccount,
    with: RelationDef,
    are_these: Condition,
) -> Result<i64, StoreError> {
    let lines: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::DeltaFen)
        .join(JoinType::InnerJoin, with)
        .filter(Column::Account.eq(account.to_string()))
        .filter(are_these)
        .into_tuple()
        .all(on)
        .await?;
    Ok(lines.iter().sum())
}
