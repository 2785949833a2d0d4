//! When the next turn of a refund comes.

use chrono::{DateTime, Utc};
use domain::audit::AuditExemption;
use domain::payment::Attempt;
use domain::refund::{Refund, RefundState};

use crate::{Context, Failure};

/// Makes the turn of an attempt's refunds come now, since its provider said that something happened to them.
pub(crate) async fn wake(context: &Context, attempt: &Attempt) -> Result<(), Failure> {
    let on = context.store.reader();
    let school = attempt.school_id;
    let order = store::order::by_id(on, school, attempt.order_id).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    for row in store::refund::of_order(on, &order).await? {
        if row.attempt_id == attempt.id && row.state == RefundState::Submitted {
            again(context, &row, context.now(), None).await?;
        }
    }
    Ok(())
}

/// Sets when the next turn of a refund comes.
pub(super) async fn again(
    context: &Context,
    row: &Refund,
    next: DateTime<Utc>,
    seen: Option<&str>,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    store::refund::reschedule(&tx, row, next, seen).await?;
    Ok(store::commit(tx, AuditExemption::ProviderRecord).await?)
}
