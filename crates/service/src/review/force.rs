//! Putting decisions into force that can no longer be undone: only now does anybody outside learn of them.

use domain::access::StudentReach;
use domain::audit::{AuditAction, AuditExemption};
use domain::event::EventData;
use domain::photo_state::PhotoEvent;
use domain::review::ReviewOutcome;
use domain::review_queue::{NextReview, StageReview, StageReviewState, WaitingPhoto};
use domain::second_look::NextLook;
use domain::submitted_photo::{PhotoReview, SubmittedPhoto};
use domain::{PhotoReviewId, Sealed};
use store::Tx;
use store::audit::Audited;

use super::quality::next_look_at;
use super::{known, recall};
use crate::photo::{deed, move_to};
use crate::seeding::seed_beside;
use crate::student_message::{self, News};
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure, audit};

/// So many in one round.
const BATCH: u64 = 200;

/// Puts every decision into force that is due, and looks after approvals that are in doubt. One that fails is tried again in the next round and does not hold up others.
///
/// # Errors
/// The first failure, after the others were tried.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let due = store::review::due(context.store.reader(), context.now(), BATCH).await?;
    let mut first = Ok(());
    for review in due {
        let forced = if review.is_seeded {
            Box::pin(known::force(context, &review)).await
        } else {
            Box::pin(one(context, &review)).await
        };
        first = first.and(forced);
    }
    first.and(recall::sweep(context).await)
}

async fn one(context: &Context, due: &StageReview) -> Result<(), Failure> {
    let note = note_for_student(context, due).await?;
    let on = context.store.reader();
    let Some(photo) = store::review::photos(on, &[due.photo_id]).await?.pop() else {
        return Err(Failure::Fault("a decision has no photo"));
    };
    let tx = context.store.begin().await?;
    let live = store::photo::lock_live(&tx, photo.school_id, photo.enrolment_id).await?;
    let waiting = store::review::lock(&tx, &StudentReach::AllSchools, due.photo_id).await?;
    let locked = store::review::lock_decision(&tx, due.id).await?;
    let is_due = locked.is_some_and(|locked| {
        matches!(locked.state, StageReviewState::Undoable(until) if until <= context.now())
    });
    if !is_due {
        return Ok(store::rollback(tx).await?);
    }
    let live = live.filter(|live| live.id == due.photo_id);
    let waiting = waiting.filter(|waiting| waiting.decision_id == Some(due.id));
    let (Some(live), Some(waiting)) = (live, waiting) else {
        let state = StageReviewState::Void(context.now());
        store::review::save_state(&tx, due.id, state).await?;
        return Ok(store::commit(tx, AuditExemption::Rule).await?);
    };
    let state = StageReviewState::InForce(context.now());
    store::review::save_state(&tx, due.id, state).await?;
    let audited = Box::pin(apply(context, &tx, live, waiting, due, note)).await?;
    Ok(store::commit(tx, audited).await?)
}

async fn apply(
    context: &Context,
    tx: &Tx,
    photo: SubmittedPhoto,
    waiting: WaitingPhoto,
    review: &StageReview,
    note: Option<Sealed>,
) -> Result<Audited, Failure> {
    let now = context.now();
    let task = store::task::get(tx, photo.task_id).await?;
    let task = task.ok_or(Failure::Fault("a photo has no task"))?;
    let share = task.settings.second_share;
    if let Some(why) = look_again(context, tx, &waiting, review, share).await? {
        return Ok(why.into());
    }
    let to = |stage, is_escalated| NextReview {
        stage,
        is_escalated,
        share,
    };
    let next = task.settings.review.after(review.stage);
    let photo = SubmittedPhoto {
        review: Some(PhotoReview {
            reasons: review.reasons.iter().map(ToString::to_string).collect(),
            stage: Some(review.stage),
            note: None,
            decided_at: review.decided_at,
        }),
        review_note: note,
        ..photo
    };
    let (action, moved, news) = match (review.outcome, next) {
        (ReviewOutcome::Approved, Some(stage)) => {
            let waiting = waiting.passed_on(to(stage, false), now);
            store::review::save(tx, &waiting).await?;
            let (submitted_at, settings) = (photo.created_at, &task.settings);
            Box::pin(seed_beside(context, tx, &waiting, submitted_at, settings)).await?;
            return Ok(AuditExemption::Repetition.into());
        }
        (ReviewOutcome::Escalated, _) => {
            let waiting = waiting.passed_on(to(review.stage, true), now);
            store::review::save(tx, &waiting).await?;
            (AuditAction::PhotoEscalated, photo, None)
        }
        (ReviewOutcome::Approved, None) => {
            let told = EventData::PhotoApproved;
            let moved = move_to(context, tx, photo, PhotoEvent::Approved, told).await?;
            (AuditAction::PhotoApproved, moved, Some(News::PhotoApproved))
        }
        (ReviewOutcome::Rejected, _) => {
            let told = EventData::PhotoRejected;
            let moved = move_to(context, tx, photo, PhotoEvent::Rejected, told).await?;
            (AuditAction::PhotoRejected, moved, Some(News::PhotoRejected))
        }
    };
    let owner = store::review::owner_of(tx, moved.id).await?;
    let owner = owner.ok_or(Failure::Fault("a photo has no owner"))?;
    if let Some(news) = news {
        student_message::enqueue(context, tx, owner, news).await?;
    }
    audit::by_system(context, tx, owner, deed(&moved, action)).await
}

/// Has another reviewer look at a photo of the share, or somebody with more experience where two disagree; why nothing is
/// noted then, or `None` where the decision counts.
async fn look_again(
    context: &Context,
    tx: &Tx,
    waiting: &WaitingPhoto,
    review: &StageReview,
    share: u8,
) -> Result<Option<AuditExemption>, Failure> {
    let waiting = match next_look_at(context, tx, waiting, review).await? {
        NextLook::Settled => return Ok(None),
        NextLook::Another => waiting.clone().for_another_look(),
        NextLook::PassedOn => {
            let next = NextReview {
                stage: review.stage,
                is_escalated: true,
                share,
            };
            waiting.clone().passed_on(next, context.now())
        }
    };
    store::review::save(tx, &waiting).await?;
    Ok(Some(AuditExemption::Repetition))
}

/// What was written to the student with a rejection, sealed for the photo's own row. What colleagues wrote stays theirs.
async fn note_for_student(
    context: &Context,
    review: &StageReview,
) -> Result<Option<Sealed>, Failure> {
    if review.outcome != ReviewOutcome::Rejected {
        return Ok(None);
    }
    let on = context.store.reader();
    let Some(kept) = store::review::note_of(on, review.id).await? else {
        return Ok(None);
    };
    let id: PhotoReviewId = review.id;
    let text = context
        .open("photo_reviews", "note_sealed", id.0, kept)
        .await?;
    let scope = Scope::Task(review.task_id);
    let sealer = context.sealer(scope, Purpose::Person).await?;
    let bytes = sealer.seal("photos", "review_note_sealed", review.photo_id.0, &text)?;
    Ok(Some(bytes.into()))
}
