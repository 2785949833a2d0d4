//! Evidence about a refund: the one place where it changes anything. One short transaction, no call inside.

use chrono::{DateTime, Utc};
use domain::RefundId;
use domain::audit::AuditExemption;
use domain::event::{EventData, RefundFacts};
use domain::money_case::CaseKind;
use domain::order::Order;
use domain::payment::{Attempt, MerchantAccount, NoticeResult, Provider};
use domain::refund::{
    self as rules, RefundEvidence, RefundMove, RefundReason, RefundRequester, RefundSeen,
    RefundState,
};
use providers::Outcome;
use providers::payment::RefundNumbers;
use serde_json::json;
use store::Tx;

use super::attempt_of;
use crate::ledger::{self, Transfer};
use crate::merchant::Merchant;
use crate::money_case::{self, Matter};
use crate::payment::Channel;
use crate::{Context, Failure, event};

/// A verified statement of a provider about a refund.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RefundProof<'a> {
    /// Who says it.
    pub(crate) provider: Provider,
    /// The merchant account that it was said to.
    pub(crate) account: &'a str,
    /// What is said.
    pub(crate) evidence: &'a RefundEvidence,
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
    /// What the inbox keeps.
    pub(crate) fn result(self) -> NoticeResult {
        match self {
            Self::Unknown => NoticeResult::UnknownRefund,
            Self::Mismatch => NoticeResult::Conflict,
            Self::Known | Self::Resubmit => NoticeResult::Known,
            Self::Moved(state) => state.into(),
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
    let said = proof.evidence;
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
        && said.amount.is_none_or(|said| said == found.amount);
    if !is_same {
        put_before_a_person(context, proof, CaseKind::AmountDifference, Some(&found)).await?;
        return Ok(RefundApplied::Mismatch);
    }
    let seen = match said.state.seen() {
        Ok(seen) => seen,
        Err(word) => {
            tracing::warn!(
                payment.out_trade_no = said.out_trade_no,
                refund.out_refund_no = said.out_refund_no,
                refund.state = word,
                "A provider named a state that we do not know"
            );
            return Ok(RefundApplied::Known);
        }
    };
    let seen = SeenRefund {
        seen,
        at: said.state.succeeded_at(),
        refund_id: said.refund_id.as_deref(),
    };
    see(context, &found, seen).await
}

/// What was seen of a refund, by its provider's evidence or its answer to our request.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeenRefund<'a> {
    /// What moves it.
    seen: RefundSeen,
    /// When the money went back.
    at: Option<DateTime<Utc>>,
    /// The provider's number.
    refund_id: Option<&'a str>,
}

impl SeenRefund<'_> {
    /// What moves it, and nothing more.
    pub(super) fn of(seen: RefundSeen) -> Self {
        Self {
            seen,
            at: None,
            refund_id: None,
        }
    }
}

/// Moves a refund by what its provider says of it: the only place where one moves.
pub(super) async fn see(
    context: &Context,
    found: &rules::Refund,
    seen: SeenRefund<'_>,
) -> Result<RefundApplied, Failure> {
    let SeenRefund {
        seen,
        at,
        refund_id,
    } = seen;
    let school = found.school_id;
    let tx = context.store.begin().await?;
    let order = store::order::lock(&tx, school, found.order_id).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    let row = store::refund::lock(&tx, school, found.id).await?;
    let row = row.ok_or(Failure::Fault("a refund disappeared"))?;
    let state = match row.state.after(seen) {
        RefundMove::Stay => return Ok(RefundApplied::Known),
        RefundMove::Resubmit => return Ok(RefundApplied::Resubmit),
        RefundMove::To(state) => state,
    };
    let now = context.now();
    let row = rules::Refund {
        state,
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
    store::refund::save(&tx, &row).await?;
    let order_no = order.order_no.clone();
    match state {
        RefundState::Succeeded => Box::pin(book(context, &tx, order, &row)).await?,
        RefundState::Closed | RefundState::Rejected | RefundState::Abnormal => {
            failed(context, &tx, order, &row).await?;
        }
        RefundState::Requested | RefundState::Submitted => {}
    }
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    metrics::counter!("refunds_moved_total", "state" => state.as_str()).increment(1);
    tracing::info!(
        order.no = order_no.as_str(),
        refund.out_refund_no = row.out_refund_no,
        refund.amount_fen = row.amount.0,
        refund.state = %state,
        "A refund of order {order_no} moved: {state}"
    );
    Ok(RefundApplied::Moved(state))
}

/// Books money that went back, and moves its order where the money had settled it.
async fn book(
    context: &Context,
    tx: &Tx,
    mut order: Order,
    row: &rules::Refund,
) -> Result<(), Failure> {
    let attempt = store::payment::lock(tx, row.school_id, row.attempt_id);
    let attempt = attempt
        .await?
        .ok_or(Failure::Fault("a payment attempt disappeared"))?;
    let disposition = attempt.disposition;
    let disposition = disposition.ok_or(Failure::Fault("money went back that never came"))?;
    if order.settled_by == Some(attempt.id) {
        let refunded = order.refund(row.amount);
        refunded.map_err(|_| Failure::Fault("an order refused its refund"))?;
        store::order::save(tx, &order).await?;
    }
    let event = record(context, tx, &order, row, EventData::RefundSucceeded).await?;
    let transfer = Transfer::of_refund(event, &attempt, row, disposition);
    ledger::book(context, tx, transfer).await?;
    for kind in [CaseKind::RefundFailed, CaseKind::RefundOverdue] {
        store::money_case::settle(tx, kind, &row.out_refund_no, context.now()).await?;
    }
    Ok(())
}

/// Tells of a refund that did not happen, and puts it before a person.
async fn failed(
    context: &Context,
    tx: &Tx,
    order: Order,
    row: &rules::Refund,
) -> Result<(), Failure> {
    record(context, tx, &order, row, EventData::RefundFailed).await?;
    let attempt = store::payment::lock(tx, row.school_id, row.attempt_id);
    let attempt = attempt
        .await?
        .ok_or(Failure::Fault("a payment attempt disappeared"))?;
    let matter = matter(&order, &attempt, row, CaseKind::RefundFailed);
    money_case::open(context, tx, matter).await
}

/// What a case about a refund says.
pub(super) fn matter<'a>(
    order: &'a Order,
    attempt: &'a Attempt,
    row: &rules::Refund,
    kind: CaseKind,
) -> Matter<'a> {
    Matter {
        kind,
        key: row.out_refund_no.clone(),
        merchant: attempt.merchant(),
        order: Some(order),
        amount: Some(row.amount),
        facts: json!({
            "out_trade_no": attempt.out_trade_no,
            "out_refund_no": row.out_refund_no,
            "transaction_id": attempt.provider_txn_id,
            "state": row.state,
            "last_error": row.last_error,
        }),
    }
}

async fn record(
    context: &Context,
    tx: &Tx,
    order: &Order,
    row: &rules::Refund,
    told: fn(RefundFacts) -> EventData,
) -> Result<domain::EventId, Failure> {
    let facts = RefundFacts {
        order_id: order.id,
        order_no: order.order_no.clone(),
        amount_fen: row.amount,
        reason: Some(row.reason),
        order_state: order.state,
        settlement: None,
    };
    event::record(context, tx, order.school_id, told(facts)).await
}

/// The attempt with its money, which is asked for where the refund is heard of first; `None` where the provider does not
/// say that it was paid.
async fn with_money(context: &Context, attempt: Attempt) -> Result<Option<Attempt>, Failure> {
    let is_paid = |attempt: &Attempt| attempt.paid_at.is_some();
    if is_paid(&attempt) {
        return Ok(Some(attempt));
    }
    crate::payment::ask(context, &attempt).await?;
    let (school, id) = (attempt.school_id, attempt.id);
    let now = store::payment::get(context.store.reader(), school, id).await?;
    Ok(now.filter(is_paid))
}

/// Records a refund of our payment that was made on the provider's own pages; `None` where the payment is none of
/// ours or not known to have come, or the provider does not say how much went back.
async fn adopt(
    context: &Context,
    proof: &RefundProof<'_>,
) -> Result<Option<rules::Refund>, Failure> {
    let on = context.store.reader();
    let (provider, account, said) = (proof.provider, proof.account, proof.evidence);
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
    let row = rules::Refund {
        id: context.new_id(RefundId::new),
        school_id: attempt.school_id,
        order_id: attempt.order_id,
        attempt_id: attempt.id,
        out_refund_no: said.out_refund_no.clone(),
        amount,
        reason: RefundReason::Other,
        requested_by: RefundRequester::Console,
        state: RefundState::Submitted,
        provider_refund_id: said.refund_id.clone(),
        submitted_at: Some(now),
        succeeded_at: None,
        next_poll_at: Some(now),
        last_error: None,
        created_at: now,
        note: String::new(),
        needs_approval: false,
        approval: None,
        polls: 0,
        request_key: None,
    };
    let tx = context.store.begin().await?;
    let order = store::order::lock(&tx, row.school_id, row.order_id).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    // Whoever waited for the lock may have been told the same.
    if let Some(other) = store::refund::by_number(&tx, &row.out_refund_no).await? {
        return Ok(Some(other));
    }
    store::refund::insert(&tx, &row).await?;
    let matter = matter(&order, &attempt, &row, CaseKind::ConsoleRefund);
    money_case::open(context, &tx, matter).await?;
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    Ok(Some(row))
}

async fn put_before_a_person(
    context: &Context,
    proof: &RefundProof<'_>,
    kind: CaseKind,
    row: Option<&rules::Refund>,
) -> Result<(), Failure> {
    let said = proof.evidence;
    let matter = Matter {
        kind,
        key: format!(
            "{}:{}:{}",
            proof.provider, proof.account, said.out_refund_no
        ),
        merchant: MerchantAccount {
            provider: proof.provider,
            name: proof.account,
        },
        order: None,
        amount: said.amount,
        facts: json!({
            "out_trade_no": said.out_trade_no,
            "out_refund_no": said.out_refund_no,
            "refund_id": said.refund_id,
            "said_fen": said.amount,
            "asked_fen": row.map(|row| row.amount),
        }),
    };
    let tx = context.store.begin().await?;
    money_case::open(context, &tx, matter).await?;
    Ok(store::commit(tx, AuditExemption::ProviderRecord).await?)
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
                evidence: &refund,
            };
            apply_refund(context, &proof).await.map(Some)
        }
        Outcome::Definite(None) => Ok(Some(RefundApplied::Unknown)),
        Outcome::Refused(_) | Outcome::Unknown(_) => Ok(None),
    }
}
