//! The end of a task: handing it over, when its data are deleted, and the certificate that they were.

use actix_web::http::header::{
    CONTENT_DISPOSITION, ContentDisposition, DispositionParam, DispositionType,
};
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::purge::PurgePart;
use serde::{Deserialize, Serialize};
use service::Context;
use service::purge::PurgeState;
use service::task::TaskCounts;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::path::TaskPath;
use crate::permitted::{Permitted, Staff};
use crate::photo::Binary;
use crate::problem::{Fault, lang_of};
use crate::task::ManagedTask;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(hand_over_task)
        .service(get_task_purge)
        .service(get_deletion_certificate);
}

/// What was seen before a task is handed over, as `get_delivery_figures` tells it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TaskHandOver {
    /// Students without an accepted photo.
    #[schema(minimum = 0, maximum = 10_000_000, examples(3))]
    missing: u64,
    /// Accepted photos that the school has not acknowledged.
    #[schema(minimum = 0, maximum = 10_000_000, examples(0))]
    undelivered: u64,
}

/// Hand a task over
///
/// The school has all the photos that it will get. The numbers are those that a person saw; where others hold meanwhile,
/// nothing is changed. The days after which the data are deleted are counted from the task's end.
#[utoipa::path(tag = "tasks", operation_id = "hand_over_task", params(TaskPath), request_body = TaskHandOver,
    security(("session" = [])),
    responses((status = 200, body = ManagedTask, description = "Handed over."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[post("/tasks/{task_id}/hand-over")]
async fn hand_over_task(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<TaskPath>,
    body: Body<TaskHandOver>,
) -> Result<Json<ManagedTask>, Fault> {
    let seen = TaskCounts {
        missing: body.missing,
        undelivered: body.undelivered,
    };
    let task = service::task::hand_over(&context, staff.actor(), &path.task_id, seen).await?;
    Ok(Json(task.into()))
}

/// How much of a part of a task was deleted.
#[derive(Debug, Serialize, ToSchema)]
struct PurgedPart {
    /// The part, a word for programs.
    #[schema(max_length = 40, examples("photos"))]
    part: String,
    /// What it is called.
    #[schema(max_length = 80, examples("照片、照片文件及审核记录"))]
    label: String,
    /// How much of it.
    #[schema(minimum = 0, examples(412))]
    count: u64,
}

/// Where the deletion of a task's data is.
#[derive(Debug, Serialize, ToSchema)]
struct TaskPurgeView {
    /// When it begins; null once it has begun.
    #[schema(required = true, examples("2027-06-30T16:00:00Z"))]
    due_at: Option<DateTime<Utc>>,
    /// What stops it now, in words; null where nothing does.
    #[schema(required = true, max_length = 80, examples("有未处理的资金问题"))]
    hold: Option<String>,
    /// When the keys were destroyed: nobody could read the data from then on.
    #[schema(required = true, examples("2027-06-30T16:10:00Z"))]
    keys_destroyed_at: Option<DateTime<Utc>>,
    /// When the certificate was issued; null until everything is deleted.
    #[schema(required = true, examples("2027-06-30T16:20:00Z"))]
    certified_at: Option<DateTime<Utc>>,
    /// What was deleted so far.
    #[schema(max_items = 20)]
    deleted: Vec<PurgedPart>,
}

impl TaskPurgeView {
    fn new(state: &PurgeState, lang: domain::Lang) -> Self {
        let purge = state.purge.as_ref();
        let part = |part: &PurgePart| PurgedPart {
            part: part.as_str().to_owned(),
            label: part.label().get(lang).to_owned(),
            count: purge.map_or(0, |purge| purge.counts.of(*part)),
        };
        let deleted = purge.map(|_| PurgePart::ALL.iter().map(part).collect());
        let certificate = purge.and_then(|purge| purge.certificate.as_ref());
        Self {
            due_at: state.due_at,
            hold: state.hold.map(|hold| hold.label().get(lang).to_owned()),
            keys_destroyed_at: purge.map(|purge| purge.started_at),
            certified_at: certificate.map(|certificate| certificate.issued_at),
            deleted: deleted.unwrap_or_default(),
        }
    }
}

/// When are the data of a task deleted?
#[utoipa::path(tag = "tasks", operation_id = "get_task_purge", params(TaskPath),
    security(("session" = []), ("integrator" = ["tasks:read"])),
    responses((status = 200, body = TaskPurgeView, description = "When, or what was deleted."),
        answers::StaffReader, answers::Missing))]
#[get("/tasks/{task_id}/purge")]
async fn get_task_purge(
    context: Data<Context>,
    staff: Permitted<perm::ReadTasks>,
    path: Path<TaskPath>,
    request: HttpRequest,
) -> Result<Json<TaskPurgeView>, Fault> {
    let state = service::purge::state(&context, staff.reach(), &path.task_id).await?;
    Ok(Json(TaskPurgeView::new(&state, lang_of(&request))))
}

/// Download the certificate that the data of a task were deleted
///
/// A ZIP archive with `certificate.txt` and its Ed25519 signature, made with a key of `list_delivery_keys`:
/// `openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in certificate.txt -sigfile certificate.txt.sig`
#[utoipa::path(tag = "tasks", operation_id = "get_deletion_certificate", params(TaskPath),
    security(("session" = []), ("integrator" = ["tasks:read"])),
    responses((status = 200, content_type = "application/zip", body = inline(Binary), description = "The certificate."),
        answers::StaffReader, answers::Missing, answers::State))]
#[get("/tasks/{task_id}/deletion-certificate")]
async fn get_deletion_certificate(
    context: Data<Context>,
    staff: Permitted<perm::ReadTasks>,
    path: Path<TaskPath>,
) -> Result<HttpResponse, Fault> {
    let file = service::purge::certificate(&context, staff.reach(), &path.task_id).await?;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(file.name)],
    };
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CONTENT_DISPOSITION, disposition))
        .body(file.content))
}
