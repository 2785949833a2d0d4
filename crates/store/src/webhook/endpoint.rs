//! Endpoints and their secrets.

use chrono::{DateTime, Utc};
use domain::page::{Page, PageRequest};
use domain::webhook::{EndpointDisabledReason, EndpointReach, EndpointState, WebhookEndpoint};
use domain::{AccountId, IntegratorId, SchoolId, Sealed, WebhookEndpointId, WebhookSecretId};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::webhook_endpoint::{Column, Entity, Model};
use crate::entity::{webhook_attempt, webhook_delivery, webhook_secret};
use crate::json::{from_json, to_json};
use crate::word::{optional_word, word};
use crate::{StoreError, Tx};

fn read(row: Model) -> Result<WebhookEndpoint, StoreError> {
    let reason = row.disabled_reason.as_deref();
    Ok(WebhookEndpoint {
        id: WebhookEndpointId(row.id),
        school_id: row.school_id.map(SchoolId),
        url: row.url,
        kinds: from_json("webhook_endpoints.kinds", row.kinds)?,
        description: row.description,
        state: word("webhook_endpoints.state", &row.state)?,
        disabled_reason: optional_word("webhook_endpoints.disabled_reason", reason)?,
        failing_since: row.failing_since,
        failing_told_at: row.failing_told_at,
        created_by: row.created_by.map(AccountId),
        integrator_id: row.integrator_id.map(IntegratorId),
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn row(endpoint: &WebhookEndpoint) -> Result<Model, StoreError> {
    let reason = endpoint.disabled_reason;
    Ok(Model {
        id: endpoint.id.0,
        school_id: endpoint.school_id.map(|school| school.0),
        url: endpoint.url.clone(),
        kinds: to_json("webhook_endpoints.kinds", &endpoint.kinds)?,
        description: endpoint.description.clone(),
        state: endpoint.state.as_str().to_owned(),
        disabled_reason: reason.map(|reason| reason.as_str().to_owned()),
        failing_since: endpoint.failing_since,
        failing_told_at: endpoint.failing_told_at,
        created_by: endpoint.created_by.map(|account| account.0),
        integrator_id: endpoint.integrator_id.map(|integrator| integrator.0),
        version: endpoint.version,
        created_at: endpoint.created_at,
        updated_at: endpoint.updated_at,
    })
}

/// Those within reach.
fn within(reach: &EndpointReach) -> Condition {
    let own = reach.integrator.map(|id| Column::IntegratorId.eq(id.0));
    crate::reach::within(Column::SchoolId, &reach.schools).add_option(own)
}

/// Adds an endpoint.
pub async fn insert_endpoint(tx: &Tx, endpoint: &WebhookEndpoint) -> Result<(), StoreError> {
    crate::row::insert(tx, row(endpoint)?).await
}

/// Replaces an endpoint, whose lock the caller holds.
pub async fn save_endpoint(tx: &Tx, endpoint: &WebhookEndpoint) -> Result<(), StoreError> {
    crate::row::save(tx, row(endpoint)?).await
}

/// An endpoint within reach.
pub async fn endpoint(
    on: &impl ConnectionTrait,
    reach: &EndpointReach,
    id: WebhookEndpointId,
) -> Result<Option<WebhookEndpoint>, StoreError> {
    let found = Entity::find_by_id(id.0).filter(within(reach)).one(on);
    found.await?.map(read).transpose()
}

/// As [`endpoint`], locked until `tx` ends.
pub async fn lock_endpoint(
    tx: &Tx,
    reach: &EndpointReach,
    id: WebhookEndpointId,
) -> Result<Option<WebhookEndpoint>, StoreError> {
    let found = Entity::find_by_id(id.0)
        .filter(within(reach))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read).transpose()
}

/// A page of the endpoints within reach, the newest first.
pub async fn endpoints(
    on: &impl ConnectionTrait,
    reach: &EndpointReach,
    page: &PageRequest<WebhookEndpointId>,
) -> Result<Page<WebhookEndpoint>, StoreError> {
    let query = Entity::find().filter(within(reach));
    let rows = crate::keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let found: Vec<WebhookEndpoint> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(page.page(found, |endpoint| endpoint.id))
}

/// How many endpoints a school has; for `None`, how many there are for every school.
pub async fn count_endpoints(
    on: &impl ConnectionTrait,
    school: Option<SchoolId>,
) -> Result<u64, StoreError> {
    let of_owner = match school {
        Some(school) => Column::SchoolId.eq(school.0),
        None => Column::SchoolId.is_null(),
    };
    Ok(Entity::find().filter(of_owner).count(on).await?)
}

/// The active endpoints of an integrator, locked until `tx` ends.
pub async fn lock_active_of(
    tx: &Tx,
    integrator: IntegratorId,
) -> Result<Vec<WebhookEndpoint>, StoreError> {
    let rows = Entity::find()
        .filter(Column::IntegratorId.eq(integrator.0))
        .filter(Column::State.eq(EndpointState::Active.as_str()))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    rows.into_iter().map(read).collect()
}

/// How many endpoints within reach are failing and people were told, or were disabled by the system after a moment.
pub async fn count_failing(
    on: &impl ConnectionTrait,
    reach: &EndpointReach,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let by_system = [
        EndpointDisabledReason::Gone,
        EndpointDisabledReason::Failing,
    ];
    let is_disabled = Condition::all()
        .add(Column::DisabledReason.is_in(by_system.map(EndpointDisabledReason::as_str)))
        .add(Column::UpdatedAt.gte(since));
    let is_failing = Condition::any()
        .add(Column::FailingToldAt.is_not_null())
        .add(is_disabled);
    let found = Entity::find().filter(within(reach)).filter(is_failing);
    Ok(found.count(on).await?)
}

/// Deletes an endpoint, whose lock the caller holds, with its secrets, what waits for it, and its log.
pub async fn delete_endpoint(tx: &Tx, id: WebhookEndpointId) -> Result<(), StoreError> {
    let deliveries = Query::select()
        .column(webhook_delivery::Column::Id)
        .from(webhook_delivery::Entity)
        .and_where(webhook_delivery::Column::EndpointId.eq(id.0))
        .to_owned();
    webhook_attempt::Entity::delete_many()
        .filter(webhook_attempt::Column::DeliveryId.in_subquery(deliveries))
        .exec(tx)
        .await?;
    webhook_delivery::Entity::delete_many()
        .filter(webhook_delivery::Column::EndpointId.eq(id.0))
        .exec(tx)
        .await?;
    webhook_secret::Entity::delete_many()
        .filter(webhook_secret::Column::EndpointId.eq(id.0))
        .exec(tx)
        .await?;
    Entity::delete_by_id(id.0).exec(tx).await?;
    Ok(())
}

/// Every active endpoint that may be told of events of these schools: theirs, and those of every school.
pub async fn active_endpoints(
    on: &impl ConnectionTrait,
    schools: &[SchoolId],
) -> Result<Vec<WebhookEndpoint>, StoreError> {
    let of_them = Condition::any()
        .add(Column::SchoolId.is_null())
        .add(Column::SchoolId.is_in(schools.iter().map(|school| school.0)));
    let rows = Entity::find()
        .filter(Column::State.eq(EndpointState::Active.as_str()))
        .filter(of_them)
        .all(on)
        .await?;
    rows.into_iter().map(read).collect()
}

/// A secret of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointSecret {
    /// The key.
    pub id: WebhookSecretId,
    /// Its endpoint.
    pub endpoint_id: WebhookEndpointId,
    /// The secret.
    pub sealed: Sealed,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it does not sign; `None` for the newest.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Adds a secret.
pub async fn insert_secret(tx: &Tx, secret: EndpointSecret) -> Result<(), StoreError> {
    let row = webhook_secret::Model {
        id: secret.id.0,
        endpoint_id: secret.endpoint_id.0,
        secret_sealed: secret.sealed.into(),
        created_at: secret.created_at,
        expires_at: secret.expires_at,
    };
    crate::row::insert(tx, row).await
}

/// The secrets of an endpoint that sign at a moment, the newest first.
pub async fn secrets(
    on: &impl ConnectionTrait,
    endpoint: WebhookEndpointId,
    now: DateTime<Utc>,
) -> Result<Vec<EndpointSecret>, StoreError> {
    use webhook_secret::Column as C;
    let signs = Condition::any()
        .add(C::ExpiresAt.is_null())
        .add(C::ExpiresAt.gt(now));
    let rows = webhook_secret::Entity::find()
        .filter(C::EndpointId.eq(endpoint.0))
        .filter(signs)
        .order_by_desc(C::Id)
        .all(on)
        .await?;
    let read = |row: webhook_secret::Model| EndpointSecret {
        id: WebhookSecretId(row.id),
        endpoint_id: WebhookEndpointId(row.endpoint_id),
        sealed: row.secret_sealed.into(),
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Has the newest secret of an endpoint end at a moment, and deletes those that were to end before.
pub async fn expire_secrets(
    tx: &Tx,
    endpoint: WebhookEndpointId,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    use webhook_secret::Column as C;
    webhook_secret::Entity::delete_many()
        .filter(C::EndpointId.eq(endpoint.0))
        .filter(C::ExpiresAt.is_not_null())
        .exec(tx)
        .await?;
    webhook_secret::Entity::update_many()
        .col_expr(C::ExpiresAt, Expr::value(until))
        .filter(C::EndpointId.eq(endpoint.0))
        .exec(tx)
        .await?;
    Ok(())
}
