//! A trade, as a provider describes it.

use domain::payment::Evidence;

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
    Paid(Evidence),
    /// Paid, and at least a part was returned: evidence of the payment, and a reason to look at
    /// the refunds.
    Refunded(Evidence),
    /// Closed or expired without a payment.
    Closed,
    /// A state that this code does not know: keep ours and tell somebody.
    Other(String),
}
