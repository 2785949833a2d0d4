//! Orders as their owners see them.

use chrono::{DateTime, Utc};
use domain::contact::Contact;
use domain::order::{ClosedReason, Order, OrderLine, OrderNo, OrderStatus};
use domain::page::{Page, PageRequest};
use domain::payment::{Attempt, News, Provider};
use domain::photo_state::PhotoState;
use domain::refund::{Refund, RefundReason, RefundState};
use domain::task::{FeeLine, Payer};
use domain::{EducationLevel, EnrolmentId, Fen, OrderId, Phone, PhotoId, ProblemCode};
use store::overview::{OrderMoney, OrderRow};

use super::facts::{Facts, Listed, facts};
use crate::order::{news, open_contact, status};
use crate::session::Student;
use crate::{Context, Failure};

/// An order, as its owner sees it.
#[derive(Debug, Clone)]
pub struct OrderDetails {
    /// The number that people read.
    pub order_no: OrderNo,
    /// What it looks like from outside.
    pub status: OrderStatus,
    /// Why it was closed.
    pub closed_reason: Option<ClosedReason>,
    /// Whose.
    pub enrolment_id: EnrolmentId,
    /// The school's name.
    pub school_name: String,
    /// The task's name.
    pub task_name: String,
    /// The name on the roster.
    pub student_name: String,
    /// The document number, masked.
    pub document_number: String,
    /// The level.
    pub level: EducationLevel,
    /// What is charged.
    pub lines: Vec<FeeLine>,
    /// The list price.
    pub list: Fen,
    /// What is due.
    pub due: Fen,
    /// What went back.
    pub refunded: Fen,
    /// Who settles it.
    pub payer: Payer,
    /// The phone for messages.
    pub phone: Phone,
    /// How else the student wants to be reached.
    pub contact: Contact,
    /// The photo that counts, or else the latest, and its state.
    pub photo: Option<(PhotoId, PhotoState)>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it can be paid.
    pub due_until: DateTime<Utc>,
    /// When it was settled.
    pub paid_at: Option<DateTime<Utc>>,
    /// Which provider was paid.
    pub paid_with: Option<Provider>,
    /// Whether a person looks at its payment.
    pub needs_review: bool,
    /// Changes with every change.
    pub version: i32,
    /// What the student must know about the money.
    pub news: Vec<News>,
    /// Money that went or goes back, oldest first.
    pub refunds: Vec<OrderRefund>,
}

/// Money that went or goes back.
#[derive(Debug, Clone, Copy)]
pub struct OrderRefund {
    /// How much.
    pub amount: Fen,
    /// Where it is.
    pub state: RefundState,
    /// Why.
    pub reason: RefundReason,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// When it was back.
    pub succeeded_at: Option<DateTime<Utc>>,
}

/// A page of the student's orders, newest first.
pub async fn orders(
    context: &Context,
    student: &Student,
    page: &PageRequest<OrderId>,
) -> Result<Page<OrderDetails>, Failure> {
    let on = context.store.reader();
    let rows = store::overview::orders(on, student.account_id, page).await?;
    let mut items = Vec::with_capacity(rows.items.len());
    for (row, money) in rows.items {
        items.push(details(context, row, money).await?);
    }
    Ok(Page {
        items,
        next: rows.next,
    })
}

/// One of the student's orders.
///
/// # Errors
/// `order.unknown`, also where it is somebody else's.
pub async fn order(
    context: &Context,
    student: &Student,
    order_no: &str,
) -> Result<OrderDetails, Failure> {
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let found = store::overview::order(on, student.account_id, &order_no).await?;
    let (row, money) = found.ok_or(ProblemCode::OrderUnknown)?;
    details(context, row, money).await
}

async fn details(
    context: &Context,
    row: OrderRow,
    money: OrderMoney,
) -> Result<OrderDetails, Failure> {
    let listed = Listed {
        entry: &row.entry,
        document: row.document.as_ref(),
        task_state: row.task_state,
    };
    let surroundings = Surroundings {
        facts: facts(context, row.enrolment.proven, listed).await?,
        school_name: row.school_name,
        task_name: row.task_name,
        photo: row.photo,
    };
    order_details(context, row.order, surroundings, &money).await
}

/// What is shown of an order besides the order itself.
pub(super) struct Surroundings {
    /// What the roster says.
    pub(super) facts: Facts,
    /// The school's name.
    pub(super) school_name: String,
    /// The task's name.
    pub(super) task_name: String,
    /// The photo that counts, or else the latest, and its state.
    pub(super) photo: Option<(PhotoId, PhotoState)>,
}

/// An order as its owner sees it.
pub(super) async fn order_details(
    context: &Context,
    row: Order,
    around: Surroundings,
    money: &OrderMoney,
) -> Result<OrderDetails, Failure> {
    let (phone, contact) = open_contact(context, &row).await?;
    let (attempts, refunds) = (&money.attempts, &money.refunds);
    Ok(OrderDetails {
        status: status(context, row.state, attempts),
        closed_reason: row.closed_reason,
        enrolment_id: row.enrolment_id,
        school_name: around.school_name,
        task_name: around.task_name,
        student_name: around.facts.name,
        document_number: around.facts.document_number,
        level: around.facts.level,
        lines: money.lines.iter().map(fee_line).collect(),
        list: row.list,
        due: row.due,
        refunded: row.refunded,
        payer: row.payer,
        phone,
        contact,
        photo: around.photo,
        created_at: row.created_at,
        due_until: row.due_until,
        paid_at: row.paid_at,
        paid_with: paid_with(&row, attempts),
        needs_review: row.needs_review,
        version: row.version,
        news: news(context, &row, attempts, refunds),
        refunds: refunds.iter().map(refund).collect(),
        order_no: row.order_no,
    })
}

fn refund(row: &Refund) -> OrderRefund {
    OrderRefund {
        amount: row.amount,
        state: row.state,
        reason: row.reason,
        requested_at: row.created_at,
        succeeded_at: row.succeeded_at,
    }
}

fn paid_with(row: &Order, attempts: &[Attempt]) -> Option<Provider> {
    let mut attempts = attempts.iter();
    let settled_by = attempts.find(|attempt| Some(attempt.id) == row.settled_by);
    settled_by.map(|attempt| attempt.provider)
}

fn fee_line(line: &OrderLine) -> FeeLine {
    FeeLine {
        code: line.code,
        amount_fen: line.amount,
    }
}
