//! Difference hashes of photos, kept in parts, and the photos of a school that look nearly the same. docs/decisions/0057.

use std::collections::HashMap;

use domain::submitted_photo::{DifferenceHash, SubmittedPhoto};
use domain::{AccountId, EnrolmentId, PhotoId, SchoolId};

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, JoinType, Order, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::entity::picture_band::{Column, Entity, Model};
use crate::entity::{enrolment, photo as photos};
use crate::{StoreError, Tx};

/// The most candidates that are compared bit by bit, of all photos that are asked about: those with most equal parts.
const CANDIDATES: u64 = 500;

/// Keeps the hash of a photo, in place of an earlier one.
pub async fn keep(
    tx: &Tx,
    school: SchoolId,
    photo: PhotoId,
    hash: DifferenceHash,
) -> Result<(), StoreError> {
    forget(tx, &[photo]).await?;
    let rows = (0..).zip(hash.bands()).map(|(band, value)| Model {
        photo_id: photo.0,
        band,
        value: value.into(),
        school_id: school.0,
    });
    let rows = rows.map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Forgets the hashes of photos whose files go.
pub async fn forget(tx: &Tx, photos: &[PhotoId]) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::PhotoId.is_in(photos.iter().map(|photo| photo.0)))
        .exec(tx)
        .await?;
    Ok(())
}

/// A photo that shows what another student of the school sent as well.
#[derive(Debug, Clone, PartialEq)]
pub struct SamePicture {
    /// The photo that was asked about.
    pub photo_id: PhotoId,
    /// The other student's.
    pub other: SubmittedPhoto,
    /// Whether it is the same file; otherwise the framed photos are nearly the same.
    pub is_same_file: bool,
}

/// What other students of the same school sent that is the same file as one of these photos, or looks nearly the same
/// framed; the earliest first. Photos whose files were deleted are not found.
pub async fn same_pictures(
    on: &impl ConnectionTrait,
    asked: &[SubmittedPhoto],
) -> Result<Vec<SamePicture>, StoreError> {
    let near = near(on, asked).await?;
    let files = asked
        .iter()
        .filter(|photo| !photo.original_sha256.is_empty())
        .map(|photo| {
            Condition::all()
                .add(photos::Column::SchoolId.eq(photo.school_id.0))
                .add(photos::Column::OriginalSha256.eq(photo.original_sha256.clone()))
        });
    let is_alike = files.fold(Condition::any(), Condition::add);
    let is_alike = is_alike.add(photos::Column::Id.is_in(near.iter().map(|pair| pair.other)));
    let rows = photos::Entity::find()
        .filter(is_alike)
        .filter(photos::Column::FilesErasedAt.is_null())
        .all(on)
        .await?;
    let mut others: Vec<SubmittedPhoto> = rows
        .into_iter()
        .map(crate::photo::read)
        .collect::<Result<_, _>>()?;
    others.sort_by_key(|other| (other.created_at, other.id));
    let owners = owners(on, asked, &others).await?;
    let owner = |photo: &SubmittedPhoto| owners.get(&photo.enrolment_id);
    let mut found = Vec::new();
    for photo in asked {
        for other in &others {
            let is_theirs = other.school_id == photo.school_id && owner(other) != owner(photo);
            let is_same_file = other.original_sha256 == photo.original_sha256;
            let is_near = near
                .iter()
                .any(|pair| pair.photo == photo.id.0 && pair.other == other.id.0);
            if is_theirs && (is_same_file || is_near) {
                found.push(SamePicture {
                    photo_id: photo.id,
                    other: other.clone(),
                    is_same_file,
                });
            }
        }
    }
    Ok(found)
}

/// A photo and another of its school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    photo: Uuid,
    other: Uuid,
}

/// The pairs of one of these photos and another whose hashes are near. Each bit that differs spoils one part at most, so
/// that those which differ in fewer bits than there are parts are always found by a part that is equal.
async fn near(
    on: &impl ConnectionTrait,
    asked: &[SubmittedPhoto],
) -> Result<Vec<Pair>, StoreError> {
    let (own, other) = (Alias::new("own"), Alias::new("other"));
    let both = |column| Expr::col((other.clone(), column)).equals((own.clone(), column));
    let is_other =
        Expr::col((other.clone(), Column::PhotoId)).ne(Expr::col((own.clone(), Column::PhotoId)));
    let count = Func::count(Expr::col((other.clone(), Column::Band)));
    let mut query = Query::select();
    query
        .expr_as(Expr::col((own.clone(), Column::PhotoId)), "photo")
        .expr_as(Expr::col((other.clone(), Column::PhotoId)), "near")
        .from_as(Entity, own.clone())
        .join_as(
            JoinType::InnerJoin,
            Entity,
            other.clone(),
            both(Column::SchoolId)
                .and(both(Column::Band))
                .and(both(Column::Value))
                .and(is_other),
        )
        .and_where(
            Expr::col((own.clone(), Column::PhotoId)).is_in(asked.iter().map(|photo| photo.id.0)),
        )
        .group_by_columns([(own, Column::PhotoId), (other, Column::PhotoId)])
        .order_by_expr(count.into(), Order::Desc)
        .limit(CANDIDATES);
    let mut pairs = Vec::new();
    for row in on.query_all(&query).await? {
        pairs.push(Pair {
            photo: row.try_get("", "photo")?,
            other: row.try_get("", "near")?,
        });
    }
    if pairs.is_empty() {
        return Ok(pairs);
    }
    let ids = pairs.iter().flat_map(|pair| [pair.photo, pair.other]);
    let rows = Entity::find().filter(Column::PhotoId.is_in(ids)).all(on);
    let hashes = hashes(rows.await?)?;
    let hash = |id| hashes.get(&id);
    pairs.retain(|pair| {
        let both = hash(pair.photo).zip(hash(pair.other));
        both.is_some_and(|(one, other)| one.is_near(other))
    });
    Ok(pairs)
}

fn hashes(rows: Vec<Model>) -> Result<HashMap<Uuid, DifferenceHash>, StoreError> {
    let corrupt = || StoreError::corrupt("picture_bands");
    let mut bands: HashMap<Uuid, [u16; DifferenceHash::BANDS]> = HashMap::new();
    for row in rows {
        let place = usize::try_from(row.band).map_err(|_| corrupt())?;
        let bands = bands.entry(row.photo_id).or_default();
        let band = bands.get_mut(place).ok_or_else(corrupt)?;
        *band = u16::try_from(row.value).map_err(|_| corrupt())?;
    }
    let hash = |(id, bands)| (id, DifferenceHash::of_bands(bands));
    Ok(bands.into_iter().map(hash).collect())
}

/// Whose photos these are.
async fn owners(
    on: &impl ConnectionTrait,
    asked: &[SubmittedPhoto],
    others: &[SubmittedPhoto],
) -> Result<HashMap<EnrolmentId, AccountId>, StoreError> {
    let both = asked.iter().chain(others);
    let found = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::Id)
        .column(enrolment::Column::AccountId)
        .filter(enrolment::Column::Id.is_in(both.map(|photo| photo.enrolment_id.0)))
        .into_tuple::<(Uuid, Uuid)>()
        .all(on)
        .await?;
    let owner = |(id, account)| (EnrolmentId(id), AccountId(account));
    Ok(found.into_iter().map(owner).collect())
}
