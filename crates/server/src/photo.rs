//! Photos: `/enrolments/{id}/photos`, `/photos`.

mod form;

pub(crate) use form::form_config;

use actix_multipart::form::json::JsonConfig as JsonFieldConfig;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::Lang;
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::enrolment::EnrolmentPath;
use crate::extract::Student;
use crate::problem::{Fault, lang_of};
use form::{NewPhoto, PhotoUpload};

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        // A text of a browser's form has no content type.
        .app_data(JsonFieldConfig::default().validate_content_type(false))
        .service(create_photo)
        .service(get_photo)
        .service(get_photo_image)
        .service(withdraw_photo);
}

/// Something that was found on a photo.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    /// What, such as `too_small_px`; stable.
    code: String,
    /// `fail` or `warn`.
    severity: String,
    /// What was measured; null where there is no number.
    #[schema(required = true)]
    measured: Option<i64>,
    /// The least that is allowed.
    #[schema(required = true)]
    min: Option<i64>,
    /// The most that is allowed.
    #[schema(required = true)]
    max: Option<i64>,
    /// The unit of the numbers.
    unit: String,
}

impl From<&photo::Finding> for FindingView {
    fn from(finding: &photo::Finding) -> Self {
        let bounds = finding.allowed;
        Self {
            code: finding.code.to_string(),
            severity: word(finding.severity),
            measured: finding.measured,
            min: bounds.and_then(|bounds| bounds.min),
            max: bounds.and_then(|bounds| bounds.max),
            unit: word(finding.unit),
        }
    }
}

/// The word by which a variant is sent.
fn word(variant: impl Serialize) -> String {
    let json = serde_json::to_value(variant).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

/// A reviewer's decision.
#[derive(Debug, Serialize, ToSchema)]
struct ReviewView {
    /// Reason codes.
    reasons: Vec<String>,
    /// The reviewer's words.
    #[schema(required = true)]
    note: Option<String>,
    /// When.
    decided_at: DateTime<Utc>,
}

/// A photo, as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PhotoView {
    /// The photo.
    id: String,
    /// `checked`, `pending_review`, `approved`, `rejected`, `withdrawn`, `replaced`, `handed_over` or `refused`.
    state: String,
    /// The state, in the caller's language.
    state_label: String,
    /// The first, second, … of its student.
    number: i32,
    /// When it came.
    submitted_at: DateTime<Utc>,
    /// When it came into its state.
    state_at: DateTime<Utc>,
    /// `camera` where it was taken on the photo page, else `file`.
    source: String,
    /// `pass`, `warn` or `fail`.
    outcome: String,
    /// What was found, worst first.
    findings: Vec<FindingView>,
    /// The reviewer's decision.
    #[schema(required = true)]
    review: Option<ReviewView>,
    /// The order of this photo's student.
    #[schema(required = true)]
    order_no: Option<String>,
}

impl PhotoView {
    /// A photo in the caller's language.
    pub(crate) fn new(photo: service::photo::Photo, lang: Lang) -> Self {
        let finding = |finding: &service::photo::Finding| FindingView {
            code: finding.code.clone(),
            severity: finding.severity.clone(),
            measured: finding.measured,
            min: finding.min,
            max: finding.max,
            unit: finding.unit.clone(),
        };
        let review = |review: service::photo::Review| ReviewView {
            reasons: review.reasons,
            note: review.note,
            decided_at: review.decided_at,
        };
        Self {
            id: photo.id.to_string(),
            state: photo.state.as_str().to_owned(),
            state_label: photo.state.label().get(lang).to_owned(),
            number: photo.number,
            submitted_at: photo.submitted_at,
            state_at: photo.state_at,
            source: photo.source.as_str().to_owned(),
            outcome: photo.outcome,
            findings: photo.findings.iter().map(finding).collect(),
            review: photo.review.map(review),
            order_no: photo.order_no.map(|number| number.to_string()),
        }
    }
}

/// Submit a photo; the first good one also makes the order
#[utoipa::path(tag = "photos", operation_id = "create_photo", params(EnrolmentPath),
    request_body(content = NewPhoto, content_type = "multipart/form-data"), security(("session" = [])),
    responses((status = 201, body = PhotoView, description = "Taken; the same `upload_id` gives the same photo."),
        (status = 400, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The form cannot be read."),
        (status = 413, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file is too large."),
        (status = 415, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The body is not a form."),
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file or the frame does not meet the standard; the code says how."),
        answers::Session, answers::Missing, answers::State, answers::Often, answers::Outside))]
#[post("/enrolments/{enrolment_id}/photos")]
async fn create_photo(
    context: Data<Context>,
    student: Student,
    path: Path<EnrolmentPath>,
    PhotoUpload(form): PhotoUpload,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let frame = form.frame.into_inner();
    let submission = service::photo::Submission {
        enrolment_id: &path.enrolment_id,
        upload_id: &form.upload_id,
        image: form.image.data,
        frame: photo::Crop {
            x: frame.x,
            y: frame.y,
            width: frame.width,
            height: frame.height,
        },
        source: form.source.as_deref().map(String::as_str),
        note: form.note.as_deref().map(String::as_str),
    };
    let photo = Box::pin(service::photo::submit(&context, &student, submission)).await?;
    Ok(HttpResponse::Created().json(PhotoView::new(photo, lang_of(&request))))
}

/// A photo in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct PhotoPath {
    /// The photo.
    photo_id: String,
}

/// Read one of my photos
#[utoipa::path(tag = "photos", operation_id = "get_photo", params(PhotoPath), security(("session" = [])),
    responses((status = 200, body = PhotoView, description = "The photo's facts."), answers::Reader, answers::Missing))]
#[get("/photos/{photo_id}")]
async fn get_photo(
    context: Data<Context>,
    student: Student,
    path: Path<PhotoPath>,
    request: HttpRequest,
) -> Result<Json<PhotoView>, Fault> {
    let photo = service::photo::get(&context, &student, &path.photo_id).await?;
    Ok(Json(PhotoView::new(photo, lang_of(&request))))
}

/// Which picture.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImageQuery {
    /// `framed`, `original` or `thumb`.
    #[serde(default = "framed")]
    variant: String,
}

fn framed() -> String {
    "framed".to_owned()
}

/// See one of my photos
#[utoipa::path(tag = "photos", operation_id = "get_photo_image", params(PhotoPath, ImageQuery), security(("session" = [])),
    responses((status = 200, content_type = "image/jpeg", body = inline(Binary), description = "The picture."),
        answers::Reader, answers::Missing, answers::Outside,
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "There is no such variant.")))]
#[get("/photos/{photo_id}/image")]
async fn get_photo_image(
    context: Data<Context>,
    student: Student,
    path: Path<PhotoPath>,
    query: Query<ImageQuery>,
) -> Result<HttpResponse, Fault> {
    let image = service::photo::image(&context, &student, &path.photo_id, &query.variant).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, image.media_type))
        .insert_header((CONTENT_DISPOSITION, "attachment"))
        .body(image.bytes))
}

/// Bytes.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes bytes to the API document")]
struct Binary(Vec<u8>);

/// Take back a photo that is not decided yet
#[utoipa::path(tag = "photos", operation_id = "withdraw_photo", params(PhotoPath), security(("session" = [])),
    responses((status = 200, body = PhotoView, description = "Withdrawn; another may be sent."),
        answers::Session, answers::Missing, answers::State))]
#[post("/photos/{photo_id}/withdraw")]
async fn withdraw_photo(
    context: Data<Context>,
    student: Student,
    path: Path<PhotoPath>,
    request: HttpRequest,
) -> Result<Json<PhotoView>, Fault> {
    let photo = service::photo::withdraw(&context, &student, &path.photo_id).await?;
    Ok(Json(PhotoView::new(photo, lang_of(&request))))
}
