//! A transaction, as a query and a notice describe it.
//!
//! Real answers leave out, empty or null whatever their state does not need: docs/sources.md#wechat-answers. Only evidence
//! of a payment must be complete.

use super::credentials::Credentials;
use crate::lenient;
use crate::payment::{Trade, TradeState};
use chrono::{DateTime, FixedOffset, Utc};
use domain::Fen;
use domain::payment::{Evidence, PayerReference};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct TransactionFacts {
    #[serde(default, deserialize_with = "lenient::text")]
    appid: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    mchid: Option<String>,
    out_trade_no: String,
    trade_state: String,
    #[serde(default, deserialize_with = "lenient::text")]
    transaction_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::time")]
    success_time: Option<DateTime<FixedOffset>>,
    #[serde(default, deserialize_with = "lenient::exact")]
    payer: Option<PayerFacts>,
    #[serde(default, deserialize_with = "lenient::exact")]
    amount: Option<AmountFacts>,
}

#[derive(Deserialize)]
struct PayerFacts {
    #[serde(default, deserialize_with = "lenient::text")]
    openid: Option<String>,
}

#[derive(Deserialize)]
struct AmountFacts {
    #[serde(default, deserialize_with = "lenient::exact")]
    total: Option<i64>,
    #[serde(default, deserialize_with = "lenient::text")]
    currency: Option<String>,
}

/// Why a transaction is not evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransactionError {
    /// Signed, but for another merchant number or application.
    #[error("the transaction belongs to another account")]
    OtherAccount,
    /// Said to be paid, without account, number, time, amount or currency.
    #[error("the transaction is paid, but its facts are missing")]
    Incomplete,
}

impl TransactionFacts {
    /// The trade; of an account that is named it must be ours.
    pub(super) fn into_trade(self, ours: &Credentials) -> Result<Trade, TransactionError> {
        let is_other =
            |named: &Option<String>, own: &String| named.as_ref().is_some_and(|named| named != own);
        if is_other(&self.appid, &ours.appid) || is_other(&self.mchid, &ours.mchid) {
            return Err(TransactionError::OtherAccount);
        }
        let state = match self.trade_state.as_str() {
            "SUCCESS" => TradeState::Paid(self.evidence()?),
            "REFUND" => TradeState::Refunded(self.evidence()?),
            "CLOSED" => TradeState::Closed,
            "NOTPAY" => TradeState::NotPaid,
            // States of pay-code products, which we do not sell through: the attempt is closed when its time is over.
            "USERPAYING" | "PAYERROR" | "REVOKED" => {
                tracing::debug!(state = self.trade_state, "a state of pay-code payments");
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
    fn evidence(&self) -> Result<Evidence, TransactionError> {
        let is_named = self.appid.is_some() && self.mchid.is_some();
        let amount = self.amount.as_ref();
        let (Some(transaction_id), Some(success_time), Some(total), Some(currency), true) = (
            &self.transaction_id,
            self.success_time,
            amount.and_then(|amount| amount.total),
            amount.and_then(|amount| amount.currency.clone()),
            is_named,
        ) else {
            return Err(TransactionError::Incomplete);
        };
        Ok(Evidence {
            transaction_id: transaction_id.clone(),
            amount: Fen(total),
            currency,
            paid_at: success_time.with_timezone(&Utc),
            payer: self
                .payer
                .as_ref()
                .and_then(|payer| payer.openid.clone())
                .map(PayerReference),
        })
    }
}
