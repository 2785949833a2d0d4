//! Money that goes back: asked for by staff or by the rules, handed in, asked about, and booked in one place.

mod apply;
mod list;
mod request;
mod schedule;
mod step;
mod void;

pub(crate) use apply::{RefundApplied, RefundProof, apply_refund, learn};
pub(crate) use list::of_order;
use list::shown;
pub use list::{RefundSearch, list, page};
pub(crate) use request::send_back;
pub use request::{RefundRequest, approve, decline, request};
pub(crate) use schedule::wake;
pub(crate) use step::sweep;

use chrono::{DateTime, Utc};
use domain::access::{Actor, Reach};
use domain::order::{Order, OrderNo};
use domain::payment::{Attempt, Provider};
use domain::refund::{self as rules, Approval, RefundReason, RefundRequester, RefundState};
use domain::{Fen, ProblemCode, ResponsiblePerson, SchoolId};

use crate::{Context, Failure};

/// A refund, as staff see it.
#[derive(Debug, Clone)]
pub struct Refund {
    /// Our number of it.
    pub out_refund_no: String,
    /// The order's number.
    pub order_no: OrderNo,
    /// The school of the order.
    pub school_id: SchoolId,
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
    /// How colleagues call who asked for it; `None` where no person did.
    pub requester_name: Option<String>,
    /// The second person's consent.
    pub approval: Option<Approval>,
    /// How colleagues call the second person.
    pub approver_name: Option<String>,
    /// Whether a second person must agree first.
    pub waits_for_approval: bool,
    /// Where it is.
    pub state: RefundState,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// When the provider took it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When the money was back.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Who answers for what an actor does with refunds.
fn responsible(actor: &Actor) -> Result<ResponsiblePerson, Failure> {
    let person = actor.responsible_person();
    person.ok_or(Failure::Fault("nobody answers for a refund"))
}

/// An order of a school within reach.
async fn find_order(context: &Context, reach: &Reach, order_no: &str) -> Result<Order, Failure> {
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let found = store::order::by_number_for_system(on, &order_no).await?;
    let found = found.filter(|order| reach.includes(order.school_id));
    found.ok_or_else(|| ProblemCode::OrderUnknown.into())
}

/// The refund, as staff see it.
async fn view(context: &Context, row: &rules::Refund) -> Result<Refund, Failure> {
    let found = store::overview::refund(context.store.reader(), row.id).await?;
    let found = found.ok_or(Failure::Fault("a refund disappeared"))?;
    let shown = shown(context, vec![found]).await?.pop();
    shown.ok_or(Failure::Fault("a refund disappeared"))
}

async fn attempt_of(context: &Context, refund: &rules::Refund) -> Result<Attempt, Failure> {
    let (school, attempt) = (refund.school_id, refund.attempt_id);
    let found = store::payment::get(context.store.reader(), school, attempt).await?;
    found.ok_or(Failure::Fault("a payment attempt disappeared"))
}
