//! The decision about a photo, opened.

use domain::submitted_photo::{PhotoReview, SubmittedPhoto};
use domain::{PhotoId, Sealed, StoredText};

use crate::{Context, Failure};

/// The decision about a photo, with what was written to its student.
pub(crate) async fn review_of(
    context: &Context,
    photo: &SubmittedPhoto,
) -> Result<Option<PhotoReview>, Failure> {
    match photo.review.clone() {
        Some(review) => {
            let note = photo.review_note.clone();
            opened_review(context, photo.id, review, note)
                .await
                .map(Some)
        }
        None => Ok(None),
    }
}

/// A decision about a photo, with what was written to its student.
pub(crate) async fn opened_review(
    context: &Context,
    photo: PhotoId,
    review: PhotoReview,
    note: Option<Sealed>,
) -> Result<PhotoReview, Failure> {
    let sealed = note.map(StoredText::Sealed);
    let note = context
        .open_stored("photos", "review_note_sealed", photo.0, sealed)
        .await?;
    let note = note.or(review.note);
    Ok(PhotoReview { note, ..review })
}
