//! The library of photos whose right decision is known.

use chrono::{DateTime, Utc};
use domain::known_item::{KnownFiles, KnownPhoto, KnownUse};
use domain::page::{Page, PageRequest};
use domain::review::ReviewStage;
use domain::{AccountId, KnownPhotoId, SchoolId};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use serde_json::json;
use uuid::Uuid;

use crate::entity::known_photo::{Column, Entity, Model};
use crate::entity::seeded_item;
use crate::json::from_json;
use crate::word::word;
use crate::{StoreError, Tx, keyset};

pub(crate) fn read(row: Model) -> Result<KnownPhoto, StoreError> {
    let files = KnownFiles {
        original: row.original_key,
        framed: row.framed_key,
        thumb: row.thumb_key,
    };
    Ok(KnownPhoto {
        id: KnownPhotoId(row.id),
        outcome: word("known_photos.outcome", &row.outcome)?,
        reasons: from_json("known_photos.reasons", row.reasons)?,
        origin: row.origin,
        original_sha256: row.original_sha256,
        files: Some(files).filter(|files| !files.framed.is_empty()),
        crop: row
            .crop
            .map(|crop| from_json("known_photos.crop", crop))
            .transpose()?,
        verdict: from_json("known_photos.verdict", row.verdict)?,
        added_by: AccountId(row.added_by),
        added_at: row.added_at,
    })
}

fn row(known: &KnownPhoto) -> Model {
    let known = known.clone();
    let (original_key, framed_key, thumb_key) = match known.files {
        Some(files) => (files.original, files.framed, files.thumb),
        None => Default::default(),
    };
    Model {
        id: known.id.0,
        outcome: known.outcome.as_str().to_owned(),
        reasons: json!(known.reasons),
        origin: known.origin,
        original_sha256: known.original_sha256,
        original_key,
        framed_key,
        thumb_key,
        crop: known.crop.map(|crop| json!(crop)),
        verdict: json!(known.verdict),
        added_by: known.added_by.0,
        added_at: known.added_at,
    }
}

/// Adds a photo.
///
/// # Errors
/// [`StoreError::Conflict`] where the same file is there.
pub async fn insert(tx: &Tx, known: &KnownPhoto) -> Result<(), StoreError> {
    crate::insert(tx, row(known)).await
}

/// Replaces a photo, whose lock the caller holds.
pub async fn save(tx: &Tx, known: &KnownPhoto) -> Result<(), StoreError> {
    crate::row::save(tx, row(known)).await
}

/// Those that were not taken out.
fn in_use() -> Select<Entity> {
    Entity::find().filter(Column::FramedKey.ne(""))
}

/// A photo that was not taken out.
pub async fn get(
    on: &impl ConnectionTrait,
    id: KnownPhotoId,
) -> Result<Option<KnownPhoto>, StoreError> {
    let found = in_use().filter(Column::Id.eq(id.0)).one(on);
    found.await?.map(read).transpose()
}

/// As [`get`], locked until `tx` ends.
pub async fn lock(tx: &Tx, id: KnownPhotoId) -> Result<Option<KnownPhoto>, StoreError> {
    let found = in_use()
        .filter(Column::Id.eq(id.0))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}

/// A page of them, the newest first.
pub async fn page(
    on: &impl ConnectionTrait,
    page: &PageRequest<KnownPhotoId>,
) -> Result<Page<KnownPhoto>, StoreError> {
    let rows = keyset::newest_first(in_use(), Column::Id, page).all(on);
    let found = rows.await?.into_iter().map(read);
    let found = found.collect::<Result<Vec<_>, _>>()?;
    Ok(page.page(found, |known| known.id))
}

/// Every photo in use, with when it was last put into a queue and whether it waits in this one; for the stage of the bureau
/// all schools have one queue.
pub async fn uses(
    on: &impl ConnectionTrait,
    stage: ReviewStage,
    school: SchoolId,
) -> Result<Vec<KnownUse>, StoreError> {
    use seeded_item::Column as Item;
    let ids: Vec<Uuid> = in_use()
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(on)
        .await?;
    let used: Vec<(Uuid, DateTime<Utc>)> = seeded_item::Entity::find()
        .select_only()
        .column(Item::KnownId)
        .column_as(Item::SubmittedAt.into_expr().max(), "last_used")
        .group_by(Item::KnownId)
        .into_tuple()
        .all(on)
        .await?;
    let mut open = seeded_item::Entity::find()
        .select_only()
        .column(Item::KnownId)
        .filter(Item::Result.is_null())
        .filter(Item::Stage.eq(stage.as_str()));
    if stage == ReviewStage::School {
        open = open.filter(Item::SchoolId.eq(school.0));
    }
    let open: Vec<Uuid> = open.into_tuple().all(on).await?;
    let one = |id: Uuid| KnownUse {
        id: KnownPhotoId(id),
        last_used: used.iter().find(|row| row.0 == id).map(|row| row.1),
        is_open: open.contains(&id),
    };
    Ok(ids.into_iter().map(one).collect())
}
