//! Known items come into the queue beside some of the photos that begin to wait. docs/decisions/0055.

use chrono::{DateTime, TimeDelta, Utc};
use domain::known_item::{SeededItem, apart, is_seeded, next_known};
use domain::review_queue::WaitingPhoto;
use domain::second_look::FEWEST_REVIEWERS;
use domain::task::TaskSettings;
use domain::{PhotoId, SchoolId, review::ReviewStage};
use store::{Connection, Tx};

use crate::{Context, Failure};

/// Who decided in so many days reviews.
pub(crate) const ACTIVE: TimeDelta = TimeDelta::days(14);

/// How many review for a stage; for that of the school, in this school.
pub(crate) async fn active_reviewers(
    context: &Context,
    on: &impl Connection,
    stage: ReviewStage,
    school: SchoolId,
) -> Result<u64, Failure> {
    let since = context.now() - ACTIVE;
    Ok(store::review_quality::active_reviewers(on, stage, school, since).await?)
}

/// Puts a known item beside a photo that begins to wait, if it belongs to the share of its task, if there is somebody to
/// compare with, and if there is a known photo that does not wait in this queue already.
pub(crate) async fn seed_beside(
    context: &Context,
    tx: &Tx,
    waiting: &WaitingPhoto,
    submitted_at: DateTime<Utc>,
    settings: &TaskSettings,
) -> Result<(), Failure> {
    let (stage, school) = (waiting.stage, waiting.school_id);
    if !is_seeded(waiting.photo_id, stage, settings.seeded_share)
        || active_reviewers(context, tx, stage, school).await? < FEWEST_REVIEWERS
    {
        return Ok(());
    }
    let uses = store::known_photo::uses(tx, stage, school).await?;
    let Some(drawn) = next_known(&uses) else {
        return Ok(());
    };
    let Some(known) = store::known_photo::lock(tx, drawn).await? else {
        return Ok(());
    };
    // Under the lock it is certain that nobody else draws it now.
    let uses = store::known_photo::uses(tx, stage, school).await?;
    if uses.iter().any(|one| one.id == known.id && one.is_open) {
        return Ok(());
    }
    let submitted_at = submitted_at - apart(waiting.photo_id, stage);
    let item = SeededItem {
        // The moment is a part of an id.
        photo_id: PhotoId::new(submitted_at, context.random_bytes()),
        known_id: known.id,
        beside_id: waiting.photo_id,
        school_id: school,
        task_id: waiting.task_id,
        stage,
        submitted_at,
        framing: None,
    };
    let is_clean = known.verdict.findings.is_empty();
    store::seeded::insert(tx, &item).await?;
    let waits = waiting.with_known(&item, is_clean, settings.second_share);
    Ok(store::review::enter(tx, &waits).await?)
}
