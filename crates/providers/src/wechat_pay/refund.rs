//! Refunds: asking, asking about them, and how answers and notices describe them.

use super::{WechatPay, credentials::Credentials};
use crate::{
    Outcome, Reply,
    payment::{Refund, RefundNumbers, RefundOrder, RefundState, Submitted},
    percent::encode,
};
use chrono::{DateTime, FixedOffset, Utc};
use domain::Fen;
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

/// What an answer and a notice share; they name the state differently.
#[derive(Deserialize)]
pub(super) struct RefundFacts {
    /// In notices only.
    mchid: Option<String>,
    out_trade_no: String,
    out_refund_no: String,
    refund_id: String,
    #[serde(alias = "refund_status")]
    status: String,
    success_time: Option<DateTime<FixedOffset>>,
    amount: AmountFacts,
}

#[derive(Deserialize)]
struct AmountFacts {
    refund: i64,
}

/// The refund in a notice is not for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the refund belongs to another account")]
pub struct RefundError;

impl RefundFacts {
    pub(super) fn of_notice(self, ours: &Credentials) -> Result<Refund, RefundError> {
        if self.mchid.as_ref() == Some(&ours.mchid) {
            Ok(self.into_refund())
        } else {
            Err(RefundError)
        }
    }

    fn into_refund(self) -> Refund {
        let state = match self.status.as_str() {
            "PROCESSING" => RefundState::Processing,
            "SUCCESS" => RefundState::Succeeded {
                at: self.success_time.map(|time| time.with_timezone(&Utc)),
            },
            "CLOSED" => RefundState::Closed,
            "ABNORMAL" => RefundState::Abnormal,
            other => RefundState::Other(other.to_owned()),
        };
        Refund {
            out_trade_no: self.out_trade_no,
            out_refund_no: self.out_refund_no,
            refund_id: Some(self.refund_id),
            amount: Some(Fen(self.amount.refund)),
            state,
        }
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
    ) -> Reply<Option<Refund>> {
        let number = encode(refund.out_refund_no);
        let target = format!("/v3/refund/domestic/refunds/{number}");
        let received = self.get(&target).await;
        received.reply(200, |body| read(body, refund).map(Some))
    }
}

/// A signed refund tells only of the numbers that were asked for.
fn read(body: &[u8], asked: RefundNumbers<'_>) -> Outcome<Refund> {
    match serde_json::from_slice::<RefundFacts>(body).map(RefundFacts::into_refund) {
        Ok(refund)
            if refund.out_refund_no == asked.out_refund_no
                && refund.out_trade_no == asked.out_trade_no =>
        {
            Outcome::Definite(refund)
        }
        Ok(refund) => Outcome::Unknown(format!("answered for {}", refund.out_refund_no)),
        Err(error) => Outcome::Unknown(error.to_string()),
    }
}
