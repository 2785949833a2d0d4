//! Photos: `/enrolments/{id}/photos`, `/photos`.

mod form;

pub(crate) use form::{Frame, form_config};

use actix_multipart::form::json::JsonConfig as JsonFieldConfig;
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::Lang;
use domain::review::ReviewStage;
use domain::submitted_photo::PhotoReview;
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::download::{self, Download};
use crate::extract::Student;
use crate::finding::FindingView;
use crate::path::EnrolmentPath;
use crate::problem::{Fault, lang_of};
use crate::schema;
use form::{NewPhoto, UnreadForm};

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

/// A reviewer's decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewView {
    /// Reason codes.
    #[schema(examples("blur"))]
    reasons: Vec<String>,
    /// Whose decision it is, in the caller's language; null where that is not known.
    #[schema(required = true, examples("采集单位审核"))]
    stage_label: Option<String>,
    /// The reviewer's words.
    #[schema(required = true, examples("照片模糊，请重新拍摄。"))]
    note: Option<String>,
    /// When.
    #[schema(examples("2026-04-21T02:00:00Z"))]
    decided_at: DateTime<Utc>,
}

impl ReviewView {
    /// A decision in the caller's language.
    pub(crate) fn new(review: PhotoReview, lang: Lang) -> Self {
        let label = |stage: ReviewStage| stage.label().get(lang).to_owned();
        Self {
            reasons: review.reasons,
            stage_label: review.stage.map(label),
            note: review.note,
            decided_at: review.decided_at,
        }
    }
}

/// A photo, as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PhotoView {
    /// The photo.
    #[schema(value_type = schema::PhotoId)]
    id: String,
    /// `checked`, `pending_review`, `approved`, `rejected`, `withdrawn`, `replaced`, `handed_over` or `refused`.
    #[schema(value_type = schema::PhotoState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("待审核"))]
    state_label: String,
    /// The first, second, … of its student.
    #[schema(minimum = 1, examples(1))]
    number: i32,
    /// When it came.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    submitted_at: DateTime<Utc>,
    /// When it came into its state.
    #[schema(examples("2026-04-20T08:05:00Z"))]
    state_at: DateTime<Utc>,
    /// `camera` where it was taken on the photo page, else `file`.
    #[schema(value_type = schema::PhotoSource)]
    source: String,
    /// `pass`, `warn` or `fail`; `fail` where its student said why the check is wrong, for a person to decide.
    #[schema(value_type = schema::PhotoOutcome)]
    outcome: String,
    /// What was found, worst first.
    findings: Vec<FindingView>,
    /// What its student wrote to the reviewer.
    #[schema(required = true, examples("我因宗教信仰戴头巾，学校已经同意"))]
    note: Option<String>,
    /// The reviewer's decision.
    #[schema(required = true)]
    review: Option<ReviewView>,
    /// When a reviewer last turned it or moved its frame; null where none did.
    #[schema(required = true, examples("2026-04-21T01:58:00Z"))]
    adjusted_at: Option<DateTime<Utc>>,
    /// The order of this photo's student.
    #[schema(required = true, value_type = Option<schema::OrderNo>)]
    order_no: Option<String>,
}

impl PhotoView {
    /// A photo in the caller's language.
    pub(crate) fn new(photo: service::overview::Photo, lang: Lang) -> Self {
        let review = |review| ReviewView::new(review, lang);
        Self {
            id: photo.id.to_string(),
            state: photo.state.as_str().to_owned(),
            state_label: photo.state.label().get(lang).to_owned(),
            number: photo.number,
            submitted_at: photo.submitted_at,
            state_at: photo.state_at,
            source: photo.source.as_str().to_owned(),
            outcome: photo.outcome,
            findings: photo.findings.iter().map(FindingView::from).collect(),
            note: photo.note,
            review: photo.review.map(review),
            adjusted_at: photo.adjusted_at,
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
        (status = 408, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The form did not arrive in time."),
        (status = 413, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file is too large."),
        (status = 415, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The body is not a form."),
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file, the frame or the photo does not meet the standard; the code and the findings say how."),
        answers::Session, answers::Missing, answers::State, answers::Outside))]
#[post("/enrolments/{enrolment_id}/photos")]
async fn create_photo(
    context: Data<Context>,
    student: Student,
    path: Path<EnrolmentPath>,
    form: UnreadForm,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let begun = service::photo::begin_upload(&context, &student, &path.enrolment_id).await;
    let slot = begun.map_err(Fault::from)?;
    let form = form.read().await?;
    drop(slot);
    let submission = service::photo::Submission {
        enrolment_id: &path.enrolment_id,
        upload_id: &form.upload_id,
        image: form.image.0,
        frame: form.frame.into_inner().into(),
        source: form.source.as_deref().map(String::as_str),
        note: form.note.as_deref().map(String::as_str),
    };
    let photo = Box::pin(service::photo::submit(&context, &student, submission)).await;
    let id = photo.map_err(Fault::from)?.id.to_string();
    let photo = service::overview::photo(&context, &student, &id).await;
    let photo = photo.map_err(Fault::from)?;
    Ok(HttpResponse::Created().json(PhotoView::new(photo, lang_of(&request))))
}

/// A photo in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PhotoPath {
    /// The photo.
    #[param(value_type = schema::PhotoId, inline)]
    pub(crate) photo_id: String,
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
    let photo = service::overview::photo(&context, &student, &path.photo_id).await?;
    Ok(Json(PhotoView::new(photo, lang_of(&request))))
}

/// Which picture.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImageQuery {
    /// `framed`, `original` or `thumb`.
    #[serde(default = "framed")]
    #[param(value_type = schema::PhotoVariant, inline)]
    pub(crate) variant: String,
}

fn framed() -> String {
    "framed".to_owned()
}

/// See one of my photos
///
/// `Range` gives a part of the file, `If-None-Match` nothing where the client has it already.
#[utoipa::path(tag = "photos", operation_id = "get_photo_image", params(PhotoPath, ImageQuery), security(("session" = [])),
    responses((status = 200, content_type = "image/jpeg", body = inline(Binary), description = "The picture."),
        (status = 206, content_type = "image/jpeg", body = inline(Binary), description = "The part that `Range` names."),
        (status = 304, description = "The client has it already, as `If-None-Match` says."),
        answers::Reader, answers::Missing, answers::Outside,
        (status = 410, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The picture was deleted: its time was over, or its consent was withdrawn."),
        (status = 416, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file has no such part; `Content-Range` has its length."),
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "There is no such variant.")))]
#[get("/photos/{photo_id}/image")]
async fn get_photo_image(
    context: Data<Context>,
    student: Student,
    path: Path<PhotoPath>,
    query: Query<ImageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (id, variant) = (&path.photo_id, &query.variant);
    let found = service::photo::find_image(&context, &student, id, variant).await?;
    if let Some(response) = download::not_modified(&request, &found.tag) {
        return Ok(response);
    }
    let image = Box::pin(service::photo::open_image(&context, &student, &found)).await?;
    let file = Download {
        media_type: image.media_type,
        tag: found.tag,
        content: image.content,
    };
    Ok(download::send(&context, &request, &file))
}

/// Bytes.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes bytes to the API document")]
pub(crate) struct Binary(Vec<u8>);

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
    service::photo::withdraw(&context, &student, &path.photo_id).await?;
    let photo = service::overview::photo(&context, &student, &path.photo_id).await?;
    Ok(Json(PhotoView::new(photo, lang_of(&request))))
}
