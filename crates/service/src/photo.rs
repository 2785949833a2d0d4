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
use domain::enrolment::Enrolment;
use domain::event::{EventKind, EventObject};
use domain::order::OrderNo;
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::submitted_photo::{PhotoReview, SubmittedPhoto};
use domain::task::PhotoSource;
use domain::{PhotoId, ProblemCode};
use serde_json::json;
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
    pub review: Option<PhotoReview>,
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
    let photo = own(context, student, id).await?;
    if variant.key(&photo).is_none() {
        return Err(ProblemCode::PhotoErased.into());
    }
    let image = files::open(context, &photo, variant).await?;
    if variant == Variant::Original {
        match note_view(context, student, &photo).await {
            Err(Failure::Store(error @ (StoreError::Busy(_) | StoreError::Unavailable(_)))) => {
                tracing::error!(
                    photo.id = %photo.id, account.id = %student.account_id, error = ?error,
                    "photo.viewed could not be noted in the database"
                );
            }
            noted => noted?,
        }
    }
    Ok(image)
}

async fn note_view(
    context: &Context,
    student: &Student,
    photo: &SubmittedPhoto,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    audit::by_owner(context, &tx, student, deed(photo, "photo.viewed")).await?;
    Ok(store::commit(tx).await?)
}

/// Takes back a photo that is not decided yet; its order stays as it is.
///
/// # Errors
/// `photo.unknown`; `photo.state`.
pub async fn withdraw(context: &Context, student: &Student, id: &str) -> Result<Photo, Failure> {
    let asked = own(context, student, id).await?;
    let tx = context.store.begin().await?;
    let live = store::photo::lock_live(&tx, asked.school_id, asked.enrolment_id).await?;
    let live = live
        .filter(|live| live.id == asked.id)
        .ok_or(ProblemCode::PhotoState)?;
    let photo = move_to(
        context,
        &tx,
        live,
        PhotoEvent::Withdrawn,
        EventKind::PhotoWithdrawn,
    )
    .await?;
    audit::by_owner(context, &tx, student, deed(&photo, "photo.withdrawn")).await?;
    store::commit(tx).await?;
    view::view(context, photo).await
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
    enrolment: &Enrolment,
) -> Result<Option<PhotoState>, Failure> {
    let (school, id) = (enrolment.school_id, enrolment.id);
    let Some(live) = store::photo::lock_live(tx, school, id).await? else {
        return Ok(None);
    };
    let state = live.state;
    if state.after(PhotoEvent::Withdrawn).is_err() {
        return Ok(Some(state));
    }
    move_to(
        context,
        tx,
        live,
        PhotoEvent::Withdrawn,
        EventKind::PhotoWithdrawn,
    )
    .await?;
    Ok(None)
}

/// Sends the photo that counts on to review, now that its order is settled; one that is there already stays.
pub(crate) async fn settled(
    context: &Context,
    tx: &Tx,
    enrolment: &Enrolment,
) -> Result<(), Failure> {
    match store::photo::lock_live(tx, enrolment.school_id, enrolment.id).await? {
        Some(photo) if photo.state == PhotoState::Checked => {
            let kind = EventKind::PhotoPendingReview;
            move_to(context, tx, photo, PhotoEvent::Settled, kind).await?;
            Ok(())
        }
        Some(_) | None => Ok(()),
    }
}

/// Moves a photo that is locked, and records it under this kind.
async fn move_to(
    context: &Context,
    tx: &Tx,
    photo: SubmittedPhoto,
    event: PhotoEvent,
    kind: EventKind,
) -> Result<SubmittedPhoto, Failure> {
    let moved = photo.after(event, context.now());
    let moved = moved.map_err(|_| ProblemCode::PhotoState)?;
    store::photo::save(tx, &moved).await?;
    record(context, tx, &moved, kind).await?;
    Ok(moved)
}

async fn record(
    context: &Context,
    tx: &Tx,
    photo: &SubmittedPhoto,
    kind: EventKind,
) -> Result<(), Failure> {
    let happening = Happening {
        school: photo.school_id,
        object: EventObject::Photo(photo.id),
        kind,
    };
    let told = json!({
        "photo_id": photo.id,
        "enrolment_id": photo.enrolment_id,
        "task_id": photo.task_id,
        "number": photo.number,
        "state": photo.state,
    });
    event::record(context, tx, happening, told).await?;
    Ok(())
}

fn deed<'a>(photo: &SubmittedPhoto, action: &'a str) -> Deed<'a> {
    Deed {
        action,
        object_type: "photo",
        object_id: photo.id.0,
        school_id: Some(photo.school_id),
    }
}

async fn own(context: &Context, student: &Student, id: &str) -> Result<SubmittedPhoto, Failure> {
    let id: PhotoId = id.parse().map_err(|_| ProblemCode::PhotoUnknown)?;
    let on = context.store.reader();
    let found = store::photo::get(on, student.account_id, id).await?;
    found.ok_or_else(|| ProblemCode::PhotoUnknown.into())
}
