//! Alipay's V2 gateway in key mode: QR payments (`precreate`), and the notices about them.
//!
//! An answer counts only where its signature fits the exact bytes of the inner object.
//! Source: docs/sources.md#alipay

pub mod amount;
mod answer;
mod credentials;
mod error;
mod gateway;
mod notice;
mod sign;
mod trade;

pub use answer::{AnswerError, Envelope};
pub use credentials::{AccountSettings, Credentials, CredentialsError};
pub use gateway::{GATEWAY, Request};
pub use notice::{NoticeError, open};
pub use sign::{joined, notice_content, request_content};
pub use trade::TradeError;

use crate::{
    ClientError, Entropy, Outcome,
    http::client,
    payment::{
        Closed, Created, Notice, QrOrder, QrPayments, Trade,
        meaning::{Operation, evidence},
    },
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use gateway::Answer;
use serde::{Deserialize, Serialize};
use trade::QueryAnswer;

/// One merchant account at Alipay.
#[derive(Debug)]
pub struct Alipay {
    credentials: Credentials,
    gateway: String,
    http: reqwest::Client,
    entropy: Entropy,
}

/// The content of a `precreate`. `timeout_express` runs from the scan, `qr_code_timeout_express`
/// from the creation; without the second an unscanned code could be paid for two hours.
#[derive(Serialize)]
struct PrecreateRequest<'a> {
    out_trade_no: &'a str,
    total_amount: String,
    subject: &'a str,
    product_code: &'static str,
    timeout_express: String,
    qr_code_timeout_express: String,
}

#[derive(Deserialize)]
struct PrecreateAnswer {
    out_trade_no: String,
    qr_code: String,
}

#[derive(Serialize)]
struct NumberRequest<'a> {
    out_trade_no: &'a str,
}

impl Alipay {
    /// A client for these credentials; `gateway` is [`GATEWAY`] or a sandbox's address.
    pub fn new(
        credentials: Credentials,
        gateway: &str,
        entropy: Entropy,
    ) -> Result<Self, ClientError> {
        Ok(Self {
            credentials,
            gateway: gateway.to_owned(),
            http: client()?,
            entropy,
        })
    }

    /// Verifies and reads a notice, from the POST body alone.
    pub fn open_notice(&self, body: &[u8]) -> Result<Notice, NoticeError> {
        open(&self.credentials, body)
    }
}

/// Whole minutes from now to then, rounded down so that the code ends before the attempt does; at
/// least the one minute that Alipay demands.
fn timeout_express(now: DateTime<Utc>, expires_at: DateTime<Utc>) -> String {
    format!("{}m", (expires_at - now).num_minutes().max(1))
}

#[async_trait]
impl QrPayments for Alipay {
    async fn create(&self, order: &QrOrder<'_>) -> Outcome<Created> {
        let timeout = timeout_express(self.entropy.now(), order.expires_at);
        let content = PrecreateRequest {
            out_trade_no: order.out_trade_no,
            total_amount: order.amount.to_yuan(),
            subject: order.description,
            product_code: "FACE_TO_FACE_PAYMENT",
            timeout_express: timeout.clone(),
            qr_code_timeout_express: timeout,
        };
        match self
            .call("alipay.trade.precreate", &content, Some(order.notify_url))
            .await
        {
            Answer::Done(answer) => read_created(&answer, order.out_trade_no),
            Answer::Rejected(rejection) => rejection.meaning(Operation::Create).created(rejection),
            Answer::Lost(seen) => Outcome::Unknown(seen),
        }
    }

    async fn query(&self, out_trade_no: &str) -> Outcome<Option<Trade>> {
        match self
            .call("alipay.trade.query", &NumberRequest { out_trade_no }, None)
            .await
        {
            Answer::Done(answer) => evidence(read_trade(&answer), out_trade_no),
            Answer::Rejected(rejection) => rejection.meaning(Operation::Query).found(rejection),
            Answer::Lost(seen) => Outcome::Unknown(seen),
        }
    }

    async fn close(&self, out_trade_no: &str) -> Outcome<Closed> {
        match self
            .call("alipay.trade.close", &NumberRequest { out_trade_no }, None)
            .await
        {
            Answer::Done(_) => Outcome::Definite(Closed::Closed),
            Answer::Rejected(rejection) => rejection.meaning(Operation::Close).closed(rejection),
            Answer::Lost(seen) => Outcome::Unknown(seen),
        }
    }
}

fn read_created(answer: &str, asked: &str) -> Outcome<Created> {
    match serde_json::from_str::<PrecreateAnswer>(answer) {
        Ok(made) if made.out_trade_no == asked => Outcome::Definite(Created::Qr(made.qr_code)),
        Ok(made) => Outcome::Unknown(format!("answered for {}", made.out_trade_no)),
        Err(error) => Outcome::Unknown(error.to_string()),
    }
}

fn read_trade(answer: &str) -> Result<Trade, String> {
    let found: QueryAnswer = serde_json::from_str(answer).map_err(|error| error.to_string())?;
    found.into_trade().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::timeout_express;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn a_timeout_is_rounded_down_and_at_least_a_minute() {
        let now = DateTime::UNIX_EPOCH;
        for (seconds, expected) in [(1_800, "30m"), (1_799, "29m"), (30, "1m"), (-5, "1m")] {
            assert_eq!(
                timeout_express(now, now + TimeDelta::seconds(seconds)),
                expected
            );
        }
    }
}
