//! Collection tasks, as staff make and change them: `/schools/{school_id}/tasks`, `/tasks/{task_id}`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, patch, post};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::review::ReviewOrder;
use domain::second_look::USUAL_SECOND_SHARE;
use domain::task::{
    ExtraProof, FeeCode, FeeLine, IdentityMode, Payer, Task, TaskSettings, USUAL_PURGE_DAYS,
};
use domain::task_draft::TaskDraft;
use domain::{Fen, TaskId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::task::TaskCopy;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::{SchoolPath, TaskPath};
use crate::permitted::{Permitted, Staff};
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_school_tasks)
        .service(create_task)
        .service(get_task_settings)
        .service(update_task)
        .service(copy_task)
        .service(open_task)
        .service(close_task);
}

/// One line of a fee.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TaskFee {
    /// What it is for.
    #[schema(value_type = schema::FeeCode)]
    code: FeeCode,
    /// How much, in fen.
    #[schema(minimum = 0, maximum = 100_000, examples(3000))]
    amount_fen: i64,
}

/// A text in both languages.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BothLanguages {
    /// Simplified Chinese.
    #[schema(max_length = 200, examples("2026 届全体毕业生"))]
    zh: String,
    /// English.
    #[schema(max_length = 200, examples("Everybody who graduates in 2026"))]
    en: String,
}

/// What of a task staff write.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskInput {
    /// The name.
    #[schema(min_length = 1, max_length = 60, examples("2026 届毕业生图像采集"))]
    name: String,
    /// From when photos are taken.
    #[schema(examples("2026-04-01T00:00:00Z"))]
    opens_at: DateTime<Utc>,
    /// Until when, not including this moment.
    #[schema(examples("2026-06-30T16:00:00Z"))]
    closes_at: DateTime<Utc>,
    /// What is charged: each kind at most once; empty for nothing.
    #[schema(max_items = 3)]
    fees: Vec<TaskFee>,
    /// Who pays.
    #[schema(value_type = schema::Payer)]
    payer: Payer,
    /// How students are recognised.
    #[schema(value_type = schema::IdentityMode)]
    identity: IdentityMode,
    /// What is asked for besides; an empty list verifies by number and level alone.
    #[schema(max_items = 2, value_type = Vec<schema::ExtraProof>)]
    extra_proofs: Vec<ExtraProof>,
    /// Which reviews a photo needs; without it that of the bureau alone.
    #[serde(default = "bureau")]
    #[schema(value_type = schema::ReviewOrder)]
    review: ReviewOrder,
    /// The photo rules; without them the national standard.
    #[serde(default)]
    #[schema(value_type = schema::PhotoRules, inline)]
    photo: photo::Rules,
    /// Whether photos must be taken with the camera on the photo page.
    #[schema(examples(false))]
    camera_only: bool,
    /// Whether browsers send the file as it was chosen or taken.
    #[schema(examples(false))]
    originals: bool,
    /// How many photos a student may submit in all.
    #[schema(minimum = 1, maximum = 20, examples(3))]
    max_photos: i32,
    /// Days in which a rejected photo can be replaced.
    #[schema(maximum = 60, examples(2))]
    resubmit_days: u16,
    /// Of how many photos in a hundred a second reviewer decides without knowing of the first; without it 2.
    #[serde(default = "usual_second_share")]
    #[schema(minimum = 0, maximum = 100, examples(2))]
    second_share: u8,
    /// Beside how many photos in a hundred a photo is put whose right decision is known; without it none.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 5, examples(2))]
    seeded_share: u8,
    /// A reviewer who catches fewer known faults in a hundred than this has their approvals reviewed again; without it never.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100, examples(80))]
    catch_limit: u8,
    /// Days after the task's end after which photos, names and numbers are deleted; without it a year.
    #[serde(default = "usual_purge_days")]
    #[schema(minimum = 30, maximum = 1825, examples(365))]
    purge_days: u16,
    /// Who takes part.
    audience: BothLanguages,
    /// Whom students can ask.
    #[schema(max_length = 100, examples("教务处 010-62751234"))]
    contact: String,
}

const fn usual_second_share() -> u8 {
    USUAL_SECOND_SHARE
}

const fn usual_purge_days() -> u16 {
    USUAL_PURGE_DAYS
}

const fn bureau() -> ReviewOrder {
    ReviewOrder::Bureau
}

impl TaskInput {
    /// The draft that was written.
    pub(crate) fn draft(&self) -> TaskDraft {
        let line = |fee: &TaskFee| FeeLine {
            code: fee.code,
            amount_fen: Fen(fee.amount_fen),
        };
        TaskDraft {
            name: self.name.clone(),
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            settings: TaskSettings {
                version: 1,
                fees: self.fees.iter().map(line).collect(),
                payer: self.payer,
                identity: self.identity,
                extra_proofs: self.extra_proofs.clone(),
                review: self.review,
                photo: self.photo.clone(),
                camera_only: self.camera_only,
                originals: self.originals,
                max_photos: self.max_photos,
                resubmit_days: self.resubmit_days,
                second_share: self.second_share,
                seeded_share: self.seeded_share,
                catch_limit: self.catch_limit,
                purge_days: self.purge_days,
                audience: domain::task::BothLanguages {
                    zh: self.audience.zh.trim().to_owned(),
                    en: self.audience.en.trim().to_owned(),
                },
                contact: self.contact.trim().to_owned(),
            },
        }
    }

    fn of(task: &Task) -> Self {
        let settings = &task.settings;
        let fee = |line: &FeeLine| TaskFee {
            code: line.code,
            amount_fen: line.amount_fen.0,
        };
        Self {
            name: task.name.clone(),
            opens_at: task.opens_at,
            closes_at: task.closes_at,
            fees: settings.fees.iter().map(fee).collect(),
            payer: settings.payer,
            identity: settings.identity,
            extra_proofs: settings.extra_proofs.clone(),
            review: settings.review,
            photo: settings.photo.clone(),
            camera_only: settings.camera_only,
            originals: settings.originals,
            max_photos: settings.max_photos,
            resubmit_days: settings.resubmit_days,
            second_share: settings.second_share,
            seeded_share: settings.seeded_share,
            catch_limit: settings.catch_limit,
            purge_days: settings.purge_days,
            audience: BothLanguages {
                zh: settings.audience.zh.clone(),
                en: settings.audience.en.clone(),
            },
            contact: settings.contact.clone(),
        }
    }
}

/// A task, as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ManagedTask {
    /// The task.
    #[schema(value_type = schema::TaskId)]
    id: String,
    /// Whose it is.
    #[schema(value_type = schema::SchoolId)]
    school_id: String,
    /// `draft`, `open`, `closed`, `handed_over` or `purged`.
    #[schema(value_type = schema::TaskState)]
    state: String,
    /// What staff write of it.
    settings: TaskInput,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// Changes with every change; send it back with a change.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

impl From<Task> for ManagedTask {
    fn from(task: Task) -> Self {
        Self {
            id: task.id.to_string(),
            school_id: task.school_id.to_string(),
            state: task.state.as_str().to_owned(),
            settings: TaskInput::of(&task),
            created_at: task.created_at,
            version: task.version,
        }
    }
}

/// A task in a list.
#[derive(Debug, Serialize, ToSchema)]
struct ManagedTaskRow {
    /// The task.
    #[schema(value_type = schema::TaskId)]
    id: String,
    /// The name.
    #[schema(examples("2026 届毕业生图像采集"))]
    name: String,
    /// `draft`, `open`, `closed`, `handed_over` or `purged`.
    #[schema(value_type = schema::TaskState)]
    state: String,
    /// From when photos are taken.
    #[schema(examples("2026-04-01T00:00:00Z"))]
    opens_at: DateTime<Utc>,
    /// Until when.
    #[schema(examples("2026-06-30T16:00:00Z"))]
    closes_at: DateTime<Utc>,
}

impl From<Task> for ManagedTaskRow {
    fn from(task: Task) -> Self {
        Self {
            id: task.id.to_string(),
            name: task.name,
            state: task.state.as_str().to_owned(),
            opens_at: task.opens_at,
            closes_at: task.closes_at,
        }
    }
}

pages! {
    /// A page of tasks, the newest first.
    ManagedTasks of ManagedTaskRow;
}

/// List the tasks of a school
#[utoipa::path(tag = "tasks", operation_id = "list_school_tasks", params(SchoolPath, PageQuery), security(("session" = []), ("integrator" = ["tasks:read"])),
    responses((status = 200, body = ManagedTasks, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/schools/{school_id}/tasks")]
async fn list_school_tasks(
    context: Data<Context>,
    staff: Permitted<perm::ReadTasks>,
    path: Path<SchoolPath>,
    page: Paged<TaskId>,
) -> Result<Json<ManagedTasks>, Fault> {
    let school = &path.school_id;
    let list = service::task::list(&context, staff.reach(), school, &page.0).await?;
    Ok(Json(ManagedTasks::new(list, ManagedTaskRow::from)))
}

/// Make a task
///
/// It is a draft that nobody but staff sees.
#[utoipa::path(tag = "tasks", operation_id = "create_task", params(SchoolPath), request_body = TaskInput, security(("session" = [])),
    responses((status = 201, body = ManagedTask, description = "The draft."),
        answers::StaffSession, answers::Body, answers::Missing))]
#[post("/schools/{school_id}/tasks")]
async fn create_task(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<SchoolPath>,
    body: Body<TaskInput>,
) -> Result<HttpResponse, Fault> {
    let school = &path.school_id;
    let task = service::task::create(&context, staff.actor(), school, body.draft()).await?;
    Ok(HttpResponse::Created().json(ManagedTask::from(task)))
}

/// Read a task with its settings
#[utoipa::path(tag = "tasks", operation_id = "get_task_settings", params(TaskPath), security(("session" = []), ("integrator" = ["tasks:read"])),
    responses((status = 200, body = ManagedTask, description = "The task."), answers::StaffReader, answers::Missing))]
#[get("/tasks/{task_id}/settings")]
async fn get_task_settings(
    context: Data<Context>,
    staff: Permitted<perm::ReadTasks>,
    path: Path<TaskPath>,
) -> Result<Json<ManagedTask>, Fault> {
    let task = service::task::get(&context, staff.reach(), &path.task_id).await?;
    Ok(Json(task.into()))
}

/// What a task is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TaskChange {
    /// All that staff write of it.
    settings: TaskInput,
    /// The version that was read.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

/// Change a task
///
/// After it was opened, some settings are fixed and some can only grow; each that is not allowed is named.
#[utoipa::path(tag = "tasks", operation_id = "update_task", params(TaskPath), request_body = TaskChange, security(("session" = [])),
    responses((status = 200, body = ManagedTask, description = "Changed."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[patch("/tasks/{task_id}")]
async fn update_task(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<TaskPath>,
    body: Body<TaskChange>,
) -> Result<Json<ManagedTask>, Fault> {
    let (id, draft, version) = (&path.task_id, body.settings.draft(), body.version);
    let task = service::task::update(&context, staff.actor(), id, draft, version).await?;
    Ok(Json(task.into()))
}

/// What a copy has of its own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TaskCopyInput {
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

/// Copy a task
///
/// The copy is a draft with the same settings and no students.
#[utoipa::path(tag = "tasks", operation_id = "copy_task", params(TaskPath), request_body = TaskCopyInput, security(("session" = [])),
    responses((status = 201, body = ManagedTask, description = "The copy."),
        answers::StaffSession, answers::Body, answers::Missing))]
#[post("/tasks/{task_id}/copy")]
async fn copy_task(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<TaskPath>,
    body: Body<TaskCopyInput>,
) -> Result<HttpResponse, Fault> {
    let new = TaskCopy {
        name: body.name.to_string(),
        opens_at: body.opens_at,
        closes_at: body.closes_at,
    };
    let task = service::task::copy(&context, staff.actor(), &path.task_id, new).await?;
    Ok(HttpResponse::Created().json(ManagedTask::from(task)))
}

/// Open a task
///
/// A draft, or a task that was closed. Where it lacks something, `errors` names everything that it lacks.
#[utoipa::path(tag = "tasks", operation_id = "open_task", params(TaskPath), security(("session" = [])),
    responses((status = 200, body = ManagedTask, description = "Open."),
        answers::StaffSession, answers::Missing, answers::State))]
#[post("/tasks/{task_id}/open")]
async fn open_task(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<TaskPath>,
) -> Result<Json<ManagedTask>, Fault> {
    let task = service::task::open(&context, staff.actor(), &path.task_id).await?;
    Ok(Json(task.into()))
}

/// Close a task
///
/// No photo is taken any more, but rejected ones can be replaced in their days.
#[utoipa::path(tag = "tasks", operation_id = "close_task", params(TaskPath), security(("session" = [])),
    responses((status = 200, body = ManagedTask, description = "Closed."),
        answers::StaffSession, answers::Missing, answers::State))]
#[post("/tasks/{task_id}/close")]
async fn close_task(
    context: Data<Context>,
    staff: Staff<perm::ManageTasks>,
    path: Path<TaskPath>,
) -> Result<Json<ManagedTask>, Fault> {
    let task = service::task::close(&context, staff.actor(), &path.task_id).await?;
    Ok(Json(task.into()))
}
