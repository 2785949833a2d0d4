//! A trade, as a provider describes it.

use chrono::{DateTime, Utc};
use domain::Fen;
use std::fmt;

/// A trade as the provider describes it, with a good signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trade {
    /// Our number of the attempt.
    pub out_trade_no: String,
    /// How it stands.
    pub state: TradeState,
}

/// How a trade stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TradeState {
    /// Nobody has paid yet.
    NotPaid,
    /// Paid.
    Paid(Payment),
    /// Paid, and at least a part was returned: evidence of the payment, and a reason to look at
    /// the refunds.
    Refunded(Payment),
    /// Closed or expired without a payment.
    Closed,
    /// A state that this code does not know: keep ours and tell somebody.
    Other(String),
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The provider's number.
    pub transaction_id: String,
    /// What was due, before the provider's coupons.
    pub amount: Fen,
    /// ISO 4217, `CNY`.
    pub currency: String,
    /// When the payer paid.
    pub paid_at: DateTime<Utc>,
    /// Who paid, in the provider's words.
    pub payer: Option<Payer>,
}

/// The provider's name for a payer (`openid`, Alipay user number): stored, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Payer(pub String);

impl fmt::Debug for Payer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Payer(…)")
    }
}
