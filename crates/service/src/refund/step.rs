//! Handing refunds in and asking about them: a refund's row is its own job, and its turn is when to act next.

use chrono::TimeDelta;
use domain::audit::AuditExemption;
use domain::money_case::CaseKind;
use domain::payment::Attempt;
use domain::refund::{Refund, RefundEvidence, RefundSeen, RefundState, next_refund_poll};
use futures_util::{StreamExt, stream};
use providers::Outcome;
use providers::payment::{RefundNumbers, Submitted};

use super::apply::{self, RefundApplied, RefundProof, SeenRefund, apply_refund, see};
use super::attempt_of;
use super::schedule::again;
use crate::payment::Channel;
use crate::{Context, Failure, money_case};

/// How many refunds one round acts on.
const BATCH: u64 = 100;
/// How many of them at a time.
const AT_ONCE: usize = 8;
/// Longer than handing in and asking take together: whoever has not finished by then is dead, and another goes on.
const LEASE: TimeDelta = TimeDelta::seconds(90);
/// When to try again where the merchant account does not hold enough.
const NOT_ENOUGH_AGAIN: TimeDelta = TimeDelta::hours(1);

/// Acts on the refunds whose turn has come; of several server copies one does.
pub(crate) async fn sweep(context: &Context) -> Result<(), Failure> {
    let due = store::refund::due(context.store.reader(), context.now(), BATCH).await?;
    stream::iter(due)
        .for_each_concurrent(AT_ONCE, |row| async move {
            if let Err(error) = take_turn(context, &row).await {
                let span = tracing::info_span!("refund", refund.out_refund_no = row.out_refund_no);
                let (what, number) = ("A refund could not be carried on", &row.out_refund_no);
                span.in_scope(|| context.report_about(what, number, &error));
            }
        })
        .await;
    Ok(())
}

async fn take_turn(context: &Context, row: &Refund) -> Result<(), Failure> {
    let now = context.now();
    let tx = context.store.begin().await?;
    let is_ours = store::refund::claim_due(&tx, row, now, now + LEASE).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    if !is_ours {
        return Ok(());
    }
    let attempt = attempt_of(context, row).await?;
    let Some(channel) = Channel::of(context, &attempt).await? else {
        return later(context, row, &attempt, Some("no such merchant account")).await;
    };
    match row.state {
        RefundState::Requested => submit(context, &channel, row, &attempt).await,
        RefundState::Submitted | RefundState::Abnormal => {
            ask(context, &channel, row, &attempt).await
        }
        RefundState::Succeeded | RefundState::Closed | RefundState::Rejected => Ok(()),
    }
}

/// Hands a refund in. The same number again is the same refund, so that nothing is lost or doubled by doing it twice.
async fn submit(
    context: &Context,
    channel: &Channel<'_>,
    row: &Refund,
    attempt: &Attempt,
) -> Result<(), Failure> {
    let reason = row.reason.label().get(domain::Lang::Zh);
    match channel.refund(attempt, row, reason).await {
        Outcome::Definite(Submitted::Taken(refund)) => {
            let proof = RefundProof {
                provider: attempt.provider,
                account: &attempt.merchant_account,
                evidence: &refund,
            };
            apply_refund(context, &proof).await?;
            later(context, row, attempt, None).await
        }
        Outcome::Definite(Submitted::NotEnough) => {
            put_before_a_person(context, row, attempt, CaseKind::RefundFailed).await?;
            let next = context.now() + NOT_ENOUGH_AGAIN;
            again(context, row, next, Some("the account does not hold enough")).await
        }
        // Only the provider's own word that there is no such refund frees the money for another.
        Outcome::Refused(refusal) => match query(channel, row, attempt).await {
            Outcome::Definite(None) => {
                again(context, row, context.now() + LEASE, Some(&refusal.code)).await?;
                see(context, row, SeenRefund::of(RefundSeen::Refused)).await?;
                Ok(())
            }
            Outcome::Definite(Some(_)) => ask(context, channel, row, attempt).await,
            Outcome::Refused(_) | Outcome::Unknown(_) => {
                later(context, row, attempt, Some(&refusal.code)).await
            }
        },
        Outcome::Unknown(seen) => later(context, row, attempt, Some(&seen)).await,
    }
}

async fn query(
    channel: &Channel<'_>,
    row: &Refund,
    attempt: &Attempt,
) -> Outcome<Option<RefundEvidence>> {
    let numbers = RefundNumbers {
        out_trade_no: &attempt.out_trade_no,
        out_refund_no: &row.out_refund_no,
    };
    channel.query_refund(numbers).await
}

async fn ask(
    context: &Context,
    channel: &Channel<'_>,
    row: &Refund,
    attempt: &Attempt,
) -> Result<(), Failure> {
    match query(channel, row, attempt).await {
        Outcome::Definite(Some(refund)) => {
            let proof = RefundProof {
                provider: attempt.provider,
                account: &attempt.merchant_account,
                evidence: &refund,
            };
            apply_refund(context, &proof).await?;
            later(context, row, attempt, None).await
        }
        Outcome::Definite(None) => {
            match see(context, row, SeenRefund::of(RefundSeen::NotFound)).await? {
                RefundApplied::Resubmit => Box::pin(submit(context, channel, row, attempt)).await,
                RefundApplied::Unknown
                | RefundApplied::Mismatch
                | RefundApplied::Known
                | RefundApplied::Moved(_) => later(context, row, attempt, None).await,
            }
        }
        Outcome::Refused(refusal) => later(context, row, attempt, Some(&refusal.code)).await,
        Outcome::Unknown(seen) => later(context, row, attempt, Some(&seen)).await,
    }
}

/// Lets a refund that is still under way have its next turn by the plan; one that takes too long is put before a person.
async fn later(
    context: &Context,
    row: &Refund,
    attempt: &Attempt,
    seen: Option<&str>,
) -> Result<(), Failure> {
    let begun_at = row
        .submitted_at
        .or(row.approval.as_ref().map(|approval| approval.at))
        .unwrap_or(row.created_at);
    let [spread] = context.random_bytes();
    let poll = next_refund_poll(begun_at, context.now(), spread);
    if poll.is_overdue {
        put_before_a_person(context, row, attempt, CaseKind::RefundOverdue).await?;
    }
    again(context, row, poll.at, seen).await
}

async fn put_before_a_person(
    context: &Context,
    row: &Refund,
    attempt: &Attempt,
    kind: CaseKind,
) -> Result<(), Failure> {
    let on = context.store.reader();
    let order = store::order::by_id(on, row.school_id, row.order_id).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    let tx = context.store.begin().await?;
    let matter = apply::matter(&order, attempt, row, kind);
    money_case::open(context, &tx, matter).await?;
    Ok(store::commit(tx, AuditExemption::ProviderRecord).await?)
}
