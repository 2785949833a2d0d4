//! Money that goes back: asked for by staff or by the rules, handed in, asked about, and booked in one place.

mod apply;
mod request;
mod step;
mod void;

pub(crate) use apply::{RefundApplied, RefundProof, apply_refund, learn};
pub(crate) use request::send_back;
pub use request::{Ask, approve, decline, request};
pub(crate) use step::{sweep, wake};

use std::fmt;

use chrono::{DateTime, Utc};
use domain::order::{Order, OrderNo};
use domain::payment::{Attempt, Provider};
use domain::refund::{
    self as rules, Approval, CONSOLE, PersonName, RefundReason, RefundRequester, RefundState,
    SYSTEM,
};
use domain::{Fen, ProblemCode};

use crate::{Context, Failure};

/// The most refunds that are listed at once.
const MOST: u64 = 500;

/// A named person at the command line. The name is what they say; the operating system's user is kept beside it, and
/// proves no more than that whoever it was could use that user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    name: String,
    system_user: Option<String>,
}

impl Operator {
    /// A person by the name under which the audit log keeps them: 2 to 40 letters, digits, dots or dashes; `None` for
    /// other names and for those that mean no person.
    pub fn new(name: &str) -> Option<Self> {
        let is_letter = |letter: char| letter.is_alphanumeric() || ".-_".contains(letter);
        let is_good = (2..=40).contains(&name.chars().count()) && name.chars().all(is_letter);
        let is_person = ![SYSTEM, CONSOLE].iter().any(|no| is_same_name(no, name));
        (is_good && is_person).then(|| Self {
            name: name.to_owned(),
            system_user: None,
        })
    }

    /// The same person, working under this user of the operating system.
    #[must_use]
    pub fn working_as(self, system_user: String) -> Self {
        Self {
            system_user: Some(system_user),
            ..self
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The operating system's user, where it is known.
    pub fn system_user(&self) -> Option<&str> {
        self.system_user.as_deref()
    }

    /// The name and the user, to be kept.
    fn person(&self) -> PersonName {
        PersonName {
            name: self.name.clone(),
            system_user: self.system_user.clone(),
        }
    }

    /// Whether this person asked, however their name is written.
    fn is(&self, requester: &RefundRequester) -> bool {
        is_same_name(&self.name, requester.name())
    }
}

/// Whether two names mean one person, however they are written.
fn is_same_name(one: &str, other: &str) -> bool {
    let fold = |name| domain::fold(name).to_lowercase();
    fold(one) == fold(other)
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

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
