//! How well reviewers agree: second looks, what is hidden for them, and the figures of each reviewer. docs/decisions/0051.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::AccountId;
use domain::access::{Actor, Permission};
use domain::review::ReviewOutcome;
use domain::review_quality::{ReviewerFigures, figures};
use domain::review_queue::{StageReview, WaitingPhoto};
use domain::second_look::{FEWEST_REVIEWERS, NextLook, next_look};
use store::{Connection, Tx};

use crate::{Context, Failure};

/// Who decided in so many days reviews.
const ACTIVE: TimeDelta = TimeDelta::days(14);
/// Of so many days figures are told.
const PERIOD: TimeDelta = TimeDelta::days(30);
/// The most decisions that are read for speed.
const DECISIONS: u64 = 50_000;
/// The most that are read for agreement.
const COMPARED: u64 = 20_000;

/// How many review the stage of a photo.
async fn reviewers(
    context: &Context,
    on: &impl Connection,
    waiting: &WaitingPhoto,
) -> Result<u64, Failure> {
    let since = context.now() - ACTIVE;
    let (stage, school) = (waiting.stage, waiting.school_id);
    Ok(store::review_quality::active_reviewers(on, stage, school, since).await?)
}

/// Whether what the check found on a photo is kept from its reviewer: it belongs to the share, and there is somebody to
/// compare with.
pub(super) async fn are_findings_hidden(
    context: &Context,
    on: &impl Connection,
    waiting: &WaitingPhoto,
) -> Result<bool, Failure> {
    if !waiting.is_sampled {
        return Ok(false);
    }
    Ok(reviewers(context, on, waiting).await? >= FEWEST_REVIEWERS)
}

/// What follows a decision that has just taken effect.
pub(super) async fn next_look_at(
    context: &Context,
    tx: &Tx,
    waiting: &WaitingPhoto,
    review: &StageReview,
) -> Result<NextLook, Failure> {
    if !waiting.is_sampled || review.outcome == ReviewOutcome::Escalated {
        return Ok(NextLook::Settled);
    }
    let looks = store::review_quality::looks(tx, waiting).await?;
    let outcomes: Vec<ReviewOutcome> = looks.iter().map(|look| look.outcome).collect();
    Ok(next_look(&outcomes, reviewers(context, tx, waiting).await?))
}

/// The figures of a reviewer.
#[derive(Debug, Clone)]
pub struct ReviewerQuality {
    /// Who.
    pub account_id: AccountId,
    /// Their name; `None` of somebody who is no member of staff any more.
    pub name: Option<String>,
    /// The figures.
    pub figures: ReviewerFigures,
}

/// The figures of all reviewers.
#[derive(Debug, Clone)]
pub struct QualityState {
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether there is at most one reviewer, so that nobody can look a second time.
    pub is_alone: bool,
    /// The reviewers, who decided most first.
    pub reviewers: Vec<ReviewerQuality>,
}

/// The figures of the reviewers of the schools that an actor manages.
///
/// # Errors
/// Where they may not manage staff.
pub async fn quality(context: &Context, actor: &Actor) -> Result<QualityState, Failure> {
    let reach = actor.require(Permission::ManageStaff)?;
    let (on, now) = (context.store.reader(), context.now());
    let since = now - PERIOD;
    let decisions = store::review_quality::decisions(on, &reach, since, DECISIONS).await?;
    let compared = store::review_quality::compared(on, &reach, since, COMPARED).await?;
    let lately = decisions.iter().filter(|one| one.at >= now - ACTIVE);
    let mut lately: Vec<AccountId> = lately.map(|one| one.reviewer_id).collect();
    lately.sort_unstable();
    lately.dedup();
    let found = figures(&decisions, &compared);
    let names = names(context, found.keys().copied().collect()).await?;
    let reviewer = |(account_id, figures): (AccountId, ReviewerFigures)| ReviewerQuality {
        account_id,
        name: names.get(&account_id).cloned(),
        figures,
    };
    let mut reviewers: Vec<ReviewerQuality> = found.into_iter().map(reviewer).collect();
    reviewers.sort_by_key(|one| std::cmp::Reverse(one.figures.decided));
    Ok(QualityState {
        since,
        is_alone: lately.len() < 2,
        reviewers,
    })
}

async fn names(
    context: &Context,
    owners: Vec<AccountId>,
) -> Result<HashMap<AccountId, String>, Failure> {
    let members = store::staff::members(context.store.reader(), &owners).await?;
    let mut names = HashMap::with_capacity(members.len());
    for member in members {
        let (owner, sealed) = (member.account_id, &member.name_sealed);
        let name = context.open_text("staff_members", "name_sealed", owner.0, sealed);
        names.insert(owner, name.await?);
    }
    Ok(names)
}
