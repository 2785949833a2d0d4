//! Orders and their lines.

use chrono::{DateTime, Utc};
use domain::order::{OrderNo, OrderState};
use domain::payment::AttemptState;
use domain::task::{Payer, TaskState};
use domain::{AccountId, EnrolmentId, OrderId, SchoolId};
use sea_orm::sea_query::ExprTrait;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::order::{Column, Entity, Model};
use crate::entity::{order_line, payment_attempt, task};
use crate::word::word;
use crate::{StoreError, Tx};

/// The states in which an order counts: `orders_one_open` allows one such order an enrolment.
fn open_states() -> impl Iterator<Item = &'static str> {
    let all = OrderState::ALL.iter();
    all.filter(|state| state.is_open())
        .map(|state| state.as_str())
}

/// The orders of an account, newest first.
pub async fn of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .order_by_desc(Column::Id)
        .all(on)
        .await?)
}

/// The orders of a school that cost nobody anything, were settled from a moment until before another and were not given back
/// since, oldest first.
pub async fn free_between(
    on: &impl ConnectionTrait,
    school: SchoolId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::PayerKind.eq(Payer::Free.as_str()))
        .filter(Column::State.eq(OrderState::Paid.as_str()))
        .filter(Column::PaidAt.gte(from))
        .filter(Column::PaidAt.lt(until))
        .order_by_asc(Column::PaidAt)
        .all(on)
        .await?)
}

/// An order of an account; `None` also where it is somebody else's.
pub async fn get(
    on: &impl ConnectionTrait,
    owner: AccountId,
    order_no: &OrderNo,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::OrderNo.eq(order_no.as_str()))
        .one(on)
        .await?)
}

/// An order of a school, locked until `tx` ends; every change of an order or of its payments begins so.
pub async fn lock(tx: &Tx, school: SchoolId, id: OrderId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The order of an enrolment that counts, locked until `tx` ends.
pub async fn lock_open(
    tx: &Tx,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::EnrolmentId.eq(enrolment.0))
        .filter(Column::State.is_in(open_states()))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The order of an enrolment that counts, or else its latest.
pub async fn current(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<Model>, StoreError> {
    // An order is only made where none counts, so that the one that counts is the latest, unless late money
    // reopened an earlier one.
    let all = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::EnrolmentId.eq(enrolment.0))
        .order_by_desc(Column::Id)
        .all(on)
        .await?;
    for row in &all {
        if word::<OrderState>("orders.state", &row.state)?.is_open() {
            return Ok(Some(row.clone()));
        }
    }
    Ok(all.into_iter().next())
}

/// An order by its number, whoever's: for staff and for what runs by itself.
pub async fn by_number_for_system(
    on: &impl ConnectionTrait,
    order_no: &OrderNo,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrderNo.eq(order_no.as_str()))
        .one(on)
        .await?)
}

/// An order of a school.
pub async fn by_id(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: OrderId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .one(on)
        .await?)
}

/// The lines of an order, in their order.
pub async fn lines(
    on: &impl ConnectionTrait,
    order: &Model,
) -> Result<Vec<order_line::Model>, StoreError> {
    Ok(order_line::Entity::find()
        .filter(order_line::Column::OrderId.eq(order.id))
        .order_by_asc(order_line::Column::Position)
        .all(on)
        .await?)
}

/// Unpaid orders, whoever's, whose time or task has ended and for which no money is on its way; oldest first.
pub async fn ended(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
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
    Ok(Entity::find()
        .filter(Column::State.eq(OrderState::Unpaid.as_str()))
        .filter(has_ended)
        .filter(Expr::not_exists(being_paid))
        .order_by_asc(Column::DueUntil)
        .limit(limit)
        .all(on)
        .await?)
}
