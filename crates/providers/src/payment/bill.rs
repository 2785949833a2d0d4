//! The provider's books of a day, as both providers' files are read.

use crate::amount::{AmountError, BillFee};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::Fen;

/// Which of a provider's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillKind {
    /// Payments and refunds.
    Trade,
    /// Every movement of the merchant account.
    FundFlow,
}

/// What came of asking for a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Download {
    /// The file, unpacked by one layer where it came compressed: `WeChat Pay`'s text, Alipay's ZIP.
    Ready(Bytes),
    /// There is none for that day: right only for a day without payments and refunds.
    NoBill,
    /// It is still being made: ask again later.
    NotYet,
}

/// A trade bill as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TradeBill {
    /// The rows that could be read, in the bill's order.
    pub rows: Vec<TradeRow>,
    /// The rows that could not be read; mostly none.
    pub unread: Vec<UnreadRow>,
    /// What the bill's total of payments has beyond the rows that were read; zero where all were.
    pub unread_paid: Fen,
    /// What the bill's total of refunds has beyond the rows that were read; not negative.
    pub unread_refunded: Fen,
}

/// A row of a bill that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadRow {
    /// Which, counted from 1 below the heading.
    pub row: usize,
    /// What is wrong with it.
    pub seen: String,
}

/// A payment or a refund in a trade bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TradeRow {
    /// Whether it is booked on our merchant account.
    pub is_ours: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: TradeKind,
    /// The provider's number of the trade.
    pub transaction_id: String,
    /// Our number of the attempt, or somebody else's.
    pub out_trade_no: String,
    /// What was due, or went back, before coupons; not negative.
    pub amount: Fen,
    /// The provider's share; negative where it was given back.
    pub fee: BillFee,
}

/// What a row of a trade bill tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TradeKind {
    /// Money that came in.
    Payment,
    /// Money that went back, or is to.
    Refund {
        /// Our number of the refund, or the merchant console's.
        out_refund_no: String,
        /// The provider's number; Alipay gives none.
        refund_id: Option<String>,
        /// How it stands, in the provider's words; Alipay lists only what is done.
        state: Option<String>,
    },
    /// Something else, in the provider's words: a person looks at it.
    Other(String),
}

/// A movement in a fund-flow bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowRow {
    /// When it was booked.
    pub at: DateTime<Utc>,
    /// The provider's number of the movement.
    pub flow_id: String,
    /// The provider's number of the business that caused it.
    pub business_id: String,
    /// Our number of the attempt or refund, where the movement has one.
    pub out_no: String,
    /// The provider's name for what was booked: `交易`, `退款`, `扣除交易手续费`.
    pub business: String,
    /// Which way the money went.
    pub direction: Direction,
    /// How much; not negative.
    pub amount: Fen,
    /// What the account held afterwards.
    pub balance: Fen,
}

/// Which way money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the merchant.
    In,
    /// From the merchant.
    Out,
}

/// Why a bill cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BillError {
    /// Not a file of the documented kind.
    #[error("the bill cannot be read: {0}")]
    Form(String),
    /// A column that we rely on is not there.
    #[error("the bill has no column {0:?}")]
    Column(&'static str),
    /// A row that cannot be read; counted from 1, the header not included.
    #[error("row {row} of the bill cannot be read: {seen}")]
    Row {
        /// Which.
        row: usize,
        /// What is wrong with it.
        seen: String,
    },
    /// An amount in the totals.
    #[error("the bill's totals cannot be read")]
    Amount(#[from] AmountError),
    /// The rows do not add up to what the bill says of itself.
    #[error("the bill says {total} of {what}, its rows say {rows}")]
    Total {
        /// Of what.
        what: &'static str,
        /// What the bill says.
        total: i64,
        /// What its rows come to.
        rows: i64,
    },
}
