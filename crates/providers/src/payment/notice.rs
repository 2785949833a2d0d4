//! What providers send on their own.

use super::{Trade, TradeState};
use domain::payment::NoticeStatement;
use std::fmt;

/// A provider's notice, verified and found to be about our account.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for every repetition of one notice.
    pub id: String,
    /// The provider's name for what happened.
    pub kind: String,
    /// Our number of the attempt that it is about, where it names one.
    pub out_trade_no: Option<String>,
    /// What it states.
    pub statement: NoticeStatement,
    /// The content as JSON text, with personal data: for the inbox, never for the log.
    pub plaintext: String,
}

impl fmt::Debug for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Notice")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("out_trade_no", &self.out_trade_no)
            .field("statement", &self.statement)
            .finish_non_exhaustive()
    }
}

impl Trade {
    /// What a notice with this trade states; `out_refund_no` is our number of the refund that caused it, where it is told.
    pub(crate) fn into_statement(self, out_refund_no: Option<String>) -> NoticeStatement {
        let (evidence, is_refunded) = match self.state {
            TradeState::Paid(evidence) => (evidence, false),
            TradeState::Refunded(evidence) => (evidence, true),
            // An attempt that is not paid is ended by its polls.
            TradeState::NotPaid | TradeState::Closed | TradeState::Other(_) => {
                return NoticeStatement::Nothing;
            }
        };
        NoticeStatement::Paid {
            out_trade_no: self.out_trade_no,
            evidence,
            is_refunded,
            out_refund_no: out_refund_no.filter(|_| is_refunded),
        }
    }
}
