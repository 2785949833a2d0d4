//! What waits for staff: of some schools together, and of each school.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::SchoolId;
use domain::access::{Reach, StudentReach};
use domain::roster::{RosterEntryState, RosterImportState, TicketState};
use domain::task::{Task, TaskState};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QueryResult, QuerySelect,
};
use uuid::Uuid;

use crate::StoreError;
use crate::entity::{review_queue, roster_entry, roster_import, roster_ticket, task};
use crate::reach::{students, within};

/// How many questions about rosters wait for an answer, in schools within reach.
pub async fn open_tickets(on: &impl ConnectionTrait, reach: &Reach) -> Result<u64, StoreError> {
    use roster_ticket::Column;
    let open = roster_ticket::Entity::find()
        .filter(within(Column::SchoolId, reach))
        .filter(Column::TaskId.not_in_subquery(crate::task::purged()))
        .filter(Column::State.eq(TicketState::Open.as_str()));
    Ok(open.count(on).await?)
}

/// How many imports of rosters are in one of these states and moved after a moment, in schools within reach.
pub async fn imports_in(
    on: &impl ConnectionTrait,
    reach: &Reach,
    states: &[RosterImportState],
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    use roster_import::Column;
    let found = roster_import::Entity::find()
        .filter(within(Column::SchoolId, reach))
        .filter(Column::State.is_in(states.iter().map(|state| state.as_str())))
        .filter(Column::UpdatedAt.gte(since));
    Ok(found.count(on).await?)
}

/// Open tasks that close between two moments, the next first, at most `limit`: those of schools that are within reach as a
/// whole, and of other schools those with listed students within reach.
pub async fn closing_tasks(
    on: &impl ConnectionTrait,
    reach: &StudentReach,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Task>, StoreError> {
    use task::Column;
    let rows = task::Entity::find()
        .filter(tasks_of_students(reach))
        .filter(Column::State.eq(TaskState::Open.as_str()))
        .filter(Column::ClosesAt.gte(from))
        .filter(Column::ClosesAt.lt(until))
        .order_by_asc(Column::ClosesAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_model::<crate::task::StoredTask>()
        .all(on);
    rows.await?.into_iter().map(crate::task::read).collect()
}

/// Tasks of schools within reach as a whole, or with a listed student within reach.
fn tasks_of_students(reach: &StudentReach) -> Condition {
    let schools = match reach {
        StudentReach::AllSchools => return Condition::all(),
        StudentReach::Schools(schools) => schools,
    };
    let whole = schools.iter().filter(|one| one.limits.is_whole_school());
    let whole = task::Column::SchoolId.is_in(whole.map(|one| one.school_id.0));
    let own = Query::select()
        .expr(Expr::val(1))
        .from(roster_entry::Entity)
        .and_where(
            Expr::col((roster_entry::Entity, roster_entry::Column::TaskId))
                .equals((task::Entity, task::Column::Id)),
        )
        .and_where(roster_entry::Column::State.eq(RosterEntryState::Listed.as_str()))
        .cond_where(students(reach))
        .to_owned();
    Condition::any().add(whole).add(Expr::exists(own))
}

/// What waits in a school.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchoolBacklog {
    /// Questions about its rosters.
    pub open_tickets: u64,
    /// Photos that wait for a review.
    pub waiting_photos: u64,
    /// Since when the oldest of them waits.
    pub oldest_photo: Option<DateTime<Utc>>,
    /// When the next of its open tasks closes.
    pub next_deadline: Option<DateTime<Utc>>,
}

/// What waits in some schools, in three statements.
pub async fn school_backlogs(
    on: &impl ConnectionTrait,
    schools: &[SchoolId],
    now: DateTime<Utc>,
) -> Result<HashMap<SchoolId, SchoolBacklog>, StoreError> {
    let ids = || schools.iter().map(|school| school.0);
    let mut backlogs: HashMap<SchoolId, SchoolBacklog> = HashMap::new();
    let tickets = by_school(roster_ticket::Entity, roster_ticket::Column::SchoolId)
        .expr_as(Func::count(Expr::col(roster_ticket::Column::Id)), "waiting")
        .and_where(roster_ticket::Column::SchoolId.is_in(ids()))
        .and_where(roster_ticket::Column::State.eq(TicketState::Open.as_str()))
        .to_owned();
    for found in on.query_all(&tickets).await? {
        backlogs.entry(school(&found)?).or_default().open_tickets = count(&found)?;
    }
    let photos = by_school(review_queue::Entity, review_queue::Column::SchoolId)
        .expr_as(
            Func::count(Expr::col(review_queue::Column::PhotoId)),
            "waiting",
        )
        .expr_as(Func::min(Expr::col(review_queue::Column::Since)), "oldest")
        .and_where(review_queue::Column::SchoolId.is_in(ids()))
        .and_where(review_queue::Column::DecisionId.is_null())
        .and_where(review_queue::Column::IsSeeded.eq(false))
        .to_owned();
    for found in on.query_all(&photos).await? {
        let backlog = backlogs.entry(school(&found)?).or_default();
        backlog.waiting_photos = count(&found)?;
        backlog.oldest_photo = found.try_get("", "oldest")?;
    }
    let deadlines = by_school(task::Entity, task::Column::SchoolId)
        .expr_as(Func::min(Expr::col(task::Column::ClosesAt)), "next")
        .and_where(task::Column::SchoolId.is_in(ids()))
        .and_where(task::Column::State.eq(TaskState::Open.as_str()))
        .and_where(task::Column::ClosesAt.gte(now))
        .to_owned();
    for found in on.query_all(&deadlines).await? {
        backlogs.entry(school(&found)?).or_default().next_deadline = found.try_get("", "next")?;
    }
    Ok(backlogs)
}

fn by_school<E: EntityTrait>(entity: E, column: E::Column) -> SelectStatement {
    Query::select()
        .from(entity)
        .expr_as(Expr::col(column), "school")
        .add_group_by([Expr::col(column)])
        .to_owned()
}

fn school(found: &QueryResult) -> Result<SchoolId, StoreError> {
    let id: Uuid = found.try_get("", "school")?;
    Ok(SchoolId(id))
}

fn count(found: &QueryResult) -> Result<u64, StoreError> {
    let count: i64 = found.try_get("", "waiting")?;
    Ok(u64::try_from(count).unwrap_or_default())
}
