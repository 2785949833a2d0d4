//! Who holds which role: `/schools/{school_id}/staff`, `/staff`, `/staff-roles`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::{DateTime, Utc};
use domain::access::{StudentLimits, perm};
use domain::{ProblemCode, SchoolId, StaffRoleId};
use serde::{Deserialize, Serialize};
use service::Context;
use service::staff::{NewStaff, RoleChange, StaffEntry};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::SchoolPath;
use crate::permitted::{FreshStaff, Staff};
use crate::problem::Fault;
use crate::schema;
use crate::staff::PermissionView;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_school_staff)
        .service(create_school_staff)
        .service(list_platform_staff)
        .service(create_platform_staff)
        .service(update_staff_role)
        .service(delete_staff_role)
        .service(list_staff_permissions)
        .service(create_staff_invitation)
        .service(reset_staff_device);
}

/// Somebody who holds a role.
#[derive(Debug, Serialize, ToSchema)]
struct StaffView {
    /// The role of this person in this school.
    #[schema(value_type = schema::StaffRoleId)]
    id: String,
    /// The account.
    #[schema(value_type = schema::AccountId)]
    account_id: String,
    /// How colleagues call them.
    #[schema(examples("王老师"))]
    name: String,
    /// The phone, masked.
    #[schema(examples("138****8000"))]
    phone: String,
    /// The role.
    #[schema(value_type = schema::Role)]
    role: String,
    /// The school for which it holds; null for every school.
    #[schema(required = true, value_type = Option<schema::SchoolId>)]
    school_id: Option<String>,
    /// The colleges to which it is limited.
    #[schema(examples("法学院"))]
    colleges: Vec<String>,
    /// The classes to which it is limited. With neither colleges nor classes it holds for the whole school.
    #[schema(examples("法学 2201"))]
    classes: Vec<String>,
    /// `invited`, `accepted` or `expired`.
    #[schema(value_type = schema::InvitationState)]
    state: String,
    /// When the role was given.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// Changes with every change; send it back with a change.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

impl From<StaffEntry> for StaffView {
    fn from(entry: StaffEntry) -> Self {
        Self {
            id: entry.id.to_string(),
            account_id: entry.account_id.to_string(),
            name: entry.name,
            phone: entry.phone,
            role: entry.role.as_str().to_owned(),
            school_id: entry.school_id.map(|id| id.to_string()),
            colleges: entry.colleges,
            classes: entry.classes,
            state: entry.state.as_str().to_owned(),
            created_at: entry.created_at,
            version: entry.version,
        }
    }
}

pages! {
    /// A page of staff, the newest roles first.
    StaffList of StaffView;
}

/// A role in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct RolePath {
    /// The role of a person.
    #[param(value_type = schema::StaffRoleId, inline)]
    staff_role_id: String,
}

/// A school as a path names it.
fn school_id(path: &SchoolPath) -> Result<SchoolId, ProblemCode> {
    path.school_id
        .parse()
        .map_err(|_| ProblemCode::StaffUnknown)
}

/// List the staff of a school
#[utoipa::path(tag = "staff", operation_id = "list_school_staff", params(SchoolPath, PageQuery), security(("session" = [])),
    responses((status = 200, body = StaffList, description = "A page, the newest roles first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/schools/{school_id}/staff")]
async fn list_school_staff(
    context: Data<Context>,
    staff: Staff<perm::ManageStaff>,
    path: Path<SchoolPath>,
    page: Paged<StaffRoleId>,
) -> Result<Json<StaffList>, Fault> {
    let school = Some(school_id(&path)?);
    let list = service::staff::list(&context, staff.reach(), school, &page.0).await?;
    Ok(Json(StaffList::new(list, StaffView::from)))
}

/// List the staff of the platform
#[utoipa::path(tag = "staff", operation_id = "list_platform_staff", params(PageQuery), security(("session" = [])),
    responses((status = 200, body = StaffList, description = "Those who hold a role for every school, the newest roles first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/staff")]
async fn list_platform_staff(
    context: Data<Context>,
    staff: Staff<perm::ManageStaff>,
    page: Paged<StaffRoleId>,
) -> Result<Json<StaffList>, Fault> {
    let list = service::staff::list(&context, staff.reach(), None, &page.0).await?;
    Ok(Json(StaffList::new(list, StaffView::from)))
}

/// Somebody who is to get a role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStaffRole {
    /// The phone number, as typed; `+86` where no country is named.
    #[schema(min_length = 1, max_length = 40, value_type = String, examples("13800138000"))]
    phone: Text<40>,
    /// How colleagues call them. The name of somebody who is known already stays.
    #[schema(min_length = 1, max_length = 40, value_type = String, examples("王老师"))]
    name: Text<100>,
    /// For a school `officer` or `school_reviewer`; for the platform `operator`, `bureau_reviewer` or `finance`.
    #[schema(value_type = schema::Role)]
    role: Text<40>,
    /// The colleges to which a role of a school is limited, by their names on the roster; at most 100.
    #[serde(default)]
    #[schema(max_items = 100, value_type = Vec<schema::StudentGroup>)]
    colleges: Vec<Text<100>>,
    /// The classes to which a role of a school is limited; at most 100.
    #[serde(default)]
    #[schema(max_items = 100, value_type = Vec<schema::StudentGroup>)]
    classes: Vec<Text<100>>,
}

fn limits(colleges: &[Text<100>], classes: &[Text<100>]) -> StudentLimits {
    let names = |texts: &[Text<100>]| texts.iter().map(|text| text.to_string()).collect();
    StudentLimits {
        colleges: names(colleges),
        classes: names(classes),
    }
}

impl NewStaffRole {
    fn of(&self, school_id: Option<SchoolId>) -> NewStaff<'_> {
        NewStaff {
            phone: &self.phone,
            name: &self.name,
            role: &self.role,
            school_id,
            limits: limits(&self.colleges, &self.classes),
        }
    }
}

/// Invite somebody to the staff of a school
///
/// They are told by text message, log in by their phone, and set up an authenticator within 14 days. Needs a fresh second
/// factor.
#[utoipa::path(tag = "staff", operation_id = "create_school_staff", params(SchoolPath), request_body = NewStaffRole, security(("session" = [])),
    responses((status = 201, body = StaffView, description = "The role is given."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[post("/schools/{school_id}/staff")]
async fn create_school_staff(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageStaff>,
    path: Path<SchoolPath>,
    body: Body<NewStaffRole>,
) -> Result<HttpResponse, Fault> {
    let new = body.of(Some(school_id(&path)?));
    let entry = service::staff::grant(&context, staff.actor(), staff.reach(), new).await?;
    Ok(HttpResponse::Created().json(StaffView::from(entry)))
}

/// Invite somebody to the staff of the platform
///
/// As `create_school_staff`, for the roles that hold for every school.
#[utoipa::path(tag = "staff", operation_id = "create_platform_staff", request_body = NewStaffRole, security(("session" = [])),
    responses((status = 201, body = StaffView, description = "The role is given."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[post("/staff")]
async fn create_platform_staff(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageStaff>,
    body: Body<NewStaffRole>,
) -> Result<HttpResponse, Fault> {
    let entry = service::staff::grant(&context, staff.actor(), staff.reach(), body.of(None));
    Ok(HttpResponse::Created().json(StaffView::from(entry.await?)))
}

/// New limits of a role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffRoleChange {
    /// The colleges to which it is limited from now on.
    #[schema(max_items = 100, value_type = Vec<schema::StudentGroup>)]
    colleges: Vec<Text<100>>,
    /// The classes to which it is limited from now on.
    #[schema(max_items = 100, value_type = Vec<schema::StudentGroup>)]
    classes: Vec<Text<100>>,
    /// The version that was read.
    #[schema(minimum = 1, examples(1))]
    version: i32,
}

/// Change the limits of a role
///
/// The person's sessions end. Needs a fresh second factor.
#[utoipa::path(tag = "staff", operation_id = "update_staff_role", params(RolePath), request_body = StaffRoleChange, security(("session" = [])),
    responses((status = 200, body = StaffView, description = "Changed."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[patch("/staff-roles/{staff_role_id}")]
async fn update_staff_role(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageStaff>,
    path: Path<RolePath>,
    body: Body<StaffRoleChange>,
) -> Result<Json<StaffView>, Fault> {
    let (id, change) = (
        &path.staff_role_id,
        RoleChange {
            limits: limits(&body.colleges, &body.classes),
            version: body.version,
        },
    );
    let entry = service::staff::change(&context, staff.actor(), staff.reach(), id, change).await?;
    Ok(Json(entry.into()))
}

/// Take a role away
///
/// The person's sessions end. The last operator stays. Needs a fresh second factor.
#[utoipa::path(tag = "staff", operation_id = "delete_staff_role", params(RolePath), security(("session" = [])),
    responses((status = 204, description = "Taken away."), answers::StaffSession, answers::Missing, answers::State))]
#[delete("/staff-roles/{staff_role_id}")]
async fn delete_staff_role(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageStaff>,
    path: Path<RolePath>,
) -> Result<HttpResponse, Fault> {
    let id = &path.staff_role_id;
    service::staff::revoke(&context, staff.actor(), staff.reach(), id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What somebody may do.
#[derive(Debug, Serialize, ToSchema)]
struct StaffPermissions {
    /// By all their roles together, as far as they are the caller's to manage.
    permissions: Vec<PermissionView>,
}

/// Read what somebody may do
#[utoipa::path(tag = "staff", operation_id = "list_staff_permissions", params(RolePath), security(("session" = [])),
    responses((status = 200, body = StaffPermissions, description = "The effective permissions."),
        answers::StaffReader, answers::Missing))]
#[get("/staff-roles/{staff_role_id}/permissions")]
async fn list_staff_permissions(
    context: Data<Context>,
    staff: Staff<perm::ManageStaff>,
    path: Path<RolePath>,
) -> Result<Json<StaffPermissions>, Fault> {
    let id = &path.staff_role_id;
    let held = service::staff::permissions_of(&context, staff.reach(), id).await?;
    Ok(Json(StaffPermissions {
        permissions: held.into_iter().map(Into::into).collect(),
    }))
}

/// Invite somebody again
///
/// Where the invitation has run out, or the message got lost. Needs a fresh second factor.
#[utoipa::path(tag = "staff", operation_id = "create_staff_invitation", params(RolePath), security(("session" = [])),
    responses((status = 204, description = "Invited for another 14 days."), answers::StaffSession, answers::Missing, answers::State))]
#[post("/staff-roles/{staff_role_id}/invitations")]
async fn create_staff_invitation(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageStaff>,
    path: Path<RolePath>,
) -> Result<HttpResponse, Fault> {
    let id = &path.staff_role_id;
    service::staff::invite_again(&context, staff.actor(), staff.reach(), id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Reset somebody's lost authenticator
///
/// Their sessions and recovery codes end, and they can set up another authenticator within 14 days. Needs a fresh second
/// factor; nobody resets their own.
#[utoipa::path(tag = "staff", operation_id = "reset_staff_device", params(RolePath), security(("session" = [])),
    responses((status = 204, description = "Reset."), answers::StaffSession, answers::Missing, answers::State))]
#[post("/staff-roles/{staff_role_id}/reset-device")]
async fn reset_staff_device(
    context: Data<Context>,
    staff: FreshStaff<perm::ManageStaff>,
    path: Path<RolePath>,
) -> Result<HttpResponse, Fault> {
    let id = &path.staff_role_id;
    service::staff::reset_device(&context, staff.actor(), staff.reach(), id).await?;
    Ok(HttpResponse::NoContent().finish())
}
