//! Sending what is due: leased from the queue, sent outside any transaction, and its outcome kept in a short one.

use std::collections::HashMap;
use std::pin::pin;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::audit::AuditExemption;
use domain::event::{EndpointFacts, EventData};
use domain::webhook::{
    AT_ONCE, DELIVERY_LEASE, EndpointNews, EndpointReach, EndpointState, PER_ENDPOINT,
    WebhookAttempt, WebhookDelivery, WebhookDeliveryState, WebhookEndpoint,
};
use domain::{WebhookAttemptId, WebhookEndpointId};
use futures_util::future::FusedFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use providers::webhook::{WebhookAnswer, WebhookMessage};
use store::Tx;
use store::webhook::DeliveryClaim;

use super::secret;
use super::tell::tell_people;
use crate::{Context, Failure, event};

/// How often new work is looked for while other work lasts.
const LOOK: Duration = Duration::from_secs(1);

/// Sends all deliveries that are due. While some wait for slow receivers, others are taken up as they become due.
///
/// One copy of the server does this at a time, as a job; leases of deliveries keep a second one apart whose job was taken
/// over.
///
/// # Errors
/// The first failure; the other deliveries are sent all the same.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let (mut first, mut under_way) = (Ok(()), HashMap::new());
    let mut running = FuturesUnordered::new();
    // Polled beside the deliveries: one of them may hold the connection that the claim waits for.
    let mut claiming = pin!(claim(context, Vec::new(), AT_ONCE).fuse());
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            claimed = &mut claiming, if !claiming.is_terminated() => {
                let claimed = match claimed {
                    Ok(claimed) => claimed,
                    Err(error) => {
                        first = first.and(Err(error));
                        Vec::new()
                    }
                };
                if claimed.is_empty() {
                    if running.is_empty() {
                        return first;
                    }
                    continue;
                }
                for delivery in claimed {
                    *under_way.entry(delivery.endpoint_id).or_insert(0) += 1;
                    running.push(Box::pin(one(context, delivery)));
                }
            }
            Some((endpoint, done)) = running.next() => {
                if let Some(count) = under_way.get_mut(&endpoint) {
                    *count -= 1;
                }
                first = first.and(done);
            }
            _ = looks.tick() => {}
        }
        let free = AT_ONCE.saturating_sub(running.len());
        if free > 0 && claiming.is_terminated() {
            let full = under_way
                .iter()
                .filter(|(_, count)| **count >= PER_ENDPOINT);
            let full = full.map(|(endpoint, _)| *endpoint).collect();
            claiming.set(claim(context, full, free).fuse());
        }
    }
}

async fn claim(
    context: &Context,
    busy: Vec<WebhookEndpointId>,
    free: usize,
) -> Result<Vec<WebhookDelivery>, Failure> {
    let now = context.now();
    let claim = DeliveryClaim {
        busy: &busy,
        limit: u64::try_from(free).unwrap_or(u64::MAX),
        now,
        until: now + DELIVERY_LEASE,
    };
    Ok(store::webhook::claim(context.store.writer(), claim).await?)
}

async fn one(
    context: &Context,
    delivery: WebhookDelivery,
) -> (WebhookEndpointId, Result<(), Failure>) {
    let endpoint = delivery.endpoint_id;
    let done = deliver(context, delivery).await;
    if let Err(error) = &done {
        let what = "What came of a webhook was not kept";
        context.report_about(what, &endpoint.to_string(), error);
    }
    (endpoint, done)
}

async fn deliver(context: &Context, delivery: WebhookDelivery) -> Result<(), Failure> {
    let on = context.store.reader();
    let all = EndpointReach::ALL;
    let Some(endpoint) = store::webhook::endpoint(on, &all, delivery.endpoint_id).await? else {
        // It was deleted since the delivery was leased.
        return Ok(());
    };
    let event = store::event::get(on, delivery.event_id).await?;
    let event = event.ok_or(Failure::Fault("a delivery has no event"))?;
    let secrets = secret::active(context, endpoint.id).await?;
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
    let attempt = WebhookAttempt {
        id: context.new_id(WebhookAttemptId::new),
        at,
        duration_ms: i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX),
        answer: answer.answer,
        body: answer.body.clone(),
    };
    count(&answer);
    keep(context, &delivery, attempt, answer.retry_after).await
}

fn count(answer: &WebhookAnswer) {
    let outcome = if answer.answer.is_taken() {
        "taken"
    } else {
        "failed"
    };
    metrics::counter!("webhook_tries_total", "outcome" => outcome).increment(1);
}

/// Keeps what came of a try, and what it means for the endpoint.
async fn keep(
    context: &Context,
    tried: &WebhookDelivery,
    attempt: WebhookAttempt,
    retry_after: Option<TimeDelta>,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let all = EndpointReach::ALL;
    let endpoint = store::webhook::lock_endpoint(&tx, &all, tried.endpoint_id).await?;
    let delivery = store::webhook::lock_delivery(&tx, tried.id).await?;
    let Some((endpoint, mut delivery)) = endpoint.zip(delivery) else {
        // It was deleted while this try lasted.
        return Ok(store::rollback(tx).await?);
    };
    store::webhook::insert_attempt(&tx, delivery.id, &attempt).await?;
    // It was given up, or sent by somebody else, while this try lasted.
    if delivery.state == WebhookDeliveryState::Waiting {
        let chance = u16::from_le_bytes(context.random_bytes());
        delivery.tried(attempt.answer, retry_after, chance, context.now());
        store::webhook::save_delivery(&tx, &delivery).await?;
    }
    learn(context, &tx, endpoint, &attempt).await?;
    Ok(store::commit(tx, AuditExemption::Rule).await?)
}

/// What a try says of its endpoint: it works, it fails, or it is to be disabled.
async fn learn(
    context: &Context,
    tx: &Tx,
    mut endpoint: WebhookEndpoint,
    attempt: &WebhookAttempt,
) -> Result<(), Failure> {
    let before = endpoint.clone();
    let mut news = EndpointNews::Nothing;
    if attempt.answer.is_taken() {
        endpoint.succeeded();
    } else {
        news = endpoint.failed(attempt.answer, context.now());
    }
    if endpoint == before {
        return Ok(());
    }
    if endpoint.state == EndpointState::Disabled {
        store::webhook::fail_waiting(tx, endpoint.id, context.now()).await?;
    }
    // Who edits an endpoint is not told that somebody else changed it because a try was made.
    endpoint.updated_at = context.now();
    store::webhook::save_endpoint(tx, &endpoint).await?;
    let facts = EndpointFacts {
        webhook_endpoint_id: endpoint.id,
        failing_since: endpoint.failing_since,
    };
    let data = match news {
        EndpointNews::Nothing => return Ok(()),
        EndpointNews::Failing => EventData::EndpointFailing(facts),
        EndpointNews::Disabled => EventData::EndpointDisabled(facts),
    };
    tell_people(context, tx, &endpoint).await?;
    event::record_of(context, tx, endpoint.school_id, data).await?;
    Ok(())
}
