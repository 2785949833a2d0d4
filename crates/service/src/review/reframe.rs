//! A reviewer turns a photo or moves its frame: it is framed anew and checked again, and they have it still.

use domain::access::Actor;
use domain::audit::AuditAction;
use domain::review_queue::WaitingPhoto;
use domain::submitted_photo::SubmittedPhoto;
use domain::{PhotoId, ProblemCode};
use store::seeded::SeededPhoto;

use super::Reviewer;
use super::decide::DecidedPhoto;
use super::shown::{self, PhotoToReview};
use crate::audit::{self, About};
use crate::photo::{Framing, ReframedPhoto, deed, reframe as frame_anew};
use crate::{Context, Failure};

/// Frames a photo anew that the reviewer has, as they saw it, and checks it again. What they decide then is about the new
/// framing; its student sees in their history that a reviewer adjusted it.
///
/// # Errors
/// Where they may not review; `review.taken` where somebody else has it, it was decided about, or it changed since; what is
/// wrong with the frame; `photo.being_checked`; `server.unavailable`; wrong fields.
pub async fn reframe(
    context: &Context,
    actor: &Actor,
    seen: DecidedPhoto<'_>,
    framing: Framing,
) -> Result<PhotoToReview, Failure> {
    let reviewer = Reviewer::of(actor)?;
    let id: PhotoId = seen.id.parse().map_err(|_| ProblemCode::ReviewTaken)?;
    let on = context.store.reader();
    let held = store::review::held(on, &reviewer.reach, reviewer.account_id, id).await?;
    let held = held.filter(|held| held.is_held_by(reviewer.account_id, seen.version));
    held.ok_or(ProblemCode::ReviewTaken)?;
    let seen_photo = HeldPhoto::find(context, id).await?;
    let photo = seen_photo.file();
    let framed = Box::pin(frame_anew(context, reviewer.account_id, &photo, framing)).await?;
    let entering = Entering {
        context,
        actor,
        reviewer: &reviewer,
        version: seen.version,
    };
    let entered = match &seen_photo {
        HeldPhoto::Student(photo) => Box::pin(entering.enter(&framed, photo)).await,
        HeldPhoto::Known(seeded) => Box::pin(entering.enter_known(&framed, seeded)).await,
    };
    match entered {
        Ok(waiting) => {
            let shown = shown::to_review(context, vec![waiting]).await?.pop();
            shown.ok_or_else(|| ProblemCode::ReviewTaken.into())
        }
        Err(refused @ Failure::Refused(_)) => {
            framed.discard(context).await;
            Err(refused)
        }
        // The row may have lasted although we were not told, so its files stay for the work that looks for them later.
        Err(failure) => Err(failure),
    }
}

/// A photo that is framed anew.
enum HeldPhoto {
    /// A student's.
    Student(SubmittedPhoto),
    /// A known item, which reviewers cannot tell from one.
    Known(SeededPhoto),
}

impl HeldPhoto {
    async fn find(context: &Context, id: PhotoId) -> Result<Self, Failure> {
        let on = context.store.reader();
        if let Some(photo) = store::review::photos(on, &[id]).await?.pop() {
            return Ok(Self::Student(photo));
        }
        let seeded = store::seeded::of_ids(on, &[id]).await?.pop();
        Ok(Self::Known(seeded.ok_or(ProblemCode::ReviewTaken)?))
    }

    /// The photo whose files are read and sealed: those of a known item for the library's own id.
    fn file(&self) -> SubmittedPhoto {
        match self {
            Self::Student(photo) => photo.clone(),
            Self::Known(seeded) => {
                let id = PhotoId(seeded.known.id.0);
                seeded.known.as_submitted(id, &seeded.item)
            }
        }
    }
}

/// Who frames a photo anew.
struct Entering<'a> {
    context: &'a Context,
    actor: &'a Actor,
    reviewer: &'a Reviewer,
    version: i32,
}

impl Entering<'_> {
    /// Enters what was framed, unless somebody decided or the photo moved on meanwhile.
    async fn enter(
        &self,
        framed: &ReframedPhoto,
        seen: &SubmittedPhoto,
    ) -> Result<WaitingPhoto, Failure> {
        let (context, reviewer, id) = (self.context, self.reviewer, seen.id);
        let now = context.now();
        let tx = context.store.begin().await?;
        let live = store::photo::lock_live(&tx, seen.school_id, seen.enrolment_id).await?;
        let live = live.filter(|live| live.id == id);
        let live = live.ok_or(ProblemCode::ReviewTaken)?;
        let waiting = store::review::lock(&tx, &reviewer.reach, id).await?;
        let waiting =
            waiting.filter(|waiting| waiting.is_held_by(reviewer.account_id, self.version));
        let waiting = waiting.ok_or(ProblemCode::ReviewTaken)?;
        let photo = framed.enter(context, &tx, live).await?;
        let waiting = waiting.reframed(photo.verdict.findings.is_empty(), now);
        store::review::save(&tx, &waiting).await?;
        let about = About {
            subject: store::review::owner_of(&tx, id).await?,
            reason: None,
        };
        let deed = deed(&photo, AuditAction::PhotoReframed);
        let audited = audit::note(context, &tx, self.actor, deed, about).await?;
        store::commit(tx, audited).await?;
        Ok(waiting)
    }

    /// As [`Self::enter`], of a known item.
    async fn enter_known(
        &self,
        framed: &ReframedPhoto,
        seen: &SeededPhoto,
    ) -> Result<WaitingPhoto, Failure> {
        let (context, reviewer, id) = (self.context, self.reviewer, seen.item.photo_id);
        let tx = context.store.begin().await?;
        let waiting = store::review::lock(&tx, &reviewer.reach, id).await?;
        let waiting =
            waiting.filter(|waiting| waiting.is_held_by(reviewer.account_id, self.version));
        let waiting = waiting.ok_or(ProblemCode::ReviewTaken)?;
        let seeded = store::seeded::of_ids(&tx, &[id]).await?.pop();
        let mut seeded = seeded.ok_or(ProblemCode::ReviewTaken)?;
        let framing = framed.enter_known(context, &tx, &seeded).await?;
        let waiting = waiting.reframed(framing.verdict.findings.is_empty(), context.now());
        store::review::save(&tx, &waiting).await?;
        seeded.item.framing = Some(framing);
        let photo = seeded.known.as_submitted(id, &seeded.item);
        let deed = deed(&photo, AuditAction::PhotoReframed);
        let audited = audit::note(context, &tx, self.actor, deed, About::default()).await?;
        store::commit(tx, audited).await?;
        Ok(waiting)
    }
}
