//! Submitting a photo and looking at it.

mod check;
mod engine;
mod erase;
mod files;
mod invented;
mod known;
mod leftover;
mod queue;
mod reframe;
mod refuse;
mod shown;
mod spool;
mod submit;
mod take_over;
mod transition;
mod upload;
mod upload_slots;
mod view;

pub(crate) use check::looked_at;
pub use engine::PhotoEngine;
pub(crate) use erase::{
    Files, delete_erased, delete_files, delete_later, erase_files, erase_of, erase_one,
};
pub(crate) use invented::{InventedPhoto, accepted_alone, invented};
pub(crate) use known::{PutKnown, known_picture, put_known};
pub(crate) use leftover::discard_leftover;
pub use queue::{Queue, QueuePlace};
pub use reframe::Framing;
pub(crate) use reframe::{ReframedPhoto, reframe};
pub use shown::Image;
pub use spool::{Spool, SpooledFile};
pub(crate) use submit::photos_left;
pub use submit::submit;
pub use take_over::{
    PhotoVersion, RefusedPhoto, TaskImage, find_task_image, hand_over, open_task_image, refuse,
};
pub(crate) use transition::{deed, move_to};
pub use upload::begin_upload;
pub use upload_slots::{UploadSlot, UploadSlots};
pub(crate) use view::{opened_review, review_of};

use domain::audit::AuditAction;
use domain::enrolment::Enrolment;
use domain::event::EventData;
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::review_queue::WaitingPhoto;
use domain::submitted_photo::SubmittedPhoto;
use domain::{PhotoId, ProblemCode, SchoolId};
use store::{StoreError, Tx};

use crate::audit;
use crate::seeding::seed_beside;
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

/// A picture that is there, not opened yet.
#[derive(Debug)]
pub struct FoundImage {
    pub(crate) photo: SubmittedPhoto,
    variant: Variant,
    /// What tells this file from every other; the content of a file never changes.
    pub tag: String,
}

/// Finds a picture of one of the student's photos: `framed`, `original` or `thumb`.
///
/// # Errors
/// `photo.unknown`; `photo.erased` where the file was deleted; wrong fields for another variant.
pub async fn find_image(
    context: &Context,
    student: &Student,
    id: &str,
    variant: &str,
) -> Result<FoundImage, Failure> {
    let photo = own(context, student, id).await?;
    picture_of(photo, variant)
}

/// Finds a picture of a photo that the caller may see: `framed`, `original` or `thumb`.
///
/// # Errors
/// As [`find_image`].
pub(crate) fn picture_of(photo: SubmittedPhoto, variant: &str) -> Result<FoundImage, Failure> {
    let variant = Variant::parse(variant)?;
    if variant.key(&photo).is_none() {
        return Err(ProblemCode::PhotoErased.into());
    }
    let tag = files::tag(&photo, variant)?;
    Ok(FoundImage {
        photo,
        variant,
        tag,
    })
}

/// Opens a picture of one of the student's photos.
///
/// Looking at the original, which may show more than the photo, is noted; the others are drawn on every page. Where the
/// database takes no writes, such as on a full disk, the log has the note: it is their own photo that they look at.
///
/// # Errors
/// Where the object store fails, or the file does not open.
pub async fn open_image(
    context: &Context,
    student: &Student,
    found: &FoundImage,
) -> Result<Image, Failure> {
    let photo = &found.photo;
    let image = open_picture(context, found).await?;
    if found.is_original() {
        match note_view(context, student, photo).await {
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

impl FoundImage {
    /// The school whose photo it is.
    pub(crate) fn school(&self) -> SchoolId {
        self.photo.school_id
    }

    /// Whether it is the file as it came, which may show more than the photo.
    pub(crate) fn is_original(&self) -> bool {
        self.variant == Variant::Original
    }
}

/// Opens a picture; who may look at it, and what is noted of that, is the caller's matter.
///
/// # Errors
/// Where the object store fails, or the file does not open.
pub(crate) async fn open_picture(context: &Context, found: &FoundImage) -> Result<Image, Failure> {
    files::open(context, &found.photo, found.variant).await
}

async fn note_view(
    context: &Context,
    student: &Student,
    photo: &SubmittedPhoto,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let audited =
        audit::by_owner(context, &tx, student, deed(photo, AuditAction::PhotoViewed)).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Takes back a photo that is not decided yet; its order stays as it is.
///
/// # Errors
/// `photo.unknown`; `photo.state`.
pub async fn withdraw(
    context: &Context,
    student: &Student,
    id: &str,
) -> Result<SubmittedPhoto, Failure> {
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
        EventData::PhotoWithdrawn,
    )
    .await?;
    let audited = audit::by_owner(
        context,
        &tx,
        student,
        deed(&photo, AuditAction::PhotoWithdrawn),
    )
    .await?;
    store::commit(tx, audited).await?;
    Ok(photo)
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
        EventData::PhotoWithdrawn,
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
            let told = EventData::PhotoPendingReview;
            let photo = move_to(context, tx, photo, PhotoEvent::Settled, told).await?;
            Box::pin(wait_for_review(context, tx, &photo)).await
        }
        Some(_) | None => Ok(()),
    }
}

/// Puts a photo into the queue of the first stage of its task.
async fn wait_for_review(
    context: &Context,
    tx: &Tx,
    photo: &SubmittedPhoto,
) -> Result<(), Failure> {
    let task = store::task::get(tx, photo.task_id).await?;
    let task = task.ok_or(Failure::Fault("a photo has no task"))?;
    let stage = task.settings.review.first();
    let share = task.settings.second_share;
    let waiting = WaitingPhoto::new(photo, stage, share, context.now());
    store::review::enter(tx, &waiting).await?;
    let (submitted_at, settings) = (photo.created_at, &task.settings);
    Box::pin(seed_beside(context, tx, &waiting, submitted_at, settings)).await
}

async fn own(context: &Context, student: &Student, id: &str) -> Result<SubmittedPhoto, Failure> {
    let id: PhotoId = id.parse().map_err(|_| ProblemCode::PhotoUnknown)?;
    let on = context.store.reader();
    let found = store::photo::get(on, student.account_id, id).await?;
    found.ok_or_else(|| ProblemCode::PhotoUnknown.into())
}
