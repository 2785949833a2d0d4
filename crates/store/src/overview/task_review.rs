//! The decisions of reviewers about a task's photos, as staff and integrators see them.

use domain::PhotoReviewId;
use domain::page::{Page, PageRequest};
use domain::review_queue::StageReview;
use domain::task::Task;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::photo_review::{Column, Entity};
use crate::review::{IN_FORCE, read_decision};
use crate::{StoreError, keyset};

/// A page of the decisions about photos of a task that took effect, newest first.
pub async fn task_reviews(
    on: &impl ConnectionTrait,
    task: &Task,
    page: &PageRequest<PhotoReviewId>,
) -> Result<Page<StageReview>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(task.school_id.0))
        .filter(Column::TaskId.eq(task.id.0))
        .filter(Column::IsSeeded.eq(false))
        .filter(Column::State.eq(IN_FORCE));
    let rows = keyset::newest_first(query, Column::Id, page).all(on);
    let found = rows.await?.into_iter().map(read_decision);
    let found = found.collect::<Result<Vec<_>, _>>()?;
    Ok(page.page(found, |review| review.id))
}
