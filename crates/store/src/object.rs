//! What lies in the object store, as the rows of all owners name it: for backups, which must hold all of it.

use domain::TaskId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::StoreError;
use crate::entity::{known_photo, photo, reconciliation};

/// So many rows make a page.
pub const PAGE: u64 = 200;

/// Which column of which table names an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectKind {
    /// A photo as it came.
    Original,
    /// A photo that was framed.
    Framed,
    /// A small one.
    Thumb,
    /// A provider's bill.
    Bill,
}

impl ObjectKind {
    /// The table and the column that the object is sealed for.
    pub const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Original => ("photos", "original"),
            Self::Framed => ("photos", "framed"),
            Self::Thumb => ("photos", "thumb"),
            Self::Bill => ("reconciliations", "bill"),
        }
    }
}

/// An object that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedObject {
    /// What it is.
    pub kind: ObjectKind,
    /// The row.
    pub row: Uuid,
    /// The task under whose keys it is sealed; none for a bill.
    pub task: Option<TaskId>,
    /// Its name in the object store.
    pub key: String,
    /// SHA-256 of what was sealed, where the row knows it.
    pub sha256: Option<Vec<u8>>,
}

/// A page of objects, and where the next begins.
#[derive(Debug)]
pub struct ObjectPage {
    /// The objects of at most [`PAGE`] rows.
    pub objects: Vec<NamedObject>,
    /// The last row; none after the last page.
    pub next: Option<Uuid>,
}

/// The files of the photos after one, in the order of their ids.
pub async fn of_photos(on: &impl ConnectionTrait, after: Uuid) -> Result<ObjectPage, StoreError> {
    use photo::Column;
    type Row = (Uuid, Uuid, String, Vec<u8>, String, Vec<u8>, String);
    let rows: Vec<Row> = photo::Entity::find()
        .select_only()
        .columns([Column::Id, Column::TaskId])
        .columns([Column::OriginalKey, Column::OriginalSha256])
        .columns([Column::FramedKey, Column::FramedSha256, Column::ThumbKey])
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(PAGE)
        .into_tuple()
        .all(on)
        .await?;
    let next = rows.last().map(|row| row.0);
    let objects = |(row, task, original, original_hash, framed, framed_hash, thumb): Row| {
        let object = move |(kind, key, sha256)| NamedObject {
            kind,
            row,
            task: Some(TaskId(task)),
            key,
            sha256,
        };
        // The name of a file that was deleted is empty.
        [
            (ObjectKind::Original, original, Some(original_hash)),
            (ObjectKind::Framed, framed, Some(framed_hash)),
            (ObjectKind::Thumb, thumb, None),
        ]
        .into_iter()
        .filter(|(_, key, _): &(_, String, _)| !key.is_empty())
        .map(object)
    };
    Ok(ObjectPage {
        objects: rows.into_iter().flat_map(objects).collect(),
        next,
    })
}

/// The files of known photos after one, in the order of their ids; they are sealed as those of photos are.
pub async fn of_known_photos(
    on: &impl ConnectionTrait,
    after: Uuid,
) -> Result<ObjectPage, StoreError> {
    use known_photo::Column;
    let rows = known_photo::Entity::find()
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(PAGE)
        .all(on)
        .await?;
    let next = rows.last().map(|row| row.id);
    let objects = |row: known_photo::Model| {
        let object = move |(kind, key, sha256)| NamedObject {
            kind,
            row: row.id,
            task: None,
            key,
            sha256,
        };
        [
            (ObjectKind::Original, row.original_key, None),
            (ObjectKind::Framed, row.framed_key, None),
            (ObjectKind::Thumb, row.thumb_key, None),
        ]
        .into_iter()
        .filter(|(_, key, _): &(_, String, Option<Vec<u8>>)| !key.is_empty())
        .map(object)
    };
    Ok(ObjectPage {
        objects: rows.into_iter().flat_map(objects).collect(),
        next,
    })
}

/// The providers' bills after one, in the order of their ids.
pub async fn of_bills(on: &impl ConnectionTrait, after: Uuid) -> Result<ObjectPage, StoreError> {
    use reconciliation::Column;
    let rows: Vec<(Uuid, Option<String>, Option<Vec<u8>>)> = reconciliation::Entity::find()
        .select_only()
        .columns([Column::Id, Column::BillKey, Column::BillSha256])
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(PAGE)
        .into_tuple()
        .all(on)
        .await?;
    let next = rows.last().map(|row| row.0);
    let object = |(row, key, sha256): (Uuid, Option<String>, _)| {
        Some(NamedObject {
            kind: ObjectKind::Bill,
            row,
            task: None,
            key: key?,
            sha256,
        })
    };
    Ok(ObjectPage {
        objects: rows.into_iter().filter_map(object).collect(),
        next,
    })
}

/// Whether the object's row still names it.
pub async fn is_named(on: &impl ConnectionTrait, object: &NamedObject) -> Result<bool, StoreError> {
    let key = object.key.as_str();
    let (photo_key, known_key) = match object.kind {
        ObjectKind::Original => (photo::Column::OriginalKey, known_photo::Column::OriginalKey),
        ObjectKind::Framed => (photo::Column::FramedKey, known_photo::Column::FramedKey),
        ObjectKind::Thumb => (photo::Column::ThumbKey, known_photo::Column::ThumbKey),
        ObjectKind::Bill => {
            let bills = reconciliation::Entity::find_by_id(object.row);
            let bills = bills.filter(reconciliation::Column::BillKey.eq(key));
            return Ok(bills.count(on).await? > 0);
        }
    };
    let photos = photo::Entity::find_by_id(object.row).filter(photo_key.eq(key));
    let known = known_photo::Entity::find_by_id(object.row).filter(known_key.eq(key));
    Ok(photos.count(on).await? > 0 || known.count(on).await? > 0)
}
