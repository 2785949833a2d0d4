//! The log of webhooks, and sending by hand: `/webhook-endpoints/{id}/deliveries`, `/webhook-deliveries`.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::access::perm;
use domain::webhook::{AttemptAnswer, WebhookAttempt, WebhookDelivery, WebhookDeliveryState};
use domain::{WebhookAttemptId, WebhookDeliveryId};
use serde::{Deserialize, Serialize};
use service::Context;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::WebhookEndpointPath;
use crate::permitted::Permitted;
use crate::problem::Fault;
use crate::schema;

/// Mounts the operations of this file.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(ping_webhook_endpoint)
        .service(replay_webhooks)
        .service(list_webhook_deliveries)
        .service(list_webhook_attempts)
        .service(resend_webhook);
}

/// A delivery in the path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct DeliveryLogPath {
    /// The delivery.
    #[param(value_type = schema::WebhookDeliveryId, inline)]
    webhook_delivery_id: String,
}

/// An event on its way to an endpoint.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookDeliveryView {
    /// The delivery.
    #[schema(value_type = schema::WebhookDeliveryId)]
    id: String,
    /// The event, which the receiver has as `webhook-id`.
    #[schema(value_type = schema::EventId)]
    event_id: String,
    /// Its type.
    #[schema(value_type = schema::EventKind)]
    event_type: String,
    /// Where it is.
    #[schema(value_type = schema::WebhookDeliveryState)]
    state: String,
    /// How many tries it had since it was last asked for.
    #[schema(minimum = 0, examples(1))]
    tries: i32,
    /// When it is tried next; null where it is not.
    #[schema(required = true, examples("2026-04-20T08:05:00Z"))]
    next_at: Option<DateTime<Utc>>,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
    /// When it last changed.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    updated_at: DateTime<Utc>,
}

impl From<WebhookDelivery> for WebhookDeliveryView {
    fn from(delivery: WebhookDelivery) -> Self {
        let is_waiting = delivery.state == WebhookDeliveryState::Waiting;
        Self {
            id: delivery.id.to_string(),
            event_id: delivery.event_id.to_string(),
            event_type: delivery.kind.to_string(),
            state: delivery.state.to_string(),
            tries: delivery.tries,
            next_at: is_waiting.then_some(delivery.next_at),
            created_at: delivery.created_at,
            updated_at: delivery.updated_at,
        }
    }
}

/// A try to send an event.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookAttemptView {
    /// The try.
    #[schema(value_type = schema::WebhookAttemptId)]
    id: String,
    /// When it began.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    at: DateTime<Utc>,
    /// How long it took, in milliseconds.
    #[schema(minimum = 0, examples(84))]
    duration_ms: i32,
    /// The status of the answer; null where none came.
    #[schema(required = true, minimum = 100, maximum = 999, examples(200))]
    status: Option<u16>,
    /// Why none came.
    #[schema(required = true, value_type = Option<schema::AttemptFault>)]
    fault: Option<String>,
    /// How the answer begins, at most 1 kB.
    #[schema(examples("ok"))]
    answer: String,
}

impl From<WebhookAttempt> for WebhookAttemptView {
    fn from(attempt: WebhookAttempt) -> Self {
        let (status, fault) = match attempt.answer {
            AttemptAnswer::Status(status) => (Some(status), None),
            AttemptAnswer::None(fault) => (None, Some(fault.to_string())),
        };
        Self {
            id: attempt.id.to_string(),
            at: attempt.at,
            duration_ms: attempt.duration_ms,
            status,
            fault,
            answer: attempt.body,
        }
    }
}

pages! {
    /// A page of deliveries, the newest first.
    WebhookDeliveries of WebhookDeliveryView;
    /// A page of tries, the newest first.
    WebhookAttempts of WebhookAttemptView;
}

/// Send a ping to an endpoint
///
/// An event `webhook.ping`, whatever types the endpoint is told of; the log shows what came of it.
#[utoipa::path(tag = "events", operation_id = "ping_webhook_endpoint", params(WebhookEndpointPath, IdempotencyKeyHeader), security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 202, body = WebhookDeliveryView, description = "It is on its way."),
        answers::StaffSession, answers::Keyed, answers::Missing, answers::State))]
#[post("/webhook-endpoints/{webhook_endpoint_id}/ping")]
async fn ping_webhook_endpoint(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
    key: IdempotencyKey,
) -> Result<HttpResponse, Fault> {
    let (keyed, id) = (key.request(), &path.webhook_endpoint_id);
    let sent = service::webhook::ping(&context, caller.actor(), &keyed, id);
    let sent = Box::pin(sent).await?;
    let mut answer = idempotency::mark(HttpResponse::Accepted(), sent.is_replayed);
    Ok(answer.json(WebhookDeliveryView::from(sent.value)))
}

/// From when on failures are sent again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookReplay {
    /// Deliveries that were made since then.
    #[schema(value_type = String, format = DateTime, max_length = 40, examples("2026-04-20T08:00:00Z"))]
    since: DateTime<Utc>,
}

/// How much is sent again.
#[derive(Debug, Serialize, ToSchema)]
struct ReplayedWebhooks {
    /// So many deliveries.
    #[schema(minimum = 0, examples(12))]
    count: u64,
}

/// Send everything again that failed since a moment
#[utoipa::path(tag = "events", operation_id = "replay_webhooks", params(WebhookEndpointPath), request_body = WebhookReplay, security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 202, body = ReplayedWebhooks, description = "They are on their way."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[post("/webhook-endpoints/{webhook_endpoint_id}/replay")]
async fn replay_webhooks(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
    body: Body<WebhookReplay>,
) -> Result<HttpResponse, Fault> {
    let (id, since) = (&path.webhook_endpoint_id, body.since);
    let count = service::webhook::replay(&context, caller.actor(), id, since).await?;
    Ok(HttpResponse::Accepted().json(ReplayedWebhooks { count }))
}

/// Which deliveries are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DeliveryLogQuery {
    /// Those in this state.
    #[param(value_type = Option<schema::WebhookDeliveryState>, inline)]
    state: Option<WebhookDeliveryState>,
}

/// List the deliveries to an endpoint
#[utoipa::path(tag = "events", operation_id = "list_webhook_deliveries", params(WebhookEndpointPath, DeliveryLogQuery, PageQuery),
    security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = WebhookDeliveries, description = "A page, the newest first; kept for 30 days."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/webhook-endpoints/{webhook_endpoint_id}/deliveries")]
async fn list_webhook_deliveries(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
    query: Query<DeliveryLogQuery>,
    page: Paged<WebhookDeliveryId>,
) -> Result<Json<WebhookDeliveries>, Fault> {
    let (actor, id) = (caller.actor(), &path.webhook_endpoint_id);
    let found = service::webhook::deliveries(&context, actor, id, query.state, &page.0).await?;
    Ok(Json(WebhookDeliveries::new(found, Into::into)))
}

/// List the tries of a delivery
#[utoipa::path(tag = "events", operation_id = "list_webhook_attempts", params(DeliveryLogPath, PageQuery), security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = WebhookAttempts, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/webhook-deliveries/{webhook_delivery_id}/attempts")]
async fn list_webhook_attempts(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<DeliveryLogPath>,
    page: Paged<WebhookAttemptId>,
) -> Result<Json<WebhookAttempts>, Fault> {
    let (actor, id) = (caller.actor(), &path.webhook_delivery_id);
    let found = service::webhook::attempts(&context, actor, id, &page.0).await?;
    Ok(Json(WebhookAttempts::new(found, Into::into)))
}

/// Send a delivery again
///
/// With the same `webhook-id`, and from the beginning of the schedule of tries.
#[utoipa::path(tag = "events", operation_id = "resend_webhook", params(DeliveryLogPath), security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 202, body = WebhookDeliveryView, description = "It is on its way."),
        answers::StaffSession, answers::Missing, answers::State))]
#[post("/webhook-deliveries/{webhook_delivery_id}/resend")]
async fn resend_webhook(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<DeliveryLogPath>,
) -> Result<HttpResponse, Fault> {
    let id = &path.webhook_delivery_id;
    let delivery = service::webhook::resend(&context, caller.actor(), id).await?;
    Ok(HttpResponse::Accepted().json(WebhookDeliveryView::from(delivery)))
}
