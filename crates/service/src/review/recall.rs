//! Approvals in doubt: each photo is looked at in a transaction of its own, so that a crash repeats nothing.

use domain::AccountId;
use domain::PhotoReviewId;
use domain::access::{Actor, Permission, StudentReach};
use domain::audit::{AuditAction, AuditExemption};
use domain::event::EventData;
use domain::page::{Page, PageRequest};
use domain::photo_state::PhotoEvent;
use domain::recall::{PhotoRecall, RecallState};
use domain::review::ReviewStage;
use domain::review_queue::{NextReview, StageReviewState, WaitingPhoto};
use domain::submitted_photo::SubmittedPhoto;
use domain::task::TaskSettings;
use store::Tx;
use store::audit::Audited;

use super::quality::names;
use crate::overview::{PhotoStudent, student_of};
use crate::photo::{deed, move_to};
use crate::{Context, Failure, audit};

/// So many in one round.
const BATCH: u64 = 200;

/// Looks at every approval in doubt of which nothing was done yet. One that fails is tried again in the next round and does
/// not hold up others.
///
/// # Errors
/// The first failure, after the others were tried.
pub(super) async fn sweep(context: &Context) -> Result<(), Failure> {
    let due = store::recall::due(context.store.reader(), BATCH).await?;
    let mut first = Ok(());
    for recall in due {
        first = first.and(Box::pin(one(context, &recall)).await);
    }
    first
}

async fn one(context: &Context, due: &PhotoRecall) -> Result<(), Failure> {
    let on = context.store.reader();
    let photo = store::review::photos(on, &[due.photo_id]).await?.pop();
    let tx = context.store.begin().await?;
    let live = match &photo {
        Some(photo) => store::photo::lock_live(&tx, photo.school_id, photo.enrolment_id).await?,
        None => None,
    };
    let waiting = store::review::lock(&tx, &StudentReach::AllSchools, due.photo_id).await?;
    let recall = store::recall::lock(&tx, due.review_id).await?;
    let Some(recall) = recall.filter(|recall| recall.state == RecallState::Due) else {
        return Ok(store::rollback(tx).await?);
    };
    let review = store::review::lock_decision(&tx, due.review_id).await?;
    let state = review.map(|review| review.state);
    if matches!(state, Some(StageReviewState::Undoable(_))) {
        // Only what takes effect can be in doubt: another round sees what became of it.
        return Ok(store::rollback(tx).await?);
    }
    let live = live.filter(|live| live.id == due.photo_id);
    let live = live.filter(|_| matches!(state, Some(StageReviewState::InForce(_))));
    let Some(live) = live else {
        store::recall::save_state(&tx, due.review_id, RecallState::Void).await?;
        return Ok(store::commit(tx, AuditExemption::Rule).await?);
    };
    let undecided = waiting.filter(|waiting| waiting.decision_id.is_none());
    let waits_for = undecided.as_ref().map(|waiting| waiting.stage);
    let settings = settings_of(&tx, &live).await?;
    let becomes = recall.what_becomes(live.state, waits_for, settings.review);
    store::recall::save_state(&tx, due.review_id, becomes).await?;
    let action = match becomes {
        RecallState::Returned => AuditAction::PhotoReturned,
        RecallState::Delivered => AuditAction::PhotoListedForRecall,
        RecallState::Due | RecallState::Void => {
            return Ok(store::commit(tx, AuditExemption::Rule).await?);
        }
    };
    let photo = match becomes {
        RecallState::Returned => {
            let share = settings.second_share;
            give_back(context, &tx, live, undecided, recall.stage, share).await?
        }
        RecallState::Delivered | RecallState::Due | RecallState::Void => live,
    };
    let audited = note(context, &tx, &photo, action).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Has a photo wait again for the stage whose approval is in doubt.
async fn give_back(
    context: &Context,
    tx: &Tx,
    photo: SubmittedPhoto,
    waiting: Option<WaitingPhoto>,
    stage: ReviewStage,
    share: u8,
) -> Result<SubmittedPhoto, Failure> {
    let now = context.now();
    if let Some(waiting) = waiting {
        let next = NextReview {
            stage,
            is_escalated: false,
            share,
        };
        store::review::save(tx, &waiting.passed_on(next, now)).await?;
        return Ok(photo);
    }
    let undecided = SubmittedPhoto {
        review: None,
        ..photo
    };
    let (event, told) = (PhotoEvent::Returned, EventData::PhotoPendingReview);
    let photo = move_to(context, tx, undecided, event, told).await?;
    let waiting = WaitingPhoto::new(&photo, stage, share, now);
    store::review::enter(tx, &waiting).await?;
    Ok(photo)
}

async fn settings_of(tx: &Tx, photo: &SubmittedPhoto) -> Result<TaskSettings, Failure> {
    let task = store::task::get(tx, photo.task_id).await?;
    let task = task.ok_or(Failure::Fault("a photo has no task"))?;
    Ok(task.settings)
}

async fn note(
    context: &Context,
    tx: &Tx,
    photo: &SubmittedPhoto,
    action: AuditAction,
) -> Result<Audited, Failure> {
    let owner = store::review::owner_of(tx, photo.id).await?;
    let owner = owner.ok_or(Failure::Fault("a photo has no owner"))?;
    audit::by_system(context, tx, owner, deed(photo, action)).await
}

/// A photo that the school has although its approval is in doubt.
#[derive(Debug, Clone)]
pub struct RecalledPhoto {
    /// The approval.
    pub recall: PhotoRecall,
    /// Who approved it; `None` of somebody who is no member of staff any more.
    pub reviewer: Option<String>,
    /// Whose photo it is.
    pub student: PhotoStudent,
}

/// A page of the photos that schools have although an approval is in doubt, the latest approvals first.
///
/// # Errors
/// Where the actor may not manage staff.
pub async fn recalls(
    context: &Context,
    actor: &Actor,
    page: &PageRequest<PhotoReviewId>,
) -> Result<Page<RecalledPhoto>, Failure> {
    let reach = actor.require(Permission::ManageStaff)?;
    let on = context.store.reader();
    let found = store::recall::delivered(on, &reach, page).await?;
    let ids: Vec<_> = found.items.iter().map(|recall| recall.photo_id).collect();
    let rows = store::overview::photos_of_ids(on, &ids).await?;
    let mut reviewers: Vec<AccountId> = found.items.iter().map(|one| one.reviewer_id).collect();
    reviewers.sort_unstable();
    reviewers.dedup();
    let names = names(context, reviewers).await?;
    let mut items = Vec::with_capacity(found.items.len());
    for recall in found.items {
        let row = rows.iter().find(|row| row.photo.id == recall.photo_id);
        let row = row.ok_or(Failure::Fault("a photo that was delivered is gone"))?;
        items.push(RecalledPhoto {
            reviewer: names.get(&recall.reviewer_id).cloned(),
            student: student_of(context, &row.entry).await?,
            recall,
        });
    }
    Ok(Page {
        items,
        next: found.next,
    })
}
