//! The words that both payment providers are translated into.

mod bill;
pub(crate) mod meaning;
mod notice;
mod order;
mod refund;
mod trade;

pub use crate::amount::BillFee;
pub use bill::{
    BillError, BillKind, Direction, Download, FlowRow, TradeBill, TradeKind, TradeRow, UnreadRow,
};
pub use domain::payment::Credential;
pub use notice::Notice;
pub use order::{Closed, Created, InApp, PaymentOrder, Prepared, Way};
pub use refund::{RefundNumbers, RefundOrder, Submitted};
pub use trade::{Trade, TradeState};

use crate::Reply;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::refund::RefundEvidence;

/// One merchant account at a payment provider.
///
/// Every call may be repeated with the same content: the provider's effect is keyed by our number.
#[async_trait]
pub trait PaymentChannel: Send + Sync {
    /// Asks for a payment. A way that this provider does not have is refused without a call.
    async fn create(&self, order: &PaymentOrder<'_>) -> Reply<Created>;

    /// Asks how an attempt stands; `None` where the provider knows no such trade (yet).
    async fn query(&self, out_trade_no: &str) -> Reply<Option<Trade>>;

    /// Asks that an attempt can no longer be paid.
    async fn close(&self, out_trade_no: &str) -> Reply<Closed>;

    /// Asks that money goes back. The same refund number again is the same refund; a new number
    /// is a second one.
    async fn refund(&self, order: &RefundOrder<'_>) -> Reply<Submitted>;

    /// Asks how a refund stands; `None` where the provider has not taken it: ask for it again
    /// with the same number.
    async fn query_refund(&self, refund: RefundNumbers<'_>) -> Reply<Option<RefundEvidence>>;

    /// Fetches the bill of a day in Beijing, checked against its hash where the provider gives one.
    /// Bills are there from ten o'clock of the next day, for three months.
    async fn bill(&self, kind: BillKind, day: NaiveDate) -> Reply<Download>;

    /// Reads a trade bill and checks its rows against its own totals. A few rows that cannot be read are told.
    fn read_trades(&self, bill: &[u8]) -> Result<TradeBill, BillError>;

    /// Reads a fund-flow bill and checks its rows against its own totals.
    fn read_flow(&self, bill: &[u8]) -> Result<Vec<FlowRow>, BillError>;

    /// Signs what the page hands to the app, anew each time it is shown; `None` where the provider
    /// has no payments inside an app.
    fn in_app(&self, prepay_id: &str) -> Option<InApp>;
}
