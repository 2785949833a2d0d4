//! What happened: added to in the transaction of its cause, put into one order afterwards, and read in that order.

use chrono::{DateTime, Utc};
use domain::EventId;
use domain::SchoolId;
use domain::access::Reach;
use domain::event::{Event, EventKind, EventObject};
use domain::page::{EventPlace, Page, PageRequest};
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::event::{Column, Entity, Model};
use crate::entity::event_position;
use crate::reach::within;
use crate::word::word;
use crate::{StoreError, Tx};

/// Adds an event.
pub async fn insert(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let row = Model {
        id: event.id.0,
        school_id: event.school_id.map(|school| school.0),
        object_type: event.object.kind().as_str().to_owned(),
        object_id: event.object.id(),
        kind: event.kind.as_str().to_owned(),
        sequence: event.sequence,
        payload: event.payload.clone(),
        at: event.at,
        position: event.position,
    };
    crate::row::insert(tx, row).await
}

fn event(row: Model) -> Result<Event, StoreError> {
    let object = word("events.object_type", &row.object_type)?;
    Ok(Event {
        id: EventId(row.id),
        school_id: row.school_id.map(SchoolId),
        object: EventObject::of(object, row.object_id),
        kind: word("events.kind", &row.kind)?,
        sequence: row.sequence,
        payload: row.payload,
        at: row.at,
        position: row.position,
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

/// Whether an event of one of these kinds happened to a thing at this moment or later.
pub async fn happened_since(
    on: &impl ConnectionTrait,
    object: EventObject,
    kinds: &[EventKind],
    since: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let kinds = kinds.iter().map(|kind| kind.as_str());
    let found = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ObjectId.eq(object.id()))
        .filter(Column::Kind.is_in(kinds))
        .filter(Column::At.gte(since))
        .limit(1);
    let id: Option<uuid::Uuid> = found.into_tuple().one(on).await?;
    Ok(id.is_some())
}

/// Events that have no position yet, in the order of their ids.
pub async fn unplaced(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<Event>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Position.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(event).collect()
}

/// Events of a school that have no position yet, in the order of their ids.
pub async fn unplaced_of(
    on: &impl ConnectionTrait,
    school: SchoolId,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let rows = Entity::find()
        .filter(Column::SchoolId.eq(school.0))
        .filter(Column::Position.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(event).collect()
}

/// Those of some events that are there.
pub async fn get(on: &impl ConnectionTrait, ids: &[EventId]) -> Result<Vec<Event>, StoreError> {
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    let rows = found.all(on).await?;
    rows.into_iter().map(event).collect()
}

/// Whether an event has no position yet.
pub async fn has_unplaced(on: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let found = Entity::find().select_only().column(Column::Id);
    let found = found.filter(Column::Position.is_null()).limit(1);
    let id: Option<uuid::Uuid> = found.into_tuple().one(on).await?;
    Ok(id.is_some())
}

/// The position that was given last, at this moment.
pub async fn latest_position(on: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let row = event_position::Entity::find_by_id(1).one(on).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("event_positions has no row"))?;
    Ok(row.latest)
}

/// The position that was given last. Every other copy that gives positions waits until `tx` ends.
pub async fn lock_latest_position(tx: &Tx) -> Result<i64, StoreError> {
    let row = event_position::Entity::find_by_id(1)
        .lock_exclusive()
        .one(tx)
        .await?;
    let row = row.ok_or_else(|| StoreError::corrupt("event_positions has no row"))?;
    Ok(row.latest)
}

/// Gives events the positions after `latest`, in their order; the caller holds [`lock_latest_position`]. Returns the last
/// of them.
pub async fn place(tx: &Tx, latest: i64, events: &mut [Event]) -> Result<i64, StoreError> {
    let (mut position, mut positions) = (latest, CaseStatement::new());
    for event in events.iter_mut() {
        position += 1;
        event.position = Some(position);
        positions = positions.case(Column::Id.eq(event.id.0), position);
    }
    Entity::update_many()
        .col_expr(Column::Position, positions.into())
        .filter(Column::Id.is_in(events.iter().map(|event| event.id.0)))
        .exec(tx)
        .await?;
    event_position::Entity::update_many()
        .col_expr(event_position::Column::Latest, Expr::value(position))
        .exec(tx)
        .await?;
    Ok(position)
}

/// A page of the events of the schools within reach, in the order of positions.
pub async fn page(
    on: &impl ConnectionTrait,
    reach: &Reach,
    page: &PageRequest<EventPlace>,
) -> Result<Page<Event>, StoreError> {
    let after = page.after().map_or(0, |place| place.0);
    let rows = Entity::find()
        .filter(within(Column::SchoolId, reach))
        .filter(Column::Position.gt(after))
        .order_by_asc(Column::Position)
        .limit(page.rows())
        .all(on)
        .await?;
    let events: Vec<Event> = rows.into_iter().map(event).collect::<Result<_, _>>()?;
    let place = |event: &Event| EventPlace(event.position.unwrap_or_default());
    Ok(page.page_of_stream(events, &EventPlace(0), place))
}
