//! Enrolments as their owners see them.

use domain::access::Reach;
use domain::enrolment::{Enrolment, EnrolmentPlace};
use domain::order::{Order, OrderState};
use domain::page::{Page, PageRequest};
use domain::roster::{RosterEntry, RosterNumber};
use domain::school::{School, SchoolState};
use domain::task::{Task, TaskState};
use domain::{AccountId, EnrolmentId};
use sea_orm::sea_query::{Expr, ExprTrait, Func, JoinType, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::order::{OrderMoney, add_money, join_money, join_place, join_task};
use super::photo::OwnPhoto;
use super::roster::{RosterFigures, read_figures, with_figures};
use crate::enrolment::is_live;
use crate::entity::{enrolment, order, order_line, payment_attempt, photo, refund, school, task};
use crate::joined::{is_there, optional_row, row, with_columns, with_some_columns};
use crate::kept_text::KeptTexts;
use crate::{StoreError, keyset};

/// An enrolment with what is shown of its surroundings.
#[derive(Debug, Clone)]
pub struct EnrolmentRow {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// The student on the roster.
    pub entry: RosterEntry,
    /// One of the student's documents, always the same one.
    pub document: Option<RosterNumber>,
    /// The school, which takes part.
    pub school: School,
    /// The task, which students may see.
    pub task: Task,
    /// The photo that counts, or else the latest.
    pub photo: Option<OwnPhoto>,
    /// How many photos were ever submitted.
    pub photos: u64,
    /// The order that counts, or else the latest.
    pub order: Option<Order>,
    /// The money of that order.
    pub money: OrderMoney,
    /// What is shown of the task's roster.
    pub roster: RosterFigures,
}

/// A page of an account's enrolments in tasks that students may see, newest first.
pub async fn enrolments(
    on: &impl ConnectionTrait,
    owner: AccountId,
    page: &PageRequest<EnrolmentPlace>,
) -> Result<Page<EnrolmentRow>, StoreError> {
    let columns = [enrolment::Column::CreatedAt, enrolment::Column::Id];
    let rows = read(on, keyset::highest_first(visible(owner), columns, page)).await?;
    Ok(page.page(rows, |row| row.enrolment.place()))
}

/// One of an account's enrolments in a task that students may see; `None` also where it is somebody else's.
pub async fn enrolment(
    on: &impl ConnectionTrait,
    owner: AccountId,
    id: EnrolmentId,
) -> Result<Option<EnrolmentRow>, StoreError> {
    let query = visible(owner).filter(enrolment::Column::Id.eq(id.0));
    Ok(read(on, query).await?.pop())
}

/// An account's live enrolments in schools within reach, newest first, at most `limit`: for staff.
pub async fn enrolments_within(
    on: &impl ConnectionTrait,
    owner: AccountId,
    reach: &Reach,
    limit: u64,
) -> Result<Vec<EnrolmentRow>, StoreError> {
    let query = live(owner)
        .filter(crate::reach::within(enrolment::Column::SchoolId, reach))
        .filter(task::Column::State.ne(TaskState::Purged.as_str()))
        .order_by_desc(enrolment::Column::CreatedAt)
        .order_by_desc(enrolment::Column::Id)
        .limit(limit);
    read(on, query).await
}

/// The ids of an account's live enrolments, beside school and task.
fn live(owner: AccountId) -> Select<enrolment::Entity> {
    let mut query = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::Id)
        .filter(enrolment::Column::AccountId.eq(owner.0))
        .filter(is_live());
    join_task(QueryTrait::query(&mut query));
    query
}

fn visible(owner: AccountId) -> Select<enrolment::Entity> {
    live(owner)
        .filter(school::Column::State.eq(SchoolState::Active.as_str()))
        .filter(task::Column::State.is_in(TaskState::PUBLISHED.map(TaskState::as_str)))
}

/// The enrolments of these ids, newest first. They are chosen in a query of their own, since the money of an order makes more
/// rows of an enrolment.
async fn read(
    on: &impl ConnectionTrait,
    ids: Select<enrolment::Entity>,
) -> Result<Vec<EnrolmentRow>, StoreError> {
    static TEXTS: KeptTexts = KeptTexts::new();
    let statement = TEXTS.widened(on.get_database_backend(), ids, with_surroundings);
    let mut rows: Vec<EnrolmentRow> = Vec::new();
    for found in &on.query_all_raw(statement).await? {
        let id: Uuid = found.try_get("", "id")?;
        if rows.last().is_none_or(|last| last.enrolment.id.0 != id) {
            rows.push(enrolment_row(found)?);
        }
        if let Some(last) = rows.last_mut() {
            add_money(&mut last.money, found)?;
        }
    }
    for row in &mut rows {
        row.money.refunds.sort_by_key(|refund| refund.id);
    }
    Ok(rows)
}

fn with_surroundings(ids: Select<enrolment::Entity>) -> Select<enrolment::Entity> {
    use enrolment::Column;
    let mut query = enrolment::Entity::find()
        .filter(Column::Id.in_subquery(ids.into_query()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .order_by_asc(order_line::Column::Position)
        .order_by_asc(payment_attempt::Column::Id)
        .order_by_asc(refund::Column::Id);
    let select = QueryTrait::query(&mut query);
    join_place(select);
    let order = Expr::col((order::Entity, order::Column::Id)).eq(current_order());
    select.join(JoinType::LeftJoin, order::Entity, order);
    join_money(select);
    with_columns::<school::Entity>(select, "school_");
    with_columns::<task::Entity>(select, "task_");
    with_some_columns::<photo::Entity>(select, OwnPhoto::COLUMNS, "photo_");
    with_columns::<order::Entity>(select, "order_");
    with_figures(select);
    select.expr_as(photo_count(), "photos");
    query
}

/// The id of the enrolment's order that counts, or else the latest.
fn current_order() -> SelectStatement {
    use order::Column;
    let own = Expr::col((order::Entity, Column::SchoolId))
        .equals((enrolment::Entity, enrolment::Column::SchoolId))
        .and(
            Expr::col((order::Entity, Column::EnrolmentId))
                .equals((enrolment::Entity, enrolment::Column::Id)),
        );
    let open = OrderState::ALL.iter().filter(|state| state.is_open());
    let open = Column::State.is_in(open.map(|state| state.as_str()));
    let first = order::Entity::find()
        .order_by_desc(open)
        .order_by_desc(Column::Id);
    super::roster::first_id(first, Column::Id, own)
}

fn photo_count() -> SelectStatement {
    use photo::Column;
    let own = Expr::col((photo::Entity, Column::SchoolId))
        .equals((enrolment::Entity, enrolment::Column::SchoolId))
        .and(
            Expr::col((photo::Entity, Column::EnrolmentId))
                .equals((enrolment::Entity, enrolment::Column::Id)),
        );
    Query::select()
        .expr(Func::count(Expr::col((photo::Entity, Column::Id))))
        .from(photo::Entity)
        .and_where(own)
        .to_owned()
}

fn enrolment_row(found: &QueryResult) -> Result<EnrolmentRow, StoreError> {
    let photos: i64 = found.try_get("", "photos")?;
    let document = optional_row(found, "document_")?;
    let photo = is_there(found, "photo_")?.then(|| OwnPhoto::read(found, "photo_"));
    let order = optional_row(found, "order_")?;
    Ok(EnrolmentRow {
        enrolment: crate::enrolment::read(row(found, "")?)?,
        entry: crate::roster::read(row(found, "entry_")?)?,
        document: document.map(crate::roster::read_number).transpose()?,
        school: crate::school::read(row(found, "school_")?)?,
        task: crate::task::read(row(found, "task_")?)?,
        photo: photo.transpose()?,
        photos: u64::try_from(photos).unwrap_or_default(),
        order: order.map(crate::order::read).transpose()?,
        money: OrderMoney::default(),
        roster: read_figures(found)?,
    })
}
