//! Packages of photos for schools.

pub mod content;
pub mod prints;

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::delivery::{Delivery, DeliveryState, PackageChange};
use domain::page::{Page, PageRequest};
use domain::{AccountId, DeliveryId, SchoolId, TaskId};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::delivery::{Column, Entity, Model};
use crate::entity::{delivery_photo, photo};
use crate::json::{from_json, to_json};
use crate::word::{optional_word, word};
use crate::{StoreError, Tx};

pub(crate) fn read(row: Model) -> Result<Delivery, StoreError> {
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(Delivery {
        id: DeliveryId(row.id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        kind: word("deliveries.kind", &row.kind)?,
        state: word("deliveries.state", &row.state)?,
        settings: from_json("deliveries.settings", row.settings)?,
        base_id: row.base_id.map(DeliveryId),
        counts: from_json("deliveries.counts", row.counts)?,
        photos_done: count(row.photos_done),
        photos_total: count(row.photos_total),
        object_key: Some(row.object_key).filter(|key| !key.is_empty()),
        object_bytes: count(row.object_bytes),
        object_sha256: row.object_sha256,
        parts: from_json("deliveries.parts", row.parts)?,
        failure: optional_word("deliveries.failure", row.failure.as_deref())?,
        account_id: row.account_id.map(AccountId),
        created_at: row.created_at,
        updated_at: row.updated_at,
        ready_at: row.ready_at,
        acknowledged_at: row.acknowledged_at,
        printed_at: row.printed_at,
        prints_received_at: row.prints_received_at,
    })
}

fn row(delivery: &Delivery) -> Result<Model, StoreError> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(Model {
        id: delivery.id.0,
        school_id: delivery.school_id.0,
        task_id: delivery.task_id.0,
        kind: delivery.kind.as_str().to_owned(),
        state: delivery.state.as_str().to_owned(),
        profile: delivery.settings.profile_id().to_owned(),
        settings: to_json("deliveries.settings", &delivery.settings)?,
        base_id: delivery.base_id.map(|id| id.0),
        counts: to_json("deliveries.counts", &delivery.counts)?,
        photos_done: count(delivery.photos_done),
        photos_total: count(delivery.photos_total),
        object_key: delivery.object_key.clone().unwrap_or_default(),
        object_bytes: count(delivery.object_bytes),
        object_sha256: delivery.object_sha256.clone(),
        parts: to_json("deliveries.parts", &delivery.parts)?,
        failure: delivery.failure.map(|failure| failure.as_str().to_owned()),
        account_id: delivery.account_id.map(|id| id.0),
        created_at: delivery.created_at,
        updated_at: delivery.updated_at,
        ready_at: delivery.ready_at,
        acknowledged_at: delivery.acknowledged_at,
        printed_at: delivery.printed_at,
        prints_received_at: delivery.prints_received_at,
    })
}

/// Adds a package.
///
/// # Errors
/// [`StoreError::Conflict`] where one of its profile is being made for the task.
pub async fn insert(tx: &Tx, delivery: &Delivery) -> Result<(), StoreError> {
    crate::row::insert(tx, row(delivery)?).await
}

/// Replaces a package, whose lock the caller holds.
pub async fn save(tx: &Tx, delivery: &Delivery) -> Result<(), StoreError> {
    crate::row::save(tx, row(delivery)?).await
}

/// A package of a school within reach.
pub async fn get(
    on: &impl ConnectionTrait,
    reach: &Reach,
    id: DeliveryId,
) -> Result<Option<Delivery>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(crate::reach::within(Column::SchoolId, reach))
        .one(on);
    found.await?.map(read).transpose()
}

/// As [`get`], locked until `tx` ends.
pub async fn lock(tx: &Tx, reach: &Reach, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(crate::reach::within(Column::SchoolId, reach))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}

/// A page of the packages of a task, newest first.
pub async fn of_task(
    on: &impl ConnectionTrait,
    school: SchoolId,
    task: TaskId,
    page: &PageRequest<DeliveryId>,
) -> Result<Page<Delivery>, StoreError> {
    let query = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::TaskId.eq(task.0));
    let rows = crate::keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let found: Vec<Delivery> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(found, |delivery| delivery.id))
}

/// The packages of a profile that were made for a task, newest first, at most so many.
pub async fn made(
    on: &impl ConnectionTrait,
    school: SchoolId,
    task: TaskId,
    profile: &str,
    limit: u64,
) -> Result<Vec<Delivery>, StoreError> {
    let states = DeliveryState::ALL.iter().filter(|state| state.is_made());
    let rows = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::TaskId.eq(task.0))
        .filter(Column::Profile.eq(profile))
        .filter(Column::State.is_in(states.map(|state| state.as_str())))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(on);
    rows.await?.into_iter().map(read).collect()
}

/// Notes how far the making of a package is; whether it is still made, and by whoever writes this file.
pub async fn progress(
    on: &impl ConnectionTrait,
    delivery: &Delivery,
    photos_done: u64,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = i64::try_from(photos_done).unwrap_or(i64::MAX);
    let changed = Entity::update_many()
        .col_expr(Column::PhotosDone, Expr::value(done))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Id.eq(delivery.id.0))
        .filter(Column::State.eq(DeliveryState::Building.as_str()))
        .filter(Column::ObjectKey.eq(delivery.object_key.as_deref().unwrap_or_default()))
        .exec(on)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Packages whose file is to be deleted, of every school that is not being moved: made before a moment, or not acknowledged
/// and with a photo whose files were erased since. The oldest, at most so many.
pub async fn with_outdated_file(
    on: &impl ConnectionTrait,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Delivery>, StoreError> {
    let is_erased = Condition::all()
        .add(Column::State.eq(DeliveryState::Ready.as_str()))
        .add(Column::Id.in_subquery(with_erased_photo()));
    let rows = Entity::find()
        .filter(Column::ObjectKey.ne(""))
        .filter(Column::State.ne(DeliveryState::Building.as_str()))
        .filter(crate::school_move::stays(Column::SchoolId))
        .filter(
            Condition::any()
                .add(Column::UpdatedAt.lt(before))
                .add(is_erased),
        )
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on);
    rows.await?.into_iter().map(read).collect()
}

/// Whether a package holds a photo whose files were erased since.
pub async fn has_erased_photo(
    on: &impl ConnectionTrait,
    id: DeliveryId,
) -> Result<bool, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::Id.in_subquery(with_erased_photo()))
        .one(on);
    Ok(found.await?.is_some())
}

/// The packages that hold a photo whose files were erased.
fn with_erased_photo() -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column((delivery_photo::Entity, delivery_photo::Column::DeliveryId))
        .from(delivery_photo::Entity)
        .inner_join(
            photo::Entity,
            Expr::col((photo::Entity, photo::Column::Id))
                .equals((delivery_photo::Entity, delivery_photo::Column::PhotoId)),
        )
        .and_where(
            Expr::col((delivery_photo::Entity, delivery_photo::Column::Change))
                .eq(PackageChange::Added.as_str()),
        )
        .and_where(Expr::col((photo::Entity, photo::Column::FilesErasedAt)).is_not_null())
        .to_owned()
}
