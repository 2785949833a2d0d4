//! Asking providers about attempts that are not paid, and acting on what they say.

use chrono::{DateTime, Utc};
use domain::payment::{
    Attempt, LAST_POLL_AFTER_EXPIRY, QUERY_INTERVAL, Step, Unpaid, after_unpaid, next_poll,
};
use futures_util::{StreamExt, stream};
use providers::Outcome;
use providers::payment::{Closed, Payment, Trade, TradeState};

use super::apply::{Proof, Source, apply_success};
use super::channel::{Channel, order_no_of};
use super::create::task_of;
use super::step::{PaymentStep, log_step};
use crate::{Context, Failure};

/// How many due attempts one round asks about.
const BATCH: u64 = 100;
/// How many of them at a time: a provider that answers nobody must not hold the others back for long.
const AT_ONCE: usize = 8;

/// What became of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It is paid, and that is applied.
    Paid,
    /// It can still be paid.
    Waiting,
    /// It ended unpaid.
    Ended,
    /// The provider did not say.
    Unknown,
}

/// What became of ending an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It can no longer be paid.
    Closed,
    /// It was paid before, and that is applied.
    Paid,
    /// The provider knows of no trade; a code that was shown can still be paid until it expires.
    StillPayable,
    /// The provider did not say.
    Unknown,
}

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
    store::commit(tx).await?;
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

/// Asks about an attempt; `None` where that was done in the last three seconds, here or elsewhere.
pub(super) async fn ask_if_due(
    context: &Context,
    attempt: &Attempt,
) -> Result<Option<Asked>, Failure> {
    let now = context.now();
    let tx = context.store.begin().await?;
    let since = now - QUERY_INTERVAL;
    let is_ours = store::payment::claim_if_older(&tx, attempt, now, since).await?;
    store::commit(tx).await?;
    if is_ours {
        return ask(context, attempt).await.map(Some);
    }
    Ok(None)
}

/// Asks the provider about an attempt and does what the answer calls for.
pub(crate) async fn ask(context: &Context, attempt: &Attempt) -> Result<Asked, Failure> {
    let Some(channel) = Channel::of(context, attempt).await? else {
        return Ok(Asked::Unknown);
    };
    let state = match channel.query(&attempt.out_trade_no).await {
        Outcome::Definite(Some(Trade { state, .. })) => state,
        Outcome::Definite(None) => return unpaid(context, attempt, Unpaid::NotFound).await,
        Outcome::Refused(refusal) => return unknown(context, attempt, &refusal.code).await,
        Outcome::Unknown(seen) => return unknown(context, attempt, &seen).await,
    };
    match state {
        TradeState::Paid(payment) => paid(context, attempt, &payment).await,
        TradeState::Refunded(payment) => {
            let asked = paid(context, attempt, &payment).await?;
            crate::refund::wake(context, attempt).await?;
            Ok(asked)
        }
        TradeState::NotPaid => unpaid(context, attempt, Unpaid::Open).await,
        TradeState::Closed => unpaid(context, attempt, Unpaid::Closed).await,
        TradeState::Other(state) => {
            tracing::warn!(
                payment.out_trade_no = attempt.out_trade_no,
                payment.trade_state = state,
                "A provider named a state that we do not know"
            );
            unknown(context, attempt, &state).await
        }
    }
}

async fn paid(context: &Context, attempt: &Attempt, payment: &Payment) -> Result<Asked, Failure> {
    let proof = Proof {
        provider: attempt.provider,
        account: &attempt.merchant_account,
        out_trade_no: &attempt.out_trade_no,
        payment,
        source: Source::Query,
    };
    apply_success(context, &proof).await?;
    Ok(Asked::Paid)
}

async fn unknown(context: &Context, attempt: &Attempt, seen: &str) -> Result<Asked, Failure> {
    let tx = context.store.begin().await?;
    store::payment::note_error(&tx, attempt, seen).await?;
    store::commit(tx).await?;
    Ok(Asked::Unknown)
}

async fn unpaid(context: &Context, attempt: &Attempt, seen: Unpaid) -> Result<Asked, Failure> {
    if attempt.last_error.is_some() {
        let tx = context.store.begin().await?;
        store::payment::clear_error(&tx, attempt).await?;
        store::commit(tx).await?;
    }
    let is_wanted = attempt.superseded_at.is_none();
    let step = after_unpaid(seen, is_wanted, attempt.expires_at, context.now());
    match step {
        Step::Wait => Ok(Asked::Waiting),
        Step::End => {
            close_row(context, attempt).await?;
            Ok(Asked::Ended)
        }
        Step::CloseAtProvider => Ok(match close_at_provider(context, attempt).await? {
            Some(Closed::Closed) => Asked::Ended,
            // The next poll finds the evidence; asking again at once would find what was found just now.
            Some(Closed::AlreadyPaid) | None => Asked::Unknown,
            Some(Closed::NotFound) => Asked::Waiting,
        }),
    }
}

/// Ends an attempt in favour of something else: closes it at its provider, or notes that it may still be paid. A provider
/// that does not say whether it closed is asked before anything is decided: perhaps it was paid.
pub(crate) async fn end(context: &Context, attempt: &Attempt) -> Result<Ended, Failure> {
    match close_at_provider(context, attempt).await? {
        Some(Closed::Closed) => Ok(Ended::Closed),
        Some(Closed::NotFound) => {
            let tx = context.store.begin().await?;
            store::payment::supersede(&tx, attempt, context.now()).await?;
            store::commit(tx).await?;
            let order_no = order_no_of(context, attempt).await?;
            log_step(&order_no, attempt, PaymentStep::Superseded);
            Ok(Ended::StillPayable)
        }
        Some(Closed::AlreadyPaid) | None => Ok(match ask(context, attempt).await? {
            Asked::Paid => Ended::Paid,
            Asked::Ended => Ended::Closed,
            Asked::Waiting | Asked::Unknown => Ended::Unknown,
        }),
    }
}

/// Closes an attempt at its provider, and here once the provider has; `None` where the provider does not say.
async fn close_at_provider(
    context: &Context,
    attempt: &Attempt,
) -> Result<Option<Closed>, Failure> {
    let Some(channel) = Channel::of(context, attempt).await? else {
        return Ok(None);
    };
    match channel.close(&attempt.out_trade_no).await {
        Outcome::Definite(closed) => {
            if closed == Closed::Closed {
                close_row(context, attempt).await?;
            }
            Ok(Some(closed))
        }
        Outcome::Refused(refusal) => unknown(context, attempt, &refusal.code).await.map(|_| None),
        Outcome::Unknown(seen) => unknown(context, attempt, &seen).await.map(|_| None),
    }
}

/// Ends an attempt here. While its time is not long over, it is asked about one last time.
async fn close_row(context: &Context, attempt: &Attempt) -> Result<(), Failure> {
    let last_poll_at: DateTime<Utc> = attempt.expires_at + LAST_POLL_AFTER_EXPIRY;
    let tx = context.store.begin().await?;
    let last_poll_at = Some(last_poll_at).filter(|at| *at > context.now());
    store::payment::close(&tx, attempt, last_poll_at).await?;
    store::commit(tx).await?;
    let order_no = order_no_of(context, attempt).await?;
    log_step(&order_no, attempt, PaymentStep::Closed);
    Ok(())
}
