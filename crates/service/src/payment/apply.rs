//! Evidence that money arrived: the one place where it changes anything. One short transaction, no call inside.

use domain::order::ClosedReason;
use domain::payment::{AttemptFacts, AttemptState, Disposition, Evidence, Meaning, OrderFacts};
use domain::payment::{Provider, meaning};
use domain::{AttemptId, EnrolmentId, Fen, OrderId, SchoolId, TaskId};
use providers::payment::Payment;
use serde_json::json;
use store::Tx;
use store::entity::{order, payment_attempt};

use crate::event::{self, Happening};
use crate::ledger::{self, Transfer};
use crate::order::{Settlement, settle, state_of};
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure};

/// How evidence reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// In a verified notice.
    Notice,
    /// In the verified answer to a query.
    Query,
}

/// A verified statement of a provider that an attempt was paid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Proof<'a> {
    /// Who says it.
    pub(crate) provider: Provider,
    /// The merchant account that it was said to.
    pub(crate) account: &'a str,
    /// The attempt.
    pub(crate) out_trade_no: &'a str,
    /// What was paid.
    pub(crate) payment: &'a Payment,
    /// How it reached us.
    pub(crate) source: Source,
}

/// What evidence came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Applied {
    /// No attempt of this account has the number: a person must look.
    UnknownAttempt,
    /// It means this, and that is done.
    Done(Meaning),
}

impl Applied {
    /// The word that the inbox keeps.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::UnknownAttempt => "unknown_attempt",
            Self::Done(Meaning::Known) => "known",
            Self::Done(Meaning::SecondTransaction | Meaning::Mismatch) => "conflict",
            Self::Done(Meaning::Applied { .. }) => "applied",
            Self::Done(Meaning::Surplus) => "surplus",
        }
    }
}

/// Applies evidence. The same evidence again changes nothing; evidence that does not fit is kept for a person.
pub(crate) async fn apply_success(
    context: &Context,
    proof: &Proof<'_>,
) -> Result<Applied, Failure> {
    let Proof {
        provider,
        account,
        out_trade_no,
        payment,
        source,
    } = *proof;
    let on = context.store.connection();
    let found = store::payment::by_number(on, provider, account, out_trade_no).await?;
    let Some(found) = found else {
        tracing::error!(
            payment.provider = %provider, payment.out_trade_no = out_trade_no, payment.source = ?source,
            "Money arrived for a number that is none of ours: a person must look"
        );
        return Ok(Applied::UnknownAttempt);
    };
    let school = SchoolId(found.school_id);
    let sealer = context
        .sealer(Scope::School(school), Purpose::Payment)
        .await?;

    let tx = context.store.begin().await?;
    let order = store::order::lock(&tx, school, OrderId(found.order_id)).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    let attempt = store::payment::lock(&tx, school, AttemptId(found.id)).await?;
    let attempt = attempt.ok_or(Failure::Fault("a payment attempt disappeared"))?;
    let evidence = Evidence {
        provider_txn_id: payment.transaction_id.clone(),
        amount: payment.amount,
        currency: payment.currency.clone(),
        paid_at: payment.paid_at,
    };
    let facts = attempt_facts(&attempt)?;
    let meaning = meaning(&evidence, &facts, order_facts(context, &tx, &order).await?);
    // On the heap: this future is part of many others.
    Box::pin(take_effect(
        context,
        &tx,
        (order, attempt),
        (payment, &sealer),
        meaning,
    ))
    .await?;
    store::commit(tx).await?;
    tracing::info!(
        payment.out_trade_no = out_trade_no, payment.source = ?source, payment.meaning = ?meaning,
        "Evidence of a payment was applied"
    );
    Ok(Applied::Done(meaning))
}

async fn take_effect(
    context: &Context,
    tx: &Tx,
    (order, attempt): (order::Model, payment_attempt::Model),
    (payment, sealer): (&Payment, &Sealer),
    meaning: Meaning,
) -> Result<(), Failure> {
    let disposition = match meaning {
        Meaning::Known => return Ok(()),
        Meaning::SecondTransaction => return ask_a_person(tx, order, &attempt).await,
        Meaning::Mismatch => Disposition::Conflict,
        Meaning::Applied { .. } => Disposition::Applied,
        Meaning::Surplus => Disposition::Surplus,
    };
    let attempt = succeeded(attempt, payment, sealer, disposition)?;
    store::save(tx, attempt.clone()).await?;
    store::payment::supersede_others(tx, &attempt, context.now()).await?;
    match meaning {
        Meaning::Known | Meaning::SecondTransaction => Ok(()),
        Meaning::Mismatch => ask_a_person(tx, order, &attempt).await,
        Meaning::Applied { late } => {
            let settlement = Settlement::Online {
                attempt: &attempt,
                paid_at: payment.paid_at,
                late,
            };
            settle(context, tx, order, settlement).await
        }
        Meaning::Surplus => {
            keep_surplus(context, tx, &order, &attempt).await?;
            ask_a_person(tx, order, &attempt).await
        }
    }
}

/// The attempt with its money. What it was asked for stays; what came instead is told in `last_error`.
fn succeeded(
    attempt: payment_attempt::Model,
    payment: &Payment,
    sealer: &Sealer,
    disposition: Disposition,
) -> Result<payment_attempt::Model, Failure> {
    let payer = payment.payer.as_ref().map(|payer| {
        let (table, column) = ("payment_attempts", "payer_ref_sealed");
        sealer.seal(table, column, attempt.id, payer.0.as_bytes())
    });
    let last_error = match disposition {
        Disposition::Conflict => Some(format!(
            "{} {} arrived, {} was asked for",
            payment.amount,
            payment.currency,
            Fen(attempt.amount_fen)
        )),
        Disposition::Applied | Disposition::Surplus => None,
    };
    Ok(payment_attempt::Model {
        state: AttemptState::Succeeded.as_str().to_owned(),
        disposition: Some(disposition.as_str().to_owned()),
        provider_txn_id: Some(payment.transaction_id.clone()),
        payer_ref_sealed: payer.transpose()?,
        paid_at: Some(payment.paid_at),
        next_poll_at: None,
        last_error,
        ..attempt
    })
}

/// Marks the order, so that a person decides about its money; nothing else changes.
async fn ask_a_person(
    tx: &Tx,
    mut order: order::Model,
    attempt: &payment_attempt::Model,
) -> Result<(), Failure> {
    tracing::error!(
        order.no = order.order_no,
        payment.out_trade_no = attempt.out_trade_no,
        "The money of a payment does not fit: a person must look"
    );
    order.needs_review = true;
    order.version += 1;
    Ok(store::save(tx, order).await?)
}

/// Books money that the order does not need; a person sends it back.
async fn keep_surplus(
    context: &Context,
    tx: &Tx,
    order: &order::Model,
    attempt: &payment_attempt::Model,
) -> Result<(), Failure> {
    let happening = Happening {
        school: SchoolId(order.school_id),
        object_type: "order",
        object_id: order.id,
        kind: "payment.surplus",
    };
    let facts = json!({
        "order_no": order.order_no,
        "amount_fen": attempt.amount_fen,
        "channel": attempt.provider,
    });
    let event = event::record(context, tx, happening, facts).await?;
    let transfer = Transfer::of_payment(event, attempt, ledger::SURPLUS, "surplus");
    ledger::book(context, tx, transfer).await
}

fn attempt_facts(attempt: &payment_attempt::Model) -> Result<AttemptFacts, Failure> {
    let state = AttemptState::parse(&attempt.state);
    Ok(AttemptFacts {
        state: state.ok_or(Failure::Fault("payment_attempts.state is no state"))?,
        amount: Fen(attempt.amount_fen),
        provider_txn_id: attempt.provider_txn_id.clone(),
    })
}

async fn order_facts(
    context: &Context,
    tx: &Tx,
    order: &order::Model,
) -> Result<OrderFacts, Failure> {
    let task = store::task::get(tx, TaskId(order.task_id)).await?;
    let task = task.ok_or(Failure::Fault("a task disappeared"))?;
    let (school, enrolment) = (SchoolId(order.school_id), EnrolmentId(order.enrolment_id));
    let open = store::order::lock_open(tx, school, enrolment).await?;
    Ok(OrderFacts {
        state: state_of(order)?,
        closed_reason: order.closed_reason.as_deref().and_then(ClosedReason::parse),
        task_is_open: crate::school::read_task(&task)?.is_open(context.now()),
        has_other_open_order: open.is_some_and(|open| open.id != order.id),
    })
}
