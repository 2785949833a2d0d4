//! Schools for trying the API: `/test-schools`, `/schools/{school_id}/test-events`, `/schools/{school_id}/test-clock`.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, post};
use chrono::{DateTime, TimeDelta, Utc};
use domain::access::perm;
use domain::event::EventKind;
use domain::school::SchoolDraft;
use serde::{Deserialize, Serialize};
use service::{Context, test_school};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::json_body::Body;
use crate::managed_school::ManagedSchoolView;
use crate::path::SchoolPath;
use crate::permitted::{Permitted, Staff};
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of this file.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create_test_school)
        .service(create_test_event)
        .service(move_test_clock);
}

/// A test school that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTestSchool {
    /// A 5-digit code; it need not be the Ministry's.
    #[schema(pattern = "^[0-9]{5}$", value_type = String, examples("99999"))]
    code: Text<20>,
    /// The name; no other school has it.
    #[schema(min_length = 1, max_length = 60, value_type = String, examples("示例大学（接口测试）"))]
    name: Text<200>,
}

/// Make a school for trying the API
///
/// With an open collection and invented students in every state, five of them with accepted photos. Students cannot find it,
/// it counts nowhere, and no money and no message belongs to it. Its integrators are made as those of any school.
#[utoipa::path(tag = "schools", operation_id = "create_test_school", request_body = NewTestSchool, security(("session" = [])),
    responses((status = 201, body = ManagedSchoolView, description = "The school is there, with its students."),
        answers::StaffSession, answers::Body, answers::State))]
#[post("/test-schools")]
async fn create_test_school(
    context: Data<Context>,
    staff: Staff<perm::ManageSchools>,
    body: Body<NewTestSchool>,
) -> Result<HttpResponse, Fault> {
    let draft = SchoolDraft {
        code: body.code.to_string(),
        name: body.name.to_string(),
        ..SchoolDraft::default()
    };
    let made = Box::pin(test_school::create(&context, staff.actor(), draft));
    Ok(HttpResponse::Created().json(ManagedSchoolView::from(made.await?)))
}

/// An event that is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTestEvent {
    /// Its type.
    #[serde(rename = "type")]
    #[schema(value_type = schema::EventKind)]
    kind: EventKind,
}

/// An event that was triggered.
#[derive(Debug, Serialize, ToSchema)]
struct TestEventView {
    /// The event; webhooks have it as `webhook-id`.
    #[schema(value_type = schema::EventId)]
    event_id: String,
}

/// Trigger an event in a test school
///
/// Whoever follows the school's events reads it, and its endpoints of webhooks are told, as of any other. Its ids name nothing.
/// Its time is that of the school's clock.
#[utoipa::path(tag = "events", operation_id = "create_test_event", params(SchoolPath), request_body = NewTestEvent,
    security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 202, body = TestEventView, description = "It can be read in a second or two."),
        answers::StaffSession, answers::Missing, answers::Body, answers::State))]
#[post("/schools/{school_id}/test-events")]
async fn create_test_event(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<SchoolPath>,
    body: Body<NewTestEvent>,
) -> Result<HttpResponse, Fault> {
    let school = &path.school_id;
    let id = test_school::trigger(&context, caller.actor(), school, body.kind).await?;
    Ok(HttpResponse::Accepted().json(TestEventView {
        event_id: id.to_string(),
    }))
}

/// How far the clock of a test school is moved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TestClockMove {
    /// So many seconds forward; negative for back.
    #[schema(minimum = -630_720_000, maximum = 630_720_000, examples(86_400))]
    advance_s: i32,
}

/// The clock of a test school.
#[derive(Debug, Serialize, ToSchema)]
struct TestClockView {
    /// Its time now.
    #[schema(examples("2026-04-21T08:00:00Z"))]
    now: DateTime<Utc>,
}

/// Move the clock of a test school
///
/// Events that are triggered there from now on have its time. It can be ten years from the real time.
#[utoipa::path(tag = "schools", operation_id = "move_test_clock", params(SchoolPath), request_body = TestClockMove,
    security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = TestClockView, description = "Moved."),
        answers::StaffSession, answers::Missing, answers::Body, answers::State))]
#[post("/schools/{school_id}/test-clock")]
async fn move_test_clock(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<SchoolPath>,
    body: Body<TestClockMove>,
) -> Result<Json<TestClockView>, Fault> {
    let by = TimeDelta::seconds(body.advance_s.into());
    let moved = test_school::move_clock(&context, caller.actor(), &path.school_id, by);
    Ok(Json(TestClockView { now: moved.await? }))
}
