//! Changes of phone in progress, found by their account.

use domain::{AccountId, PhoneChangeId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::phone_change::{Column, Entity, Model};
use crate::{StoreError, Tx};

/// A change of the account's phone, locked until `tx` ends; `None` also where it is somebody else's.
pub async fn lock(
    tx: &Tx,
    owner: AccountId,
    id: PhoneChangeId,
) -> Result<Option<Model>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::AccountId.eq(owner.0))
        .lock_exclusive()
        .one(tx);
    Ok(found.await?)
}
