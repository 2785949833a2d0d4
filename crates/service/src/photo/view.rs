//! A photo as its owner sees it.

use chrono::{DateTime, Utc};
use domain::task::{PhotoSource, Task};
use domain::{EnrolmentId, PhotoId, SchoolId};
use serde::Deserialize;
use serde_json::Value;
use store::StoreError;
use store::entity::{enrolment, photo as rows};

use super::{Finding, Photo, Review, state_of};
use crate::{Context, Failure};

/// `photo::Verdict` as it is stored: its words as they are sent.
#[derive(Debug, Deserialize)]
struct Verdict {
    outcome: String,
    findings: Vec<StoredFinding>,
}

#[derive(Debug, Deserialize)]
struct StoredFinding {
    code: String,
    severity: String,
    measured: Option<i64>,
    allowed: Option<photo::Allowed>,
    unit: String,
}

#[derive(Debug, Deserialize)]
struct StoredReview {
    reasons: Vec<String>,
    note: Option<String>,
    decided_at: DateTime<Utc>,
}

/// The photo of an enrolment that counts, or else the latest.
pub(crate) async fn of_enrolment(
    context: &Context,
    enrolment: &enrolment::Model,
) -> Result<Option<Photo>, Failure> {
    let (school, id) = (SchoolId(enrolment.school_id), EnrolmentId(enrolment.id));
    match store::photo::current(context.store.reader(), school, id).await? {
        Some(row) => Ok(Some(view(context, row).await?)),
        None => Ok(None),
    }
}

/// How many photos can still be submitted where so many were.
pub(crate) fn photos_left(task: &Task, submitted: u64) -> i32 {
    let submitted = i32::try_from(submitted).unwrap_or(i32::MAX);
    task.settings.max_photos.saturating_sub(submitted).max(0)
}

pub(super) async fn view(context: &Context, row: rows::Model) -> Result<Photo, Failure> {
    let (school, enrolment) = (SchoolId(row.school_id), EnrolmentId(row.enrolment_id));
    let on = context.store.reader();
    let order = store::order::current(on, school, enrolment).await?;
    let verdict: Verdict = read(row.verdict.clone(), "photos.verdict")?;
    let review: Option<StoredReview> = match row.review.clone() {
        Some(review) => Some(read(review, "photos.review")?),
        None => None,
    };
    let note = note(context, &row).await?;
    Ok(Photo {
        id: PhotoId(row.id),
        state: state_of(&row)?,
        number: row.number,
        submitted_at: row.created_at,
        state_at: row.state_at,
        source: source_of(&row)?,
        outcome: verdict.outcome,
        findings: verdict.findings.into_iter().map(Finding::from).collect(),
        note,
        review: review.map(Review::from),
        order_no: order.and_then(|order| order.order_no.parse().ok()),
    })
}

/// What the student wrote to the reviewer, also where it is not sealed yet.
async fn note(context: &Context, row: &rows::Model) -> Result<Option<String>, Failure> {
    let Some(sealed) = &row.note_sealed else {
        return Ok(row.note.clone());
    };
    let opening = context.open_text("photos", "note_sealed", row.id, sealed);
    Ok(Some(opening.await?))
}

fn source_of(row: &rows::Model) -> Result<PhotoSource, StoreError> {
    PhotoSource::parse(&row.source).ok_or_else(|| StoreError::Corrupt {
        what: "photos.source".into(),
    })
}

fn read<T: for<'de> Deserialize<'de>>(json: Value, what: &str) -> Result<T, StoreError> {
    serde_json::from_value(json).map_err(|_| StoreError::Corrupt { what: what.into() })
}

impl From<StoredFinding> for Finding {
    fn from(stored: StoredFinding) -> Self {
        Self {
            code: stored.code,
            severity: stored.severity,
            measured: stored.measured,
            min: stored.allowed.and_then(|allowed| allowed.min),
            max: stored.allowed.and_then(|allowed| allowed.max),
            unit: stored.unit,
        }
    }
}

impl From<StoredReview> for Review {
    fn from(stored: StoredReview) -> Self {
        Self {
            reasons: stored.reasons,
            note: stored.note,
            decided_at: stored.decided_at,
        }
    }
}
