//! Recording what happened, in the transaction of its cause; webhooks are sent from these rows.

use domain::event::{Event, EventKind, EventObject};
use domain::{EventId, SchoolId};
use serde_json::Value;
use store::Tx;

use crate::{Context, Failure};

/// What happened, and to what; the caller holds its lock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happening {
    /// The school it belongs to.
    pub(crate) school: SchoolId,
    /// What it happened to.
    pub(crate) object: EventObject,
    /// What happened.
    pub(crate) kind: EventKind,
}

/// Records an event; `facts` are what receivers are told: ids, numbers and amounts, nothing about a person.
pub(crate) async fn record(
    context: &Context,
    tx: &Tx,
    happening: Happening,
    mut facts: Value,
) -> Result<EventId, Failure> {
    let sequence = store::event::next_sequence(tx, happening.object).await?;
    facts["school_id"] = happening.school.to_string().into();
    facts["sequence"] = sequence.into();
    let event = Event {
        id: context.new_id(EventId::new),
        school_id: Some(happening.school),
        object: happening.object,
        kind: happening.kind,
        sequence,
        payload: facts,
        at: context.now(),
    };
    store::event::insert(tx, &event).await?;
    Ok(event.id)
}
