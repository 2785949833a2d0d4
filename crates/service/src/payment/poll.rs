//! Asking about the attempts whose turn has come.

use domain::audit::AuditExemption;
use domain::payment::{Attempt, next_poll};
use futures_util::{StreamExt, stream};

use super::ask::ask;
use super::create::task_of;
use crate::{Context, Failure};

/// How many due attempts one round asks about.
const BATCH: u64 = 100;

/// How many of them at a time: a provider that answers nobody must not hold the others back for long.
const AT_ONCE: usize = 8;

/// Polls the attempts that are due; of several server copies one asks.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let due = store::payment::due(context.store.reader(), context.now(), BATCH).await?;
    stream::iter(due)
        .for_each_concurrent(AT_ONCE, |attempt| async move {
            if let Err(error) = poll(context, &attempt).await {
                let span =
                    tracing::info_span!("payment", payment.out_trade_no = attempt.out_trade_no);
                let (what, number) = ("A payment could not be asked about", &attempt.out_trade_no);
                span.in_scope(|| context.report_about(what, number, &error));
            }
        })
        .await;
    Ok(())
}

async fn poll(context: &Context, attempt: &Attempt) -> Result<(), Failure> {
    let now = context.now();
    let [spread] = context.random_bytes();
    let next = next_poll(attempt.created_at, attempt.expires_at, now, spread);
    let tx = context.store.begin().await?;
    let is_ours = store::payment::claim_due(&tx, attempt, now, next).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    if is_ours && !Box::pin(has_new_price(context, attempt)).await? {
        ask(context, attempt).await?;
    }
    Ok(())
}

/// Whether an attempt's order ended now because its price changed: then there is nothing more to ask.
async fn has_new_price(context: &Context, attempt: &Attempt) -> Result<bool, Failure> {
    let on = context.store.reader();
    let (school, order) = (attempt.school_id, attempt.order_id);
    let order = store::order::by_id(on, school, order).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    let task = task_of(context, &order).await?;
    if attempt.superseded_at.is_some() || !crate::order::is_outdated(&order, &task) {
        return Ok(false);
    }
    match Box::pin(crate::order::replace(context, &order, &task)).await {
        Ok(()) => Ok(true),
        // A payment is there or was begun, or its provider does not say: ask on.
        Err(Failure::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
