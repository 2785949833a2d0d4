//! Writing the audit log: who did what to whose data, and what happened to whose logins.
//!
//! An entry carries the id of the request that it was written in. Security events also carry the keyed hash of the
//! client's address, so that events from one address can be compared without storing the address.

mod chain;
mod search;

pub use chain::{AuditReport, ChainFault, ChainReport, seal, verify};
pub(crate) use chain::{CameChain, delete_oldest, of_school, renew_signatures, take_over};
pub use search::{AuditSearch, FoundEntry, search};

use std::net::IpAddr;

use data_encoding::HEXLOWER;
use domain::access::Actor;
use domain::audit::{AuditAction, AuditEntry, AuditObject};
use domain::{AccountId, AuditEventId, RequestId, SchoolId};
use serde_json::{Value, json};
use store::Tx;
use store::audit::Audited;
use uuid::Uuid;

use crate::login::hash_address;
use crate::session::Student;
use crate::{Context, Failure};

/// Which request is being answered.
#[derive(Debug, Clone, Copy)]
pub struct RequestOrigin {
    /// Its id, as in the log and in the answer.
    pub request_id: RequestId,
    /// The client's address.
    pub address: IpAddr,
}

tokio::task_local! {
    static ORIGIN: RequestOrigin;
}

/// Answers a request: every entry that is written meanwhile is marked with it.
pub async fn within_request<F: Future>(origin: RequestOrigin, answer: F) -> F::Output {
    ORIGIN.scope(origin, answer).await
}

/// What was done, and to what.
#[derive(Debug, Clone, Copy)]
pub struct Deed {
    /// What was done.
    pub action: AuditAction,
    /// To what kind of thing.
    pub object: AuditObject,
    /// To which.
    pub object_id: Uuid,
    /// Its school, where it has one.
    pub school_id: Option<SchoolId>,
}

/// Whose data something was done to, and why.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About<'a> {
    /// Whose data; they read the entry in their access log.
    pub(crate) subject: Option<AccountId>,
    /// Why, in the actor's words.
    pub(crate) reason: Option<&'a str>,
}

/// Notes what an actor did. The transaction can commit with what this returns.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn note(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    deed: Deed,
    about: About<'_>,
) -> Result<Audited, Failure> {
    let entry = AuditEntry {
        id: context.new_id(AuditEventId::new),
        at: context.now(),
        actor: actor.kind(),
        actor_id: actor.account_id(),
        subject_account_id: about.subject,
        school_id: deed.school_id,
        action: deed.action,
        object: deed.object,
        object_id: Some(deed.object_id),
        reason: about.reason.map(str::to_owned),
        request_id: ORIGIN.try_with(|origin| origin.request_id.to_string()).ok(),
        facts: facts(context, actor, deed.action),
    };
    Ok(store::audit::insert(tx, entry).await?)
}

fn facts(context: &Context, actor: &Actor, action: AuditAction) -> Value {
    if let Actor::CommandLine(operator) = actor {
        return json!({ "operator": operator.name(), "system_user": operator.system_user() });
    }
    if let Actor::Integrator(client) = actor {
        return json!({ "integrator": client.id });
    }
    let address = ORIGIN.try_with(|origin| origin.address).ok();
    match address.filter(|_| action.is_security()) {
        Some(address) => {
            json!({ "address_hash": HEXLOWER.encode(&hash_address(context, address)) })
        }
        None => json!({}),
    }
}

/// Notes what a student did with their own data.
pub(crate) async fn by_owner(
    context: &Context,
    tx: &Tx,
    student: &Student,
    deed: Deed,
) -> Result<Audited, Failure> {
    by_account(context, tx, student.account_id, deed).await
}

/// As [`by_owner`], where only the account is at hand.
pub(crate) async fn by_account(
    context: &Context,
    tx: &Tx,
    owner: AccountId,
    deed: Deed,
) -> Result<Audited, Failure> {
    let subject = Some(owner);
    let reason = None;
    let about = About { subject, reason };
    note(context, tx, &Actor::Student(owner), deed, about).await
}

/// Notes what gradphoto did on its own with somebody's data.
pub(crate) async fn by_system(
    context: &Context,
    tx: &Tx,
    subject: AccountId,
    deed: Deed,
) -> Result<Audited, Failure> {
    let about = About {
        subject: Some(subject),
        reason: None,
    };
    note(context, tx, &Actor::BackgroundJob, deed, about).await
}

/// Notes what somebody did who is not logged in; `subject` is the account that it concerns, if any.
pub(crate) async fn by_visitor(
    context: &Context,
    tx: &Tx,
    subject: Option<AccountId>,
    deed: Deed,
) -> Result<Audited, Failure> {
    let reason = None;
    note(
        context,
        tx,
        &Actor::Visitor,
        deed,
        About { subject, reason },
    )
    .await
}

/// Notes what somebody did, and why.
pub(crate) async fn with_reason(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    deed: Deed,
    reason: &str,
) -> Result<Audited, Failure> {
    let about = About {
        subject: None,
        reason: Some(reason),
    };
    note(context, tx, actor, deed, about).await
}
