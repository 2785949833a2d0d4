//! What happened: added to, in the transaction of its cause.

use domain::SchoolId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::event::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// The number of the next event of a thing; the caller holds the thing's lock.
pub async fn next_sequence(tx: &Tx, object_id: Uuid) -> Result<i32, StoreError> {
    let latest: Option<Option<i32>> = Entity::find()
        .select_only()
        .column_as(Column::Sequence.max(), "latest")
        .filter(Column::ObjectId.eq(object_id))
        .into_tuple()
        .one(tx)
        .await?;
    Ok(latest.flatten().unwrap_or(0) + 1)
}

/// What happened to a thing of a school, in order.
pub async fn of(
    on: &impl ConnectionTrait,
    school: SchoolId,
    object_id: Uuid,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::ObjectId.eq(object_id))
        .order_by_asc(Column::Sequence)
        .all(on)
        .await?)
}
