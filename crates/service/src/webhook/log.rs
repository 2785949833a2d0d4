//! The log of deliveries and tries, and sending by hand.

use chrono::{DateTime, Utc};
use domain::access::Actor;
use domain::audit::AuditAction;
use domain::event::{EndpointFacts, EventData, EventKind};
use domain::page::{Page, PageRequest};
use domain::webhook::{
    EndpointState, WebhookAttempt, WebhookDelivery, WebhookDeliveryState, WebhookEndpoint,
};
use domain::{EventId, ProblemCode, WebhookAttemptId, WebhookDeliveryId};
use store::Tx;

use super::endpoint::{get, lock, lock_in, note_endpoint};
use crate::event;
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::{Context, Failure};

/// The deliveries to an endpoint, the newest first.
///
/// # Errors
/// `webhook.unknown`.
pub async fn deliveries(
    context: &Context,
    actor: &Actor,
    id: &str,
    state: Option<WebhookDeliveryState>,
    page: &PageRequest<WebhookDeliveryId>,
) -> Result<Page<WebhookDelivery>, Failure> {
    let endpoint = get(context, actor, id).await?;
    let on = context.store.reader();
    Ok(store::webhook::deliveries(on, endpoint.id, state, page).await?)
}

/// The tries of a delivery, the newest first.
///
/// # Errors
/// `webhook.unknown`.
pub async fn attempts(
    context: &Context,
    actor: &Actor,
    id: &str,
    page: &PageRequest<WebhookAttemptId>,
) -> Result<Page<WebhookAttempt>, Failure> {
    let delivery = delivery_within(context, actor, id).await?;
    let on = context.store.reader();
    Ok(store::webhook::attempts(on, delivery.id, page).await?)
}

/// Sends a delivery again, from the beginning of its schedule, under the same `webhook-id`.
///
/// # Errors
/// `webhook.unknown`; `webhook.disabled`.
pub async fn resend(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<WebhookDelivery, Failure> {
    let found = delivery_within(context, actor, id).await?;
    let (tx, endpoint) = lock_active(context, actor, &found.endpoint_id.to_string()).await?;
    let delivery = store::webhook::lock_delivery(&tx, found.id).await?;
    let delivery = delivery.ok_or(ProblemCode::WebhookUnknown)?;
    let now = context.now();
    let delivery = WebhookDelivery {
        state: WebhookDeliveryState::Waiting,
        tries: 0,
        next_at: now,
        updated_at: now,
        ..delivery
    };
    store::webhook::save_delivery(&tx, &delivery).await?;
    sent(context, tx, actor, &endpoint).await?;
    Ok(delivery)
}

/// Sends everything again that failed since a moment; how many deliveries.
///
/// # Errors
/// `webhook.unknown`; `webhook.disabled`.
pub async fn replay(
    context: &Context,
    actor: &Actor,
    id: &str,
    since: DateTime<Utc>,
) -> Result<u64, Failure> {
    let (tx, endpoint) = lock_active(context, actor, id).await?;
    let count = store::webhook::replay(&tx, endpoint.id, since, context.now()).await?;
    sent(context, tx, actor, &endpoint).await?;
    Ok(count)
}

/// Sends an event `webhook.ping` to an endpoint, whatever types it is told of.
///
/// # Errors
/// `webhook.unknown`; `webhook.disabled`.
pub async fn ping(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
) -> Result<KeyedOutcome<WebhookDelivery>, Failure> {
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let sent = async {
        let id = id.parse().map_err(|_| ProblemCode::WebhookUnknown)?;
        let tx = claim.begin().await?;
        let endpoint = active(lock_in(&tx, actor, id).await?)?;
        let facts = EndpointFacts {
            webhook_endpoint_id: endpoint.id,
            failing_since: endpoint.failing_since,
        };
        let data = EventData::WebhookPing(facts);
        let event_id = event::record_of(context, &tx, endpoint.school_id, data).await?;
        let delivery = new_delivery(context, &endpoint, event_id);
        store::webhook::insert_deliveries(&tx, std::slice::from_ref(&delivery)).await?;
        let action = AuditAction::WebhooksSent;
        let audited = note_endpoint(context, &tx, actor, action, &endpoint).await?;
        tx.commit(audited, &delivery.id).await?;
        Ok(delivery.id)
    };
    let sent: KeyedOutcome<WebhookDeliveryId> = claim.once(sent).await?;
    let delivery = delivery_within(context, actor, &sent.value.to_string()).await?;
    Ok(sent.with(delivery))
}

fn new_delivery(
    context: &Context,
    endpoint: &WebhookEndpoint,
    event_id: EventId,
) -> WebhookDelivery {
    let now = context.now();
    WebhookDelivery {
        id: context.new_id(WebhookDeliveryId::new),
        endpoint_id: endpoint.id,
        event_id,
        kind: EventKind::WebhookPing,
        school_id: endpoint.school_id,
        state: WebhookDeliveryState::Waiting,
        tries: 0,
        next_at: now,
        created_at: now,
        updated_at: now,
    }
}

/// An endpoint that the actor manages and that is active, locked.
async fn lock_active(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<(Tx, WebhookEndpoint), Failure> {
    let (tx, endpoint) = lock(context, actor, id).await?;
    Ok((tx, active(endpoint)?))
}

/// The endpoint, where it is active.
fn active(endpoint: WebhookEndpoint) -> Result<WebhookEndpoint, Failure> {
    match endpoint.state {
        EndpointState::Active => Ok(endpoint),
        EndpointState::Disabled => Err(ProblemCode::WebhookDisabled.into()),
    }
}

async fn sent(
    context: &Context,
    tx: Tx,
    actor: &Actor,
    endpoint: &WebhookEndpoint,
) -> Result<(), Failure> {
    let action = AuditAction::WebhooksSent;
    let audited = note_endpoint(context, &tx, actor, action, endpoint).await?;
    Ok(store::commit(tx, audited).await?)
}

async fn delivery_within(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<WebhookDelivery, Failure> {
    let id: WebhookDeliveryId = id.parse().map_err(|_| ProblemCode::WebhookUnknown)?;
    let on = context.store.reader();
    let found = store::webhook::delivery(on, id).await?;
    let found = found.ok_or(ProblemCode::WebhookUnknown)?;
    get(context, actor, &found.endpoint_id.to_string()).await?;
    Ok(found)
}
