//! Submitting a photo and looking at it.

mod check;
mod erase;
mod files;
mod leftover;
mod queue;
mod refuse;
mod spool;
mod submit;
mod upload;
mod view;

pub(crate) use erase::{Files, delete_erased, erase_files, erase_of, erase_one};
pub use queue::{Place, Queue};
pub use spool::{Spool, SpooledFile};
pub use submit::submit;
pub use upload::{UploadSlot, UploadSlots, begin_upload};
pub(crate) use view::{of_enrolment, photos_left};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::order::OrderNo;
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::task::PhotoSource;
use domain::{EnrolmentId, PhotoId, ProblemCode, SchoolId, TaskId};
use serde_json::json;
use store::entity::{enrolment, photo as rows};
use store::{StoreError, Tx};

use crate::audit::{self, Deed};
use crate::event::{self, Happening};
use crate::session::Student;
use crate::{Context, Failure};
use files::Variant;

/// A photo on its way in.
#[derive(Debug)]
pub struct Submission<'a> {
    /// Whose.
    pub enrolment_id: &'a str,
    /// The client's own id of this upload.
    pub upload_id: &'a str,
    /// The file, as it was chosen.
    pub image: SpooledFile,
    /// The part of it that counts.
    pub frame: photo::Crop,
    /// `camera` or `file`; a file where nothing is said.
    pub source: Option<&'a str>,
    /// A note to the reviewer; where the check fails, why it is wrong.
    pub note: Option<&'a str>,
}

/// Something that was found on a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The reason code.
    pub code: String,
    /// `fail` or `warn`.
    pub severity: String,
    /// What was measured.
    pub measured: Option<i64>,
    /// The least that is allowed.
    pub min: Option<i64>,
    /// The most that is allowed.
    pub max: Option<i64>,
    /// The unit of the numbers.
    pub unit: String,
}

/// A reviewer's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Reason codes.
    pub reasons: Vec<String>,
    /// The reviewer's words.
    pub note: Option<String>,
    /// When.
    pub decided_at: DateTime<Utc>,
}

/// A photo, as its owner sees it.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// Where it is.
    pub state: PhotoState,
    /// The first, second, … of its student.
    pub number: i32,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
    /// When it came into its state.
    pub state_at: DateTime<Utc>,
    /// How the student came by it, as the browser said.
    pub source: PhotoSource,
    /// `pass`, `warn` or `fail`.
    pub outcome: String,
    /// What was found, worst first.
    pub findings: Vec<Finding>,
    /// What its student wrote to the reviewer.
    pub note: Option<String>,
    /// The decision, where there is one.
    pub review: Option<Review>,
    /// The order of its student.
    pub order_no: Option<OrderNo>,
}

/// A picture to send out.
#[derive(Debug)]
pub struct Image {
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Bytes,
}

/// One of the student's photos.
///
/// # Errors
/// `photo.unknown`, also where it is somebody else's.
pub async fn get(context: &Context, student: &Student, id: &str) -> Result<Photo, Failure> {
    view::view(context, own(context, student, id).await?).await
}

/// A picture of one of the student's photos: `framed`, `original` or `thumb`.
///
/// Looking at the original, which may show more than the photo, is noted; the others are drawn on every page. Where the
/// database takes no writes, such as on a full disk, the log has the note: it is their own photo that they look at.
///
/// # Errors
/// `photo.unknown`; `photo.erased` where the file was deleted; wrong fields for another variant.
pub async fn image(
    context: &Context,
    student: &Student,
    id: &str,
    variant: &str,
) -> Result<Image, Failure> {
    let variant = Variant::parse(variant)?;
    let row = own(context, student, id).await?;
    if variant.key(&row).is_empty() {
        return Err(ProblemCode::PhotoErased.into());
    }
    let image = files::open(context, &row, variant).await?;
    if variant == Variant::Original {
        match note_view(context, student, &row).await {
            Err(Failure::Store(error @ (StoreError::Busy(_) | StoreError::Unavailable(_)))) => {
                tracing::error!(
                    photo.id = %PhotoId(row.id), account.id = %student.account_id, error = ?error,
                    "photo.viewed could not be noted in the database"
                );
            }
            noted => noted?,
        }
    }
    Ok(image)
}

async fn note_view(context: &Context, student: &Student, row: &rows::Model) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    audit::by_owner(context, &tx, student, deed(row, "photo.viewed")).await?;
    Ok(store::commit(tx).await?)
}

/// Takes back a photo that is not decided yet; its order stays as it is.
///
/// # Errors
/// `photo.unknown`; `photo.state`.
pub async fn withdraw(context: &Context, student: &Student, id: &str) -> Result<Photo, Failure> {
    let asked = own(context, student, id).await?;
    let (school, enrolment) = (SchoolId(asked.school_id), EnrolmentId(asked.enrolment_id));
    let tx = context.store.begin().await?;
    let live = store::photo::lock_live(&tx, school, enrolment).await?;
    let live = live
        .filter(|row| row.id == asked.id)
        .ok_or(ProblemCode::PhotoState)?;
    let row = move_to(context, &tx, live, PhotoEvent::Withdrawn, "photo.withdrawn").await?;
    audit::by_owner(context, &tx, student, deed(&row, "photo.withdrawn")).await?;
    store::commit(tx).await?;
    view::view(context, row).await
}

/// Deletes files: those that were erased, and those whose photo was never entered.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let erased = erase::sweep(context).await;
    leftover::sweep(context).await?;
    erased
}

/// Takes back the photo of an enrolment that is released, where it is not decided yet. Returns the state of one that is
/// decided and so stays.
pub(crate) async fn withdraw_for_operator(
    context: &Context,
    tx: &Tx,
    enrolment: &enrolment::Model,
) -> Result<Option<PhotoState>, Failure> {
    let (school, id) = (SchoolId(enrolment.school_id), EnrolmentId(enrolment.id));
    let Some(live) = store::photo::lock_live(tx, school, id).await? else {
        return Ok(None);
    };
    let state = state_of(&live)?;
    if state.after(PhotoEvent::Withdrawn).is_err() {
        return Ok(Some(state));
    }
    move_to(context, tx, live, PhotoEvent::Withdrawn, "photo.withdrawn").await?;
    Ok(None)
}

/// Sends the photo that counts on to review, now that its order is settled; one that is there already stays.
pub(crate) async fn settled(
    context: &Context,
    tx: &Tx,
    enrolment: &enrolment::Model,
) -> Result<(), Failure> {
    let (school, id) = (SchoolId(enrolment.school_id), EnrolmentId(enrolment.id));
    match store::photo::lock_live(tx, school, id).await? {
        Some(row) if state_of(&row)? == PhotoState::Checked => {
            let kind = "photo.pending_review";
            move_to(context, tx, row, PhotoEvent::Settled, kind).await?;
            Ok(())
        }
        Some(_) | None => Ok(()),
    }
}

/// Moves a photo that is locked, and records it under this kind.
async fn move_to(
    context: &Context,
    tx: &Tx,
    row: rows::Model,
    event: PhotoEvent,
    kind: &str,
) -> Result<rows::Model, Failure> {
    let state = state_of(&row)?
        .after(event)
        .map_err(|_| ProblemCode::PhotoState)?;
    let moved = rows::Model {
        state: state.as_str().to_owned(),
        state_at: context.now(),
        version: row.version + 1,
        ..row
    };
    store::save(tx, moved.clone()).await?;
    record(context, tx, &moved, kind).await?;
    Ok(moved)
}

async fn record(context: &Context, tx: &Tx, row: &rows::Model, kind: &str) -> Result<(), Failure> {
    let happening = Happening {
        school: SchoolId(row.school_id),
        object_type: "photo",
        object_id: row.id,
        kind,
    };
    let told = json!({
        "photo_id": PhotoId(row.id),
        "enrolment_id": EnrolmentId(row.enrolment_id),
        "task_id": TaskId(row.task_id),
        "number": row.number,
        "state": row.state,
    });
    event::record(context, tx, happening, told).await?;
    Ok(())
}

fn deed<'a>(row: &rows::Model, action: &'a str) -> Deed<'a> {
    Deed {
        action,
        object_type: "photo",
        object_id: row.id,
        school_id: Some(SchoolId(row.school_id)),
    }
}

pub(crate) fn state_of(row: &rows::Model) -> Result<PhotoState, StoreError> {
    PhotoState::parse(&row.state).ok_or_else(|| StoreError::Corrupt {
        what: "photos.state".into(),
    })
}

async fn own(context: &Context, student: &Student, id: &str) -> Result<rows::Model, Failure> {
    let id: PhotoId = id.parse().map_err(|_| ProblemCode::PhotoUnknown)?;
    let on = context.store.reader();
    let row = store::photo::get(on, student.account_id, id).await?;
    row.ok_or_else(|| ProblemCode::PhotoUnknown.into())
}
