//! The photos of a task with their students, for staff and integrators.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Actor, Permission};
use domain::page::{Page, PageRequest};
use domain::photo_state::PhotoState;
use domain::review_queue::StageReview;
use domain::roster::RosterEntry;
use domain::submitted_photo::PhotoReview;
use domain::task::{Task, TaskState};
use domain::{EducationLevel, PhotoId, PhotoReviewId, ProblemCode, RosterEntryId, TaskId};
use store::overview::{ChangePlace, TaskPhotoFilter, TaskPhotoRow};

use crate::photo::review_of;
use crate::{Context, Failure};

/// A change is listed when it is this old: by then everything that changed before it is committed, so that a reader who goes
/// on behind it misses nothing.
const SETTLING: TimeDelta = TimeDelta::seconds(10);

/// A photo of a task with its student.
#[derive(Debug, Clone)]
pub struct TaskPhoto {
    /// Its id.
    pub id: PhotoId,
    /// The task.
    pub task_id: TaskId,
    /// Where it is.
    pub state: PhotoState,
    /// The first, second, … of its student.
    pub number: i32,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
    /// When its state last changed.
    pub modified_at: DateTime<Utc>,
    /// Counts its changes.
    pub version: i32,
    /// SHA-256 of the picture; empty once it was deleted.
    pub sha256: Vec<u8>,
    /// The length of the picture.
    pub bytes: i64,
    /// The last decision about it.
    pub review: Option<PhotoReview>,
    /// The student on the roster.
    pub student: PhotoStudent,
}

/// The student of a photo, as the roster lists them.
#[derive(Debug, Clone)]
pub struct PhotoStudent {
    /// The roster entry.
    pub entry_id: RosterEntryId,
    /// The name.
    pub name: String,
    /// The student number.
    pub student_no: Option<String>,
    /// The level.
    pub level: EducationLevel,
    /// The college.
    pub college: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The class.
    pub class_name: Option<String>,
}

/// Which photos are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct TaskPhotoQuery {
    /// In this state alone.
    pub state: Option<PhotoState>,
    /// Whose state changed then or later.
    pub modified_since: Option<DateTime<Utc>>,
}

/// A page of the photos of a task, those that changed longest ago first: who goes on behind the last page reads each change
/// once.
///
/// # Errors
/// `task.unknown`, also for one out of reach or purged.
pub async fn task_photos(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    query: TaskPhotoQuery,
    page: &PageRequest<ChangePlace>,
) -> Result<Page<TaskPhoto>, Failure> {
    let task = task_of(context, actor, Permission::ReadPhotos, task_id).await?;
    let filter = TaskPhotoFilter {
        state: query.state,
        modified_since: query.modified_since,
        modified_before: context.now() - SETTLING,
    };
    let on = context.store.reader();
    let found = store::overview::task_photos(on, &task, filter, page).await?;
    let mut items = Vec::with_capacity(found.items.len());
    for row in found.items {
        items.push(shown(context, row).await?);
    }
    Ok(Page {
        items,
        next: found.next,
    })
}

/// A photo of a task.
///
/// # Errors
/// `task.unknown`; `photo.unknown`.
pub async fn task_photo(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    id: &str,
) -> Result<TaskPhoto, Failure> {
    let task = task_of(context, actor, Permission::ReadPhotos, task_id).await?;
    shown(context, task_photo_row(context, &task, id).await?).await
}

/// A page of the decisions of reviewers about photos of a task, newest first; those that can still be undone are left out.
///
/// # Errors
/// `task.unknown`, also for one out of reach or purged.
pub async fn task_reviews(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    page: &PageRequest<PhotoReviewId>,
) -> Result<Page<StageReview>, Failure> {
    let task = task_of(context, actor, Permission::ReadPhotos, task_id).await?;
    Ok(store::overview::task_reviews(context.store.reader(), &task, page).await?)
}

/// A task whose photos somebody may read or take over.
///
/// # Errors
/// `task.unknown`, also for one out of reach or purged.
pub(crate) async fn task_of(
    context: &Context,
    actor: &Actor,
    permission: Permission,
    id: &str,
) -> Result<Task, Failure> {
    let task = crate::task::get(context, &actor.require(permission)?, id).await?;
    if task.state == TaskState::Purged {
        return Err(ProblemCode::TaskUnknown.into());
    }
    Ok(task)
}

/// A photo of a task with its student, as stored.
///
/// # Errors
/// `photo.unknown`.
pub(crate) async fn task_photo_row(
    context: &Context,
    task: &Task,
    id: &str,
) -> Result<TaskPhotoRow, Failure> {
    let id: PhotoId = id.parse().map_err(|_| ProblemCode::PhotoUnknown)?;
    let found = store::overview::task_photo(context.store.reader(), task, id).await?;
    found.ok_or_else(|| ProblemCode::PhotoUnknown.into())
}

/// A stored photo, opened.
pub(crate) async fn shown(context: &Context, row: TaskPhotoRow) -> Result<TaskPhoto, Failure> {
    let photo = row.photo;
    Ok(TaskPhoto {
        id: photo.id,
        task_id: photo.task_id,
        state: photo.state,
        number: photo.number,
        submitted_at: photo.created_at,
        modified_at: photo.state_at,
        version: photo.version,
        review: review_of(context, &photo).await?,
        sha256: photo.framed_sha256,
        bytes: photo.framed_bytes,
        student: student_of(context, &row.entry).await?,
    })
}

/// A student of the roster, opened.
pub(crate) async fn student_of(
    context: &Context,
    entry: &RosterEntry,
) -> Result<PhotoStudent, Failure> {
    let (table, id) = ("roster_entries", entry.id.0);
    let name = context.open_text(table, "name_sealed", id, &entry.name_sealed);
    let name = name.await?;
    let student_no = match &entry.student_no_sealed {
        Some(sealed) => {
            let text = context.open_text(table, "student_no_sealed", id, sealed);
            Some(text.await?)
        }
        None => None,
    };
    Ok(PhotoStudent {
        entry_id: entry.id,
        name,
        student_no,
        level: entry.level,
        college: entry.college.clone(),
        major: entry.major.clone(),
        class_name: entry.class_name.clone(),
    })
}
