//! What staff look up and what waits for them: `/staff/me/notices`, `/students`, `/overview/schools`, and the release of a
//! wrong binding.

use actix_web::web::{Data, Json, Path};
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use domain::SchoolId;
use domain::access::perm;
use domain::task::Task;
use serde::{Deserialize, Serialize};
use service::Context;
use service::enrolment::{self, Binding, Return};
use service::overview::{self, SchoolOverview};
use service::student_lookup::{self, FoundStudent, LookupKey};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::EnrolmentPath;
use crate::permitted::{AnyStaff, Staff};
use crate::problem::Fault;
use crate::roster_entry::EntryPath;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_staff_notices)
        .service(list_school_overviews)
        .service(find_students)
        .service(get_entry_binding)
        .service(release_enrolment);
}

/// A task that closes soon.
#[derive(Debug, Serialize, ToSchema)]
struct DeadlineView {
    /// The task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// Its school.
    #[schema(value_type = schema::SchoolId)]
    school_id: String,
    /// Its name.
    #[schema(examples("2026届毕业生图像采集"))]
    name: String,
    /// When it closes.
    #[schema(examples("2026-06-30T16:00:00Z"))]
    closes_at: DateTime<Utc>,
}

impl From<Task> for DeadlineView {
    fn from(task: Task) -> Self {
        Self {
            task_id: task.id.to_string(),
            school_id: task.school_id.to_string(),
            name: task.name,
            closes_at: task.closes_at,
        }
    }
}

/// What waits for the caller.
#[derive(Debug, Serialize, ToSchema)]
struct StaffNoticesView {
    /// Questions about rosters.
    #[schema(minimum = 0, examples(4))]
    open_tickets: u64,
    /// Imports of rosters that wait for a decision.
    #[schema(minimum = 0, examples(1))]
    waiting_imports: u64,
    /// Imports of rosters that were finished in the last 24 hours.
    #[schema(minimum = 0, examples(1))]
    finished_imports: u64,
    /// Endpoints of webhooks that take nothing, or were disabled for it in the last seven days.
    #[schema(minimum = 0, examples(0))]
    failing_webhooks: u64,
    /// Open tasks that close within seven days, the next first.
    #[schema(max_items = 20)]
    deadlines: Vec<DeadlineView>,
    /// Open tasks with students that the caller sees the progress of, the next to close first; `deadlines` are among them.
    #[schema(max_items = 20)]
    open_tasks: Vec<DeadlineView>,
}

/// See what waits for me
#[utoipa::path(tag = "staff", operation_id = "get_staff_notices", security(("session" = [])),
    responses((status = 200, body = StaffNoticesView, description = "Counts and deadlines."), answers::StaffReader))]
#[get("/staff/me/notices")]
async fn get_staff_notices(
    context: Data<Context>,
    staff: AnyStaff,
) -> Result<Json<StaffNoticesView>, Fault> {
    let notices = overview::staff_notices(&context, &staff.0.actor).await?;
    Ok(Json(StaffNoticesView {
        open_tickets: notices.open_tickets,
        waiting_imports: notices.waiting_imports,
        finished_imports: notices.finished_imports,
        failing_webhooks: notices.failing_webhooks,
        deadlines: notices.deadlines.into_iter().map(Into::into).collect(),
        open_tasks: notices.open_tasks.into_iter().map(Into::into).collect(),
    }))
}

/// A school with what waits in it.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolOverviewView {
    /// The school.
    #[schema(value_type = schema::SchoolId)]
    school_id: String,
    /// Its name.
    #[schema(examples("北京大学"))]
    name: String,
    /// Questions about its rosters.
    #[schema(minimum = 0, examples(4))]
    open_tickets: u64,
    /// Photos that wait for a review.
    #[schema(minimum = 0, examples(120))]
    waiting_photos: u64,
    /// Since when the oldest of them waits.
    #[schema(required = true, examples("2026-04-20T08:00:00Z"))]
    oldest_photo: Option<DateTime<Utc>>,
    /// When the next of its open tasks closes.
    #[schema(required = true, examples("2026-06-30T16:00:00Z"))]
    next_deadline: Option<DateTime<Utc>>,
}

impl From<SchoolOverview> for SchoolOverviewView {
    fn from(overview: SchoolOverview) -> Self {
        Self {
            school_id: overview.school.id.to_string(),
            name: overview.school.name,
            open_tickets: overview.backlog.open_tickets,
            waiting_photos: overview.backlog.waiting_photos,
            oldest_photo: overview.backlog.oldest_photo,
            next_deadline: overview.backlog.next_deadline,
        }
    }
}

pages! {
    /// A page of schools with what waits in each.
    SchoolOverviewList of SchoolOverviewView;
}

/// See what waits in each school
#[utoipa::path(tag = "staff", operation_id = "list_school_overviews", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = SchoolOverviewList, description = "A page, the newest school first."),
        answers::StaffReader, answers::Page))]
#[get("/overview/schools")]
async fn list_school_overviews(
    context: Data<Context>,
    staff: Staff<perm::ManageSchools>,
    page: Paged<SchoolId>,
) -> Result<Json<SchoolOverviewList>, Fault> {
    let found = overview::school_overviews(&context, staff.actor(), &page.0).await?;
    Ok(Json(SchoolOverviewList::new(found, Into::into)))
}

/// What is known of a student.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StudentLookup {
    /// The phone; or else the order.
    #[serde(default)]
    #[schema(max_length = 32, value_type = Option<String>, examples("13800138000"))]
    phone: Option<Text<32>>,
    /// The number of an order.
    #[serde(default)]
    #[schema(max_length = 32, value_type = Option<String>, examples("10001260420T7K3M9QX"))]
    order_no: Option<Text<32>>,
}

/// A student who was found.
#[derive(Debug, Serialize, ToSchema)]
struct FoundStudentView {
    /// The verification.
    #[schema(value_type = schema::EnrolmentId)]
    enrolment_id: String,
    /// The student of the roster.
    #[schema(value_type = schema::RosterEntryId)]
    roster_entry_id: String,
    /// The school's name.
    #[schema(examples("北京大学"))]
    school_name: String,
    /// The task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// The task's name.
    #[schema(examples("2026届毕业生图像采集"))]
    task_name: String,
    /// The name.
    #[schema(examples("李华"))]
    name: String,
    /// The document number, masked.
    #[schema(required = true, examples("110***********002X"))]
    document_number: Option<String>,
    /// When the account verified.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    verified_at: DateTime<Utc>,
    /// The state of the photo that counts, or else of the latest.
    #[schema(required = true, value_type = Option<schema::PhotoState>)]
    photo_state: Option<String>,
    /// The order that counts, or else the latest.
    #[schema(required = true, value_type = Option<schema::OrderNo>)]
    order_no: Option<String>,
}

impl From<FoundStudent> for FoundStudentView {
    fn from(found: FoundStudent) -> Self {
        let row = found.row;
        Self {
            enrolment_id: row.enrolment.id.to_string(),
            roster_entry_id: row.entry.id.to_string(),
            school_name: row.school.name,
            task_id: row.task.id.to_string(),
            task_name: row.task.name,
            name: found.name,
            document_number: found.number,
            verified_at: row.enrolment.created_at,
            photo_state: row.photo.map(|photo| photo.state.as_str().to_owned()),
            order_no: row.order.map(|order| order.order_no.as_str().to_owned()),
        }
    }
}

/// Students who were found.
#[derive(Debug, Serialize, ToSchema)]
struct FoundStudents {
    /// The latest first; one account may have verified in several tasks.
    #[schema(max_items = 20)]
    items: Vec<FoundStudentView>,
}

/// Find students by phone or by the number of an order
///
/// Those of the caller's schools. They read in their access log that somebody looked, so this is no `GET`.
#[utoipa::path(tag = "roster", operation_id = "find_students", request_body = StudentLookup, security(("session" = [])),
    responses((status = 200, body = FoundStudents, description = "Nobody, where nobody is found."),
        answers::StaffSession, answers::Body))]
#[post("/students/find")]
async fn find_students(
    context: Data<Context>,
    staff: Staff<perm::LookUpEnrolments>,
    body: Body<StudentLookup>,
) -> Result<Json<FoundStudents>, Fault> {
    let key = match (&body.order_no, &body.phone) {
        (Some(number), _) => LookupKey::OrderNo(number),
        (None, Some(phone)) => LookupKey::Phone(phone),
        (None, None) => LookupKey::Phone(""),
    };
    let found = student_lookup::find(&context, staff.actor(), key).await?;
    Ok(Json(FoundStudents {
        items: found.into_iter().map(Into::into).collect(),
    }))
}

/// Which account holds a student of a roster.
#[derive(Debug, Serialize, ToSchema)]
struct EntryBindingView {
    /// The verification; null where nobody has verified as the student, and then all else is null.
    #[schema(required = true, value_type = Option<schema::EnrolmentId>)]
    enrolment_id: Option<String>,
    /// The account's phone, masked.
    #[schema(required = true, examples("138****8000"))]
    phone: Option<String>,
    /// When it verified.
    #[schema(required = true, examples("2026-04-20T08:00:00Z"))]
    bound_at: Option<DateTime<Utc>>,
    /// The state of the photo that counts.
    #[schema(required = true, value_type = Option<schema::PhotoState>)]
    photo_state: Option<String>,
    /// The order that counts, or else the latest.
    #[schema(required = true, value_type = Option<schema::OrderNo>)]
    order_no: Option<String>,
}

impl From<Option<Binding>> for EntryBindingView {
    fn from(binding: Option<Binding>) -> Self {
        let binding = binding.as_ref();
        let photo = binding.and_then(|binding| binding.photo);
        let order = binding.and_then(|binding| binding.order.as_ref());
        Self {
            enrolment_id: binding.map(|binding| binding.enrolment_id.to_string()),
            phone: binding.map(|binding| binding.phone.masked()),
            bound_at: binding.map(|binding| binding.bound_at),
            photo_state: photo.map(|state| state.as_str().to_owned()),
            order_no: order.map(|(number, _)| number.as_str().to_owned()),
        }
    }
}

/// Find out which account holds a student of a roster
///
/// The holder reads in their access log that somebody looked, so this is no `GET`.
#[utoipa::path(tag = "roster", operation_id = "get_entry_binding", params(EntryPath), security(("session" = [])),
    responses((status = 200, body = EntryBindingView, description = "The account, masked."),
        answers::StaffSession, answers::Missing))]
#[post("/roster-entries/{roster_entry_id}/binding")]
async fn get_entry_binding(
    context: Data<Context>,
    staff: Staff<perm::LookUpEnrolments>,
    path: Path<EntryPath>,
) -> Result<Json<EntryBindingView>, Fault> {
    let id = &path.roster_entry_id;
    let binding = enrolment::entry_holder(&context, staff.actor(), id).await?;
    Ok(Json(binding.into()))
}

/// Why a binding is released, and whether the account may come back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EnrolmentRelease {
    /// Why, at most 200 characters; the account's owner reads it.
    #[schema(min_length = 1, max_length = 200, examples("他人误用本人信息核验"))]
    reason: String,
    /// Whether the account may verify as the same student again.
    #[serde(default)]
    #[schema(examples(false))]
    may_return: bool,
}

/// What a release left.
#[derive(Debug, Serialize, ToSchema)]
struct EnrolmentReleased {
    /// The state of a photo that was decided already and is kept; null where none was.
    #[schema(required = true, value_type = Option<schema::PhotoState>)]
    kept_photo_state: Option<String>,
}

/// Release a wrong binding
///
/// The unpaid order is closed and the undecided photo taken back; another account can verify as the student. Refused while
/// money that was paid has not gone back.
#[utoipa::path(tag = "roster", operation_id = "release_enrolment", params(EnrolmentPath), request_body = EnrolmentRelease,
    security(("session" = [])),
    responses((status = 200, body = EnrolmentReleased, description = "Released."),
        answers::StaffSession, answers::Missing, answers::Body, answers::State))]
#[post("/enrolments/{enrolment_id}/release")]
async fn release_enrolment(
    context: Data<Context>,
    staff: Staff<perm::ReleaseEnrolments>,
    path: Path<EnrolmentPath>,
    body: Body<EnrolmentRelease>,
) -> Result<Json<EnrolmentReleased>, Fault> {
    let may_return = if body.may_return {
        Return::Allowed
    } else {
        Return::Barred
    };
    let (id, reason) = (&path.enrolment_id, &body.reason);
    let released = enrolment::release(&context, staff.actor(), id, reason, may_return);
    let kept = Box::pin(released).await?;
    Ok(Json(EnrolmentReleased {
        kept_photo_state: kept.map(|state| state.as_str().to_owned()),
    }))
}
