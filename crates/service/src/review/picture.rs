//! The pictures of photos that a reviewer has.

use domain::access::Actor;
use domain::audit::{AuditAction, AuditObject};
use domain::{PhotoId, ProblemCode, SchoolId};

use super::Reviewer;
use crate::audit::{self, About, Deed};
use crate::photo::{FoundImage, Image, known_picture, open_picture, picture_of};
use crate::{Context, Failure};

/// A picture that a reviewer may see, not opened yet.
#[derive(Debug)]
pub struct ReviewImage {
    found: FoundImage,
    /// What tells this file from every other.
    pub tag: String,
    photo_id: PhotoId,
    school_id: SchoolId,
}

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
) -> Result<ReviewImage, Failure> {
    let reviewer = Reviewer::of(actor)?;
    let id: PhotoId = id.parse().map_err(|_| ProblemCode::PhotoUnknown)?;
    let on = context.store.reader();
    let (reach, account) = (&reviewer.reach, reviewer.account_id);
    let photo = store::review::seen_by(on, reach, account, id).await?;
    let found = match photo {
        Some(photo) => picture_of(photo, variant)?,
        None => {
            let seeded = store::seeded::seen_by(on, reach, account, id).await?;
            let seeded = seeded.ok_or(ProblemCode::PhotoUnknown)?;
            known_picture(&seeded.known, &seeded.item, variant)?
        }
    };
    Ok(ReviewImage {
        tag: found.tag.clone(),
        photo_id: id,
        school_id: found.school(),
        found,
    })
}

/// Opens a picture. Looking at the original, which may show more than the photo, is noted in the student's access log.
///
/// # Errors
/// Where the object store fails, or the file does not open.
pub async fn open_image(
    context: &Context,
    actor: &Actor,
    image: &ReviewImage,
) -> Result<Image, Failure> {
    if image.found.is_original() {
        let tx = context.store.begin().await?;
        let deed = Deed {
            action: AuditAction::PhotoViewed,
            object: AuditObject::Photo,
            object_id: image.photo_id.0,
            school_id: Some(image.school_id),
        };
        let about = About {
            subject: store::review::owner_of(&tx, image.photo_id).await?,
            reason: None,
        };
        let audited = audit::note(context, &tx, actor, deed, about).await?;
        store::commit(tx, audited).await?;
    }
    open_picture(context, &image.found).await
}
