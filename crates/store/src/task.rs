//! Collection tasks; a published one may be seen by everybody, which `domain` decides.

use domain::task::TaskState;
use domain::{SchoolId, TaskId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::StoreError;
use crate::entity::task::{Column, Entity, Model};

/// A task, whatever its state.
pub async fn get(on: &impl ConnectionTrait, id: TaskId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id.0).one(on).await?)
}

/// The tasks of a school that students may see.
pub async fn published(
    on: &impl ConnectionTrait,
    school: SchoolId,
) -> Result<Vec<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::State.is_in(TaskState::PUBLISHED.map(TaskState::as_str)))
        .all(on);
    Ok(found.await?)
}
