//! The pictures of photos that a reviewer has.

use domain::access::Actor;
use domain::audit::{AuditAction, AuditObject};
use domain::{PhotoId, ProblemCode};

use super::Reviewer;
use crate::audit::{self, About, Deed};
use crate::photo::{FoundImage, Image, open_picture, picture_of};
use crate::{Context, Failure};

/// Finds a picture of a photo that this reviewer has or decided about, or of the photo that it replaces: `framed`, `original`
/// or `thumb`.
///
/// # Errors
/// Where they may not review; `photo.unknown`; `photo.erased`; wrong fields for another variant.
pub async fn find_image(
    context: &Context,
    actor: &Actor,
    id: &str,
    variant: &str,
) -> Result<FoundImage, Failure> {
    let reviewer = Reviewer::of(actor)?;
    let id: PhotoId = id.parse().map_err(|_| ProblemCode::PhotoUnknown)?;
    let on = context.store.reader();
    let photo = store::review::seen_by(on, &reviewer.reach, reviewer.account_id, id).await?;
    picture_of(photo.ok_or(ProblemCode::PhotoUnknown)?, variant)
}

/// Opens a picture. Looking at the original, which may show more than the photo, is noted in the student's access log.
///
/// # Errors
/// Where the object store fails, or the file does not open.
pub async fn open_image(
    context: &Context,
    actor: &Actor,
    found: &FoundImage,
) -> Result<Image, Failure> {
    if found.is_original() {
        let photo = &found.photo;
        let tx = context.store.begin().await?;
        let deed = Deed {
            action: AuditAction::PhotoViewed,
            object: AuditObject::Photo,
            object_id: photo.id.0,
            school_id: Some(photo.school_id),
        };
        let about = About {
            subject: store::review::owner_of(&tx, photo.id).await?,
            reason: None,
        };
        let audited = audit::note(context, &tx, actor, deed, about).await?;
        store::commit(tx, audited).await?;
    }
    open_picture(context, found).await
}
