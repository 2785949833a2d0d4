//! Several looks at one photo, and how reviewers decide.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::review::{ReviewOutcome, ReviewStage};
use domain::review_quality::{ComparedLook, DecisionMoment};
use domain::review_queue::{StageReview, WaitingPhoto};
use domain::{AccountId, SchoolId};
use sea_orm::sea_query::Query;
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

/// Who decided when since a moment, the latest first; at most `limit`.
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
