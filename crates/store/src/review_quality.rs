//! Several looks at one photo, and how reviewers decide.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::review::{ReviewOutcome, ReviewStage};
use domain::review_quality::{ComparedLook, DecisionMoment};
use domain::review_queue::{StageReview, WaitingPhoto};
use domain::{AccountId, SchoolId};
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::entity::photo_review::{Column, Entity};
use crate::reach::within;
use crate::review::{IN_FORCE, read_decision};
use crate::{StoreError, Tx};

/// What was decided about a photo since it waits for its stage, the first first; nothing of what was only passed on.
pub async fn looks(tx: &Tx, waiting: &WaitingPhoto) -> Result<Vec<StageReview>, StoreError> {
    let rows = Entity::find()
        .filter(Column::PhotoId.eq(waiting.photo_id.0))
        .filter(Column::Stage.eq(waiting.stage.as_str()))
        .filter(Column::State.eq(IN_FORCE))
        .filter(Column::Outcome.ne(ReviewOutcome::Escalated.as_str()))
        .filter(Column::DecidedAt.gte(waiting.since))
        .order_by_asc(Column::DecidedAt)
        .order_by_asc(Column::Id)
        .all(tx);
    rows.await?.into_iter().map(read_decision).collect()
}

/// How many people have reviewed for a stage since a moment; for that of the school, in this school.
pub async fn active_reviewers(
    on: &impl ConnectionTrait,
    stage: ReviewStage,
    school: SchoolId,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let of_school = match stage {
        ReviewStage::School => Some(Column::SchoolId.eq(school.0)),
        ReviewStage::Bureau => None,
    };
    let found = Entity::find()
        .select_only()
        .column(Column::ReviewerId)
        .distinct()
        .filter(Column::Stage.eq(stage.as_str()))
        .filter(Column::DecidedAt.gte(since))
        .filter(Condition::all().add_option(of_school));
    Ok(found.count(on).await?)
}

/// How many people have reviewed for a school's own stage.
#[derive(Debug, Clone, Copy)]
pub struct SchoolReviewers {
    /// The school.
    pub school_id: SchoolId,
    /// How many.
    pub reviewers: u64,
}

/// How many have reviewed for the stage of each school within reach since a moment; schools where nobody did are left out.
pub async fn reviewers_of_schools(
    on: &impl ConnectionTrait,
    reach: &Reach,
    since: DateTime<Utc>,
) -> Result<Vec<SchoolReviewers>, StoreError> {
    let rows: Vec<(Uuid, i64)> = Entity::find()
        .select_only()
        .column(Column::SchoolId)
        .column_as(Column::ReviewerId.into_expr().count_distinct(), "reviewers")
        .filter(within(Column::SchoolId, reach))
        .filter(Column::Stage.eq(ReviewStage::School.as_str()))
        .filter(Column::DecidedAt.gte(since))
        .group_by(Column::SchoolId)
        .order_by_asc(Column::SchoolId)
        .into_tuple()
        .all(on)
        .await?;
    let read = |(school, count): (Uuid, i64)| SchoolReviewers {
        school_id: SchoolId(school),
        reviewers: u64::try_from(count).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Who decided when since a moment about photos of students, the latest first; at most `limit`.
pub async fn decisions(
    on: &impl ConnectionTrait,
    reach: &Reach,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<DecisionMoment>, StoreError> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = Entity::find()
        .select_only()
        .column(Column::ReviewerId)
        .column(Column::DecidedAt)
        .filter(within(Column::SchoolId, reach))
        .filter(Column::State.eq(IN_FORCE))
        .filter(Column::IsSeeded.eq(false))
        .filter(Column::DecidedAt.gte(since))
        .order_by_desc(Column::DecidedAt)
        .limit(limit)
        .into_tuple()
        .all(on)
        .await?;
    let read = |(reviewer, at)| DecisionMoment {
        reviewer_id: AccountId(reviewer),
        at,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The photos that several looked at since a moment, with what each decided; at most `limit` decisions.
pub async fn compared(
    on: &impl ConnectionTrait,
    reach: &Reach,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Vec<ComparedLook>>, StoreError> {
    let again = Query::select()
        .column(Column::PhotoId)
        .from(Entity)
        .and_where(Column::Look.gt(1))
        .and_where(Column::State.eq(IN_FORCE))
        .and_where(Column::DecidedAt.gte(since))
        .to_owned();
    let rows = Entity::find()
        .filter(within(Column::SchoolId, reach))
        .filter(Column::PhotoId.in_subquery(again))
        .filter(Column::State.eq(IN_FORCE))
        .filter(Column::Outcome.ne(ReviewOutcome::Escalated.as_str()))
        .order_by_desc(Column::PhotoId)
        .order_by_asc(Column::Stage)
        .order_by_asc(Column::DecidedAt)
        .limit(limit)
        .all(on);
    let mut photos: Vec<Vec<ComparedLook>> = Vec::new();
    let mut last = None;
    for row in rows.await? {
        let review = read_decision(row)?;
        let place = Some((review.photo_id, review.stage));
        let look = ComparedLook {
            reviewer_id: review.reviewer_id,
            outcome: review.outcome,
            reasons: review.reasons,
        };
        match photos.last_mut().filter(|_| place == last) {
            // An escalated photo may have been decided about by somebody who had looked at it before.
            Some(looks) if looks.iter().any(|one| one.reviewer_id == look.reviewer_id) => {}
            Some(looks) => looks.push(look),
            None => photos.push(vec![look]),
        }
        last = place;
    }
    Ok(photos)
}
