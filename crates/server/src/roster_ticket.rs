//! Students' questions about the roster, for staff and integrators: `/schools/{id}/roster-tickets`, `/roster-tickets`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::roster::TicketState;
use domain::{Lang, RosterTicketId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::idempotency::KeyedOutcome;
use service::ticket_desk::{self, AddedStudent, CorrectedEntry, DeskTicket, TicketSearch};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::SchoolPath;
use crate::permitted::Permitted;
use crate::problem::{Fault, lang_of};
use crate::roster_entry::RosterEntryView;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_school_tickets)
        .service(get_school_ticket)
        .service(answer_school_ticket)
        .service(add_student_of_ticket)
        .service(correct_entry_of_ticket);
}

/// A question in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct TicketPath {
    /// The question.
    #[param(value_type = schema::RosterTicketId, inline)]
    roster_ticket_id: String,
}

/// A student's question about the roster.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolTicketView {
    /// The question.
    #[schema(value_type = schema::RosterTicketId)]
    id: String,
    /// The task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// The task's name.
    #[schema(examples("2026届毕业生图像采集"))]
    task_name: String,
    /// `open`, `answered` or `closed`.
    #[schema(value_type = schema::RosterTicketState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("待处理"))]
    state_label: String,
    /// The name that the student claims.
    #[schema(required = true, examples("李华"))]
    name: Option<String>,
    /// The kind of document.
    #[schema(value_type = schema::DocumentType)]
    document_type: String,
    /// Its number, masked.
    #[schema(examples("110***********002X"))]
    document_number: String,
    /// The level that the student claims.
    #[schema(required = true, value_type = Option<schema::EducationLevel>)]
    level: Option<String>,
    /// What the student wrote.
    #[schema(required = true, examples("学号 2200012345，信息科学技术学院"))]
    note: Option<String>,
    /// What the school answered.
    #[schema(required = true, examples("名单已更新，请重新验证。"))]
    answer: Option<String>,
    /// When it was asked.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When it last changed.
    #[schema(examples("2026-04-20T09:00:00Z"))]
    updated_at: DateTime<Utc>,
}

impl SchoolTicketView {
    fn new(view: DeskTicket, lang: Lang) -> Self {
        let ticket = view.ticket;
        Self {
            id: ticket.id.to_string(),
            task_id: ticket.task_id.to_string(),
            task_name: view.task_name,
            state: ticket.state.as_str().to_owned(),
            state_label: ticket.state.label().get(lang).to_owned(),
            name: view.name,
            document_type: ticket.id_type.as_str().to_owned(),
            document_number: ticket.number_masked,
            level: ticket.level.map(|level| level.as_str().to_owned()),
            note: view.note,
            answer: view.answer,
            created_at: ticket.created_at,
            updated_at: ticket.updated_at,
        }
    }
}

pages! {
    /// A page of questions.
    SchoolTicketList of SchoolTicketView;
}

/// Which questions are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TicketQuery {
    /// `open`, `answered` or `closed`.
    #[param(value_type = Option<schema::RosterTicketState>, inline)]
    state: Option<TicketState>,
    /// Those about one task.
    #[param(value_type = Option<schema::TaskId>, inline)]
    task_id: Option<String>,
}

/// List the questions of students to a school
#[utoipa::path(tag = "roster", operation_id = "list_school_tickets", params(SchoolPath, TicketQuery, PageQuery),
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = SchoolTicketList, description = "A page, newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/schools/{school_id}/roster-tickets")]
async fn list_school_tickets(
    context: Data<Context>,
    caller: Permitted<perm::ManageRosters>,
    path: Path<SchoolPath>,
    query: Query<TicketQuery>,
    page: Paged<RosterTicketId>,
    request: HttpRequest,
) -> Result<Json<SchoolTicketList>, Fault> {
    let query = query.into_inner();
    let search = TicketSearch {
        state: query.state,
        task_id: query.task_id,
    };
    let (lang, school) = (lang_of(&request), &path.school_id);
    let found = ticket_desk::list(&context, caller.actor(), school, search, &page.0).await?;
    Ok(Json(SchoolTicketList::new(found, |view| {
        SchoolTicketView::new(view, lang)
    })))
}

/// A question with the students who may be meant.
#[derive(Debug, Serialize, ToSchema)]
struct SchoolTicketDetail {
    /// The question.
    ticket: SchoolTicketView,
    /// Students of the roster with the same number, of any level, or the same name.
    #[schema(max_items = 10)]
    nearest: Vec<RosterEntryView>,
}

/// Read a question, with the students of the roster who may be meant
#[utoipa::path(tag = "roster", operation_id = "get_school_ticket", params(TicketPath), security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = SchoolTicketDetail, description = "The question."), answers::StaffReader, answers::Missing))]
#[get("/roster-tickets/{roster_ticket_id}")]
async fn get_school_ticket(
    context: Data<Context>,
    caller: Permitted<perm::ManageRosters>,
    path: Path<TicketPath>,
    request: HttpRequest,
) -> Result<Json<SchoolTicketDetail>, Fault> {
    let lang = lang_of(&request);
    let detail = ticket_desk::get(&context, caller.actor(), &path.roster_ticket_id).await?;
    let nearest = detail.nearest.into_iter();
    Ok(Json(SchoolTicketDetail {
        ticket: SchoolTicketView::new(detail.ticket, lang),
        nearest: nearest
            .map(|view| RosterEntryView::new(view, lang))
            .collect(),
    }))
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TicketAnswer {
    /// What the student reads, at most 500 characters.
    #[schema(min_length = 1, max_length = 500, examples("请使用护照号核验。"))]
    answer: String,
}

/// Answer a question without changing the roster
///
/// The student is told by text message and reads the answer in the app.
#[utoipa::path(tag = "roster", operation_id = "answer_school_ticket", params(TicketPath, IdempotencyKeyHeader), request_body = TicketAnswer,
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = SchoolTicketView, description = "Answered."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[post("/roster-tickets/{roster_ticket_id}/answer")]
async fn answer_school_ticket(
    context: Data<Context>,
    caller: Permitted<perm::ManageRosters>,
    path: Path<TicketPath>,
    key: IdempotencyKey,
    body: Body<TicketAnswer>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (keyed, id) = (key.request(), &path.roster_ticket_id);
    let answered = ticket_desk::answer(&context, caller.actor(), &keyed, id, &body.answer);
    Ok(shown(Box::pin(answered).await?, &request))
}

/// What came of an answer to a question.
fn shown(done: KeyedOutcome<DeskTicket>, request: &HttpRequest) -> HttpResponse {
    let mut answer = idempotency::mark(HttpResponse::Ok(), done.is_replayed);
    answer.json(SchoolTicketView::new(done.value, lang_of(request)))
}

/// What staff add about a student whom they list; what is left out says nothing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TicketStudent {
    /// The student number.
    #[serde(default)]
    #[schema(max_length = 64, value_type = Option<String>, examples("2200012345"))]
    student_no: Option<Text<64>>,
    /// The college.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学院"))]
    college: Option<Text<100>>,
    /// The major.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学"))]
    major: Option<Text<100>>,
    /// The class.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("法学 2201"))]
    class_name: Option<Text<100>>,
    /// What the student reads; left out for the usual words.
    #[serde(default)]
    #[schema(max_length = 500, examples("已加入名单，请重新核验。"))]
    answer: Option<String>,
}

fn text<const MAX: usize>(text: Option<&Text<MAX>>) -> String {
    text.map(|text| text.to_string()).unwrap_or_default()
}

/// List the student as they asked to be, and answer
#[utoipa::path(tag = "roster", operation_id = "add_student_of_ticket", params(TicketPath, IdempotencyKeyHeader), request_body = TicketStudent,
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = SchoolTicketView, description = "Listed and answered."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[post("/roster-tickets/{roster_ticket_id}/add-to-roster")]
async fn add_student_of_ticket(
    context: Data<Context>,
    caller: Permitted<perm::ManageRosters>,
    path: Path<TicketPath>,
    key: IdempotencyKey,
    body: Body<TicketStudent>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let body = body.into_inner();
    let added = AddedStudent {
        student_no: text(body.student_no.as_ref()),
        college: text(body.college.as_ref()),
        major: text(body.major.as_ref()),
        class_name: text(body.class_name.as_ref()),
        answer: body.answer.unwrap_or_default(),
    };
    let (keyed, id) = (key.request(), &path.roster_ticket_id);
    let view = Box::pin(ticket_desk::add_to_roster(
        &context,
        caller.actor(),
        &keyed,
        id,
        added,
    ));
    Ok(shown(view.await?, &request))
}

/// Which student of the roster is corrected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TicketCorrection {
    /// The student.
    #[schema(value_type = schema::RosterEntryId)]
    roster_entry_id: String,
    /// The version that was read.
    #[schema(minimum = 1, examples(1))]
    version: i32,
    /// What the student reads; left out for the usual words.
    #[serde(default)]
    #[schema(max_length = 500, examples("已更正证件号，请重新核验。"))]
    answer: Option<String>,
}

/// Give a student of the roster the number, level and name of a question, and answer
#[utoipa::path(tag = "roster", operation_id = "correct_entry_of_ticket", params(TicketPath, IdempotencyKeyHeader), request_body = TicketCorrection,
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = SchoolTicketView, description = "Corrected and answered."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[post("/roster-tickets/{roster_ticket_id}/correct-entry")]
async fn correct_entry_of_ticket(
    context: Data<Context>,
    caller: Permitted<perm::ManageRosters>,
    path: Path<TicketPath>,
    key: IdempotencyKey,
    body: Body<TicketCorrection>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let body = body.into_inner();
    let corrected = CorrectedEntry {
        entry_id: body.roster_entry_id,
        version: body.version,
        answer: body.answer.unwrap_or_default(),
    };
    let (keyed, id) = (key.request(), &path.roster_ticket_id);
    let view = Box::pin(ticket_desk::correct_entry(
        &context,
        caller.actor(),
        &keyed,
        id,
        corrected,
    ));
    Ok(shown(view.await?, &request))
}
