//! What students would see of a task that does not exist yet: `/schools/{school_id}/task-preview`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, post};
use domain::access::perm;
use serde::Serialize;
use service::Context;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::enrolment::EnrolmentView;
use crate::json_body::Body;
use crate::me::Me;
use crate::order::PaymentWays;
use crate::path::SchoolPath;
use crate::permitted::Staff;
use crate::problem::{Fault, lang_of};
use crate::school::TaskView;
use crate::task::TaskInput;

/// Mounts the operation of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(preview_task);
}

/// What students would see, step by step: an invented student's answers of the operations that their pages call.
#[derive(Debug, Serialize, ToSchema)]
struct TaskPreviewView {
    /// The student's account.
    account: Me,
    /// The task, as if its window were open.
    task: TaskView,
    /// The student after the verification, before the photo.
    verified: EnrolmentView,
    /// The student after the photo, with the order; of another id than `verified`.
    submitted: EnrolmentView,
    /// Who can take the money.
    ways: PaymentWays,
}

/// See what students would see
///
/// Answers with an invented student's data under the settings that are sent. Nothing is made or kept; the students' web app
/// below `/preview` shows its pages with them.
#[utoipa::path(tag = "tasks", operation_id = "preview_task", params(SchoolPath), request_body = TaskInput, security(("session" = [])),
    responses((status = 200, body = TaskPreviewView, description = "The invented student, in the caller's language."),
        answers::StaffSession, answers::Body, answers::Missing))]
#[post("/schools/{school_id}/task-preview")]
async fn preview_task(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<SchoolPath>,
    body: Body<TaskInput>,
    request: HttpRequest,
) -> Result<Json<TaskPreviewView>, Fault> {
    let (school, lang) = (&path.school_id, lang_of(&request));
    let actor = staff.actor();
    let shown = service::task_preview::show(&context, actor, school, body.draft(), lang).await?;
    Ok(Json(TaskPreviewView {
        account: shown.account.into(),
        task: TaskView::new(shown.task, lang),
        verified: EnrolmentView::new(shown.verified, lang),
        submitted: EnrolmentView::new(shown.submitted, lang),
        ways: shown.ways.into(),
    }))
}
