//! What happened: added to, in the transaction of its cause.

use crate::entity::event::{Column, Entity, Model};
use crate::word::word;
use crate::{StoreError, Tx};
use domain::EventId;
use domain::SchoolId;
use domain::event::{Event, EventObject};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Adds an event.
pub async fn insert(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let row = Model {
        id: event.id.0,
        school_id: event.school_id.map(|school| school.0),
        object_type: event.object.type_word().to_owned(),
        object_id: event.object.id(),
        kind: event.kind.as_str().to_owned(),
        sequence: event.sequence,
        payload: event.payload.clone(),
        at: event.at,
    };
    crate::row::insert(tx, row).await
}

fn event(row: Model) -> Result<Event, StoreError> {
    let object = EventObject::parse(&row.object_type, row.object_id);
    Ok(Event {
        id: EventId(row.id),
        school_id: row.school_id.map(SchoolId),
        object: object.ok_or_else(|| StoreError::corrupt("events.object_type"))?,
        kind: word("events.kind", &row.kind)?,
        sequence: row.sequence,
        payload: row.payload,
        at: row.at,
    })
}

/// The number of the next event of a thing; the caller holds the thing's lock.
pub async fn next_sequence(tx: &Tx, object: EventObject) -> Result<i32, StoreError> {
    let latest: Option<Option<i32>> = Entity::find()
        .select_only()
        .column_as(Column::Sequence.max(), "latest")
        .filter(Column::ObjectId.eq(object.id()))
        .into_tuple()
        .one(tx)
        .await?;
    Ok(latest.flatten().unwrap_or(0) + 1)
}

/// What happened to a thing of a school, in order.
pub async fn of(
    on: &impl ConnectionTrait,
    school: SchoolId,
    object: EventObject,
) -> Result<Vec<Event>, StoreError> {
    let rows = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::ObjectId.eq(object.id()))
        .order_by_asc(Column::Sequence)
        .all(on)
        .await?;
    rows.into_iter().map(event).collect()
}
