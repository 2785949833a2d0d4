//! Everything that is stored about a student, for the student.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, AuditObject};
use domain::page::PageRequest;
use serde_json::{Value, json};

use super::enrolment::{EnrolmentDetails, enrolments};
use super::order::{OrderDetails, orders};
use crate::audit::{self, Deed};
use crate::session::Student;
use crate::{Context, Failure, me, ticket};

/// How much of the access log goes into an export.
const ACCESS_ENTRIES: u64 = 1000;

/// Everything that is stored about a student.
#[derive(Debug, Clone)]
pub struct Export {
    /// When it was drawn up.
    pub made_at: DateTime<Utc>,
    /// The data, by kind.
    pub data: Value,
}

/// Draws up everything that is stored about the student; photos by their address.
pub async fn export(context: &Context, student: &Student) -> Result<Export, Failure> {
    let me = me::get(context, student).await?;
    let consents = store::consent::all(context.store.reader(), student.account_id).await?;
    let enrolments = enrolments(context, student, &PageRequest::whole())
        .await?
        .items;
    let orders = orders(context, student, &PageRequest::whole()).await?.items;
    let tickets = ticket::list(context, student, &PageRequest::whole())
        .await?
        .items;
    let log = store::audit::about(
        context.store.reader(),
        student.account_id,
        &PageRequest::first(ACCESS_ENTRIES),
    )
    .await?;
    let data = json!({
        "account": {
            "id": me.id, "phone": me.phone.e164(), "language": me.language,
            "email": me.contact.email, "address": me.contact.address, "created_at": me.created_at,
        },
        "consents": consents.iter().map(|consent| json!({
            "document": consent.document, "version": consent.version,
            "granted_at": consent.granted_at, "withdrawn_at": consent.withdrawn_at,
        })).collect::<Vec<_>>(),
        "enrolments": enrolments.iter().map(of_enrolment).collect::<Vec<_>>(),
        "orders": orders.iter().map(of_order).collect::<Vec<_>>(),
        "roster_tickets": tickets.iter().map(|ticket| json!({
            "id": ticket.id, "state": ticket.state, "task": ticket.task_name,
            "document_number": ticket.document_number, "created_at": ticket.created_at,
            "note": ticket.note, "answer": ticket.answer,
        })).collect::<Vec<_>>(),
        "access_log": log.items.iter().map(|row| json!({
            "at": row.at, "actor": row.actor, "action": row.action, "reason": row.reason,
        })).collect::<Vec<_>>(),
    });
    note(context, student).await?;
    Ok(Export {
        made_at: context.now(),
        data,
    })
}

/// Who looks into the log sees that the data went out.
async fn note(context: &Context, student: &Student) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let deed = Deed {
        action: AuditAction::DataExported,
        object: AuditObject::Account,
        object_id: student.account_id.0,
        school_id: None,
    };
    let audited = audit::by_owner(context, &tx, student, deed).await?;
    Ok(store::commit(tx, audited).await?)
}

fn of_enrolment(enrolment: &EnrolmentDetails) -> Value {
    let photo = enrolment.photo.as_ref().map(|photo| {
        json!({
            "id": photo.id, "state": photo.state, "submitted_at": photo.submitted_at,
            "image": format!("/api/v1/photos/{}/image?variant=original", photo.id),
        })
    });
    json!({
        "id": enrolment.id, "school": enrolment.task.school.name, "task": enrolment.task.task.name,
        "name": enrolment.name, "document_number": enrolment.document_number, "level": enrolment.level,
        "student_no": enrolment.student_no, "college": enrolment.college, "major": enrolment.major,
        "class": enrolment.class_name, "verified_at": enrolment.created_at, "photo": photo,
    })
}

fn of_order(order: &OrderDetails) -> Value {
    json!({
        "order_no": order.order_no, "status": order.status, "list_fen": order.list, "due_fen": order.due,
        "refunded_fen": order.refunded, "email": order.contact.email, "address": order.contact.address,
        "created_at": order.created_at, "paid_at": order.paid_at, "paid_with": order.paid_with,
    })
}
