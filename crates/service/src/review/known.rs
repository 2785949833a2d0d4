//! Decisions about known items: they move nothing and tell nobody, but show how many faults a reviewer catches. What follows
//! for earlier approvals of a reviewer who misses too many is in [`super::recall`].

use domain::access::StudentReach;
use domain::audit::AuditExemption;
use domain::known_item::{KNOWN_AGAIN_AFTER, KnownResult};
use domain::recall::RecallState;
use domain::review_queue::{NextReview, StageReview, StageReviewState};
use domain::{AccountId, TaskId};
use store::Tx;
use store::recall::Doubted;
use store::seeded::SeededDecision;

use crate::{Context, Failure};

/// Puts a decision about a known item into force.
pub(super) async fn force(context: &Context, due: &StageReview) -> Result<(), Failure> {
    let now = context.now();
    let tx = context.store.begin().await?;
    let waiting = store::review::lock(&tx, &StudentReach::AllSchools, due.photo_id).await?;
    let locked = store::review::lock_decision(&tx, due.id).await?;
    let is_due = locked.is_some_and(
        |locked| matches!(locked.state, StageReviewState::Undoable(until) if until <= now),
    );
    if !is_due {
        return Ok(store::rollback(tx).await?);
    }
    let waiting = waiting.filter(|waiting| waiting.decision_id == Some(due.id));
    let seeded = store::seeded::of_ids(&tx, &[due.photo_id]).await?.pop();
    let (Some(waiting), Some(seeded)) = (waiting, seeded) else {
        store::review::save_state(&tx, due.id, StageReviewState::Void(now)).await?;
        return Ok(store::commit(tx, AuditExemption::Rule).await?);
    };
    store::review::save_state(&tx, due.id, StageReviewState::InForce(now)).await?;
    let Some(result) = seeded.known.result(due.outcome, &due.reasons) else {
        let next = NextReview {
            stage: due.stage,
            is_escalated: true,
            share: 0,
        };
        store::review::save(&tx, &waiting.passed_on(next, now)).await?;
        return Ok(store::commit(tx, AuditExemption::Repetition).await?);
    };
    let decision = SeededDecision {
        photo_id: due.photo_id,
        reviewer_id: due.reviewer_id,
        result,
        decided_at: due.decided_at,
    };
    store::seeded::settle(&tx, decision).await?;
    store::review::leave(&tx, due.photo_id, now).await?;
    if result == KnownResult::Missed {
        doubt(context, &tx, due.reviewer_id).await?;
    }
    // That it was reviewed was noted with the decision; what follows for photos is noted with each.
    Ok(store::commit(tx, AuditExemption::Repetition).await?)
}

/// Puts the approvals of a reviewer into doubt that were made since the last fault that they caught, in each task whose limit
/// they are below.
async fn doubt(context: &Context, tx: &Tx, reviewer: AccountId) -> Result<(), Failure> {
    let (now, earliest) = (context.now(), context.now() - KNOWN_AGAIN_AFTER);
    let record = store::seeded::record(tx, reviewer, earliest).await?;
    let caught = store::seeded::last_caught(tx, reviewer, earliest).await?;
    let since = caught.unwrap_or(earliest);
    let tasks: Vec<TaskId> = store::recall::tasks_of(tx, reviewer, since).await?;
    for task_id in tasks {
        let task = store::task::get(tx, task_id).await?;
        let limit = task.map_or(0, |task| task.settings.catch_limit);
        if record.is_below(limit) {
            let doubted = Doubted {
                reviewer_id: reviewer,
                task_id,
                since,
            };
            store::recall::begin(tx, doubted, now).await?;
            tracing::warn!(
                account.id = %reviewer, task.id = %task_id, state = RecallState::Due.as_str(),
                "A reviewer misses too many known faults: their approvals since the last caught one are in doubt"
            );
        }
    }
    Ok(())
}
