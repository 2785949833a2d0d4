//! How much work of the background is due, since when, and what nothing will take up again: figures for operators.

use chrono::{DateTime, Utc};
use domain::job::JobKind;
use domain::payment::AttemptState;
use domain::reconciliation::RunState;
use domain::refund::RefundState;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::StoreError;
use crate::entity::{job, notify_inbox, payment_attempt, reconciliation, refund};

/// Unfinished work of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// How much is due.
    pub due: u64,
    /// Since when the oldest of it is due.
    pub oldest: Option<DateTime<Utc>>,
    /// What is not finished and has no next turn: without a person it stays so.
    pub dead: u64,
}

/// Attempts that are waiting to be asked about.
pub async fn payments(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Backlog, StoreError> {
    use payment_attempt::{Column, Entity};
    let waiting = AttemptState::ALL.iter().filter(|state| state.is_waiting());
    let due = Entity::find().filter(Column::NextPollAt.lte(now));
    let dead = Entity::find()
        .filter(Column::State.is_in(waiting.map(|state| state.as_str())))
        .filter(Column::NextPollAt.is_null());
    count(on, due, Column::NextPollAt, dead).await
}

/// Refunds to hand in or to ask about; those that wait for a second person are not counted.
pub async fn refunds(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
    use refund::{Column, Entity};
    let under_way = RefundState::ALL.iter().filter(|one| one.is_under_way());
    let needs_nobody = Condition::any()
        .add(Column::NeedsApproval.eq(false))
        .add(Column::ApprovedAt.is_not_null());
    let due = Entity::find().filter(Column::NextPollAt.lte(now));
    let dead = Entity::find()
        .filter(Column::State.is_in(under_way.map(|state| state.as_str())))
        .filter(needs_nobody)
        .filter(Column::NextPollAt.is_null());
    count(on, due, Column::NextPollAt, dead).await
}

/// Notices that were stored and not acted on.
pub async fn notices(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
    use notify_inbox::{Column, Entity};
    let open = Entity::find().filter(Column::ProcessedAt.is_null());
    let due = open.clone().filter(Column::NextTryAt.lte(now));
    let dead = open.filter(Column::NextTryAt.is_null());
    count(on, due, Column::NextTryAt, dead).await
}

/// Days whose bills are to be compared.
pub async fn bills(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
    use reconciliation::{Column, Entity};
    let open = Entity::find().filter(Column::State.eq(RunState::Waiting.as_str()));
    let due = open.clone().filter(Column::NextTryAt.lte(now));
    let dead = open.filter(Column::NextTryAt.is_null());
    count(on, due, Column::NextTryAt, dead).await
}

/// Jobs that are done once; what never ends is counted by what it works on.
pub async fn jobs(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
    use job::{Column, Entity};
    let once = JobKind::ALL.iter().filter(|kind| kind.period().is_none());
    let of_kinds = Column::Kind.is_in(once.map(|kind| kind.as_str()));
    let open = Entity::find()
        .filter(of_kinds)
        .filter(Column::DoneAt.is_null());
    let due = open
        .clone()
        .filter(Column::DeadAt.is_null())
        .filter(Column::AvailableAt.lte(now));
    let dead = open.filter(Column::DeadAt.is_not_null());
    count(on, due, Column::AvailableAt, dead).await
}

async fn count<E>(
    on: &impl ConnectionTrait,
    due: Select<E>,
    at: E::Column,
    dead: Select<E>,
) -> Result<Backlog, StoreError>
where
    E: EntityTrait<Model: FromQueryResult + Send + Sync>,
{
    let oldest: Option<DateTime<Utc>> = due
        .clone()
        .select_only()
        .column(at)
        .order_by_asc(at)
        .into_tuple()
        .one(on)
        .await?;
    Ok(Backlog {
        due: due.count(on).await?,
        oldest,
        dead: dead.count(on).await?,
    })
}
