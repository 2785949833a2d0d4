//! What about money a person must look at: opened where it is met, listed and resolved by staff.

mod list;

pub use list::{Case, CaseResolution, CaseSearch, list, page};
pub(crate) use list::{UNVERIFIED, of_order};

use domain::access::{Actor, Permission, Reach};
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::money_case::{CaseKind, CaseOrder, MoneyCase, RESOLUTION_LENGTH, Resolution};
use domain::order::Order;
use domain::payment::MerchantAccount;
use domain::{Fen, MoneyCaseId, ProblemCode, Refusal};
use serde_json::Value;
use store::Tx;
use store::money_case::Again;

use crate::audit::{self, Deed};
use crate::{Context, Failure};
use list::is_unverified;

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

/// Resolves a case; `resolution` says how. Its order needs no review any more once its last case is resolved.
///
/// # Errors
/// `money_case.unknown`, also where it is resolved already; `money_case.resolution` where nothing is said, or too much.
pub async fn resolve(
    context: &Context,
    actor: &Actor,
    id: MoneyCaseId,
    resolution: &str,
) -> Result<(), Failure> {
    let reach = actor.require(Permission::ResolveMoneyCases)?;
    let person = actor.responsible_person();
    let person = person.ok_or(Failure::Fault("nobody answers for a case"))?;
    let resolution = resolution.trim();
    if !(1..=RESOLUTION_LENGTH).contains(&resolution.chars().count()) {
        let refused = Refusal::from(ProblemCode::CaseResolution);
        return Err(refused.with("max", RESOLUTION_LENGTH).into());
    }
    let tx = context.store.begin().await?;
    let row = store::money_case::lock(&tx, id).await?;
    let row = row
        .filter(|row| row.resolution.is_none() && reaches(&reach, row))
        .ok_or(ProblemCode::CaseUnknown)?;
    let resolved = MoneyCase {
        resolution: Some(Resolution {
            at: context.now(),
            by: person.stored_name(),
            text: Some(resolution.to_owned()),
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
    let audited = audit::with_reason(context, &tx, actor, deed, resolution).await?;
    Ok(store::commit(tx, audited).await?)
}

/// Whether a case is of a school within reach; those of no school are for who reaches every school.
fn reaches(reach: &Reach, case: &MoneyCase) -> bool {
    match case.order {
        Some(order) => reach.includes(order.school_id),
        None => *reach == Reach::AllSchools,
    }
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
