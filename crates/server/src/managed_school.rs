//! Schools, as staff see them: `/staff/schools`, `/schools/{school_id}`.

use actix_web::guard::GuardContext;
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, patch, post};
use chrono::{DateTime, Utc};
use domain::SchoolId;
use domain::access::perm;
use domain::school::{School, SchoolDraft, SchoolState};
use serde::{Deserialize, Serialize};
use service::Context;
use service::school::ManagedSchool;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::SchoolPath;
use crate::permitted::{AnyPermitted, Staff};
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// `/schools/suggestions` is no school: other methods there are answered as everywhere.
fn names_a_school(context: &GuardContext<'_>) -> bool {
    !context.head().uri.path().ends_with("/suggestions")
}

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_managed_schools)
        .service(create_school)
        .service(get_school)
        .service(update_school)
        .service(suspend_school)
        .service(resume_school);
}

/// A school in a list.
#[derive(Debug, Serialize, ToSchema)]
struct ManagedSchoolRow {
    /// The school.
    #[schema(value_type = schema::SchoolId)]
    id: String,
    /// Its name on this platform.
    #[schema(examples("北京大学"))]
    name: String,
    /// The Ministry's 5-digit code.
    #[schema(pattern = "^[0-9]{5}$", examples("10001"))]
    code: String,
    /// `active` or `suspended`.
    #[schema(value_type = schema::SchoolState)]
    state: String,
    /// Whether it is there for trying the API.
    #[schema(examples(false))]
    is_test: bool,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
}

impl From<School> for ManagedSchoolRow {
    fn from(school: School) -> Self {
        Self {
            id: school.id.to_string(),
            name: school.name,
            code: school.code,
            state: school.state.as_str().to_owned(),
            is_test: school.is_test,
            created_at: school.created_at,
        }
    }
}

pages! {
    /// A page of schools, the newest first.
    ManagedSchools of ManagedSchoolRow;
}

/// Which schools are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SchoolFilter {
    /// A part of the name, an alias, or the 5-digit code.
    #[param(max_length = 100, value_type = Option<String>, example = "北京")]
    text: Option<Text<100>>,
}

/// List the schools that are mine to see
///
/// Operators see all, staff of a school theirs, an integrator those that it serves.
#[utoipa::path(tag = "schools", operation_id = "list_managed_schools", params(SchoolFilter, PageQuery), security(("session" = []), ("integrator" = [])),
    responses((status = 200, body = ManagedSchools, description = "A page, the newest first."), answers::StaffReader, answers::Page))]
#[get("/staff/schools")]
async fn list_managed_schools(
    context: Data<Context>,
    staff: AnyPermitted,
    filter: Query<SchoolFilter>,
    page: Paged<SchoolId>,
) -> Result<Json<ManagedSchools>, Fault> {
    let (reach, text) = (staff.0.schools(), filter.text.as_deref());
    let list = service::school::list(&context, &reach, text, &page.0).await?;
    Ok(Json(ManagedSchools::new(list, ManagedSchoolRow::from)))
}

/// A school, as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ManagedSchoolView {
    /// The school.
    #[schema(value_type = schema::SchoolId)]
    id: String,
    /// Its name on this platform.
    #[schema(examples("北京大学"))]
    name: String,
    /// The Ministry's 5-digit code.
    #[schema(pattern = "^[0-9]{5}$", examples("10001"))]
    code: String,
    /// `active` or `suspended`.
    #[schema(value_type = schema::SchoolState)]
    state: String,
    /// Other names by which students find it; its initials in pinyin find it besides.
    #[schema(examples("北大"))]
    aliases: Vec<String>,
    /// Whom the bureau reaches there.
    #[schema(examples("教务处 010-62751234"))]
    contact: String,
    /// Whether it is there for trying the API.
    #[schema(examples(false))]
    is_test: bool,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// Changes with every change; send it back with a change.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

impl From<ManagedSchool> for ManagedSchoolView {
    fn from(managed: ManagedSchool) -> Self {
        let school = managed.school;
        Self {
            id: school.id.to_string(),
            name: school.name,
            code: school.code,
            state: school.state.as_str().to_owned(),
            aliases: managed.aliases,
            contact: school.contact,
            is_test: school.is_test,
            created_at: school.created_at,
            version: school.version,
        }
    }
}

/// Read a school
#[utoipa::path(tag = "schools", operation_id = "get_school", params(SchoolPath), security(("session" = []), ("integrator" = [])),
    responses((status = 200, body = ManagedSchoolView, description = "The school."), answers::StaffReader, answers::Missing))]
#[get("/schools/{school_id}", guard = "names_a_school")]
async fn get_school(
    context: Data<Context>,
    staff: AnyPermitted,
    path: Path<SchoolPath>,
) -> Result<Json<ManagedSchoolView>, Fault> {
    let reach = staff.0.schools();
    let school = service::school::get(&context, &reach, &path.school_id).await?;
    Ok(Json(school.into()))
}

/// A school that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSchool {
    /// The Ministry's 5-digit code; several units of one school may share it.
    #[schema(pattern = "^[0-9]{5}$", value_type = String, examples("10001"))]
    code: Text<20>,
    /// The name; no other school has it.
    #[schema(min_length = 1, max_length = 60, value_type = String, examples("北京大学医学部"))]
    name: Text<200>,
    /// Other names by which students find it; at most 20.
    #[serde(default)]
    #[schema(max_items = 20, value_type = Vec<schema::SchoolName>)]
    aliases: Vec<Text<200>>,
    /// Whom the bureau reaches there.
    #[serde(default)]
    #[schema(max_length = 100, examples("教务处 010-62751234"))]
    contact: String,
}

/// Make a school
///
/// Its initials in pinyin find it by themselves.
#[utoipa::path(tag = "schools", operation_id = "create_school", request_body = NewSchool, security(("session" = [])),
    responses((status = 201, body = ManagedSchoolView, description = "The school is there."),
        answers::StaffSession, answers::Body, answers::State))]
#[post("/schools")]
async fn create_school(
    context: Data<Context>,
    staff: Staff<perm::ManageSchools>,
    body: Body<NewSchool>,
) -> Result<HttpResponse, Fault> {
    let draft = draft(&body.code, &body.name, &body.aliases, &body.contact);
    let school = service::school::create(&context, staff.actor(), draft).await?;
    Ok(HttpResponse::Created().json(ManagedSchoolView::from(school)))
}

fn draft(code: &str, name: &str, aliases: &[Text<200>], contact: &str) -> SchoolDraft {
    SchoolDraft {
        code: code.to_owned(),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| alias.to_string()).collect(),
        contact: contact.to_owned(),
    }
}

/// What a school is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SchoolChange {
    /// The Ministry's 5-digit code.
    #[schema(pattern = "^[0-9]{5}$", value_type = String, examples("10001"))]
    code: Text<20>,
    /// The name; no other school has it.
    #[schema(min_length = 1, max_length = 60, value_type = String, examples("北京大学医学部"))]
    name: Text<200>,
    /// Other names by which students find it; at most 20.
    #[schema(max_items = 20, value_type = Vec<schema::SchoolName>)]
    aliases: Vec<Text<200>>,
    /// Whom the bureau reaches there.
    #[schema(max_length = 100, examples("教务处 010-62751234"))]
    contact: String,
    /// The version that was read.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

/// Change a school
#[utoipa::path(tag = "schools", operation_id = "update_school", params(SchoolPath), request_body = SchoolChange, security(("session" = [])),
    responses((status = 200, body = ManagedSchoolView, description = "Changed."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[patch("/schools/{school_id}", guard = "names_a_school")]
async fn update_school(
    context: Data<Context>,
    staff: Staff<perm::ManageSchools>,
    path: Path<SchoolPath>,
    body: Body<SchoolChange>,
) -> Result<Json<ManagedSchoolView>, Fault> {
    let draft = draft(&body.code, &body.name, &body.aliases, &body.contact);
    let (id, version) = (&path.school_id, body.version);
    let school = service::school::update(&context, staff.actor(), id, draft, version).await?;
    Ok(Json(school.into()))
}

/// Suspend a school
///
/// Students see nothing of it until it is resumed; its data stay.
#[utoipa::path(tag = "schools", operation_id = "suspend_school", params(SchoolPath), security(("session" = [])),
    responses((status = 204, description = "Suspended."), answers::StaffSession, answers::Missing))]
#[post("/schools/{school_id}/suspend")]
async fn suspend_school(
    context: Data<Context>,
    staff: Staff<perm::ManageSchools>,
    path: Path<SchoolPath>,
) -> Result<HttpResponse, Fault> {
    let (id, state) = (&path.school_id, SchoolState::Suspended);
    service::school::set_state(&context, staff.actor(), id, state).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Resume a school
#[utoipa::path(tag = "schools", operation_id = "resume_school", params(SchoolPath), security(("session" = [])),
    responses((status = 204, description = "It takes part again."), answers::StaffSession, answers::Missing))]
#[post("/schools/{school_id}/resume")]
async fn resume_school(
    context: Data<Context>,
    staff: Staff<perm::ManageSchools>,
    path: Path<SchoolPath>,
) -> Result<HttpResponse, Fault> {
    let (id, state) = (&path.school_id, SchoolState::Active);
    service::school::set_state(&context, staff.actor(), id, state).await?;
    Ok(HttpResponse::NoContent().finish())
}
