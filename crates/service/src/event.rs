//! Recording what happened, in the transaction of its cause; webhooks are sent from these rows.

use domain::{EventId, SchoolId};
use serde_json::Value;
use store::Tx;
use store::entity::event;
use uuid::Uuid;

use crate::{Context, Failure};

/// What happened, and to what; the caller holds its lock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happening<'a> {
    /// The school it belongs to.
    pub(crate) school: SchoolId,
    /// The kind of thing.
    pub(crate) object_type: &'a str,
    /// The thing.
    pub(crate) object_id: Uuid,
    /// What happened, such as `order.paid`.
    pub(crate) kind: &'a str,
}

/// Records an event; `facts` are what receivers are told: ids, numbers and amounts, nothing about a person.
pub(crate) async fn record(
    context: &Context,
    tx: &Tx,
    happening: Happening<'_>,
    mut facts: Value,
) -> Result<EventId, Failure> {
    let id = context.new_id(EventId::new);
    let sequence = store::event::next_sequence(tx, happening.object_id).await?;
    facts["school_id"] = happening.school.to_string().into();
    facts["sequence"] = sequence.into();
    let row = event::Model {
        id: id.0,
        school_id: Some(happening.school.0),
        object_type: happening.object_type.to_owned(),
        object_id: happening.object_id,
        kind: happening.kind.to_owned(),
        sequence,
        payload: facts,
        at: context.now(),
    };
    store::insert(tx, row).await?;
    Ok(id)
}
