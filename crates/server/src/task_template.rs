//! Templates of tasks: `/schools/{school_id}/task-templates`, `/tasks/{task_id}/template`, `/task-templates/{task_template_id}`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::{DateTime, Utc};
use domain::TaskTemplateId;
use domain::access::perm;
use domain::task_template::{TaskTemplate, TemplateOwner};
use serde::{Deserialize, Serialize};
use service::Context;
use service::task::TaskCopy;
use service::task_template::NewTemplate;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::{SchoolPath, TaskPath};
use crate::permitted::Staff;
use crate::problem::Fault;
use crate::schema;
use crate::task::ManagedTask;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_task_templates)
        .service(create_task_template)
        .service(create_task_from_template)
        .service(rename_task_template)
        .service(delete_task_template);
}

/// A template in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct TaskTemplatePath {
    /// The template.
    #[param(value_type = schema::TaskTemplateId, inline)]
    task_template_id: String,
}

/// Settings that are kept to make tasks from.
#[derive(Debug, Serialize, ToSchema)]
struct TaskTemplateView {
    /// The template.
    #[schema(value_type = schema::TaskTemplateId)]
    id: String,
    /// Its name.
    #[schema(max_length = 60, examples("每年春季"))]
    name: String,
    /// `school` where the school keeps it for itself, `bureau` where every school is offered it.
    #[schema(value_type = schema::TemplateOwner)]
    owner: String,
    /// When it was kept.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// Changes with every change; send it back with a change.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

impl From<TaskTemplate> for TaskTemplateView {
    fn from(template: TaskTemplate) -> Self {
        Self {
            id: template.id.to_string(),
            owner: template.owner().as_str().to_owned(),
            name: template.name,
            created_at: template.created_at,
            version: template.version,
        }
    }
}

pages! {
    /// A page of templates, the newest first.
    TaskTemplates of TaskTemplateView;
}

/// List the templates of tasks that a school may use
///
/// Its own, and those of the bureau.
#[utoipa::path(tag = "tasks", operation_id = "list_task_templates", params(SchoolPath, PageQuery), security(("session" = [])),
    responses((status = 200, body = TaskTemplates, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/schools/{school_id}/task-templates")]
async fn list_task_templates(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<SchoolPath>,
    page: Paged<TaskTemplateId>,
) -> Result<Json<TaskTemplates>, Fault> {
    let school = &path.school_id;
    let list = service::task_template::list(&context, staff.reach(), school, &page.0).await?;
    Ok(Json(TaskTemplates::new(list, TaskTemplateView::from)))
}

/// A template that is to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTaskTemplate {
    /// Its name.
    #[schema(min_length = 1, max_length = 60, value_type = String, examples("每年春季"))]
    name: Text<200>,
    /// `school`, or `bureau` to offer it to every school, which only operators may.
    #[schema(value_type = schema::TemplateOwner)]
    owner: TemplateOwner,
}

/// Keep the settings of a task as a template
///
/// Name and window are not kept. The template stays as it is when the task is changed.
#[utoipa::path(tag = "tasks", operation_id = "create_task_template", params(TaskPath), request_body = NewTaskTemplate, security(("session" = [])),
    responses((status = 201, body = TaskTemplateView, description = "The template."),
        answers::StaffSession, answers::Body, answers::Missing))]
#[post("/tasks/{task_id}/template")]
async fn create_task_template(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<TaskPath>,
    body: Body<NewTaskTemplate>,
) -> Result<HttpResponse, Fault> {
    let new = NewTemplate {
        name: &body.name,
        owner: body.owner,
    };
    let kept = service::task_template::save(&context, staff.actor(), &path.task_id, new).await?;
    Ok(HttpResponse::Created().json(TaskTemplateView::from(kept)))
}

/// A task that is made from a template.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TaskFromTemplate {
    /// The template.
    #[schema(value_type = schema::TaskTemplateId)]
    template_id: String,
    /// The name.
    #[schema(min_length = 1, max_length = 60, value_type = String, examples("2027 届毕业生图像采集"))]
    name: Text<200>,
    /// From when photos are taken.
    #[schema(examples("2027-04-01T00:00:00Z"))]
    opens_at: DateTime<Utc>,
    /// Until when.
    #[schema(examples("2027-06-30T16:00:00Z"))]
    closes_at: DateTime<Utc>,
}

/// Make a task from a template
///
/// It is a draft with the template's settings, under its own name and in its own window.
#[utoipa::path(tag = "tasks", operation_id = "create_task_from_template", params(SchoolPath), request_body = TaskFromTemplate, security(("session" = [])),
    responses((status = 201, body = ManagedTask, description = "The draft."),
        answers::StaffSession, answers::Body, answers::Missing))]
#[post("/schools/{school_id}/tasks/from-template")]
async fn create_task_from_template(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<SchoolPath>,
    body: Body<TaskFromTemplate>,
) -> Result<HttpResponse, Fault> {
    let new = TaskCopy {
        name: body.name.to_string(),
        opens_at: body.opens_at,
        closes_at: body.closes_at,
    };
    let (actor, template) = (staff.actor(), &body.template_id);
    let made = service::task_template::make_task(&context, actor, &path.school_id, template, new);
    Ok(HttpResponse::Created().json(ManagedTask::from(made.await?)))
}

/// What a template is to be called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TaskTemplateChange {
    /// Its name.
    #[schema(min_length = 1, max_length = 60, value_type = String, examples("每年秋季"))]
    name: Text<200>,
    /// The version that was read.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

/// Rename a template of tasks
///
/// Its settings stay as they are. Those of the bureau are renamed by operators.
#[utoipa::path(tag = "tasks", operation_id = "rename_task_template", params(TaskTemplatePath), request_body = TaskTemplateChange, security(("session" = [])),
    responses((status = 200, body = TaskTemplateView, description = "Renamed."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[patch("/task-templates/{task_template_id}")]
async fn rename_task_template(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<TaskTemplatePath>,
    body: Body<TaskTemplateChange>,
) -> Result<Json<TaskTemplateView>, Fault> {
    let (actor, id) = (staff.actor(), &path.task_template_id);
    let renamed = service::task_template::rename(&context, actor, id, &body.name, body.version);
    Ok(Json(renamed.await?.into()))
}

/// Delete a template of tasks
///
/// Tasks that were made from it stay. Those of the bureau are deleted by operators.
#[utoipa::path(tag = "tasks", operation_id = "delete_task_template", params(TaskTemplatePath), security(("session" = [])),
    responses((status = 204, description = "It is gone."), answers::StaffSession, answers::Missing))]
#[delete("/task-templates/{task_template_id}")]
async fn delete_task_template(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<TaskTemplatePath>,
) -> Result<HttpResponse, Fault> {
    service::task_template::delete(&context, staff.actor(), &path.task_template_id).await?;
    Ok(HttpResponse::NoContent().finish())
}
