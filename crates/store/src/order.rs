//! Orders and their lines.

use std::ops::Range;

use chrono::{DateTime, Utc};
use domain::order::{Order, OrderLine, OrderNo, OrderState};
use domain::payment::AttemptState;
use domain::task::{Payer, TaskState};
use domain::{
    AccountId, AttemptId, EnrolmentId, Fen, OrderId, OrderLineId, SchoolId, Sealed, TaskId,
};
use sea_orm::sea_query::ExprTrait;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use crate::entity::order::{Column, Entity, Model};
use crate::entity::{order_line, payment_attempt, task};
use crate::word::{optional_word, word};
use crate::{StoreError, Tx};

/// Adds an order.
///
/// # Errors
/// [`StoreError::Conflict`] where its enrolment has an open one.
pub async fn insert(tx: &Tx, order: &Order) -> Result<(), StoreError> {
    crate::row::insert(tx, row(order)).await
}

/// Replaces an order; the caller holds its lock.
pub async fn save(tx: &Tx, order: &Order) -> Result<(), StoreError> {
    crate::row::save(tx, row(order)).await
}

/// Adds a line.
pub async fn insert_line(tx: &Tx, line: &OrderLine) -> Result<(), StoreError> {
    let row = order_line::Model {
        id: line.id.0,
        order_id: line.order_id.0,
        position: line.position,
        code: line.code.as_str().to_owned(),
        amount_fen: line.amount.0,
    };
    crate::row::insert(tx, row).await
}

fn row(order: &Order) -> Model {
    Model {
        id: order.id.0,
        order_no: order.order_no.to_string(),
        school_id: order.school_id.0,
        task_id: order.task_id.0,
        enrolment_id: order.enrolment_id.0,
        account_id: order.account_id.0,
        list_fen: order.list.0,
        due_fen: order.due.0,
        payer_kind: order.payer.as_str().to_owned(),
        state: order.state.as_str().to_owned(),
        closed_reason: order.closed_reason.map(|reason| reason.as_str().to_owned()),
        settled_by: order.settled_by.map(|attempt| attempt.0),
        refunded_fen: order.refunded.0,
        needs_review: order.needs_review,
        contact_sealed: order.contact.as_bytes().to_vec(),
        due_until: order.due_until,
        paid_at: order.paid_at,
        closed_at: order.closed_at,
        version: order.version,
        created_at: order.created_at,
    }
}

pub(crate) fn read(row: Model) -> Result<Order, StoreError> {
    let order_no = row.order_no.parse();
    Ok(Order {
        id: OrderId(row.id),
        order_no: order_no.map_err(|_| StoreError::corrupt("orders.order_no"))?,
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        enrolment_id: EnrolmentId(row.enrolment_id),
        account_id: AccountId(row.account_id),
        list: Fen(row.list_fen),
        due: Fen(row.due_fen),
        payer: word("orders.payer_kind", &row.payer_kind)?,
        state: word("orders.state", &row.state)?,
        closed_reason: optional_word("orders.closed_reason", row.closed_reason.as_deref())?,
        settled_by: row.settled_by.map(AttemptId),
        refunded: Fen(row.refunded_fen),
        needs_review: row.needs_review,
        contact: Sealed::from(row.contact_sealed),
        due_until: row.due_until,
        paid_at: row.paid_at,
        closed_at: row.closed_at,
        version: row.version,
        created_at: row.created_at,
    })
}

pub(crate) fn read_line(row: &order_line::Model) -> Result<OrderLine, StoreError> {
    Ok(OrderLine {
        id: OrderLineId(row.id),
        order_id: OrderId(row.order_id),
        position: row.position,
        code: word("order_lines.code", &row.code)?,
        amount: Fen(row.amount_fen),
    })
}

async fn all(on: &impl ConnectionTrait, query: Select<Entity>) -> Result<Vec<Order>, StoreError> {
    let rows = query.all(on).await?;
    rows.into_iter().map(read).collect()
}

async fn one(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Option<Order>, StoreError> {
    query.one(on).await?.map(read).transpose()
}

/// The states in which an order counts: `orders_one_open` allows one such order an enrolment.
fn open_states() -> impl Iterator<Item = &'static str> {
    let all = OrderState::ALL.iter();
    all.filter(|state| state.is_open())
        .map(|state| state.as_str())
}

/// Every order of an account, newest first, for the end of the account.
pub async fn of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<Order>, StoreError> {
    let query = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .order_by_desc(Column::Id);
    all(on, query).await
}

/// The orders of a school that cost nobody anything, were settled from a moment until before another and were not given back
/// since, oldest first.
pub async fn free_between(
    on: &impl ConnectionTrait,
    school: SchoolId,
    span: &Range<DateTime<Utc>>,
) -> Result<Vec<Order>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::PayerKind.eq(Payer::Free.as_str()))
        .filter(Column::State.eq(OrderState::Paid.as_str()))
        .filter(Column::PaidAt.gte(span.start))
        .filter(Column::PaidAt.lt(span.end))
        .order_by_asc(Column::PaidAt);
    all(on, query).await
}

/// An order of an account; `None` also where it is somebody else's.
pub async fn get(
    on: &impl ConnectionTrait,
    owner: AccountId,
    order_no: &OrderNo,
) -> Result<Option<Order>, StoreError> {
    let query = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::OrderNo.eq(order_no.as_str()));
    one(on, query).await
}

/// An order of a school, locked until `tx` ends; every change of an order or of its payments begins so.
pub async fn lock(tx: &Tx, school: SchoolId, id: OrderId) -> Result<Option<Order>, StoreError> {
    let query = Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .lock_exclusive();
    one(tx, query).await
}

/// The order of an enrolment that counts, locked until `tx` ends.
pub async fn lock_open(
    tx: &Tx,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<Order>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::EnrolmentId.eq(enrolment.0))
        .filter(Column::State.is_in(open_states()))
        .lock_exclusive();
    one(tx, query).await
}

/// The order of an enrolment that counts, or else its latest.
pub async fn current(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<Order>, StoreError> {
    // An order is only made where none counts, so that the one that counts is the latest, unless late money
    // reopened an earlier one.
    let query = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::EnrolmentId.eq(enrolment.0))
        .order_by_desc(Column::Id);
    let mut orders = all(on, query).await?;
    let counts = orders.iter().position(|order| order.state.is_open());
    Ok(match counts {
        Some(index) => Some(orders.swap_remove(index)),
        None => orders.into_iter().next(),
    })
}

/// An order by its number, whoever's: for staff and for what runs by itself.
pub async fn by_number_for_system(
    on: &impl ConnectionTrait,
    order_no: &OrderNo,
) -> Result<Option<Order>, StoreError> {
    let query = Entity::find().filter(Column::OrderNo.eq(order_no.as_str()));
    one(on, query).await
}

/// An order of a school.
pub async fn by_id(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: OrderId,
) -> Result<Option<Order>, StoreError> {
    let query = Entity::find_by_id(id.0).filter(Column::SchoolId.eq(school.0));
    one(on, query).await
}

/// Unpaid orders, whoever's, whose time or task has ended and for which no money is on its way; oldest first. Those of
/// schools that are being moved are left out.
pub async fn ended(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Order>, StoreError> {
    let ended_tasks = Query::select()
        .column(task::Column::Id)
        .from(task::Entity)
        .and_where(task::Column::State.ne(TaskState::Open.as_str()))
        .to_owned();
    let waiting = [AttemptState::New, AttemptState::Pending].map(AttemptState::as_str);
    let being_paid = Query::select()
        .expr(Expr::val(1))
        .from(payment_attempt::Entity)
        .and_where(
            Expr::col((payment_attempt::Entity, payment_attempt::Column::OrderId))
                .equals((Entity, Column::Id)),
        )
        .and_where(payment_attempt::Column::State.is_in(waiting))
        .to_owned();
    let has_ended = Condition::any()
        .add(Column::DueUntil.lte(now))
        .add(Column::TaskId.in_subquery(ended_tasks));
    let query = Entity::find()
        .filter(Column::State.eq(OrderState::Unpaid.as_str()))
        .filter(crate::school_move::stays(Column::SchoolId))
        .filter(has_ended)
        .filter(Expr::not_exists(being_paid))
        .order_by_asc(Column::DueUntil)
        .limit(limit);
    all(on, query).await
}
