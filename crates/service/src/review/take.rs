//! Taking photos of the queue.

use chrono::{DateTime, Utc};
use domain::access::Actor;
use domain::known_item::KNOWN_AGAIN_AFTER;
use domain::review::ReviewStage;
use domain::review_queue::{MOST_LEASED, QueueLength, REVIEW_LEASE, ReviewLease};
use domain::second_look::LONGEST_WAIT_FOR_ANOTHER;
use domain::{FieldError, PhotoId, ProblemCode, Refusal, TaskId};
use store::review::QueueFilter;

use super::Reviewer;
use super::shown::{self, MadeDecision, PhotoToReview};
use crate::{Context, Failure};

/// How many of a reviewer's own decisions are shown.
const LATEST: u64 = 10;

/// Which photos a reviewer wants.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Of this task alone.
    pub task: Option<&'a str>,
    /// Only those on which the automatic check found nothing, or only the others.
    pub is_clean: Option<bool>,
    /// Those that were passed on by other reviewers.
    pub is_escalated: bool,
}

/// How the queue stands for a reviewer.
#[derive(Debug, Clone, Copy)]
pub struct QueueState {
    /// For which stage they review.
    pub stage: ReviewStage,
    /// What waits in the ordinary queue.
    pub waiting: QueueLength,
    /// What other reviewers passed on.
    pub escalated: QueueLength,
}

/// How many photos wait for this reviewer.
///
/// # Errors
/// Where they may not review; wrong fields.
pub async fn queue(
    context: &Context,
    actor: &Actor,
    task: Option<&str>,
) -> Result<QueueState, Failure> {
    let reviewer = Reviewer::of(actor)?;
    let wanted = Wanted {
        task,
        ..Wanted::default()
    };
    let filter = filter(&reviewer, wanted, context.now())?;
    let escalated = QueueFilter {
        is_escalated: true,
        ..filter
    };
    let on = context.store.reader();
    Ok(QueueState {
        stage: reviewer.stage,
        waiting: store::review::length(on, &filter).await?,
        escalated: store::review::length(on, &escalated).await?,
    })
}

/// Gives a reviewer photos to look at, those that wait longest first; nobody else gets them for five minutes. Those of this
/// filter that they have already come first, so that asking again keeps them. One that another student sent as well has a
/// finding from then on, and is none of those on which nothing was found: who asks for those does not get it, nor keeps it from
/// others.
///
/// # Errors
/// Where they may not review; wrong fields.
pub async fn take(
    context: &Context,
    actor: &Actor,
    wanted: Wanted<'_>,
    count: usize,
) -> Result<Vec<PhotoToReview>, Failure> {
    let reviewer = Reviewer::of(actor)?;
    if !(1..=MOST_LEASED).contains(&count) {
        let error = FieldError::new("/count", ProblemCode::ReviewCount);
        return Err(Refusal::field(error.with("max", MOST_LEASED)).into());
    }
    let now = context.now();
    let lease = ReviewLease {
        reviewer_id: reviewer.account_id,
        until: now + REVIEW_LEASE,
    };
    let filter = filter(&reviewer, wanted, now)?;
    let taken = store::review::take(
        context.store.writer(),
        &filter,
        lease,
        now,
        u64::try_from(count).unwrap_or(u64::MAX),
    );
    let mut shown = shown::to_review(context, taken.await?).await?;
    let doubtful = shown.iter().filter(|photo| !photo.same_pictures.is_empty());
    let doubtful: Vec<PhotoId> = doubtful.map(|photo| photo.id).collect();
    if doubtful.is_empty() {
        return Ok(shown);
    }
    let on = context.store.writer();
    store::review::mark_doubtful(on, &doubtful).await?;
    if wanted.is_clean == Some(true) {
        // This reviewer does not see them, so another can have them at once.
        store::review::give_back_some(on, reviewer.account_id, &doubtful).await?;
        shown.retain(|photo| photo.same_pictures.is_empty());
    }
    Ok(shown)
}

/// Gives back what a reviewer has and did not decide about.
///
/// # Errors
/// Where they may not review.
pub async fn give_back(context: &Context, actor: &Actor) -> Result<(), Failure> {
    let reviewer = Reviewer::of(actor)?;
    let on = context.store.writer();
    Ok(store::review::give_back(on, reviewer.account_id).await?)
}

/// A reviewer's own latest decisions, the latest first.
///
/// # Errors
/// Where they may not review.
pub async fn latest(context: &Context, actor: &Actor) -> Result<Vec<MadeDecision>, Failure> {
    let reviewer = Reviewer::of(actor)?;
    let on = context.store.reader();
    let reviews = store::review::latest_decisions(on, reviewer.account_id, LATEST).await?;
    let made = |review| MadeDecision::new(review, context.now());
    Ok(reviews.into_iter().map(made).collect())
}

fn filter<'a>(
    reviewer: &'a Reviewer,
    wanted: Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<QueueFilter<'a>, Failure> {
    let task = wanted.task.map(str::parse::<TaskId>).transpose();
    let unreadable = || {
        let error = FieldError::new("/task_id", ProblemCode::RequestFieldUnreadable);
        Refusal::field(error.with("field", "task_id"))
    };
    Ok(QueueFilter {
        reviewer: reviewer.account_id,
        looked_since: now - LONGEST_WAIT_FOR_ANOTHER,
        known_since: now - KNOWN_AGAIN_AFTER,
        reach: &reviewer.reach,
        stage: reviewer.stage,
        task: task.map_err(|_| unreadable())?,
        is_clean: wanted.is_clean,
        is_escalated: wanted.is_escalated,
    })
}
