//! What did not agree: the provider is asked, since its answer is evidence; what it does not explain is for a person.

use domain::audit::AuditExemption;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::Fen;
use domain::money_case::CaseKind;
use domain::payment::Attempt;
use domain::reconciliation::{Difference, EntryKind, Standing};
use domain::refund::{RefundState, ReportedState};
use providers::Outcome;
use providers::payment::{RefundNumbers, TradeKind};
use serde_json::json;

use super::bill::Bill;
use super::case_key::case_key;
use crate::merchant::Merchant;
use crate::money_case::{self, Matter};
use crate::payment::{self, Asked, Channel};
use crate::refund::{RefundApplied, RefundProof, apply_refund};
use crate::{Context, Failure};

/// What a comparison opens cases about: each of them ends when a later one does not find it any more.
const FOUND_BY_COMPARING: [CaseKind; 8] = [
    CaseKind::ProviderOnlyPayment,
    CaseKind::LocalOnlyPayment,
    CaseKind::ProviderOnlyRefund,
    CaseKind::LocalOnlyRefund,
    CaseKind::AmountDifference,
    CaseKind::StatusDifference,
    CaseKind::DuplicateRow,
    CaseKind::ForeignRow,
];

/// The cases that a comparison opened, by kind and key.
pub(super) type Opened = BTreeSet<(CaseKind, String)>;

/// Heals a difference by asking the provider, or puts it before a person; gives the case's key where it does.
pub(super) async fn heal(
    context: &Context,
    merchant: &Merchant,
    bill: &Bill,
    day: NaiveDate,
    found: &Difference,
) -> Result<Option<String>, Failure> {
    let attempt = attempt_of(context, merchant, bill, found).await?;
    if let Some(attempt) = &attempt {
        let on = context.store.reader();
        if store::school_move::is_shut(on, attempt.school_id).await? {
            // Nothing of a school that is being moved can be changed, and the comparison must not stop for all others: the
            // case names no order.
            let key = put_before_a_person(context, merchant, found, day, None).await?;
            return Ok(Some(key));
        }
    }
    let is_healed = match (found.kind, &attempt) {
        (CaseKind::ProviderOnlyPayment | CaseKind::LocalOnlyPayment, Some(attempt)) => {
            payment::ask(context, attempt).await? == Asked::Paid
        }
        (
            CaseKind::ProviderOnlyRefund | CaseKind::LocalOnlyRefund | CaseKind::StatusDifference,
            _,
        ) => {
            let row = bill.row(found.entry, &found.number);
            let own = attempt.as_ref().map(|attempt| &attempt.out_trade_no);
            match own.or(row.map(|row| &row.out_trade_no)) {
                Some(out_trade_no) => {
                    let numbers = RefundNumbers {
                        out_trade_no,
                        out_refund_no: &found.number,
                    };
                    let billed = bill.standing(found.entry, &found.number);
                    is_explained(context, merchant, numbers, billed).await?
                }
                None => false,
            }
        }
        (_, _) => false,
    };
    if is_healed {
        return Ok(None);
    }
    let key = put_before_a_person(context, merchant, found, day, attempt.as_ref()).await?;
    Ok(Some(key))
}

/// The attempt that a difference is about, where it is one of ours.
async fn attempt_of(
    context: &Context,
    merchant: &Merchant,
    bill: &Bill,
    found: &Difference,
) -> Result<Option<Attempt>, Failure> {
    let on = context.store.reader();
    let row = bill.row(found.entry, &found.number);
    let number = match (row, found.entry) {
        (Some(row), _) => &row.out_trade_no,
        (None, EntryKind::Payment) => &found.number,
        (None, EntryKind::Refund) => {
            let Some(refund) = store::refund::by_number(on, &found.number).await? else {
                return Ok(None);
            };
            let (school, attempt) = (refund.school_id, refund.attempt_id);
            return Ok(store::payment::get(on, school, attempt).await?);
        }
    };
    let (provider, account) = (merchant.provider(), &merchant.account);
    Ok(store::payment::by_number(on, provider, account, number).await?)
}

/// Asks the provider about a refund and applies the answer; tells whether our books then say what it says, and what its
/// bill says.
async fn is_explained(
    context: &Context,
    merchant: &Merchant,
    numbers: RefundNumbers<'_>,
    billed: Option<Standing>,
) -> Result<bool, Failure> {
    let channel = Channel::to(context, merchant);
    let Outcome::Definite(Some(said)) = channel.query_refund(numbers).await else {
        return Ok(false);
    };
    let proof = RefundProof {
        provider: merchant.provider(),
        account: &merchant.account,
        evidence: &said,
    };
    match apply_refund(context, &proof).await? {
        RefundApplied::Unknown | RefundApplied::Mismatch | RefundApplied::Resubmit => {
            return Ok(false);
        }
        RefundApplied::Known | RefundApplied::Moved(_) => {}
    }
    let on = context.store.reader();
    let Some(own) = store::refund::by_number(on, numbers.out_refund_no).await? else {
        return Ok(false);
    };
    let own = own.state;
    let agrees = match own {
        RefundState::Succeeded => matches!(said.state, ReportedState::Succeeded { .. }),
        RefundState::Requested | RefundState::Submitted => said.state == ReportedState::Processing,
        RefundState::Abnormal => said.state == ReportedState::Abnormal,
        RefundState::Closed | RefundState::Rejected => said.state == ReportedState::Closed,
    };
    Ok(agrees && (billed != Some(Standing::Done) || own == RefundState::Succeeded))
}

async fn put_before_a_person(
    context: &Context,
    merchant: &Merchant,
    found: &Difference,
    day: NaiveDate,
    attempt: Option<&Attempt>,
) -> Result<String, Failure> {
    let tx = context.store.begin().await?;
    let order = match attempt {
        Some(attempt) => {
            let school = attempt.school_id;
            store::order::lock(&tx, school, attempt.order_id).await?
        }
        None => None,
    };
    let key = case_key(merchant, &found.number);
    let matter = Matter {
        kind: found.kind,
        key: key.clone(),
        merchant: merchant.key(),
        order: order.as_ref(),
        amount: found.billed.or(found.booked),
        facts: json!({
            "day": day,
            "number": found.number,
            "billed_fen": found.billed,
            "booked_fen": found.booked,
        }),
    };
    money_case::open(context, &tx, matter).await?;
    if let Some(mut order) = order.filter(|order| !order.needs_review) {
        order.set_needs_review(true);
        store::order::save(&tx, &order).await?;
    }
    store::commit(tx, AuditExemption::ProviderRecord).await?;
    Ok(key)
}

/// Rows of another account, or of a kind that we do not know, are put before a person too; gives their cases' keys.
pub(super) async fn strangers(
    context: &Context,
    merchant: &Merchant,
    bill: &Bill,
    day: NaiveDate,
) -> Result<Vec<String>, Failure> {
    let is_strange = |kind: &TradeKind| match kind {
        TradeKind::Other(_) => true,
        TradeKind::Payment | TradeKind::Refund { .. } => false,
    };
    let mut keys = Vec::new();
    for row in &bill.all {
        if row.is_ours && !is_strange(&row.kind) {
            continue;
        }
        let amount: Fen = row.amount;
        let key = case_key(merchant, &row.transaction_id);
        let matter = Matter {
            kind: CaseKind::ForeignRow,
            key: key.clone(),
            merchant: merchant.key(),
            order: None,
            amount: Some(amount),
            facts: json!({
                "day": day,
                "transaction_id": row.transaction_id,
                "out_trade_no": row.out_trade_no,
            }),
        };
        let tx = context.store.begin().await?;
        money_case::open(context, &tx, matter).await?;
        store::commit(tx, AuditExemption::ProviderRecord).await?;
        keys.push(key);
    }
    Ok(keys)
}

/// Ends the cases that an earlier comparison of the day opened and this one did not find.
pub(super) async fn end_others(
    context: &Context,
    merchant: &Merchant,
    day: NaiveDate,
    opened: &Opened,
) -> Result<(), Failure> {
    let on = context.store.reader();
    for row in store::money_case::open_of_account(on, merchant.key()).await? {
        let is_of_day = row.facts["day"] == json!(day);
        if FOUND_BY_COMPARING.contains(&row.kind)
            && is_of_day
            && !opened.contains(&(row.kind, row.key.clone()))
        {
            money_case::end(context, &row).await?;
        }
    }
    Ok(())
}
