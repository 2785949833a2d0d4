//! Putting events into the one order in which they are read, and into the queues of the endpoints that are told of them.
//! docs/decisions/0041 and 0045.

use domain::audit::AuditExemption;
use domain::event::Event;
use domain::webhook::{WebhookDelivery, WebhookDeliveryState, WebhookEndpoint};
use domain::{SchoolId, WebhookDeliveryId};
use store::Tx;

use crate::{Context, Failure};

/// How many events one transaction places: a writer never waits long for it.
const BATCH: u64 = 200;
/// How many batches one round places.
const BATCHES: usize = 50;
/// How many deliveries one statement adds: it has a parameter for each value.
const INSERTED: usize = 500;

/// Gives every committed event that has none a position, higher than all before it.
///
/// Positions are given after the commit and by one copy at a time, so that a reader who has read up to a position has
/// missed none below it.
///
/// # Errors
/// Where the database fails; what was placed before stays placed.
pub(crate) async fn place(context: &Context) -> Result<(), Failure> {
    for _ in 0..BATCHES {
        if !store::event::has_unplaced(context.store.reader()).await? {
            return Ok(());
        }
        let tx = context.store.begin().await?;
        let latest = store::event::lock_latest_position(&tx).await?;
        let mut events = store::event::unplaced(&tx, BATCH).await?;
        if events.is_empty() {
            return Ok(store::rollback(tx).await?);
        }
        store::event::place(&tx, latest, &mut events).await?;
        hand_out(context, &tx, &events).await?;
        store::commit(tx, AuditExemption::Housekeeping).await?;
    }
    Ok(())
}

/// Puts events into the queue of each endpoint that is told of them.
async fn hand_out(context: &Context, tx: &Tx, events: &[Event]) -> Result<(), Failure> {
    let mut schools: Vec<SchoolId> = events.iter().filter_map(|event| event.school_id).collect();
    schools.sort_unstable();
    schools.dedup();
    let endpoints = store::webhook::active_endpoints(tx, &schools).await?;
    let mut deliveries = Vec::new();
    for event in events {
        let wants = |one: &&WebhookEndpoint| one.wants(event.school_id, event.kind);
        let told = endpoints.iter().filter(wants);
        deliveries.extend(told.map(|endpoint| delivery(context, event, endpoint)));
    }
    for some in deliveries.chunks(INSERTED) {
        store::webhook::insert_deliveries(tx, some).await?;
    }
    Ok(())
}

fn delivery(context: &Context, event: &Event, endpoint: &WebhookEndpoint) -> WebhookDelivery {
    let now = context.now();
    WebhookDelivery {
        id: context.new_id(WebhookDeliveryId::new),
        endpoint_id: endpoint.id,
        event_id: event.id,
        kind: event.kind,
        school_id: event.school_id,
        state: WebhookDeliveryState::Waiting,
        tries: 0,
        next_at: now,
        created_at: now,
        updated_at: now,
    }
}
