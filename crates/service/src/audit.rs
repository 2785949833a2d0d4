//! Writing the audit log: who did what to whose data.

use domain::{AccountId, AuditEventId, SchoolId};
use store::Tx;
use store::entity::audit_event;
use uuid::Uuid;

use crate::session::Student;
use crate::{Context, Failure};

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
    write(
        context,
        tx,
        "self",
        Some(student.account_id),
        student.account_id,
        deed,
    )
    .await
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
    operator: &str,
    deed: Deed<'_>,
    reason: &str,
) -> Result<(), Failure> {
    let row = audit_event::Model {
        reason: Some(reason.to_owned()),
        facts: serde_json::json!({ "operator": operator }),
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
        request_id: None,
        facts: serde_json::json!({}),
    }
}
