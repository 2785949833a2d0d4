//! What about money a person must look at: opened where it is met, listed and resolved by staff.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::money_case::{CaseKind, CaseOrder, MoneyCase, Resolution};
use domain::order::{Order, OrderNo};
use domain::payment::{MerchantAccount, Provider};
use domain::{Fen, MoneyCaseId, ProblemCode};
use serde_json::Value;
use store::Tx;
use store::money_case::Again;

use crate::audit::{self, Deed};
use crate::refund::Operator;
use crate::{Context, Failure};

/// The most cases that are listed at once.
const MOST: u64 = 500;
/// Among the facts of a case: whether it was opened by a message that proves nothing, so that anybody may have sent it.
pub(crate) const UNVERIFIED: &str = "unverified";

/// Something to open a case about.
#[derive(Debug)]
pub(crate) struct Matter<'a> {
    /// What is the matter.
    pub(crate) kind: CaseKind,
    /// What it is about; one case a kind and key.
    pub(crate) key: String,
    /// Whose account: provider and name.
    pub(crate) merchant: MerchantAccount<'a>,
    /// The order, where one of ours is concerned.
    pub(crate) order: Option<&'a Order>,
    /// The money in question.
    pub(crate) amount: Option<Fen>,
    /// Numbers and amounts, nothing about a person.
    pub(crate) facts: Value,
}

/// Opens a case, or counts it where it was met before; opens it again where that is new trouble.
pub(crate) async fn open(context: &Context, tx: &Tx, matter: Matter<'_>) -> Result<(), Failure> {
    let MerchantAccount {
        provider,
        name: account,
    } = matter.merchant;
    log(context, &matter);
    metrics::counter!("money_cases_total", "kind" => matter.kind.as_str()).increment(1);
    let case = MoneyCase {
        id: context.new_id(MoneyCaseId::new),
        kind: matter.kind,
        key: matter.key,
        provider,
        merchant_account: account.to_owned(),
        order: matter.order.map(|order| CaseOrder {
            school_id: order.school_id,
            order_id: order.id,
        }),
        amount: matter.amount,
        facts: matter.facts,
        seen_count: 1,
        opened_at: context.now(),
        resolution: None,
    };
    let again = if matter.kind.comes_anew() {
        Again::Reopens
    } else {
        Again::StaysResolved
    };
    Ok(store::money_case::open(tx, &case, again).await?)
}

fn is_unverified(facts: &Value) -> bool {
    facts[UNVERIFIED] == true
}

/// One line for each case, and at most one a minute while it is met again and again.
fn log(context: &Context, matter: &Matter<'_>) {
    let kind = matter.kind;
    let MerchantAccount {
        provider,
        name: account,
    } = matter.merchant;
    let group = format!("a person must look at money: {kind} {}", matter.key);
    if let Some(count) = context.errors_to_write(&group) {
        tracing::error!(
            order.no = matter.order.map(|order| order.order_no.as_str()),
            payment.out_trade_no = matter.facts["out_trade_no"].as_str(),
            refund.out_refund_no = matter.facts["out_refund_no"].as_str(),
            payment.provider = %provider, payment.merchant_account = account,
            money_case.kind = %kind, money_case.key = matter.key,
            money_case.is_unverified = is_unverified(&matter.facts), log.count = count,
            "A person must look at money: {kind}"
        );
    }
}

/// A case that waits for a person.
#[derive(Debug, Clone)]
pub struct Case {
    /// Names it on the command line.
    pub id: MoneyCaseId,
    /// What is the matter.
    pub kind: CaseKind,
    /// Whose account: provider and name.
    pub merchant: (Provider, String),
    /// The order's number, where one of ours is concerned.
    pub order_no: Option<OrderNo>,
    /// The money in question.
    pub amount: Option<Fen>,
    /// The numbers that help to find it at the provider.
    pub facts: Value,
    /// When it was first met.
    pub opened_at: DateTime<Utc>,
    /// How often it was met.
    pub seen_count: i32,
    /// Whether a message opened it that proves nothing: look it up at the provider before acting on it.
    pub is_unverified: bool,
}

/// The open cases, oldest first.
///
/// # Errors
/// Where the database fails.
pub async fn list(context: &Context) -> Result<Vec<Case>, Failure> {
    let on = context.store.reader();
    let mut cases = Vec::new();
    for row in store::money_case::all_open(on, MOST).await? {
        let order = match row.order {
            Some(order) => store::order::by_id(on, order.school_id, order.order_id).await?,
            None => None,
        };
        cases.push(Case {
            id: row.id,
            kind: row.kind,
            merchant: (row.provider, row.merchant_account),
            order_no: order.map(|order| order.order_no),
            amount: row.amount,
            is_unverified: is_unverified(&row.facts),
            facts: row.facts,
            opened_at: row.opened_at,
            seen_count: row.seen_count,
        });
    }
    Ok(cases)
}

/// Resolves a case; `resolution` says how. Its order needs no review any more once its last case is resolved.
///
/// # Errors
/// `money_case.unknown`, also where it is resolved already; `refund.reason` where nothing is said.
pub async fn resolve(
    context: &Context,
    operator: &Operator,
    id: MoneyCaseId,
    resolution: &str,
) -> Result<(), Failure> {
    if resolution.trim().is_empty() {
        return Err(ProblemCode::RefundReason.into());
    }
    let tx = context.store.begin().await?;
    let row = store::money_case::lock(&tx, id).await?;
    let row = row
        .filter(|row| row.resolution.is_none())
        .ok_or(ProblemCode::CaseUnknown)?;
    let resolved = MoneyCase {
        resolution: Some(Resolution {
            at: context.now(),
            by: operator.name().to_owned(),
            text: Some(resolution.trim().to_owned()),
        }),
        ..row
    };
    store::money_case::save(&tx, &resolved).await?;
    if let Some(order) = resolved.order {
        release(&tx, order).await?;
    }
    let deed = Deed {
        action: AuditAction::MoneyCaseResolved,
        object: AuditObject::MoneyCase,
        object_id: resolved.id.0,
        school_id: resolved.order.map(|order| order.school_id),
    };
    let audited = audit::by_operator(context, &tx, operator, deed, resolution.trim()).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Ends a case because what it is about settled itself. Its order needs no review any more once its last case is ended.
pub(crate) async fn end(context: &Context, case: &MoneyCase) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    if let Some(order) = case.order {
        // Locked before the case, as wherever a case is opened.
        store::order::lock(&tx, order.school_id, order.order_id).await?;
    }
    store::money_case::settle(&tx, case.kind, &case.key, context.now()).await?;
    if let Some(order) = case.order {
        release(&tx, order).await?;
    }
    Ok(store::commit(tx, AuditExemption::Rule).await?)
}

async fn release(tx: &Tx, of: CaseOrder) -> Result<(), Failure> {
    let Some(mut order) = store::order::lock(tx, of.school_id, of.order_id).await? else {
        return Ok(());
    };
    let is_last = store::money_case::open_of_order(tx, order.id)
        .await?
        .is_empty();
    if is_last && order.needs_review {
        order.set_needs_review(false);
        store::order::save(tx, &order).await?;
    }
    Ok(())
}
