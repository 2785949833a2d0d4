//! A photo as its owner sees it.

use chrono::{DateTime, Utc};
use domain::order::OrderNo;
use domain::photo_state::PhotoState;
use domain::submitted_photo::{PhotoReview, StoredFinding};
use domain::task::PhotoSource;
use domain::{PhotoId, ProblemCode};
use store::overview::OwnPhoto;

use crate::photo::opened_review;
use crate::session::Student;
use crate::{Context, Failure};

/// A photo, as its owner sees it.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// Where it is.
    pub state: PhotoState,
    /// The first, second, … of its student.
    pub number: i32,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
    /// When it came into its state.
    pub state_at: DateTime<Utc>,
    /// How the student came by it, as the browser said.
    pub source: PhotoSource,
    /// `pass`, `warn` or `fail`.
    pub outcome: String,
    /// What was found, worst first.
    pub findings: Vec<StoredFinding>,
    /// What its student wrote to the reviewer.
    pub note: Option<String>,
    /// The decision, where there is one.
    pub review: Option<PhotoReview>,
    /// When a reviewer last turned it or moved its frame.
    pub adjusted_at: Option<DateTime<Utc>>,
    /// The order of its student.
    pub order_no: Option<OrderNo>,
}

/// One of the student's photos.
///
/// # Errors
/// `photo.unknown`, also where it is somebody else's.
pub async fn photo(context: &Context, student: &Student, id: &str) -> Result<Photo, Failure> {
    let id: PhotoId = id.parse().map_err(|_| ProblemCode::PhotoUnknown)?;
    let on = context.store.reader();
    let found = store::overview::photo(on, student.account_id, id).await?;
    let (photo, order_no) = found.ok_or(ProblemCode::PhotoUnknown)?;
    photo_details(context, photo, order_no).await
}

/// A photo as its owner sees it; `order_no` is the number of the order of its student.
pub(super) async fn photo_details(
    context: &Context,
    photo: OwnPhoto,
    order_no: Option<OrderNo>,
) -> Result<Photo, Failure> {
    let review = match photo.review {
        Some(review) => Some(opened_review(context, photo.id, review, photo.review_note).await?),
        None => None,
    };
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
        findings: photo.verdict.findings,
        note,
        review,
        adjusted_at: photo.adjusted_at,
        order_no,
    })
}
