//! Students of rosters, for staff and integrators: `/tasks/{id}/roster-entries`, `/roster-entries`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get, patch, post};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::perm;
use domain::roster::RosterEntryState;
use domain::{EducationLevel, Lang, RosterEntryId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::idempotency::KeyedOutcome;
use service::roster::{self, EntryChanges, EntrySearch, EntryView, NewEntry, ShownNumber};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::TaskPath;
use crate::permitted::{FreshStaff, Permitted};
use crate::problem::{Fault, lang_of};
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_roster_entries)
        .service(create_roster_entry)
        .service(get_roster_entry)
        .service(update_roster_entry)
        .service(withdraw_roster_entry)
        .service(restore_roster_entry)
        .service(reveal_roster_numbers);
}

/// A student of a roster in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EntryPath {
    /// The student.
    #[param(value_type = schema::RosterEntryId, inline)]
    pub(crate) roster_entry_id: String,
}

/// A number by which a student is found.
#[derive(Debug, Serialize, ToSchema)]
struct RosterNumberView {
    /// The kind of document.
    #[schema(value_type = schema::DocumentType)]
    document_type: String,
    /// The number, masked unless it was revealed.
    #[schema(examples("110***********002X"))]
    document_number: String,
}

impl From<ShownNumber> for RosterNumberView {
    fn from(shown: ShownNumber) -> Self {
        Self {
            document_type: shown.kind.as_str().to_owned(),
            document_number: shown.number,
        }
    }
}

/// A student of a roster.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterEntryView {
    /// The student.
    #[schema(value_type = schema::RosterEntryId)]
    id: String,
    /// The task.
    #[schema(value_type = schema::TaskId)]
    task_id: String,
    /// `listed` or `withdrawn`.
    #[schema(value_type = schema::RosterEntryState)]
    state: String,
    /// The state, in the caller's language.
    #[schema(examples("在册"))]
    state_label: String,
    /// The name.
    #[schema(examples("李华"))]
    name: String,
    /// The document numbers, masked.
    numbers: Vec<RosterNumberView>,
    /// The level.
    #[schema(value_type = schema::EducationLevel)]
    level: String,
    /// The student number.
    #[schema(required = true, examples("2200012345"))]
    student_no: Option<String>,
    /// The college.
    #[schema(required = true, examples("法学院"))]
    college: Option<String>,
    /// The major.
    #[schema(required = true, examples("法学"))]
    major: Option<String>,
    /// The class.
    #[schema(required = true, examples("法学 2201"))]
    class_name: Option<String>,
    /// The expected day of graduation.
    #[schema(required = true, examples("2026-06-30"))]
    expected_graduation: Option<String>,
    /// Whether an account has verified as this student.
    #[schema(examples(true))]
    is_verified: bool,
    /// What was corrected by hand, which imports leave alone.
    #[schema(value_type = Vec<schema::RosterColumn>)]
    corrected: Vec<String>,
    /// Counts the changes; send it with the next one.
    #[schema(minimum = 1, examples(1))]
    version: i32,
    /// When it last changed.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    updated_at: DateTime<Utc>,
}

impl RosterEntryView {
    /// The student, with words in the caller's language.
    pub(crate) fn new(view: EntryView, lang: Lang) -> Self {
        let entry = view.entry;
        let corrected = entry.corrected.iter();
        Self {
            id: entry.id.to_string(),
            task_id: entry.task_id.to_string(),
            state: entry.state.as_str().to_owned(),
            state_label: entry.state.label().get(lang).to_owned(),
            name: view.name,
            numbers: view.numbers.into_iter().map(Into::into).collect(),
            level: entry.level.as_str().to_owned(),
            student_no: view.student_no,
            college: entry.college,
            major: entry.major,
            class_name: entry.class_name,
            expected_graduation: entry.expected_graduation,
            is_verified: view.is_verified,
            corrected: corrected.map(|column| column.as_str().to_owned()).collect(),
            version: entry.version,
            updated_at: entry.updated_at,
        }
    }
}

pages! {
    /// A page of a roster.
    RosterEntryList of RosterEntryView;
}

/// Which students are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct EntryQuery {
    /// The whole name, student number or document number.
    #[param(max_length = 100, value_type = Option<String>, example = "李华")]
    search: Option<Text<100>>,
    /// The level.
    #[param(value_type = Option<schema::EducationLevel>, inline)]
    level: Option<EducationLevel>,
    /// The college, as it stands on the roster.
    #[param(max_length = 100, value_type = Option<String>, example = "法学院")]
    college: Option<Text<100>>,
    /// The class, as it stands on the roster.
    #[param(max_length = 100, value_type = Option<String>, example = "法学 2201")]
    class_name: Option<Text<100>>,
    /// `listed` or `withdrawn`.
    #[param(value_type = Option<schema::RosterEntryState>, inline)]
    state: Option<RosterEntryState>,
}

fn owned<const MAX: usize>(text: Option<&Text<MAX>>) -> Option<String> {
    text.map(|text| text.to_string())
}

/// List or search the students of a roster
///
/// A name is found whole, however it is spelled; parts of names are not, since names are stored sealed.
#[utoipa::path(tag = "roster", operation_id = "list_roster_entries", params(TaskPath, EntryQuery, PageQuery),
    security(("session" = []), ("integrator" = ["roster:read"])),
    responses((status = 200, body = RosterEntryList, description = "A page, the latest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/tasks/{task_id}/roster-entries")]
async fn list_roster_entries(
    context: Data<Context>,
    staff: Permitted<perm::ReadRosters>,
    path: Path<TaskPath>,
    query: Query<EntryQuery>,
    page: Paged<RosterEntryId>,
    request: HttpRequest,
) -> Result<Json<RosterEntryList>, Fault> {
    let search = EntrySearch {
        text: owned(query.search.as_ref()),
        level: query.level,
        college: owned(query.college.as_ref()),
        class_name: owned(query.class_name.as_ref()),
        state: query.state,
    };
    let (lang, task) = (lang_of(&request), &path.task_id);
    let found = roster::list_entries(&context, staff.actor(), task, search, &page.0).await?;
    Ok(Json(RosterEntryList::new(found, |view| {
        RosterEntryView::new(view, lang)
    })))
}

/// Read a student of a roster
#[utoipa::path(tag = "roster", operation_id = "get_roster_entry", params(EntryPath), security(("session" = []), ("integrator" = ["roster:read"])),
    responses((status = 200, body = RosterEntryView, description = "The student."), answers::StaffReader, answers::Missing))]
#[get("/roster-entries/{roster_entry_id}")]
async fn get_roster_entry(
    context: Data<Context>,
    staff: Permitted<perm::ReadRosters>,
    path: Path<EntryPath>,
    request: HttpRequest,
) -> Result<Json<RosterEntryView>, Fault> {
    let view = roster::get_entry(&context, staff.actor(), &path.roster_entry_id).await?;
    Ok(Json(RosterEntryView::new(view, lang_of(&request))))
}

/// A student who is to be listed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRosterEntry {
    /// The name.
    #[schema(min_length = 1, max_length = 100, value_type = String, examples("李华"))]
    name: Text<100>,
    /// The kind of document.
    #[schema(value_type = schema::DocumentType)]
    document_type: String,
    /// The number of the document.
    #[schema(max_length = 64, value_type = String, examples("11010519491231002X"))]
    document_number: Text<64>,
    /// The level.
    #[schema(value_type = schema::EducationLevel)]
    level: String,
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
    /// The expected day of graduation.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date, max_length = 10, examples("2026-06-30"))]
    expected_graduation: Option<NaiveDate>,
}

/// Add a student to a roster
///
/// They can verify at once. A roster has each number once for each level, so that doing it again adds nobody.
#[utoipa::path(tag = "roster", operation_id = "create_roster_entry", params(TaskPath, IdempotencyKeyHeader), request_body = NewRosterEntry,
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 201, body = RosterEntryView, description = "The student."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[post("/tasks/{task_id}/roster-entries")]
async fn create_roster_entry(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<TaskPath>,
    key: IdempotencyKey,
    body: Body<NewRosterEntry>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let new = NewEntry {
        name: body.name.to_string(),
        document_type: body.document_type.clone(),
        document_number: body.document_number.to_string(),
        level: body.level.clone(),
        student_no: owned(body.student_no.as_ref()),
        college: owned(body.college.as_ref()),
        major: owned(body.major.as_ref()),
        class_name: owned(body.class_name.as_ref()),
        expected_graduation: body.expected_graduation,
    };
    let (keyed, task) = (key.request(), &path.task_id);
    let added = roster::add_entry(&context, staff.actor(), &keyed, task, new);
    let added = Box::pin(added).await?;
    Ok(answer(HttpResponse::Created(), added, &request))
}

/// What came of a request about a student.
fn answer(
    builder: HttpResponseBuilder,
    done: KeyedOutcome<EntryView>,
    request: &HttpRequest,
) -> HttpResponse {
    let mut answer = idempotency::mark(builder, done.is_replayed);
    answer.json(RosterEntryView::new(done.value, lang_of(request)))
}

/// What is corrected; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RosterEntryChanges {
    /// The version that was read.
    #[schema(minimum = 1, examples(1))]
    version: i32,
    /// The name.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("李华"))]
    name: Option<Text<100>>,
    /// The kind of document, together with its number.
    #[serde(default)]
    #[schema(value_type = Option<schema::DocumentType>)]
    document_type: Option<String>,
    /// The number, which takes the place of all earlier ones.
    #[serde(default)]
    #[schema(max_length = 64, value_type = Option<String>, examples("11010519491231002X"))]
    document_number: Option<Text<64>>,
    /// The level.
    #[serde(default)]
    #[schema(value_type = Option<schema::EducationLevel>)]
    level: Option<String>,
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
    /// The expected day of graduation.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date, max_length = 10, examples("2026-06-30"))]
    expected_graduation: Option<NaiveDate>,
}

/// Correct a student of a roster; imports leave alone what was corrected
#[utoipa::path(tag = "roster", operation_id = "update_roster_entry", params(EntryPath, IdempotencyKeyHeader), request_body = RosterEntryChanges,
    security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = RosterEntryView, description = "The student as they are listed now."),
        answers::StaffSession, answers::Missing, answers::Keyed, answers::Body, answers::State))]
#[patch("/roster-entries/{roster_entry_id}")]
async fn update_roster_entry(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<EntryPath>,
    key: IdempotencyKey,
    body: Body<RosterEntryChanges>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let number = owned(body.document_number.as_ref());
    let changes = EntryChanges {
        version: body.version,
        name: owned(body.name.as_ref()),
        document: number.map(|number| (body.document_type.clone().unwrap_or_default(), number)),
        level: body.level.clone(),
        student_no: owned(body.student_no.as_ref()),
        college: owned(body.college.as_ref()),
        major: owned(body.major.as_ref()),
        class_name: owned(body.class_name.as_ref()),
        expected_graduation: body.expected_graduation,
    };
    let (keyed, id) = (key.request(), &path.roster_entry_id);
    let work = roster::change_entry(&context, staff.actor(), &keyed, id, changes);
    let outcome = Box::pin(work).await?;
    Ok(answer(HttpResponse::Ok(), outcome, &request))
}

/// Take a student off the list
///
/// Nobody can verify as them any more; who has verified keeps what they have.
#[utoipa::path(tag = "roster", operation_id = "withdraw_roster_entry", params(EntryPath, IdempotencyKeyHeader), security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = RosterEntryView, description = "Off the list, also where they were already."),
        answers::StaffSession, answers::Missing, answers::Keyed))]
#[post("/roster-entries/{roster_entry_id}/withdraw")]
async fn withdraw_roster_entry(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<EntryPath>,
    key: IdempotencyKey,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (keyed, state) = (key.request(), RosterEntryState::Withdrawn);
    let id = &path.roster_entry_id;
    let done = roster::set_entry_state(&context, staff.actor(), &keyed, id, state).await?;
    Ok(answer(HttpResponse::Ok(), done, &request))
}

/// Put a student back on the list
#[utoipa::path(tag = "roster", operation_id = "restore_roster_entry", params(EntryPath, IdempotencyKeyHeader), security(("session" = []), ("integrator" = ["roster:write"])),
    responses((status = 200, body = RosterEntryView, description = "On the list, also where they were already."),
        answers::StaffSession, answers::Missing, answers::Keyed))]
#[post("/roster-entries/{roster_entry_id}/restore")]
async fn restore_roster_entry(
    context: Data<Context>,
    staff: Permitted<perm::ManageRosters>,
    path: Path<EntryPath>,
    key: IdempotencyKey,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let (keyed, state) = (key.request(), RosterEntryState::Listed);
    let id = &path.roster_entry_id;
    let done = roster::set_entry_state(&context, staff.actor(), &keyed, id, state).await?;
    Ok(answer(HttpResponse::Ok(), done, &request))
}

/// Whole document numbers.
#[derive(Debug, Serialize, ToSchema)]
struct RevealedNumbers {
    /// All numbers by which the student is found.
    numbers: Vec<RosterNumberView>,
}

/// Reveal the whole document numbers of a student
///
/// Needs a second factor of the last minutes. The student reads in their access log that somebody looked.
#[utoipa::path(tag = "roster", operation_id = "reveal_roster_numbers", params(EntryPath), security(("session" = [])),
    responses((status = 200, body = RevealedNumbers, description = "The numbers."), answers::StaffSession, answers::Missing))]
#[post("/roster-entries/{roster_entry_id}/reveal-numbers")]
async fn reveal_roster_numbers(
    context: Data<Context>,
    staff: FreshStaff<perm::RevealNumbers>,
    path: Path<EntryPath>,
) -> Result<Json<RevealedNumbers>, Fault> {
    let numbers = roster::reveal_numbers(&context, staff.actor(), &path.roster_entry_id).await?;
    Ok(Json(RevealedNumbers {
        numbers: numbers.into_iter().map(Into::into).collect(),
    }))
}
