//! The orders of a task, for staff and integrators: what was due, paid and returned, without what names a person.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission};
use domain::order::{ClosedReason, OrderNo, OrderStatus};
use domain::page::{Page, PageRequest};
use domain::refund::{Refund, RefundReason, RefundState};
use domain::task::Payer;
use domain::{EnrolmentId, Fen, OrderId, PhotoId, ProblemCode, RefundId, RosterEntryId};
use store::overview::{OrderMoney, OrderRow};

use super::task_photo::task_of;
use crate::order::status;
use crate::{Context, Failure};

/// An order of a task.
#[derive(Debug, Clone)]
pub struct TaskOrder {
    /// The number that people read.
    pub order_no: OrderNo,
    /// What it looks like from outside.
    pub status: OrderStatus,
    /// Why it was closed.
    pub closed_reason: Option<ClosedReason>,
    /// The student on the roster.
    pub entry_id: RosterEntryId,
    /// The student's verification.
    pub enrolment_id: EnrolmentId,
    /// The photo that counts, or else the latest.
    pub photo_id: Option<PhotoId>,
    /// The list price.
    pub list: Fen,
    /// What is due.
    pub due: Fen,
    /// What went back.
    pub refunded: Fen,
    /// Who settles it.
    pub payer: Payer,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it can be paid.
    pub due_until: DateTime<Utc>,
    /// When it was settled.
    pub paid_at: Option<DateTime<Utc>>,
}

/// A page of the orders of a task, newest first.
///
/// # Errors
/// `task.unknown`, also for one out of reach.
pub async fn task_orders(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    page: &PageRequest<OrderId>,
) -> Result<Page<TaskOrder>, Failure> {
    let task = task_of(context, actor, Permission::ReadOrders, task_id).await?;
    let on = context.store.reader();
    let rows = store::overview::task_orders(on, &task, page).await?;
    let ids: Vec<_> = rows.items.iter().map(|row| row.order.id).collect();
    let mut money = store::overview::money(on, &ids).await?;
    Ok(rows.with_items(|rows| {
        let shown = |row: OrderRow| {
            let money = money.remove(&row.order.id).unwrap_or_default();
            task_order_of(context, row, &money)
        };
        rows.into_iter().map(shown).collect()
    }))
}

/// Money on its way back to the student of a task, without who asked for it.
#[derive(Debug, Clone)]
pub struct TaskRefund {
    /// Our number for it.
    pub number: String,
    /// The order.
    pub order_no: OrderNo,
    /// What goes back.
    pub amount: Fen,
    /// Why.
    pub reason: RefundReason,
    /// Where it is.
    pub state: RefundState,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When the money was back.
    pub succeeded_at: Option<DateTime<Utc>>,
}

/// A page of the refunds of a task's orders, newest first.
///
/// # Errors
/// `task.unknown`, also for one out of reach.
pub async fn task_refunds(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    page: &PageRequest<RefundId>,
) -> Result<Page<TaskRefund>, Failure> {
    let task = task_of(context, actor, Permission::ReadOrders, task_id).await?;
    let found = store::overview::task_refunds(context.store.reader(), &task, page).await?;
    let shown = |(refund, order_no): (Refund, OrderNo)| TaskRefund {
        number: refund.out_refund_no,
        order_no,
        amount: refund.amount,
        reason: refund.reason,
        state: refund.state,
        created_at: refund.created_at,
        succeeded_at: refund.succeeded_at,
    };
    Ok(found.with_items(|refunds| refunds.into_iter().map(shown).collect()))
}

/// An order of a task.
///
/// # Errors
/// `task.unknown`; `order.unknown`.
pub async fn task_order(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    order_no: &str,
) -> Result<TaskOrder, Failure> {
    let task = task_of(context, actor, Permission::ReadOrders, task_id).await?;
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let row = store::overview::task_order(on, &task, &order_no).await?;
    let row = row.ok_or(ProblemCode::OrderUnknown)?;
    let mut money = store::overview::money(on, &[row.order.id]).await?;
    let money = money.remove(&row.order.id).unwrap_or_default();
    Ok(task_order_of(context, row, &money))
}

/// An order of a task, of what was read of it.
pub(super) fn task_order_of(context: &Context, row: OrderRow, money: &OrderMoney) -> TaskOrder {
    let order = row.order;
    TaskOrder {
        status: status(context, order.state, &money.attempts),
        closed_reason: order.closed_reason,
        entry_id: row.entry.id,
        enrolment_id: order.enrolment_id,
        photo_id: row.photo.map(|(id, _)| id),
        list: order.list,
        due: order.due,
        refunded: order.refunded,
        payer: order.payer,
        created_at: order.created_at,
        due_until: order.due_until,
        paid_at: order.paid_at,
        order_no: order.order_no,
    }
}
