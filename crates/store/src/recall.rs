//! Approvals in doubt, and what became of each.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::page::{Page, PageRequest};
use domain::recall::{PhotoRecall, RecallState};
use domain::review::ReviewOutcome;
use domain::{AccountId, PhotoId, PhotoReviewId, SchoolId, TaskId};
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use uuid::Uuid;

use crate::entity::photo_recall::{Column, Entity, Model};
use crate::entity::photo_review as decision;
use crate::reach::within;
use crate::review::{IN_FORCE, UNDOABLE};
use crate::school_move::stays;
use crate::word::word;
use crate::{StoreError, Tx, keyset};

/// Whose approvals since when, in which task.
#[derive(Debug, Clone, Copy)]
pub struct Doubted {
    /// The reviewer.
    pub reviewer_id: AccountId,
    /// The task.
    pub task_id: TaskId,
    /// Made after this moment.
    pub since: DateTime<Utc>,
}

fn read(row: &Model) -> Result<PhotoRecall, StoreError> {
    Ok(PhotoRecall {
        review_id: PhotoReviewId(row.review_id),
        photo_id: PhotoId(row.photo_id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        stage: word("photo_recalls.stage", &row.stage)?,
        reviewer_id: AccountId(row.reviewer_id),
        state: word("photo_recalls.state", &row.state)?,
        recalled_at: row.recalled_at,
    })
}

/// The approvals of a reviewer that took effect, or will, and were made after a moment; of no known item, and of no school
/// that is being moved.
fn approvals(reviewer: AccountId, since: DateTime<Utc>) -> Select<decision::Entity> {
    decision::Entity::find()
        .filter(decision::Column::ReviewerId.eq(reviewer.0))
        .filter(decision::Column::State.is_in([IN_FORCE, UNDOABLE]))
        .filter(decision::Column::Outcome.eq(ReviewOutcome::Approved.as_str()))
        .filter(decision::Column::IsSeeded.eq(false))
        .filter(decision::Column::DecidedAt.gt(since))
        .filter(stays(decision::Column::SchoolId))
}

/// In which tasks a reviewer approved photos since a moment.
pub async fn tasks_of(
    tx: &Tx,
    reviewer: AccountId,
    since: DateTime<Utc>,
) -> Result<Vec<TaskId>, StoreError> {
    let rows: Vec<Uuid> = approvals(reviewer, since)
        .select_only()
        .column(decision::Column::TaskId)
        .distinct()
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(TaskId).collect())
}

/// Puts approvals into doubt, each once however often it is asked for, in one statement.
pub async fn begin(tx: &Tx, doubted: Doubted, now: DateTime<Utc>) -> Result<(), StoreError> {
    let doubtful = approvals(doubted.reviewer_id, doubted.since)
        .filter(decision::Column::TaskId.eq(doubted.task_id.0))
        .select_only()
        .columns([decision::Column::Id, decision::Column::PhotoId])
        .columns([decision::Column::SchoolId, decision::Column::TaskId])
        .columns([decision::Column::Stage, decision::Column::ReviewerId])
        .expr(Expr::value(RecallState::Due.as_str()))
        .expr(Expr::value(now))
        .into_query();
    let insert = Query::insert()
        .into_table(Entity)
        .columns([
            Column::ReviewId,
            Column::PhotoId,
            Column::SchoolId,
            Column::TaskId,
            Column::Stage,
            Column::ReviewerId,
            Column::State,
            Column::RecalledAt,
        ])
        .select_from(doubtful)
        .map_err(|_| StoreError::corrupt("the columns of photo_recalls"))?
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .to_owned();
    tx.execute(&insert).await?;
    Ok(())
}

/// Those of which nothing was done yet; at most `limit`. Those of schools that are being moved are left out.
pub async fn due(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<PhotoRecall>, StoreError> {
    let rows = Entity::find()
        .filter(Column::State.eq(RecallState::Due.as_str()))
        .filter(stays(Column::SchoolId))
        .order_by_asc(Column::ReviewId)
        .limit(limit)
        .all(on);
    rows.await?.iter().map(read).collect()
}

/// One, locked until `tx` ends.
pub async fn lock(tx: &Tx, id: PhotoReviewId) -> Result<Option<PhotoRecall>, StoreError> {
    let found = Entity::find_by_id(id.0).lock_exclusive().one(tx);
    found.await?.as_ref().map(read).transpose()
}

/// Says what became of one, whose lock the caller holds.
pub async fn save_state(tx: &Tx, id: PhotoReviewId, state: RecallState) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .filter(Column::ReviewId.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// A page of those whose photos the school has, in schools within reach; the latest approvals first.
pub async fn delivered(
    on: &impl ConnectionTrait,
    reach: &Reach,
    page: &PageRequest<PhotoReviewId>,
) -> Result<Page<PhotoRecall>, StoreError> {
    let query = Entity::find()
        .filter(within(Column::SchoolId, reach))
        .filter(Column::State.eq(RecallState::Delivered.as_str()));
    let rows = keyset::newest_first(query, Column::ReviewId, page).all(on);
    let found = rows.await?;
    let found = found.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(page.page(found, |recall| recall.review_id))
}

/// Forgets those of a task.
pub async fn delete_of_task(tx: &Tx, task: TaskId) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::TaskId.eq(task.0))
        .exec(tx)
        .await?;
    Ok(())
}
