//! What a provider states about money, verified: its words are converted into these once, and travel so unchanged to
//! the ledger and, sealed, into the inbox of notices.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Fen;
use crate::refund::RefundEvidence;

/// A verified statement of a provider that an attempt was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The provider's number of the transaction.
    pub transaction_id: String,
    /// What was asked for, not what the payer spent after coupons.
    pub amount: Fen,
    /// ISO 4217: `CNY`, or something else.
    pub currency: String,
    /// When it was paid, by the provider's clock.
    pub paid_at: DateTime<Utc>,
    /// Who paid, in the provider's words.
    pub payer: Option<PayerReference>,
}

/// The provider's name for a payer (`openid`, Alipay user number): stored sealed, never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PayerReference(pub String);

impl fmt::Debug for PayerReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PayerReference(…)")
    }
}

/// What a verified notice states. Its JSON is kept in the inbox, so that a notice that was stored can be acted on later
/// without its provider, whose signature would be too old by then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub enum NoticeStatement {
    /// Money came; perhaps some of it went back already.
    Paid {
        /// Our number of the attempt.
        out_trade_no: String,
        /// The payment.
        #[serde(flatten)]
        evidence: Evidence,
        /// Whether some of it went back. Alipay tells only the sum of all refunds: the one that is named is to be asked
        /// about.
        is_refunded: bool,
        /// Our number of the refund that was made, where it is told.
        out_refund_no: Option<String>,
    },
    /// How a refund stands.
    Refund(RefundEvidence),
    /// Nothing to act on.
    Nothing,
}

impl NoticeStatement {
    /// Whether it tells of a payment and nothing more, which is acted on where it is stored.
    pub fn is_payment_alone(&self) -> bool {
        match self {
            Self::Paid { is_refunded, .. } => !is_refunded,
            Self::Refund(_) | Self::Nothing => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::refund::ReportedState;
    use serde_json::{Value, json};

    fn paid() -> Value {
        json!({
            "said": "paid", "out_trade_no": "GP1", "transaction_id": "4200", "amount": 1990, "currency": "CNY",
            "paid_at": "2026-06-09T10:15:20Z", "payer": "oUpF", "is_refunded": false, "out_refund_no": null,
        })
    }

    fn refund() -> Value {
        json!({
            "said": "refund", "out_trade_no": "GP1", "out_refund_no": "R1", "refund_id": null, "amount": 990,
            "state": {"is": "succeeded", "at": null},
        })
    }

    fn unknown() -> Value {
        json!({
            "said": "refund", "out_trade_no": "GP1", "out_refund_no": "R1", "refund_id": "50", "amount": null,
            "state": {"is": "other", "word": "X"},
        })
    }

    #[rstest]
    #[case::paid(&paid())]
    #[case::a_refund(&refund())]
    #[case::a_refund_in_an_unknown_state(&unknown())]
    #[case::nothing(&json!({"said": "nothing"}))]
    fn a_statement_is_read_as_the_inbox_keeps_it(#[case] kept: &Value) {
        let read: NoticeStatement = serde_json::from_value(kept.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), *kept);
        assert!(
            !format!("{read:?}").contains("oUpF"),
            "the payer is printed"
        );
        let is_paid = kept["said"] == "paid";
        assert_eq!(read.is_payment_alone(), is_paid);
        let NoticeStatement::Refund(refund) = read else {
            return;
        };
        assert_ne!(refund.state, ReportedState::Processing);
    }
}
