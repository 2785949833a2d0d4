//! How well reviewers agree: second looks, what is hidden for them, and the figures of each reviewer. docs/decisions/0051.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Actor, Permission, Reach};
use domain::known_item::CatchRecord;
use domain::review::{ReviewOutcome, ReviewStage};
use domain::review_quality::{ReviewerFigures, figures};
use domain::review_queue::{StageReview, WaitingPhoto};
use domain::second_look::{FEWEST_REVIEWERS, NextLook, next_look};
use domain::{AccountId, SchoolId};
use store::{Connection, Tx};
use uuid::Uuid;

use crate::seeding::{ACTIVE, active_reviewers};
use crate::{Context, Failure};

/// Of so many days figures are told.
const PERIOD: TimeDelta = TimeDelta::days(30);
/// The most decisions that are read for speed.
const DECISIONS: u64 = 50_000;
/// The most that are read for agreement.
const COMPARED: u64 = 20_000;

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
    let (stage, school) = (waiting.stage, waiting.school_id);
    Ok(active_reviewers(context, on, stage, school).await? >= FEWEST_REVIEWERS)
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
    let (stage, school) = (waiting.stage, waiting.school_id);
    let reviewers = active_reviewers(context, tx, stage, school).await?;
    Ok(next_look(&outcomes, reviewers))
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
    /// What their decisions about known items show.
    pub known: CatchRecord,
}

/// Where people review: the bureau, or a school.
#[derive(Debug, Clone)]
pub struct ReviewPlace {
    /// For which stage.
    pub stage: ReviewStage,
    /// The name of the school; `None` of the bureau, where all schools have one queue.
    pub school: Option<String>,
    /// How many reviewed there lately.
    pub reviewers: u64,
}

impl ReviewPlace {
    /// Whether nobody can be compared there, so that there are neither second looks nor known items.
    pub fn is_alone(&self) -> bool {
        self.reviewers < FEWEST_REVIEWERS
    }
}

/// The figures of all reviewers.
#[derive(Debug, Clone)]
pub struct QualityState {
    /// Since when.
    pub since: DateTime<Utc>,
    /// Where people reviewed lately, the bureau first.
    pub places: Vec<ReviewPlace>,
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
    let mut found = figures(&decisions, &compared);
    let records = store::seeded::records(on, &reach, since).await?;
    for account in records.keys() {
        found.entry(*account).or_default();
    }
    let names = names(context, found.keys().copied().collect()).await?;
    let reviewer = |(account_id, figures): (AccountId, ReviewerFigures)| ReviewerQuality {
        account_id,
        name: names.get(&account_id).cloned(),
        figures,
        known: records.get(&account_id).copied().unwrap_or_default(),
    };
    let mut reviewers: Vec<ReviewerQuality> = found.into_iter().map(reviewer).collect();
    reviewers.sort_by_key(|one| std::cmp::Reverse(one.figures.decided));
    Ok(QualityState {
        since,
        places: places(context, &reach).await?,
        reviewers,
    })
}

/// Where people reviewed lately, of the schools within reach; the bureau counts whoever reviews for it, for whatever school.
async fn places(context: &Context, reach: &Reach) -> Result<Vec<ReviewPlace>, Failure> {
    let (on, since) = (context.store.reader(), context.now() - ACTIVE);
    let bureau = active_reviewers(context, on, ReviewStage::Bureau, SchoolId(Uuid::nil())).await?;
    let counts = store::review_quality::reviewers_of_schools(on, reach, since).await?;
    let ids: Vec<SchoolId> = counts.iter().map(|one| one.school_id).collect();
    let schools = store::school::of_ids(on, &ids).await?;
    let mut places = Vec::with_capacity(counts.len() + 1);
    if bureau > 0 {
        places.push(ReviewPlace {
            stage: ReviewStage::Bureau,
            school: None,
            reviewers: bureau,
        });
    }
    for one in counts {
        let school = schools.iter().find(|school| school.id == one.school_id);
        places.push(ReviewPlace {
            stage: ReviewStage::School,
            school: school.map(|school| school.name.clone()),
            reviewers: one.reviewers,
        });
    }
    Ok(places)
}

pub(super) async fn names(
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
