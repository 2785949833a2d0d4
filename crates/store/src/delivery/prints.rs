//! The prints of a package: whose they are, and who signed for theirs.

use chrono::{DateTime, Utc};
use domain::delivery::PackageChange;
use domain::page::{Page, PageRequest};
use domain::roster::RosterEntry;
use domain::{DeliveryId, DeliveryPhotoId, SchoolId};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryTrait, Select};

use crate::entity::{delivery_photo as part, enrolment, photo, roster_entry};
use crate::joined::{row, with_columns};
use crate::{StoreError, Tx};

/// A print of a package.
#[derive(Debug, Clone)]
pub struct PackagedPrint {
    /// Its id.
    pub id: DeliveryPhotoId,
    /// The student on the roster.
    pub entry: RosterEntry,
    /// When the student signed for it.
    pub signed_at: Option<DateTime<Utc>>,
}

fn prints(school: SchoolId, delivery: DeliveryId) -> Select<part::Entity> {
    part::Entity::find()
        .filter(part::Column::SchoolId.eq(school.0))
        .filter(part::Column::DeliveryId.eq(delivery.0))
        .filter(part::Column::Change.eq(PackageChange::Added.as_str()))
}

/// A page of the prints of a package, the last of the package first.
pub async fn page(
    on: &impl ConnectionTrait,
    school: SchoolId,
    delivery: DeliveryId,
    page: &PageRequest<DeliveryPhotoId>,
) -> Result<Page<PackagedPrint>, StoreError> {
    let mut query = crate::keyset::newest_first(prints(school, delivery), part::Column::Id, page);
    let select = QueryTrait::query(&mut query);
    let of_part =
        Expr::col((photo::Entity, photo::Column::Id)).equals((part::Entity, part::Column::PhotoId));
    let of_photo = Expr::col((enrolment::Entity, enrolment::Column::Id))
        .equals((photo::Entity, photo::Column::EnrolmentId));
    let of_enrolment = Expr::col((roster_entry::Entity, roster_entry::Column::Id))
        .equals((enrolment::Entity, enrolment::Column::EntryId));
    select.join(JoinType::InnerJoin, photo::Entity, of_part);
    select.join(JoinType::InnerJoin, enrolment::Entity, of_photo);
    select.join(JoinType::InnerJoin, roster_entry::Entity, of_enrolment);
    with_columns::<roster_entry::Entity>(select, "entry_");
    let found = on.query_all(&query.into_query()).await?;
    let read = |result| {
        let part: part::Model = row(result, "")?;
        Ok(PackagedPrint {
            id: DeliveryPhotoId(part.id),
            entry: crate::roster::read(row(result, "entry_")?)?,
            signed_at: part.signed_at,
        })
    };
    let found: Result<Vec<_>, StoreError> = found.iter().map(read).collect();
    Ok(page.page(found?, |print| print.id))
}

/// Notes that students signed for prints at a moment, or for none that they did not; how many prints that changed.
pub async fn sign(
    tx: &Tx,
    school: SchoolId,
    delivery: DeliveryId,
    ids: &[DeliveryPhotoId],
    at: Option<DateTime<Utc>>,
) -> Result<u64, StoreError> {
    let differs = match at {
        Some(_) => part::Column::SignedAt.is_null(),
        None => part::Column::SignedAt.is_not_null(),
    };
    let changed = part::Entity::update_many()
        .col_expr(part::Column::SignedAt, Expr::value(at))
        .filter(part::Column::SchoolId.eq(school.0))
        .filter(part::Column::DeliveryId.eq(delivery.0))
        .filter(part::Column::Change.eq(PackageChange::Added.as_str()))
        .filter(part::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(differs)
        .exec(tx)
        .await?;
    Ok(changed.rows_affected)
}
