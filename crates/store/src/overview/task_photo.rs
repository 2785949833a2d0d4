//! The photos of a task with their students, as staff and integrators see them.

use chrono::{DateTime, Utc};
use domain::page::{Page, PageRequest, SortedPlace};
use domain::photo_state::PhotoState;
use domain::roster::RosterEntry;
use domain::submitted_photo::SubmittedPhoto;
use domain::task::Task;
use domain::{AccountId, PhotoId};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, QueryTrait, Select,
};
use uuid::Uuid;

use crate::entity::{enrolment, photo, roster_entry};
use crate::joined::{row, with_columns};
use crate::{StoreError, keyset};

/// The place of a photo in the order of changes.
pub type ChangePlace = SortedPlace<DateTime<Utc>, PhotoId>;

/// A photo with its student.
#[derive(Debug, Clone)]
pub struct TaskPhotoRow {
    /// The photo.
    pub photo: SubmittedPhoto,
    /// The student on the roster.
    pub entry: RosterEntry,
    /// Whose photo it is.
    pub owner: AccountId,
}

/// Which photos of a task are wanted.
#[derive(Debug, Clone, Copy)]
pub struct TaskPhotoFilter {
    /// In this state alone.
    pub state: Option<PhotoState>,
    /// Whose state changed then or later.
    pub modified_since: Option<DateTime<Utc>>,
    /// Whose state changed before.
    pub modified_before: DateTime<Utc>,
}

/// A page of the photos of a task, those that changed longest ago first.
pub async fn task_photos(
    on: &impl ConnectionTrait,
    task: &Task,
    filter: TaskPhotoFilter,
    page: &PageRequest<ChangePlace>,
) -> Result<Page<TaskPhotoRow>, StoreError> {
    use photo::Column;
    let mut query = of_task(task).filter(Column::StateAt.lt(filter.modified_before));
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(since) = filter.modified_since {
        query = query.filter(Column::StateAt.gte(since));
    }
    let query = keyset::lowest_first(query, [Column::StateAt, Column::Id], page);
    let rows = read(on, query).await?;
    Ok(page.page(rows, |row| ChangePlace {
        sort: row.photo.state_at,
        id: row.photo.id,
    }))
}

/// A photo of a task; `None` also where it is of another one.
pub async fn task_photo(
    on: &impl ConnectionTrait,
    task: &Task,
    id: PhotoId,
) -> Result<Option<TaskPhotoRow>, StoreError> {
    let query = of_task(task).filter(photo::Column::Id.eq(id.0));
    Ok(read(on, query).await?.pop())
}

/// Photos by their ids, with their students; the caller found them within its reach.
pub async fn photos_of_ids(
    on: &impl ConnectionTrait,
    ids: &[PhotoId],
) -> Result<Vec<TaskPhotoRow>, StoreError> {
    let ids = ids.iter().map(|id| id.0);
    read(
        on,
        photo::Entity::find().filter(photo::Column::Id.is_in(ids)),
    )
    .await
}

fn of_task(task: &Task) -> Select<photo::Entity> {
    photo::Entity::find()
        .filter(photo::Column::SchoolId.eq(task.school_id.0))
        .filter(photo::Column::TaskId.eq(task.id.0))
}

async fn read(
    on: &impl ConnectionTrait,
    query: Select<photo::Entity>,
) -> Result<Vec<TaskPhotoRow>, StoreError> {
    let mut query = query;
    let select = QueryTrait::query(&mut query);
    let own = Expr::col((enrolment::Entity, enrolment::Column::Id))
        .equals((photo::Entity, photo::Column::EnrolmentId));
    let entry = Expr::col((enrolment::Entity, enrolment::Column::EntryId))
        .equals((roster_entry::Entity, roster_entry::Column::Id));
    select
        .join(JoinType::InnerJoin, enrolment::Entity, own)
        .join(JoinType::InnerJoin, roster_entry::Entity, entry);
    with_columns::<roster_entry::Entity>(select, "entry_");
    let owner = Expr::col((enrolment::Entity, enrolment::Column::AccountId));
    select.expr_as(owner, "owner_id");
    let found = on.query_all(&query.into_query()).await?;
    found.iter().map(task_photo_row).collect()
}

fn task_photo_row(found: &QueryResult) -> Result<TaskPhotoRow, StoreError> {
    let owner: Uuid = found.try_get("", "owner_id")?;
    Ok(TaskPhotoRow {
        photo: crate::photo::read(row(found, "")?)?,
        entry: crate::roster::read(row(found, "entry_")?)?,
        owner: AccountId(owner),
    })
}
