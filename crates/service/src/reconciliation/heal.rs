//! What did not agree: the provider is asked, since its answer is evidence; what it does not explain is for a person.

use chrono::NaiveDate;
use domain::money_case::CaseKind;
use domain::reconciliation::Difference;
use domain::{Fen, SchoolId};
use providers::payment::{RefundNumbers, TradeKind};
use serde_json::json;
use store::entity::{order, payment_attempt};

use super::bill::Bill;
use crate::merchant::Merchant;
use crate::money_case::{self, Matter};
use crate::payment::{self, Asked};
use crate::refund::{self, RefundApplied};
use crate::{Context, Failure};

/// Heals a difference by asking the provider, or puts it before a person; true where it is healed.
pub(super) async fn heal(
    context: &Context,
    merchant: &Merchant,
    (bill, day): (&Bill, NaiveDate),
    found: &Difference,
) -> Result<bool, Failure> {
    let row = bill.row(found.entry, &found.number);
    let out_trade_no = row.map_or(found.number.as_str(), |row| &row.out_trade_no);
    let on = context.store.connection();
    let (provider, account) = (merchant.provider(), &merchant.account);
    let attempt = store::payment::by_number(on, provider, account, out_trade_no).await?;
    let is_healed = match (found.kind, &attempt) {
        (CaseKind::ProviderOnlyPayment, Some(attempt)) => {
            payment::ask(context, attempt).await? == Asked::Paid
        }
        (CaseKind::ProviderOnlyRefund, _) => {
            let numbers = RefundNumbers {
                out_trade_no,
                out_refund_no: &found.number,
            };
            matches!(
                refund::learn(context, merchant, numbers).await?,
                Some(RefundApplied::Moved(_) | RefundApplied::Known)
            )
        }
        _ => false,
    };
    if !is_healed {
        put_before_a_person(context, merchant, (found, day), attempt.as_ref()).await?;
    }
    Ok(is_healed)
}

async fn put_before_a_person(
    context: &Context,
    merchant: &Merchant,
    (found, day): (&Difference, NaiveDate),
    attempt: Option<&payment_attempt::Model>,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let order = match attempt {
        Some(attempt) => {
            let school = SchoolId(attempt.school_id);
            store::order::lock(&tx, school, domain::OrderId(attempt.order_id)).await?
        }
        None => None,
    };
    let matter = Matter {
        kind: found.kind,
        key: format!("{}:{}", merchant.account, found.number),
        merchant: (merchant.provider(), &merchant.account),
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
    if let Some(order) = order.filter(|order| !order.needs_review) {
        let order = order::Model {
            needs_review: true,
            version: order.version + 1,
            ..order
        };
        store::save(&tx, order).await?;
    }
    Ok(store::commit(tx).await?)
}

/// Rows of another account, or of a kind that we do not know, are put before a person too.
pub(super) async fn strangers(
    context: &Context,
    merchant: &Merchant,
    bill: &Bill,
) -> Result<(), Failure> {
    let is_strange = |kind: &TradeKind| match kind {
        TradeKind::Other(_) => true,
        TradeKind::Payment | TradeKind::Refund { .. } => false,
    };
    for row in &bill.all {
        if row.is_ours && !is_strange(&row.kind) {
            continue;
        }
        let amount: Fen = row.amount;
        let matter = Matter {
            kind: CaseKind::ForeignRow,
            key: format!("{}:{}", merchant.account, row.transaction_id),
            merchant: (merchant.provider(), &merchant.account),
            order: None,
            amount: Some(amount),
            facts: json!({ "transaction_id": row.transaction_id, "out_trade_no": row.out_trade_no }),
        };
        let tx = context.store.begin().await?;
        money_case::open(context, &tx, matter).await?;
        store::commit(tx).await?;
    }
    Ok(())
}
