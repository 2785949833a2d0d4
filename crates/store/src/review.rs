//! The queue of photos that wait for a review, and what reviewers decided. A photo has one row in the queue and one reviewer
//! at a time.

mod held;
mod known;
mod looked;
mod queue;
mod within;

use chrono::{DateTime, Utc};
use domain::access::StudentReach;
use domain::review::{RejectReason, ReviewStage};
use domain::review_queue::{ReviewLease, StageReview, StageReviewState, WaitingPhoto};
use domain::submitted_photo::SubmittedPhoto;
use domain::{AccountId, PhotoId, PhotoReviewId, SchoolId, Sealed, TaskId};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::json;

use crate::entity::photo_review as decision;
use crate::entity::review_queue::{Column, Entity, Model};
use crate::entity::{enrolment, photo};
use crate::school_move::stays;
use crate::word::word;
use crate::{StoreError, Tx};
pub use held::{all_held, give_back, give_back_some, mark_doubtful};
pub use queue::{length, take};
use within::within;

pub(crate) const UNDOABLE: &str = "undoable";
pub(crate) const IN_FORCE: &str = "in_force";
const UNDONE: &str = "undone";
const VOID: &str = "void";

/// Which photos a reviewer wants.
#[derive(Debug, Clone, Copy)]
pub struct QueueFilter<'a> {
    /// Who wants them.
    pub reviewer: AccountId,
    /// Photos that others are to look at too are nothing for a reviewer who looked at them after this moment.
    pub looked_since: DateTime<Utc>,
    /// Known photos at which the reviewer looked after this moment are nothing for them.
    pub known_since: DateTime<Utc>,
    /// The students whose photos the reviewer may see.
    pub reach: &'a StudentReach,
    /// For which stage they review.
    pub stage: ReviewStage,
    /// Of this task alone.
    pub task: Option<TaskId>,
    /// Only those on which the automatic check found nothing.
    pub is_clean: Option<bool>,
    /// Those that were passed on to somebody with more experience, or the others.
    pub is_escalated: bool,
}

fn read(row: &Model) -> Result<WaitingPhoto, StoreError> {
    let lease = row.leased_by.zip(row.leased_until);
    Ok(WaitingPhoto {
        photo_id: PhotoId(row.photo_id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        stage: word("review_queue.stage", &row.stage)?,
        is_clean: row.is_clean,
        is_escalated: row.is_escalated,
        is_sampled: row.is_sampled,
        is_seeded: row.is_seeded,
        look: row.look,
        since: row.since,
        lease: lease.map(|(reviewer, until)| ReviewLease {
            reviewer_id: AccountId(reviewer),
            until,
        }),
        decision_id: row.decision_id.map(PhotoReviewId),
        version: row.version,
    })
}

fn row(photo: &WaitingPhoto) -> Model {
    Model {
        photo_id: photo.photo_id.0,
        school_id: photo.school_id.0,
        task_id: photo.task_id.0,
        stage: photo.stage.as_str().to_owned(),
        is_clean: photo.is_clean,
        is_escalated: photo.is_escalated,
        is_sampled: photo.is_sampled,
        is_seeded: photo.is_seeded,
        look: photo.look,
        since: photo.since,
        leased_by: photo.lease.map(|lease| lease.reviewer_id.0),
        leased_until: photo.lease.map(|lease| lease.until),
        decision_id: photo.decision_id.map(|id| id.0),
        version: photo.version,
    }
}

/// Puts a photo into the queue.
///
/// # Errors
/// [`StoreError::Conflict`] where it is there.
pub async fn enter(tx: &Tx, photo: &WaitingPhoto) -> Result<(), StoreError> {
    crate::insert(tx, row(photo)).await
}

/// Replaces what the queue says of a photo, whose lock the caller holds.
pub async fn save(tx: &Tx, photo: &WaitingPhoto) -> Result<(), StoreError> {
    crate::row::save(tx, row(photo)).await
}

/// Takes a photo out of the queue. A decision about it that is not in force yet never will be.
pub async fn leave(tx: &Tx, photo: PhotoId, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::delete_by_id(photo.0).exec(tx).await?;
    decision::Entity::update_many()
        .col_expr(decision::Column::State, Expr::value(VOID))
        .col_expr(decision::Column::StateAt, Expr::value(now))
        .filter(decision::Column::PhotoId.eq(photo.0))
        .filter(decision::Column::State.eq(UNDOABLE))
        .exec(tx)
        .await?;
    Ok(())
}

/// What the queue says of a photo, locked until `tx` ends.
///
/// Who also locks the photo does that before.
pub async fn lock(
    tx: &Tx,
    reach: &StudentReach,
    photo: PhotoId,
) -> Result<Option<WaitingPhoto>, StoreError> {
    let found = Entity::find_by_id(photo.0)
        .filter(within(reach))
        .lock_exclusive()
        .one(tx);
    found.await?.as_ref().map(read).transpose()
}

/// What the queue says of a photo that this reviewer has.
pub async fn held(
    on: &impl ConnectionTrait,
    reach: &StudentReach,
    reviewer: AccountId,
    photo: PhotoId,
) -> Result<Option<WaitingPhoto>, StoreError> {
    let found = Entity::find_by_id(photo.0)
        .filter(within(reach))
        .filter(Column::LeasedBy.eq(reviewer.0))
        .one(on);
    found.await?.as_ref().map(read).transpose()
}

fn wanted(filter: &QueueFilter<'_>) -> Condition {
    let task = (filter.task).map(|task| Column::TaskId.eq(task.0));
    // Of a photo of the share nobody knows whether something was found on it.
    let is_clean = (filter.is_clean).map(|is_clean| {
        if is_clean {
            let is_seen = Condition::all().add(Column::IsSampled.eq(false));
            is_seen.add(Column::IsClean.eq(true))
        } else {
            let is_hidden = Condition::any().add(Column::IsSampled.eq(true));
            is_hidden.add(Column::IsClean.eq(false))
        }
    });
    Condition::all()
        .add(Column::Stage.eq(filter.stage.as_str()))
        .add(within(filter.reach))
        .add(stays(Column::SchoolId))
        .add(Column::DecisionId.is_null())
        .add(Column::IsEscalated.eq(filter.is_escalated))
        .add(looked::is_new(
            filter.reviewer,
            filter.looked_since,
            IN_FORCE,
        ))
        .add(known::is_new(filter.reviewer, filter.known_since, IN_FORCE))
        .add(known::is_undoubted(filter.reviewer, filter.looked_since))
        .add_option(task)
        .add_option(is_clean)
}

/// Photos of the queue, whatever their state; at most as many as are asked for.
pub async fn photos(
    on: &impl ConnectionTrait,
    ids: &[PhotoId],
) -> Result<Vec<SubmittedPhoto>, StoreError> {
    let rows = photo::Entity::find()
        .filter(photo::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(on);
    rows.await?.into_iter().map(crate::photo::read).collect()
}

/// The photos that came before these of the same students, each the one just before; for a comparison.
pub async fn previous(
    on: &impl ConnectionTrait,
    photos: &[SubmittedPhoto],
) -> Result<Vec<SubmittedPhoto>, StoreError> {
    let is_previous = photos
        .iter()
        .filter(|photo| photo.number > 1)
        .map(|photo| {
            Condition::all()
                .add(photo::Column::SchoolId.eq(photo.school_id.0))
                .add(photo::Column::EnrolmentId.eq(photo.enrolment_id.0))
                .add(photo::Column::Number.eq(photo.number - 1))
        })
        .reduce(|all, one| Condition::any().add(all).add(one));
    let Some(is_previous) = is_previous else {
        return Ok(Vec::new());
    };
    let rows = photo::Entity::find().filter(is_previous).all(on).await?;
    rows.into_iter().map(crate::photo::read).collect()
}

/// Keeps a decision that can be undone.
pub async fn insert_decision(
    tx: &Tx,
    review: &StageReview,
    effective_at: DateTime<Utc>,
    note: Option<Sealed>,
) -> Result<(), StoreError> {
    let row = decision::Model {
        id: review.id.0,
        photo_id: review.photo_id.0,
        school_id: review.school_id.0,
        task_id: review.task_id.0,
        stage: review.stage.as_str().to_owned(),
        reviewer_id: review.reviewer_id.0,
        outcome: review.outcome.as_str().to_owned(),
        reasons: json!(review.reasons),
        note_sealed: note.map(Sealed::into_bytes),
        look: review.look,
        findings_hidden: review.findings_hidden,
        is_seeded: review.is_seeded,
        decided_at: review.decided_at,
        effective_at,
        state: UNDOABLE.to_owned(),
        state_at: review.decided_at,
    };
    crate::insert(tx, row).await
}

pub(crate) fn read_decision(row: decision::Model) -> Result<StageReview, StoreError> {
    let state = match row.state.as_str() {
        UNDOABLE => StageReviewState::Undoable(row.effective_at),
        IN_FORCE => StageReviewState::InForce(row.state_at),
        UNDONE => StageReviewState::Undone(row.state_at),
        VOID => StageReviewState::Void(row.state_at),
        _ => return Err(StoreError::corrupt("photo_reviews.state")),
    };
    let reasons: Vec<RejectReason> = serde_json::from_value(row.reasons)
        .map_err(|_| StoreError::corrupt("photo_reviews.reasons"))?;
    Ok(StageReview {
        id: PhotoReviewId(row.id),
        photo_id: PhotoId(row.photo_id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        stage: word("photo_reviews.stage", &row.stage)?,
        reviewer_id: AccountId(row.reviewer_id),
        outcome: word("photo_reviews.outcome", &row.outcome)?,
        reasons,
        look: row.look,
        findings_hidden: row.findings_hidden,
        is_seeded: row.is_seeded,
        decided_at: row.decided_at,
        state,
    })
}

/// A decision of this reviewer.
pub async fn own_decision(
    on: &impl ConnectionTrait,
    reviewer: AccountId,
    id: PhotoReviewId,
) -> Result<Option<StageReview>, StoreError> {
    let found = decision::Entity::find_by_id(id.0)
        .filter(decision::Column::ReviewerId.eq(reviewer.0))
        .one(on);
    found.await?.map(read_decision).transpose()
}

/// The latest decisions of this reviewer, the latest first; at most `limit`.
pub async fn latest_decisions(
    on: &impl ConnectionTrait,
    reviewer: AccountId,
    limit: u64,
) -> Result<Vec<StageReview>, StoreError> {
    let rows = decision::Entity::find()
        .filter(decision::Column::ReviewerId.eq(reviewer.0))
        .order_by_desc(decision::Column::DecidedAt)
        .order_by_desc(decision::Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(read_decision).collect()
}

/// The decisions that can no longer be undone and are not in force, the oldest first; at most `limit`.
pub async fn due(
    on: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<StageReview>, StoreError> {
    let rows = decision::Entity::find()
        .filter(decision::Column::State.eq(UNDOABLE))
        .filter(decision::Column::EffectiveAt.lte(now))
        .order_by_asc(decision::Column::EffectiveAt)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(read_decision).collect()
}

/// A decision, locked until `tx` ends.
pub async fn lock_decision(tx: &Tx, id: PhotoReviewId) -> Result<Option<StageReview>, StoreError> {
    let found = decision::Entity::find_by_id(id.0).lock_exclusive().one(tx);
    found.await?.map(read_decision).transpose()
}

/// What was written with a decision.
pub async fn note_of(
    on: &impl ConnectionTrait,
    id: PhotoReviewId,
) -> Result<Option<Sealed>, StoreError> {
    let found = decision::Entity::find_by_id(id.0).one(on).await?;
    Ok(found.and_then(|row| row.note_sealed).map(Sealed::from))
}

/// The account of the student whose photo it is.
pub async fn owner_of(
    on: &impl ConnectionTrait,
    id: PhotoId,
) -> Result<Option<AccountId>, StoreError> {
    let of_photo = Query::select()
        .column(photo::Column::EnrolmentId)
        .from(photo::Entity)
        .and_where(photo::Column::Id.eq(id.0))
        .to_owned();
    let found = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::AccountId)
        .filter(enrolment::Column::Id.in_subquery(of_photo))
        .into_tuple()
        .one(on);
    Ok(found.await?.map(AccountId))
}

/// A photo that a reviewer has or decided about, or that came before such a one of the same student; `None` also where its
/// task was purged. What they may see is asked of the photo that they have.
pub async fn seen_by(
    on: &impl ConnectionTrait,
    reach: &StudentReach,
    reviewer: AccountId,
    id: PhotoId,
) -> Result<Option<SubmittedPhoto>, StoreError> {
    let Some(found) = photo::Entity::find_by_id(id.0)
        .filter(photo::Column::TaskId.not_in_subquery(crate::task::purged()))
        .one(on)
        .await?
    else {
        return Ok(None);
    };
    let same_student = Query::select()
        .column(photo::Column::Id)
        .from(photo::Entity)
        .and_where(photo::Column::SchoolId.eq(found.school_id))
        .and_where(photo::Column::EnrolmentId.eq(found.enrolment_id))
        .to_owned();
    let held = Entity::find()
        .filter(Column::PhotoId.in_subquery(same_student.clone()))
        .filter(Column::LeasedBy.eq(reviewer.0))
        .filter(within(reach));
    let decided = decision::Entity::find()
        .filter(decision::Column::PhotoId.in_subquery(same_student))
        .filter(decision::Column::ReviewerId.eq(reviewer.0));
    // Who decided for a school that they no longer work for sees nothing of it any more.
    let is_in_reach = match reach {
        StudentReach::AllSchools => true,
        StudentReach::Schools(schools) => {
            (schools.iter()).any(|one| one.school_id.0 == found.school_id)
        }
    };
    let is_seen = is_in_reach && (held.count(on).await? > 0 || decided.count(on).await? > 0);
    is_seen.then(|| crate::photo::read(found)).transpose()
}

/// Moves a decision, whose lock the caller holds.
pub async fn save_state(
    tx: &Tx,
    id: PhotoReviewId,
    state: StageReviewState,
) -> Result<(), StoreError> {
    let (text, at) = match state {
        StageReviewState::Undoable(_) => return Ok(()),
        StageReviewState::InForce(at) => (IN_FORCE, at),
        StageReviewState::Undone(at) => (UNDONE, at),
        StageReviewState::Void(at) => (VOID, at),
    };
    decision::Entity::update_many()
        .col_expr(decision::Column::State, Expr::value(text))
        .col_expr(decision::Column::StateAt, Expr::value(at))
        .filter(decision::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}
