//! Writing the audit log: who did what to whose data, and what happened to whose logins.
//!
//! An entry carries the id of the request that it was written in. Security events also carry the keyed hash of the
//! client's address, so that events from one address can be compared without storing the address.

use std::net::IpAddr;

use data_encoding::HEXLOWER;
use domain::{AccountId, AuditEventId, SchoolId};
use store::Tx;
use store::entity::audit_event;
use uuid::Uuid;

use crate::login::hash_address;
use crate::refund::Operator;
use crate::session::Student;
use crate::{Context, Failure};

/// Which request is being answered.
#[derive(Debug, Clone)]
pub struct RequestOrigin {
    /// Its id, as in the log and in the answer.
    pub request_id: String,
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

/// Something worth keeping for the person whose data it touches.
#[derive(Debug)]
pub struct Deed<'a> {
    /// What, such as `photo.viewed`.
    pub action: &'a str,
    /// The kind of thing, such as `photo`.
    pub object_type: &'a str,
    /// The thing.
    pub object_id: Uuid,
    /// Its school, where it has one.
    pub school_id: Option<SchoolId>,
}

/// Notes what a student did with their own data.
pub async fn by_owner(
    context: &Context,
    tx: &Tx,
    student: &Student,
    deed: Deed<'_>,
) -> Result<(), Failure> {
    by_account(context, tx, student.account_id, deed).await
}

/// As [`by_owner`], where only the account is at hand.
pub(crate) async fn by_account(
    context: &Context,
    tx: &Tx,
    owner: AccountId,
    deed: Deed<'_>,
) -> Result<(), Failure> {
    write(context, tx, "self", Some(owner), owner, deed).await
}

/// Notes what gradphoto did on its own with somebody's data.
pub async fn by_system(
    context: &Context,
    tx: &Tx,
    subject: AccountId,
    deed: Deed<'_>,
) -> Result<(), Failure> {
    write(context, tx, "system", None, subject, deed).await
}

/// Notes what a named operator did on the command line, and why.
pub async fn by_operator(
    context: &Context,
    tx: &Tx,
    operator: &Operator,
    deed: Deed<'_>,
    reason: &str,
) -> Result<(), Failure> {
    let row = audit_event::Model {
        reason: Some(reason.to_owned()),
        facts: operator_facts(operator),
        ..row(context, "operator", &deed)
    };
    Ok(store::insert(tx, row).await?)
}

/// Notes a security event that the owner of an account caused, or somebody with the owner's token.
pub(crate) async fn security_by_owner(
    context: &Context,
    tx: &Tx,
    owner: AccountId,
    deed: Deed<'_>,
) -> Result<(), Failure> {
    let row = audit_event::Model {
        actor_id: Some(owner.0),
        subject_account_id: Some(owner.0),
        facts: address_facts(context),
        ..row(context, "self", &deed)
    };
    Ok(store::insert(tx, row).await?)
}

/// Notes a security event that somebody caused who is not logged in; `subject` is the account that it concerns, if any.
pub(crate) async fn security_by_visitor(
    context: &Context,
    tx: &Tx,
    subject: Option<AccountId>,
    deed: Deed<'_>,
) -> Result<(), Failure> {
    let row = audit_event::Model {
        subject_account_id: subject.map(|id| id.0),
        facts: address_facts(context),
        ..row(context, "visitor", &deed)
    };
    Ok(store::insert(tx, row).await?)
}

/// The keyed hash of the client's address; nothing outside a request.
fn address_facts(context: &Context) -> serde_json::Value {
    let address = ORIGIN.try_with(|origin| origin.address).ok();
    match address.map(|address| hash_address(context, address)) {
        Some(hash) => serde_json::json!({ "address_hash": HEXLOWER.encode(&hash) }),
        None => serde_json::json!({}),
    }
}

fn operator_facts(operator: &Operator) -> serde_json::Value {
    serde_json::json!({ "operator": operator.name(), "system_user": operator.system_user() })
}

/// As [`by_operator`], about the data of an account, whose owner sees it.
pub(crate) async fn by_operator_about(
    context: &Context,
    tx: &Tx,
    (operator, subject): (&Operator, AccountId),
    deed: Deed<'_>,
    reason: Option<&str>,
) -> Result<(), Failure> {
    let row = audit_event::Model {
        subject_account_id: Some(subject.0),
        reason: reason.map(str::to_owned),
        facts: operator_facts(operator),
        ..row(context, "operator", &deed)
    };
    Ok(store::insert(tx, row).await?)
}

async fn write(
    context: &Context,
    tx: &Tx,
    actor_kind: &str,
    actor: Option<AccountId>,
    subject: AccountId,
    deed: Deed<'_>,
) -> Result<(), Failure> {
    let row = audit_event::Model {
        actor_id: actor.map(|id| id.0),
        subject_account_id: Some(subject.0),
        ..row(context, actor_kind, &deed)
    };
    Ok(store::insert(tx, row).await?)
}

fn row(context: &Context, actor_kind: &str, deed: &Deed<'_>) -> audit_event::Model {
    audit_event::Model {
        id: context.new_id(AuditEventId::new).0,
        at: context.now(),
        actor_kind: actor_kind.to_owned(),
        actor_id: None,
        subject_account_id: None,
        school_id: deed.school_id.map(|id| id.0),
        action: deed.action.to_owned(),
        object_type: deed.object_type.to_owned(),
        object_id: Some(deed.object_id),
        reason: None,
        request_id: ORIGIN.try_with(|origin| origin.request_id.clone()).ok(),
        facts: serde_json::json!({}),
    }
}
