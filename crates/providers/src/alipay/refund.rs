//! Refunds. Success of the call is not success of the refund, and sums are cumulative.

use super::Alipay;
use crate::{
    Outcome, Reply,
    amount::from_yuan,
    beijing, lenient,
    payment::{RefundNumbers, RefundOrder, Submitted},
};
use domain::refund::{RefundEvidence, ReportedState};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Request<'a> {
    out_trade_no: &'a str,
    refund_amount: String,
    out_request_no: &'a str,
    refund_reason: &'a str,
}

#[derive(Serialize)]
struct QueryRequest<'a> {
    out_trade_no: &'a str,
    out_request_no: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    out_trade_no: String,
    #[serde(default, deserialize_with = "lenient::text")]
    fund_change: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    gmt_refund_pay: Option<String>,
}

#[derive(Deserialize)]
struct QueryAnswer {
    #[serde(default, deserialize_with = "lenient::text")]
    out_trade_no: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    out_request_no: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    refund_status: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    refund_amount: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    gmt_refund_pay: Option<String>,
}

impl Alipay {
    pub(super) async fn ask_for_refund(&self, order: &RefundOrder<'_>) -> Reply<Submitted> {
        let request = Request {
            out_trade_no: order.numbers.out_trade_no,
            refund_amount: order.amount.to_yuan(),
            out_request_no: order.numbers.out_refund_no,
            refund_reason: order.reason,
        };
        let received = self.call("alipay.trade.refund", &request, None).await;
        received.reply(|answer| match serde_json::from_str::<Answer>(answer) {
            Ok(taken) if taken.out_trade_no == order.numbers.out_trade_no => {
                Outcome::Definite(Submitted::Taken(read_taken(&taken, order)))
            }
            Ok(taken) => Outcome::Unknown(format!("answered for {}", taken.out_trade_no)),
            Err(error) => Outcome::Unknown(error.to_string()),
        })
    }

    pub(super) async fn ask_about_refund(
        &self,
        refund: RefundNumbers<'_>,
    ) -> Reply<Option<RefundEvidence>> {
        let request = QueryRequest {
            out_trade_no: refund.out_trade_no,
            out_request_no: refund.out_refund_no,
        };
        let method = "alipay.trade.fastpay.refund.query";
        let received = self.call(method, &request, None).await;
        received.reply(|answer| match serde_json::from_str(answer) {
            Ok(found) => read_found(&found, refund),
            Err(error) => Outcome::Unknown(error.to_string()),
        })
    }
}

/// Where no money moved, it may have moved before: only a query tells.
fn read_taken(answer: &Answer, order: &RefundOrder<'_>) -> RefundEvidence {
    let is_done = answer.fund_change.as_deref() == Some("Y");
    let at = answer.gmt_refund_pay.as_deref().and_then(beijing::parse);
    RefundEvidence {
        out_trade_no: order.numbers.out_trade_no.to_owned(),
        out_refund_no: order.numbers.out_refund_no.to_owned(),
        refund_id: None,
        amount: is_done.then_some(order.amount),
        state: if is_done {
            ReportedState::Succeeded { at }
        } else {
            ReportedState::Processing
        },
    }
}

/// An answer without a state says that there is no such refund, or that it failed.
fn read_found(found: &QueryAnswer, asked: RefundNumbers<'_>) -> Outcome<Option<RefundEvidence>> {
    let Some(status) = &found.refund_status else {
        return Outcome::Definite(None);
    };
    if found.out_trade_no.as_deref() != Some(asked.out_trade_no)
        || found.out_request_no.as_deref() != Some(asked.out_refund_no)
    {
        return Outcome::Unknown(format!("answered for {:?}", found.out_request_no));
    }
    let at = found.gmt_refund_pay.as_deref().and_then(beijing::parse);
    let state = match status.as_str() {
        "REFUND_SUCCESS" => ReportedState::Succeeded { at },
        "REFUND_PROCESSING" => ReportedState::Processing,
        other => ReportedState::Other {
            word: other.to_owned(),
        },
    };
    match found.refund_amount.as_deref().map(from_yuan).transpose() {
        Ok(amount) => Outcome::Definite(Some(RefundEvidence {
            out_trade_no: asked.out_trade_no.to_owned(),
            out_refund_no: asked.out_refund_no.to_owned(),
            refund_id: None,
            amount,
            state,
        })),
        Err(error) => Outcome::Unknown(error.to_string()),
    }
}
