//! Staff and what they may do: `/staff`.

use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::{DateTime, Utc};
use domain::access::Reach;
use serde::Serialize;
use service::Context;
use service::staff::{HeldPermission, HeldRole};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::extract::Student;
use crate::problem::Fault;
use crate::schema;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_staff_me);
}

/// A role that somebody holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffRoleView {
    /// The role of this person in this school.
    #[schema(value_type = schema::StaffRoleId)]
    id: String,
    /// The role.
    #[schema(value_type = schema::Role)]
    role: String,
    /// The school for which it holds; null for every school.
    #[schema(required = true, value_type = Option<schema::SchoolId>)]
    school_id: Option<String>,
    /// The school's name.
    #[schema(required = true, examples("北京大学"))]
    school_name: Option<String>,
    /// The colleges to which it is limited.
    #[schema(examples("法学院"))]
    colleges: Vec<String>,
    /// The classes to which it is limited. With neither colleges nor classes it holds for the whole school.
    #[schema(examples("法学 2201"))]
    classes: Vec<String>,
}

impl From<HeldRole> for StaffRoleView {
    fn from(held: HeldRole) -> Self {
        let (school_id, school_name) = held.school.unzip();
        Self {
            id: held.id.to_string(),
            role: held.role.as_str().to_owned(),
            school_id: school_id.map(|id| id.to_string()),
            school_name,
            colleges: held.colleges,
            classes: held.classes,
        }
    }
}

/// Something that somebody may do, and where.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermissionView {
    /// What.
    #[schema(value_type = schema::Permission)]
    permission: String,
    /// Whether for every school.
    #[schema(examples(false))]
    all_schools: bool,
    /// Where not for every school: these.
    #[schema(value_type = Vec<schema::SchoolId>)]
    school_ids: Vec<String>,
    /// And some students of these, by the limits of the roles.
    #[schema(value_type = Vec<schema::SchoolId>)]
    partial_school_ids: Vec<String>,
}

impl From<HeldPermission> for PermissionView {
    fn from(held: HeldPermission) -> Self {
        let texts = |ids: Vec<domain::SchoolId>| ids.iter().map(ToString::to_string).collect();
        let (all_schools, school_ids) = match held.reach {
            Reach::AllSchools => (true, Vec::new()),
            Reach::Schools(ids) => (false, ids),
        };
        Self {
            permission: held.permission.as_str().to_owned(),
            all_schools,
            school_ids: texts(school_ids),
            partial_school_ids: texts(held.partly),
        }
    }
}

/// The member of staff who asks.
#[derive(Debug, Serialize, ToSchema)]
struct StaffMeView {
    /// The account.
    #[schema(value_type = schema::AccountId)]
    account_id: String,
    /// How colleagues call them.
    #[schema(examples("王老师"))]
    name: String,
    /// `not_enrolled`: set up an authenticator; `required`: confirm a code of it; `confirmed`: the session is complete.
    #[schema(value_type = schema::SecondFactorState)]
    second_factor: String,
    /// Until when what concerns sensitive data needs no new code; null before the second factor was confirmed.
    #[schema(required = true, examples("2026-04-20T08:10:00Z"))]
    fresh_until: Option<DateTime<Utc>>,
    /// After so many seconds without a request the session ends.
    #[schema(minimum = 1, examples(1800))]
    idle_timeout_s: i64,
    /// How many recovery codes were not used.
    #[schema(minimum = 0, maximum = 10, examples(10))]
    recovery_codes_left: usize,
    /// Whether this installation can verify image-capture codes; without it no task can take them.
    #[schema(examples(false))]
    reads_capture_codes: bool,
    /// The roles.
    roles: Vec<StaffRoleView>,
    /// What the roles allow together.
    permissions: Vec<PermissionView>,
}

/// Read who I am and what I may do
///
/// Answered before the second factor is confirmed too; everything else for staff is not.
#[utoipa::path(tag = "staff", operation_id = "get_staff_me", security(("session" = [])),
    responses((status = 200, body = StaffMeView, description = "Roles and permissions."), answers::StaffReader))]
#[get("/staff/me")]
async fn get_staff_me(
    context: Data<Context>,
    student: Student,
) -> Result<Json<StaffMeView>, Fault> {
    let me = service::staff::me(&context, &student).await?;
    Ok(Json(StaffMeView {
        account_id: me.account_id.to_string(),
        name: me.name,
        second_factor: me.second_factor.as_str().to_owned(),
        fresh_until: me.fresh_until,
        idle_timeout_s: domain::staff::IDLE_LIMIT.num_seconds(),
        recovery_codes_left: me.recovery_codes_left,
        reads_capture_codes: context.capture_codes.is_some(),
        roles: me.roles.into_iter().map(Into::into).collect(),
        permissions: me.permissions.into_iter().map(Into::into).collect(),
    }))
}
