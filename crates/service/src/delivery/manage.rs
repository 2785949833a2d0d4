//! What staff and a school's systems do with packages: making, listing, ending, acknowledging.

use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditObject};
use domain::delivery::{
    Delivery, DeliveryCounts, DeliveryFigures, DeliveryKind, DeliverySettings,
    DeliverySettingsInput, DeliveryState,
};
use domain::job::{Job, JobKind};
use domain::page::{Page, PageRequest};
use domain::task::{Task, TaskState};
use domain::{DeliveryId, JobId, ProblemCode, Refusal, TaskId};
use serde_json::json;
use store::audit::Audited;
use store::{StoreError, Tx};

use super::scope::scope_of;
use super::work::{build_key, hand_over_key};
use crate::audit::{self, About, Deed};
use crate::idempotency::{Claim, KeyOwner, KeyedOutcome, KeyedRequest};
use crate::{Context, Failure};

/// So many packages are looked through for one to go on from.
const BASES: u64 = 100;

/// The task whose photos an actor may take over.
async fn task_of(context: &Context, actor: &Actor, id: &str) -> Result<Task, Failure> {
    let reach = actor.require(Permission::TakeOverPhotos)?;
    let unknown = ProblemCode::TaskUnknown;
    let id: TaskId = id.parse().map_err(|_| unknown)?;
    let found = store::task::get(context.store.reader(), id).await?;
    let found = found.filter(|task| reach.includes(task.school_id));
    let found = found.filter(|task| task.state != TaskState::Purged);
    found.ok_or_else(|| unknown.into())
}

/// How far the delivery of a task is.
///
/// # Errors
/// `task.unknown`, also for one out of reach.
pub async fn figures(
    context: &Context,
    actor: &Actor,
    task_id: &str,
) -> Result<DeliveryFigures, Failure> {
    let task = task_of(context, actor, task_id).await?;
    let on = context.store.reader();
    Ok(store::delivery::content::figures(on, (&task).into()).await?)
}

/// A package that is asked for.
#[derive(Debug, Clone)]
pub struct WantedDelivery {
    /// What it holds.
    pub kind: DeliveryKind,
    /// How it is made.
    pub settings: DeliverySettingsInput,
}

/// Has a package made in the background.
///
/// # Errors
/// `task.unknown`; wrong fields; `delivery.empty` where nothing was accepted; `delivery.no_base` where changes have no
/// package with the same settings to follow; `delivery.building` where one of the profile is being made.
pub async fn create(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    task_id: &str,
    wanted: &WantedDelivery,
) -> Result<KeyedOutcome<Delivery>, Failure> {
    let task = task_of(context, actor, task_id).await?;
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let made = claim
        .once(make(context, actor, &claim, &task, wanted))
        .await?;
    let delivery = get(context, actor, &made.value.to_string()).await?;
    Ok(made.with(delivery))
}

async fn make(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    task: &Task,
    wanted: &WantedDelivery,
) -> Result<DeliveryId, Failure> {
    let settings = DeliverySettings::read(&wanted.settings).map_err(Refusal::fields)?;
    let on = context.store.reader();
    let scope = scope_of(task.school_id, task.id, &settings);
    let total = store::delivery::content::packaged_count(on, scope).await?;
    let base_id = match wanted.kind {
        DeliveryKind::Full if total == 0 => {
            return Err(ProblemCode::DeliveryEmpty.into());
        }
        DeliveryKind::Full => None,
        DeliveryKind::Incremental => Some(base_of(context, task, &settings).await?),
    };
    let now = context.now();
    let delivery = Delivery {
        id: context.new_id(DeliveryId::new),
        school_id: task.school_id,
        task_id: task.id,
        kind: wanted.kind,
        state: DeliveryState::Building,
        settings,
        base_id,
        counts: DeliveryCounts::default(),
        photos_done: 0,
        photos_total: total,
        object_key: None,
        object_bytes: 0,
        object_sha256: Vec::new(),
        parts: Vec::new(),
        failure: None,
        account_id: actor.account_id(),
        created_at: now,
        updated_at: now,
        ready_at: None,
        acknowledged_at: None,
        printed_at: None,
        prints_received_at: None,
    };
    let tx = claim.begin().await?;
    let inserted = store::delivery::insert(&tx, &delivery).await;
    inserted.map_err(already_building)?;
    enqueue(context, &tx, build_key(delivery.id)).await?;
    let audited = note(context, &tx, actor, &delivery, AuditAction::DeliveryCreated).await?;
    tx.commit(audited, &delivery.id).await?;
    Ok(delivery.id)
}

/// The database refuses a second package of a profile that is being made.
fn already_building(error: StoreError) -> Failure {
    if matches!(error, StoreError::Conflict { .. }) {
        return ProblemCode::DeliveryBuilding.into();
    }
    error.into()
}

/// The latest package with the same settings: who has applied it has everything up to then.
async fn base_of(
    context: &Context,
    task: &Task,
    settings: &DeliverySettings,
) -> Result<DeliveryId, Failure> {
    let (on, profile) = (context.store.reader(), settings.profile_id());
    let made = store::delivery::made(on, task.school_id, task.id, profile, BASES).await?;
    let base = made.into_iter().find(|made| made.settings == *settings);
    Ok(base.ok_or(ProblemCode::DeliveryBase)?.id)
}

/// Has the worker look after a package.
async fn enqueue(context: &Context, tx: &Tx, key: String) -> Result<(), Failure> {
    let id = context.new_id(JobId::new);
    let job = Job::new(id, JobKind::Delivery, key, json!({}), context.now());
    Ok(store::job::insert_missing(tx, &[job]).await?)
}

/// Notes what an actor did with a package.
pub(super) async fn note(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    delivery: &Delivery,
    action: AuditAction,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::Delivery,
        object_id: delivery.id.0,
        school_id: Some(delivery.school_id),
    };
    audit::note(context, tx, actor, deed, About::default()).await
}

fn parse(actor: &Actor, id: &str) -> Result<(Reach, DeliveryId), Failure> {
    let reach = actor.require(Permission::TakeOverPhotos)?;
    let id = id.parse().map_err(|_| ProblemCode::DeliveryUnknown)?;
    Ok((reach, id))
}

/// A package.
///
/// # Errors
/// `delivery.unknown`, also for one out of reach.
pub async fn get(context: &Context, actor: &Actor, id: &str) -> Result<Delivery, Failure> {
    let (reach, id) = parse(actor, id)?;
    let found = store::delivery::get(context.store.reader(), &reach, id).await?;
    found.ok_or_else(|| ProblemCode::DeliveryUnknown.into())
}

/// The packages of a task, newest first.
///
/// # Errors
/// `task.unknown`.
pub async fn list(
    context: &Context,
    actor: &Actor,
    task_id: &str,
    page: &PageRequest<DeliveryId>,
) -> Result<Page<Delivery>, Failure> {
    let task = task_of(context, actor, task_id).await?;
    let on = context.store.reader();
    Ok(store::delivery::of_task(on, task.school_id, task.id, page).await?)
}

/// A package, locked.
pub(super) async fn lock(
    context: &Context,
    actor: &Actor,
    id: &str,
) -> Result<(Tx, Delivery), Failure> {
    let (reach, id) = parse(actor, id)?;
    let tx = context.store.begin().await?;
    let found = store::delivery::lock(&tx, &reach, id).await?;
    Ok((tx, found.ok_or(ProblemCode::DeliveryUnknown)?))
}

pub(super) fn wrong_state(delivery: &Delivery) -> Refusal {
    Refusal::from(ProblemCode::DeliveryState).with("state", delivery.state.as_str())
}

/// Ends the making of a package.
///
/// # Errors
/// `delivery.unknown`; `delivery.state` where it is not being made.
pub async fn cancel(context: &Context, actor: &Actor, id: &str) -> Result<Delivery, Failure> {
    let (tx, mut delivery) = lock(context, actor, id).await?;
    if !delivery.state.may_cancel() {
        return Err(wrong_state(&delivery).into());
    }
    delivery.state = DeliveryState::Cancelled;
    delivery.updated_at = context.now();
    store::delivery::save(&tx, &delivery).await?;
    let action = AuditAction::DeliveryCancelled;
    let audited = note(context, &tx, actor, &delivery, action).await?;
    store::commit(tx, audited).await?;
    Ok(delivery)
}

/// Says that the school has a package. Its photos are handed over in the background: their students cannot take them back
/// any more.
///
/// # Errors
/// `delivery.unknown`; `delivery.state` where it is not ready.
pub async fn acknowledge(
    context: &Context,
    actor: &Actor,
    request: &KeyedRequest,
    id: &str,
) -> Result<KeyedOutcome<Delivery>, Failure> {
    let claim = Claim::new(context, request, KeyOwner::Actor(actor));
    let done = claim.once(take_over(context, actor, &claim, id)).await?;
    let delivery = get(context, actor, id).await?;
    Ok(done.with(delivery))
}

async fn take_over(
    context: &Context,
    actor: &Actor,
    claim: &Claim<'_>,
    id: &str,
) -> Result<(), Failure> {
    let (reach, id) = parse(actor, id)?;
    let tx = claim.begin().await?;
    let found = store::delivery::lock(&tx, &reach, id).await?;
    let mut delivery = found.ok_or(ProblemCode::DeliveryUnknown)?;
    if !delivery.state.may_acknowledge() {
        return Err(wrong_state(&delivery).into());
    }
    delivery.state = DeliveryState::Acknowledged;
    delivery.acknowledged_at = Some(context.now());
    delivery.updated_at = context.now();
    store::delivery::save(&tx, &delivery).await?;
    enqueue(context, &tx, hand_over_key(delivery.id)).await?;
    let action = AuditAction::DeliveryAcknowledged;
    let audited = note(context, &tx, actor, &delivery, action).await?;
    tx.commit(audited, &()).await
}
