//! Students' questions to schools about the roster.

use domain::AccountId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::StoreError;
use crate::entity::roster_ticket::{Column, Entity, Model};

/// An account's questions, newest first.
pub async fn of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(on);
    Ok(found.await?)
}

/// An account's questions that wait for an answer.
pub async fn open_of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::State.eq("open"))
        .all(on);
    Ok(found.await?)
}
