//! Verification against the roster: `/enrolments`, `/roster-tickets`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::RosterTicketId;
use domain::enrolment::EnrolmentPlace;
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::extract::{Caller, Student};
use crate::json_body::Body;
use crate::order::OrderView;
use crate::page::{PageQuery, Paged, pages};
use crate::path::EnrolmentPath;
use crate::photo::PhotoView;
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::school::TaskView;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_enrolment)
        .service(list_enrolments)
        .service(get_enrolment)
        .service(create_roster_ticket)
        .service(list_roster_tickets);
}

/// Who a student says they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEnrolment {
    /// The task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// `cn_id`, `hkmotw_residence`, `hkmo_permit`, `tw_permit`, `foreign_pr`, `passport`, `military` or `other`.
    #[schema(value_type = schema::DocumentType)]
    document_type: String,
    /// The number, as typed.
    #[schema(min_length = 1, max_length = 64, value_type = String, examples("11010519491231002X"))]
    document_number: Text<64>,
    /// `phd`, `msc`, `pgc`, `ba2`, `ba` or `ja`.
    #[schema(value_type = schema::EducationLevel)]
    level: String,
    /// The name, where the task asks for it.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("李华"))]
    name: Option<Text<100>>,
    /// The student number, where the task asks for it.
    #[serde(default)]
    #[schema(max_length = 64, value_type = Option<String>, examples("2200012345"))]
    student_no: Option<Text<64>>,
    /// The token of a captcha, where one is asked for: a solved challenge as JSON in base 64.
    #[serde(default)]
    #[schema(max_length = 4096, value_type = Option<String>, examples("eyJhbGdvcml0aG0iOiJTSEEtMjU2In0="))]
    captcha_token: Option<Text<4096>>,
}

/// A verified student.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnrolmentView {
    /// The enrolment.
    #[schema(value_type = schema::EnrolmentId)]
    id: String,
    /// The task.
    task: TaskView,
    /// The name on the roster.
    #[schema(examples("李华"))]
    name: String,
    /// The document number, masked.
    #[schema(examples("1101**********002X"))]
    document_number: String,
    /// The level.
    #[schema(value_type = schema::EducationLevel)]
    level: String,
    /// The student number.
    #[schema(required = true, examples("2200012345"))]
    student_no: Option<String>,
    /// The college or department.
    #[schema(required = true, examples("信息科学技术学院"))]
    college: Option<String>,
    /// The major.
    #[schema(required = true, examples("计算机科学与技术"))]
    major: Option<String>,
    /// The class.
    #[schema(required = true, examples("计科2201"))]
    class_name: Option<String>,
    /// When it was verified.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// The photo that counts, or else the latest; null before the first.
    #[schema(required = true)]
    photo: Option<PhotoView>,
    /// The order that counts, or else the latest; null before the first photo.
    #[schema(required = true)]
    order: Option<OrderView>,
    /// Whether the task takes a photo of this student now, chances apart: its window, or the days to replace one that was
    /// not accepted.
    #[schema(examples(true))]
    takes_photo: bool,
    /// How many photos can still be submitted.
    #[schema(minimum = 0, examples(2))]
    photos_left: i32,
    /// What comes next: `photo`, `confirm`, `wait` or `done`.
    #[schema(value_type = schema::NextStep)]
    next_step: String,
}

impl EnrolmentView {
    /// An enrolment in the caller's language.
    pub(crate) fn new(enrolment: service::overview::EnrolmentDetails, lang: domain::Lang) -> Self {
        Self {
            id: enrolment.id.to_string(),
            document_number: enrolment.document_number,
            level: enrolment.level.as_str().to_owned(),
            student_no: enrolment.student_no,
            college: enrolment.college,
            major: enrolment.major,
            class_name: enrolment.class_name,
            created_at: enrolment.created_at,
            takes_photo: enrolment.takes_photo,
            photos_left: enrolment.photos_left,
            next_step: enrolment.next_step.as_str().to_owned(),
            name: enrolment.name,
            photo: enrolment.photo.map(|photo| PhotoView::new(photo, lang)),
            order: enrolment.order.map(|order| OrderView::new(order, lang)),
            task: TaskView::new(enrolment.task, lang),
        }
    }
}

/// Verify against the roster of a task
///
/// What the number itself shows to be wrong is told exactly (422). Everything else that fails, an entry that is bound
/// to another account included, gives one and the same 404.
#[utoipa::path(tag = "enrolments", operation_id = "create_enrolment", request_body = NewEnrolment,
    security(("session" = [])),
    responses((status = 201, body = EnrolmentView, description = "Verified; verifying again gives the same enrolment."),
        answers::Session, answers::Missing, answers::Body, answers::State))]
#[post("/enrolments")]
async fn create_enrolment(
    context: Data<Context>,
    student: Student,
    caller: Caller,
    body: Body<NewEnrolment>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let claim = service::enrolment::Claim {
        task_id: &body.task_id,
        document_type: &body.document_type,
        document_number: &body.document_number,
        level: &body.level,
        name: body.name.as_deref(),
        student_no: body.student_no.as_deref(),
        captcha_token: body.captcha_token.as_deref(),
    };
    let enrolment = service::enrolment::create(&context, &student, &caller.0, claim).await?;
    let id = enrolment.id.to_string();
    let enrolment = service::overview::enrolment(&context, &student, &id).await?;
    Ok(HttpResponse::Created().json(EnrolmentView::new(enrolment, lang_of(&request))))
}

pages! {
    /// A page of my verifications, newest first.
    Enrolments of EnrolmentView;
    /// A page of my questions, newest first.
    RosterTickets of RosterTicketView;
}

/// List my verifications, with photo and order: where I am in the journey
#[utoipa::path(tag = "enrolments", operation_id = "list_enrolments", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = Enrolments, description = "A page, newest first."), answers::Reader, answers::Page))]
#[get("/me/enrolments")]
async fn list_enrolments(
    context: Data<Context>,
    student: Student,
    page: Paged<EnrolmentPlace>,
    request: HttpRequest,
) -> Result<Json<Enrolments>, Fault> {
    let lang = lang_of(&request);
    let enrolments = service::overview::enrolments(&context, &student, &page.0).await?;
    Ok(Json(Enrolments::new(enrolments, |enrolment| {
        EnrolmentView::new(enrolment, lang)
    })))
}

/// Read one of my verifications
#[utoipa::path(tag = "enrolments", operation_id = "get_enrolment", params(EnrolmentPath), security(("session" = [])),
    responses((status = 200, body = EnrolmentView, description = "The enrolment."), answers::Reader, answers::Missing))]
#[get("/enrolments/{enrolment_id}")]
async fn get_enrolment(
    context: Data<Context>,
    student: Student,
    path: Path<EnrolmentPath>,
    request: HttpRequest,
) -> Result<Json<EnrolmentView>, Fault> {
    let enrolment = service::overview::enrolment(&context, &student, &path.enrolment_id).await?;
    Ok(Json(EnrolmentView::new(enrolment, lang_of(&request))))
}

/// A question to the school about the roster.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRosterTicket {
    /// The task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// As for a verification.
    #[schema(value_type = schema::DocumentType)]
    document_type: String,
    /// The number, as typed.
    #[schema(min_length = 1, max_length = 64, value_type = String, examples("11010519491231002X"))]
    document_number: Text<64>,
    /// The level.
    #[schema(value_type = schema::EducationLevel)]
    level: String,
    /// The student's name.
    #[schema(min_length = 1, max_length = 100, value_type = String, examples("李华"))]
    name: Text<100>,
    /// What else the school should know, at most 500 characters; empty for nothing.
    #[schema(max_length = 500, examples("学号 2200012345，信息科学技术学院"))]
    note: String,
}

/// A question to the school.
#[derive(Debug, Serialize, ToSchema)]
struct RosterTicketView {
    /// The ticket.
    #[schema(value_type = schema::RosterTicketId)]
    id: String,
    /// `open`, `answered` or `closed`.
    #[schema(value_type = schema::RosterTicketState)]
    state: String,
    /// The task's name.
    #[schema(examples("2026届毕业生图像采集"))]
    task_name: String,
    /// The number, masked.
    #[schema(examples("1101**********002X"))]
    document_number: String,
    /// The school's answer.
    #[schema(required = true, examples("名单已更新，请重新验证。"))]
    answer: Option<String>,
    /// When it was asked.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
}

impl From<service::ticket::Ticket> for RosterTicketView {
    fn from(ticket: service::ticket::Ticket) -> Self {
        Self {
            id: ticket.id.to_string(),
            state: ticket.state.as_str().to_owned(),
            task_name: ticket.task_name,
            document_number: ticket.document_number,
            answer: ticket.answer,
            created_at: ticket.created_at,
        }
    }
}

/// Ask the school for a check of the roster
#[utoipa::path(tag = "enrolments", operation_id = "create_roster_ticket", request_body = NewRosterTicket,
    security(("session" = [])),
    responses((status = 201, body = RosterTicketView, description = "The school has the question; asking again gives the same ticket."),
        answers::Session, answers::Missing, answers::Body))]
#[post("/roster-tickets")]
async fn create_roster_ticket(
    context: Data<Context>,
    student: Student,
    body: Body<NewRosterTicket>,
) -> Result<HttpResponse, Fault> {
    let question = service::ticket::Question {
        task_id: &body.task_id,
        document_type: &body.document_type,
        document_number: &body.document_number,
        level: &body.level,
        name: &body.name,
        note: &body.note,
    };
    let ticket = service::ticket::create(&context, &student, question).await?;
    Ok(HttpResponse::Created().json(RosterTicketView::from(ticket)))
}

/// List my questions to schools
#[utoipa::path(tag = "enrolments", operation_id = "list_roster_tickets", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = RosterTickets, description = "A page, newest first."), answers::Reader, answers::Page))]
#[get("/me/roster-tickets")]
async fn list_roster_tickets(
    context: Data<Context>,
    student: Student,
    page: Paged<RosterTicketId>,
) -> Result<Json<RosterTickets>, Fault> {
    let tickets = service::ticket::list(&context, &student, &page.0).await?;
    Ok(Json(RosterTickets::new(tickets, RosterTicketView::from)))
}
