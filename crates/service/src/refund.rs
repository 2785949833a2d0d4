//! Money that goes back: asked for by staff or by the rules, handed in, asked about, and booked in one place.

mod apply;
mod list;
mod request;
mod schedule;
mod step;
mod void;

pub(crate) use apply::{RefundApplied, RefundProof, apply_refund, learn};
pub(crate) use list::of_order;
pub use list::{ListedRefund, RefundSearch, list, page};
pub(crate) use request::send_back;
pub use request::{RefundRequest, approve, decline, request};
pub(crate) use schedule::wake;
pub(crate) use step::sweep;

use domain::ResponsiblePerson;
use domain::access::Actor;
use domain::payment::Attempt;
use domain::refund as rules;

use crate::{Context, Failure};

/// Who answers for what an actor does with refunds.
fn responsible(actor: &Actor) -> Result<ResponsiblePerson, Failure> {
    let person = actor.responsible_person();
    person.ok_or(Failure::Fault("nobody answers for a refund"))
}

async fn attempt_of(context: &Context, refund: &rules::Refund) -> Result<Attempt, Failure> {
    let (school, attempt) = (refund.school_id, refund.attempt_id);
    let found = store::payment::get(context.store.reader(), school, attempt).await?;
    found.ok_or(Failure::Fault("a payment attempt disappeared"))
}
