//! Students' questions to schools about the roster. Those about a purged task cannot be opened any more and are left out.

use domain::access::Reach;
use domain::page::{Page, PageRequest};
use domain::roster::{RosterTicket, TicketState};
use domain::task::TaskState;
use domain::{AccountId, RosterTicketId, SchoolId, StoredText, TaskId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryResult, QuerySelect,
    QueryTrait, RelationDef, Select,
};

use crate::entity::roster_ticket::{Column, Entity, Model};
use crate::entity::task;
use crate::joined::row;
use crate::word::word;
use crate::{StoreError, Tx, keyset};

fn read(row: Model) -> Result<RosterTicket, StoreError> {
    let level = row.level.as_deref();
    let level = level.map(|level| word("roster_tickets.level", level));
    Ok(RosterTicket {
        id: RosterTicketId(row.id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        account_id: AccountId(row.account_id),
        id_type: word("roster_tickets.id_type", &row.id_type)?,
        number_sealed: row.number_sealed.into(),
        number_masked: row.number_masked,
        level: level.transpose()?,
        name_sealed: row.name_sealed.map(Into::into),
        note: StoredText::of_columns(row.note, row.note_sealed),
        answer: StoredText::of_columns(row.answer, row.answer_sealed),
        state: word("roster_tickets.state", &row.state)?,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn model(ticket: &RosterTicket) -> Model {
    let ticket = ticket.clone();
    let (note, note_sealed) = StoredText::into_columns(ticket.note);
    let (answer, answer_sealed) = StoredText::into_columns(ticket.answer);
    Model {
        id: ticket.id.0,
        school_id: ticket.school_id.0,
        task_id: ticket.task_id.0,
        account_id: ticket.account_id.0,
        id_type: ticket.id_type.as_str().to_owned(),
        number_sealed: ticket.number_sealed.into(),
        number_masked: ticket.number_masked,
        level: ticket.level.map(|level| level.as_str().to_owned()),
        name_sealed: ticket.name_sealed.map(Into::into),
        note,
        state: ticket.state.as_str().to_owned(),
        answer,
        created_at: ticket.created_at,
        updated_at: ticket.updated_at,
        note_sealed,
        answer_sealed,
    }
}

/// Adds a question.
pub async fn insert(tx: &Tx, ticket: &RosterTicket) -> Result<(), StoreError> {
    crate::row::insert(tx, model(ticket)).await
}

/// Replaces a question, whose lock the caller holds.
pub async fn save(tx: &Tx, ticket: &RosterTicket) -> Result<(), StoreError> {
    crate::row::save(tx, model(ticket)).await
}

/// A question to a school within reach.
pub async fn within(
    on: &impl ConnectionTrait,
    reach: &Reach,
    id: RosterTicketId,
) -> Result<Option<RosterTicket>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(crate::reach::within(Column::SchoolId, reach))
        .filter(Column::TaskId.not_in_subquery(crate::task::purged()))
        .one(on);
    found.await?.map(read).transpose()
}

/// As [`within`], locked until `tx` ends.
pub async fn lock_within(
    tx: &Tx,
    reach: &Reach,
    id: RosterTicketId,
) -> Result<Option<RosterTicket>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(crate::reach::within(Column::SchoolId, reach))
        .filter(Column::TaskId.not_in_subquery(crate::task::purged()))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}

/// Which questions of a school are wanted; what is none does not matter.
#[derive(Debug, Clone, Copy)]
pub struct DeskFilter {
    /// The school.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: Option<TaskId>,
    /// Where they are.
    pub state: Option<TicketState>,
}

/// A page of a school's questions, newest first, each with the name of its task.
pub async fn of_school(
    on: &impl ConnectionTrait,
    filter: DeskFilter,
    page: &PageRequest<RosterTicketId>,
) -> Result<Page<(RosterTicket, String)>, StoreError> {
    let mut query = Entity::find().filter(Column::SchoolId.eq(filter.school_id.0));
    if let Some(task) = filter.task_id {
        query = query.filter(Column::TaskId.eq(task.0));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    with_tasks(on, query, page).await
}

/// A page of an account's questions, newest first, each with the name of its task.
pub async fn of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
    page: &PageRequest<RosterTicketId>,
) -> Result<Page<(RosterTicket, String)>, StoreError> {
    let query = Entity::find().filter(Column::AccountId.eq(owner.0));
    with_tasks(on, query, page).await
}

async fn with_tasks(
    on: &impl ConnectionTrait,
    query: Select<Entity>,
    page: &PageRequest<RosterTicketId>,
) -> Result<Page<(RosterTicket, String)>, StoreError> {
    let of_task: RelationDef = Entity::belongs_to(task::Entity)
        .from(Column::TaskId)
        .to(task::Column::Id)
        .into();
    let query = query
        .join(JoinType::InnerJoin, of_task)
        .filter(task::Column::State.ne(TaskState::Purged.as_str()))
        .expr_as(Expr::col((task::Entity, task::Column::Name)), "task_name");
    let query = keyset::newest_first(query, Column::Id, page);
    let found = on.query_all(&query.into_query()).await?;
    let ticket = |found: &QueryResult| {
        let name = found.try_get("", "task_name")?;
        Ok((read(row(found, "")?)?, name))
    };
    let tickets = found
        .iter()
        .map(ticket)
        .collect::<Result<_, StoreError>>()?;
    Ok(page.page(tickets, |(ticket, _): &(RosterTicket, String)| ticket.id))
}

/// An account's questions that wait for an answer.
pub async fn open_of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<RosterTicket>, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::TaskId.not_in_subquery(crate::task::purged()))
        .filter(Column::State.eq(TicketState::Open.as_str()))
        .all(on);
    found.await?.into_iter().map(read).collect()
}
