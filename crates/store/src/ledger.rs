//! The ledger: added to, never changed.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::StoreError;
use crate::entity::ledger::{Column, Entity, Model};
use crate::entity::order;

/// The lines of an order, oldest first.
pub async fn of_order(
    on: &impl ConnectionTrait,
    order: &order::Model,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrderId.eq(order.id))
        .order_by_asc(Column::Id)
        .all(on)
        .await?)
}
