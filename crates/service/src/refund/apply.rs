//! Evidence about a refund: the one place where it changes anything. One short transaction, no call inside.

use chrono::{DateTime, Utc};
use domain::money_case::CaseKind;
use domain::order::OrderEvent;
use domain::payment::Provider;
use domain::refund::{RefundMove, RefundReason, RefundSeen, RefundState};
use domain::{AttemptId, Fen, OrderId, RefundId, SchoolId};
use providers::Outcome;
use providers::payment::{Refund, RefundNumbers, RefundState as Said};
use serde_json::json;
use store::Tx;
use store::entity::{order, payment_attempt, refund};

use super::{CONSOLE, attempt_of, disposition_of, state_of};
use crate::event::{self, Happening};
use crate::ledger::{self, Transfer};
use crate::merchant::Merchant;
use crate::money_case::{self, Matter};
use crate::payment::{Channel, provider_of};
use crate::{Context, Failure};

/// A verified statement of a provider about a refund.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RefundProof<'a> {
    /// Who says it.
    pub(crate) provider: Provider,
    /// The merchant account that it was said to.
    pub(crate) account: &'a str,
    /// What is said.
    pub(crate) refund: &'a Refund,
}

/// What a statement came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefundApplied {
    /// The refund or its payment is none of ours: a person must look.
    Unknown,
    /// The amount is another than we asked for: a person must look.
    Mismatch,
    /// We knew.
    Known,
    /// The refund is now there.
    Moved(RefundState),
    /// The provider knows of none: hand it in again.
    Resubmit,
}

impl RefundApplied {
    /// The word that the inbox keeps.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown_refund",
            Self::Mismatch => "conflict",
            Self::Known | Self::Resubmit => "known",
            Self::Moved(state) => state.as_str(),
        }
    }
}

/// Applies what a provider says of a refund. A refund of our payment that we did not ask for is recorded as made on the
/// provider's own pages.
pub(crate) async fn apply_refund(
    context: &Context,
    proof: &RefundProof<'_>,
) -> Result<RefundApplied, Failure> {
    let on = context.store.reader();
    let said = proof.refund;
    let found = match store::refund::by_number(on, &said.out_refund_no).await? {
        Some(found) => found,
        None => match adopt(context, proof).await? {
            Some(adopted) => adopted,
            None => return Ok(RefundApplied::Unknown),
        },
    };
    let attempt = attempt_of(context, &found).await?;
    let is_same = attempt.out_trade_no == said.out_trade_no
        && attempt.merchant_account == proof.account
        && said.amount.is_none_or(|said| said == Fen(found.amount_fen));
    if !is_same {
        put_before_a_person(context, proof, CaseKind::AmountDifference, Some(&found)).await?;
        return Ok(RefundApplied::Mismatch);
    }
    let (seen, at) = match &said.state {
        Said::Processing => (RefundSeen::Processing, None),
        Said::Succeeded { at } => (RefundSeen::Succeeded, *at),
        Said::Closed => (RefundSeen::Closed, None),
        Said::Abnormal => (RefundSeen::Abnormal, None),
        Said::Other(state) => {
            tracing::warn!(
                payment.out_trade_no = said.out_trade_no,
                refund.out_refund_no = said.out_refund_no,
                refund.state = state,
                "A provider named a state that we do not know"
            );
            return Ok(RefundApplied::Known);
        }
    };
    see(context, &found, (seen, at, said.refund_id.as_deref())).await
}

/// Moves a refund by what its provider says of it: the only place where one moves.
pub(super) async fn see(
    context: &Context,
    found: &refund::Model,
    (seen, at, refund_id): (RefundSeen, Option<DateTime<Utc>>, Option<&str>),
) -> Result<RefundApplied, Failure> {
    let school = SchoolId(found.school_id);
    let tx = context.store.begin().await?;
    let order = store::order::lock(&tx, school, OrderId(found.order_id)).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    let row = store::refund::lock(&tx, school, RefundId(found.id)).await?;
    let row = row.ok_or(Failure::Fault("a refund disappeared"))?;
    let state = match state_of(&row)?.after(seen) {
        RefundMove::Stay => return Ok(RefundApplied::Known),
        RefundMove::Resubmit => return Ok(RefundApplied::Resubmit),
        RefundMove::To(state) => state,
    };
    let now = context.now();
    let row = refund::Model {
        state: state.as_str().to_owned(),
        provider_refund_id: refund_id.map(str::to_owned).or(row.provider_refund_id),
        submitted_at: row.submitted_at.or(Some(now)),
        succeeded_at: (state == RefundState::Succeeded).then(|| at.unwrap_or(now)),
        next_poll_at: row.next_poll_at.filter(|_| state.is_under_way()),
        // What the provider said of an earlier try explains a failure, and contradicts a success.
        last_error: row.last_error.filter(|_| match state {
            RefundState::Closed | RefundState::Rejected | RefundState::Abnormal => true,
            RefundState::Requested | RefundState::Submitted | RefundState::Succeeded => false,
        }),
        ..row
    };
    store::save(&tx, row.clone()).await?;
    let order_no = order.order_no.clone();
    match state {
        RefundState::Succeeded => Box::pin(book(context, &tx, order, &row)).await?,
        RefundState::Closed | RefundState::Rejected | RefundState::Abnormal => {
            failed(context, &tx, order, &row).await?;
        }
        RefundState::Requested | RefundState::Submitted => {}
    }
    store::commit(tx).await?;
    metrics::counter!("refunds_moved_total", "state" => state.as_str()).increment(1);
    tracing::info!(
        order.no = order_no,
        refund.out_refund_no = row.out_refund_no,
        refund.amount_fen = row.amount_fen,
        refund.state = %state,
        "A refund of order {order_no} moved: {state}"
    );
    Ok(RefundApplied::Moved(state))
}

/// Books money that went back, and moves its order where the money had settled it.
async fn book(
    context: &Context,
    tx: &Tx,
    mut order: order::Model,
    row: &refund::Model,
) -> Result<(), Failure> {
    let attempt = store::payment::lock(tx, SchoolId(row.school_id), AttemptId(row.attempt_id));
    let attempt = attempt
        .await?
        .ok_or(Failure::Fault("a payment attempt disappeared"))?;
    let disposition = disposition_of(&attempt)?;
    let disposition = disposition.ok_or(Failure::Fault("money went back that never came"))?;
    if order.settled_by == Some(attempt.id) {
        order.refunded_fen += row.amount_fen;
        let event = if order.refunded_fen >= order.due_fen {
            OrderEvent::FullyRefunded
        } else {
            OrderEvent::PartlyRefunded
        };
        let moved = crate::order::state_of(&order)?.after(event);
        let state = moved.map_err(|_| Failure::Fault("an order refused its refund"))?;
        state.as_str().clone_into(&mut order.state);
        order.version += 1;
        store::save(tx, order.clone()).await?;
    }
    let event = record(context, tx, &order, (row, "refund.succeeded")).await?;
    let transfer = Transfer::of_refund(event, &attempt, row, disposition);
    ledger::book(context, tx, transfer).await?;
    for kind in [CaseKind::RefundFailed, CaseKind::RefundOverdue] {
        let (kind, key) = (kind.as_str(), &row.out_refund_no);
        store::money_case::settle(tx, kind, key, context.now()).await?;
    }
    Ok(())
}

/// Tells of a refund that did not happen, and puts it before a person.
async fn failed(
    context: &Context,
    tx: &Tx,
    order: order::Model,
    row: &refund::Model,
) -> Result<(), Failure> {
    record(context, tx, &order, (row, "refund.failed")).await?;
    let attempt = store::payment::lock(tx, SchoolId(row.school_id), AttemptId(row.attempt_id));
    let attempt = attempt
        .await?
        .ok_or(Failure::Fault("a payment attempt disappeared"))?;
    let matter = matter(&order, &attempt, row, CaseKind::RefundFailed)?;
    money_case::open(context, tx, matter).await
}

/// What a case about a refund says.
pub(super) fn matter<'a>(
    order: &'a order::Model,
    attempt: &'a payment_attempt::Model,
    row: &refund::Model,
    kind: CaseKind,
) -> Result<Matter<'a>, Failure> {
    Ok(Matter {
        kind,
        key: row.out_refund_no.clone(),
        merchant: (provider_of(attempt)?, &attempt.merchant_account),
        order: Some(order),
        amount: Some(Fen(row.amount_fen)),
        facts: json!({
            "out_trade_no": attempt.out_trade_no,
            "out_refund_no": row.out_refund_no,
            "transaction_id": attempt.provider_txn_id,
            "state": row.state,
            "last_error": row.last_error,
        }),
    })
}

async fn record(
    context: &Context,
    tx: &Tx,
    order: &order::Model,
    (row, kind): (&refund::Model, &str),
) -> Result<domain::EventId, Failure> {
    let happening = Happening {
        school: SchoolId(order.school_id),
        object_type: "order",
        object_id: order.id,
        kind,
    };
    let facts = json!({
        "order_no": order.order_no,
        "amount_fen": row.amount_fen,
        "reason": row.reason_code,
        "order_state": order.state,
    });
    event::record(context, tx, happening, facts).await
}

/// The attempt with its money, which is asked for where the refund is heard of first; `None` where the provider does not
/// say that it was paid.
async fn with_money(
    context: &Context,
    attempt: payment_attempt::Model,
) -> Result<Option<payment_attempt::Model>, Failure> {
    let is_paid = |attempt: &payment_attempt::Model| attempt.paid_at.is_some();
    if is_paid(&attempt) {
        return Ok(Some(attempt));
    }
    crate::payment::ask(context, &attempt).await?;
    let (school, id) = (SchoolId(attempt.school_id), AttemptId(attempt.id));
    let now = store::payment::get(context.store.reader(), school, id).await?;
    Ok(now.filter(is_paid))
}

/// Records a refund of our payment that was made on the provider's own pages; `None` where the payment is none of
/// ours or not known to have come, or the provider does not say how much went back.
async fn adopt(
    context: &Context,
    proof: &RefundProof<'_>,
) -> Result<Option<refund::Model>, Failure> {
    let on = context.store.reader();
    let (provider, account, said) = (proof.provider, proof.account, proof.refund);
    let attempt = store::payment::by_number(on, provider, account, &said.out_trade_no).await?;
    let attempt = match attempt {
        Some(attempt) => Box::pin(with_money(context, attempt)).await?,
        None => None,
    };
    let (Some(attempt), Some(amount)) = (attempt, said.amount) else {
        put_before_a_person(context, proof, CaseKind::ConsoleRefund, None).await?;
        return Ok(None);
    };
    let now = context.now();
    let row = refund::Model {
        id: context.new_id(RefundId::new).0,
        school_id: attempt.school_id,
        order_id: attempt.order_id,
        attempt_id: attempt.id,
        out_refund_no: said.out_refund_no.clone(),
        amount_fen: amount.0,
        reason_code: RefundReason::Other.as_str().to_owned(),
        requested_by: CONSOLE.to_owned(),
        state: RefundState::Submitted.as_str().to_owned(),
        provider_refund_id: said.refund_id.clone(),
        submitted_at: Some(now),
        succeeded_at: None,
        next_poll_at: Some(now),
        last_error: None,
        created_at: now,
        note: String::new(),
        needs_approval: false,
        approved_by: None,
        approved_at: None,
        polls: 0,
        request_key: None,
        requested_as: None,
        approved_as: None,
    };
    let tx = context.store.begin().await?;
    let order = store::order::lock(&tx, SchoolId(row.school_id), OrderId(row.order_id)).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    // Whoever waited for the lock may have been told the same.
    if let Some(other) = store::refund::by_number(&tx, &row.out_refund_no).await? {
        return Ok(Some(other));
    }
    store::insert(&tx, row.clone()).await?;
    let matter = matter(&order, &attempt, &row, CaseKind::ConsoleRefund)?;
    money_case::open(context, &tx, matter).await?;
    store::commit(tx).await?;
    Ok(Some(row))
}

async fn put_before_a_person(
    context: &Context,
    proof: &RefundProof<'_>,
    kind: CaseKind,
    row: Option<&refund::Model>,
) -> Result<(), Failure> {
    let said = proof.refund;
    let matter = Matter {
        kind,
        key: format!(
            "{}:{}:{}",
            proof.provider, proof.account, said.out_refund_no
        ),
        merchant: (proof.provider, proof.account),
        order: None,
        amount: said.amount,
        facts: json!({
            "out_trade_no": said.out_trade_no,
            "out_refund_no": said.out_refund_no,
            "refund_id": said.refund_id,
            "said_fen": said.amount,
            "asked_fen": row.map(|row| row.amount_fen),
        }),
    };
    let tx = context.store.begin().await?;
    money_case::open(context, &tx, matter).await?;
    Ok(store::commit(tx).await?)
}

/// Asks the provider about a refund that somebody names, ours or not, and applies the answer; `None` where it does not
/// say.
pub(crate) async fn learn(
    context: &Context,
    merchant: &Merchant,
    numbers: RefundNumbers<'_>,
) -> Result<Option<RefundApplied>, Failure> {
    let channel = Channel::to(context, merchant);
    match channel.query_refund(numbers).await {
        Outcome::Definite(Some(refund)) => {
            let proof = RefundProof {
                provider: merchant.provider(),
                account: &merchant.account,
                refund: &refund,
            };
            apply_refund(context, &proof).await.map(Some)
        }
        Outcome::Definite(None) => Ok(Some(RefundApplied::Unknown)),
        Outcome::Refused(_) | Outcome::Unknown(_) => Ok(None),
    }
}
