//! Taking accepted photos over: fetching their pictures, and saying what became of them.

use domain::access::{Actor, Permission};
use domain::audit::AuditAction;
use domain::event::{EventData, PhotoFacts};
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::review::{Decision, ReviewOutcome, ReviewStage};
use domain::submitted_photo::{PhotoReview, SubmittedPhoto};
use domain::{ProblemCode, Refusal, Sealed};
use store::Tx;
use store::overview::TaskPhotoRow;

use super::files::Variant;
use super::{FoundImage, Image, deed, move_to, open_picture, picture_of};
use crate::audit::{self, About};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::overview::{TaskPhoto, shown, task_of, task_photo_row};
use crate::student_message::{News, enqueue};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// A photo of a task, and the version of it that is meant.
#[derive(Debug, Clone, Copy)]
pub struct PhotoVersion<'a> {
    /// The task.
    pub task_id: &'a str,
    /// The photo.
    pub photo_id: &'a str,
    /// The version that was read; `None` for whatever it is now.
    pub version: Option<i32>,
}

/// Why a photo is sent back.
#[derive(Debug, Clone, Copy)]
pub struct RefusedPhoto<'a> {
    /// The reasons, as words.
    pub reasons: &'a [String],
    /// What the student is told besides.
    pub note: Option<&'a str>,
}

/// A picture that may be fetched, not opened yet.
#[derive(Debug)]
pub struct TaskImage {
    found: FoundImage,
    /// What tells this file from every other.
    pub tag: String,
    /// SHA-256 of the file.
    pub sha256: Vec<u8>,
}

/// Finds the picture of an accepted photo.
///
/// # Errors
/// `task.unknown`; `photo.unknown`; `photo.state` for one that is not accepted; `photo.erased`.
pub async fn find_task_image(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    photo_id: &str,
) -> Result<TaskImage, Failure> {
    let task = task_of(context, actor, Permission::ReadPhotos, task_id).await?;
    let photo = task_photo_row(context, &task, photo_id).await?.photo;
    if !matches!(photo.state, PhotoState::Approved | PhotoState::HandedOver) {
        return Err(ProblemCode::PhotoState.into());
    }
    let sha256 = photo.framed_sha256.clone();
    let found = picture_of(photo, Variant::Framed.as_str())?;
    Ok(TaskImage {
        tag: found.tag.clone(),
        found,
        sha256,
    })
}

/// Opens a picture. That somebody fetched it is noted; its student reads it in their access log.
///
/// # Errors
/// Where the object store fails, or the file does not open.
pub async fn open_task_image(
    context: &Context,
    actor: &Actor,
    image: &TaskImage,
) -> Result<Image, Failure> {
    let photo = &image.found.photo;
    let tx = context.store.begin().await?;
    let about = About {
        subject: store::review::owner_of(&tx, photo.id).await?,
        reason: None,
    };
    let deed = deed(photo, AuditAction::PhotoFetched);
    let audited = audit::note(context, &tx, actor, deed, about).await?;
    store::commit(tx, audited).await?;
    open_picture(context, &image.found).await
}

/// Says that the school has a photo.
///
/// # Errors
/// `task.unknown`; `photo.unknown`; `request.if_match_stale`; `photo.state` for one that is not approved;
/// `request.idempotency_key_reused`.
pub async fn hand_over(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    meant: PhotoVersion<'_>,
) -> Result<KeyedOutcome<TaskPhoto>, Failure> {
    let step = Step {
        event: PhotoEvent::HandedOver,
        told: EventData::PhotoHandedOver,
        action: AuditAction::PhotoHandedOver,
    };
    let taker = PhotoTaker {
        context,
        actor,
        request,
    };
    taker.take_step(meant, step, None).await
}

/// Sends a photo back that was accepted, because the school or the Ministry's platform does not take it: its student is told
/// why, and may send another.
///
/// # Errors
/// As [`hand_over`]; wrong fields.
pub async fn refuse(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    meant: PhotoVersion<'_>,
    refused: RefusedPhoto<'_>,
) -> Result<KeyedOutcome<TaskPhoto>, Failure> {
    let word = ReviewOutcome::Rejected.as_str();
    let decision = Decision::read(word, refused.reasons, refused.note).map_err(Refusal::fields)?;
    let step = Step {
        event: PhotoEvent::Refused,
        told: EventData::PhotoRefused,
        action: AuditAction::PhotoRefused,
    };
    let taker = PhotoTaker {
        context,
        actor,
        request,
    };
    taker.take_step(meant, step, Some(decision)).await
}

/// A move of an accepted photo, and what is told and noted of it.
#[derive(Clone, Copy)]
struct Step {
    event: PhotoEvent,
    told: fn(PhotoFacts) -> EventData,
    action: AuditAction,
}

/// Who takes photos over, by which request.
struct PhotoTaker<'a> {
    context: &'a Context,
    actor: &'a Actor,
    request: &'a KeyedRequest,
}

impl PhotoTaker<'_> {
    async fn take_step(
        &self,
        meant: PhotoVersion<'_>,
        step: Step,
        decision: Option<Decision>,
    ) -> Result<KeyedOutcome<TaskPhoto>, Failure> {
        let (context, permission) = (self.context, Permission::TakeOverPhotos);
        let task = task_of(context, self.actor, permission, meant.task_id).await?;
        let known = task_photo_row(context, &task, meant.photo_id).await?;
        let claim = Claim::new(context, self.request, KeyOwner::Actor(self.actor));
        let moved = self.moved(&claim, &known, meant.version, step, decision);
        let done = claim.once(moved).await?;
        let row = task_photo_row(context, &task, meant.photo_id).await?;
        Ok(done.with(shown(context, row).await?))
    }

    async fn moved(
        &self,
        claim: &Claim<'_>,
        known: &TaskPhotoRow,
        version: Option<i32>,
        step: Step,
        decision: Option<Decision>,
    ) -> Result<(), Failure> {
        let context = self.context;
        let note = match &decision {
            Some(decision) => sealed_note(context, &known.photo, decision).await?,
            None => None,
        };
        let tx = claim.begin().await?;
        let photo = lock(&tx, &known.photo, version).await?;
        let photo = match &decision {
            Some(decision) => refused(context, photo, decision, note),
            None => photo,
        };
        let moved = move_to(context, &tx, photo, step.event, step.told).await?;
        if decision.is_some() {
            enqueue(context, &tx, known.owner, News::PhotoRejected).await?;
        }
        let about = About {
            subject: Some(known.owner),
            reason: None,
        };
        let deed = deed(&moved, step.action);
        let audited = audit::note(context, &tx, self.actor, deed, about).await?;
        tx.commit(audited, &()).await
    }
}

/// The photo, locked, where it is still the version that is meant.
async fn lock(
    tx: &Tx,
    known: &SubmittedPhoto,
    version: Option<i32>,
) -> Result<SubmittedPhoto, Failure> {
    let live = store::photo::lock_live(tx, known.school_id, known.enrolment_id).await?;
    let live = live.filter(|live| live.id == known.id);
    // One that counts no more has moved on since, or is in a state from which nothing leads on.
    let current = live.as_ref().map_or(known.version, |live| live.version);
    if version.is_some_and(|version| version != current) {
        return Err(ProblemCode::RequestMatchStale.into());
    }
    live.ok_or_else(|| ProblemCode::PhotoState.into())
}

fn refused(
    context: &Context,
    photo: SubmittedPhoto,
    decision: &Decision,
    note: Option<Sealed>,
) -> SubmittedPhoto {
    SubmittedPhoto {
        review: Some(PhotoReview {
            reasons: decision.reasons.iter().map(ToString::to_string).collect(),
            stage: Some(ReviewStage::School),
            note: None,
            decided_at: context.now(),
        }),
        review_note: note,
        ..photo
    }
}

async fn sealed_note(
    context: &Context,
    photo: &SubmittedPhoto,
    decision: &Decision,
) -> Result<Option<Sealed>, Failure> {
    let Some(text) = &decision.note else {
        return Ok(None);
    };
    let scope = Scope::Task(photo.task_id);
    let sealer = context.sealer(scope, Purpose::Person).await?;
    let bytes = sealer.seal("photos", "review_note_sealed", photo.id.0, text.as_bytes())?;
    Ok(Some(bytes.into()))
}
