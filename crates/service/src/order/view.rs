//! From an order's rows to what its owner sees.

use domain::order::{ClosedReason, OrderNo, OrderState, OrderStatus};
use domain::payment::{AttemptState, LAST_POLL_AFTER_EXPIRY, MoneySeen, News, OrderSeen, Provider};
use domain::refund::RefundReason;
use domain::task::{FeeCode, FeeLine, Payer};
use domain::{EnrolmentId, Fen, SchoolId, TaskId};
use store::StoreError;
use store::entity::{order, order_line, payment_attempt, refund};

use super::{Order, OrderRefund, contact, state_of};
use crate::{Context, Failure};

/// An order, as its owner sees it.
pub(super) async fn view(context: &Context, row: order::Model) -> Result<Order, Failure> {
    let on = context.store.reader();
    let (school, enrolment) = (SchoolId(row.school_id), EnrolmentId(row.enrolment_id));
    let enrolment_row = store::enrolment::by_id_for_system(on, school, enrolment).await?;
    let enrolment_row = enrolment_row.ok_or(Failure::Fault("an enrolment disappeared"))?;
    let facts = crate::enrolment::facts(context, &enrolment_row).await?;
    let school_row = store::school::get(on, school).await?;
    let task_row = store::task::get(on, TaskId(row.task_id)).await?;
    let attempts = store::payment::of_order(on, &row).await?;
    let refunds = store::refund::of_order(on, &row).await?;
    let lines = store::order::lines(on, &row).await?;
    let photo = store::photo::current(on, school, enrolment).await?;
    let (phone, contact) = contact::open(context, &row).await?;
    Ok(Order {
        order_no: word(row.order_no.parse::<OrderNo>().ok())?,
        status: status(context, state_of(&row)?, &attempts),
        closed_reason: row
            .closed_reason
            .as_deref()
            .map(|w| word(ClosedReason::parse(w)))
            .transpose()?,
        enrolment_id: enrolment,
        school_name: school_row
            .ok_or(Failure::Fault("a school disappeared"))?
            .name,
        task_name: task_row.ok_or(Failure::Fault("a task disappeared"))?.name,
        student_name: facts.name,
        document_number: facts.document_number,
        level: facts.level,
        lines: lines.iter().map(fee_line).collect::<Result<_, _>>()?,
        list: Fen(row.list_fen),
        due: Fen(row.due_fen),
        refunded: Fen(row.refunded_fen),
        payer: word(Payer::parse(&row.payer_kind))?,
        phone,
        contact,
        photo: photo.map(|photo| (photo.id, photo.state)),
        created_at: row.created_at,
        due_until: row.due_until,
        paid_at: row.paid_at,
        paid_with: paid_with(&row, &attempts),
        needs_review: row.needs_review,
        version: row.version,
        news: news(context, &row, &attempts, &refunds)?,
        refunds: refunds.iter().map(refund).collect::<Result<_, _>>()?,
    })
}

/// What the student must know about the money of an order.
pub(crate) fn news(
    context: &Context,
    row: &order::Model,
    attempts: &[payment_attempt::Model],
    refunds: &[refund::Model],
) -> Result<Vec<News>, Failure> {
    let mut money = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        let own = refunds.iter().filter(|one| one.attempt_id == attempt.id);
        let (returned, returning) = crate::refund::went_and_goes(own)?;
        let state = word(AttemptState::parse(&attempt.state))?;
        let waits_for_late_money =
            state.is_waiting() && attempt.expires_at + LAST_POLL_AFTER_EXPIRY > context.now();
        let paid = crate::refund::paid_of(attempt)?;
        money.push(MoneySeen {
            state,
            disposition: crate::refund::disposition_of(attempt)?,
            amount: paid,
            is_payable: waits_for_late_money,
            returned,
            returning,
        });
    }
    let state = state_of(row)?;
    let order = OrderSeen {
        state,
        due: Fen(row.due_fen),
        is_reopened: state != OrderState::Closed && row.closed_at.is_some(),
        needs_review: row.needs_review,
    };
    Ok(domain::payment::news(order, &money))
}

fn refund(row: &refund::Model) -> Result<OrderRefund, Failure> {
    Ok(OrderRefund {
        amount: Fen(row.amount_fen),
        state: crate::refund::state_of(row)?,
        reason: word(RefundReason::parse(&row.reason_code))?,
        requested_at: row.created_at,
        succeeded_at: row.succeeded_at,
    })
}

/// What an order looks like from outside: a payment is on its way while an attempt can still be paid.
pub(crate) fn status(
    context: &Context,
    state: OrderState,
    attempts: &[payment_attempt::Model],
) -> OrderStatus {
    let now = context.now();
    let is_waiting = |attempt: &payment_attempt::Model| {
        AttemptState::parse(&attempt.state).is_some_and(AttemptState::is_waiting)
            && attempt.expires_at > now
    };
    state.status(attempts.iter().any(is_waiting))
}

fn paid_with(row: &order::Model, attempts: &[payment_attempt::Model]) -> Option<Provider> {
    let settled_by = attempts
        .iter()
        .find(|attempt| Some(attempt.id) == row.settled_by)?;
    Provider::parse(&settled_by.provider)
}

fn fee_line(row: &order_line::Model) -> Result<FeeLine, StoreError> {
    Ok(FeeLine {
        code: word(FeeCode::parse(&row.code))?,
        amount_fen: Fen(row.amount_fen),
    })
}

/// A stored word that must be known.
fn word<T>(read: Option<T>) -> Result<T, StoreError> {
    read.ok_or_else(|| StoreError::Corrupt {
        what: "orders: an unknown word".into(),
    })
}
