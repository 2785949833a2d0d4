//! Refunds: asking, asking about them, and how answers and notices describe them.

use super::{WechatPay, credentials::Credentials};
use crate::{
    Outcome, Reply, lenient,
    payment::{RefundNumbers, RefundOrder, Submitted},
    percent::encode,
};
use chrono::{DateTime, FixedOffset, Utc};
use domain::Fen;
use domain::refund::{RefundEvidence, ReportedState};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Request<'a> {
    out_trade_no: &'a str,
    out_refund_no: &'a str,
    reason: &'a str,
    notify_url: &'a str,
    amount: Amount,
}

#[derive(Serialize)]
struct Amount {
    refund: i64,
    total: i64,
    currency: &'static str,
}

/// What an answer and a notice share. The documents name the state `status` in answers and `refund_status` in notices;
/// answers with either and with both were seen: docs/sources.md#wechat-answers.
#[derive(Deserialize)]
pub(super) struct RefundFacts {
    /// In notices only.
    #[serde(default, deserialize_with = "lenient::text")]
    mchid: Option<String>,
    out_trade_no: String,
    out_refund_no: String,
    #[serde(default, deserialize_with = "lenient::text")]
    refund_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    status: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    refund_status: Option<String>,
    #[serde(default, deserialize_with = "lenient::time")]
    success_time: Option<DateTime<FixedOffset>>,
    #[serde(default, deserialize_with = "lenient::exact")]
    amount: Option<AmountFacts>,
}

#[derive(Deserialize)]
struct AmountFacts {
    #[serde(default, deserialize_with = "lenient::exact")]
    refund: Option<i64>,
    #[serde(default, deserialize_with = "lenient::text")]
    currency: Option<String>,
}

/// Why a refund is not evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// The refund in a notice is not for us.
    #[error("the refund belongs to another account")]
    OtherAccount,
    /// No state, or two that differ.
    #[error("the refund's state is not clear")]
    State,
    /// Said to be carried out, without an amount or in another currency than the yuan.
    #[error("the refund is carried out, but its amount is missing")]
    Amount,
}

impl RefundFacts {
    pub(super) fn of_notice(self, ours: &Credentials) -> Result<RefundEvidence, RefundError> {
        if self.mchid.as_ref() == Some(&ours.mchid) {
            self.into_refund()
        } else {
            Err(RefundError::OtherAccount)
        }
    }

    fn into_refund(self) -> Result<RefundEvidence, RefundError> {
        let status = match (self.status, self.refund_status) {
            (Some(one), Some(other)) if one != other => return Err(RefundError::State),
            (Some(status), _) | (None, Some(status)) => status,
            (None, None) => return Err(RefundError::State),
        };
        let is_foreign = |amount: &AmountFacts| {
            let currency = amount.currency.as_deref();
            currency.is_some_and(|currency| currency != "CNY")
        };
        let amount = self.amount.filter(|amount| !is_foreign(amount));
        let amount = amount.and_then(|amount| amount.refund).map(Fen);
        let state = match status.as_str() {
            "PROCESSING" => ReportedState::Processing,
            "SUCCESS" if amount.is_none() => return Err(RefundError::Amount),
            "SUCCESS" => ReportedState::Succeeded {
                at: self.success_time.map(|time| time.with_timezone(&Utc)),
            },
            "CLOSED" => ReportedState::Closed,
            "ABNORMAL" => ReportedState::Abnormal,
            other => ReportedState::Other {
                word: other.to_owned(),
            },
        };
        Ok(RefundEvidence {
            out_trade_no: self.out_trade_no,
            out_refund_no: self.out_refund_no,
            refund_id: self.refund_id,
            amount,
            state,
        })
    }
}

impl WechatPay {
    pub(super) async fn ask_for_refund(&self, order: &RefundOrder<'_>) -> Reply<Submitted> {
        let request = Request {
            out_trade_no: order.numbers.out_trade_no,
            out_refund_no: order.numbers.out_refund_no,
            reason: order.reason,
            notify_url: order.notify_url,
            amount: Amount {
                refund: order.amount.0,
                total: order.total.0,
                currency: "CNY",
            },
        };
        let received = self.post_refund("/v3/refund/domestic/refunds", &request);
        received
            .await
            .reply(200, |body| read(body, order.numbers).map(Submitted::Taken))
    }

    pub(super) async fn ask_about_refund(
        &self,
        refund: RefundNumbers<'_>,
    ) -> Reply<Option<RefundEvidence>> {
        let number = encode(refund.out_refund_no);
        let target = format!("/v3/refund/domestic/refunds/{number}");
        let received = self.get(&target).await;
        received.reply(200, |body| read(body, refund).map(Some))
    }
}

/// A signed refund tells only of the numbers that were asked for.
fn read(body: &[u8], asked: RefundNumbers<'_>) -> Outcome<RefundEvidence> {
    let read = serde_json::from_slice::<RefundFacts>(body)
        .map_err(|error| error.to_string())
        .and_then(|facts| facts.into_refund().map_err(|error| error.to_string()));
    match read {
        Ok(refund)
            if refund.out_refund_no == asked.out_refund_no
                && refund.out_trade_no == asked.out_trade_no =>
        {
            Outcome::Definite(refund)
        }
        Ok(refund) => Outcome::Unknown(format!("answered for {}", refund.out_refund_no)),
        Err(seen) => Outcome::Unknown(seen),
    }
}
