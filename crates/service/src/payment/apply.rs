//! Evidence that money arrived: the one place where it changes anything. One short transaction, no call inside.

use domain::Sealed;
use domain::audit::AuditExemption;
use domain::event::{EventData, ReceivedMoney};
use domain::money_case::CaseKind;
use domain::order::{Order, OrderNo};
use domain::payment::{
    Attempt, AttemptFacts, AttemptState, Disposition, Evidence, Meaning, MerchantAccount,
    NoticeResult, OrderFacts, Provider, meaning,
};
use serde_json::json;
use store::Tx;
use store::notice::StoredNotice;

use crate::ledger::{self, Transfer};
use crate::money_case::{self, Matter};
use crate::order::{Settlement, settle};
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure, event};

/// How evidence reached us.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source<'a> {
    /// In a verified notice, which is stored in the same transaction: one commit for the provider to wait for.
    Notice(&'a StoredNotice),
    /// In a verified notice that is stored.
    StoredNotice,
    /// In the verified answer to a query.
    Query,
}

impl Source<'_> {
    fn as_str(self) -> &'static str {
        match self {
            Self::Notice(_) | Self::StoredNotice => "notice",
            Self::Query => "query",
        }
    }

    /// Stores the notice, if it is one that is not stored yet; gives it as it is then.
    async fn store(self, tx: &Tx) -> Result<Option<StoredNotice>, Failure> {
        match self {
            Self::Notice(row) => Ok(Some(store::notice::receive(tx, row).await?)),
            Self::StoredNotice | Self::Query => Ok(None),
        }
    }
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
    pub(crate) evidence: &'a Evidence,
    /// How it reached us.
    pub(crate) source: Source<'a>,
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
    /// What the inbox keeps.
    pub(crate) fn result(self) -> NoticeResult {
        match self {
            Self::UnknownAttempt => NoticeResult::UnknownAttempt,
            Self::Done(Meaning::Known) => NoticeResult::Known,
            Self::Done(
                Meaning::SecondTransaction | Meaning::Mismatch | Meaning::TransactionElsewhere,
            ) => NoticeResult::Conflict,
            Self::Done(Meaning::Applied { .. }) => NoticeResult::Applied,
            Self::Done(Meaning::Surplus) => NoticeResult::Surplus,
        }
    }
}

/// Applies evidence. The same evidence again changes nothing; evidence that does not fit is kept for a person.
pub(crate) async fn apply_success(
    context: &Context,
    proof: &Proof<'_>,
) -> Result<Applied, Failure> {
    let on = context.store.reader();
    let (provider, account) = (proof.provider, proof.account);
    let found = store::payment::by_number(on, provider, account, proof.out_trade_no).await?;
    let found = match found {
        Some(found) => {
            let scope = Scope::School(found.school_id);
            let sealer = context.sealer(scope, Purpose::Payment).await?;
            Some((found, sealer))
        }
        None => None,
    };
    let tx = context.store.begin().await?;
    let notice = proof.source.store(&tx).await?;
    if notice
        .as_ref()
        .is_some_and(|row| row.processed_at.is_some())
    {
        store::commit(tx, AuditExemption::ProviderRecord).await?;
        return Ok(Applied::Done(Meaning::Known));
    }
    let (applied, order_no) = match found {
        // On the heap: this future is part of many others.
        Some((found, sealer)) => {
            let applied = Box::pin(apply_to(context, &tx, proof, &found, &sealer)).await?;
            (applied.0, Some(applied.1))
        }
        None => (unknown_payment(context, &tx, proof).await?, None),
    };
    let (result, source) = (applied.result(), proof.source.as_str());
    let word = result.as_str();
    if let Some(notice) = notice {
        store::notice::mark_processed(&tx, &notice, result, context.now()).await?;
    }
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    metrics::counter!("payments_applied_total", "meaning" => word, "source" => source).increment(1);
    tracing::info!(
        order.no = order_no.as_ref().map(OrderNo::as_str),
        payment.out_trade_no = proof.out_trade_no,
        payment.provider = %provider,
        payment.merchant_account = account,
        payment.transaction_id = proof.evidence.transaction_id,
        payment.amount_fen = proof.evidence.amount.0,
        payment.source = source,
        payment.step = word,
        "Evidence of a payment was applied: {word}"
    );
    Ok(applied)
}

/// Applies evidence to its attempt, under the locks of order and attempt, always taken in this order. Returns the number
/// of the order too.
async fn apply_to(
    context: &Context,
    tx: &Tx,
    proof: &Proof<'_>,
    found: &Attempt,
    sealer: &Sealer,
) -> Result<(Applied, OrderNo), Failure> {
    let evidence = proof.evidence;
    let school = found.school_id;
    let order = store::order::lock(tx, school, found.order_id).await?;
    let order = order.ok_or(Failure::Fault("an order disappeared"))?;
    let attempt = store::payment::lock(tx, school, found.id).await?;
    let attempt = attempt.ok_or(Failure::Fault("a payment attempt disappeared"))?;
    let facts = attempt_facts(tx, &attempt, evidence).await?;
    let meaning = meaning(evidence, &facts, order_facts(context, tx, &order).await?);
    let order_no = order.order_no.clone();
    let paid = PaidAttempt {
        order,
        attempt,
        evidence,
        sealer,
    };
    take_effect(context, tx, paid, meaning).await?;
    Ok((Applied::Done(meaning), order_no))
}

/// An attempt that a provider says was paid, with its order; both are locked.
struct PaidAttempt<'a> {
    order: Order,
    attempt: Attempt,
    evidence: &'a Evidence,
    sealer: &'a Sealer,
}

async fn take_effect(
    context: &Context,
    tx: &Tx,
    paid: PaidAttempt<'_>,
    meaning: Meaning,
) -> Result<(), Failure> {
    let PaidAttempt {
        order,
        attempt,
        evidence,
        sealer,
    } = paid;
    let (disposition, case) = match meaning {
        Meaning::Known => return Ok(()),
        Meaning::SecondTransaction => {
            let second = CaseKind::SecondTransaction;
            return ask_a_person(context, tx, order, &attempt, evidence, second).await;
        }
        Meaning::Mismatch => (Disposition::Conflict, CaseKind::WrongAmount),
        Meaning::TransactionElsewhere => (Disposition::Conflict, CaseKind::TransactionElsewhere),
        // Of what settles an order no case is opened.
        Meaning::Applied { .. } => (Disposition::Applied, CaseKind::WrongAmount),
        Meaning::Surplus => (Disposition::Surplus, CaseKind::SurplusHeld),
    };
    let attempt = succeeded(attempt, evidence, sealer, disposition, case)?;
    store::payment::save(tx, &attempt).await?;
    store::payment::supersede_others(tx, &attempt, context.now()).await?;
    match disposition {
        Disposition::Applied => {
            let settlement = Settlement::Online {
                attempt: &attempt,
                paid_at: evidence.paid_at,
                late: meaning == Meaning::Applied { late: true },
            };
            return settle(context, tx, order, settlement).await;
        }
        Disposition::Surplus => {
            record(context, tx, &order, &attempt, disposition).await?;
            if crate::refund::send_back(context, tx, &order, &attempt).await? {
                return Ok(());
            }
        }
        Disposition::Conflict if attempt.paid.is_some() => {
            record(context, tx, &order, &attempt, disposition).await?;
        }
        Disposition::Conflict => {}
    }
    ask_a_person(context, tx, order, &attempt, evidence, case).await
}

/// The attempt with its money. What it was asked for stays; what came instead is told in `paid` and `last_error`.
fn succeeded(
    attempt: Attempt,
    evidence: &Evidence,
    sealer: &Sealer,
    disposition: Disposition,
    case: CaseKind,
) -> Result<Attempt, Failure> {
    let payer = evidence.payer.as_ref().map(|payer| {
        let (table, column) = ("payment_attempts", "payer_ref_sealed");
        sealer.seal(table, column, attempt.id.0, payer.0.as_bytes())
    });
    let is_new_money = case != CaseKind::TransactionElsewhere;
    let last_error = (disposition == Disposition::Conflict).then(|| {
        let asked = attempt.amount;
        let (amount, currency) = (evidence.amount, &evidence.currency);
        format!("{amount} {currency} arrived, {asked} was asked for")
    });
    Ok(Attempt {
        state: AttemptState::Succeeded,
        disposition: Some(disposition),
        provider_txn_id: is_new_money.then(|| evidence.transaction_id.clone()),
        payer: payer.transpose()?.map(Sealed::from),
        paid_at: Some(evidence.paid_at),
        // Foreign money is no sum of fen.
        paid: (is_new_money && evidence.currency == "CNY").then_some(evidence.amount),
        next_poll_at: None,
        last_error,
        ..attempt
    })
}

/// Puts the money before a person and marks the order; nothing else changes.
async fn ask_a_person(
    context: &Context,
    tx: &Tx,
    mut order: Order,
    attempt: &Attempt,
    evidence: &Evidence,
    kind: CaseKind,
) -> Result<(), Failure> {
    let matter = Matter {
        kind,
        key: format!("{}:{}", attempt.out_trade_no, evidence.transaction_id),
        merchant: attempt.merchant(),
        order: Some(&order),
        amount: Some(evidence.amount),
        facts: json!({
            "out_trade_no": attempt.out_trade_no,
            "transaction_id": evidence.transaction_id,
            "known_transaction_id": attempt.provider_txn_id,
            "asked_fen": attempt.amount,
            "paid_fen": evidence.amount,
            "currency": evidence.currency,
            "paid_at": evidence.paid_at,
        }),
    };
    money_case::open(context, tx, matter).await?;
    order.set_needs_review(true);
    Ok(store::order::save(tx, &order).await?)
}

/// Money for a number that is none of ours is put before a person too; sending it again would cure nothing.
async fn unknown_payment(
    context: &Context,
    tx: &Tx,
    proof: &Proof<'_>,
) -> Result<Applied, Failure> {
    let matter = Matter {
        kind: CaseKind::UnknownPayment,
        key: format!(
            "{}:{}:{}",
            proof.provider, proof.account, proof.evidence.transaction_id
        ),
        merchant: MerchantAccount {
            provider: proof.provider,
            name: proof.account,
        },
        order: None,
        amount: Some(proof.evidence.amount),
        facts: json!({
            "out_trade_no": proof.out_trade_no,
            "transaction_id": proof.evidence.transaction_id,
            "currency": proof.evidence.currency,
            "paid_at": proof.evidence.paid_at,
        }),
    };
    money_case::open(context, tx, matter).await?;
    Ok(Applied::UnknownAttempt)
}

/// Books money that does not settle its order, and tells of it.
async fn record(
    context: &Context,
    tx: &Tx,
    order: &Order,
    attempt: &Attempt,
    disposition: Disposition,
) -> Result<(), Failure> {
    let money = ReceivedMoney {
        order_id: order.id,
        order_no: order.order_no.clone(),
        amount_fen: attempt.paid,
        channel: attempt.provider,
    };
    let data = match disposition {
        Disposition::Surplus => EventData::PaymentSurplus(money),
        Disposition::Applied | Disposition::Conflict => EventData::PaymentConflict(money),
    };
    let event = event::record(context, tx, order.school_id, data).await?;
    let transfer = Transfer::of_payment(event, attempt, disposition);
    ledger::book(context, tx, transfer).await
}

async fn attempt_facts(
    tx: &Tx,
    attempt: &Attempt,
    evidence: &Evidence,
) -> Result<AttemptFacts, Failure> {
    let txn = &evidence.transaction_id;
    let holder = store::payment::by_transaction(tx, attempt.provider, txn).await?;
    Ok(AttemptFacts {
        state: attempt.state,
        amount: attempt.amount,
        provider_txn_id: attempt.provider_txn_id.clone(),
        is_transaction_elsewhere: holder.is_some_and(|holder| holder.id != attempt.id),
    })
}

async fn order_facts(context: &Context, tx: &Tx, order: &Order) -> Result<OrderFacts, Failure> {
    let task = store::task::get(tx, order.task_id).await?;
    let task = task.ok_or(Failure::Fault("a task disappeared"))?;
    let (school, enrolment) = (order.school_id, order.enrolment_id);
    let open = store::order::lock_open(tx, school, enrolment).await?;
    Ok(OrderFacts {
        state: order.state,
        closed_reason: order.closed_reason,
        task_is_open: task.is_open(context.now()),
        has_other_open_order: open.is_some_and(|open| open.id != order.id),
    })
}
