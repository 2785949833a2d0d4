//! Turning a photo and moving its frame while it is reviewed.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, post};
use domain::access::perm;
use serde::{Deserialize, Serialize};
use service::Context;
use service::photo::Framing;
use service::review::DecidedPhoto;
use utoipa::ToSchema;

use super::shown::PhotoToReviewView;
use crate::answers;
use crate::json_body::Body;
use crate::permitted::Staff;
use crate::photo::{Frame, PhotoPath};
use crate::problem::{Fault, lang_of};

/// How a photo is framed anew.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewFraming {
    /// The version that was looked at.
    #[schema(minimum = 1, examples(2))]
    version: i32,
    /// By how many quarters the picture is turned clockwise before.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 3, examples(1))]
    quarters: u8,
    /// The frame, in pixels of the upright original as it stands once it is turned.
    frame: Frame,
}

/// Turn a photo that I took, or move its frame
///
/// It is framed anew from the original and checked again; the answer has what is found now, and the version that a decision
/// names from then on. Its student sees in their history that a reviewer adjusted it.
#[utoipa::path(tag = "reviews", operation_id = "reframe_photo", params(PhotoPath), request_body = NewFraming, security(("session" = [])),
    responses((status = 200, body = PhotoToReviewView, description = "Framed anew; the reviewer has it still."),
        answers::StaffSession, answers::State, answers::Body))]
#[post("/reviews/photos/{photo_id}/frame")]
pub(super) async fn reframe_photo(
    context: Data<Context>,
    staff: Staff<perm::ReviewPhotos>,
    path: Path<PhotoPath>,
    body: Body<NewFraming>,
    request: HttpRequest,
) -> Result<Json<PhotoToReviewView>, Fault> {
    let seen = DecidedPhoto {
        id: &path.photo_id,
        version: body.version,
    };
    let framing = Framing {
        quarters: body.quarters,
        frame: body.frame.into(),
    };
    let photo = service::review::reframe(&context, staff.actor(), seen, framing);
    let photo = Box::pin(photo).await?;
    Ok(Json(PhotoToReviewView::new(photo, lang_of(&request))))
}
