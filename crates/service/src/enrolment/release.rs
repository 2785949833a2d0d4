//! Releasing a wrong binding: an operator takes a roster entry away from the account that holds it.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission};
use domain::audit::{AuditAction, AuditObject};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::event::{EnrolmentFacts, EventData};
use domain::order::{OrderNo, OrderState};
use domain::photo_state::PhotoState;
use domain::{EnrolmentId, FieldError, Phone, ProblemCode, Refusal, RosterEntryId};
use store::Tx;
use store::audit::Audited;
use store::roster::RosterKey;

use super::claim::{read_level, read_number};
use crate::audit::{self, About, Deed};
use crate::{Context, Failure, event, order, photo, school};

/// The longest reason, in characters.
const REASON_MAX: usize = 200;

/// A roster entry, as the student who complains names it.
#[derive(Debug, Clone, Copy)]
pub struct EntryQuery<'a> {
    /// The task.
    pub task_id: &'a str,
    /// The kind of document.
    pub document_type: &'a str,
    /// Its number.
    pub document_number: &'a str,
    /// The level.
    pub level: &'a str,
}

/// Which account holds a roster entry, and what it has done with it.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The enrolment.
    pub enrolment_id: EnrolmentId,
    /// The phone of the account.
    pub phone: Phone,
    /// When it was bound.
    pub bound_at: DateTime<Utc>,
    /// The state of the photo that counts.
    pub photo: Option<PhotoState>,
    /// The order that counts, or else the latest.
    pub order: Option<(OrderNo, OrderState)>,
}

/// Whether the account may verify as the same student again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Return {
    /// It never was that student.
    Barred,
    /// It may be.
    Allowed,
}

/// Finds who holds a roster entry; the look-up is noted in the holder's access log. `None` where nobody does.
///
/// # Errors
/// Wrong fields; `school.not_open` for an unknown task.
pub async fn holder(
    context: &Context,
    actor: &Actor,
    query: EntryQuery<'_>,
) -> Result<Option<Binding>, Failure> {
    let reach = actor.require(Permission::LookUpEnrolments)?;
    let task = school::task(context, query.task_id).await?.task;
    if !reach.includes(task.school_id) {
        return Err(ProblemCode::SchoolNotOpen.into());
    }
    let number = read_number(query.document_type, query.document_number, context.now());
    let (number, level) = match (number, read_level(query.level)) {
        (Ok(number), Ok(level)) => (number, level),
        (number, level) => {
            let errors = [number.err(), level.err()];
            return Err(Refusal::fields(errors.into_iter().flatten().collect()).into());
        }
    };
    let indexes = context.task_index(task.id).await?.of_number(&number);
    let tx = context.store.begin().await?;
    let roster = RosterKey {
        school_id: task.school_id,
        task_id: task.id,
    };
    let Some(entry) = store::roster::lock_by_number(&tx, roster, level, &indexes).await? else {
        return Ok(None);
    };
    let Some(held) = store::enrolment::holder(&tx, task.school_id, entry.id).await? else {
        return Ok(None);
    };
    let looked_up = AuditAction::EnrolmentLookedUp;
    let audited = note(context, &tx, actor, &held, looked_up, None).await?;
    store::commit(tx, audited).await?;
    Ok(Some(binding(context, &held).await?))
}

/// Finds who holds a student of a roster; the look-up is noted in the holder's access log. `None` where nobody does.
///
/// # Errors
/// `roster_entry.unknown`, also for one out of reach.
pub async fn entry_holder(
    context: &Context,
    actor: &Actor,
    entry_id: &str,
) -> Result<Option<Binding>, Failure> {
    let reach = actor.require(Permission::LookUpEnrolments)?;
    let unknown = ProblemCode::RosterEntryUnknown;
    let id: RosterEntryId = entry_id.parse().map_err(|_| unknown)?;
    let entry = store::roster::page::within(context.store.reader(), &reach, id).await?;
    let entry = entry.ok_or(unknown)?;
    let tx = context.store.begin().await?;
    let Some(held) = store::enrolment::holder(&tx, entry.school_id, entry.id).await? else {
        store::rollback(tx).await?;
        return Ok(None);
    };
    let looked_up = AuditAction::EnrolmentLookedUp;
    let audited = note(context, &tx, actor, &held, looked_up, None).await?;
    store::commit(tx, audited).await?;
    Ok(Some(binding(context, &held).await?))
}

async fn binding(context: &Context, held: &Enrolment) -> Result<Binding, Failure> {
    let on = context.store.reader();
    let (school, id) = (held.school_id, held.id);
    let account = store::account::get(on, held.account_id).await?;
    let account = account.ok_or(Failure::Fault("an account disappeared"))?;
    let photo = store::photo::live(on, school, id).await?;
    let order = store::order::current(on, school, id).await?;
    Ok(Binding {
        enrolment_id: id,
        phone: crate::me::phone_of(context, &account).await?,
        bound_at: held.created_at,
        photo: photo.map(|photo| photo.state),
        order: order.map(|order| (order.order_no, order.state)),
    })
}

/// Releases an enrolment: its unpaid order is closed, its undecided photo is taken back, and the entry can be bound by
/// another account. Returns the state of the photo that was decided already and so is kept.
///
/// # Errors
/// `enrolment.unknown` where it is not live; `enrolment.order_paid` until the order is refunded; a wrong reason; what
/// closing an order can refuse.
pub async fn release(
    context: &Context,
    actor: &Actor,
    id: &str,
    reason: &str,
    may_return: Return,
) -> Result<Option<PhotoState>, Failure> {
    let reason = reason.trim();
    if !(1..=REASON_MAX).contains(&reason.chars().count()) {
        let field = FieldError::new("/reason", ProblemCode::ReleaseReason);
        return Err(Refusal::field(field.with("max", REASON_MAX)).into());
    }
    let id: EnrolmentId = id.parse().map_err(|_| ProblemCode::EnrolmentUnknown)?;
    let reach = actor.require(Permission::ReleaseEnrolments)?;
    let found = store::enrolment::live_within(context.store.reader(), &reach, id).await?;
    let found = found.ok_or(ProblemCode::EnrolmentUnknown)?;
    // Providers are asked before the transaction begins.
    order::close_for_operator(context, &found, actor).await?;
    let tx = context.store.begin().await?;
    // A photo is handed in, and a payment begun, under the account's lock.
    store::account::lock(&tx, found.account_id).await?;
    let live = store::enrolment::lock(&tx, found.account_id, id).await?;
    let live = live.ok_or(ProblemCode::EnrolmentUnknown)?;
    order::require_none_open(&tx, &live).await?;
    let kept = photo::withdraw_for_operator(context, &tx, &live).await?;
    let released = Enrolment {
        state: EnrolmentState::Released {
            at: context.now(),
            is_barred: may_return == Return::Barred,
        },
        ..live
    };
    store::enrolment::save(&tx, &released).await?;
    let facts = EnrolmentFacts {
        enrolment_id: released.id,
        task_id: released.task_id,
        roster_entry_id: released.entry_id,
    };
    let data = EventData::EnrolmentReleased(facts);
    event::record(context, &tx, released.school_id, data).await?;
    let action = AuditAction::EnrolmentReleased;
    let audited = note(context, &tx, actor, &released, action, Some(reason)).await?;
    store::commit(tx, audited).await?;
    Ok(kept)
}

/// Notes what an operator did for the account that holds, or held, the entry.
async fn note(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    enrolment: &Enrolment,
    action: AuditAction,
    reason: Option<&str>,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::Enrolment,
        object_id: enrolment.id.0,
        school_id: Some(enrolment.school_id),
    };
    let subject = Some(enrolment.account_id);
    let about = About { subject, reason };
    audit::note(context, tx, actor, deed, about).await
}
