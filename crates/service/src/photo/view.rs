//! A photo as its owner sees it.

use domain::StoredText;
use domain::enrolment::Enrolment;
use domain::submitted_photo::{PhotoReview, StoredFinding, SubmittedPhoto};
use domain::task::Task;

use super::shown::{Finding, Photo};
use crate::{Context, Failure};

/// The photo of an enrolment that counts, or else the latest.
pub(crate) async fn of_enrolment(
    context: &Context,
    enrolment: &Enrolment,
) -> Result<Option<Photo>, Failure> {
    let (school, id) = (enrolment.school_id, enrolment.id);
    match store::photo::current(context.store.reader(), school, id).await? {
        Some(photo) => Ok(Some(view(context, photo).await?)),
        None => Ok(None),
    }
}

/// How many photos can still be submitted where so many were.
pub(crate) fn photos_left(task: &Task, submitted: u64) -> i32 {
    let submitted = i32::try_from(submitted).unwrap_or(i32::MAX);
    task.settings.max_photos.saturating_sub(submitted).max(0)
}

pub(super) async fn view(context: &Context, photo: SubmittedPhoto) -> Result<Photo, Failure> {
    let on = context.store.reader();
    let order = store::order::current(on, photo.school_id, photo.enrolment_id).await?;
    let review = review_of(context, &photo).await?;
    let findings = photo.verdict.findings.into_iter();
    let note = context
        .open_stored("photos", "note_sealed", photo.id.0, photo.note)
        .await?;
    Ok(Photo {
        id: photo.id,
        state: photo.state,
        number: photo.number,
        submitted_at: photo.created_at,
        state_at: photo.state_at,
        source: photo.source,
        outcome: photo.verdict.outcome,
        findings: findings.map(Finding::from).collect(),
        note,
        review,
        order_no: order.map(|order| order.order_no),
    })
}

/// The decision about a photo, with what was written to its student.
pub(crate) async fn review_of(
    context: &Context,
    photo: &SubmittedPhoto,
) -> Result<Option<PhotoReview>, Failure> {
    let Some(review) = photo.review.clone() else {
        return Ok(None);
    };
    let sealed = photo.review_note.clone().map(StoredText::Sealed);
    let note = context
        .open_stored("photos", "review_note_sealed", photo.id.0, sealed)
        .await?;
    let note = note.or(review.note);
    Ok(Some(PhotoReview { note, ..review }))
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
