//! A price that changes while an order is unpaid: the order ends, and another one with the new price takes its place.

use domain::ProblemCode;
use domain::audit::AuditExemption;
use domain::order::{ClosedReason, Order, OrderState};
use domain::task::Task;

use super::close::{close_row, end_attempts, require_none_waits};
use super::{ensure, lock, prepare};
use crate::{Context, Failure};

/// Whether an unpaid order's task charges something else by now. What was paid keeps its price.
pub(crate) fn is_outdated(order: &Order, task: &Task) -> bool {
    let settings = &task.settings;
    let now = (
        settings.list_fen(),
        settings.due_fen(),
        settings.settling_payer(),
    );
    let then = (order.list, order.due, order.payer);
    order.state == OrderState::Unpaid && then != now
}

/// Ends an outdated order once its attempts are ended at their providers, and makes its successor where the photo is
/// still there. What is paid for it later goes back.
///
/// # Errors
/// `order.already_paid` where a provider says so now; `payment.provider_unavailable` where one does not say;
/// `request.version_conflict` where it was paid or a payment was begun meanwhile.
pub(crate) async fn replace(context: &Context, found: &Order, task: &Task) -> Result<(), Failure> {
    end_attempts(context, found).await?;
    let (school, owner) = (found.school_id, found.account_id);
    let new = prepare(context, school, owner).await?;
    let enrolment = found.enrolment_id;
    let tx = context.store.begin().await?;
    let enrolment = store::enrolment::lock(&tx, owner, enrolment).await?;
    let row = lock(&tx, found).await?;
    if row.state == OrderState::Closed {
        return Ok(());
    }
    if !is_outdated(&row, task) {
        return Err(ProblemCode::VersionConflict.into());
    }
    require_none_waits(&tx, &row).await?;
    close_row(context, &tx, row, ClosedReason::PriceChange).await?;
    if let Some(enrolment) = enrolment {
        let photo = store::photo::live(&tx, school, enrolment.id).await?;
        let row = store::school::get(&tx, school).await?;
        let row = row.ok_or(Failure::Fault("a school disappeared"))?;
        if photo.is_some() {
            ensure(context, &tx, &new, &enrolment, task, &row.code).await?;
        }
    }
    Ok(store::commit(tx, AuditExemption::Rule).await?)
}
