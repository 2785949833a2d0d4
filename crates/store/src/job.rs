//! Work to do later.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::StoreError;
use crate::entity::job::{Column, Entity, Model};

/// The work of a kind that is due, whoever's, oldest first.
pub async fn due(
    on: &impl ConnectionTrait,
    kind: &str,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::AvailableAt.lte(now))
        .filter(Column::DoneAt.is_null())
        .order_by_asc(Column::AvailableAt)
        .limit(limit)
        .all(on);
    Ok(found.await?)
}

/// Forgets work that was done; another server may have been faster.
pub async fn forget(on: &impl ConnectionTrait, job: &Model) -> Result<(), StoreError> {
    Entity::delete_by_id(job.id).exec(on).await?;
    Ok(())
}
