//! Photos whose right decision is known: `/known-photos`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use domain::access::perm;
use domain::known_item::KnownPhoto;
use domain::{FieldError, KnownPhotoId, ProblemCode, Refusal};
use serde::{Deserialize, Serialize};
use service::Context;
use service::known_photo::NewKnownPhoto;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::download::{self, Download};
use crate::finding::FindingView;
use crate::json_body::LargeBody;
use crate::page::{PageQuery, Paged, pages};
use crate::permitted::Staff;
use crate::photo::{Binary, ImageQuery};
use crate::problem::Fault;
use crate::schema;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_known_photo)
        .service(list_known_photos)
        .service(remove_known_photo)
        .service(get_known_photo_image);
}

/// A photo of the library.
#[derive(Debug, Serialize, ToSchema)]
struct KnownPhotoView {
    /// The photo.
    #[schema(value_type = schema::KnownPhotoId)]
    id: String,
    /// The right decision: `approved` or `rejected`.
    #[schema(value_type = schema::ReviewOutcome)]
    outcome: String,
    /// The right reasons; none where it is right to approve.
    #[schema(value_type = Vec<schema::RejectReason>, max_items = 6)]
    reasons: Vec<String>,
    /// How it was made, or who agreed to its use.
    #[schema(max_length = 200, examples("合成人像，程序绘制"))]
    origin: String,
    /// What the automatic check found, as reviewers see it.
    findings: Vec<FindingView>,
    /// When it was added.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    added_at: DateTime<Utc>,
}

impl From<KnownPhoto> for KnownPhotoView {
    fn from(known: KnownPhoto) -> Self {
        let words = known.reasons.iter().map(ToString::to_string);
        Self {
            id: known.id.to_string(),
            outcome: known.outcome.as_str().to_owned(),
            reasons: words.collect(),
            findings: known
                .verdict
                .findings
                .iter()
                .map(FindingView::from)
                .collect(),
            origin: known.origin,
            added_at: known.added_at,
        }
    }
}

pages! {
    /// A page of the library, the newest first.
    KnownPhotoList of KnownPhotoView;
}

/// A photo whose right decision is known.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KnownPhotoInput {
    /// The right decision: `approved` or `rejected`.
    #[schema(value_type = schema::ReviewOutcome)]
    outcome: String,
    /// The right reasons: 1 to 6 where it is right to reject, none otherwise.
    #[serde(default)]
    #[schema(value_type = Vec<schema::RejectReason>, max_items = 6)]
    reasons: Vec<String>,
    /// How it was made, or who agreed to its use; no name.
    #[schema(min_length = 5, max_length = 200, examples("合成人像，程序绘制"))]
    origin: String,
    /// The file in Base64: JPEG or PNG, at most 1.4 MB. It is framed as the product would by itself.
    #[schema(
        max_length = 1_900_000,
        examples("/9j/4AAQSkZJRgABAQEBLAEsAAD/2wBDAA==")
    )]
    image: String,
}

/// Add a photo whose right decision is known
///
/// Known photos are put among those that wait for a review, as many as each task says, to see how many faults reviewers
/// catch. They must be made artificially, or the person on them must have agreed.
#[utoipa::path(tag = "reviews", operation_id = "create_known_photo", request_body = KnownPhotoInput, security(("session" = [])),
    responses((status = 201, body = KnownPhotoView, description = "Added."),
        answers::StaffSession, answers::Body, answers::State))]
#[post("/known-photos")]
async fn create_known_photo(
    context: Data<Context>,
    staff: Staff<perm::ManageKnownPhotos>,
    body: LargeBody<KnownPhotoInput>,
) -> Result<HttpResponse, Fault> {
    let body = body.into_inner();
    let image = BASE64.decode(body.image.as_bytes()).map_err(|_| {
        let error = FieldError::new("/image", ProblemCode::RequestFieldUnreadable);
        Refusal::field(error.with("field", "image"))
    })?;
    let new = NewKnownPhoto {
        image: &image,
        outcome: &body.outcome,
        reasons: &body.reasons,
        origin: &body.origin,
    };
    let known = Box::pin(service::known_photo::add(&context, staff.actor(), new)).await?;
    Ok(HttpResponse::Created().json(KnownPhotoView::from(known)))
}

/// List the photos whose right decision is known
#[utoipa::path(tag = "reviews", operation_id = "list_known_photos", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = KnownPhotoList, description = "A page, the newest first."),
        answers::StaffReader, answers::Page))]
#[get("/known-photos")]
async fn list_known_photos(
    context: Data<Context>,
    staff: Staff<perm::ManageKnownPhotos>,
    page: Paged<KnownPhotoId>,
) -> Result<Json<KnownPhotoList>, Fault> {
    let found = service::known_photo::list(&context, staff.actor(), &page.0).await?;
    Ok(Json(KnownPhotoList::new(found, Into::into)))
}

/// A photo of the library in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct KnownPhotoPath {
    /// The photo.
    #[param(value_type = schema::KnownPhotoId, inline)]
    known_photo_id: String,
}

/// Take a photo out of the library
///
/// Its files are deleted and it leaves every queue. What was decided about it stays in the figures.
#[utoipa::path(tag = "reviews", operation_id = "remove_known_photo", params(KnownPhotoPath), security(("session" = [])),
    responses((status = 204, description = "Taken out."), answers::StaffSession, answers::Missing))]
#[delete("/known-photos/{known_photo_id}")]
async fn remove_known_photo(
    context: Data<Context>,
    staff: Staff<perm::ManageKnownPhotos>,
    path: Path<KnownPhotoPath>,
) -> Result<HttpResponse, Fault> {
    service::known_photo::remove(&context, staff.actor(), &path.known_photo_id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// See a photo of the library
///
/// `Range` gives a part of the file, `If-None-Match` nothing where the client has it already.
#[utoipa::path(tag = "reviews", operation_id = "get_known_photo_image", params(KnownPhotoPath, ImageQuery), security(("session" = [])),
    responses((status = 200, content_type = "image/jpeg", body = inline(Binary), description = "The picture."),
        (status = 206, content_type = "image/jpeg", body = inline(Binary), description = "The part that `Range` names."),
        (status = 304, description = "The client has it already, as `If-None-Match` says."),
        answers::StaffReader, answers::Missing, answers::Outside,
        (status = 416, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file has no such part; `Content-Range` has its length."),
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "There is no such variant.")))]
#[get("/known-photos/{known_photo_id}/image")]
async fn get_known_photo_image(
    context: Data<Context>,
    staff: Staff<perm::ManageKnownPhotos>,
    path: Path<KnownPhotoPath>,
    query: Query<ImageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (id, variant) = (&path.known_photo_id, &query.variant);
    let found = service::known_photo::find_image(&context, staff.actor(), id, variant).await?;
    if let Some(response) = download::not_modified(&request, &found.tag) {
        return Ok(response);
    }
    let image = Box::pin(service::known_photo::open_image(&context, &found)).await?;
    let file = Download {
        media_type: image.media_type,
        tag: found.tag,
        content: image.content,
    };
    Ok(download::send(&context, &request, &file))
}
