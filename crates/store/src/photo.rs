//! Photos of an enrolment: one live row, the earlier ones kept.

use chrono::{DateTime, Utc};
use domain::photo_state::PhotoState;
use domain::submitted_photo::SubmittedPhoto;
use domain::{
    AccountId, EnrolmentId, PhotoCheckId, PhotoId, SchoolId, Sealed, StoredText, TaskId, UploadId,
};
use sea_orm::prelude::Json;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::enrolment::is_live;
use crate::entity::photo::{Column, Entity, Model};
use crate::entity::{enrolment, photo_check as check};
use crate::word::word;
use crate::{StoreError, Tx};

/// The examination of a file, by which an account's examinations are limited.
#[derive(Debug, Clone, Copy)]
pub struct PhotoCheck {
    /// Its id.
    pub id: PhotoCheckId,
    /// The school of the task.
    pub school_id: SchoolId,
    /// Whose file it was.
    pub account_id: AccountId,
    /// When it was examined.
    pub created_at: DateTime<Utc>,
}

pub(crate) fn read(row: Model) -> Result<SubmittedPhoto, StoreError> {
    let key = |name: String| Some(name).filter(|name| !name.is_empty());
    let review = row.review.map(|review| document("photos.review", review));
    Ok(SubmittedPhoto {
        id: PhotoId(row.id),
        school_id: SchoolId(row.school_id),
        task_id: TaskId(row.task_id),
        enrolment_id: EnrolmentId(row.enrolment_id),
        upload_id: UploadId(row.upload_id),
        number: row.number,
        state: word("photos.state", &row.state)?,
        original_key: key(row.original_key),
        original_sha256: row.original_sha256,
        original_bytes: row.original_bytes,
        framed_key: key(row.framed_key),
        framed_sha256: row.framed_sha256,
        framed_bytes: row.framed_bytes,
        thumb_key: key(row.thumb_key),
        crop: document("photos.crop", row.crop)?,
        measurements: row.measurements,
        verdict: document("photos.verdict", row.verdict)?,
        rules_version: row.rules_version,
        source: word("photos.source", &row.source)?,
        note: StoredText::of_columns(row.note, row.note_sealed),
        review: review.transpose()?,
        review_note: row.review_note_sealed.map(Sealed::from),
        created_at: row.created_at,
        state_at: row.state_at,
        version: row.version,
        original_erased_at: row.original_erased_at,
        files_erased_at: row.files_erased_at,
        adjusted_at: row.adjusted_at,
    })
}

fn document<T: DeserializeOwned>(column: &str, json: Json) -> Result<T, StoreError> {
    serde_json::from_value(json).map_err(|_| StoreError::Corrupt {
        what: column.to_owned(),
    })
}

fn row(photo: &SubmittedPhoto) -> Model {
    let photo = photo.clone();
    let (note, note_sealed) = StoredText::into_columns(photo.note);
    Model {
        id: photo.id.0,
        school_id: photo.school_id.0,
        task_id: photo.task_id.0,
        enrolment_id: photo.enrolment_id.0,
        upload_id: photo.upload_id.0,
        number: photo.number,
        state: photo.state.as_str().to_owned(),
        original_key: photo.original_key.unwrap_or_default(),
        original_sha256: photo.original_sha256,
        original_bytes: photo.original_bytes,
        framed_key: photo.framed_key.unwrap_or_default(),
        framed_sha256: photo.framed_sha256,
        framed_bytes: photo.framed_bytes,
        thumb_key: photo.thumb_key.unwrap_or_default(),
        crop: json!(photo.crop),
        measurements: photo.measurements,
        verdict: json!(photo.verdict),
        rules_version: photo.rules_version,
        source: photo.source.as_str().to_owned(),
        note,
        review: photo.review.map(|review| json!(review)),
        created_at: photo.created_at,
        state_at: photo.state_at,
        version: photo.version,
        note_sealed,
        review_note_sealed: photo.review_note.map(Sealed::into_bytes),
        original_erased_at: photo.original_erased_at,
        files_erased_at: photo.files_erased_at,
        adjusted_at: photo.adjusted_at,
    }
}

/// Adds a photo.
///
/// # Errors
/// [`StoreError::Conflict`] where its upload is known or its enrolment has a live photo.
pub async fn insert(tx: &Tx, photo: &SubmittedPhoto) -> Result<(), StoreError> {
    crate::row::insert(tx, row(photo)).await
}

/// Replaces what can change of a photo, whose lock the caller holds: everything but frame and verdict.
pub async fn save(tx: &Tx, photo: &SubmittedPhoto) -> Result<(), StoreError> {
    let mut row = row(photo).into_active_model().reset_all();
    row.crop = ActiveValue::NotSet;
    row.verdict = ActiveValue::NotSet;
    Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Replaces a photo whose lock the caller holds, frame and verdict too.
pub async fn save_frame(tx: &Tx, photo: &SubmittedPhoto) -> Result<(), StoreError> {
    crate::row::save(tx, row(photo)).await
}

/// Counts an examination.
pub async fn count_check(tx: &Tx, examined: PhotoCheck) -> Result<(), StoreError> {
    let row = check::Model {
        id: examined.id.0,
        school_id: examined.school_id.0,
        account_id: examined.account_id.0,
        created_at: examined.created_at,
    };
    crate::row::insert(tx, row).await
}

fn of(school: SchoolId, enrolment: EnrolmentId) -> Select<Entity> {
    Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::EnrolmentId.eq(enrolment.0))
}

/// One of an account's photos; `None` also where it is somebody else's, or its task was purged.
pub async fn get(
    on: &impl ConnectionTrait,
    owner: AccountId,
    id: PhotoId,
) -> Result<Option<SubmittedPhoto>, StoreError> {
    let found = own(owner, id).one(on);
    found.await?.map(read).transpose()
}

/// One of an account's photos in a task that was not purged.
pub(crate) fn own(owner: AccountId, id: PhotoId) -> Select<Entity> {
    let enrolments = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::Id)
        .filter(enrolment::Column::AccountId.eq(owner.0))
        .filter(is_live());
    Entity::find_by_id(id.0)
        .filter(Column::EnrolmentId.in_subquery(enrolments.into_query()))
        .filter(Column::TaskId.not_in_subquery(crate::task::purged()))
}

/// The photo that counts, or else the latest.
pub async fn current(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<SubmittedPhoto>, StoreError> {
    if let Some(live) = live(on, school, enrolment).await? {
        return Ok(Some(live));
    }
    let latest = of(school, enrolment).order_by_desc(Column::Number).one(on);
    latest.await?.map(read).transpose()
}

/// The photo that counts.
pub async fn live(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<SubmittedPhoto>, StoreError> {
    let found = live_of(school, enrolment).one(on);
    found.await?.map(read).transpose()
}

/// As [`live`], locked until `tx` ends; every move of a photo begins so.
///
/// Who also locks the order of the enrolment does that before, so that no two wait for each other.
pub async fn lock_live(
    tx: &Tx,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<Option<SubmittedPhoto>, StoreError> {
    let found = live_of(school, enrolment).lock_exclusive().one(tx);
    found.await?.map(read).transpose()
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
) -> Result<Option<SubmittedPhoto>, StoreError> {
    let found = of(school, enrolment)
        .filter(Column::UploadId.eq(upload.0))
        .one(on);
    found.await?.map(read).transpose()
}

/// How many photos were ever submitted.
pub async fn count(
    on: &impl ConnectionTrait,
    school: SchoolId,
    enrolment: EnrolmentId,
) -> Result<u64, StoreError> {
    Ok(of(school, enrolment).count(on).await?)
}

/// The names of a photo's files; none where it was never entered.
pub async fn file_names(
    on: &impl ConnectionTrait,
    school: SchoolId,
    id: PhotoId,
) -> Result<Vec<String>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::SchoolId.eq(school.0))
        .one(on);
    let photo = found.await?.map(read).transpose()?;
    let names = photo.iter().flat_map(SubmittedPhoto::file_keys);
    Ok(names.cloned().collect())
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
