//! Changes of phone in progress, found by their account.

use domain::phone_change::PhoneChange;
use domain::{AccountId, ChallengeId, PhoneChangeId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::phone_change::{Column, Entity, Model};
use crate::{StoreError, Tx};

fn read(row: Model) -> PhoneChange {
    PhoneChange {
        id: PhoneChangeId(row.id),
        account_id: AccountId(row.account_id),
        old_challenge_id: ChallengeId(row.old_challenge_id),
        new_challenge_id: ChallengeId(row.new_challenge_id),
        new_phone_index: row.new_phone_index.into(),
        new_phone_sealed: row.new_phone_sealed.into(),
        created_at: row.created_at,
        expires_at: row.expires_at,
        done_at: row.done_at,
    }
}

fn row(change: &PhoneChange) -> Model {
    let change = change.clone();
    Model {
        id: change.id.0,
        account_id: change.account_id.0,
        old_challenge_id: change.old_challenge_id.0,
        new_challenge_id: change.new_challenge_id.0,
        new_phone_index: change.new_phone_index.into(),
        new_phone_sealed: change.new_phone_sealed.into(),
        created_at: change.created_at,
        expires_at: change.expires_at,
        done_at: change.done_at,
    }
}

/// Adds a change.
pub async fn insert(tx: &Tx, change: &PhoneChange) -> Result<(), StoreError> {
    crate::row::insert(tx, row(change)).await
}

/// Replaces a change, whose lock the caller holds.
pub async fn save(tx: &Tx, change: &PhoneChange) -> Result<(), StoreError> {
    crate::row::save(tx, row(change)).await
}

/// A change of the account's phone, locked until `tx` ends; `None` also where it is somebody else's.
pub async fn lock(
    tx: &Tx,
    owner: AccountId,
    id: PhoneChangeId,
) -> Result<Option<PhoneChange>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::AccountId.eq(owner.0))
        .lock_exclusive()
        .one(tx);
    Ok(found.await?.map(read))
}
