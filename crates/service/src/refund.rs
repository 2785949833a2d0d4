//! Money that goes back: asked for by staff or by the rules, handed in, asked about, and booked in one place.

mod apply;
mod request;
mod schedule;
mod step;
mod void;

pub(crate) use apply::{RefundApplied, RefundProof, apply_refund, learn};
pub use domain::access::Operator;
pub(crate) use request::send_back;
pub use request::{RefundRequest, approve, decline, request};
pub(crate) use schedule::wake;
pub(crate) use step::sweep;

use chrono::{DateTime, Utc};
use domain::order::{Order, OrderNo};
use domain::payment::{Attempt, Provider};
use domain::refund::{self as rules, Approval, RefundReason, RefundRequester, RefundState};
use domain::{Fen, ProblemCode};

use crate::{Context, Failure};

/// The most refunds that are listed at once.
const MOST: u64 = 500;

/// A refund.
#[derive(Debug, Clone)]
pub struct Refund {
    /// Our number of it.
    pub out_refund_no: String,
    /// The order's number.
    pub order_no: OrderNo,
    /// Whose account the money leaves.
    pub provider: Provider,
    /// How much goes back.
    pub amount: Fen,
    /// Why.
    pub reason: RefundReason,
    /// Why, in words.
    pub note: String,
    /// Who asked for it.
    pub requested_by: RefundRequester,
    /// The second person's consent.
    pub approval: Option<Approval>,
    /// Whether a second person must agree first.
    pub waits_for_approval: bool,
    /// Where it is.
    pub state: RefundState,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// When the money was back.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// The refunds of an order, or else those that wait for a second person; oldest first.
///
/// # Errors
/// `order.unknown`.
pub async fn list(context: &Context, order_no: Option<&str>) -> Result<Vec<Refund>, Failure> {
    let on = context.store.reader();
    let rows = match order_no {
        Some(order_no) => {
            store::refund::of_order(on, &find_order(context, order_no).await?).await?
        }
        None => store::refund::waiting_for_approval(on, MOST).await?,
    };
    let mut refunds = Vec::with_capacity(rows.len());
    for row in rows {
        refunds.push(view(context, row).await?);
    }
    Ok(refunds)
}

async fn find_order(context: &Context, order_no: &str) -> Result<Order, Failure> {
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let found = store::order::by_number_for_system(on, &order_no).await?;
    found.ok_or_else(|| ProblemCode::OrderUnknown.into())
}

async fn view(context: &Context, row: rules::Refund) -> Result<Refund, Failure> {
    let on = context.store.reader();
    let order = store::order::by_id(on, row.school_id, row.order_id).await?;
    let attempt = attempt_of(context, &row).await?;
    Ok(Refund {
        order_no: order
            .ok_or(Failure::Fault("an order disappeared"))?
            .order_no,
        provider: attempt.provider,
        amount: row.amount,
        reason: row.reason,
        waits_for_approval: row.waits_for_approval(),
        state: row.state,
        requested_at: row.created_at,
        succeeded_at: row.succeeded_at,
        out_refund_no: row.out_refund_no,
        note: row.note,
        requested_by: row.requested_by,
        approval: row.approval,
        last_error: row.last_error,
    })
}

async fn attempt_of(context: &Context, refund: &rules::Refund) -> Result<Attempt, Failure> {
    let (school, attempt) = (refund.school_id, refund.attempt_id);
    let found = store::payment::get(context.store.reader(), school, attempt).await?;
    found.ok_or(Failure::Fault("a payment attempt disappeared"))
}
