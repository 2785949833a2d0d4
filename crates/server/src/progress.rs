//! How far the students of a task are: `/tasks/{id}/progress`, `/missing-students`, `/reminders`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::perm;
use domain::progress::{ProgressCounts, ProgressDay, ProgressGroup, StudentProgress};
use domain::sheet::SheetFormat;
use domain::{Lang, RosterEntryId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::progress::{self, MissingStudent, StudentSearch};
use service::reminder::{self, ReminderPreview};
use service::sheet::SheetStyle;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::TaskPath;
use crate::permitted::{FreshStaff, Permitted, Staff};
use crate::photo::Binary;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::sheet;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_task_progress)
        .service(list_missing_students)
        .service(export_missing_students)
        .service(get_reminder_preview)
        .service(create_reminders);
}

/// How many students are how far.
#[derive(Debug, Serialize, ToSchema)]
struct ProgressCountsView {
    /// Nobody has verified as them.
    #[schema(minimum = 0, examples(120))]
    not_verified: u64,
    /// Verified, without a photo that counts.
    #[schema(minimum = 0, examples(14))]
    verified: u64,
    /// Their photo is to be paid.
    #[schema(minimum = 0, examples(3))]
    photo_sent: u64,
    /// Their photo waits for its review.
    #[schema(minimum = 0, examples(40))]
    paid: u64,
    /// Their photo was accepted.
    #[schema(minimum = 0, examples(310))]
    approved: u64,
    /// Their photo was not accepted.
    #[schema(minimum = 0, examples(6))]
    rejected: u64,
}

impl From<ProgressCounts> for ProgressCountsView {
    fn from(counts: ProgressCounts) -> Self {
        Self {
            not_verified: counts.not_verified,
            verified: counts.verified,
            photo_sent: counts.photo_sent,
            paid: counts.paid,
            approved: counts.approved,
            rejected: counts.rejected,
        }
    }
}

/// The students of a college, a major or a class.
#[derive(Debug, Serialize, ToSchema)]
struct ProgressGroupView {
    /// Its name as it stands on the roster; null for students of whom it names none, and for the rest.
    #[schema(required = true, examples("法学院"))]
    name: Option<String>,
    /// Whether these are the groups together that are too small to be shown.
    #[schema(examples(false))]
    is_rest: bool,
    /// How far they are.
    counts: ProgressCountsView,
}

impl From<ProgressGroup> for ProgressGroupView {
    fn from(group: ProgressGroup) -> Self {
        Self {
            name: group.name,
            is_rest: group.is_rest,
            counts: group.counts.into(),
        }
    }
}

/// What happened on a day.
#[derive(Debug, Serialize, ToSchema)]
struct ProgressDayView {
    /// The day in China.
    #[schema(value_type = String, format = Date, examples("2026-04-20"))]
    day: NaiveDate,
    /// How many verified.
    #[schema(minimum = 0, examples(40))]
    verified: u64,
    /// How many photos were sent.
    #[schema(minimum = 0, examples(38))]
    photo_sent: u64,
    /// How many orders were paid.
    #[schema(minimum = 0, examples(35))]
    paid: u64,
    /// How many photos were accepted, and are still.
    #[schema(minimum = 0, examples(30))]
    approved: u64,
    /// How many photos were not accepted.
    #[schema(minimum = 0, examples(2))]
    rejected: u64,
}

impl From<ProgressDay> for ProgressDayView {
    fn from(day: ProgressDay) -> Self {
        Self {
            day: day.day,
            verified: day.verified,
            photo_sent: day.photo_sent,
            paid: day.paid,
            approved: day.approved,
            rejected: day.rejected,
        }
    }
}

/// How far the students of a task are.
#[derive(Debug, Serialize, ToSchema)]
struct TaskProgressView {
    /// When it was counted. Of at most 5,000 students (the server may set another number) it is counted at each call, of more
    /// once a minute.
    #[schema(examples("2026-04-20T04:03:00Z"))]
    counted_at: DateTime<Utc>,
    /// All whom the caller may see.
    total: ProgressCountsView,
    /// By college, the largest first.
    #[schema(max_items = 300)]
    colleges: Vec<ProgressGroupView>,
    /// By major, the largest first.
    #[schema(max_items = 300)]
    majors: Vec<ProgressGroupView>,
    /// By class, the largest first.
    #[schema(max_items = 300)]
    classes: Vec<ProgressGroupView>,
    /// The latest 60 days, oldest first; days on which nothing happened are left out.
    #[schema(max_items = 61)]
    days: Vec<ProgressDayView>,
}

/// Which students are meant.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StudentQuery {
    /// How far they are; left out for everybody who still has something to do.
    #[param(value_type = Option<schema::StudentProgress>, inline)]
    progress: Option<StudentProgress>,
    /// The college, as it stands on the roster.
    #[param(max_length = 100, value_type = Option<String>, example = "法学院")]
    college: Option<Text<100>>,
    /// The class, as it stands on the roster.
    #[param(max_length = 100, value_type = Option<String>, example = "法学 2201")]
    class_name: Option<Text<100>>,
}

impl From<&StudentQuery> for StudentSearch {
    fn from(query: &StudentQuery) -> Self {
        Self {
            progress: query.progress,
            college: owned(query.college.as_ref()),
            class_name: owned(query.class_name.as_ref()),
        }
    }
}

fn owned(text: Option<&Text<100>>) -> Option<String> {
    text.map(|text| text.to_string())
        .filter(|text| !text.is_empty())
}

/// Of which students the progress is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct GroupQuery {
    /// The college, as it stands on the roster.
    #[param(max_length = 100, value_type = Option<String>, example = "法学院")]
    college: Option<Text<100>>,
    /// The class, as it stands on the roster.
    #[param(max_length = 100, value_type = Option<String>, example = "法学 2201")]
    class_name: Option<Text<100>>,
}

/// See how far the students of a task are
///
/// Who may see some students of the school alone sees the sums of those. Where many students are meant, the answer can be a
/// minute old; `counted_at` says when it was counted.
#[utoipa::path(tag = "roster", operation_id = "get_task_progress", params(TaskPath, GroupQuery), security(("session" = []), ("integrator" = ["progress:read"])),
    responses((status = 200, body = TaskProgressView, description = "The sums."),
        answers::StaffReader, answers::Missing, answers::Query))]
#[get("/tasks/{task_id}/progress")]
async fn get_task_progress(
    context: Data<Context>,
    caller: Permitted<perm::ReadProgress>,
    path: Path<TaskPath>,
    query: Query<GroupQuery>,
) -> Result<Json<TaskProgressView>, Fault> {
    let search = StudentSearch {
        progress: None,
        college: owned(query.college.as_ref()),
        class_name: owned(query.class_name.as_ref()),
    };
    let found = progress::progress(&context, caller.actor(), &path.task_id, &search).await?;
    let views = |groups: Vec<ProgressGroup>| groups.into_iter().map(Into::into).collect();
    Ok(Json(TaskProgressView {
        counted_at: found.counted_at,
        total: found.sums.total.into(),
        colleges: views(found.sums.colleges),
        majors: views(found.sums.majors),
        classes: views(found.sums.classes),
        days: found.days.into_iter().map(Into::into).collect(),
    }))
}

/// A student who still has something to do.
#[derive(Debug, Serialize, ToSchema)]
struct MissingStudentView {
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
    /// How far they are.
    #[schema(value_type = schema::StudentProgress)]
    progress: String,
    /// The same, in the caller's language.
    #[schema(examples("未核验"))]
    progress_label: String,
    /// When they were reminded last.
    #[schema(required = true, examples("2026-04-20T08:00:00Z"))]
    reminded_at: Option<DateTime<Utc>>,
}

impl MissingStudentView {
    fn new(student: MissingStudent, lang: Lang) -> Self {
        let entry = student.entry;
        Self {
            roster_entry_id: entry.id.to_string(),
            name: student.name,
            student_no: student.student_no,
            level: entry.level.as_str().to_owned(),
            college: entry.college,
            major: entry.major,
            class_name: entry.class_name,
            progress: student.progress.as_str().to_owned(),
            progress_label: student.progress.label().get(lang).to_owned(),
            reminded_at: student.reminded_at,
        }
    }
}

pages! {
    /// A page of students who still have something to do.
    MissingStudentList of MissingStudentView;
}

/// List the students of a task who still have something to do
///
/// Not verified, without a photo, not paid, or rejected. Who may see some students of the school alone sees those.
#[utoipa::path(tag = "roster", operation_id = "list_missing_students", params(TaskPath, StudentQuery, PageQuery),
    security(("session" = []), ("integrator" = ["progress:read"])),
    responses((status = 200, body = MissingStudentList, description = "A page, the latest of the roster first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/tasks/{task_id}/missing-students")]
async fn list_missing_students(
    context: Data<Context>,
    caller: Permitted<perm::ReadProgress>,
    path: Path<TaskPath>,
    query: Query<StudentQuery>,
    page: Paged<RosterEntryId>,
    request: HttpRequest,
) -> Result<Json<MissingStudentList>, Fault> {
    let (lang, search) = (lang_of(&request), StudentSearch::from(&*query));
    let task = &path.task_id;
    let found =
        progress::missing_students(&context, caller.actor(), task, &search, &page.0).await?;
    Ok(Json(MissingStudentList::new(found, |student| {
        MissingStudentView::new(student, lang)
    })))
}

/// Which students are exported, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MissingExport {
    /// `csv` or `xlsx`.
    #[schema(value_type = schema::SheetFormat)]
    format: SheetFormat,
    /// How far they are; left out for everybody who still has something to do.
    #[serde(default)]
    #[schema(value_type = Option<schema::StudentProgress>)]
    progress: Option<StudentProgress>,
    /// The college, as it stands on the roster.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学院"))]
    college: Option<Text<100>>,
    /// The class, as it stands on the roster.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学 2201"))]
    class_name: Option<Text<100>>,
}

/// Export the students of a task who still have something to do
///
/// Needs a second factor of the last minutes, and is noted in the audit log. At most 200,000 rows.
#[utoipa::path(tag = "roster", operation_id = "export_missing_students", params(TaskPath), request_body = MissingExport,
    security(("session" = [])),
    responses((status = 200, content_type = "application/octet-stream", body = inline(Binary),
            description = "The file: `text/csv` or a workbook."),
        answers::StaffSession, answers::Missing, answers::Body))]
#[post("/tasks/{task_id}/missing-students/export")]
async fn export_missing_students(
    context: Data<Context>,
    staff: FreshStaff<perm::ExportData>,
    path: Path<TaskPath>,
    body: Body<MissingExport>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let search = StudentSearch {
        progress: body.progress,
        college: owned(body.college.as_ref()),
        class_name: owned(body.class_name.as_ref()),
    };
    let style = SheetStyle {
        format: body.format,
        lang: lang_of(&request),
    };
    let task = &path.task_id;
    let file = progress::export_missing(&context, staff.actor(), task, &search, style);
    Ok(sheet::send(Box::pin(file).await?))
}

/// What reminding would do.
#[derive(Debug, Serialize, ToSchema)]
struct ReminderPreviewView {
    /// The text that is sent, as it is to be filed with the provider.
    #[schema(examples("您的毕业生图像采集尚未完成，请登录查看并在截止前完成。"))]
    text: String,
    /// How many messages are sent.
    #[schema(minimum = 0, examples(120))]
    recipients: u64,
    /// How many are left out since they were reminded lately.
    #[schema(minimum = 0, examples(14))]
    recently_reminded: u64,
    /// How many cannot be reached: nobody has verified as them, so no phone is known.
    #[schema(minimum = 0, examples(310))]
    unreachable: u64,
    /// What it costs at the price that is set, in fen.
    #[schema(minimum = 0, examples(540))]
    cost_fen: i64,
    /// For so many hours nobody is reminded again.
    #[schema(minimum = 1, examples(72))]
    interval_hours: i64,
}

impl From<ReminderPreview> for ReminderPreviewView {
    fn from(preview: ReminderPreview) -> Self {
        Self {
            text: preview.text.to_owned(),
            recipients: preview.counts.recipients,
            recently_reminded: preview.counts.recently,
            unreachable: preview.counts.unreachable,
            cost_fen: preview.cost.0,
            interval_hours: preview.interval.num_hours(),
        }
    }
}

/// See what reminding missing students would do
#[utoipa::path(tag = "roster", operation_id = "get_reminder_preview", params(TaskPath, StudentQuery), security(("session" = [])),
    responses((status = 200, body = ReminderPreviewView, description = "Nothing is sent."),
        answers::StaffReader, answers::Missing, answers::Query))]
#[get("/tasks/{task_id}/reminders/preview")]
async fn get_reminder_preview(
    context: Data<Context>,
    staff: Staff<perm::ManageRosters>,
    path: Path<TaskPath>,
    query: Query<StudentQuery>,
) -> Result<Json<ReminderPreviewView>, Fault> {
    let search = StudentSearch::from(&*query);
    let preview = reminder::preview(&context, staff.actor(), &path.task_id, &search).await?;
    Ok(Json(preview.into()))
}

/// Which missing students are reminded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReminders {
    /// How many the preview told; more are not sent.
    #[schema(minimum = 1, maximum = 2_000_000, examples(120))]
    recipients: u64,
    /// How far they are; left out for everybody who still has something to do.
    #[serde(default)]
    #[schema(value_type = Option<schema::StudentProgress>)]
    progress: Option<StudentProgress>,
    /// The college, as it stands on the roster.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学院"))]
    college: Option<Text<100>>,
    /// The class, as it stands on the roster.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学 2201"))]
    class_name: Option<Text<100>>,
}

/// Remind missing students by text message
///
/// The messages are sent in the background. Nobody is reminded twice within the configured time.
#[utoipa::path(tag = "roster", operation_id = "create_reminders", params(TaskPath), request_body = NewReminders,
    security(("session" = [])),
    responses((status = 202, body = ReminderPreviewView, description = "They are being sent."),
        answers::StaffSession, answers::Missing, answers::Body, answers::State))]
#[post("/tasks/{task_id}/reminders")]
async fn create_reminders(
    context: Data<Context>,
    staff: Staff<perm::ManageRosters>,
    path: Path<TaskPath>,
    body: Body<NewReminders>,
) -> Result<HttpResponse, Fault> {
    let search = StudentSearch {
        progress: body.progress,
        college: owned(body.college.as_ref()),
        class_name: owned(body.class_name.as_ref()),
    };
    let (task, most) = (&path.task_id, body.recipients);
    let sent = reminder::remind(&context, staff.actor(), task, search, most).await?;
    Ok(HttpResponse::Accepted().json(ReminderPreviewView::from(sent)))
}
