//! Schools and their tasks, as a student sees them: `/schools`, `/tasks`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use domain::Lang;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use service::Context;
use service::school::{OpenSchool, PublicTask};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::extract::Student;
use crate::path::TaskPath;
use crate::problem::{Fault, lang_of};

use crate::text::Text;
use crate::{photo_rules, schema};

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(find_school)
        .service(suggest_schools)
        .service(get_task);
}

/// A school's name, alias or code.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SchoolQuery {
    /// The whole name, an alias, or the 5-digit code.
    #[param(min_length = 1, max_length = 100, value_type = String, example = "北京大学")]
    name: Text<100>,
}

/// A school.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SchoolView {
    /// The school.
    #[schema(value_type = schema::SchoolId)]
    id: String,
    /// Its name on this platform.
    #[schema(examples("北京大学"))]
    name: String,
    /// The Ministry's 5-digit code.
    #[schema(pattern = "^[0-9]{5}$", examples("10001"))]
    code: String,
}

impl From<domain::school::School> for SchoolView {
    fn from(school: domain::school::School) -> Self {
        Self {
            id: school.id.to_string(),
            name: school.name,
            code: school.code,
        }
    }
}

/// One line of a fee.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeeLineView {
    /// `collection`, `prints` or `postage`.
    #[schema(value_type = schema::FeeCode)]
    pub(crate) code: String,
    /// What it is for, in the caller's language.
    #[schema(examples("采集费"))]
    pub(crate) label: String,
    /// How much, in fen.
    #[schema(minimum = 0, examples(3000))]
    pub(crate) amount_fen: i64,
}

impl FeeLineView {
    /// A line in the caller's language.
    pub(crate) fn new(line: domain::task::FeeLine, lang: Lang) -> Self {
        Self {
            code: line.code.as_str().to_owned(),
            label: line.code.label().get(lang).to_owned(),
            amount_fen: line.amount_fen.0,
        }
    }
}

/// What a student may know of a task.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskView {
    /// The task.
    #[schema(value_type = schema::TaskId)]
    id: String,
    /// Its school.
    school: SchoolView,
    /// Its name.
    #[schema(examples("2026届毕业生图像采集"))]
    name: String,
    /// `upcoming`, `open` or `closed`.
    #[schema(value_type = schema::Availability)]
    availability: String,
    /// From when photos are taken.
    #[schema(examples("2026-04-01T00:00:00Z"))]
    opens_at: DateTime<Utc>,
    /// Until when.
    #[schema(examples("2026-06-30T15:59:59Z"))]
    closes_at: DateTime<Utc>,
    /// What is charged.
    fees: Vec<FeeLineView>,
    /// What a student owes, in fen; 0 where the school pays.
    #[schema(minimum = 0, examples(3000))]
    due_fen: i64,
    /// `student`, `school` or `free`.
    #[schema(value_type = schema::Payer)]
    payer: String,
    /// `roster` or `capture_code`.
    #[schema(value_type = schema::IdentityMode)]
    identity: String,
    /// What is asked for beside document and level: `name`, `student_no`.
    #[schema(value_type = Vec<schema::ExtraProof>)]
    extra_proofs: Vec<String>,
    /// The levels that the roster has, in the order to show them.
    #[schema(value_type = Vec<schema::EducationLevel>)]
    levels: Vec<String>,
    /// Who must take part, in the caller's language.
    #[schema(examples("2026届全体毕业生"))]
    audience: String,
    /// Whom to ask.
    #[schema(examples("教务处 010-62751234"))]
    contact: String,
    /// Whether photos must be taken with the camera on the photo page.
    #[schema(examples(false))]
    camera_only: bool,
    /// Whether the file is to be sent as it was chosen or taken, not made smaller before.
    #[schema(examples(false))]
    originals: bool,
    /// How many photos a student may submit in all.
    #[schema(minimum = 1, examples(3))]
    max_photos: i32,
    /// Days in which a rejected photo can be replaced.
    #[schema(examples(7))]
    resubmit_days: u16,
    /// The photo rules, for the check in the browser.
    #[schema(value_type = schema::PhotoRules, inline)]
    photo_rules: Box<RawValue>,
    /// When the roster last changed; null where it is empty.
    #[schema(required = true, examples("2026-03-28T02:00:00Z"))]
    roster_updated_at: Option<DateTime<Utc>>,
}

impl TaskView {
    /// A task in the caller's language.
    pub(crate) fn new(public: PublicTask, lang: Lang) -> Self {
        let PublicTask {
            school,
            task,
            availability,
            levels,
            roster_updated_at,
        } = public;
        let settings = &task.settings;
        Self {
            id: task.id.to_string(),
            school: school.into(),
            availability: availability.as_str().to_owned(),
            opens_at: task.opens_at,
            closes_at: task.closes_at,
            fees: settings
                .fees
                .iter()
                .map(|line| FeeLineView::new(*line, lang))
                .collect(),
            due_fen: settings.due_fen().0,
            payer: settings.settling_payer().as_str().to_owned(),
            identity: settings.identity.as_str().to_owned(),
            extra_proofs: settings
                .extra_proofs
                .iter()
                .map(|proof| proof.as_str().to_owned())
                .collect(),
            levels: levels
                .into_iter()
                .map(|level| level.as_str().to_owned())
                .collect(),
            audience: match lang {
                Lang::Zh => settings.audience.zh.clone(),
                Lang::En => settings.audience.en.clone(),
            },
            contact: settings.contact.clone(),
            camera_only: settings.camera_only,
            originals: settings.originals,
            max_photos: settings.max_photos,
            resubmit_days: settings.resubmit_days,
            photo_rules: photo_rules::written(&settings.photo),
            roster_updated_at,
            name: task.name,
        }
    }
}

/// A school with its tasks.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolTasks {
    /// The school.
    school: SchoolView,
    /// Its tasks: those that are open first, then those to come, then those that ended.
    tasks: Vec<TaskView>,
}

/// The schools that a name, alias or code means.
#[derive(Debug, Serialize, ToSchema)]
struct FoundSchools {
    /// Usually one; a code can mean several.
    schools: Vec<SchoolTasks>,
}

/// Find a school with a collection, by name, alias or code
///
/// Exact after folding widths, blanks, brackets and case. A school without any published task is not found.
#[utoipa::path(tag = "schools", operation_id = "find_school", params(SchoolQuery), security(("session" = [])),
    responses((status = 200, body = FoundSchools, description = "The schools."), answers::Reader, answers::Query, answers::Missing))]
#[get("/schools")]
async fn find_school(
    context: Data<Context>,
    _student: Student,
    query: Query<SchoolQuery>,
    request: HttpRequest,
) -> Result<Json<FoundSchools>, Fault> {
    let lang = lang_of(&request);
    let found = service::school::find(&context, &query.name).await?;
    let view = |OpenSchool { school, tasks }: OpenSchool| SchoolTasks {
        school: school.into(),
        tasks: tasks
            .into_iter()
            .map(|task| TaskView::new(task, lang))
            .collect(),
    };
    Ok(Json(FoundSchools {
        schools: found.into_iter().map(view).collect(),
    }))
}

/// The beginning of a name.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SuggestionQuery {
    /// Nothing begins with an empty one.
    #[param(max_length = 100, value_type = String, example = "北京")]
    prefix: Text<100>,
}

/// Names that begin so.
#[derive(Debug, Serialize, ToSchema)]
struct Suggestions {
    /// At most eight.
    #[schema(max_items = 8, examples("北京大学", "北京理工大学"))]
    names: Vec<String>,
}

/// Suggest names of schools while typing; a hint only
#[utoipa::path(tag = "schools", operation_id = "suggest_schools", params(SuggestionQuery), security(("session" = [])),
    responses((status = 200, body = Suggestions, description = "Names of schools with a collection."),
        answers::Reader, answers::Query))]
#[get("/schools/suggestions")]
async fn suggest_schools(
    context: Data<Context>,
    _student: Student,
    query: Query<SuggestionQuery>,
) -> Result<Json<Suggestions>, Fault> {
    Ok(Json(Suggestions {
        names: service::school::suggest(&context, &query.prefix).await?,
    }))
}

/// Read a task, also without logging in: a school's link to its task shows dates and fee at once
#[utoipa::path(tag = "schools", operation_id = "get_task", params(TaskPath),
    responses((status = 200, body = TaskView, description = "The task."), answers::PublicReader, answers::Missing))]
#[get("/tasks/{task_id}")]
async fn get_task(
    context: Data<Context>,
    path: Path<TaskPath>,
    request: HttpRequest,
) -> Result<Json<TaskView>, Fault> {
    let task = service::school::task(&context, &path.task_id).await?;
    Ok(Json(TaskView::new(task, lang_of(&request))))
}
