//! Orders as their owners see them, and the money of orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::enrolment::Enrolment;
use domain::order::{Order, OrderLine, OrderNo, OrderState};
use domain::page::{Page, PageRequest};
use domain::payment::Attempt;
use domain::photo_state::PhotoState;
use domain::refund::Refund;
use domain::roster::{RosterEntry, RosterNumber};
use domain::task::{Task, TaskState};
use domain::{AccountId, OrderId, PhotoId, SchoolId, TaskId};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait, Select, Statement,
};
use uuid::Uuid;

use crate::entity::{
    enrolment, order, order_line, payment_attempt, photo, refund, roster_entry, roster_id, school,
    task,
};
use crate::joined::{optional_row, row, with_columns};
use crate::kept_text::KeptTexts;
use crate::reach::within;
use crate::word::{optional_word, word};
use crate::{StoreError, keyset};

/// An order with what is shown of its surroundings.
#[derive(Debug, Clone)]
pub struct OrderRow {
    /// The order.
    pub order: Order,
    /// Whose it is.
    pub enrolment: Enrolment,
    /// The student on the roster.
    pub entry: RosterEntry,
    /// One of the student's documents, always the same one.
    pub document: Option<RosterNumber>,
    /// The school's name.
    pub school_name: String,
    /// The task's name.
    pub task_name: String,
    /// Where the task is.
    pub task_state: TaskState,
    /// The photo that counts, or else the latest, and its state.
    pub photo: Option<(PhotoId, PhotoState)>,
}

/// Which orders are wanted: those that fit all that is said.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Of this school.
    pub school: Option<SchoolId>,
    /// Of this task.
    pub task: Option<TaskId>,
    /// In this state.
    pub state: Option<OrderState>,
    /// Only those whose payments a person must look at.
    pub needs_review: bool,
    /// Made at this moment or later.
    pub since: Option<DateTime<Utc>>,
    /// Made before this moment.
    pub until: Option<DateTime<Utc>>,
    /// One of these.
    pub among: Option<Vec<OrderId>>,
}

/// The money of an order.
#[derive(Debug, Clone, Default)]
pub struct OrderMoney {
    /// What is charged, in order.
    pub lines: Vec<OrderLine>,
    /// The attempts to pay, oldest first.
    pub attempts: Vec<Attempt>,
    /// The refunds, oldest first.
    pub refunds: Vec<Refund>,
}

/// A page of an account's orders with their money, newest first.
pub async fn orders(
    on: &impl ConnectionTrait,
    owner: AccountId,
    page: &PageRequest<OrderId>,
) -> Result<Page<(OrderRow, OrderMoney)>, StoreError> {
    use order::Column;
    static TEXTS: KeptTexts = KeptTexts::new();
    let of_page = order::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::AccountId.eq(owner.0));
    let of_page = keyset::newest_first(of_page, Column::Id, page);
    // A page of its own, since the money of an order makes more rows of it.
    let statement = TEXTS.widened(on.get_database_backend(), of_page, |of_page| {
        let among = Column::Id.in_subquery(of_page.into_query());
        let query = order::Entity::find().filter(among);
        all_of_it(query.order_by_desc(Column::Id))
    });
    let rows = read_with_money(on, statement).await?;
    Ok(page.page(rows, |(row, _)| row.order.id))
}

/// An order of an account with its money; `None` also where it is somebody else's.
pub async fn order(
    on: &impl ConnectionTrait,
    owner: AccountId,
    order_no: &OrderNo,
) -> Result<Option<(OrderRow, OrderMoney)>, StoreError> {
    static TEXTS: KeptTexts = KeptTexts::new();
    let which = of_number(owner, order_no);
    let statement = TEXTS.widened(on.get_database_backend(), which, |which| {
        all_of_it(which.columns(order::Column::iter()))
    });
    Ok(read_with_money(on, statement).await?.pop())
}

/// A page of the orders of a task, newest first.
pub async fn task_orders(
    on: &impl ConnectionTrait,
    task: &Task,
    page: &PageRequest<OrderId>,
) -> Result<Page<OrderRow>, StoreError> {
    let query = keyset::newest_first(of_task(task), order::Column::Id, page);
    let rows = read(on, query).await?;
    Ok(page.page(rows, |row| row.order.id))
}

/// An order of a task; `None` also where it is of another one.
pub async fn task_order(
    on: &impl ConnectionTrait,
    task: &Task,
    order_no: &OrderNo,
) -> Result<Option<OrderRow>, StoreError> {
    let query = of_task(task).filter(order::Column::OrderNo.eq(order_no.as_str()));
    Ok(read(on, query).await?.pop())
}

/// A page of the orders within reach that fit, newest first.
pub async fn orders_within(
    on: &impl ConnectionTrait,
    reach: &Reach,
    filter: &OrderFilter,
    page: &PageRequest<OrderId>,
) -> Result<Page<OrderRow>, StoreError> {
    use order::Column;
    let among = filter.among.as_ref();
    let conditions = [
        filter.school.map(|school| Column::SchoolId.eq(school.0)),
        filter.task.map(|task| Column::TaskId.eq(task.0)),
        filter.state.map(|state| Column::State.eq(state.as_str())),
        (filter.needs_review).then(|| Column::NeedsReview.eq(true)),
        filter.since.map(|since| Column::CreatedAt.gte(since)),
        filter.until.map(|until| Column::CreatedAt.lt(until)),
        among.map(|ids| Column::Id.is_in(ids.iter().map(|id| id.0))),
    ];
    let mut query = order::Entity::find().filter(within(Column::SchoolId, reach));
    for condition in conditions.into_iter().flatten() {
        query = query.filter(condition);
    }
    let rows = read(on, keyset::newest_first(query, Column::Id, page)).await?;
    Ok(page.page(rows, |row| row.order.id))
}

/// An order within reach; `None` also where it is out of it.
pub async fn order_within(
    on: &impl ConnectionTrait,
    reach: &Reach,
    order_no: &OrderNo,
) -> Result<Option<OrderRow>, StoreError> {
    let query = order::Entity::find()
        .filter(within(order::Column::SchoolId, reach))
        .filter(order::Column::OrderNo.eq(order_no.as_str()));
    Ok(read(on, query).await?.pop())
}

/// The orders that have a payment or a refund of this number, ours or the provider's, whoever's.
pub async fn orders_of_number(
    on: &impl ConnectionTrait,
    number: &str,
) -> Result<Vec<OrderId>, StoreError> {
    use {payment_attempt::Column as Attempt, refund::Column as Refund};
    let of_attempt = Condition::any()
        .add(Attempt::OutTradeNo.eq(number))
        .add(Attempt::ProviderTxnId.eq(number));
    let mut found: Vec<Uuid> = payment_attempt::Entity::find()
        .select_only()
        .column(Attempt::OrderId)
        .filter(of_attempt)
        .into_tuple()
        .all(on)
        .await?;
    let refunded: Vec<Uuid> = refund::Entity::find()
        .select_only()
        .column(Refund::OrderId)
        .filter(Refund::OutRefundNo.eq(number))
        .into_tuple()
        .all(on)
        .await?;
    found.extend(refunded);
    Ok(found.into_iter().map(OrderId).collect())
}

fn of_task(task: &Task) -> Select<order::Entity> {
    order::Entity::find()
        .filter(order::Column::SchoolId.eq(task.school_id.0))
        .filter(order::Column::TaskId.eq(task.id.0))
}

async fn read(
    on: &impl ConnectionTrait,
    query: Select<order::Entity>,
) -> Result<Vec<OrderRow>, StoreError> {
    let found = on.query_all(&with_surroundings(query).into_query()).await?;
    found.iter().map(order_row).collect()
}

/// An account's order, of which nothing is read yet.
fn of_number(owner: AccountId, order_no: &OrderNo) -> Select<order::Entity> {
    order::Entity::find()
        .select_only()
        .filter(order::Column::AccountId.eq(owner.0))
        .filter(order::Column::OrderNo.eq(order_no.as_str()))
}

/// Orders with what is shown of their surroundings, and their money.
fn all_of_it(query: Select<order::Entity>) -> Select<order::Entity> {
    let mut query = with_surroundings(query)
        .order_by_asc(order_line::Column::Position)
        .order_by_asc(payment_attempt::Column::Id)
        .order_by_asc(refund::Column::Id);
    join_money(QueryTrait::query(&mut query));
    query
}

/// The rows of each order stand together.
async fn read_with_money(
    on: &impl ConnectionTrait,
    statement: Statement,
) -> Result<Vec<(OrderRow, OrderMoney)>, StoreError> {
    let mut rows: Vec<(OrderRow, OrderMoney)> = Vec::new();
    for found in &on.query_all_raw(statement).await? {
        let id: Uuid = found.try_get("", "id")?;
        if rows.last().is_none_or(|(last, _)| last.order.id.0 != id) {
            rows.push((order_row(found)?, OrderMoney::default()));
        }
        if let Some((_, money)) = rows.last_mut() {
            add_money(money, found)?;
        }
    }
    for (_, money) in &mut rows {
        money.refunds.sort_by_key(|refund| refund.id);
    }
    Ok(rows)
}

fn with_surroundings(mut query: Select<order::Entity>) -> Select<order::Entity> {
    let select = QueryTrait::query(&mut query);
    join_enrolment(select);
    join_place(select);
    select
        .expr_as(
            Expr::col((school::Entity, school::Column::Name)),
            "school_name",
        )
        .expr_as(Expr::col((task::Entity, task::Column::Name)), "task_name")
        .expr_as(Expr::col((task::Entity, task::Column::State)), "task_state")
        .expr_as(Expr::col((photo::Entity, photo::Column::Id)), "photo_id")
        .expr_as(
            Expr::col((photo::Entity, photo::Column::State)),
            "photo_state",
        );
    query
}

fn join_enrolment(select: &mut SelectStatement) {
    let own = Expr::col((enrolment::Entity, enrolment::Column::Id))
        .equals((order::Entity, order::Column::EnrolmentId));
    select.join(JoinType::InnerJoin, enrolment::Entity, own);
    with_columns::<enrolment::Entity>(select, "enrolment_");
}

/// Joins what belongs to each enrolment of a query: entry, document, school, task, and the photo that counts.
pub(super) fn join_place(select: &mut SelectStatement) {
    let entry = Expr::col((enrolment::Entity, enrolment::Column::EntryId))
        .equals((roster_entry::Entity, roster_entry::Column::Id));
    let document = Expr::col((roster_id::Entity, roster_id::Column::Id)).eq(first_document());
    let photo = Expr::col((photo::Entity, photo::Column::Id)).eq(current_photo());
    select.join(JoinType::InnerJoin, roster_entry::Entity, entry);
    join_task(select);
    select
        .join(JoinType::LeftJoin, roster_id::Entity, document)
        .join(JoinType::LeftJoin, photo::Entity, photo);
    with_columns::<roster_entry::Entity>(select, "entry_");
    with_columns::<roster_id::Entity>(select, "document_");
}

/// Joins the school and the task of each enrolment of a query.
pub(super) fn join_task(select: &mut SelectStatement) {
    let of_enrolment = |column| Expr::col((enrolment::Entity, column));
    let school =
        of_enrolment(enrolment::Column::SchoolId).equals((school::Entity, school::Column::Id));
    let task = of_enrolment(enrolment::Column::TaskId).equals((task::Entity, task::Column::Id));
    select
        .join(JoinType::InnerJoin, school::Entity, school)
        .join(JoinType::InnerJoin, task::Entity, task);
}

/// The id of one of the documents of the enrolment's entry.
fn first_document() -> SelectStatement {
    use roster_id::Column;
    let own = Expr::col((roster_id::Entity, Column::SchoolId))
        .equals((enrolment::Entity, enrolment::Column::SchoolId))
        .and(
            Expr::col((roster_id::Entity, Column::EntryId))
                .equals((enrolment::Entity, enrolment::Column::EntryId)),
        );
    let first = roster_id::Entity::find().order_by_asc(Column::Id);
    super::roster::first_id(first, Column::Id, own)
}

/// The id of the enrolment's photo that counts, or else the latest.
fn current_photo() -> SelectStatement {
    use photo::Column;
    let own = Expr::col((photo::Entity, Column::SchoolId))
        .equals((enrolment::Entity, enrolment::Column::SchoolId))
        .and(
            Expr::col((photo::Entity, Column::EnrolmentId))
                .equals((enrolment::Entity, enrolment::Column::Id)),
        );
    let live = PhotoState::ALL.iter().filter(|state| state.is_live());
    let live = Column::State.is_in(live.map(|state| state.as_str()));
    let first = photo::Entity::find()
        .order_by_desc(live)
        .order_by_desc(Column::Number);
    super::roster::first_id(first, Column::Id, own)
}

fn order_row(found: &QueryResult) -> Result<OrderRow, StoreError> {
    let state: String = found.try_get("", "task_state")?;
    let photo: Option<Uuid> = found.try_get("", "photo_id")?;
    let photo_state: Option<String> = found.try_get("", "photo_state")?;
    let photo_state = optional_word("photos.state", photo_state.as_deref())?;
    let document = optional_row(found, "document_")?;
    Ok(OrderRow {
        order: crate::order::read(row(found, "")?)?,
        enrolment: crate::enrolment::read(row(found, "enrolment_")?)?,
        entry: crate::roster::read(row(found, "entry_")?)?,
        document: document.map(crate::roster::read_number).transpose()?,
        school_name: found.try_get("", "school_name")?,
        task_name: found.try_get("", "task_name")?,
        task_state: word("tasks.state", &state)?,
        photo: photo.map(PhotoId).zip(photo_state),
    })
}

/// The money of orders, by order. The caller has made sure whose they are.
pub async fn money(
    on: &impl ConnectionTrait,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, OrderMoney>, StoreError> {
    if orders.is_empty() {
        return Ok(HashMap::new());
    }
    let query =
        order::Entity::find().filter(order::Column::Id.is_in(orders.iter().map(|order| order.0)));
    let statement = with_money(query).build(on.get_database_backend());
    let found = orders_and_money(on, statement).await?;
    let of_order = |(order, money): (Order, OrderMoney)| (order.id, money);
    Ok(found.into_iter().map(of_order).collect())
}

/// An order of an account with its money; `None` also where it is somebody else's.
pub async fn money_of_number(
    on: &impl ConnectionTrait,
    owner: AccountId,
    order_no: &OrderNo,
) -> Result<Option<(Order, OrderMoney)>, StoreError> {
    static TEXTS: KeptTexts = KeptTexts::new();
    let which = of_number(owner, order_no);
    let statement = TEXTS.widened(on.get_database_backend(), which, |which| {
        with_money(which.columns(order::Column::iter()))
    });
    Ok(orders_and_money(on, statement).await?.pop())
}

/// Lines, attempts and refunds are few, so that the product of them is one answer for all three.
fn with_money(query: Select<order::Entity>) -> Select<order::Entity> {
    let mut query = query
        .order_by_asc(order::Column::Id)
        .order_by_asc(order_line::Column::Position)
        .order_by_asc(payment_attempt::Column::Id)
        .order_by_asc(refund::Column::Id);
    join_money(QueryTrait::query(&mut query));
    query
}

async fn orders_and_money(
    on: &impl ConnectionTrait,
    statement: Statement,
) -> Result<Vec<(Order, OrderMoney)>, StoreError> {
    let mut orders: Vec<(Order, OrderMoney)> = Vec::new();
    for found in &on.query_all_raw(statement).await? {
        let order = crate::order::read(row(found, "")?)?;
        if orders.last().is_none_or(|(last, _)| last.id != order.id) {
            orders.push((order, OrderMoney::default()));
        }
        if let Some((_, money)) = orders.last_mut() {
            add_money(money, found)?;
        }
    }
    for (_, money) in &mut orders {
        money.refunds.sort_by_key(|refund| refund.id);
    }
    Ok(orders)
}

/// Joins lines, attempts and refunds to the order of a query.
pub(super) fn join_money(select: &mut SelectStatement) {
    let of_order = |column| Expr::col((order::Entity, column));
    let line =
        of_order(order::Column::Id).equals((order_line::Entity, order_line::Column::OrderId));
    let attempt = of_order(order::Column::Id)
        .equals((payment_attempt::Entity, payment_attempt::Column::OrderId))
        .and(
            of_order(order::Column::SchoolId)
                .equals((payment_attempt::Entity, payment_attempt::Column::SchoolId)),
        );
    let refund = Expr::col((refund::Entity, refund::Column::AttemptId))
        .equals((payment_attempt::Entity, payment_attempt::Column::Id));
    select
        .join(JoinType::LeftJoin, order_line::Entity, line)
        .join(JoinType::LeftJoin, payment_attempt::Entity, attempt)
        .join(JoinType::LeftJoin, refund::Entity, refund);
    with_columns::<order_line::Entity>(select, "line_");
    with_columns::<payment_attempt::Entity>(select, "attempt_");
    with_columns::<refund::Entity>(select, "refund_");
}

/// Adds what is new in a row of the product.
pub(super) fn add_money(money: &mut OrderMoney, found: &QueryResult) -> Result<(), StoreError> {
    if let Some(line) = optional_row(found, "line_")? {
        let line = crate::order::read_line(&line)?;
        if money.lines.iter().all(|known| known.id != line.id) {
            money.lines.push(line);
        }
    }
    if let Some(attempt) = optional_row(found, "attempt_")? {
        let attempt = crate::payment::read(attempt)?;
        if money.attempts.iter().all(|known| known.id != attempt.id) {
            money.attempts.push(attempt);
        }
    }
    if let Some(refund) = optional_row(found, "refund_")? {
        let refund = crate::refund::read(refund)?;
        if money.refunds.iter().all(|known| known.id != refund.id) {
            money.refunds.push(refund);
        }
    }
    Ok(())
}
