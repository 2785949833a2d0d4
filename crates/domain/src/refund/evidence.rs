//! What a provider states about a refund.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::RefundSeen;
use crate::Fen;

/// A verified statement of a provider about a refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundEvidence {
    /// Our number of the attempt.
    pub out_trade_no: String,
    /// Our number of the refund; the merchant console makes numbers that are none of ours.
    pub out_refund_no: String,
    /// The provider's number; Alipay gives none.
    pub refund_id: Option<String>,
    /// How much goes back by this refund alone; `None` where the provider does not say.
    pub amount: Option<Fen>,
    /// How it stands.
    pub state: ReportedState,
}

/// How a refund stands, as its provider says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ReportedState {
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
    Other {
        /// The provider's word.
        word: String,
    },
}

impl ReportedState {
    /// What moves our refund; an unknown word moves none, and is given back.
    ///
    /// # Errors
    /// The word of a state that this code does not know.
    pub fn seen(&self) -> Result<RefundSeen, &str> {
        match self {
            Self::Processing => Ok(RefundSeen::Processing),
            Self::Succeeded { .. } => Ok(RefundSeen::Succeeded),
            Self::Closed => Ok(RefundSeen::Closed),
            Self::Abnormal => Ok(RefundSeen::Abnormal),
            Self::Other { word } => Err(word),
        }
    }

    /// When the money went back, where that is said.
    pub fn succeeded_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Succeeded { at } => *at,
            Self::Processing | Self::Closed | Self::Abnormal | Self::Other { .. } => None,
        }
    }
}
