//! Endpoints of webhooks: `/webhook-endpoints`.

mod delivery;
mod document;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::{DateTime, Utc};
use domain::WebhookEndpointId;
use domain::access::perm;
use domain::event::EventKind;
use domain::webhook::{EndpointState, WebhookEndpoint};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use service::Context;
use service::idempotency::KeyedOutcome;
use service::webhook::{EndpointAndSecret, EndpointDraft, NewEndpoint, ReceivedMessage};
use utoipa::openapi::OpenApi;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answers;
use crate::idempotency::{self, IdempotencyKey, IdempotencyKeyHeader};
use crate::json_body::Body;
use crate::page::{PageQuery, Paged, pages};
use crate::path::WebhookEndpointPath;
use crate::permitted::{FreshPermitted, Permitted};
use crate::problem::Fault;
use crate::schema;
use crate::text::Text;

/// Mounts the operations of webhooks.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_webhook_endpoints)
        .service(create_webhook_endpoint)
        .service(get_webhook_endpoint)
        .service(update_webhook_endpoint)
        .service(delete_webhook_endpoint)
        .service(enable_webhook_endpoint)
        .service(disable_webhook_endpoint)
        .service(create_webhook_secret)
        .service(verify_webhook_signature)
        .configure(delivery::routes);
}

/// Adds the messages that receivers get to the API document.
pub(crate) fn describe(document: &mut OpenApi) {
    document::describe(document);
}

/// An address that is told of events.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookEndpointView {
    /// The endpoint.
    #[schema(value_type = schema::WebhookEndpointId)]
    id: String,
    /// The school whose events it is told of; null for those of every school.
    #[schema(required = true, value_type = Option<schema::SchoolId>)]
    school_id: Option<String>,
    /// The integrator that made it and manages it; null where people did.
    #[schema(required = true, value_type = Option<schema::IntegratorId>)]
    integrator_id: Option<String>,
    /// The address.
    #[schema(examples("https://hooks.example.edu.cn/gradphoto"))]
    url: String,
    /// The types of events that it is told of; every type where there are none.
    #[schema(value_type = Vec<schema::EventKind>)]
    event_types: Vec<String>,
    /// What people call it.
    #[schema(examples("教务系统"))]
    description: String,
    /// Whether it is told of events.
    #[schema(value_type = schema::EndpointState)]
    state: String,
    /// Why it is not, where it is not.
    #[schema(required = true, value_type = Option<schema::EndpointDisabledReason>)]
    disabled_reason: Option<String>,
    /// Since when it has taken nothing; null where the latest try was good.
    #[schema(required = true, examples("2026-04-20T08:00:00Z"))]
    failing_since: Option<DateTime<Utc>>,
    /// Counts the changes; send it with the next one.
    #[schema(minimum = 1, examples(1))]
    version: i32,
    /// When it was made.
    #[schema(examples("2026-04-20T08:00:00Z"))]
    created_at: DateTime<Utc>,
}

impl From<WebhookEndpoint> for WebhookEndpointView {
    fn from(endpoint: WebhookEndpoint) -> Self {
        let kinds = endpoint.kinds.iter().map(ToString::to_string);
        let reason = endpoint.disabled_reason;
        Self {
            id: endpoint.id.to_string(),
            school_id: endpoint.school_id.map(|id| id.to_string()),
            integrator_id: endpoint.integrator_id.map(|id| id.to_string()),
            url: endpoint.url,
            event_types: kinds.collect(),
            description: endpoint.description,
            state: endpoint.state.to_string(),
            disabled_reason: reason.map(|reason| reason.to_string()),
            failing_since: endpoint.failing_since,
            version: endpoint.version,
            created_at: endpoint.created_at,
        }
    }
}

pages! {
    /// A page of endpoints, the newest first.
    WebhookEndpoints of WebhookEndpointView;
}

/// Which endpoints are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct EndpointQuery {
    /// Those of this school alone.
    #[param(value_type = Option<schema::SchoolId>, inline)]
    school_id: Option<String>,
}

/// List the endpoints of webhooks
///
/// An integrator sees and manages those that it made; staff those of their schools.
#[utoipa::path(tag = "events", operation_id = "list_webhook_endpoints", params(EndpointQuery, PageQuery), security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = WebhookEndpoints, description = "A page, the newest first."),
        answers::StaffReader, answers::Missing, answers::Page))]
#[get("/webhook-endpoints")]
async fn list_webhook_endpoints(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    query: Query<EndpointQuery>,
    page: Paged<WebhookEndpointId>,
) -> Result<Json<WebhookEndpoints>, Fault> {
    let school = query.school_id.as_deref();
    let found = service::webhook::list(&context, caller.actor(), school, &page.0).await?;
    Ok(Json(WebhookEndpoints::new(found, Into::into)))
}

/// An endpoint that is to be told of events.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewWebhookEndpoint {
    /// The school whose events it is told of; operators may leave it out for those of every school.
    #[serde(default)]
    #[schema(value_type = Option<schema::SchoolId>)]
    school_id: Option<String>,
    /// An https address on the internet, at port 443 or 8443.
    #[schema(max_length = 500, value_type = String, examples("https://hooks.example.edu.cn/gradphoto"))]
    url: Text<500>,
    /// The types of events that it is told of; every type where there are none.
    #[serde(default)]
    #[schema(max_items = 50, value_type = Vec<schema::EventKind>)]
    event_types: Vec<EventKind>,
    /// What people call it.
    #[serde(default)]
    #[schema(max_length = 100, value_type = Option<String>, examples("教务系统"))]
    description: Option<Text<200>>,
}

/// An endpoint and its new secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookEndpointSecret {
    /// The endpoint.
    endpoint: WebhookEndpointView,
    /// The secret with which messages are signed (Standard Webhooks). It cannot be read again.
    #[schema(
        pattern = "^whsec_[A-Za-z0-9+/=]{32,90}$",
        examples("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3kYm1XbXlAw=")
    )]
    secret: String,
}

/// The answer to a request that made a secret.
fn secret_made(made: KeyedOutcome<EndpointAndSecret>) -> HttpResponse {
    let EndpointAndSecret { endpoint, secret } = made.value;
    let mut answer = idempotency::mark(HttpResponse::Created(), made.is_replayed);
    answer.json(WebhookEndpointSecret {
        endpoint: endpoint.into(),
        secret: secret.expose_secret().to_owned(),
    })
}

/// Make an endpoint of webhooks
///
/// Staff need a fresh second factor, since the answer holds the secret. The endpoint is told of what happens from now on.
#[utoipa::path(tag = "events", operation_id = "create_webhook_endpoint", params(IdempotencyKeyHeader), request_body = NewWebhookEndpoint, security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 201, body = WebhookEndpointSecret, description = "It is told of events from now on."),
        answers::StaffSession, answers::Keyed, answers::Body, answers::Missing, answers::State))]
#[post("/webhook-endpoints")]
async fn create_webhook_endpoint(
    context: Data<Context>,
    caller: FreshPermitted<perm::ManageWebhooks>,
    key: IdempotencyKey,
    body: Body<NewWebhookEndpoint>,
) -> Result<HttpResponse, Fault> {
    let new = NewEndpoint {
        school_id: body.school_id.clone(),
        draft: EndpointDraft {
            url: body.url.to_string(),
            kinds: body.event_types.clone(),
            description: body.description.as_deref().unwrap_or_default().to_owned(),
        },
    };
    let keyed = key.request();
    let made = service::webhook::create(&context, caller.actor(), &keyed, new);
    Ok(secret_made(Box::pin(made).await?))
}

/// Read an endpoint of webhooks
#[utoipa::path(tag = "events", operation_id = "get_webhook_endpoint", params(WebhookEndpointPath), security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = WebhookEndpointView, description = "The endpoint."), answers::StaffReader, answers::Missing))]
#[get("/webhook-endpoints/{webhook_endpoint_id}")]
async fn get_webhook_endpoint(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
) -> Result<Json<WebhookEndpointView>, Fault> {
    let id = &path.webhook_endpoint_id;
    let endpoint = service::webhook::get(&context, caller.actor(), id).await?;
    Ok(Json(endpoint.into()))
}

/// What an endpoint is from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookEndpointChanges {
    /// The version that was read.
    #[schema(minimum = 1, examples(1))]
    version: i32,
    /// An https address on the internet, at port 443 or 8443.
    #[schema(max_length = 500, value_type = String, examples("https://hooks.example.edu.cn/gradphoto"))]
    url: Text<500>,
    /// The types of events that it is told of; every type where there are none.
    #[schema(max_items = 50, value_type = Vec<schema::EventKind>)]
    event_types: Vec<EventKind>,
    /// What people call it.
    #[schema(max_length = 100, value_type = String, examples("教务系统"))]
    description: Text<200>,
}

/// Change an endpoint of webhooks
#[utoipa::path(tag = "events", operation_id = "update_webhook_endpoint", params(WebhookEndpointPath), request_body = WebhookEndpointChanges,
    security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = WebhookEndpointView, description = "The endpoint as it is now."),
        answers::StaffSession, answers::Body, answers::Missing, answers::State))]
#[patch("/webhook-endpoints/{webhook_endpoint_id}")]
async fn update_webhook_endpoint(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
    body: Body<WebhookEndpointChanges>,
) -> Result<Json<WebhookEndpointView>, Fault> {
    let draft = EndpointDraft {
        url: body.url.to_string(),
        kinds: body.event_types.clone(),
        description: body.description.to_string(),
    };
    let (id, version) = (&path.webhook_endpoint_id, body.version);
    let endpoint = service::webhook::update(&context, caller.actor(), id, draft, version).await?;
    Ok(Json(endpoint.into()))
}

/// Delete an endpoint of webhooks
///
/// With its secrets, what waits for it, and its log. The audit log keeps that it was there.
#[utoipa::path(tag = "events", operation_id = "delete_webhook_endpoint", params(WebhookEndpointPath),
    security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 204, description = "It is gone."), answers::StaffSession, answers::Missing))]
#[delete("/webhook-endpoints/{webhook_endpoint_id}")]
async fn delete_webhook_endpoint(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
) -> Result<HttpResponse, Fault> {
    service::webhook::delete(&context, caller.actor(), &path.webhook_endpoint_id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Have an endpoint told of events again
///
/// It is told of what happens from now on; what failed before can be replayed.
#[utoipa::path(tag = "events", operation_id = "enable_webhook_endpoint", params(WebhookEndpointPath), security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = WebhookEndpointView, description = "Active, also where it was already."),
        answers::StaffSession, answers::Missing))]
#[post("/webhook-endpoints/{webhook_endpoint_id}/enable")]
async fn enable_webhook_endpoint(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
) -> Result<Json<WebhookEndpointView>, Fault> {
    let (id, state) = (&path.webhook_endpoint_id, EndpointState::Active);
    let endpoint = service::webhook::set_state(&context, caller.actor(), id, state).await?;
    Ok(Json(endpoint.into()))
}

/// Have an endpoint told of nothing more
///
/// What waits for it counts as failed.
#[utoipa::path(tag = "events", operation_id = "disable_webhook_endpoint", params(WebhookEndpointPath), security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = WebhookEndpointView, description = "Disabled, also where it was already."),
        answers::StaffSession, answers::Missing))]
#[post("/webhook-endpoints/{webhook_endpoint_id}/disable")]
async fn disable_webhook_endpoint(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
) -> Result<Json<WebhookEndpointView>, Fault> {
    let (id, state) = (&path.webhook_endpoint_id, EndpointState::Disabled);
    let endpoint = service::webhook::set_state(&context, caller.actor(), id, state).await?;
    Ok(Json(endpoint.into()))
}

/// Make a new secret for an endpoint
///
/// For 24 hours messages are signed with the old secret too, both signatures in one header. Staff need a fresh second factor.
#[utoipa::path(tag = "events", operation_id = "create_webhook_secret", params(WebhookEndpointPath, IdempotencyKeyHeader), security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 201, body = WebhookEndpointSecret, description = "The secret, which is shown this once."),
        answers::StaffSession, answers::Keyed, answers::Missing))]
#[post("/webhook-endpoints/{webhook_endpoint_id}/secrets")]
async fn create_webhook_secret(
    context: Data<Context>,
    caller: FreshPermitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
    key: IdempotencyKey,
) -> Result<HttpResponse, Fault> {
    let (keyed, id) = (key.request(), &path.webhook_endpoint_id);
    let made = service::webhook::rotate(&context, caller.actor(), &keyed, id);
    Ok(secret_made(Box::pin(made).await?))
}

/// A message as a receiver got it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignedMessage {
    /// The header `webhook-id`.
    #[schema(max_length = 100, value_type = String, examples("evt_01k9b3m0v8f7wq2d5e6h4t1xyz"))]
    webhook_id: Text<100>,
    /// The header `webhook-timestamp`.
    #[schema(minimum = 0, examples(1_780_000_000))]
    webhook_timestamp: u32,
    /// The header `webhook-signature`.
    #[schema(max_length = 1000, value_type = String, examples("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="))]
    webhook_signature: Text<1000>,
    /// The body, byte by byte as it came.
    #[schema(max_length = 20000, value_type = String, examples("{\"type\":\"webhook.ping\"}"))]
    body: Text<20000>,
}

/// What came of verifying a signature.
#[derive(Debug, Serialize, ToSchema)]
struct VerifiedSignature {
    /// What came of it.
    #[schema(value_type = schema::SignatureVerdict)]
    verdict: String,
}

/// Verify a signature with the secrets of an endpoint
///
/// For those who write a receiver: it says whether we would have made this signature over this message.
#[utoipa::path(tag = "events", operation_id = "verify_webhook_signature", params(WebhookEndpointPath), request_body = SignedMessage,
    security(("session" = []), ("integrator" = ["webhooks:manage"])),
    responses((status = 200, body = VerifiedSignature, description = "What came of it."),
        answers::StaffSession, answers::Body, answers::Missing))]
#[post("/webhook-endpoints/{webhook_endpoint_id}/verify-signature")]
async fn verify_webhook_signature(
    context: Data<Context>,
    caller: Permitted<perm::ManageWebhooks>,
    path: Path<WebhookEndpointPath>,
    body: Body<SignedMessage>,
) -> Result<Json<VerifiedSignature>, Fault> {
    let message = ReceivedMessage {
        id: &body.webhook_id,
        timestamp: body.webhook_timestamp.into(),
        signature: &body.webhook_signature,
        body: &body.body,
    };
    let id = &path.webhook_endpoint_id;
    let verdict = service::webhook::verify(&context, caller.actor(), id, message).await?;
    Ok(Json(VerifiedSignature {
        verdict: verdict.to_string(),
    }))
}
