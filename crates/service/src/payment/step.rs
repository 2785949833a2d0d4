//! The lines of the log that tell how a payment went. Each names its order and its attempt, so that a payment is found by
//! either number.

use domain::order::OrderNo;
use domain::payment::Attempt;

/// Something that happened to an attempt.
#[derive(Debug, Clone, Copy)]
pub(super) enum PaymentStep<'a> {
    /// It was recorded; its provider is asked next.
    Begun,
    /// Its provider gave the way to pay, and that is recorded.
    Issued,
    /// Its provider refused it; the code and what it said.
    Refused(&'a str, &'a str),
    /// Its provider was asked to begin it and did not say whether it did.
    Unanswered(&'a str),
    /// Another attempt takes its place; it may still be paid.
    Superseded,
    /// It can no longer be paid.
    Closed,
}

impl PaymentStep<'_> {
    fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Issued => "issued",
            Self::Refused(..) => "refused",
            Self::Unanswered(_) => "unanswered",
            Self::Superseded => "superseded",
            Self::Closed => "closed",
        }
    }
}

/// Writes a step of an attempt to the log. A single payment that fails is no error: what fails for many payments is
/// counted by [`super::Channel`] and told once a minute.
pub(super) fn log_step(order_no: &OrderNo, attempt: &Attempt, step: PaymentStep<'_>) {
    let (code, seen) = match step {
        PaymentStep::Refused(code, message) => (Some(code), Some(message)),
        PaymentStep::Unanswered(seen) => (None, Some(seen)),
        PaymentStep::Begun
        | PaymentStep::Issued
        | PaymentStep::Superseded
        | PaymentStep::Closed => (None, None),
    };
    let word = step.as_str();
    tracing::info!(
        order.no = order_no.as_str(),
        payment.out_trade_no = attempt.out_trade_no,
        payment.provider = attempt.provider.as_str(),
        payment.merchant_account = attempt.merchant_account,
        payment.product = attempt.product.as_str(),
        payment.amount_fen = attempt.amount.0,
        payment.step = word,
        provider.code = code,
        provider.said = seen,
        "A payment of order {order_no}: {word}"
    );
}
