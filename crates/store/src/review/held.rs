//! The photos that a reviewer has, what is found on them later, and giving them back.

use chrono::{DateTime, Utc};
use domain::access::StudentReach;
use domain::review_queue::MOST_LEASED;
use domain::submitted_photo::SubmittedPhoto;
use domain::{AccountId, PhotoId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};

use super::within::within;
use crate::StoreError;
use crate::entity::photo;
use crate::entity::review_queue::{Column, Entity};
use crate::school_move::stays;

/// The photos that this reviewer has and did not decide about; at most as many as one can have.
pub async fn all_held(
    on: &impl ConnectionTrait,
    reach: &StudentReach,
    reviewer: AccountId,
) -> Result<Vec<SubmittedPhoto>, StoreError> {
    let ids = Entity::find()
        .select_only()
        .column(Column::PhotoId)
        .filter(within(reach))
        .filter(Column::LeasedBy.eq(reviewer.0))
        .filter(Column::DecisionId.is_null())
        .limit(MOST_LEASED as u64)
        .into_query();
    let rows = photo::Entity::find()
        .filter(photo::Column::Id.in_subquery(ids))
        .all(on);
    rows.await?.into_iter().map(crate::photo::read).collect()
}

/// Gives back the photos that a reviewer has and did not decide about. Those of schools that are being moved stay with the
/// reviewer until the lease ends.
pub async fn give_back(on: &impl ConnectionTrait, reviewer: AccountId) -> Result<(), StoreError> {
    give_back_where(on, reviewer, Condition::all()).await
}

/// Gives back these of the photos that a reviewer has and did not decide about.
pub async fn give_back_some(
    on: &impl ConnectionTrait,
    reviewer: AccountId,
    photos: &[PhotoId],
) -> Result<(), StoreError> {
    let is_one = Column::PhotoId.is_in(photos.iter().map(|photo| photo.0));
    give_back_where(on, reviewer, Condition::all().add(is_one)).await
}

async fn give_back_where(
    on: &impl ConnectionTrait,
    reviewer: AccountId,
    condition: Condition,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::LeasedBy, Expr::value(None::<uuid::Uuid>))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::LeasedBy.eq(reviewer.0))
        .filter(Column::DecisionId.is_null())
        .filter(stays(Column::SchoolId))
        .filter(condition)
        .exec(on)
        .await?;
    Ok(())
}

/// Says of photos of the queue that something was found on them.
pub async fn mark_doubtful(
    on: &impl ConnectionTrait,
    photos: &[PhotoId],
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::IsClean, Expr::value(false))
        .filter(Column::PhotoId.is_in(photos.iter().map(|photo| photo.0)))
        .filter(Column::IsClean.eq(true))
        .exec(on)
        .await?;
    Ok(())
}
