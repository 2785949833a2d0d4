//! The audit log, as staff search it: `/audit-events`.

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use chrono::{DateTime, Utc};
use domain::AuditEventId;
use domain::access::perm;
use serde::{Deserialize, Serialize};
use service::Context;
use service::audit::{AuditSearch, FoundEntry};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::page::{PageQuery, Paged, pages};
use crate::permitted::Staff;
use crate::problem::Fault;
use crate::schema;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_audit_events);
}

/// An entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
struct AuditEventView {
    /// The entry.
    #[schema(value_type = schema::AuditEventId)]
    id: String,
    /// When.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    at: DateTime<Utc>,
    /// What kind of actor did it.
    #[schema(value_type = schema::Actor)]
    actor: String,
    /// The actor's account, where there is one.
    #[schema(required = true, value_type = Option<schema::AccountId>)]
    actor_id: Option<String>,
    /// How colleagues call them: staff, or a person at the command line.
    #[schema(required = true, examples("王老师"))]
    actor_name: Option<String>,
    /// Whose data it touched, where they are a person's.
    #[schema(required = true, value_type = Option<schema::AccountId>)]
    subject_id: Option<String>,
    /// Its school, where it has one.
    #[schema(required = true, value_type = Option<schema::SchoolId>)]
    school_id: Option<String>,
    /// What was done.
    #[schema(value_type = schema::AuditAction)]
    action: String,
    /// To what kind of thing.
    #[schema(value_type = schema::AuditObject)]
    object: String,
    /// To which.
    #[schema(required = true, value_type = Option<schema::AnyId>)]
    object_id: Option<String>,
    /// Why, where a reason was asked for.
    #[schema(required = true, examples("学生来电咨询"))]
    reason: Option<String>,
    /// The request in which it was done.
    #[schema(required = true, examples("req_01k9b3m0v8f7wq2d5e6h4t1xyz"))]
    request_id: Option<String>,
}

impl From<FoundEntry> for AuditEventView {
    fn from(found: FoundEntry) -> Self {
        let record = found.record;
        Self {
            id: record.id.to_string(),
            at: record.at,
            actor: record.actor,
            actor_id: record.actor_id.map(|id| id.to_string()),
            actor_name: found.actor_name,
            subject_id: record.subject_account_id.map(|id| id.to_string()),
            school_id: record.school_id.map(|id| id.to_string()),
            action: record.action,
            object: record.object,
            object_id: found.object_id,
            reason: record.reason,
            request_id: record.request_id,
        }
    }
}

pages! {
    /// A page of the audit log, newest first.
    AuditEvents of AuditEventView;
}

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Entries of this school.
    #[param(value_type = Option<schema::SchoolId>, inline)]
    school_id: Option<String>,
    /// What was done.
    #[param(value_type = Option<schema::AuditAction>, inline)]
    action: Option<String>,
    /// Who did it.
    #[param(value_type = Option<schema::AccountId>, inline)]
    actor_id: Option<String>,
    /// Whose data it touched.
    #[param(value_type = Option<schema::AccountId>, inline)]
    subject_id: Option<String>,
    /// To which thing, by its id.
    #[param(value_type = Option<schema::AnyId>, inline)]
    object_id: Option<String>,
    /// Not before this moment.
    #[param(example = "2026-04-01T00:00:00Z")]
    since: Option<DateTime<Utc>>,
    /// Before this moment.
    #[param(example = "2026-05-01T00:00:00Z")]
    until: Option<DateTime<Utc>>,
}

/// Search the audit log
///
/// Of the schools for which the caller may read it; operators read what belongs to no school too.
#[utoipa::path(tag = "staff", operation_id = "list_audit_events", params(AuditQuery, PageQuery), security(("session" = [])),
    responses((status = 200, body = AuditEvents, description = "A page, newest first."), answers::StaffReader, answers::Page))]
#[get("/audit-events")]
async fn list_audit_events(
    context: Data<Context>,
    staff: Staff<perm::ReadAudit>,
    query: Query<AuditQuery>,
    page: Paged<AuditEventId>,
) -> Result<Json<AuditEvents>, Fault> {
    let asked = AuditSearch {
        school_id: query.school_id.as_deref(),
        action: query.action.as_deref(),
        actor_id: query.actor_id.as_deref(),
        subject_id: query.subject_id.as_deref(),
        object_id: query.object_id.as_deref(),
        since: query.since,
        until: query.until,
    };
    let found = service::audit::search(&context, staff.reach(), asked, &page.0).await?;
    Ok(Json(AuditEvents::new(found, AuditEventView::from)))
}
