//! Enrolments, and the tries to get one, by which the limits are counted.

use chrono::{DateTime, Utc};
use domain::{AccountId, EnrolmentId, RosterEntryId, SchoolId, TaskId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::entity::enrolment::{Column, Entity, Model};
use crate::entity::verification_attempt as attempt;
use crate::{StoreError, Tx};

fn live() -> Select<Entity> {
    Entity::find().filter(Column::State.eq("live"))
}

/// One of an account's enrolments; `None` also where it is somebody else's or was released.
pub async fn get(
    on: &impl ConnectionTrait,
    owner: AccountId,
    id: EnrolmentId,
) -> Result<Option<Model>, StoreError> {
    let found = live()
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .one(on);
    Ok(found.await?)
}

/// As [`get`], locked until `tx` ends.
pub async fn lock(tx: &Tx, owner: AccountId, id: EnrolmentId) -> Result<Option<Model>, StoreError> {
    let found = live()
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .lock_exclusive()
        .one(tx);
    Ok(found.await?)
}

/// An enrolment of a school, for what happens without a session, such as a payment that arrives.
pub async fn by_id_for_system(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: EnrolmentId,
) -> Result<Option<Model>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .one(on);
    Ok(found.await?)
}

/// A live enrolment, whoever's: for an operator.
pub async fn live_for_operator(
    on: &impl ConnectionTrait,
    id: EnrolmentId,
) -> Result<Option<Model>, StoreError> {
    Ok(live().filter(Column::Id.eq(id.0)).one(on).await?)
}

/// Whether an operator took a roster entry away from an account for good.
pub async fn is_barred(
    on: &impl ConnectionTrait,
    owner: AccountId,
    entry: RosterEntryId,
) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::EntryId.eq(entry.0))
        .filter(Column::IsBarred.eq(true))
        .one(on);
    Ok(found.await?.is_some())
}

/// An account's enrolments, newest first.
pub async fn of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<Model>, StoreError> {
    let found = live()
        .filter(Column::AccountId.eq(owner.0))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(on);
    Ok(found.await?)
}

/// Who holds a roster entry.
pub async fn holder(
    on: &impl ConnectionTrait,
    school: SchoolId,
    entry: RosterEntryId,
) -> Result<Option<Model>, StoreError> {
    let found = live()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::EntryId.eq(entry.0))
        .one(on);
    Ok(found.await?)
}

/// When an account failed to verify since a moment, in any task.
pub async fn failures_of_account(
    on: &impl ConnectionTrait,
    owner: AccountId,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let found = failures_since(since)
        .filter(attempt::Column::AccountId.eq(owner.0))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

/// When anybody failed to verify with a number in a task since a moment.
pub async fn failures_of_number(
    on: &impl ConnectionTrait,
    task: TaskId,
    number_index: &[u8],
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let found = failures_since(since)
        .filter(attempt::Column::TaskId.eq(task.0))
        .filter(attempt::Column::IdIndex.eq(number_index))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

/// When anybody failed to verify from a network since a moment, in any task.
pub async fn failures_from(
    on: &impl ConnectionTrait,
    network_hash: &[u8],
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let found = failures_since(since)
        .filter(attempt::Column::NetworkHash.eq(network_hash))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

fn failures_since(since: DateTime<Utc>) -> Select<attempt::Entity> {
    attempt::Entity::find()
        .select_only()
        .column(attempt::Column::CreatedAt)
        .filter(attempt::Column::Succeeded.eq(false))
        .filter(attempt::Column::CreatedAt.gt(since))
}

/// The different numbers that an account has tried in a task.
pub async fn numbers_tried(
    on: &impl ConnectionTrait,
    owner: AccountId,
    task: TaskId,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let found = attempt::Entity::find()
        .select_only()
        .column(attempt::Column::IdIndex)
        .distinct()
        .filter(attempt::Column::AccountId.eq(owner.0))
        .filter(attempt::Column::TaskId.eq(task.0))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}
