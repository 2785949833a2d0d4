//! Requests that must have their effect once, by the key that their caller chose.

use chrono::{DateTime, Utc};
use domain::IdempotencyId;
use sea_orm::prelude::Json;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use crate::entity::idempotency_key::{Column, Entity, Model};
use crate::{StoreError, Tx};

const RUNNING: &str = "running";
const DONE: &str = "done";

/// A request that must have its effect once.
#[derive(Debug, Clone, PartialEq)]
pub struct IdempotentRequest {
    /// The key of the row.
    pub id: IdempotencyId,
    /// Who asked.
    pub principal: String,
    /// The operation.
    pub route: String,
    /// The caller's key.
    pub key: String,
    /// The SHA-256 of all that the operation depends on.
    pub request_hash: Vec<u8>,
    /// The answer; `None` while the request runs.
    pub answer: Option<StoredAnswer>,
    /// When it first came.
    pub created_at: DateTime<Utc>,
    /// When it was last taken up.
    pub updated_at: DateTime<Utc>,
    /// When it is forgotten.
    pub expires_at: DateTime<Utc>,
}

/// The answer to replay.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Json,
}

fn row(request: &IdempotentRequest) -> Model {
    let answer = request.answer.as_ref();
    Model {
        id: request.id.0,
        principal: request.principal.clone(),
        route: request.route.clone(),
        key: request.key.clone(),
        request_hash: request.request_hash.clone(),
        state: answer.map_or(RUNNING, |_| DONE).to_owned(),
        status: answer.map(|answer| i32::from(answer.status)),
        body: answer.map(|answer| answer.body.clone()),
        created_at: request.created_at,
        updated_at: request.updated_at,
        expires_at: request.expires_at,
    }
}

fn request(row: Model) -> Result<IdempotentRequest, StoreError> {
    let status = row.status.map(u16::try_from).transpose();
    let status = status.map_err(|_| StoreError::corrupt("idempotency_keys.status"))?;
    let answer = match row.state.as_str() {
        RUNNING => None,
        DONE => Some(StoredAnswer {
            status: status.ok_or_else(|| StoreError::corrupt("idempotency_keys.status"))?,
            body: row
                .body
                .ok_or_else(|| StoreError::corrupt("idempotency_keys.body"))?,
        }),
        _ => return Err(StoreError::corrupt("idempotency_keys.state")),
    };
    Ok(IdempotentRequest {
        id: IdempotencyId(row.id),
        principal: row.principal,
        route: row.route,
        key: row.key,
        request_hash: row.request_hash,
        answer,
        created_at: row.created_at,
        updated_at: row.updated_at,
        expires_at: row.expires_at,
    })
}

/// Replaces a request; the caller holds its lock or took it up.
pub async fn save(tx: &Tx, request: &IdempotentRequest) -> Result<(), StoreError> {
    crate::row::save(tx, row(request)).await
}

/// Adds a request unless its key is taken; false where it is.
pub async fn insert_if_first(tx: &Tx, request: &IdempotentRequest) -> Result<bool, StoreError> {
    let added = Entity::insert(row(request).into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(added == 1)
}

/// The request of a caller's key, locked until `tx` ends.
pub async fn lock(
    tx: &Tx,
    principal: &str,
    route: &str,
    key: &str,
) -> Result<Option<IdempotentRequest>, StoreError> {
    let found = Entity::find()
        .filter(Column::Principal.eq(principal))
        .filter(Column::Route.eq(route))
        .filter(Column::Key.eq(key))
        .lock_exclusive()
        .one(tx);
    found.await?.map(request).transpose()
}

/// Forgets a request that came to nothing, unless somebody else took it up meanwhile.
pub async fn release(tx: &Tx, request: &IdempotentRequest) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Principal.eq(&request.principal))
        .filter(Column::Route.eq(&request.route))
        .filter(Column::Key.eq(&request.key))
        .filter(Column::State.eq(RUNNING))
        .filter(Column::UpdatedAt.eq(request.updated_at))
        .exec(tx)
        .await?;
    Ok(())
}
