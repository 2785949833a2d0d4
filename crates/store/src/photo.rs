//! Photos of an enrolment: one live row, the earlier ones kept.

use chrono::{DateTime, Utc};
use domain::photo_state::PhotoState;
use domain::{AccountId, EnrolmentId, PhotoCheckId, PhotoId, SchoolId, UploadId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

use crate::entity::photo::{Column, Entity, Model};
use crate::entity::{enrolment, photo_check as check};
use crate::{StoreError, Tx};

fn of(school: SchoolId, enrolment: EnrolmentId) -> Select<Entity> {
    Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::EnrolmentId.eq(enrolment.0))
}

/// One of an account's photos; `None` also where it is somebody else's.
pub async fn get(
    on: &impl ConnectionTrait,
    owner: AccountId,
    id: PhotoId,
) -> Result<Option<Model>, StoreError> {
    let own = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::Id)
        .filter(enrolment::Column::AccountId.eq(owner.0))
        .filter(enrolment::Column::State.eq("live"));
    let found = Entity::find_by_id(id.0)
        .filter(Column::EnrolmentId.in_subquery(own.into_query()))
        .one(on);
    Ok(found.await?)
}

/// The photo that counts, or else the latest.
pub async fn current(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<Model>, StoreError> {
    if let Some(live) = live(on, school, enrolment).await? {
        return Ok(Some(live));
    }
    let latest = of(school, enrolment).order_by_desc(Column::Number).one(on);
    Ok(latest.await?)
}

/// The photo that counts.
pub async fn live(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<Model>, StoreError> {
    Ok(live_of(school, enrolment).one(on).await?)
}

/// As [`live`], locked until `tx` ends; every move of a photo begins so.
///
/// Who also locks the order of the enrolment does that before, so that no two wait for each other.
pub async fn lock_live(
    tx: &Tx,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<Model>, StoreError> {
    let found = live_of(school, enrolment).lock_exclusive().one(tx);
    Ok(found.await?)
}

fn live_of(school: SchoolId, enrolment: EnrolmentId) -> Select<Entity> {
    let words = PhotoState::ALL
        .iter()
        .filter(|state| state.is_live())
        .map(|state| state.as_str());
    of(school, enrolment).filter(Column::State.is_in(words))
}

/// The photo that an upload became.
pub async fn by_upload(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
    upload: UploadId,
) -> Result<Option<Model>, StoreError> {
    let found = of(school, enrolment)
        .filter(Column::UploadId.eq(upload.0))
        .one(on);
    Ok(found.await?)
}

/// How many photos were ever submitted.
pub async fn count(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<u64, StoreError> {
    Ok(of(school, enrolment).count(on).await?)
}

/// Whether a photo was ever entered.
pub async fn is_entered(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: PhotoId,
) -> Result<bool, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .one(on);
    Ok(found.await?.is_some())
}

/// When an account's files were examined since a moment without becoming a photo, in any task.
pub async fn checks_since(
    on: &impl ConnectionTrait,
    owner: AccountId,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let found = check::Entity::find()
        .select_only()
        .column(check::Column::CreatedAt)
        .filter(check::Column::AccountId.eq(owner.0))
        .filter(check::Column::CreatedAt.gt(since))
        .into_tuple()
        .all(on);
    Ok(found.await?)
}

/// Forgets the examinations of an account before a moment, which count no more.
pub async fn forget_checks(
    tx: &Tx,
    owner: AccountId,
    before: DateTime<Utc>,
) -> Result<(), StoreError> {
    check::Entity::delete_many()
        .filter(check::Column::AccountId.eq(owner.0))
        .filter(check::Column::CreatedAt.lte(before))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets an examination of an account, which led to a photo.
pub async fn forget_check(tx: &Tx, owner: AccountId, id: PhotoCheckId) -> Result<(), StoreError> {
    check::Entity::delete_many()
        .filter(check::Column::AccountId.eq(owner.0))
        .filter(check::Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}
