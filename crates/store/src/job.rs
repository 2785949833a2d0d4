//! Background work, leased by workers. What a worker changes names its lease, so that one that lost it changes nothing.

use chrono::{DateTime, Utc};
use domain::JobId;
use domain::job::{Job, JobKind, JobProgress, Lease};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, UpdateMany,
};

use crate::StoreError;
use crate::entity::job::{Column, Entity, Model};
use crate::word::word;

fn row(job: &Job) -> Model {
    Model {
        id: job.id.0,
        kind: job.kind.as_str().to_owned(),
        key: job.key.clone(),
        payload: job.payload.clone(),
        available_at: job.available_at,
        attempts: job.attempts,
        leased_until: job.lease.as_ref().map(|lease| lease.until),
        lease_owner: job.lease.as_ref().map(|lease| lease.owner.clone()),
        done_at: job.done_at,
        last_error: job.last_error.clone(),
        created_at: job.created_at,
        failures: job.failures,
        heartbeat_at: None,
        progress_done: job.progress.done,
        progress_total: job.progress.total,
        is_cancel_requested: job.is_cancel_requested,
        result: job.result.clone(),
        dead_at: job.dead_at,
    }
}

fn job(row: Model) -> Result<Job, StoreError> {
    let lease = row.lease_owner.zip(row.leased_until);
    Ok(Job {
        id: JobId(row.id),
        kind: word("jobs.kind", &row.kind)?,
        key: row.key,
        payload: row.payload,
        available_at: row.available_at,
        attempts: row.attempts,
        failures: row.failures,
        lease: lease.map(|(owner, until)| Lease { owner, until }),
        progress: JobProgress {
            done: row.progress_done,
            total: row.progress_total,
        },
        is_cancel_requested: row.is_cancel_requested,
        result: row.result,
        done_at: row.done_at,
        dead_at: row.dead_at,
        last_error: row.last_error,
        created_at: row.created_at,
    })
}

/// Adds a job, in the transaction of its cause.
///
/// # Errors
/// [`StoreError::Conflict`] where there is one of its kind and key.
pub async fn insert(on: &impl ConnectionTrait, job: &Job) -> Result<(), StoreError> {
    Entity::insert(row(job).into_active_model().reset_all())
        .exec_without_returning(on)
        .await?;
    Ok(())
}

/// Adds jobs, except those of which there is one of the same kind and key.
pub async fn insert_missing(on: &impl ConnectionTrait, jobs: &[Job]) -> Result<(), StoreError> {
    let rows = jobs
        .iter()
        .map(|job| row(job).into_active_model().reset_all());
    Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on)
        .await?;
    Ok(())
}

/// The kinds of which there is a job, in whatever state, among some.
pub async fn known_kinds(
    on: &impl ConnectionTrait,
    kinds: &[JobKind],
) -> Result<Vec<JobKind>, StoreError> {
    let words: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Kind)
        .distinct()
        .filter(Column::Kind.is_in(words(kinds)))
        .into_tuple()
        .all(on)
        .await?;
    words.iter().map(|text| word("jobs.kind", text)).collect()
}

/// What a worker takes up.
#[derive(Debug, Clone, Copy)]
pub struct JobClaim<'a> {
    /// Of these kinds: what other versions of the program know is left alone.
    pub kinds: &'a [JobKind],
    /// What is due at this time, although it may not be due yet.
    pub due_by: DateTime<Utc>,
    /// Now: by this, leases have ended.
    pub now: DateTime<Utc>,
    /// At most so many.
    pub limit: u64,
}

/// Leases jobs that are due and that nobody has, the most overdue first. Of several workers that ask at once each gets
/// others, and none waits for another.
pub async fn claim(
    on: &impl ConnectionTrait,
    claim: JobClaim<'_>,
    lease: &Lease,
) -> Result<Vec<Job>, StoreError> {
    let is_free = Condition::any()
        .add(Column::LeasedUntil.is_null())
        .add(Column::LeasedUntil.lte(claim.now));
    // SQLite has one writer and no such locks; the statement is written without them there.
    let due = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::Kind.is_in(words(claim.kinds)))
        .and_where(Column::AvailableAt.lte(claim.due_by))
        .cond_where(is_open())
        .cond_where(is_free.clone())
        .order_by(Column::AvailableAt, sea_orm::Order::Asc)
        .limit(claim.limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let rows = Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(lease.until))
        .col_expr(Column::LeaseOwner, Expr::value(lease.owner.as_str()))
        .col_expr(Column::HeartbeatAt, Expr::value(claim.now))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.in_subquery(due))
        .filter(is_free)
        .exec_with_returning(on)
        .await?;
    rows.into_iter().map(job).collect()
}

/// Makes a lease last longer and keeps how far the job is; gives the job as it is then, `None` where the lease is lost.
pub async fn heartbeat(
    on: &impl ConnectionTrait,
    held: &Job,
    progress: JobProgress,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Job>, StoreError> {
    let rows = of_lease(held)
        .col_expr(Column::LeasedUntil, Expr::value(until))
        .col_expr(Column::HeartbeatAt, Expr::value(now))
        .col_expr(Column::ProgressDone, Expr::value(progress.done))
        .col_expr(Column::ProgressTotal, Expr::value(progress.total))
        .exec_with_returning(on)
        .await?;
    rows.into_iter().next().map(job).transpose()
}

/// Gives a job its next turn, with what it needs to know then; it has not failed.
pub async fn reschedule(
    on: &impl ConnectionTrait,
    held: &Job,
    payload: &Json,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut change = of_lease(held)
        .col_expr(Column::AvailableAt, Expr::value(at))
        .col_expr(Column::Failures, Expr::value(0));
    if *payload != held.payload {
        change = change.col_expr(Column::Payload, Expr::value(payload.clone()));
    }
    freed(change).exec(on).await?;
    Ok(())
}

/// Keeps that a job failed: it is tried again at a time, or is dead where there is none.
pub async fn fail(
    on: &impl ConnectionTrait,
    held: &Job,
    error: &str,
    retry_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let change = of_lease(held)
        .col_expr(Column::Failures, Expr::col(Column::Failures).add(1))
        .col_expr(Column::LastError, Expr::value(error));
    let change = match retry_at {
        Some(at) => change.col_expr(Column::AvailableAt, Expr::value(at)),
        None => change.col_expr(Column::DeadAt, Expr::value(now)),
    };
    freed(change).exec(on).await?;
    Ok(())
}

/// Ends a job; what came of it is kept.
pub async fn finish(
    on: &impl ConnectionTrait,
    held: &Job,
    result: Option<Json>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let change = of_lease(held)
        .col_expr(Column::DoneAt, Expr::value(now))
        .col_expr(Column::Result, Expr::value(result));
    freed(change).exec(on).await?;
    Ok(())
}

/// Forgets a job that was done and of which nothing needs to be known.
pub async fn forget(on: &impl ConnectionTrait, job: &Job) -> Result<(), StoreError> {
    Entity::delete_by_id(job.id.0).exec(on).await?;
    Ok(())
}

/// Gives back what a worker has, so that others need not wait for its leases to end; `None` is every worker, which is
/// right only where no other can run.
pub async fn hand_back(on: &impl ConnectionTrait, owner: Option<&str>) -> Result<u64, StoreError> {
    let mut held = freed(Entity::update_many()).filter(Column::LeasedUntil.is_not_null());
    if let Some(owner) = owner {
        held = held.filter(Column::LeaseOwner.eq(owner));
    }
    Ok(held.exec(on).await?.rows_affected)
}

/// The jobs of a kind that are due, leased or not, oldest first.
pub async fn due(
    on: &impl ConnectionTrait,
    kind: JobKind,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Job>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::AvailableAt.lte(now))
        .filter(Column::DoneAt.is_null())
        .order_by_asc(Column::AvailableAt)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(job).collect()
}

/// Which jobs a person wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that are not done.
    Open,
    /// Those that failed too often.
    Dead,
}

/// Jobs of the kinds that this version knows, the one that is due first before the others.
pub async fn list(
    on: &impl ConnectionTrait,
    which: Which,
    limit: u64,
) -> Result<Vec<Job>, StoreError> {
    let found = Entity::find().filter(Column::Kind.is_in(words(JobKind::ALL)));
    let found = match which {
        Which::Open => found.filter(Column::DoneAt.is_null()),
        Which::Dead => found.filter(Column::DeadAt.is_not_null()),
    };
    let rows = found
        .order_by_asc(Column::AvailableAt)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(job).collect()
}

/// A job.
pub async fn get(on: &impl ConnectionTrait, id: JobId) -> Result<Option<Job>, StoreError> {
    let found = Entity::find_by_id(id.0).one(on);
    found.await?.map(job).transpose()
}

/// Has a dead job tried again now; false where it is not dead.
pub async fn revive(
    on: &impl ConnectionTrait,
    id: JobId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let revived = Entity::update_many()
        .col_expr(Column::DeadAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::DoneAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::Failures, Expr::value(0))
        .col_expr(Column::AvailableAt, Expr::value(now))
        .filter(Column::Id.eq(id.0))
        .filter(Column::DeadAt.is_not_null())
        .exec(on)
        .await?;
    Ok(revived.rows_affected == 1)
}

/// Asks that a job end: one that waits or is dead ends now, one that runs at its worker's next sign of life. False where it
/// is done.
pub async fn cancel(
    on: &impl ConnectionTrait,
    id: JobId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let open = || {
        Entity::update_many()
            .filter(Column::Id.eq(id.0))
            .filter(Column::DoneAt.is_null())
    };
    let asked = open()
        .col_expr(Column::IsCancelRequested, Expr::value(true))
        .exec(on)
        .await?;
    let is_free = Condition::any()
        .add(Column::LeasedUntil.is_null())
        .add(Column::LeasedUntil.lte(now));
    open()
        .col_expr(Column::DoneAt, Expr::value(now))
        .col_expr(Column::DeadAt, Expr::value(None::<DateTime<Utc>>))
        .filter(is_free)
        .exec(on)
        .await?;
    Ok(asked.rows_affected == 1)
}

fn words(kinds: &[JobKind]) -> impl Iterator<Item = &'static str> {
    kinds.iter().map(|kind| kind.as_str())
}

/// What the jobs of a kind that are neither done nor dead need to know.
pub async fn open_payloads(
    on: &impl ConnectionTrait,
    kind: JobKind,
) -> Result<Vec<Json>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::Payload)
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(is_open())
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

fn is_open() -> Condition {
    Condition::all()
        .add(Column::DoneAt.is_null())
        .add(Column::DeadAt.is_null())
}

/// A change of a job by the worker that has it: once it was started again, the lease is another.
fn of_lease(held: &Job) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(held.id.0))
        .filter(Column::Attempts.eq(held.attempts))
        .filter(Column::LeasedUntil.is_not_null())
}

/// The same change, which also ends the lease.
fn freed(change: UpdateMany<Entity>) -> UpdateMany<Entity> {
    change
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::LeaseOwner, Expr::value(None::<String>))
}
