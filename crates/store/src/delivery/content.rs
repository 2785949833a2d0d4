//! What goes into packages, and what is in them.

use domain::delivery::{DeliveryFigures, PackageChange};
use domain::order::OrderState;
use domain::photo_state::PhotoState;
use domain::roster::{RosterEntry, RosterEntryState};
use domain::submitted_photo::SubmittedPhoto;
use domain::task::FeeCode;
use domain::{DeliveryId, DeliveryPhotoId, KeyedHash, PhotoId, SchoolId, Sealed};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use crate::enrolment::is_live;
use crate::entity::{delivery_photo as part, enrolment, order, order_line, photo, roster_entry};
use crate::joined::{row, with_columns};
use crate::roster::RosterKey;
use crate::word::word;
use crate::{StoreError, Tx};

/// So many rows are inserted by one statement.
const INSERTED_AT_ONCE: usize = 500;
/// What has been accepted, and is with the school or on its way there.
const ACCEPTED: [PhotoState; 2] = [PhotoState::Approved, PhotoState::HandedOver];

/// An accepted photo, and whose it is.
#[derive(Debug, Clone)]
pub struct AcceptedPhoto {
    /// The photo.
    pub photo: SubmittedPhoto,
    /// The student on the roster.
    pub entry: RosterEntry,
}

/// The accepted photos of a task whose students are on its roster.
fn accepted(roster: RosterKey) -> Select<photo::Entity> {
    let mut query = photo::Entity::find()
        .filter(photo::Column::SchoolId.eq(roster.school_id.0))
        .filter(photo::Column::TaskId.eq(roster.task_id.0))
        .filter(photo::Column::State.is_in(ACCEPTED.map(PhotoState::as_str)))
        .filter(photo::Column::FramedKey.ne(""))
        .filter(is_live())
        .filter(roster_entry::Column::State.eq(RosterEntryState::Listed.as_str()));
    let select = QueryTrait::query(&mut query);
    let of_enrolment = Expr::col((enrolment::Entity, enrolment::Column::Id))
        .equals((photo::Entity, photo::Column::EnrolmentId));
    let of_entry = Expr::col((roster_entry::Entity, roster_entry::Column::Id))
        .equals((enrolment::Entity, enrolment::Column::EntryId));
    select.join(JoinType::InnerJoin, enrolment::Entity, of_enrolment);
    select.join(JoinType::InnerJoin, roster_entry::Entity, of_entry);
    query
}

/// Which photos a package is made of.
#[derive(Debug, Clone, Copy)]
pub struct PackageScope {
    /// The task.
    pub roster: RosterKey,
    /// Whether those alone whose orders are settled and have prints.
    pub is_for_prints: bool,
}

fn packaged(scope: PackageScope) -> Select<photo::Entity> {
    let query = accepted(scope.roster);
    if scope.is_for_prints {
        return query.filter(Expr::exists(settled_prints()));
    }
    query
}

/// The line for prints of a settled order for the photo.
fn settled_prints() -> SelectStatement {
    let settled = [OrderState::Paid, OrderState::PartiallyRefunded].map(OrderState::as_str);
    let order = |column| Expr::col((order::Entity, column));
    let line = |column| Expr::col((order_line::Entity, column));
    Query::select()
        .column((order_line::Entity, order_line::Column::Id))
        .from(order::Entity)
        .inner_join(
            order_line::Entity,
            line(order_line::Column::OrderId).equals((order::Entity, order::Column::Id)),
        )
        .and_where(
            order(order::Column::EnrolmentId).equals((photo::Entity, photo::Column::EnrolmentId)),
        )
        .and_where(order(order::Column::SchoolId).equals((photo::Entity, photo::Column::SchoolId)))
        .and_where(order(order::Column::State).is_in(settled))
        .and_where(line(order_line::Column::Code).eq(FeeCode::Prints.as_str()))
        .take()
}

/// How many photos a package is made of.
pub async fn packaged_count(
    on: &impl ConnectionTrait,
    scope: PackageScope,
) -> Result<u64, StoreError> {
    Ok(packaged(scope).count(on).await?)
}

/// The next photos of a package, in the order of their ids.
pub async fn packaged_after(
    on: &impl ConnectionTrait,
    scope: PackageScope,
    after: Option<PhotoId>,
    limit: u64,
) -> Result<Vec<AcceptedPhoto>, StoreError> {
    let mut query = packaged(scope);
    if let Some(after) = after {
        query = query.filter(photo::Column::Id.gt(after.0));
    }
    let mut query = query.order_by_asc(photo::Column::Id).limit(limit);
    with_columns::<roster_entry::Entity>(QueryTrait::query(&mut query), "entry_");
    let found = on.query_all(&query.into_query()).await?;
    let read = |result| {
        Ok(AcceptedPhoto {
            photo: crate::photo::read(row(result, "")?)?,
            entry: crate::roster::read(row(result, "entry_")?)?,
        })
    };
    found.iter().map(read).collect()
}

/// How far the delivery of a task is.
pub async fn figures(
    on: &impl ConnectionTrait,
    roster: RosterKey,
) -> Result<DeliveryFigures, StoreError> {
    let listed = crate::roster::listed(roster.school_id, roster.task_id);
    let listed = listed.count(on).await?;
    let with_photo = accepted(roster).count(on).await?;
    let is_handed_over = photo::Column::State.eq(PhotoState::HandedOver.as_str());
    let handed_over = accepted(roster).filter(is_handed_over).count(on).await?;
    Ok(DeliveryFigures {
        listed,
        missing: listed.saturating_sub(with_photo),
        undelivered: with_photo.saturating_sub(handed_over),
        handed_over,
    })
}

/// What a package says of a file.
#[derive(Debug, Clone)]
pub struct PackagePart {
    /// Its id.
    pub id: DeliveryPhotoId,
    /// The photo.
    pub photo_id: PhotoId,
    /// What it says.
    pub change: PackageChange,
    /// The file's name in packages.
    pub name: Sealed,
    /// The keyed hash of what its row says.
    pub row_index: KeyedHash,
}

/// Keeps what a package says of files.
pub async fn insert_parts(
    tx: &Tx,
    school: SchoolId,
    delivery: DeliveryId,
    parts: Vec<PackagePart>,
) -> Result<(), StoreError> {
    let mut rows = parts.into_iter().map(|one| part::Model {
        id: one.id.0,
        school_id: school.0,
        delivery_id: delivery.0,
        photo_id: one.photo_id.0,
        change: one.change.as_str().to_owned(),
        name_sealed: one.name.into_bytes(),
        row_index: one.row_index.into_bytes(),
        signed_at: None,
    });
    loop {
        let some: Vec<_> = rows.by_ref().take(INSERTED_AT_ONCE).collect();
        if some.is_empty() {
            return Ok(());
        }
        let some = some
            .into_iter()
            .map(|row| row.into_active_model().reset_all());
        part::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
}

/// The next files that a receiver has who has applied a package, in the order of their ids.
pub async fn parts_after(
    on: &impl ConnectionTrait,
    school: SchoolId,
    delivery: DeliveryId,
    after: Option<DeliveryPhotoId>,
    limit: u64,
) -> Result<Vec<PackagePart>, StoreError> {
    let mut query = part::Entity::find()
        .filter(part::Column::SchoolId.eq(school.0))
        .filter(part::Column::DeliveryId.eq(delivery.0))
        .filter(part::Column::Change.ne(PackageChange::Removed.as_str()));
    if let Some(after) = after {
        query = query.filter(part::Column::Id.gt(after.0));
    }
    let rows = query.order_by_asc(part::Column::Id).limit(limit).all(on);
    let read = |row: part::Model| {
        Ok(PackagePart {
            id: DeliveryPhotoId(row.id),
            photo_id: PhotoId(row.photo_id),
            change: word("delivery_photos.change", &row.change)?,
            name: row.name_sealed.into(),
            row_index: row.row_index.into(),
        })
    };
    rows.await?.into_iter().map(read).collect()
}

/// The next photos of a package that are accepted and not handed over, in the order of their ids.
pub async fn to_hand_over(
    on: &impl ConnectionTrait,
    school: SchoolId,
    delivery: DeliveryId,
    after: Option<PhotoId>,
    limit: u64,
) -> Result<Vec<SubmittedPhoto>, StoreError> {
    let delivered = part::Entity::find()
        .select_only()
        .column(part::Column::PhotoId)
        .filter(part::Column::SchoolId.eq(school.0))
        .filter(part::Column::DeliveryId.eq(delivery.0))
        .filter(part::Column::Change.eq(PackageChange::Added.as_str()));
    let mut query = photo::Entity::find()
        .filter(photo::Column::SchoolId.eq(school.0))
        .filter(photo::Column::State.eq(PhotoState::Approved.as_str()))
        .filter(photo::Column::Id.in_subquery(delivered.into_query()));
    if let Some(after) = after {
        query = query.filter(photo::Column::Id.gt(after.0));
    }
    let rows = query.order_by_asc(photo::Column::Id).limit(limit).all(on);
    rows.await?.into_iter().map(crate::photo::read).collect()
}
