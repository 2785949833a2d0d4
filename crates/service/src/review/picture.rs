//! The pictures of photos that a reviewer has.

use domain::access::Actor;
use domain::audit::{AuditAction, AuditObject};
use domain::submitted_photo::SubmittedPhoto;
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
/// or `thumb`. Of a photo that another student sent and that shows the same, `framed` or `thumb`.
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
    let found = found(context, &reviewer, id, variant).await?;
    Ok(ReviewImage {
        tag: found.tag.clone(),
        photo_id: id,
        school_id: found.school(),
        found,
    })
}

/// The picture of a photo or of a known item that the reviewer has or decided about, or of a photo beside one.
async fn found(
    context: &Context,
    reviewer: &Reviewer,
    id: PhotoId,
    variant: &str,
) -> Result<FoundImage, Failure> {
    let on = context.store.reader();
    let (reach, account) = (&reviewer.reach, reviewer.account_id);
    if let Some(photo) = store::review::seen_by(on, reach, account, id).await? {
        return picture_of(photo, variant);
    }
    if let Some(seeded) = store::seeded::seen_by(on, reach, account, id).await? {
        return known_picture(&seeded.known, &seeded.item, variant);
    }
    let found = picture_of(beside(context, reviewer, id).await?, variant)?;
    if found.is_original() {
        return Err(ProblemCode::PhotoUnknown.into());
    }
    Ok(found)
}

/// A photo of another student that shows the same as one that the reviewer has.
async fn beside(
    context: &Context,
    reviewer: &Reviewer,
    id: PhotoId,
) -> Result<SubmittedPhoto, Failure> {
    let on = context.store.reader();
    let held = store::review::all_held(on, &reviewer.reach, reviewer.account_id).await?;
    let same = store::picture_band::same_pictures(on, &held).await?;
    let mut others = same.into_iter().map(|pair| pair.other);
    let found = others.find(|other| other.id == id);
    found.ok_or_else(|| ProblemCode::PhotoUnknown.into())
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
