//! Payment attempts: begin, ask, apply.

mod apply;
mod ask;
mod channel;
mod create;

pub(crate) use apply::{Proof, Source, apply_success};
pub(crate) use ask::{Ended, confirm, end, sweep};

use chrono::{DateTime, TimeDelta, Utc};
use domain::order::OrderStatus;
use domain::payment::{Disposition, Product, Provider};
use domain::{Fen, FieldError, ProblemCode, Refusal};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

use crate::idempotency::{self, Answer, Request};
use crate::order;
use crate::session::Student;
use crate::{Context, Failure};

/// When to try again what a provider did not answer.
const RETRY_AFTER: TimeDelta = TimeDelta::seconds(5);

/// How a student wants to pay.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The order.
    pub order_no: &'a str,
    /// `wechat_pay` or `alipay`.
    pub provider: &'a str,
    /// The caller's idempotency key.
    pub key: &'a str,
}

/// A payment that waits to be made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payment {
    /// Who takes the money.
    pub provider: Provider,
    /// How it is paid.
    pub product: Product,
    /// What the QR code says.
    pub qr_content: String,
    /// How much.
    pub amount: Fen,
    /// Until when the code works.
    pub expires_at: DateTime<Utc>,
    /// Outside production: the sandbox's cashier for this code.
    pub sandbox_cashier_url: Option<String>,
}

/// What came of beginning a payment.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The payment.
    pub payment: Payment,
    /// Whether the same request was answered before.
    pub is_replayed: bool,
}

/// Whether an order is paid.
#[derive(Debug, Clone)]
pub struct Status {
    /// What the order looks like from outside.
    pub status: OrderStatus,
    /// When a provider was last asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// Whether money came that goes back.
    pub has_surplus: bool,
    /// Whether a person looks at the payment.
    pub needs_review: bool,
}

/// Begins a payment, or gives the one again that still works.
///
/// # Errors
/// `order.unknown`; `order.already_paid`; `order.closed`; `order.nothing_due`; `task.closed`; `payment.channel_unavailable`;
/// `payment.provider_unavailable`; `payment.outcome_unknown`; the `request.idempotency_key_*` codes.
pub async fn create(context: &Context, student: &Student, ask: Ask<'_>) -> Result<Begun, Failure> {
    let provider = Provider::parse(ask.provider).ok_or_else(|| {
        Refusal::fields(vec![FieldError::new(
            "/provider",
            ProblemCode::PaymentChannel,
        )])
    })?;
    let order = order::find(context, student, ask.order_no).await?;
    let asked = format!("POST\n{}\n{provider}", order.order_no);
    let request = Request {
        caller: student.account_id,
        operation: "create_payment",
        key: ask.key,
        content: &asked,
    };
    let begin = Box::pin(create::begin(context, &order, provider));
    let Answer { value, is_replayed } = idempotency::once(context, request, begin).await?;
    Ok(Begun {
        payment: value,
        is_replayed,
    })
}

/// Tells whether an order is paid, asking the provider too where that is due.
///
/// # Errors
/// `order.unknown`, also where it is somebody else's.
pub async fn status(
    context: &Context,
    student: &Student,
    order_no: &str,
) -> Result<Status, Failure> {
    let found = order::find(context, student, order_no).await?;
    let waiting = store::payment::waiting(context.store.connection(), &found).await?;
    let asking = waiting
        .iter()
        .map(|attempt| ask::ask_if_due(context, attempt));
    for asked in join_all(asking).await {
        asked?;
    }
    let row = order::find(context, student, order_no).await?;
    let attempts = store::payment::of_order(context.store.connection(), &row).await?;
    let surplus = Some(Disposition::Surplus.as_str());
    Ok(Status {
        status: order::status(context, order::state_of(&row)?, &attempts),
        asked_at: attempts
            .iter()
            .filter_map(|attempt| attempt.last_polled_at)
            .max(),
        has_surplus: attempts
            .iter()
            .any(|attempt| attempt.disposition.as_deref() == surplus),
        needs_review: row.needs_review,
    })
}

/// A provider did not do what was asked, or did not say whether it did.
pub(crate) fn provider_unavailable() -> Failure {
    Refusal::until(ProblemCode::PaymentProvider, RETRY_AFTER).into()
}
