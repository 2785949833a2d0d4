//! What providers send on their own.

use super::{Refund, Trade};
use std::fmt;

/// A provider's notice, verified and found to be about our account.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for every repetition of one notice.
    pub id: String,
    /// The provider's name for what happened.
    pub kind: String,
    /// What it says.
    pub content: NoticeContent,
    /// The content as JSON text, with personal data: for the inbox, never for the log.
    pub plaintext: String,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeContent {
    /// How a trade stands.
    Trade(Trade),
    /// How a refund stands.
    Refund(Refund),
    /// Money of a trade went back. Alipay tells only the sum of all its refunds: query the one
    /// that is named. The trade is evidence of the payment all the same.
    TradeRefunded {
        /// The trade.
        trade: Trade,
        /// Our number of the refund that was just made, where it is told.
        out_refund_no: Option<String>,
    },
    /// A kind that is only stored.
    Other,
}

impl Notice {
    /// The trade that it describes.
    pub fn trade(&self) -> Option<&Trade> {
        match &self.content {
            NoticeContent::Trade(trade) | NoticeContent::TradeRefunded { trade, .. } => Some(trade),
            NoticeContent::Refund(_) | NoticeContent::Other => None,
        }
    }

    /// Our number of the attempt that it is about.
    pub fn out_trade_no(&self) -> Option<&str> {
        match &self.content {
            NoticeContent::Trade(trade) | NoticeContent::TradeRefunded { trade, .. } => {
                Some(&trade.out_trade_no)
            }
            NoticeContent::Refund(refund) => Some(&refund.out_trade_no),
            NoticeContent::Other => None,
        }
    }
}

impl fmt::Debug for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Notice")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}
