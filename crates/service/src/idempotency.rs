//! Requests that must have their effect once: the same key of the same caller gives the same outcome. One mechanism for
//! students, staff, integrators and people who are not logged in; docs/decisions/0046.
//!
//! [`Claim::once`] is for a change that one transaction makes: the key is taken and the outcome stored in that transaction,
//! so that both are there or neither is. [`Claim::once_across_calls`] is for work that asks a provider in between. Only a
//! success is kept, so that what was refused can be tried again. Source: docs/sources.md#idempotency.

use std::future::Future;
use std::ops::Deref;

use chrono::TimeDelta;
use domain::access::Actor;
use domain::audit::AuditExemption;
use domain::{AccountId, IdempotencyId, ProblemCode, Refusal};
use providers::keys::{BlindIndex, hash_under, is_same, sha256};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::audit::Audited;
use store::idempotency::{IdempotentRequest, KeyName, principal_of_phone};
use store::{StoreError, Tx};

use crate::{Context, Failure};

/// Work across calls that has run for so long is done again for a request that repeats it.
const STALE_AFTER: TimeDelta = TimeDelta::seconds(60);
/// When to ask again for the outcome of a request that still runs.
const RETRY_AFTER: TimeDelta = TimeDelta::seconds(2);
/// How long outcomes are kept.
const KEPT_FOR: TimeDelta = TimeDelta::days(7);

/// A request as it was sent, with the key that its caller chose. The default has no key: it counts by itself.
#[derive(Debug, Clone, Default)]
pub struct KeyedRequest {
    /// The method and the pattern of the path; a key counts for one operation.
    pub operation: String,
    /// The caller's key, if they sent one.
    pub key: Option<String>,
    /// The path, the query and the version that is meant.
    pub target: String,
    /// What the body says: its SHA-256, or what of it the operation depends on.
    pub content: Vec<u8>,
}

impl KeyedRequest {
    /// The same request, told from others by `content` in place of its body.
    pub(crate) fn with_content(&self, content: impl Into<Vec<u8>>) -> Self {
        Self {
            content: content.into(),
            ..self.clone()
        }
    }
}

/// Whose key it is; keys of different callers never meet.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KeyOwner<'a> {
    /// Somebody who is logged in, or an integrator.
    Actor(&'a Actor),
    /// A student.
    Account(AccountId),
    /// Somebody who is not logged in, by the keyed hash of the phone that they name.
    Phone(&'a BlindIndex),
}

impl KeyOwner<'_> {
    /// What the owner is stored as; `None` for those who send no keys.
    fn principal(self) -> Option<String> {
        match self {
            Self::Account(id) => Some(id.to_string()),
            Self::Phone(index) => Some(principal_of_phone(index)),
            Self::Actor(Actor::Integrator(client)) => Some(client.id.to_string()),
            Self::Actor(actor) => actor.account_id().map(|id| id.to_string()),
        }
    }
}

/// What came of a request.
#[derive(Debug, Clone)]
pub struct KeyedOutcome<T> {
    /// What came of it.
    pub value: T,
    /// Whether it came of the same request when that was made before.
    pub is_replayed: bool,
}

impl<T> KeyedOutcome<T> {
    fn first(value: T) -> Self {
        Self {
            value,
            is_replayed: false,
        }
    }

    fn replayed(value: T) -> Self {
        Self {
            value,
            is_replayed: true,
        }
    }

    /// The same outcome with another value.
    pub(crate) fn with<U>(self, value: U) -> KeyedOutcome<U> {
        KeyedOutcome {
            value,
            is_replayed: self.is_replayed,
        }
    }
}

/// A caller's claim that a request has its effect once.
#[derive(Debug)]
pub(crate) struct Claim<'a> {
    context: &'a Context,
    /// The row of its key; `None` for a request without one.
    row: Option<IdempotentRequest>,
}

impl<'a> Claim<'a> {
    /// The claim of an owner's request.
    pub(crate) fn new(context: &'a Context, request: &KeyedRequest, owner: KeyOwner<'_>) -> Self {
        Self {
            context,
            row: row_of(context, request, owner),
        }
    }

    /// The outcome of the same request where it was made before; else that of `work`, which makes its change in a
    /// transaction of [`Claim::begin`] and ends it with [`KeyedTx::commit`].
    ///
    /// # Errors
    /// `request.idempotency_key_reused`, and those of `work`, which are not kept.
    pub(crate) fn once<'b, T: Serialize + DeserializeOwned + 'b>(
        &'b self,
        work: impl Future<Output = Result<T, Failure>> + 'b,
    ) -> impl Future<Output = Result<KeyedOutcome<T>, Failure>> + 'b {
        // Here, so that the futures of callers do not grow with it.
        let work = Box::pin(work);
        async move {
            if let Some(value) = self.find().await? {
                return Ok(KeyedOutcome::replayed(value));
            }
            match work.await {
                Ok(value) => Ok(KeyedOutcome::first(value)),
                // The same request may have been carried out meanwhile, and be the cause of the failure.
                Err(failure) => match self.find().await? {
                    Some(value) => Ok(KeyedOutcome::replayed(value)),
                    None => Err(failure),
                },
            }
        }
    }

    /// Begins a transaction, and takes the key in it. Where the same request is being carried out, this waits until the
    /// transaction of that one ends.
    ///
    /// # Errors
    /// `request.in_progress` where the key was taken meanwhile; [`Claim::once`] then gives the outcome.
    pub(crate) async fn begin(&self) -> Result<KeyedTx, Failure> {
        let tx = self.context.store.begin().await?;
        if let Some(row) = &self.row
            && !store::idempotency::insert_if_first(&tx, row).await?
        {
            let found = store::idempotency::lock(&tx, name_of(row)).await?;
            let expired = found.filter(|found| found.expires_at <= row.created_at);
            let expired = expired.ok_or_else(in_progress)?;
            let taken_over = IdempotentRequest {
                id: expired.id,
                ..row.clone()
            };
            store::idempotency::save(&tx, &taken_over).await?;
            return Ok(KeyedTx {
                tx,
                row: Some(taken_over),
            });
        }
        Ok(KeyedTx {
            tx,
            row: self.row.clone(),
        })
    }

    /// As [`Claim::once`], for work that calls a provider between several transactions, each of which can be repeated: the
    /// key is taken before it, and the outcome stored after it.
    ///
    /// # Errors
    /// `request.idempotency_key_reused`, `request.in_progress`, and those of `work`, which are not kept.
    pub(crate) async fn once_across_calls<T: Serialize + DeserializeOwned>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<KeyedOutcome<T>, Failure> {
        if let Some(value) = self.find().await? {
            return Ok(KeyedOutcome::replayed(value));
        }
        let Some(row) = self.take().await? else {
            return work.await.map(KeyedOutcome::first);
        };
        let done = work.await;
        let tx = self.context.store.begin().await?;
        match &done {
            Ok(value) => {
                let row = IdempotentRequest {
                    outcome: Some(serde_json::json!(value)),
                    updated_at: self.context.now(),
                    ..row
                };
                store::idempotency::save(&tx, &row).await?;
            }
            Err(_) => store::idempotency::release(&tx, &row).await?,
        }
        store::commit(tx, AuditExemption::Housekeeping).await?;
        done.map(KeyedOutcome::first)
    }

    /// The outcome of the same request, where it was made before.
    async fn find<T: DeserializeOwned>(&self) -> Result<Option<T>, Failure> {
        let Some(row) = &self.row else {
            return Ok(None);
        };
        let on = self.context.store.reader();
        let found = store::idempotency::find(on, name_of(row)).await?;
        let Some(found) = found.filter(|found| found.expires_at > row.created_at) else {
            return Ok(None);
        };
        if !is_same(&found.request_hash, &row.request_hash) {
            return Err(ProblemCode::RequestKeyReused.into());
        }
        let value = found.outcome.map(serde_json::from_value).transpose();
        Ok(value.map_err(|_| StoreError::corrupt("idempotency_keys.body"))?)
    }

    /// Takes the key in a transaction of its own; `None` for a request without one.
    async fn take(&self) -> Result<Option<IdempotentRequest>, Failure> {
        let Some(fresh) = &self.row else {
            return Ok(None);
        };
        let tx = self.context.store.begin().await?;
        let row = if store::idempotency::insert_if_first(&tx, fresh).await? {
            fresh.clone()
        } else {
            let found = store::idempotency::lock(&tx, name_of(fresh)).await?;
            // Its request may have failed between the two statements.
            let found = found.ok_or_else(in_progress)?;
            let is_expired = found.expires_at <= fresh.created_at;
            let is_stale = found.updated_at <= fresh.created_at - STALE_AFTER;
            if !is_expired && (found.outcome.is_some() || !is_stale) {
                return Err(in_progress());
            }
            let taken_over = IdempotentRequest {
                id: found.id,
                ..fresh.clone()
            };
            store::idempotency::save(&tx, &taken_over).await?;
            taken_over
        };
        store::commit(tx, AuditExemption::Housekeeping).await?;
        Ok(Some(row))
    }
}

/// A transaction that holds the key of its request, if that has one.
#[derive(Debug)]
pub(crate) struct KeyedTx {
    tx: Tx,
    row: Option<IdempotentRequest>,
}

impl Deref for KeyedTx {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl KeyedTx {
    /// Makes the change last together with its outcome.
    pub(crate) async fn commit<T: Serialize>(
        self,
        audited: impl Into<Audited>,
        outcome: &T,
    ) -> Result<(), Failure> {
        if let Some(row) = self.row {
            let done = IdempotentRequest {
                outcome: Some(serde_json::json!(outcome)),
                ..row
            };
            store::idempotency::save(&self.tx, &done).await?;
        }
        Ok(store::commit(self.tx, audited).await?)
    }

    /// Ends a transaction in which nothing was to be changed. The outcome is kept all the same: repeated later, the request
    /// must not change anything either.
    pub(crate) async fn commit_unchanged<T: Serialize>(self, outcome: &T) -> Result<(), Failure> {
        if self.row.is_some() {
            return self.commit(AuditExemption::Housekeeping, outcome).await;
        }
        Ok(store::rollback(self.tx).await?)
    }
}

fn in_progress() -> Failure {
    Refusal::until(ProblemCode::RequestInProgress, RETRY_AFTER).into()
}

fn name_of(row: &IdempotentRequest) -> KeyName<'_> {
    KeyName {
        principal: &row.principal,
        operation: &row.operation,
        key_hash: &row.key_hash,
    }
}

/// The key is stored as its hash, and the request as a hash under the key: neither tells what a student's row, a name or a
/// number was, as long as keys are not guessed.
fn row_of(
    context: &Context,
    request: &KeyedRequest,
    owner: KeyOwner<'_>,
) -> Option<IdempotentRequest> {
    let (key, principal) = (request.key.as_deref()?, owner.principal()?);
    let now = context.now();
    let parts = [request.target.as_bytes(), &request.content];
    Some(IdempotentRequest {
        id: context.new_id(IdempotencyId::new),
        principal,
        operation: request.operation.clone(),
        key_hash: sha256(key.as_bytes()).to_vec(),
        request_hash: hash_under(key.as_bytes(), &parts).to_vec(),
        outcome: None,
        created_at: now,
        updated_at: now,
        expires_at: now + KEPT_FOR,
    })
}
