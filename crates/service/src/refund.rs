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
use domain::order::OrderNo;
use domain::payment::{Disposition, Provider};
use domain::refund::{RefundReason, RefundState};
use domain::{Fen, ProblemCode};
use store::StoreError;
use store::entity::{payment_attempt, refund};

use crate::{Context, Failure};

/// The most refunds that are listed at once.
const MOST: u64 = 500;
/// Who asks for what the rules send back.
pub(crate) const SYSTEM: &str = "system";
/// Who asked for what was sent back on the provider's own pages.
pub(crate) const CONSOLE: &str = "console";

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

    /// Whether a name that was kept means this person, however it is written.
    fn is_called(&self, name: &str) -> bool {
        is_same_name(&self.name, name)
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
    pub order_no: String,
    /// Whose account the money leaves.
    pub provider: Provider,
    /// How much goes back.
    pub amount: Fen,
    /// Why.
    pub reason: Option<RefundReason>,
    /// Why, in words.
    pub note: String,
    /// Who asked for it.
    pub requested_by: String,
    /// The operating system's user under which they worked.
    pub requested_as: Option<String>,
    /// The second person, and the operating system's user under which they worked.
    pub approved_by: Option<(String, Option<String>)>,
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

async fn find_order(
    context: &Context,
    order_no: &str,
) -> Result<store::entity::order::Model, Failure> {
    let order_no: OrderNo = order_no.parse().map_err(|_| ProblemCode::OrderUnknown)?;
    let on = context.store.reader();
    let found = store::order::by_number_for_system(on, &order_no).await?;
    found.ok_or_else(|| ProblemCode::OrderUnknown.into())
}

async fn view(context: &Context, row: refund::Model) -> Result<Refund, Failure> {
    let on = context.store.reader();
    let school = domain::SchoolId(row.school_id);
    let order = store::order::by_id(on, school, domain::OrderId(row.order_id)).await?;
    let attempt = attempt_of(context, &row).await?;
    Ok(Refund {
        order_no: order
            .ok_or(Failure::Fault("an order disappeared"))?
            .order_no,
        provider: crate::payment::provider_of(&attempt)?,
        amount: Fen(row.amount_fen),
        reason: RefundReason::parse(&row.reason_code),
        waits_for_approval: waits_for_approval(&row)?,
        state: state_of(&row)?,
        requested_at: row.created_at,
        succeeded_at: row.succeeded_at,
        out_refund_no: row.out_refund_no,
        note: row.note,
        requested_by: row.requested_by,
        requested_as: row.requested_as,
        approved_by: row.approved_by.map(|name| (name, row.approved_as)),
        last_error: row.last_error,
    })
}

async fn attempt_of(
    context: &Context,
    refund: &refund::Model,
) -> Result<payment_attempt::Model, Failure> {
    let (school, attempt) = (
        domain::SchoolId(refund.school_id),
        domain::AttemptId(refund.attempt_id),
    );
    let found = store::payment::get(context.store.reader(), school, attempt).await?;
    found.ok_or(Failure::Fault("a payment attempt disappeared"))
}

fn waits_for_approval(refund: &refund::Model) -> Result<bool, StoreError> {
    let is_asked_for = state_of(refund)? == RefundState::Requested;
    Ok(is_asked_for && refund.needs_approval && refund.approved_by.is_none())
}

/// The sums of what went back and of what is on its way; what waits for a person or did not happen is neither.
pub(crate) fn went_and_goes<'a>(
    refunds: impl Iterator<Item = &'a refund::Model>,
) -> Result<(Fen, Fen), StoreError> {
    let (mut returned, mut returning) = (Fen::ZERO, Fen::ZERO);
    for refund in refunds {
        match state_of(refund)? {
            RefundState::Succeeded => returned.0 += refund.amount_fen,
            RefundState::Requested | RefundState::Submitted if !waits_for_approval(refund)? => {
                returning.0 += refund.amount_fen;
            }
            RefundState::Requested
            | RefundState::Submitted
            | RefundState::Abnormal
            | RefundState::Closed
            | RefundState::Rejected => {}
        }
    }
    Ok((returned, returning))
}

/// Where a stored refund is.
pub(crate) fn state_of(row: &refund::Model) -> Result<RefundState, StoreError> {
    RefundState::parse(&row.state).ok_or_else(|| StoreError::Corrupt {
        what: "refunds.state".into(),
    })
}

/// What became of a stored attempt's money.
pub(crate) fn disposition_of(
    attempt: &payment_attempt::Model,
) -> Result<Option<Disposition>, StoreError> {
    let word = attempt.disposition.as_deref();
    let read = word.map(|word| {
        Disposition::parse(word).ok_or_else(|| StoreError::Corrupt {
            what: "payment_attempts.disposition".into(),
        })
    });
    read.transpose()
}

/// What came with a stored attempt. Rows from before the column have what was asked for.
pub(crate) fn paid_of(attempt: &payment_attempt::Model) -> Result<Fen, StoreError> {
    let default = match disposition_of(attempt)? {
        Some(Disposition::Applied | Disposition::Surplus) => attempt.amount_fen,
        Some(Disposition::Conflict) | None => 0,
    };
    Ok(Fen(attempt.paid_fen.unwrap_or(default)))
}
