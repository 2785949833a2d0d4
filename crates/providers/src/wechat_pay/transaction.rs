//! A transaction, as a query and a notice describe it.

use super::credentials::Credentials;
use crate::payment::{Payer, Payment, Trade, TradeState};
use chrono::{DateTime, FixedOffset, Utc};
use domain::Fen;
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct TransactionFacts {
    appid: String,
    mchid: String,
    out_trade_no: String,
    trade_state: String,
    transaction_id: Option<String>,
    success_time: Option<DateTime<FixedOffset>>,
    payer: Option<PayerFacts>,
    amount: Option<AmountFacts>,
}

#[derive(Deserialize)]
struct PayerFacts {
    openid: Option<String>,
}

#[derive(Deserialize)]
struct AmountFacts {
    total: i64,
    currency: String,
}

/// Why a transaction is not evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransactionError {
    /// Signed, but for another merchant number or application.
    #[error("the transaction belongs to another account")]
    OtherAccount,
    /// Said to be paid, without number, time or amount.
    #[error("the transaction is paid, but its facts are missing")]
    Incomplete,
}

impl TransactionFacts {
    pub(super) fn into_trade(self, ours: &Credentials) -> Result<Trade, TransactionError> {
        if self.appid != ours.appid || self.mchid != ours.mchid {
            return Err(TransactionError::OtherAccount);
        }
        let state = match self.trade_state.as_str() {
            "SUCCESS" => TradeState::Paid(self.payment()?),
            "REFUND" => TradeState::Refunded(self.payment()?),
            "CLOSED" => TradeState::Closed,
            "NOTPAY" => TradeState::NotPaid,
            // These three belong to pay-code products, which we do not sell through.
            "USERPAYING" | "PAYERROR" | "REVOKED" => {
                tracing::warn!(
                    state = self.trade_state,
                    "a state of pay-code payments, which this is none of"
                );
                TradeState::NotPaid
            }
            other => TradeState::Other(other.to_owned()),
        };
        Ok(Trade {
            out_trade_no: self.out_trade_no,
            state,
        })
    }

    /// `amount.total` is what was due; `payer_total` would be less where the payer had a coupon.
    fn payment(&self) -> Result<Payment, TransactionError> {
        let (Some(transaction_id), Some(success_time), Some(amount)) =
            (&self.transaction_id, self.success_time, &self.amount)
        else {
            return Err(TransactionError::Incomplete);
        };
        Ok(Payment {
            transaction_id: transaction_id.clone(),
            amount: Fen(amount.total),
            currency: amount.currency.clone(),
            paid_at: success_time.with_timezone(&Utc),
            payer: self
                .payer
                .as_ref()
                .and_then(|payer| payer.openid.clone())
                .map(Payer),
        })
    }
}
