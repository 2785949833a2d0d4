//! Money that goes back.

use chrono::{DateTime, Utc};
use domain::Fen;

/// A refund to ask for.
#[derive(Debug, Clone, Copy)]
pub struct RefundOrder<'a> {
    /// Which refund of which attempt.
    pub numbers: RefundNumbers<'a>,
    /// How much goes back, at least 1 fen.
    pub amount: Fen,
    /// The whole amount of the attempt.
    pub total: Fen,
    /// What the payer reads; at most 80 characters.
    pub reason: &'a str,
    /// Where the provider tells what came of it: public, without a query. Alipay tells it at the
    /// attempt's own address instead.
    pub notify_url: &'a str,
}

/// Which refund of which attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundNumbers<'a> {
    /// Our number of the attempt.
    pub out_trade_no: &'a str,
    /// Our number of the refund.
    pub out_refund_no: &'a str,
}

/// What came of asking for a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// Taken by the provider; only its state tells whether it is done.
    Taken(Refund),
    /// The merchant account does not hold enough: ask again later with the same number.
    NotEnough,
}

/// A refund as the provider describes it, with a good signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Our number of the attempt.
    pub out_trade_no: String,
    /// Our number of the refund; the merchant console makes numbers that are none of ours.
    pub out_refund_no: String,
    /// The provider's number; Alipay gives none.
    pub refund_id: Option<String>,
    /// How much goes back by this refund alone; `None` where the provider does not say.
    pub amount: Option<Fen>,
    /// How it stands.
    pub state: RefundState,
}

/// How a refund stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundState {
    /// On its way.
    Processing,
    /// The money went back.
    Succeeded {
        /// When; `None` where the provider does not say.
        at: Option<DateTime<Utc>>,
    },
    /// It did not happen: another one needs a new number.
    Closed,
    /// The payer's bank refused it: a person decides where the money goes.
    Abnormal,
    /// A state that this code does not know: keep ours and tell somebody.
    Other(String),
}
