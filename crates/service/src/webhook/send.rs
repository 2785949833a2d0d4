//! Sending what is due: leased from the queue, sent outside any transaction, and its outcome kept in a short one.

use std::collections::{HashMap, HashSet};
use std::pin::pin;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::audit::AuditExemption;
use domain::event::{EndpointFacts, Event, EventData};
use domain::webhook::{
    DELIVERY_LEASE, ENDPOINTS_AT_ONCE, EndpointNews, EndpointReach, EndpointState, PER_ENDPOINT,
    TAKEN_TOGETHER, WebhookAttempt, WebhookDelivery, WebhookDeliveryState, WebhookEndpoint,
};
use domain::{WebhookAttemptId, WebhookDeliveryId, WebhookEndpointId};
use futures_util::future::FusedFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use providers::webhook::{WebhookAnswer, WebhookMessage, WebhookSecret};
use store::Tx;
use store::webhook::DeliveryLease;

use super::secret;
use super::tell::tell_people;
use crate::{Context, Failure, event};

/// How often new work is looked for while other work lasts.
const LOOK: Duration = Duration::from_secs(1);
/// What came of tries is kept when nothing more came for so long, and when all are done.
const KEEP_AFTER: Duration = Duration::from_millis(500);
/// After this no more of what was taken up together is begun, so that the lease outlasts the last try.
const BEGIN_WITHIN: Duration = Duration::from_secs(5);

/// Sends all deliveries that are due. While some wait for slow receivers, others are taken up as they become due.
///
/// One copy of the server does this at a time, as a job; leases of deliveries keep a second one apart whose job was taken
/// over.
///
/// # Errors
/// The first failure; the other deliveries are sent all the same.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let (mut first, mut under_way) = (Ok(()), HashSet::new());
    let mut running = FuturesUnordered::new();
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    // Polled beside the deliveries: one of them may hold the connection that it waits for.
    let mut looking = pin!(due(context, Vec::new(), ENDPOINTS_AT_ONCE).fuse());
    loop {
        tokio::select! {
            found = &mut looking, if !looking.is_terminated() => {
                let found = match found {
                    Ok(found) => found,
                    Err(error) => {
                        first = first.and(Err(error));
                        Vec::new()
                    }
                };
                if found.is_empty() {
                    if running.is_empty() {
                        return first;
                    }
                    continue;
                }
                for endpoint in found {
                    under_way.insert(endpoint);
                    running.push(Box::pin(send_to(context, endpoint)));
                }
            }
            Some((endpoint, done)) = running.next() => {
                under_way.remove(&endpoint);
                first = first.and(done);
            }
            _ = looks.tick() => {}
        }
        let free = ENDPOINTS_AT_ONCE.saturating_sub(running.len());
        if free > 0 && looking.is_terminated() {
            let busy = under_way.iter().copied().collect();
            looking.set(due(context, busy, free).fuse());
        }
    }
}

async fn due(
    context: &Context,
    busy: Vec<WebhookEndpointId>,
    free: usize,
) -> Result<Vec<WebhookEndpointId>, Failure> {
    let limit = u64::try_from(free).unwrap_or(u64::MAX);
    let on = context.store.reader();
    Ok(store::webhook::due_endpoints(on, &busy, limit, context.now()).await?)
}

async fn send_to(
    context: &Context,
    endpoint: WebhookEndpointId,
) -> (WebhookEndpointId, Result<(), Failure>) {
    let done = take_up(context, endpoint).await;
    if let Err(error) = &done {
        let what = "What came of a webhook was not kept";
        context.report_about(what, &endpoint.to_string(), error);
    }
    (endpoint, done)
}

/// A delivery with its event, for an endpoint whose secrets were opened.
struct Parcel {
    delivery: WebhookDelivery,
    event: Event,
}

/// What came of a try.
struct Outcome {
    delivery: WebhookDeliveryId,
    attempt: WebhookAttempt,
    retry_after: Option<TimeDelta>,
}

/// Takes up what is due for an endpoint, sends it, a few at a time, and keeps what came of it.
async fn take_up(context: &Context, id: WebhookEndpointId) -> Result<(), Failure> {
    let now = context.now();
    let lease = DeliveryLease {
        endpoint: id,
        limit: TAKEN_TOGETHER,
        now,
        until: now + DELIVERY_LEASE,
    };
    let leased = store::webhook::lease(context.store.writer(), lease).await?;
    let (on, all) = (context.store.reader(), EndpointReach::ALL);
    let Some(endpoint) = store::webhook::endpoint(on, &all, id).await? else {
        // It was deleted since.
        return Ok(());
    };
    let secrets = secret::active(context, id).await?;
    let mut waiting = parcels(context, leased).await?.into_iter();
    let (began, mut outcomes) = (Instant::now(), Vec::new());
    let mut running = FuturesUnordered::new();
    let mut goes_on = true;
    loop {
        while goes_on && running.len() < PER_ENDPOINT && began.elapsed() < BEGIN_WITHIN {
            let Some(parcel) = waiting.next() else { break };
            running.push(send(context, &endpoint, &secrets, parcel));
        }
        match tokio::time::timeout(KEEP_AFTER, running.next()).await {
            Ok(Some(outcome)) => outcomes.push(outcome),
            Ok(None) => break,
            Err(_) => goes_on &= keep(context, id, std::mem::take(&mut outcomes)).await?,
        }
        // Somebody who does not take it may not want more of it either.
        let is_refused = |one: &Outcome| !one.attempt.answer.is_taken();
        if outcomes.last().is_some_and(is_refused) {
            goes_on &= keep(context, id, std::mem::take(&mut outcomes)).await?;
        }
    }
    keep(context, id, outcomes).await?;
    let left: Vec<_> = waiting.map(|parcel| parcel.delivery.id).collect();
    if !left.is_empty() {
        store::webhook::release(context.store.writer(), &left).await?;
    }
    Ok(())
}

/// Deliveries with their events; one that has none is told and left out.
async fn parcels(context: &Context, leased: Vec<WebhookDelivery>) -> Result<Vec<Parcel>, Failure> {
    let ids: Vec<_> = leased.iter().map(|delivery| delivery.event_id).collect();
    let events = store::event::get(context.store.reader(), &ids).await?;
    let mut events: HashMap<_, _> = events.into_iter().map(|event| (event.id, event)).collect();
    let with_event = |delivery: WebhookDelivery| {
        let event = events.remove(&delivery.event_id);
        if event.is_none() {
            // It keeps its lease, so that it is in nobody's way.
            let (what, fault) = ("A webhook cannot be sent", "a delivery has no event");
            context.report_about(what, &delivery.id.to_string(), &Failure::Fault(fault));
        }
        event.map(|event| Parcel { delivery, event })
    };
    Ok(leased.into_iter().filter_map(with_event).collect())
}

async fn send(
    context: &Context,
    endpoint: &WebhookEndpoint,
    secrets: &[WebhookSecret],
    parcel: Parcel,
) -> Outcome {
    let Parcel { delivery, event } = parcel;
    let (id, at, body) = (
        event.id.to_string(),
        context.now(),
        event.body().to_string(),
    );
    let signatures: Vec<String> = secrets
        .iter()
        .map(|secret| secret.sign(&id, at.timestamp(), &body))
        .collect();
    let message = WebhookMessage {
        url: &endpoint.url,
        id: &id,
        at,
        signatures: &signatures.join(" "),
        body: &body,
    };
    let began = Instant::now();
    let answer = context.webhooks.send(message).await;
    count(&answer);
    Outcome {
        delivery: delivery.id,
        attempt: WebhookAttempt {
            id: context.new_id(WebhookAttemptId::new),
            at,
            duration_ms: i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX),
            answer: answer.answer,
            body: answer.body,
        },
        retry_after: answer.retry_after,
    }
}

fn count(answer: &WebhookAnswer) {
    let outcome = if answer.answer.is_taken() {
        "taken"
    } else {
        "failed"
    };
    metrics::counter!("webhook_tries_total", "outcome" => outcome).increment(1);
}

/// Keeps what came of tries, and what it means for the endpoint; tells whether more may be sent to it.
async fn keep(
    context: &Context,
    id: WebhookEndpointId,
    outcomes: Vec<Outcome>,
) -> Result<bool, Failure> {
    if outcomes.is_empty() {
        return Ok(true);
    }
    let tx = context.store.begin().await?;
    let all = EndpointReach::ALL;
    let Some(mut endpoint) = store::webhook::lock_endpoint(&tx, &all, id).await? else {
        // It was deleted while this lasted.
        store::rollback(tx).await?;
        return Ok(false);
    };
    let ids: Vec<_> = outcomes.iter().map(|outcome| outcome.delivery).collect();
    let found = store::webhook::lock_deliveries(&tx, &ids).await?;
    let mut found: HashMap<_, _> = found.into_iter().map(|one| (one.id, one)).collect();
    for outcome in outcomes {
        let Some(delivery) = found.remove(&outcome.delivery) else {
            continue;
        };
        keep_one(context, &tx, &mut endpoint, delivery, &outcome).await?;
    }
    store::commit(tx, AuditExemption::Rule).await?;
    Ok(endpoint.state == EndpointState::Active)
}

async fn keep_one(
    context: &Context,
    tx: &Tx,
    endpoint: &mut WebhookEndpoint,
    mut delivery: WebhookDelivery,
    outcome: &Outcome,
) -> Result<(), Failure> {
    let attempt = &outcome.attempt;
    store::webhook::insert_attempt(tx, delivery.id, attempt).await?;
    // It was given up, or sent by somebody else, while this try lasted.
    if delivery.state == WebhookDeliveryState::Waiting {
        let chance = u16::from_le_bytes(context.random_bytes());
        delivery.tried(attempt.answer, outcome.retry_after, chance, context.now());
        store::webhook::save_delivery(tx, &delivery).await?;
    }
    learn(context, tx, endpoint, attempt).await
}

/// What a try says of its endpoint: it works, it fails, or it is to be disabled.
async fn learn(
    context: &Context,
    tx: &Tx,
    endpoint: &mut WebhookEndpoint,
    attempt: &WebhookAttempt,
) -> Result<(), Failure> {
    let before = endpoint.clone();
    let mut news = EndpointNews::Nothing;
    if attempt.answer.is_taken() {
        endpoint.succeeded();
    } else {
        news = endpoint.failed(attempt.answer, context.now());
    }
    if *endpoint == before {
        return Ok(());
    }
    if endpoint.state == EndpointState::Disabled {
        store::webhook::fail_waiting(tx, endpoint.id, context.now()).await?;
    }
    // Who edits an endpoint is not told that somebody else changed it because a try was made.
    endpoint.updated_at = context.now();
    store::webhook::save_endpoint(tx, endpoint).await?;
    let facts = EndpointFacts {
        webhook_endpoint_id: endpoint.id,
        failing_since: endpoint.failing_since,
    };
    let data = match news {
        EndpointNews::Nothing => return Ok(()),
        EndpointNews::Failing => EventData::EndpointFailing(facts),
        EndpointNews::Disabled => EventData::EndpointDisabled(facts),
    };
    tell_people(context, tx, endpoint).await?;
    event::record_of(context, tx, endpoint.school_id, data).await?;
    Ok(())
}
