//! Closing orders: on the student's wish, and where task or time ended unpaid.

use domain::access::Actor;
use domain::audit::{AuditAction, AuditExemption};
use domain::enrolment::Enrolment;
use domain::event::{EventData, OrderClosed};
use domain::order::{ClosedReason, Order, OrderState, end_reason};
use domain::{ProblemCode, Refusal};
use store::Tx;

use super::{deed, find, lock};
use crate::audit::About;
use crate::payment::{self, Ended};
use crate::session::Student;
use crate::{Context, Failure, audit, event};

/// How many ended orders one round looks at.
const BATCH: u64 = 50;

/// Closes an unpaid order, after the providers have closed what could still be paid; closing again changes nothing.
///
/// # Errors
/// `order.unknown`; `order.already_paid`, also where the provider says so now; `payment.provider_unavailable` where a
/// provider does not say whether it closed; `request.version_conflict` where a payment was begun meanwhile.
pub async fn close(context: &Context, student: &Student, order_no: &str) -> Result<Order, Failure> {
    let found = find(context, student, order_no).await?;
    match found.state {
        OrderState::Unpaid => {}
        OrderState::Closed => return Ok(found),
        OrderState::Paid | OrderState::PartiallyRefunded | OrderState::Refunded => {
            return Err(ProblemCode::OrderPaid.into());
        }
    }
    end_attempts(context, &found).await?;
    let tx = context.store.begin().await?;
    let row = lock(&tx, &found).await?;
    match row.state {
        OrderState::Unpaid => {}
        OrderState::Closed => return Ok(row),
        OrderState::Paid | OrderState::PartiallyRefunded | OrderState::Refunded => {
            return Err(ProblemCode::OrderPaid.into());
        }
    }
    require_none_waits(&tx, &row).await?;
    let row = close_row(context, &tx, row, ClosedReason::User).await?;
    let audited =
        audit::by_owner(context, &tx, student, deed(AuditAction::OrderClosed, &row)).await?;
    store::commit(tx, audited).await?;
    Ok(row)
}

/// Closes the unpaid order of an enrolment that is to be released.
///
/// # Errors
/// `enrolment.order_paid` where it has a paid order that was not refunded; what [`close`] can refuse.
pub(crate) async fn close_for_operator(
    context: &Context,
    enrolment: &Enrolment,
    actor: &Actor,
) -> Result<(), Failure> {
    let (school, id) = (enrolment.school_id, enrolment.id);
    let found = store::order::current(context.store.reader(), school, id).await?;
    let Some(found) = found else {
        return Ok(());
    };
    if !is_unpaid(&found)? {
        return Ok(());
    }
    end_attempts(context, &found).await?;
    let tx = context.store.begin().await?;
    let row = lock(&tx, &found).await?;
    if !is_unpaid(&row)? {
        return Ok(());
    }
    require_none_waits(&tx, &row).await?;
    let row = close_row(context, &tx, row, ClosedReason::Staff).await?;
    let about = About {
        subject: Some(row.account_id),
        reason: None,
    };
    let deed = deed(AuditAction::OrderClosed, &row);
    let audited = audit::note(context, &tx, actor, deed, about).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Requires that no order of an enrolment is unpaid, or paid and not wholly refunded. Locks the one that is.
///
/// # Errors
/// `request.version_conflict` for one that was made meanwhile; `enrolment.order_paid`.
pub(crate) async fn require_none_open(tx: &Tx, enrolment: &Enrolment) -> Result<(), Failure> {
    let (school, id) = (enrolment.school_id, enrolment.id);
    match store::order::lock_open(tx, school, id).await? {
        None => Ok(()),
        Some(row) if row.state == OrderState::Unpaid => Err(ProblemCode::VersionConflict.into()),
        Some(row) => Err(Refusal::from(ProblemCode::EnrolmentPaid)
            .with("order_no", row.order_no)
            .into()),
    }
}

/// Whether an order is still to be paid; a refusal where it is paid and not wholly refunded.
fn is_unpaid(row: &Order) -> Result<bool, Failure> {
    match row.state {
        OrderState::Unpaid => Ok(true),
        OrderState::Closed | OrderState::Refunded => Ok(false),
        OrderState::Paid | OrderState::PartiallyRefunded => {
            Err(Refusal::from(ProblemCode::EnrolmentPaid)
                .with("order_no", row.order_no.clone())
                .into())
        }
    }
}

/// Ends an order's attempts at their providers, since the order ends.
pub(super) async fn end_attempts(context: &Context, found: &Order) -> Result<(), Failure> {
    for attempt in store::payment::waiting(context.store.reader(), found).await? {
        match payment::end(context, &attempt).await? {
            Ended::Closed | Ended::StillPayable => {}
            Ended::Paid => return Err(ProblemCode::OrderPaid.into()),
            Ended::Unknown => return Err(payment::provider_unavailable()),
        }
    }
    Ok(())
}

/// A payment that was begun meanwhile keeps its order open.
pub(super) async fn require_none_waits(tx: &Tx, row: &Order) -> Result<(), Failure> {
    let waiting = store::payment::waiting(tx, row).await?;
    let mut waiting = waiting.iter();
    if waiting.any(|attempt| attempt.superseded_at.is_none()) {
        return Err(ProblemCode::VersionConflict.into());
    }
    Ok(())
}

/// Closes an order whose lock the caller holds.
pub(super) async fn close_row(
    context: &Context,
    tx: &Tx,
    mut row: Order,
    reason: ClosedReason,
) -> Result<Order, Failure> {
    let closed = row.close(reason, context.now());
    closed.map_err(|_| Failure::Fault("an order refused to be closed"))?;
    store::order::save(tx, &row).await?;
    let closed = OrderClosed {
        order_id: row.id,
        order_no: row.order_no.clone(),
        reason,
    };
    event::record(context, tx, row.school_id, EventData::OrderClosed(closed)).await?;
    Ok(row)
}

/// Closes unpaid orders whose task takes no more photos; one with money on its way is left until that is known.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let on = context.store.reader();
    for found in store::order::ended(on, context.now(), BATCH).await? {
        if let Err(error) = end(context, &found).await {
            let span = tracing::info_span!("order", order.no = found.order_no.as_str());
            let (what, number) = ("An order could not be ended", found.order_no.as_str());
            span.in_scope(|| context.report_about(what, number, &error));
        }
    }
    Ok(())
}

/// Ends an order whose time is over, or gives it the time that the school added.
async fn end(context: &Context, found: &Order) -> Result<(), Failure> {
    let on = context.store.reader();
    let task = store::task::get(on, found.task_id).await?;
    let task = task.ok_or(Failure::Fault("a task disappeared"))?;
    let tx = context.store.begin().await?;
    let mut row = lock(&tx, found).await?;
    let is_still_due =
        row.state == OrderState::Unpaid && store::payment::waiting(&tx, &row).await?.is_empty();
    if !is_still_due {
        return Ok(());
    }
    let now = context.now();
    if let Some(reason) = end_reason(row.due_until, task.is_open(now), now) {
        close_row(context, &tx, row, reason).await?;
    } else {
        row.due_until = task.closes_at;
        store::order::save(&tx, &row).await?;
    }
    Ok(store::commit(tx, AuditExemption::Rule).await?)
}
