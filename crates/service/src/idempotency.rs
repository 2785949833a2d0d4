//! Requests that must have their effect once: the same key gives the same answer.
//!
//! Only a success is kept, and its effect is keyed by its own rows; so a request that died half-way, or that a
//! provider did not answer, can simply be made again. Source: docs/sources.md#idempotency.

use domain::audit::AuditExemption;
use std::future::Future;

use chrono::TimeDelta;
use domain::{AccountId, IdempotencyId, ProblemCode, Refusal};
use providers::keys::{is_same, sha256};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::StoreError;
use store::idempotency::{IdempotentRequest, StoredAnswer};

use crate::{Context, Failure};

/// A request that has run for so long is taken up by whoever asks again.
const STALE_AFTER: TimeDelta = TimeDelta::seconds(60);
/// When to ask again for the answer to a request that still runs.
const RETRY_AFTER: TimeDelta = TimeDelta::seconds(2);
/// How long answers about payments are kept.
const KEPT_FOR: TimeDelta = TimeDelta::days(7);
/// The status of the answers that are kept: something was made.
const CREATED: u16 = 201;

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
    Run(IdempotentRequest),
    Replay(StoredAnswer),
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
        Begun::Replay(answer) => {
            let value = serde_json::from_value(answer.body);
            return Ok(Answer {
                value: value.map_err(|_| StoreError::corrupt("idempotency_keys.body"))?,
                is_replayed: true,
            });
        }
    };
    let done = work.await;
    let tx = context.store.begin().await?;
    match &done {
        Ok(value) => {
            let row = IdempotentRequest {
                answer: Some(StoredAnswer {
                    status: CREATED,
                    body: serde_json::json!(value),
                }),
                updated_at: context.now(),
                ..row
            };
            store::idempotency::save(&tx, &row).await?;
        }
        Err(_) => store::idempotency::release(&tx, &row).await?,
    }
    store::commit(tx, AuditExemption::Housekeeping).await?;
    done.map(|value| Answer {
        value,
        is_replayed: false,
    })
}

async fn begin(context: &Context, request: Request<'_>) -> Result<Begun, Failure> {
    let now = context.now();
    let fresh = fresh_row(context, request);
    let tx = context.store.begin().await?;
    if store::idempotency::insert_if_first(&tx, &fresh).await? {
        store::commit(tx, AuditExemption::Housekeeping).await?;
        return Ok(Begun::Run(fresh));
    }
    let found = store::idempotency::lock(&tx, &fresh.principal, &fresh.route, &fresh.key).await?;
    // Whoever had the key may have given it back between the two statements.
    let found = found.ok_or_else(in_progress)?;
    let is_forgotten = found.expires_at <= now;
    if !is_forgotten && !is_same(&found.request_hash, &fresh.request_hash) {
        return Err(ProblemCode::RequestKeyReused.into());
    }
    if !is_forgotten && let Some(answer) = found.answer {
        return Ok(Begun::Replay(answer));
    }
    if !is_forgotten && found.updated_at > now - STALE_AFTER {
        return Err(in_progress());
    }
    let taken_up = IdempotentRequest {
        id: found.id,
        ..fresh
    };
    store::idempotency::save(&tx, &taken_up).await?;
    store::commit(tx, AuditExemption::Housekeeping).await?;
    Ok(Begun::Run(taken_up))
}

fn in_progress() -> Failure {
    Refusal::until(ProblemCode::RequestInProgress, RETRY_AFTER).into()
}

fn fresh_row(context: &Context, request: Request<'_>) -> IdempotentRequest {
    let now = context.now();
    IdempotentRequest {
        id: context.new_id(IdempotencyId::new),
        principal: request.caller.to_string(),
        route: request.operation.to_owned(),
        key: request.key.to_owned(),
        request_hash: sha256(request.content.as_bytes()).to_vec(),
        answer: None,
        created_at: now,
        updated_at: now,
        expires_at: now + KEPT_FOR,
    }
}
