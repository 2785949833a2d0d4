//! Photos as reviewers see them: the picture and what the automatic check found, nothing about the person.

use chrono::{DateTime, Utc};
use domain::photo_state::PhotoState;
use domain::review::{RejectReason, ReviewOutcome, ReviewStage};
use domain::review_queue::{StageReview, StageReviewState, WaitingPhoto};
use domain::submitted_photo::{PhotoReview, StoredFinding, SubmittedPhoto};
use domain::{PhotoId, PhotoReviewId, StoredText, TaskId};
use photo::Crop;
use serde::{Deserialize, Serialize};
use store::picture_band::SamePicture;
use store::seeded::SeededPhoto;

use super::quality::are_findings_hidden;
use crate::{Context, Failure};

/// Of so many other students the same picture is shown: who sees three knows enough.
const MOST_SAME_PICTURES: usize = 3;
/// What is said of a photo whose findings are hidden: the word that says least.
const HIDDEN_OUTCOME: &str = "pass";

/// A photo that a reviewer has.
#[derive(Debug)]
pub struct PhotoToReview {
    /// The photo.
    pub id: PhotoId,
    /// Its task.
    pub task_id: TaskId,
    /// The version that a decision must name.
    pub version: i32,
    /// For which stage.
    pub stage: ReviewStage,
    /// Whether another reviewer passed it on.
    pub is_escalated: bool,
    /// The first, second, … of its student.
    pub number: i32,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
    /// Since when it waits for this stage.
    pub since: DateTime<Utc>,
    /// Until when nobody else gets it.
    pub leased_until: DateTime<Utc>,
    /// `pass`, `warn` or `fail`.
    pub outcome: String,
    /// What was found, worst first; nothing where it is hidden.
    pub findings: Vec<StoredFinding>,
    /// Whether what was found is kept from the reviewer until they have decided.
    pub are_findings_hidden: bool,
    /// What its student wrote to the reviewer.
    pub note: Option<String>,
    /// The photo that it replaces, where that was rejected or refused.
    pub previous: Option<PreviousPhoto>,
    /// What other students of the school sent that is the same file or nearly the same picture, the earliest first; also
    /// where what the check found is hidden, since nobody sees that on a photo.
    pub same_pictures: Vec<OthersPhoto>,
    /// The frame, in pixels of the upright original.
    pub frame: Crop,
    /// When a reviewer last turned it or moved its frame.
    pub adjusted_at: Option<DateTime<Utc>>,
}

/// A photo of another student that shows the same.
#[derive(Debug)]
pub struct OthersPhoto {
    /// The photo.
    pub id: PhotoId,
    /// Whether it is the same file; otherwise the framed photos are nearly the same.
    pub is_same_file: bool,
    /// Where it is.
    pub state: PhotoState,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
}

/// An earlier photo of the same student that was not accepted.
#[derive(Debug)]
pub struct PreviousPhoto {
    /// The photo.
    pub id: PhotoId,
    /// Why it was not accepted.
    pub review: PhotoReview,
}

/// A decision, as its reviewer sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MadeDecision {
    /// The key.
    pub id: PhotoReviewId,
    /// The photo.
    pub photo_id: PhotoId,
    /// What was decided.
    pub outcome: ReviewOutcome,
    /// Why.
    pub reasons: Vec<RejectReason>,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// Until when it can be undone; `None` where it cannot.
    pub undo_until: Option<DateTime<Utc>>,
    /// Whether it was taken back.
    pub is_undone: bool,
    /// Whether what the automatic check found was kept from the reviewer.
    #[serde(default)]
    pub findings_hidden: bool,
}

impl MadeDecision {
    pub(super) fn new(review: StageReview, now: DateTime<Utc>) -> Self {
        let undo_until = match review.state {
            StageReviewState::Undoable(until) if now < until => Some(until),
            StageReviewState::Undoable(_)
            | StageReviewState::InForce(_)
            | StageReviewState::Undone(_)
            | StageReviewState::Void(_) => None,
        };
        Self {
            id: review.id,
            photo_id: review.photo_id,
            outcome: review.outcome,
            is_undone: matches!(review.state, StageReviewState::Undone(_)),
            findings_hidden: review.findings_hidden,
            reasons: review.reasons,
            decided_at: review.decided_at,
            undo_until,
        }
    }
}

/// The photos of a reviewer, in the order of the queue, in as many queries whatever their number.
pub(super) async fn to_review(
    context: &Context,
    taken: Vec<WaitingPhoto>,
) -> Result<Vec<PhotoToReview>, Failure> {
    let on = context.store.reader();
    let ids: Vec<PhotoId> = taken.iter().map(|waiting| waiting.photo_id).collect();
    let mut photos = store::review::photos(on, &ids).await?;
    let mut earlier = store::review::previous(on, &photos).await?;
    let same = store::picture_band::same_pictures(on, &photos).await?;
    if taken.iter().any(|waiting| waiting.is_seeded) {
        let seeded = store::seeded::of_ids(on, &ids).await?;
        let shown = |one: SeededPhoto| one.known.as_submitted(one.item.photo_id, &one.item);
        photos.extend(seeded.into_iter().map(shown));
    }
    let mut shown = Vec::with_capacity(taken.len());
    for waiting in taken {
        let Some(at) = photos.iter().position(|photo| photo.id == waiting.photo_id) else {
            continue;
        };
        let photo = photos.swap_remove(at);
        let is_before = |one: &SubmittedPhoto| {
            one.enrolment_id == photo.enrolment_id && one.number == photo.number - 1
        };
        let before = earlier.iter().position(is_before);
        let before = before.map(|at| earlier.swap_remove(at));
        let previous = match before {
            Some(before) => previous(context, before).await?,
            None => None,
        };
        let theirs = same.iter().filter(|pair| pair.photo_id == photo.id);
        let same_pictures = theirs.take(MOST_SAME_PICTURES).map(others_photo).collect();
        shown.push(PhotoToReview {
            same_pictures,
            ..one(context, waiting, photo, previous).await?
        });
    }
    Ok(shown)
}

fn others_photo(pair: &SamePicture) -> OthersPhoto {
    OthersPhoto {
        id: pair.other.id,
        is_same_file: pair.is_same_file,
        state: pair.other.state,
        submitted_at: pair.other.created_at,
    }
}

async fn previous(
    context: &Context,
    photo: SubmittedPhoto,
) -> Result<Option<PreviousPhoto>, Failure> {
    let review = crate::photo::review_of(context, &photo).await?;
    Ok(review.map(|review| PreviousPhoto {
        id: photo.id,
        review,
    }))
}

async fn one(
    context: &Context,
    waiting: WaitingPhoto,
    photo: SubmittedPhoto,
    previous: Option<PreviousPhoto>,
) -> Result<PhotoToReview, Failure> {
    let note: Option<StoredText> = photo.note;
    let note = context
        .open_stored("photos", "note_sealed", photo.id.0, note)
        .await?;
    let is_hidden = are_findings_hidden(context, context.store.reader(), &waiting).await?;
    let findings = photo.verdict.findings.into_iter().filter(|_| !is_hidden);
    Ok(PhotoToReview {
        id: photo.id,
        task_id: photo.task_id,
        version: waiting.version,
        stage: waiting.stage,
        is_escalated: waiting.is_escalated,
        number: photo.number,
        submitted_at: photo.created_at,
        since: waiting.since,
        leased_until: waiting.lease.map_or(waiting.since, |lease| lease.until),
        outcome: if is_hidden {
            HIDDEN_OUTCOME.to_owned()
        } else {
            photo.verdict.outcome
        },
        are_findings_hidden: is_hidden,
        findings: findings.collect(),
        note,
        previous,
        same_pictures: Vec::new(),
        frame: photo.crop,
        adjusted_at: photo.adjusted_at,
    })
}
