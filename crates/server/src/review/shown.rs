//! What reviewers are shown.

use chrono::{DateTime, Utc};
use domain::Lang;
use domain::review_queue::QueueLength;
use serde::Serialize;
use service::review::{MadeDecision, OthersPhoto, PhotoToReview, QueueState};
use utoipa::ToSchema;

use crate::finding::FindingView;
use crate::photo::{Frame, ReviewView};
use crate::schema;

/// A part of the queue.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QueueLengthView {
    /// How many photos, those that other reviewers have now among them; more than 1,000 are not counted.
    #[schema(minimum = 0, maximum = 1000, examples(412))]
    photos: u64,
    /// Whether there are more than were counted.
    #[schema(examples(false))]
    has_more: bool,
    /// Since when the first of them waits; null where none does.
    #[schema(required = true, examples("2026-04-20T08:05:00Z"))]
    oldest: Option<DateTime<Utc>>,
}

impl From<QueueLength> for QueueLengthView {
    fn from(length: QueueLength) -> Self {
        Self {
            photos: length.photos,
            has_more: length.has_more,
            oldest: length.oldest,
        }
    }
}

/// How the queue stands for a reviewer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QueueView {
    /// For which stage the caller reviews.
    #[schema(value_type = schema::ReviewStage)]
    stage: String,
    /// The ordinary queue.
    waiting: QueueLengthView,
    /// What other reviewers passed on.
    escalated: QueueLengthView,
}

impl From<QueueState> for QueueView {
    fn from(state: QueueState) -> Self {
        Self {
            stage: state.stage.as_str().to_owned(),
            waiting: state.waiting.into(),
            escalated: state.escalated.into(),
        }
    }
}

/// An earlier photo of the same student that was not accepted.
#[derive(Debug, Serialize, ToSchema)]
struct EarlierPhotoView {
    /// The photo.
    #[schema(value_type = schema::PhotoId)]
    photo_id: String,
    /// Why it was not accepted.
    review: ReviewView,
}

/// A photo of another student that shows the same.
#[derive(Debug, Serialize, ToSchema)]
struct OthersPhotoView {
    /// The photo; its picture can be seen as long as the reviewer has theirs.
    #[schema(value_type = schema::PhotoId)]
    photo_id: String,
    /// Whether it is the same file; otherwise the framed photos are nearly the same.
    #[schema(examples(true))]
    is_same_file: bool,
    /// Where it is.
    #[schema(value_type = schema::PhotoState)]
    state: String,
    /// The same, in the caller's language.
    #[schema(examples("已通过"))]
    state_label: String,
    /// When it came.
    #[schema(examples("2026-04-19T08:00:00Z"))]
    submitted_at: DateTime<Utc>,
}

impl OthersPhotoView {
    fn new(photo: &OthersPhoto, lang: Lang) -> Self {
        Self {
            photo_id: photo.id.to_string(),
            is_same_file: photo.is_same_file,
            state: photo.state.as_str().to_owned(),
            state_label: photo.state.label().get(lang).to_owned(),
            submitted_at: photo.submitted_at,
        }
    }
}

/// A photo to be reviewed. It says nothing about who is on it: reviewers judge the picture.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PhotoToReviewView {
    /// The photo.
    #[schema(value_type = schema::PhotoId)]
    photo_id: String,
    /// Its task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// What a decision names, so that it is about what was looked at.
    #[schema(minimum = 1, examples(2))]
    version: i32,
    /// For which stage.
    #[schema(value_type = schema::ReviewStage)]
    stage: String,
    /// Whether another reviewer passed it on.
    #[schema(examples(false))]
    is_escalated: bool,
    /// The first, second, … photo of its student.
    #[schema(minimum = 1, examples(1))]
    number: i32,
    /// When it came.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    submitted_at: DateTime<Utc>,
    /// Since when it waits for this stage.
    #[schema(examples("2026-04-20T08:05:00Z"))]
    since: DateTime<Utc>,
    /// Until when nobody else gets it.
    #[schema(examples("2026-04-20T09:05:00Z"))]
    leased_until: DateTime<Utc>,
    /// `pass`, `warn` or `fail`; `fail` where its student said why the check is wrong.
    #[schema(value_type = schema::PhotoOutcome)]
    outcome: String,
    /// What was found, worst first; empty where it is hidden.
    findings: Vec<FindingView>,
    /// Whether `outcome` and `findings` are hidden until the decision: others decide about this photo too.
    #[schema(examples(false))]
    are_findings_hidden: bool,
    /// What its student wrote to the reviewer.
    #[schema(required = true, examples("我因宗教信仰戴头巾，学校已经同意"))]
    note: Option<String>,
    /// The photo that it replaces, where that was not accepted.
    #[schema(required = true)]
    previous: Option<EarlierPhotoView>,
    /// What other students of the school sent that is the same file or nearly the same picture, the earliest first.
    #[schema(max_items = 3)]
    same_pictures: Vec<OthersPhotoView>,
    /// The frame, in pixels of the upright original.
    frame: Frame,
    /// When a reviewer last turned it or moved its frame; null where none did.
    #[schema(required = true, examples("2026-04-20T08:58:00Z"))]
    adjusted_at: Option<DateTime<Utc>>,
}

impl PhotoToReviewView {
    pub(super) fn new(photo: PhotoToReview, lang: Lang) -> Self {
        let previous = photo.previous.map(|previous| EarlierPhotoView {
            photo_id: previous.id.to_string(),
            review: ReviewView::new(previous.review, lang),
        });
        let same = photo.same_pictures.iter();
        let same = same.map(|other| OthersPhotoView::new(other, lang));
        Self {
            photo_id: photo.id.to_string(),
            task_id: photo.task_id.to_string(),
            version: photo.version,
            stage: photo.stage.as_str().to_owned(),
            is_escalated: photo.is_escalated,
            number: photo.number,
            submitted_at: photo.submitted_at,
            since: photo.since,
            leased_until: photo.leased_until,
            outcome: photo.outcome,
            findings: photo.findings.iter().map(FindingView::from).collect(),
            are_findings_hidden: photo.are_findings_hidden,
            note: photo.note,
            previous,
            same_pictures: same.collect(),
            frame: photo.frame.into(),
            adjusted_at: photo.adjusted_at,
        }
    }
}

/// A reviewer's own decision.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecisionView {
    /// The decision.
    #[schema(value_type = schema::PhotoReviewId)]
    id: String,
    /// The photo.
    #[schema(value_type = schema::PhotoId)]
    photo_id: String,
    /// What was decided.
    #[schema(value_type = schema::ReviewOutcome)]
    outcome: String,
    /// The same, in the caller's language.
    #[schema(examples("通过"))]
    outcome_label: String,
    /// Why.
    #[schema(value_type = Vec<schema::RejectReason>, max_items = 6)]
    reasons: Vec<String>,
    /// When.
    #[schema(examples("2026-04-20T09:00:00Z"))]
    decided_at: DateTime<Utc>,
    /// Until when it can be undone; null where it cannot any more.
    #[schema(required = true, examples("2026-04-20T09:00:10Z"))]
    undo_until: Option<DateTime<Utc>>,
    /// Whether it was undone.
    #[schema(examples(false))]
    is_undone: bool,
    /// Whether what the automatic check found was hidden until the decision.
    #[schema(examples(false))]
    findings_hidden: bool,
}

impl DecisionView {
    pub(super) fn new(made: &MadeDecision, lang: Lang) -> Self {
        let words = made.reasons.iter().map(|reason| reason.as_str().to_owned());
        Self {
            id: made.id.to_string(),
            photo_id: made.photo_id.to_string(),
            outcome: made.outcome.as_str().to_owned(),
            outcome_label: made.outcome.label().get(lang).to_owned(),
            reasons: words.collect(),
            decided_at: made.decided_at,
            undo_until: made.undo_until,
            is_undone: made.is_undone,
            findings_hidden: made.findings_hidden,
        }
    }
}
