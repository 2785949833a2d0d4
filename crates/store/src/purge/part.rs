//! Deleting the parts of a task that is purged. Rows that orders refer to stay, without what names a person.

use domain::delivery::Delivery;
use domain::purge::{PurgePart, TaskPurge};
use domain::roster::RosterImport;
use domain::{PhotoId, RosterImportId};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::entity::{
    delivery, delivery_photo, enrolment, order, photo, photo_review, review_queue, roster_entry,
    roster_id, roster_import, roster_import_row, roster_ticket, student_reminder,
    verification_attempt,
};
use crate::{StoreError, Tx};

/// A photo whose row and files go.
#[derive(Debug, Clone)]
pub struct PhotoToPurge {
    /// The photo.
    pub id: PhotoId,
    /// Its files.
    pub file_keys: Vec<String>,
}

/// Some photos of a task; at most `limit`.
pub async fn photos(
    on: &impl ConnectionTrait,
    purge: &TaskPurge,
    limit: u64,
) -> Result<Vec<PhotoToPurge>, StoreError> {
    let rows = photo::Entity::find()
        .filter(photo::Column::SchoolId.eq(purge.school_id.0))
        .filter(photo::Column::TaskId.eq(purge.task_id.0))
        .limit(limit)
        .all(on);
    let read = |row| {
        let photo = crate::photo::read(row)?;
        Ok(PhotoToPurge {
            id: photo.id,
            file_keys: photo.file_keys().cloned().collect(),
        })
    };
    rows.await?.into_iter().map(read).collect()
}

/// Deletes the rows of photos, with what reviewers decided and what packages say of them.
pub async fn delete_photos(tx: &Tx, photos: &[PhotoToPurge]) -> Result<u64, StoreError> {
    let ids: Vec<Uuid> = photos.iter().map(|one| one.id.0).collect();
    let hashed: Vec<PhotoId> = photos.iter().map(|one| one.id).collect();
    crate::picture_band::forget(tx, &hashed).await?;
    delivery_photo::Entity::delete_many()
        .filter(delivery_photo::Column::PhotoId.is_in(ids.clone()))
        .exec(tx)
        .await?;
    photo_review::Entity::delete_many()
        .filter(photo_review::Column::PhotoId.is_in(ids.clone()))
        .exec(tx)
        .await?;
    review_queue::Entity::delete_many()
        .filter(review_queue::Column::PhotoId.is_in(ids.clone()))
        .exec(tx)
        .await?;
    let gone = photo::Entity::delete_many()
        .filter(photo::Column::Id.is_in(ids))
        .exec(tx);
    Ok(gone.await?.rows_affected)
}

/// Packages of a task that have a file; at most `limit`.
pub async fn packages(
    on: &impl ConnectionTrait,
    purge: &TaskPurge,
    limit: u64,
) -> Result<Vec<Delivery>, StoreError> {
    let rows = delivery::Entity::find()
        .filter(delivery::Column::SchoolId.eq(purge.school_id.0))
        .filter(delivery::Column::TaskId.eq(purge.task_id.0))
        .filter(delivery::Column::ObjectKey.ne(""))
        .limit(limit)
        .all(on);
    rows.await?.into_iter().map(crate::delivery::read).collect()
}

/// Imports of a task; at most `limit`.
pub async fn imports(
    on: &impl ConnectionTrait,
    purge: &TaskPurge,
    limit: u64,
) -> Result<Vec<RosterImport>, StoreError> {
    let rows = roster_import::Entity::find()
        .filter(roster_import::Column::SchoolId.eq(purge.school_id.0))
        .filter(roster_import::Column::TaskId.eq(purge.task_id.0))
        .limit(limit)
        .all(on);
    let rows = rows.await?.into_iter();
    rows.map(crate::roster_import::read).collect()
}

/// Deletes an import whose rows are gone.
pub async fn delete_import(tx: &Tx, id: RosterImportId) -> Result<u64, StoreError> {
    let gone = roster_import::Entity::delete_by_id(id.0).exec(tx);
    Ok(gone.await?.rows_affected)
}

/// Deletes some rows of a part, at most `limit`, and tells how many went. What has files goes by functions of its own.
pub async fn delete_batch(
    tx: &Tx,
    part: PurgePart,
    purge: &TaskPurge,
    limit: u64,
) -> Result<u64, StoreError> {
    let task = purge.task_id.0;
    match part {
        PurgePart::Photos | PurgePart::Packages | PurgePart::Imports => Ok(0),
        PurgePart::ImportRows => {
            use roster_import_row::{Column, Entity};
            let imports = roster_import::Entity::find()
                .select_only()
                .column(roster_import::Column::Id)
                .filter(roster_import::Column::TaskId.eq(task))
                .into_query();
            let rows = Entity::find().filter(Column::ImportId.in_subquery(imports));
            delete::<Entity>(tx, Column::Id, rows, limit).await
        }
        PurgePart::Questions => {
            use roster_ticket::{Column, Entity};
            let rows = Entity::find().filter(Column::TaskId.eq(task));
            delete::<Entity>(tx, Column::Id, rows, limit).await
        }
        PurgePart::Attempts => {
            use verification_attempt::{Column, Entity};
            let rows = Entity::find().filter(Column::TaskId.eq(task));
            delete::<Entity>(tx, Column::Id, rows, limit).await
        }
        PurgePart::Reminders => {
            use student_reminder::{Column, Entity};
            let rows = Entity::find().filter(Column::TaskId.eq(task));
            delete::<Entity>(tx, Column::EntryId, rows, limit).await
        }
        PurgePart::Numbers => {
            use roster_id::{Column, Entity};
            let rows = Entity::find().filter(Column::TaskId.eq(task));
            delete::<Entity>(tx, Column::Id, rows, limit).await
        }
        PurgePart::Enrolments => {
            use enrolment::{Column, Entity};
            let rows = Entity::find()
                .filter(Column::TaskId.eq(task))
                .filter(Column::Id.not_in_subquery(enrolments_with_orders(task)));
            delete::<Entity>(tx, Column::Id, rows, limit).await
        }
        PurgePart::Students => students(tx, task, limit).await,
    }
}

/// Deletes the rows of a query by their key, at most `limit`.
async fn delete<E: EntityTrait>(
    tx: &Tx,
    key: E::Column,
    rows: sea_orm::Select<E>,
    limit: u64,
) -> Result<u64, StoreError> {
    let picked = rows.select_only().column(key).limit(limit);
    let ids: Vec<Uuid> = picked.into_tuple().all(tx).await?;
    let gone = E::delete_many().filter(key.is_in(ids)).exec(tx);
    Ok(gone.await?.rows_affected)
}

fn enrolments_with_orders(task: Uuid) -> SelectStatement {
    Query::select()
        .column(order::Column::EnrolmentId)
        .from(order::Entity)
        .and_where(order::Column::TaskId.eq(task))
        .to_owned()
}

/// Deletes students, or empties the rows of those to whom an order belongs.
async fn students(tx: &Tx, task: Uuid, limit: u64) -> Result<u64, StoreError> {
    use roster_entry::{Column, Entity};
    let named = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::TaskId.eq(task))
        // A row that was emptied has no name.
        .filter(Column::NameSealed.ne(Vec::<u8>::new()))
        .order_by_asc(Column::Id)
        .limit(limit);
    let ids: Vec<Uuid> = named.into_tuple().all(tx).await?;
    let bound = enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::EntryId)
        .filter(enrolment::Column::EntryId.is_in(ids.clone()));
    let bound: Vec<Uuid> = bound.into_tuple().all(tx).await?;
    let emptied = Entity::update_many()
        .col_expr(Column::NameSealed, Expr::value(Vec::<u8>::new()))
        .col_expr(Column::NameIndex, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::StudentNoSealed, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::StudentNoIndex, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::College, Expr::value(None::<String>))
        .col_expr(Column::ClassName, Expr::value(None::<String>))
        .col_expr(Column::Major, Expr::value(None::<String>))
        .col_expr(Column::ExpectedGraduation, Expr::value(None::<String>))
        .filter(Column::Id.is_in(bound.clone()))
        .exec(tx)
        .await?
        .rows_affected;
    let free = ids.into_iter().filter(|id| !bound.contains(id));
    let gone = Entity::delete_many()
        .filter(Column::Id.is_in(free))
        .exec(tx)
        .await?;
    Ok(emptied + gone.rows_affected)
}
