//! The decision about a photo, opened.

use domain::StoredText;
use domain::submitted_photo::{PhotoReview, SubmittedPhoto};

use crate::{Context, Failure};

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
