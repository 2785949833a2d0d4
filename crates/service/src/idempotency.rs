//! Requests that must have their effect once: the same key gives the same answer.
//!
//! Only a success is kept, and its effect is keyed by its own rows; so a request that died half-way, or that a
//! provider did not answer, can simply be made again. Source: docs/sources.md#idempotency.

use std::future::Future;

use chrono::TimeDelta;
use domain::{AccountId, IdempotencyId, ProblemCode, Refusal};
use providers::keys::{is_same, sha256};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::StoreError;
use store::entity::idempotency_key::Model;

use crate::{Context, Failure};

/// A request that has run for so long is taken up by whoever asks again.
const STALE_AFTER: TimeDelta = TimeDelta::seconds(60);
/// When to ask again for the answer to a request that still runs.
const RETRY_AFTER: TimeDelta = TimeDelta::seconds(2);
/// How long answers about payments are kept.
const KEPT_FOR: TimeDelta = TimeDelta::days(7);
/// The status of the answers that are kept: something was made.
const CREATED: i32 = 201;

/// A request with the key that its caller chose.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    /// Who asks.
    pub(crate) caller: AccountId,
    /// The operation, as in the API document.
    pub(crate) operation: &'a str,
    /// The caller's key.
    pub(crate) key: &'a str,
    /// All that the operation depends on.
    pub(crate) content: &'a str,
}

/// An answer, and whether it was given before.
#[derive(Debug, Clone)]
pub(crate) struct Answer<T> {
    /// The answer.
    pub(crate) value: T,
    /// Whether the request was made before.
    pub(crate) is_replayed: bool,
}

enum Begun {
    Run(Model),
    Replay(Model),
}

/// Does `work` unless the same request was answered before; then gives that answer.
///
/// # Errors
/// `request.idempotency_key_reused`, `request.in_progress`, and those of `work`, which are not kept.
pub(crate) async fn once<T: Serialize + DeserializeOwned>(
    context: &Context,
    request: Request<'_>,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<Answer<T>, Failure> {
    let row = match begin(context, request).await? {
        Begun::Run(row) => row,
        Begun::Replay(row) => {
            let value = row.body.and_then(|body| serde_json::from_value(body).ok());
            return Ok(Answer {
                value: value.ok_or_else(|| StoreError::Corrupt {
                    what: "idempotency_keys.body".into(),
                })?,
                is_replayed: true,
            });
        }
    };
    let done = work.await;
    let tx = context.store.begin().await?;
    match &done {
        Ok(value) => {
            let row = Model {
                state: "done".to_owned(),
                status: Some(CREATED),
                body: Some(serde_json::json!(value)),
                updated_at: context.now(),
                ..row
            };
            store::save(&tx, row).await?;
        }
        Err(_) => store::idempotency::release(&tx, &row).await?,
    }
    store::commit(tx).await?;
    done.map(|value| Answer {
        value,
        is_replayed: false,
    })
}

async fn begin(context: &Context, request: Request<'_>) -> Result<Begun, Failure> {
    let now = context.now();
    let fresh = fresh_row(context, request);
    let tx = context.store.begin().await?;
    if store::idempotency::insert_if_first(&tx, fresh.clone()).await? {
        store::commit(tx).await?;
        return Ok(Begun::Run(fresh));
    }
    let found = store::idempotency::lock(&tx, &fresh.principal, &fresh.route, &fresh.key).await?;
    // Whoever had the key may have given it back between the two statements.
    let found = found.ok_or_else(in_progress)?;
    let is_forgotten = found.expires_at <= now;
    if !is_forgotten && !is_same(&found.request_hash, &fresh.request_hash) {
        return Err(ProblemCode::RequestKeyReused.into());
    }
    if !is_forgotten && found.state == "done" {
        return Ok(Begun::Replay(found));
    }
    if !is_forgotten && found.updated_at > now - STALE_AFTER {
        return Err(in_progress());
    }
    let taken_up = Model {
        id: found.id,
        ..fresh
    };
    store::save(&tx, taken_up.clone()).await?;
    store::commit(tx).await?;
    Ok(Begun::Run(taken_up))
}

fn in_progress() -> Failure {
    Refusal::until(ProblemCode::RequestInProgress, RETRY_AFTER).into()
}

fn fresh_row(context: &Context, request: Request<'_>) -> Model {
    let now = context.now();
    Model {
        id: context.new_id(IdempotencyId::new).0,
        principal: request.caller.to_string(),
        route: request.operation.to_owned(),
        key: request.key.to_owned(),
        request_hash: sha256(request.content.as_bytes()).to_vec(),
        state: "running".to_owned(),
        status: None,
        body: None,
        created_at: now,
        updated_at: now,
        expires_at: now + KEPT_FOR,
    }
}
