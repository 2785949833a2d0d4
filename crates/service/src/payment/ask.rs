//! Asking providers about attempts that are not paid, and acting on what they say.

use chrono::{DateTime, Utc};
use domain::audit::AuditExemption;
use domain::payment::{
    Attempt, Evidence, LAST_POLL_AFTER_EXPIRY, QUERY_INTERVAL, Step, Unpaid, after_unpaid,
};
use providers::Outcome;
use providers::payment::{Closed, Trade, TradeState};

use super::apply::{Proof, Source, apply_success};
use super::channel::{Channel, order_no_of};
use super::step::{PaymentStep, log_step};
use crate::{Context, Failure};

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

/// Asks about an attempt; `None` where that was done in the last three seconds, here or elsewhere.
pub(super) async fn ask_if_due(
    context: &Context,
    attempt: &Attempt,
) -> Result<Option<Asked>, Failure> {
    let now = context.now();
    let since = now - QUERY_INTERVAL;
    // The row as it was read says so most times; where it does not, the claim decides.
    if attempt.last_polled_at.is_some_and(|at| at > since) {
        return Ok(None);
    }
    let tx = context.store.begin().await?;
    let is_ours = store::payment::claim_if_older(&tx, attempt, now, since).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
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
        TradeState::Paid(evidence) => paid(context, attempt, &evidence).await,
        TradeState::Refunded(evidence) => {
            let asked = paid(context, attempt, &evidence).await?;
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

async fn paid(context: &Context, attempt: &Attempt, evidence: &Evidence) -> Result<Asked, Failure> {
    let proof = Proof {
        provider: attempt.provider,
        account: &attempt.merchant_account,
        out_trade_no: &attempt.out_trade_no,
        evidence,
        source: Source::Query,
    };
    apply_success(context, &proof).await?;
    Ok(Asked::Paid)
}

async fn unknown(context: &Context, attempt: &Attempt, seen: &str) -> Result<Asked, Failure> {
    let tx = context.store.begin().await?;
    store::payment::note_error(&tx, attempt, seen).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    Ok(Asked::Unknown)
}

async fn unpaid(context: &Context, attempt: &Attempt, seen: Unpaid) -> Result<Asked, Failure> {
    if attempt.last_error.is_some() {
        let tx = context.store.begin().await?;
        store::payment::clear_error(&tx, attempt).await?;
        store::commit(tx, AuditExemption::ProviderRecord).await?;
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
            store::commit(tx, AuditExemption::ProviderRecord).await?;
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
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    let order_no = order_no_of(context, attempt).await?;
    log_step(&order_no, attempt, PaymentStep::Closed);
    Ok(())
}
