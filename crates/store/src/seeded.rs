//! Known photos among those that wait, and what was decided about them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::access::{Reach, StudentReach};
use domain::known_item::{CatchRecord, KnownPhoto, KnownResult, SeededFraming, SeededItem};
use domain::{AccountId, KnownPhotoId, PhotoId, SchoolId, TaskId};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use crate::entity::seeded_item::{Column, Entity, Model};
use crate::entity::{known_photo, photo_review, review_queue};
use crate::json::from_json;
use crate::reach::within;
use crate::word::word;
use crate::{StoreError, Tx};

/// An item with its photo of the library.
#[derive(Debug, Clone)]
pub struct SeededPhoto {
    /// The item.
    pub item: SeededItem,
    /// The photo.
    pub known: KnownPhoto,
}

/// A decision about an item.
#[derive(Debug, Clone, Copy)]
pub struct SeededDecision {
    /// The item.
    pub photo_id: PhotoId,
    /// Who decided.
    pub reviewer_id: AccountId,
    /// What it shows.
    pub result: KnownResult,
    /// When it was made.
    pub decided_at: DateTime<Utc>,
}

fn read(row: &Model) -> Result<SeededItem, StoreError> {
    Ok(SeededItem {
        photo_id: PhotoId(row.photo_id),
        known_id: KnownPhotoId(row.known_id),
        beside_id: PhotoId(row.beside_id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        stage: word("seeded_items.stage", &row.stage)?,
        submitted_at: row.submitted_at,
        framing: row
            .framing
            .clone()
            .map(|framing| from_json("seeded_items.framing", framing))
            .transpose()?,
    })
}

/// Adds an item; its place in the queue is the caller's matter.
pub async fn insert(tx: &Tx, item: &SeededItem) -> Result<(), StoreError> {
    let row = Model {
        photo_id: item.photo_id.0,
        known_id: item.known_id.0,
        beside_id: item.beside_id.0,
        school_id: item.school_id.0,
        task_id: item.task_id.0,
        stage: item.stage.as_str().to_owned(),
        submitted_at: item.submitted_at,
        reviewer_id: None,
        result: None,
        decided_at: None,
        framing: None,
    };
    crate::insert(tx, row).await
}

/// Items by the ids that reviewers know; others are left out.
pub async fn of_ids(
    on: &impl ConnectionTrait,
    ids: &[PhotoId],
) -> Result<Vec<SeededPhoto>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::PhotoId.is_in(ids.iter().map(|id| id.0)))
        .all(on)
        .await?;
    let known = known_photo::Entity::find()
        .filter(known_photo::Column::Id.is_in(rows.iter().map(|row| row.known_id)))
        .all(on)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(known) = known.iter().find(|known| known.id == row.known_id) {
            found.push(SeededPhoto {
                item: read(row)?,
                known: crate::known_photo::read(known.clone())?,
            });
        }
    }
    Ok(found)
}

/// An item that a reviewer has or decided about, in a school for which they still work.
pub async fn seen_by(
    on: &impl ConnectionTrait,
    reach: &StudentReach,
    reviewer: AccountId,
    id: PhotoId,
) -> Result<Option<SeededPhoto>, StoreError> {
    let held = Query::select()
        .column(review_queue::Column::PhotoId)
        .from(review_queue::Entity)
        .and_where(review_queue::Column::LeasedBy.eq(reviewer.0))
        .to_owned();
    let decided = Query::select()
        .column(photo_review::Column::PhotoId)
        .from(photo_review::Entity)
        .and_where(photo_review::Column::PhotoId.eq(id.0))
        .and_where(photo_review::Column::ReviewerId.eq(reviewer.0))
        .to_owned();
    let is_seen = Condition::any()
        .add(Column::PhotoId.in_subquery(held))
        .add(Column::PhotoId.in_subquery(decided));
    let found = Entity::find_by_id(id.0).filter(is_seen).one(on).await?;
    let is_in_reach = |found: &Model| match reach {
        StudentReach::AllSchools => true,
        StudentReach::Schools(schools) => {
            (schools.iter()).any(|one| one.school_id.0 == found.school_id)
        }
    };
    match found.filter(is_in_reach) {
        Some(found) => Ok(of_ids(on, &[PhotoId(found.photo_id)]).await?.pop()),
        None => Ok(None),
    }
}

/// Keeps what a decision about an item shows.
pub async fn settle(tx: &Tx, decision: SeededDecision) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::ReviewerId, Expr::value(decision.reviewer_id.0))
        .col_expr(Column::Result, Expr::value(decision.result.as_str()))
        .col_expr(Column::DecidedAt, Expr::value(decision.decided_at))
        .filter(Column::PhotoId.eq(decision.photo_id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// What the decisions of a reviewer since a moment show, whatever school they were made for.
pub async fn record(
    on: &impl ConnectionTrait,
    reviewer: AccountId,
    since: DateTime<Utc>,
) -> Result<CatchRecord, StoreError> {
    let is_theirs = Column::ReviewerId.eq(reviewer.0);
    let mut found = summed(on, Condition::all().add(is_theirs), since).await?;
    Ok(found.remove(&reviewer).unwrap_or_default())
}

/// What the decisions of each reviewer since a moment show, in schools within reach.
pub async fn records(
    on: &impl ConnectionTrait,
    reach: &Reach,
    since: DateTime<Utc>,
) -> Result<HashMap<AccountId, CatchRecord>, StoreError> {
    summed(on, within(Column::SchoolId, reach), since).await
}

async fn summed(
    on: &impl ConnectionTrait,
    wanted: Condition,
    since: DateTime<Utc>,
) -> Result<HashMap<AccountId, CatchRecord>, StoreError> {
    let rows: Vec<(Uuid, String, i64)> = Entity::find()
        .select_only()
        .column(Column::ReviewerId)
        .column(Column::Result)
        .column_as(Column::PhotoId.into_expr().count(), "items")
        .filter(wanted)
        .filter(Column::DecidedAt.gte(since))
        .group_by(Column::ReviewerId)
        .group_by(Column::Result)
        .into_tuple()
        .all(on)
        .await?;
    let mut records: HashMap<AccountId, CatchRecord> = HashMap::new();
    for (reviewer, result, count) in rows {
        let record = records.entry(AccountId(reviewer)).or_default();
        let count = u64::try_from(count).unwrap_or_default();
        record.add(word("seeded_items.result", &result)?, count);
    }
    Ok(records)
}

/// When a reviewer last caught a fault, since a moment.
pub async fn last_caught(
    on: &impl ConnectionTrait,
    reviewer: AccountId,
    since: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::DecidedAt)
        .filter(Column::ReviewerId.eq(reviewer.0))
        .filter(Column::Result.eq(KnownResult::Caught.as_str()))
        .filter(Column::DecidedAt.gte(since))
        .order_by_desc(Column::DecidedAt)
        .into_tuple()
        .one(on);
    Ok(found.await?)
}

/// The items of a photo about which nobody decided yet.
pub async fn open_of(tx: &Tx, known: KnownPhotoId) -> Result<Vec<PhotoId>, StoreError> {
    let rows: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::PhotoId)
        .filter(Column::KnownId.eq(known.0))
        .filter(Column::Result.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(PhotoId).collect())
}

/// Keeps how a reviewer framed an item anew; the caller holds the lock of its place in the queue.
pub async fn save_framing(tx: &Tx, id: PhotoId, framing: &SeededFraming) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Framing, Expr::value(json!(framing)))
        .filter(Column::PhotoId.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// The framings of the items of a photo of the library.
pub async fn framings_of(
    on: &impl ConnectionTrait,
    known: KnownPhotoId,
) -> Result<Vec<SeededFraming>, StoreError> {
    framings(on, Column::KnownId.eq(known.0)).await
}

/// The framings of the items of a task.
pub async fn framings_in(
    on: &impl ConnectionTrait,
    task: TaskId,
) -> Result<Vec<SeededFraming>, StoreError> {
    framings(on, Column::TaskId.eq(task.0)).await
}

async fn framings(
    on: &impl ConnectionTrait,
    wanted: SimpleExpr,
) -> Result<Vec<SeededFraming>, StoreError> {
    let rows = Entity::find()
        .filter(wanted)
        .filter(Column::Framing.is_not_null())
        .all(on)
        .await?;
    let items = rows.iter().map(read);
    let framings = items.filter_map(|item| item.map(|item| item.framing).transpose());
    framings.collect()
}

/// Forgets how the items of a photo were framed, whose files are deleted.
pub async fn forget_framings(tx: &Tx, known: KnownPhotoId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Framing, Expr::value(None::<Json>))
        .filter(Column::KnownId.eq(known.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets an item about which nobody decided.
pub async fn forget(tx: &Tx, id: PhotoId) -> Result<(), StoreError> {
    Entity::delete_by_id(id.0).exec(tx).await?;
    Ok(())
}

/// Forgets the items of a task with every trace of them in queue and decisions.
pub async fn delete_of_task(tx: &Tx, task: TaskId) -> Result<(), StoreError> {
    review_queue::Entity::delete_many()
        .filter(review_queue::Column::TaskId.eq(task.0))
        .filter(review_queue::Column::IsSeeded.eq(true))
        .exec(tx)
        .await?;
    photo_review::Entity::delete_many()
        .filter(photo_review::Column::TaskId.eq(task.0))
        .filter(photo_review::Column::IsSeeded.eq(true))
        .exec(tx)
        .await?;
    Entity::delete_many()
        .filter(Column::TaskId.eq(task.0))
        .exec(tx)
        .await?;
    Ok(())
}
