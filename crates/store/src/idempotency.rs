//! Requests that must have their effect once, by the key that their caller chose.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use domain::IdempotencyId;
use sea_orm::prelude::Json;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Select,
};

use crate::entity::idempotency_key::{Column, Entity, Model};
use crate::{StoreError, Tx};

const RUNNING: &str = "running";
const DONE: &str = "done";
/// The schema wants a status with an outcome; it is not read.
const DONE_STATUS: i32 = 200;

/// A request that must have its effect once.
#[derive(Debug, Clone, PartialEq)]
pub struct IdempotentRequest {
    /// The key of the row.
    pub id: IdempotencyId,
    /// Whose key it is.
    pub principal: String,
    /// The operation.
    pub operation: String,
    /// The SHA-256 of the caller's key.
    pub key_hash: Vec<u8>,
    /// The keyed hash of all that the operation depends on.
    pub request_hash: Vec<u8>,
    /// What came of it; `None` while it runs.
    pub outcome: Option<Json>,
    /// When it first came.
    pub created_at: DateTime<Utc>,
    /// When it was last taken up.
    pub updated_at: DateTime<Utc>,
    /// When it is forgotten.
    pub expires_at: DateTime<Utc>,
}

/// What a key is found by.
#[derive(Debug, Clone, Copy)]
pub struct KeyName<'a> {
    /// Whose key it is.
    pub principal: &'a str,
    /// The operation.
    pub operation: &'a str,
    /// The SHA-256 of the key.
    pub key_hash: &'a [u8],
}

/// The principal of somebody who is not logged in: the keyed hash of the phone that they name.
pub fn principal_of_phone(index: &[u8]) -> String {
    format!("phone_{}", hex(index))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn row(request: &IdempotentRequest) -> Model {
    let is_done = request.outcome.is_some();
    Model {
        id: request.id.0,
        principal: request.principal.clone(),
        route: request.operation.clone(),
        key: hex(&request.key_hash),
        request_hash: request.request_hash.clone(),
        state: if is_done { DONE } else { RUNNING }.to_owned(),
        status: is_done.then_some(DONE_STATUS),
        body: request.outcome.clone(),
        created_at: request.created_at,
        updated_at: request.updated_at,
        expires_at: request.expires_at,
    }
}

fn request(row: Model, key_hash: &[u8]) -> IdempotentRequest {
    IdempotentRequest {
        id: IdempotencyId(row.id),
        principal: row.principal,
        operation: row.route,
        key_hash: key_hash.to_vec(),
        request_hash: row.request_hash,
        outcome: row.body.filter(|_| row.state == DONE),
        created_at: row.created_at,
        updated_at: row.updated_at,
        expires_at: row.expires_at,
    }
}

/// Replaces a request; the caller holds its lock or took it up.
pub async fn save(tx: &Tx, request: &IdempotentRequest) -> Result<(), StoreError> {
    crate::row::save(tx, row(request)).await
}

/// Adds a request unless its key is taken; false where it is. Waits for another transaction that is adding it.
pub async fn insert_if_first(tx: &Tx, request: &IdempotentRequest) -> Result<bool, StoreError> {
    let added = Entity::insert(row(request).into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(added == 1)
}

fn named(name: KeyName<'_>) -> Select<Entity> {
    Entity::find()
        .filter(Column::Principal.eq(name.principal))
        .filter(Column::Route.eq(name.operation))
        .filter(Column::Key.eq(hex(name.key_hash)))
}

/// The request of a caller's key.
pub async fn find(
    on: &impl ConnectionTrait,
    name: KeyName<'_>,
) -> Result<Option<IdempotentRequest>, StoreError> {
    let found = named(name).one(on).await?;
    Ok(found.map(|row| request(row, name.key_hash)))
}

/// The request of a caller's key, locked until `tx` ends.
pub async fn lock(tx: &Tx, name: KeyName<'_>) -> Result<Option<IdempotentRequest>, StoreError> {
    let found = named(name).lock_exclusive().one(tx).await?;
    Ok(found.map(|row| request(row, name.key_hash)))
}

/// Forgets a request that came to nothing, unless somebody else took it up meanwhile.
pub async fn release(tx: &Tx, request: &IdempotentRequest) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Principal.eq(&request.principal))
        .filter(Column::Route.eq(&request.operation))
        .filter(Column::Key.eq(hex(&request.key_hash)))
        .filter(Column::State.eq(RUNNING))
        .filter(Column::UpdatedAt.eq(request.updated_at))
        .exec(tx)
        .await?;
    Ok(())
}
