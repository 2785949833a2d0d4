//! Events on their way to endpoints, leased by those who send them.

use chrono::{DateTime, Utc};
use domain::page::{Page, PageRequest};
use domain::webhook::{EndpointState, WebhookDelivery, WebhookDeliveryState};
use domain::{EventId, SchoolId, WebhookDeliveryId, WebhookEndpointId};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, LockBehavior, LockType, OnConflict, Order, Query, SelectStatement,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entity::webhook_delivery::{Column, Entity, Model};
use crate::entity::webhook_endpoint;
use crate::word::word;
use crate::{StoreError, Tx};

fn read(row: &Model) -> Result<WebhookDelivery, StoreError> {
    Ok(WebhookDelivery {
        id: WebhookDeliveryId(row.id),
        endpoint_id: WebhookEndpointId(row.endpoint_id),
        event_id: EventId(row.event_id),
        school_id: row.school_id.map(SchoolId),
        kind: word("webhook_deliveries.kind", &row.kind)?,
        state: word("webhook_deliveries.state", &row.state)?,
        tries: row.tries,
        next_at: row.next_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn row(delivery: &WebhookDelivery) -> Model {
    Model {
        id: delivery.id.0,
        endpoint_id: delivery.endpoint_id.0,
        event_id: delivery.event_id.0,
        school_id: delivery.school_id.map(|school| school.0),
        kind: delivery.kind.as_str().to_owned(),
        state: delivery.state.as_str().to_owned(),
        tries: delivery.tries,
        next_at: delivery.next_at,
        leased_until: None,
        created_at: delivery.created_at,
        updated_at: delivery.updated_at,
    }
}

fn waiting() -> Condition {
    Condition::all().add(Column::State.eq(WebhookDeliveryState::Waiting.as_str()))
}

/// Adds deliveries.
pub async fn insert_deliveries(tx: &Tx, deliveries: &[WebhookDelivery]) -> Result<(), StoreError> {
    if deliveries.is_empty() {
        return Ok(());
    }
    let rows = deliveries
        .iter()
        .map(|delivery| row(delivery).into_active_model().reset_all());
    Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Replaces a delivery, whose lock the caller holds; its lease ends.
pub async fn save_delivery(tx: &Tx, delivery: &WebhookDelivery) -> Result<(), StoreError> {
    crate::row::save(tx, row(delivery)).await
}

/// A delivery; whose endpoint it is, is for the caller to ask.
pub async fn delivery(
    on: &impl ConnectionTrait,
    id: WebhookDeliveryId,
) -> Result<Option<WebhookDelivery>, StoreError> {
    let found = Entity::find_by_id(id.0).one(on);
    found.await?.as_ref().map(read).transpose()
}

/// Those of some deliveries that are still there, locked until `tx` ends, in the order of their ids.
pub async fn lock_deliveries(
    tx: &Tx,
    ids: &[WebhookDeliveryId],
) -> Result<Vec<WebhookDelivery>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    rows.iter().map(read).collect()
}

/// As [`delivery`], locked until `tx` ends.
pub async fn lock_delivery(
    tx: &Tx,
    id: WebhookDeliveryId,
) -> Result<Option<WebhookDelivery>, StoreError> {
    let found = Entity::find_by_id(id.0).lock_exclusive().one(tx);
    found.await?.as_ref().map(read).transpose()
}

/// A page of the deliveries of an endpoint in a state, or in any, the newest first.
pub async fn deliveries(
    on: &impl ConnectionTrait,
    endpoint: WebhookEndpointId,
    state: Option<WebhookDeliveryState>,
    page: &PageRequest<WebhookDeliveryId>,
) -> Result<Page<WebhookDelivery>, StoreError> {
    let mut query = Entity::find().filter(Column::EndpointId.eq(endpoint.0));
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    let rows = crate::keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let found: Vec<WebhookDelivery> = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(found, |delivery| delivery.id))
}

/// Active endpoints that something is due for and that are not `busy`, at most `limit`, the most overdue first.
///
/// It looks at the first of each endpoint's own queue alone, so that a long queue of one endpoint costs the others nothing.
pub async fn due_endpoints(
    on: &impl ConnectionTrait,
    busy: &[WebhookEndpointId],
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Vec<WebhookEndpointId>, StoreError> {
    let found = Entity::find()
        .select_only()
        .column(Column::EndpointId)
        .filter(Column::Id.in_subquery(heads(busy, now)))
        .order_by_asc(Column::NextAt)
        .limit(limit);
    let ids: Vec<Uuid> = found.into_tuple().all(on).await?;
    Ok(ids.into_iter().map(WebhookEndpointId).collect())
}

/// What a sender takes up of one endpoint's queue.
#[derive(Debug, Clone, Copy)]
pub struct DeliveryLease {
    /// The endpoint.
    pub endpoint: WebhookEndpointId,
    /// How many at most.
    pub limit: u64,
    /// Now.
    pub now: DateTime<Utc>,
    /// Until when they are leased.
    pub until: DateTime<Utc>,
}

/// Leases what is due for an endpoint, the most overdue first. Of several senders that ask at once each gets others.
pub async fn lease(
    on: &impl ConnectionTrait,
    lease: DeliveryLease,
) -> Result<Vec<WebhookDelivery>, StoreError> {
    let due = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::EndpointId.eq(lease.endpoint.0))
        .cond_where(is_due(lease.now))
        .order_by(Column::NextAt, Order::Asc)
        .limit(lease.limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let rows = Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(lease.until))
        .filter(Column::Id.in_subquery(due))
        .filter(is_free(lease.now))
        .exec_with_returning(on)
        .await?;
    let mut leased: Vec<WebhookDelivery> = rows.iter().map(read).collect::<Result<_, _>>()?;
    leased.sort_unstable_by_key(|delivery| (delivery.next_at, delivery.id));
    Ok(leased)
}

/// Ends the leases of deliveries that were not tried.
pub async fn release(
    on: &impl ConnectionTrait,
    deliveries: &[WebhookDeliveryId],
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.is_in(deliveries.iter().map(|id| id.0)))
        .exec(on)
        .await?;
    Ok(())
}

fn is_free(now: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(Column::LeasedUntil.is_null())
        .add(Column::LeasedUntil.lte(now))
}

fn is_due(now: DateTime<Utc>) -> Condition {
    waiting().add(Column::NextAt.lte(now)).add(is_free(now))
}

/// The due delivery that is next in the queue of each endpoint that is not `busy`.
fn heads(busy: &[WebhookEndpointId], now: DateTime<Utc>) -> SelectStatement {
    use webhook_endpoint::Column as E;
    let head = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(
            Expr::col((Entity, Column::EndpointId)).equals((webhook_endpoint::Entity, E::Id)),
        )
        .cond_where(is_due(now))
        .order_by(Column::NextAt, Order::Asc)
        .limit(1)
        .to_owned();
    let busy = busy.iter().map(|endpoint| endpoint.0);
    Query::select()
        .expr_as(
            Expr::SubQuery(None, Box::new(head.into())),
            Alias::new("head"),
        )
        .from(webhook_endpoint::Entity)
        .and_where(E::State.eq(EndpointState::Active.as_str()))
        .and_where(E::Id.is_not_in(busy))
        .to_owned()
}

/// Puts every failed delivery of an endpoint since a moment back into the queue; how many.
pub async fn replay(
    tx: &Tx,
    endpoint: WebhookEndpointId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let changed = Entity::update_many()
        .col_expr(
            Column::State,
            Expr::value(WebhookDeliveryState::Waiting.as_str()),
        )
        .col_expr(Column::Tries, Expr::value(0))
        .col_expr(Column::NextAt, Expr::value(now))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::EndpointId.eq(endpoint.0))
        .filter(Column::State.eq(WebhookDeliveryState::Failed.as_str()))
        .filter(Column::CreatedAt.gte(since))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected)
}

/// Gives up everything that waits for an endpoint.
pub async fn fail_waiting(
    tx: &Tx,
    endpoint: WebhookEndpointId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(
            Column::State,
            Expr::value(WebhookDeliveryState::Failed.as_str()),
        )
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::EndpointId.eq(endpoint.0))
        .filter(waiting())
        .exec(tx)
        .await?;
    Ok(())
}
