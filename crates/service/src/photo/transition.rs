//! Moving a photo from state to state, and what is recorded of it.

use domain::ProblemCode;
use domain::audit::{AuditAction, AuditObject};
use domain::event::{EventKind, EventObject};
use domain::photo_state::{PhotoEvent, PhotoState};
use domain::submitted_photo::SubmittedPhoto;
use serde_json::json;
use store::Tx;

use crate::audit::Deed;
use crate::event::{self, Happening};
use crate::{Context, Failure};

/// Moves a photo that is locked, and records it under this kind. One that waited for a review waits no more.
pub(crate) async fn move_to(
    context: &Context,
    tx: &Tx,
    photo: SubmittedPhoto,
    event: PhotoEvent,
    kind: EventKind,
) -> Result<SubmittedPhoto, Failure> {
    let waited = photo.state == PhotoState::PendingReview;
    let moved = photo.after(event, context.now());
    let moved = moved.map_err(|_| ProblemCode::PhotoState)?;
    store::photo::save(tx, &moved).await?;
    if waited {
        store::review::leave(tx, moved.id, context.now()).await?;
    }
    record(context, tx, &moved, kind).await?;
    Ok(moved)
}

pub(super) async fn record(
    context: &Context,
    tx: &Tx,
    photo: &SubmittedPhoto,
    kind: EventKind,
) -> Result<(), Failure> {
    let happening = Happening {
        school: photo.school_id,
        object: EventObject::Photo(photo.id),
        kind,
    };
    let told = json!({
        "photo_id": photo.id,
        "enrolment_id": photo.enrolment_id,
        "task_id": photo.task_id,
        "number": photo.number,
        "state": photo.state,
    });
    event::record(context, tx, happening, told).await?;
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
