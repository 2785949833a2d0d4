//! Purging tasks: which are due, what stops it, and deleting their rows a batch at a time.

mod part;

pub use part::{
    PhotoToPurge, delete_batch, delete_import, delete_photos, imports, packages, photos,
};

use chrono::{DateTime, Utc};
use domain::purge::{DeletionCertificate, PurgeHold, TaskPurge};
use domain::refund::RefundState;
use domain::task::{Task, TaskState};
use domain::{SchoolId, TaskId};
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::entity::task_purge::{Column, Entity, Model};
use crate::entity::{money_case, order, payment_attempt, refund, task};
use crate::json::{from_json, to_json};
use crate::school_move::stays;
use crate::{StoreError, Tx};

fn read(row: Model) -> Result<TaskPurge, StoreError> {
    let certificate = match (
        row.done_at,
        row.certificate,
        row.signing_key_id,
        row.signature,
    ) {
        (Some(issued_at), Some(text), Some(signing_key_id), Some(signature)) => {
            Some(DeletionCertificate {
                issued_at,
                text,
                signing_key_id,
                signature,
            })
        }
        (None, None, None, None) => None,
        _ => return Err(StoreError::corrupt("task_purges.certificate")),
    };
    Ok(TaskPurge {
        task_id: TaskId(row.task_id),
        school_id: SchoolId(row.school_id),
        counts: from_json("task_purges.counts", row.counts)?,
        started_at: row.started_at,
        certificate,
    })
}

fn row(purge: &TaskPurge) -> Result<Model, StoreError> {
    let certificate = purge.certificate.as_ref();
    Ok(Model {
        task_id: purge.task_id.0,
        school_id: purge.school_id.0,
        counts: to_json("task_purges.counts", &purge.counts)?,
        started_at: purge.started_at,
        done_at: certificate.map(|one| one.issued_at),
        certificate: certificate.map(|one| one.text.clone()),
        signing_key_id: certificate.map(|one| one.signing_key_id.clone()),
        signature: certificate.map(|one| one.signature.clone()),
    })
}

/// Notes that a task is purged; the first time counts.
pub async fn begin(tx: &Tx, purge: &TaskPurge) -> Result<(), StoreError> {
    Entity::insert(row(purge)?.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Replaces what is known of a purge, whose lock the caller holds.
pub async fn save(tx: &Tx, purge: &TaskPurge) -> Result<(), StoreError> {
    crate::row::save(tx, row(purge)?).await
}

/// The purge of a task.
pub async fn get(on: &impl ConnectionTrait, task: TaskId) -> Result<Option<TaskPurge>, StoreError> {
    let found = Entity::find_by_id(task.0).one(on);
    found.await?.map(read).transpose()
}

/// The purge of a task, locked until `tx` ends.
pub async fn lock(tx: &Tx, task: TaskId) -> Result<Option<TaskPurge>, StoreError> {
    let found = Entity::find_by_id(task.0).lock_exclusive().one(tx);
    found.await?.map(read).transpose()
}

/// The purges that are not at their end, the oldest first; at most `limit`. Those of schools that are being moved are left
/// out.
pub async fn running(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<TaskPurge>, StoreError> {
    let rows = Entity::find()
        .filter(Column::DoneAt.is_null())
        .filter(stays(Column::SchoolId))
        .order_by_asc(Column::StartedAt)
        .limit(limit)
        .all(on);
    rows.await?.into_iter().map(read).collect()
}

/// Tasks that are not purged and ended before a moment, in the order of their ids; at most `limit` after one. Those of
/// schools that are being moved are left out.
pub async fn ended_before(
    on: &impl ConnectionTrait,
    before: DateTime<Utc>,
    after: Option<TaskId>,
    limit: u64,
) -> Result<Vec<Task>, StoreError> {
    let ended_at = Func::coalesce([
        Expr::col(task::Column::EndedAt),
        Expr::col(task::Column::ClosesAt),
    ]);
    let mut query = task::Entity::find()
        .filter(task::Column::State.ne(TaskState::Purged.as_str()))
        .filter(stays(task::Column::SchoolId))
        .filter(Expr::expr(ended_at).lte(before));
    if let Some(after) = after {
        query = query.filter(task::Column::Id.gt(after.0));
    }
    let rows = query
        .order_by_asc(task::Column::Id)
        .limit(limit)
        .into_model::<crate::task::StoredTask>()
        .all(on);
    rows.await?.into_iter().map(crate::task::read).collect()
}

/// Why a task may not be purged yet.
pub async fn hold(on: &impl ConnectionTrait, task: &Task) -> Result<Option<PurgeHold>, StoreError> {
    let cases = money_case::Entity::find()
        .filter(money_case::Column::State.eq("open"))
        .filter(money_case::Column::OrderId.in_subquery(orders_of(task)));
    if cases.count(on).await? > 0 {
        return Ok(Some(PurgeHold::MoneyCase));
    }
    let under_way = [
        RefundState::Requested,
        RefundState::Submitted,
        RefundState::Abnormal,
    ];
    let refunds = refund::Entity::find()
        .filter(refund::Column::State.is_in(under_way.map(RefundState::as_str)))
        .filter(refund::Column::OrderId.in_subquery(orders_of(task)));
    if refunds.count(on).await? > 0 {
        return Ok(Some(PurgeHold::Refund));
    }
    let polled = payment_attempt::Column::NextPollAt.is_not_null();
    let payments = payment_attempt::Entity::find()
        .filter(Condition::all().add(polled))
        .filter(payment_attempt::Column::OrderId.in_subquery(orders_of(task)));
    let is_paying = payments.count(on).await? > 0;
    Ok(is_paying.then_some(PurgeHold::Payment))
}

fn orders_of(task: &Task) -> SelectStatement {
    order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(order::Column::SchoolId.eq(task.school_id.0))
        .filter(order::Column::TaskId.eq(task.id.0))
        .into_query()
}
