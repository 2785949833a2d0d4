//! The orders of all tasks, as staff look for them, and all that is known of the money of one.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission};
use domain::order::{OrderLine, OrderNo, OrderState};
use domain::page::{Page, PageRequest};
use domain::payment::{Attempt, Provider};
use domain::{OrderId, OrderTimelineEntry, ProblemCode, SchoolId, TaskId, order_timeline};
use store::overview::{OrderFilter, OrderMoney, OrderRow};

use super::task_order::{TaskOrder, task_order_of};
use crate::money_case::Case;
use crate::refund::ListedRefund;
use crate::{Context, Failure};

/// Which orders are looked for; nothing of it is required.
#[derive(Debug, Clone, Copy, Default)]
pub struct StaffOrderSearch<'a> {
    /// Of this school.
    pub school_id: Option<SchoolId>,
    /// Of this task.
    pub task_id: Option<TaskId>,
    /// In this state.
    pub state: Option<OrderState>,
    /// Only those whose payments a person must look at.
    pub needs_review: bool,
    /// The number of the order, of a payment or of a refund; of a payment the provider's too.
    pub number: Option<&'a str>,
    /// Made at this moment or later.
    pub since: Option<DateTime<Utc>>,
    /// Made before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// An order, as staff see it in a list.
#[derive(Debug, Clone)]
pub struct StaffOrder {
    /// The order.
    pub order: TaskOrder,
    /// The school.
    pub school_id: SchoolId,
    /// Its name.
    pub school_name: String,
    /// The task.
    pub task_id: TaskId,
    /// Its name.
    pub task_name: String,
    /// Who took the money that settled it.
    pub provider: Option<Provider>,
    /// Whether a person must look at its payments.
    pub needs_review: bool,
}

/// An order with all that is known of its money.
#[derive(Debug, Clone)]
pub struct StaffOrderDetails {
    /// The order.
    pub order: StaffOrder,
    /// What is charged.
    pub lines: Vec<OrderLine>,
    /// The attempts to pay, oldest first.
    pub attempts: Vec<Attempt>,
    /// The refunds, oldest first.
    pub refunds: Vec<ListedRefund>,
    /// What a person must look at, or has looked at, oldest first.
    pub cases: Vec<Case>,
    /// What happened, oldest first.
    pub timeline: Vec<OrderTimelineEntry>,
}

/// A page of the orders within reach, newest first. A number that nothing has finds nothing.
///
/// # Errors
/// Where the actor reads no orders.
pub async fn staff_orders(
    context: &Context,
    actor: &Actor,
    search: StaffOrderSearch<'_>,
    page: &PageRequest<OrderId>,
) -> Result<Page<StaffOrder>, Failure> {
    let reach = actor.require(Permission::ReadOrders)?;
    let on = context.store.reader();
    let filter = OrderFilter {
        school: search.school_id,
        task: search.task_id,
        state: search.state,
        needs_review: search.needs_review,
        since: search.since,
        until: search.until,
        among: match search.number.map(str::trim).filter(|it| !it.is_empty()) {
            Some(number) => Some(of_number(context, number).await?),
            None => None,
        },
    };
    let rows = store::overview::orders_within(on, &reach, &filter, page).await?;
    let ids: Vec<_> = rows.items.iter().map(|row| row.order.id).collect();
    let mut money = store::overview::money(on, &ids).await?;
    Ok(rows.with_items(|rows| {
        let shown = |row: OrderRow| {
            let money = money.remove(&row.order.id).unwrap_or_default();
            shown(context, row, &money)
        };
        rows.into_iter().map(shown).collect()
    }))
}

async fn of_number(context: &Context, number: &str) -> Result<Vec<OrderId>, Failure> {
    let on = context.store.reader();
    let number = number.to_ascii_uppercase();
    if let Ok(order_no) = number.parse::<OrderNo>() {
        let order = store::order::by_number_for_system(on, &order_no).await?;
        return Ok(order.into_iter().map(|order| order.id).collect());
    }
    Ok(store::overview::orders_of_number(on, &number).await?)
}

/// An order within reach with all that is known of its money.
///
/// # Errors
/// `order.unknown`, also for one out of reach.
pub async fn staff_order(
    context: &Context,
    actor: &Actor,
    order_no: &str,
) -> Result<StaffOrderDetails, Failure> {
    let reach = actor.require(Permission::ReadOrders)?;
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let row = store::overview::order_within(on, &reach, &order_no).await?;
    let row = row.ok_or(ProblemCode::OrderUnknown)?;
    let id = row.order.id;
    let mut money = store::overview::money(on, &[id]).await?;
    let money = money.remove(&id).unwrap_or_default();
    let cases = store::money_case::of_order(on, id).await?;
    let timeline = order_timeline(&row.order, &money.attempts, &money.refunds, &cases);
    Ok(StaffOrderDetails {
        order: shown(context, row, &money),
        refunds: crate::refund::of_order(context, id).await?,
        cases: crate::money_case::of_order(context, id, &order_no).await?,
        lines: money.lines,
        attempts: money.attempts,
        timeline,
    })
}

fn shown(context: &Context, row: OrderRow, money: &OrderMoney) -> StaffOrder {
    let mut attempts = money.attempts.iter();
    let settled = attempts.find(|attempt| Some(attempt.id) == row.order.settled_by);
    StaffOrder {
        school_id: row.order.school_id,
        school_name: row.school_name.clone(),
        task_id: row.order.task_id,
        task_name: row.task_name.clone(),
        provider: settled.map(|attempt| attempt.provider),
        needs_review: row.order.needs_review,
        order: task_order_of(context, row, money),
    }
}
