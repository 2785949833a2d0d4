//! The words that both payment providers are translated into.

pub(crate) mod meaning;

use crate::Outcome;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::Fen;
use std::fmt;

/// A QR payment to ask for. Calling twice with the same content is one payment.
#[derive(Debug, Clone, Copy)]
pub struct QrOrder<'a> {
    /// Our number of this attempt, from [`crate::entropy::out_trade_no`].
    pub out_trade_no: &'a str,
    /// What the payer reads; at most 127 characters.
    pub description: &'a str,
    /// At least 1 fen.
    pub amount: Fen,
    /// When the payment may no longer be made; at least a minute ahead.
    pub expires_at: DateTime<Utc>,
    /// Where the provider sends its notice: public, without a query.
    pub notify_url: &'a str,
}

/// What came of asking for a QR payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// The text to draw as a QR code.
    Qr(String),
    /// The number is paid already, says an unsigned answer: query for the evidence.
    AlreadyPaid,
    /// The number was closed: begin a new attempt.
    Closed,
    /// The number is in use with other content: query, close, begin a new attempt.
    NumberUsed,
}

/// What came of closing an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// No longer payable.
    Closed,
    /// Paid before it could be closed: query for the evidence.
    AlreadyPaid,
    /// The provider knows of no trade yet. An Alipay QR code that nobody has scanned answers this
    /// and **can still be paid** until it expires.
    NotFound,
}

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

/// A provider's notice, verified and found to be about our account.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for every repetition of one notice.
    pub id: String,
    /// The provider's name for what happened.
    pub kind: String,
    /// The trade it is about; `None` for a kind that is only stored.
    pub trade: Option<Trade>,
    /// The content as JSON text, with personal data: for the inbox, never for the log.
    pub plaintext: String,
}

impl fmt::Debug for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Notice")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("trade", &self.trade)
            .finish_non_exhaustive()
    }
}

/// A provider that takes QR payments.
#[async_trait]
pub trait QrPayments: Send + Sync {
    /// Asks for a payment.
    async fn create(&self, order: &QrOrder<'_>) -> Outcome<Created>;
    /// Asks how an attempt stands; `None` where the provider knows no such trade (yet).
    async fn query(&self, out_trade_no: &str) -> Outcome<Option<Trade>>;
    /// Asks that an attempt can no longer be paid.
    async fn close(&self, out_trade_no: &str) -> Outcome<Closed>;
}
