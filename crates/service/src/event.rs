//! Recording what happened, in the transaction of its cause; webhooks are sent from these rows, and readers follow them.

mod follow;
mod place;

pub use follow::{follow, newest};
pub(crate) use place::place;

use chrono::{DateTime, Utc};
use domain::event::{Event, EventData};
use domain::{EventId, SchoolId};
use store::Tx;

use crate::{Context, Failure};

/// Records an event of a school's thing, whose lock the caller holds. Receivers are told its facts, the school and the
/// number of this event among those of its thing.
pub(crate) async fn record(
    context: &Context,
    tx: &Tx,
    school: SchoolId,
    data: EventData,
) -> Result<EventId, Failure> {
    record_of(context, tx, Some(school), data).await
}

/// As [`record`], for a thing that need not belong to a school.
pub(crate) async fn record_of(
    context: &Context,
    tx: &Tx,
    school: Option<SchoolId>,
    data: EventData,
) -> Result<EventId, Failure> {
    record_at(context, tx, school, data, context.now()).await
}

/// As [`record_of`], at the time of a clock that is not the installation's.
pub(crate) async fn record_at(
    context: &Context,
    tx: &Tx,
    school: Option<SchoolId>,
    data: EventData,
    at: DateTime<Utc>,
) -> Result<EventId, Failure> {
    let object = data.object();
    let sequence = store::event::next_sequence(tx, object).await?;
    let payload = serde_json::to_value(&data);
    let mut payload = payload.map_err(|_| Failure::Fault("an event cannot be written down"))?;
    payload["school_id"] = school.map(|school| school.to_string()).into();
    payload["sequence"] = sequence.into();
    let event = Event {
        id: context.new_id(EventId::new),
        school_id: school,
        object,
        kind: data.kind(),
        sequence,
        payload,
        at,
        position: None,
    };
    store::event::insert(tx, &event).await?;
    Ok(event.id)
}
