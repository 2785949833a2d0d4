//! Deciding, and taking a decision back.

use std::collections::HashSet;

use domain::access::Actor;
use domain::audit::{AuditAction, AuditObject};
use domain::review::{Decision, ReviewOutcome};
use domain::review_queue::{MOST_LEASED, StageReview, StageReviewState, UNDO_PERIOD, WaitingPhoto};
use domain::{AccountId, FieldError, PhotoId, PhotoReviewId, ProblemCode, Refusal, Sealed};
use store::Tx;
use store::audit::Audited;

use super::Reviewer;
use super::quality::are_findings_hidden;
use super::shown::MadeDecision;
use crate::audit::{self, About, Deed};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// A photo about which is decided, as the reviewer saw it.
#[derive(Debug, Clone, Copy)]
pub struct DecidedPhoto<'a> {
    /// The photo.
    pub id: &'a str,
    /// The version that the reviewer saw.
    pub version: i32,
}

/// Decides about photos that the reviewer has: about all of them, or about none. It takes effect after ten seconds.
///
/// # Errors
/// Where they may not review; `review.taken` where somebody else has one of them, or it changed since;
/// `review.not_together` for several that have findings or were not looked at; wrong fields;
/// `request.idempotency_key_reused`.
pub async fn decide(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    photos: &[DecidedPhoto<'_>],
    decision: &Decision,
) -> Result<KeyedOutcome<Vec<MadeDecision>>, Failure> {
    let reviewer = Reviewer::of(actor)?;
    let seen = read(photos, decision.outcome)?;
    require_different(context, &seen).await?;
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let deciding = Deciding {
        context,
        actor,
        reviewer,
        decision,
    };
    claim.once(deciding.about(&claim, seen)).await
}

/// Who decides what.
struct Deciding<'a> {
    context: &'a Context,
    actor: &'a Actor,
    reviewer: Reviewer,
    decision: &'a Decision,
}

impl Deciding<'_> {
    async fn about(
        &self,
        claim: &Claim<'_>,
        seen: Vec<(PhotoId, i32)>,
    ) -> Result<Vec<MadeDecision>, Failure> {
        let Self {
            context,
            actor,
            reviewer,
            decision,
        } = self;
        let notes = seal_note(context, reviewer, &seen, decision).await?;
        let tx = claim.begin().await?;
        let mut made = Vec::with_capacity(seen.len());
        let mut audited = None;
        let count = seen.len();
        for (photo, version) in seen {
            let waiting = store::review::lock(&tx, &reviewer.reach, photo).await?;
            let waiting =
                waiting.filter(|waiting| waiting.is_held_by(reviewer.account_id, version));
            let waiting = waiting.ok_or(ProblemCode::ReviewTaken)?;
            if count > 1 && !waiting.goes_with_others(count, context.now()) {
                return Err(ProblemCode::ReviewNotTogether.into());
            }
            let id = notes.as_ref().map(|note| note.id);
            let id = id.unwrap_or_else(|| context.new_id(PhotoReviewId::new));
            let findings_hidden = are_findings_hidden(context, &*tx, &waiting).await?;
            let review = StageReview {
                findings_hidden,
                ..review_of(context, reviewer, &waiting, decision, id)
            };
            let effective_at = review.decided_at + UNDO_PERIOD;
            let note = notes.as_ref().map(|note| note.sealed.clone());
            store::review::insert_decision(&tx, &review, effective_at, note).await?;
            store::review::save(&tx, &waiting.decided(id)).await?;
            audited =
                Some(note_deed(context, &tx, actor, &review, AuditAction::PhotoReviewed).await?);
            made.push(MadeDecision::new(review, context.now()));
        }
        tx.commit(audited.ok_or(ProblemCode::ReviewTaken)?, &made)
            .await?;
        Ok(made)
    }
}

/// Takes a decision back that is not in force; its reviewer has the photo again. One that was taken back stays so.
///
/// # Errors
/// Where they may not review; `review.unknown`; `review.undo_over`.
pub async fn undo(context: &Context, actor: &Actor, id: &str) -> Result<MadeDecision, Failure> {
    let reviewer = Reviewer::of(actor)?;
    let id: PhotoReviewId = id.parse().map_err(|_| ProblemCode::ReviewUnknown)?;
    let on = context.store.reader();
    let asked = store::review::own_decision(on, reviewer.account_id, id).await?;
    let asked = asked.ok_or(ProblemCode::ReviewUnknown)?;
    let now = context.now();
    let tx = context.store.begin().await?;
    let waiting = store::review::lock(&tx, &reviewer.reach, asked.photo_id).await?;
    let review = store::review::lock_decision(&tx, id).await?;
    let (Some(waiting), Some(review)) = (waiting, review) else {
        return Err(ProblemCode::ReviewUndoOver.into());
    };
    if matches!(review.state, StageReviewState::Undone(_)) {
        // Sent again, since the answer was lost.
        store::rollback(tx).await?;
        return Ok(MadeDecision::new(review, now));
    }
    if waiting.decision_id != Some(id) || !review.can_be_undone(now) {
        return Err(ProblemCode::ReviewUndoOver.into());
    }
    let state = StageReviewState::Undone(now);
    store::review::save_state(&tx, id, state).await?;
    store::review::save(&tx, &waiting.undone(now)).await?;
    let audited = note_deed(context, &tx, actor, &review, AuditAction::ReviewUndone).await?;
    store::commit(tx, audited).await?;
    Ok(MadeDecision::new(StageReview { state, ..review }, now))
}

/// The photos, each once and in the order in which everybody locks them.
fn read(
    photos: &[DecidedPhoto<'_>],
    outcome: ReviewOutcome,
) -> Result<Vec<(PhotoId, i32)>, Failure> {
    let most = if outcome == ReviewOutcome::Approved {
        MOST_LEASED
    } else {
        1
    };
    let different: HashSet<&str> = photos.iter().map(|photo| photo.id).collect();
    if !(1..=most).contains(&photos.len()) || different.len() != photos.len() {
        let error = FieldError::new("/photos", ProblemCode::ReviewPhotos);
        return Err(Refusal::field(error.with("max", MOST_LEASED)).into());
    }
    let parsed = photos.iter().map(|photo| {
        let id = photo.id.parse::<PhotoId>();
        id.map(|id| (id, photo.version))
    });
    let mut seen: Vec<(PhotoId, i32)> = parsed
        .collect::<Result<_, _>>()
        .map_err(|_| ProblemCode::ReviewTaken)?;
    seen.sort_unstable();
    Ok(seen)
}

/// Photos of which another student sent one as well are not approved together: whoever took them before that did not see
/// it. Asked before the transaction, since that holds the locks of all of them.
async fn require_different(context: &Context, seen: &[(PhotoId, i32)]) -> Result<(), Failure> {
    if seen.len() < 2 {
        return Ok(());
    }
    let on = context.store.reader();
    let ids: Vec<PhotoId> = seen.iter().map(|(id, _)| *id).collect();
    let photos = store::review::photos(on, &ids).await?;
    let same = store::picture_band::same_pictures(on, &photos).await?;
    if same.is_empty() {
        Ok(())
    } else {
        Err(ProblemCode::ReviewNotTogether.into())
    }
}

/// The note of a decision, sealed for the row that it will be.
struct SealedNote {
    id: PhotoReviewId,
    sealed: Sealed,
}

/// Before the transaction begins, since making a key may write.
async fn seal_note(
    context: &Context,
    reviewer: &Reviewer,
    seen: &[(PhotoId, i32)],
    decision: &Decision,
) -> Result<Option<SealedNote>, Failure> {
    let (Some(note), Some((photo, _))) = (decision.note.as_ref(), seen.first()) else {
        return Ok(None);
    };
    let on = context.store.reader();
    let held = store::review::held(on, &reviewer.reach, reviewer.account_id, *photo).await?;
    let task = held.ok_or(ProblemCode::ReviewTaken)?.task_id;
    let sealer = context.sealer(Scope::Task(task), Purpose::Person).await?;
    let id = context.new_id(PhotoReviewId::new);
    let bytes = sealer.seal("photo_reviews", "note_sealed", id.0, note.as_bytes())?;
    Ok(Some(SealedNote {
        id,
        sealed: bytes.into(),
    }))
}

fn review_of(
    context: &Context,
    reviewer: &Reviewer,
    waiting: &WaitingPhoto,
    decision: &Decision,
    id: PhotoReviewId,
) -> StageReview {
    let now = context.now();
    StageReview {
        id,
        photo_id: waiting.photo_id,
        school_id: waiting.school_id,
        task_id: waiting.task_id,
        stage: waiting.stage,
        reviewer_id: reviewer.account_id,
        outcome: decision.outcome,
        reasons: decision.reasons.clone(),
        look: waiting.look,
        findings_hidden: false,
        is_seeded: waiting.is_seeded,
        decided_at: now,
        state: StageReviewState::Undoable(now + UNDO_PERIOD),
    }
}

/// The student reads it in their access log; what was decided they learn once it is in force.
async fn note_deed(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    review: &StageReview,
    action: AuditAction,
) -> Result<Audited, Failure> {
    let subject: Option<AccountId> = store::review::owner_of(tx, review.photo_id).await?;
    let deed = Deed {
        action,
        object: AuditObject::Photo,
        object_id: review.photo_id.0,
        school_id: Some(review.school_id),
    };
    let about = About {
        subject,
        reason: None,
    };
    audit::note(context, tx, actor, deed, about).await
}
