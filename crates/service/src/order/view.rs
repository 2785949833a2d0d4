//! From an order's rows to what its owner sees.

use domain::order::{Order, OrderLine, OrderState, OrderStatus};
use domain::payment::{Attempt, LAST_POLL_AFTER_EXPIRY, MoneySeen, News, OrderSeen, Provider};
use domain::refund::{Refund, RefundSums};
use domain::task::FeeLine;

use super::contact;
use super::shown::{OrderDetails, OrderRefund};
use crate::{Context, Failure};

/// An order, as its owner sees it.
pub(super) async fn view(context: &Context, row: Order) -> Result<OrderDetails, Failure> {
    let on = context.store.reader();
    let (school, enrolment) = (row.school_id, row.enrolment_id);
    let enrolment_row = store::enrolment::by_id_for_system(on, school, enrolment).await?;
    let enrolment_row = enrolment_row.ok_or(Failure::Fault("an enrolment disappeared"))?;
    let facts = crate::enrolment::facts(context, &enrolment_row).await?;
    let school_row = store::school::get(on, school).await?;
    let task_row = store::task::get(on, row.task_id).await?;
    let attempts = store::payment::of_order(on, &row).await?;
    let refunds = store::refund::of_order(on, &row).await?;
    let lines = store::order::lines(on, row.id).await?;
    let photo = store::photo::current(on, school, enrolment).await?;
    let (phone, contact) = contact::open(context, &row).await?;
    Ok(OrderDetails {
        status: status(context, row.state, &attempts),
        closed_reason: row.closed_reason,
        enrolment_id: enrolment,
        school_name: school_row
            .ok_or(Failure::Fault("a school disappeared"))?
            .name,
        task_name: task_row.ok_or(Failure::Fault("a task disappeared"))?.name,
        student_name: facts.name,
        document_number: facts.document_number,
        level: facts.level,
        lines: lines.iter().map(fee_line).collect(),
        list: row.list,
        due: row.due,
        refunded: row.refunded,
        payer: row.payer,
        phone,
        contact,
        photo: photo.map(|photo| (photo.id, photo.state)),
        created_at: row.created_at,
        due_until: row.due_until,
        paid_at: row.paid_at,
        paid_with: paid_with(&row, &attempts),
        needs_review: row.needs_review,
        version: row.version,
        news: news(context, &row, &attempts, &refunds),
        refunds: refunds.iter().map(refund).collect(),
        order_no: row.order_no,
    })
}

/// What the student must know about the money of an order.
pub(crate) fn news(
    context: &Context,
    row: &Order,
    attempts: &[Attempt],
    refunds: &[Refund],
) -> Vec<News> {
    let mut money = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        let own = refunds.iter().filter(|one| one.attempt_id == attempt.id);
        let sums = RefundSums::of(own);
        let waits_for_late_money = attempt.state.is_waiting()
            && attempt.expires_at + LAST_POLL_AFTER_EXPIRY > context.now();
        money.push(MoneySeen {
            state: attempt.state,
            disposition: attempt.disposition,
            amount: attempt.received(),
            is_payable: waits_for_late_money,
            returned: sums.refunded,
            returning: sums.pending,
        });
    }
    let order = OrderSeen {
        state: row.state,
        due: row.due,
        is_reopened: row.was_reopened(),
        needs_review: row.needs_review,
    };
    domain::payment::news(order, &money)
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

/// What an order looks like from outside: a payment is on its way while an attempt can still be paid.
pub(crate) fn status(context: &Context, state: OrderState, attempts: &[Attempt]) -> OrderStatus {
    let now = context.now();
    let is_waiting = |attempt: &Attempt| attempt.state.is_waiting() && attempt.expires_at > now;
    state.status(attempts.iter().any(is_waiting))
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
