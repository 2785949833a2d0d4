//! A trade, as a query and a notice describe it.
//!
//! Only evidence of a payment must be complete: docs/sources.md#alipay-answers.

use crate::amount::{AmountError, from_yuan};
use crate::{
    beijing, lenient,
    payment::{Trade, TradeState},
};
use domain::payment::{Evidence, PayerReference};
use serde::Deserialize;

/// Alipay writes no currency where it is the yuan, and our product takes no other.
const CURRENCY: &str = "CNY";

/// Why a trade is not evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TradeError {
    /// The amount cannot be read.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// Said to be paid, without a time that can be read.
    #[error("the trade is paid, but its time is missing")]
    Time,
    /// Said to be paid, without number or amount.
    #[error("the trade is paid, but its facts are missing")]
    Incomplete,
    /// Said to be paid in another currency than the yuan.
    #[error("the trade is paid in another currency than the yuan")]
    Currency,
}

#[derive(Deserialize)]
pub(super) struct QueryAnswer {
    out_trade_no: String,
    trade_status: String,
    #[serde(default, deserialize_with = "lenient::text")]
    trade_no: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    total_amount: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    trans_currency: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    send_pay_date: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    buyer_open_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    buyer_user_id: Option<String>,
}

/// The facts that a query and a notice share.
pub(super) struct Facts<'a> {
    pub(super) out_trade_no: &'a str,
    pub(super) trade_status: &'a str,
    pub(super) trade_no: Option<&'a str>,
    pub(super) total_amount: Option<&'a str>,
    /// Named only where money was changed; not named it is the yuan.
    pub(super) currency: Option<&'a str>,
    pub(super) paid_at: Option<&'a str>,
    pub(super) payer: Option<&'a str>,
    /// Whether the message tells of money that went back.
    pub(super) is_refund: bool,
}

impl QueryAnswer {
    pub(super) fn into_trade(self) -> Result<Trade, TradeError> {
        let facts = Facts {
            out_trade_no: &self.out_trade_no,
            trade_status: &self.trade_status,
            trade_no: self.trade_no.as_deref(),
            total_amount: self.total_amount.as_deref(),
            currency: self.trans_currency.as_deref(),
            paid_at: self.send_pay_date.as_deref(),
            payer: self
                .buyer_open_id
                .as_deref()
                .or(self.buyer_user_id.as_deref()),
            is_refund: false,
        };
        facts.trade()
    }
}

impl Facts<'_> {
    /// `TRADE_CLOSED` is said both of a trade that nobody paid and of one that was paid and
    /// returned in full; only the second has a time of payment or a refund.
    pub(super) fn trade(&self) -> Result<Trade, TradeError> {
        let state = match (self.trade_status, self.is_refund) {
            ("WAIT_BUYER_PAY", _) => TradeState::NotPaid,
            ("TRADE_SUCCESS" | "TRADE_FINISHED", false) => TradeState::Paid(self.evidence()?),
            ("TRADE_SUCCESS" | "TRADE_FINISHED" | "TRADE_CLOSED", true) => {
                TradeState::Refunded(self.evidence()?)
            }
            ("TRADE_CLOSED", false) if self.paid_at.is_some() => {
                TradeState::Refunded(self.evidence()?)
            }
            ("TRADE_CLOSED", false) => TradeState::Closed,
            (other, _) => TradeState::Other(other.to_owned()),
        };
        Ok(Trade {
            out_trade_no: self.out_trade_no.to_owned(),
            state,
        })
    }

    fn evidence(&self) -> Result<Evidence, TradeError> {
        let (Some(trade_no), Some(total)) = (self.trade_no, self.total_amount) else {
            return Err(TradeError::Incomplete);
        };
        if self.currency.is_some_and(|currency| currency != CURRENCY) {
            return Err(TradeError::Currency);
        }
        Ok(Evidence {
            transaction_id: trade_no.to_owned(),
            amount: from_yuan(total)?,
            currency: CURRENCY.to_owned(),
            paid_at: self
                .paid_at
                .and_then(beijing::parse)
                .ok_or(TradeError::Time)?,
            payer: self.payer.map(|payer| PayerReference(payer.to_owned())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, TradeState};
    use rstest::rstest;

    const PAID_AT: Option<&str> = Some("2026-06-09 18:15:20");

    #[rstest]
    #[case::waiting("WAIT_BUYER_PAY", None, false, "not paid")]
    #[case::paid("TRADE_SUCCESS", PAID_AT, false, "paid")]
    #[case::finished("TRADE_FINISHED", PAID_AT, false, "paid")]
    #[case::refunded_in_part("TRADE_SUCCESS", PAID_AT, true, "refunded")]
    #[case::refunded_in_full("TRADE_CLOSED", PAID_AT, true, "refunded")]
    #[case::closed_after_payment("TRADE_CLOSED", PAID_AT, false, "refunded")]
    #[case::closed_without_payment("TRADE_CLOSED", None, false, "closed")]
    #[case::paid_without_a_time("TRADE_SUCCESS", None, false, "incomplete")]
    #[case::unknown("TRADE_NEW", PAID_AT, false, "other")]
    fn every_status_is_read_with_its_refund_fields(
        #[case] status: &str,
        #[case] paid_at: Option<&str>,
        #[case] is_refund: bool,
        #[case] expected: &str,
    ) {
        let facts = Facts {
            out_trade_no: "G260609",
            trade_status: status,
            trade_no: Some("20260609"),
            total_amount: Some("19.90"),
            currency: None,
            paid_at,
            payer: None,
            is_refund,
        };
        let seen = match facts.trade().map(|trade| trade.state) {
            Ok(TradeState::NotPaid) => "not paid",
            Ok(TradeState::Paid(_)) => "paid",
            Ok(TradeState::Refunded(_)) => "refunded",
            Ok(TradeState::Closed) => "closed",
            Ok(TradeState::Other(_)) => "other",
            Err(_) => "incomplete",
        };
        assert_eq!(seen, expected, "{status}, refund {is_refund}");
    }
}
