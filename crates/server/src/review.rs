//! Review of photos: `/reviews`.

mod quality;
mod reframe;
mod shown;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::Refusal;
use domain::access::perm;
use domain::review::Decision;
use domain::review_queue::MOST_LEASED;
use serde::{Deserialize, Serialize};
use service::Context;
use service::review::{DecidedPhoto, Wanted};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::download::{self, Download};
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::permitted::Staff;
use crate::photo::{Binary, ImageQuery, PhotoPath};
use crate::problem::{Fault, lang_of};
use crate::schema;
use shown::{DecisionView, PhotoToReviewView, QueueView};

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(quality::get_review_quality)
        .service(quality::list_photo_recalls)
        .service(get_review_queue)
        .service(take_photos_to_review)
        .service(give_back_photos_to_review)
        .service(create_reviews)
        .service(list_my_reviews)
        .service(undo_review)
        .service(get_review_image)
        .service(reframe::reframe_photo);
}

/// Of which task.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct QueueQuery {
    /// Of this task alone; without it, of every task within reach.
    #[param(value_type = Option<schema::TaskId>, inline)]
    task_id: Option<String>,
}

/// See how many photos wait for me
#[utoipa::path(tag = "reviews", operation_id = "get_review_queue", params(QueueQuery), security(("session" = [])),
    responses((status = 200, body = QueueView, description = "The queue."),
        answers::StaffReader, answers::Query))]
#[get("/reviews/queue")]
async fn get_review_queue(
    context: Data<Context>,
    staff: Staff<perm::ReviewPhotos>,
    query: Query<QueueQuery>,
) -> Result<Json<QueueView>, Fault> {
    let task = query.task_id.as_deref();
    let queue = service::review::queue(&context, staff.actor(), task).await?;
    Ok(Json(queue.into()))
}

/// Which photos a reviewer wants.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhotosWanted {
    /// Of this task alone; without it, of every task within reach.
    #[schema(value_type = Option<schema::TaskId>)]
    task_id: Option<String>,
    /// `true` for those on which the automatic check found nothing, `false` for the others; without it, all.
    #[schema(examples(true))]
    is_clean: Option<bool>,
    /// Those that other reviewers passed on, instead of the ordinary queue.
    #[serde(default)]
    #[schema(examples(false))]
    is_escalated: bool,
    /// How many at most. Those that the reviewer has already are among them.
    #[schema(minimum = 1, maximum = 12, examples(2))]
    count: usize,
}

/// Photos of a reviewer.
#[derive(Debug, Serialize, ToSchema)]
struct TakenPhotos {
    /// Those that wait longest first; empty where none is free.
    #[schema(max_items = 12)]
    items: Vec<PhotoToReviewView>,
}

/// Take photos to review
///
/// Nobody else gets them for five minutes. Asking again keeps those that were not decided about and renews the time.
#[utoipa::path(tag = "reviews", operation_id = "take_photos_to_review", request_body = PhotosWanted, security(("session" = [])),
    responses((status = 200, body = TakenPhotos, description = "The reviewer's photos."),
        answers::StaffSession, answers::Body))]
#[post("/reviews/take")]
async fn take_photos_to_review(
    context: Data<Context>,
    staff: Staff<perm::ReviewPhotos>,
    body: Body<PhotosWanted>,
    request: HttpRequest,
) -> Result<Json<TakenPhotos>, Fault> {
    let wanted = Wanted {
        task: body.task_id.as_deref(),
        is_clean: body.is_clean,
        is_escalated: body.is_escalated,
    };
    let taken = service::review::take(&context, staff.actor(), wanted, body.count).await?;
    let lang = lang_of(&request);
    let view = |photo| PhotoToReviewView::new(photo, lang);
    Ok(Json(TakenPhotos {
        items: taken.into_iter().map(view).collect(),
    }))
}

/// Give back the photos that I have
///
/// Others can get them at once. Decisions that were made stay.
#[utoipa::path(tag = "reviews", operation_id = "give_back_photos_to_review", security(("session" = [])),
    responses((status = 204, description = "The reviewer has none any more."), answers::StaffSession))]
#[post("/reviews/give-back")]
async fn give_back_photos_to_review(
    context: Data<Context>,
    staff: Staff<perm::ReviewPhotos>,
) -> Result<HttpResponse, Fault> {
    service::review::give_back(&context, staff.actor()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A photo about which is decided.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReviewedPhoto {
    /// The photo.
    #[schema(value_type = schema::PhotoId)]
    photo_id: String,
    /// The version that was looked at.
    #[schema(minimum = 1, examples(2))]
    version: i32,
}

/// What is decided.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReviews {
    /// About which photos: several can be approved at once, one rejected or passed on.
    #[schema(min_items = 1, max_items = 12)]
    photos: Vec<ReviewedPhoto>,
    /// `approved`, `rejected`, or `escalated` for somebody with more experience.
    #[schema(value_type = schema::ReviewOutcome)]
    outcome: String,
    /// Why; 1 to 6 for a rejection, none otherwise. The student sees them in this order.
    #[serde(default)]
    #[schema(value_type = Vec<schema::RejectReason>, max_items = 6)]
    reasons: Vec<String>,
    /// What the student is told besides, or for `escalated` what colleagues are told.
    #[schema(max_length = 200, examples("请将刘海梳起"))]
    note: Option<String>,
}

/// Decisions of a reviewer.
#[derive(Debug, Serialize, ToSchema)]
struct Decisions {
    /// The decisions; of the latest ones, the latest first.
    #[schema(max_items = 12)]
    items: Vec<DecisionView>,
}

/// Decide about photos that I took
///
/// All of them or, where one is not the reviewer's any more, none. It takes effect after ten seconds, until which it can be
/// undone; the student learns of it then.
#[utoipa::path(tag = "reviews", operation_id = "create_reviews", params(IdempotencyKeyHeader), request_body = NewReviews, security(("session" = [])),
    responses((status = 201, body = Decisions, description = "Decided."),
        answers::StaffSession, answers::State, answers::Keyed, answers::Body))]
#[post("/reviews")]
async fn create_reviews(
    context: Data<Context>,
    staff: Staff<perm::ReviewPhotos>,
    key: IdempotencyKey,
    body: Body<NewReviews>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let decision = Decision::read(&body.outcome, &body.reasons, body.note.as_deref());
    let decision = decision.map_err(Refusal::fields)?;
    let photos = body.photos.iter().map(|photo| DecidedPhoto {
        id: &photo.photo_id,
        version: photo.version,
    });
    let photos: Vec<_> = photos.take(MOST_LEASED + 1).collect();
    let keyed = key.request();
    let made = service::review::decide(&context, staff.actor(), &keyed, &photos, &decision);
    let made = Box::pin(made).await?;
    let lang = lang_of(&request);
    let items = made.value.iter().map(|made| DecisionView::new(made, lang));
    Ok(
        idempotency::mark(HttpResponse::Created(), made.is_replayed).json(Decisions {
            items: items.collect(),
        }),
    )
}

/// List my latest ten decisions
#[utoipa::path(tag = "reviews", operation_id = "list_my_reviews", security(("session" = [])),
    responses((status = 200, body = Decisions, description = "The latest first."), answers::StaffReader))]
#[get("/reviews/latest")]
async fn list_my_reviews(
    context: Data<Context>,
    staff: Staff<perm::ReviewPhotos>,
    request: HttpRequest,
) -> Result<Json<Decisions>, Fault> {
    let made = service::review::latest(&context, staff.actor()).await?;
    let lang = lang_of(&request);
    let items = made.iter().map(|made| DecisionView::new(made, lang));
    Ok(Json(Decisions {
        items: items.collect(),
    }))
}

/// A decision in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ReviewPath {
    /// The decision.
    #[param(value_type = schema::PhotoReviewId, inline)]
    review_id: String,
}

/// Take back a decision that is not in force
///
/// The reviewer has the photo again. Sent again, it gives the same answer.
#[utoipa::path(tag = "reviews", operation_id = "undo_review", params(ReviewPath), security(("session" = [])),
    responses((status = 200, body = DecisionView, description = "Taken back."),
        answers::StaffSession, answers::Missing, answers::State))]
#[post("/reviews/{review_id}/undo")]
async fn undo_review(
    context: Data<Context>,
    staff: Staff<perm::ReviewPhotos>,
    path: Path<ReviewPath>,
    request: HttpRequest,
) -> Result<Json<DecisionView>, Fault> {
    let undone = service::review::undo(&context, staff.actor(), &path.review_id).await?;
    Ok(Json(DecisionView::new(&undone, lang_of(&request))))
}

/// See a photo that I review
///
/// Also one about which the reviewer decided, earlier photos of the same student, and, but for the original, what another
/// student sent that shows the same. Looking at the original is noted in the student's access log. `Range` and `If-None-Match` work as for students.
#[utoipa::path(tag = "reviews", operation_id = "get_review_image", params(PhotoPath, ImageQuery), security(("session" = [])),
    responses((status = 200, content_type = "image/jpeg", body = inline(Binary), description = "The picture."),
        (status = 206, content_type = "image/jpeg", body = inline(Binary), description = "The part that `Range` names."),
        (status = 304, description = "The client has it already, as `If-None-Match` says."),
        answers::StaffReader, answers::Missing, answers::Outside,
        (status = 410, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The picture was deleted: its time was over, or its consent was withdrawn."),
        (status = 416, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "The file has no such part; `Content-Range` has its length."),
        (status = 422, body = crate::problem::Problem, content_type = "application/problem+json",
            description = "There is no such variant.")))]
#[get("/reviews/photos/{photo_id}/image")]
async fn get_review_image(
    context: Data<Context>,
    staff: Staff<perm::ReviewPhotos>,
    path: Path<PhotoPath>,
    query: Query<ImageQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (id, variant) = (&path.photo_id, &query.variant);
    let found = service::review::find_image(&context, staff.actor(), id, variant).await?;
    if let Some(response) = download::not_modified(&request, &found.tag) {
        return Ok(response);
    }
    let image = service::review::open_image(&context, staff.actor(), &found);
    let image = Box::pin(image).await?;
    let file = Download {
        media_type: image.media_type,
        tag: found.tag,
        content: image.content,
    };
    Ok(download::send(&context, &request, &file))
}
