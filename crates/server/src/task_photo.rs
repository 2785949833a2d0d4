//! The photos of a task, for those who take them over: `/tasks/{task_id}/photos`.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ETAG, EntityTag, Header, HeaderName, HeaderValue, IF_MATCH, IfMatch,
};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get, post};
use chrono::{DateTime, Utc};
use data_encoding::{BASE64, HEXLOWER};
use domain::access::perm;
use domain::photo_state::PhotoState;
use domain::review_queue::StageReview;
use domain::{PhotoReviewId, ProblemCode};
use serde::{Deserialize, Serialize};
use service::Context;
use service::overview::{TaskPhoto, TaskPhotoQuery};
use service::photo::{PhotoVersion, RefusedPhoto};
use store::overview::ChangePlace;
use utoipa::{IntoParams, IntoResponses, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::download::{self, Download};
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::TaskPath;
use crate::permitted::Permitted;
use crate::photo::{Binary, ReviewView};
use crate::problem::{Fault, Problem, lang_of};
use crate::schema;

/// The digest of a whole file. Source: RFC 9530, 3.
const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_task_photos)
        .service(list_task_reviews)
        .service(get_task_photo)
        .service(get_task_photo_image)
        .service(hand_over_photo)
        .service(refuse_photo);
}

/// A photo of a task in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct TaskPhotoPath {
    /// The task.
    #[param(value_type = schema::TaskId, inline)]
    task_id: String,
    /// The photo.
    #[param(value_type = schema::PhotoId, inline)]
    photo_id: String,
}

/// The student of a photo, as the roster lists them.
#[derive(Debug, Serialize, ToSchema)]
struct PhotoStudentView {
    /// The student of the roster.
    #[schema(value_type = schema::RosterEntryId)]
    roster_entry_id: String,
    /// The name.
    #[schema(examples("李华"))]
    name: String,
    /// The student number.
    #[schema(required = true, examples("2200012345"))]
    student_no: Option<String>,
    /// The level.
    #[schema(value_type = schema::EducationLevel)]
    level: String,
    /// The college.
    #[schema(required = true, examples("法学院"))]
    college: Option<String>,
    /// The major.
    #[schema(required = true, examples("法学"))]
    major: Option<String>,
    /// The class.
    #[schema(required = true, examples("法学 2201"))]
    class_name: Option<String>,
}

/// A photo of a task.
#[derive(Debug, Serialize, ToSchema)]
struct TaskPhotoView {
    /// The photo.
    #[schema(value_type = schema::PhotoId)]
    id: String,
    /// The task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// `approved` may be taken over; `handed_over` was.
    #[schema(value_type = schema::PhotoState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("已通过"))]
    state_label: String,
    /// The first, second, … of its student.
    #[schema(minimum = 1, examples(1))]
    number: i32,
    /// When it came.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    submitted_at: DateTime<Utc>,
    /// When its state last changed; the list is in the order of these times.
    #[schema(examples("2026-04-21T02:00:00Z"))]
    modified_at: DateTime<Utc>,
    /// SHA-256 of the picture, in hexadecimal digits; null once it was deleted.
    #[schema(
        required = true,
        pattern = "^[0-9a-f]{64}$",
        examples("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    )]
    sha256: Option<String>,
    /// The length of the picture.
    #[schema(minimum = 0, examples(92_160))]
    bytes: i64,
    /// The last decision about it.
    #[schema(required = true)]
    review: Option<ReviewView>,
    /// Whose it is.
    student: PhotoStudentView,
    /// Counts its changes; it is the `ETag` of the photo, in quotes.
    #[schema(minimum = 1, examples(3))]
    version: i32,
}

impl TaskPhotoView {
    fn new(photo: TaskPhoto, request: &HttpRequest) -> Self {
        let (lang, student) = (lang_of(request), photo.student);
        let digest = Some(photo.sha256).filter(|hash| !hash.is_empty());
        Self {
            id: photo.id.to_string(),
            task_id: photo.task_id.to_string(),
            state: photo.state.as_str().to_owned(),
            state_label: photo.state.label().get(lang).to_owned(),
            number: photo.number,
            submitted_at: photo.submitted_at,
            modified_at: photo.modified_at,
            sha256: digest.map(|hash| HEXLOWER.encode(&hash)),
            bytes: photo.bytes,
            review: photo.review.map(|review| ReviewView::new(review, lang)),
            student: PhotoStudentView {
                roster_entry_id: student.entry_id.to_string(),
                name: student.name,
                student_no: student.student_no,
                level: student.level.as_str().to_owned(),
                college: student.college,
                major: student.major,
                class_name: student.class_name,
            },
            version: photo.version,
        }
    }
}

pages! {
    /// A page of the photos of a task.
    TaskPhotoList of TaskPhotoView;
}

/// Which photos are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TaskPhotoFilterQuery {
    /// In this state alone, such as `approved`.
    #[param(value_type = Option<schema::PhotoState>, inline)]
    state: Option<PhotoState>,
    /// Whose state changed then or later: the `modified_at` of the last photo that was read.
    #[param(example = "2026-04-21T02:00:00Z")]
    modified_since: Option<DateTime<Utc>>,
}

/// List the photos of a task
///
/// In the order of their changes, the oldest first; a change is listed ten seconds after it was made. A photo that changes
/// while the pages are read moves to the end, so that none is missed. To go on later, send the last `modified_at` as
/// `modified_since`, and leave out what has the version that you know.
#[utoipa::path(tag = "photos", operation_id = "list_task_photos", params(TaskPath, TaskPhotoFilterQuery, PageQuery),
    security(("session" = []), ("integrator" = ["photos:read"])),
    responses((status = 200, body = TaskPhotoList, description = "A page."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/tasks/{task_id}/photos")]
async fn list_task_photos(
    context: Data<Context>,
    caller: Permitted<perm::ReadPhotos>,
    path: Path<TaskPath>,
    query: Query<TaskPhotoFilterQuery>,
    page: Paged<ChangePlace>,
    request: HttpRequest,
) -> Result<Json<TaskPhotoList>, Fault> {
    let wanted = TaskPhotoQuery {
        state: query.state,
        modified_since: query.modified_since,
    };
    let task = &path.task_id;
    let list = service::overview::task_photos(&context, caller.actor(), task, wanted, &page.0);
    Ok(Json(TaskPhotoList::new(Box::pin(list).await?, |photo| {
        TaskPhotoView::new(photo, &request)
    })))
}

/// A decision of a reviewer about a photo of a task. It does not say who made it.
#[derive(Debug, Serialize, ToSchema)]
struct TaskReviewView {
    /// The decision.
    #[schema(value_type = schema::PhotoReviewId)]
    id: String,
    /// The photo.
    #[schema(value_type = schema::PhotoId)]
    photo_id: String,
    /// For which stage it was made.
    #[schema(value_type = schema::ReviewStage)]
    stage: String,
    /// What was decided.
    #[schema(value_type = schema::ReviewOutcome)]
    outcome: String,
    /// Why.
    #[schema(value_type = Vec<schema::RejectReason>, max_items = 6)]
    reasons: Vec<String>,
    /// Whether what the automatic check found was hidden from the reviewer until the decision.
    #[schema(examples(false))]
    findings_hidden: bool,
    /// When.
    #[schema(examples("2026-04-20T09:00:00Z"))]
    decided_at: DateTime<Utc>,
}

impl From<StageReview> for TaskReviewView {
    fn from(review: StageReview) -> Self {
        let words = review
            .reasons
            .iter()
            .map(|reason| reason.as_str().to_owned());
        Self {
            id: review.id.to_string(),
            photo_id: review.photo_id.to_string(),
            stage: review.stage.as_str().to_owned(),
            outcome: review.outcome.as_str().to_owned(),
            reasons: words.collect(),
            findings_hidden: review.findings_hidden,
            decided_at: review.decided_at,
        }
    }
}

pages! {
    /// A page of decisions, the newest first.
    TaskReviewList of TaskReviewView;
}

/// List the decisions of reviewers about photos of a task
///
/// Each stage decides by itself. A decision is listed once it cannot be undone any more.
#[utoipa::path(tag = "photos", operation_id = "list_task_reviews", params(TaskPath, PageQuery),
    security(("session" = []), ("integrator" = ["photos:read"])),
    responses((status = 200, body = TaskReviewList, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/tasks/{task_id}/reviews")]
async fn list_task_reviews(
    context: Data<Context>,
    caller: Permitted<perm::ReadPhotos>,
    path: Path<TaskPath>,
    page: Paged<PhotoReviewId>,
) -> Result<Json<TaskReviewList>, Fault> {
    let task = &path.task_id;
    let list = service::overview::task_reviews(&context, caller.actor(), task, &page.0).await?;
    Ok(Json(TaskReviewList::new(list, Into::into)))
}

/// A photo with its version as `ETag`.
fn tagged(
    mut answer: HttpResponseBuilder,
    photo: TaskPhoto,
    request: &HttpRequest,
) -> HttpResponse {
    let tag = version_tag(photo.version);
    answer
        .insert_header((ETAG, tag))
        .json(TaskPhotoView::new(photo, request))
}

fn version_tag(version: i32) -> EntityTag {
    EntityTag::new_strong(version.to_string())
}

/// Read a photo of a task
#[utoipa::path(tag = "photos", operation_id = "get_task_photo", params(TaskPhotoPath),
    security(("session" = []), ("integrator" = ["photos:read"])),
    responses((status = 200, body = TaskPhotoView, description = "The photo; `ETag` names its version."),
        answers::StaffReader, answers::Missing))]
#[get("/tasks/{task_id}/photos/{photo_id}")]
async fn get_task_photo(
    context: Data<Context>,
    caller: Permitted<perm::ReadPhotos>,
    path: Path<TaskPhotoPath>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (task, id) = (&path.task_id, &path.photo_id);
    let photo = service::overview::task_photo(&context, caller.actor(), task, id).await?;
    Ok(tagged(HttpResponse::Ok(), photo, &request))
}

/// Fetch the picture of an accepted photo
///
/// A JPEG of 480×640 pixels. `If-None-Match` gives nothing where the client has it already, `Range` a part of it; `Repr-Digest`
/// has the SHA-256 of the whole file. That it was fetched is noted in its student's access log.
#[utoipa::path(tag = "photos", operation_id = "get_task_photo_image", params(TaskPhotoPath),
    security(("session" = []), ("integrator" = ["photos:read"])),
    responses((status = 200, content_type = "image/jpeg", body = inline(Binary), description = "The picture."),
        (status = 206, content_type = "image/jpeg", body = inline(Binary), description = "The part that `Range` names."),
        (status = 304, description = "The client has it already, as `If-None-Match` says."),
        answers::StaffReader, answers::Missing, answers::State, answers::Outside,
        (status = 410, body = Problem, content_type = "application/problem+json",
            description = "The picture was deleted: its time was over, or its consent was withdrawn."),
        (status = 416, body = Problem, content_type = "application/problem+json",
            description = "The file has no such part; `Content-Range` has its length.")))]
#[get("/tasks/{task_id}/photos/{photo_id}/image")]
async fn get_task_photo_image(
    context: Data<Context>,
    caller: Permitted<perm::ReadPhotos>,
    path: Path<TaskPhotoPath>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (task, id) = (&path.task_id, &path.photo_id);
    let found = service::photo::find_task_image(&context, caller.actor(), task, id).await?;
    if let Some(response) = download::not_modified(&request, &found.tag) {
        return Ok(response);
    }
    let opened = service::photo::open_task_image(&context, caller.actor(), &found);
    let image = Box::pin(opened).await?;
    let digest = format!("sha-256=:{}:", BASE64.encode(&found.sha256));
    let file = Download {
        media_type: image.media_type,
        tag: found.tag,
        content: image.content,
    };
    let mut response = download::send(&context, &request, &file);
    if matches!(
        response.status(),
        StatusCode::OK | StatusCode::PARTIAL_CONTENT
    ) && let Ok(digest) = HeaderValue::from_str(&digest)
    {
        response.headers_mut().insert(REPR_DIGEST, digest);
    }
    Ok(response)
}

/// The version of a photo that a request means.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes the header to the API document")]
struct IfMatchHeader {
    /// The `ETag` that was read.
    #[param(rename = "If-Match", max_length = 200, example = "\"3\"")]
    if_match: String,
}

/// What a request with a version is refused with.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "read by the API document alone")]
enum Preconditions {
    /// Stale.
    #[response(
        status = 412,
        description = "There is a newer version than `If-Match` names.",
        content_type = "application/problem+json"
    )]
    Stale(Problem),
    /// Missing.
    #[response(
        status = 428,
        description = "There is no `If-Match`.",
        content_type = "application/problem+json"
    )]
    Missing(Problem),
}

/// The version that `If-Match` names; `None` for `*`. What cannot be read names no version that there is.
fn meant_version(request: &HttpRequest) -> Result<Option<i32>, Fault> {
    if !request.headers().contains_key(IF_MATCH) {
        return Err(ProblemCode::RequestMatchMissing.into());
    }
    let stale = || Fault::from(ProblemCode::RequestMatchStale);
    match IfMatch::parse(request).map_err(|_| stale())? {
        IfMatch::Any => Ok(None),
        IfMatch::Items(tags) => {
            let version = tags.iter().find_map(|tag| {
                let version = tag.tag().parse().ok()?;
                tag.strong_eq(&version_tag(version)).then_some(version)
            });
            version.map(Some).ok_or_else(stale)
        }
    }
}

/// Say that the school has a photo
///
/// `If-Match` names the version that was fetched.
#[utoipa::path(tag = "photos", operation_id = "hand_over_photo", params(TaskPhotoPath, IfMatchHeader, IdempotencyKeyHeader),
    security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = TaskPhotoView, description = "Handed over."),
        answers::StaffSession, answers::Missing, answers::State, answers::Keyed, Preconditions))]
#[post("/tasks/{task_id}/photos/{photo_id}/hand-over")]
async fn hand_over_photo(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<TaskPhotoPath>,
    key: IdempotencyKey,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let meant = PhotoVersion {
        task_id: &path.task_id,
        photo_id: &path.photo_id,
        version: meant_version(&request)?,
    };
    let keyed = key.request();
    let done = service::photo::hand_over(&context, caller.actor(), &keyed, meant);
    let done = Box::pin(done).await?;
    let answer = idempotency::mark(HttpResponse::Ok(), done.is_replayed);
    Ok(tagged(answer, done.value, &request))
}

/// Why a photo is sent back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhotoRefusal {
    /// The reasons, 1 to 6; the student reads them.
    #[schema(value_type = Vec<schema::RejectReason>, min_items = 1, max_items = 6)]
    reasons: Vec<String>,
    /// What the student is told besides.
    #[serde(default)]
    #[schema(max_length = 200, examples("学信网校验未通过，请重新拍摄"))]
    note: Option<String>,
}

/// Send an accepted photo back
///
/// Because the school or the Ministry's platform does not take it. Its student is told why, and may send another. `If-Match`
/// names the version that was fetched.
#[utoipa::path(tag = "photos", operation_id = "refuse_photo", params(TaskPhotoPath, IfMatchHeader, IdempotencyKeyHeader), request_body = PhotoRefusal,
    security(("session" = []), ("integrator" = ["photos:deliver"])),
    responses((status = 200, body = TaskPhotoView, description = "Sent back."),
        answers::StaffSession, answers::Keyed, answers::Body, answers::Missing, answers::State, Preconditions))]
#[post("/tasks/{task_id}/photos/{photo_id}/refuse")]
async fn refuse_photo(
    context: Data<Context>,
    caller: Permitted<perm::TakeOverPhotos>,
    path: Path<TaskPhotoPath>,
    key: IdempotencyKey,
    body: Body<PhotoRefusal>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let meant = PhotoVersion {
        task_id: &path.task_id,
        photo_id: &path.photo_id,
        version: meant_version(&request)?,
    };
    let refused = RefusedPhoto {
        reasons: &body.reasons,
        note: body.note.as_deref(),
    };
    let keyed = key.request();
    let done = service::photo::refuse(&context, caller.actor(), &keyed, meant, refused);
    let done = Box::pin(done).await?;
    let answer = idempotency::mark(HttpResponse::Ok(), done.is_replayed);
    Ok(tagged(answer, done.value, &request))
}
