//! Money that goes back.

use domain::Fen;
use domain::refund::RefundEvidence;

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
    Taken(RefundEvidence),
    /// The merchant account does not hold enough: ask again later with the same number.
    NotEnough,
}
