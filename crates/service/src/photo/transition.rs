//! Moving a photo from state to state, and what is recorded of it.

use domain::ProblemCode;
use domain::audit::{AuditAction, AuditObject};
use domain::event::{EventData, PhotoFacts};
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::submitted_photo::SubmittedPhoto;
use store::Tx;

use crate::audit::Deed;
use crate::{Context, Failure, event};

/// Moves a photo that is locked, and records what `told` makes of it. One that waited for a review waits no more.
pub(crate) async fn move_to(
    context: &Context,
    tx: &Tx,
    photo: SubmittedPhoto,
    event: PhotoEvent,
    told: fn(PhotoFacts) -> EventData,
) -> Result<SubmittedPhoto, Failure> {
    let waited = photo.state == PhotoState::PendingReview;
    let moved = photo.after(event, context.now());
    let moved = moved.map_err(|_| ProblemCode::PhotoState)?;
    store::photo::save(tx, &moved).await?;
    if waited {
        store::review::leave(tx, moved.id, context.now()).await?;
    }
    record(context, tx, &moved, told).await?;
    Ok(moved)
}

pub(super) async fn record(
    context: &Context,
    tx: &Tx,
    photo: &SubmittedPhoto,
    told: fn(PhotoFacts) -> EventData,
) -> Result<(), Failure> {
    let data = told(PhotoFacts::from(photo));
    event::record(context, tx, photo.school_id, data).await?;
    Ok(())
}

pub(crate) fn deed(photo: &SubmittedPhoto, action: AuditAction) -> Deed {
    Deed {
        action,
        object: AuditObject::Photo,
        object_id: photo.id.0,
        school_id: Some(photo.school_id),
    }
}
