//! `WeChat Pay`, the third API, in public-key mode: Native payments, and the notices about them.
//!
//! Every answer that counts is verified over its raw bytes; an error answer only chooses a branch.
//! Source: docs/sources.md#wechat-pay

mod credentials;
mod error;
mod http;
mod notice;
mod resource;
mod sign;
mod transaction;
mod verify;

pub use credentials::{AccountSettings, Credentials, CredentialsError};
pub use notice::{NoticeError, open};
pub use resource::{ApiV3Key, ResourceError};
pub use sign::{authorization, message, pay_sign};
pub use transaction::TransactionError;
pub use verify::{KeyRing, KeyRingError, SignatureError, SignatureHeaders};

use crate::{
    ClientError, Entropy, Outcome, beijing,
    http::client,
    payment::{
        Closed, Created, Notice, QrOrder, QrPayments, Trade,
        meaning::{Operation, evidence},
    },
    percent::encode,
};
use async_trait::async_trait;
use http::Answer;
use serde::{Deserialize, Serialize};
use transaction::TransactionFacts;

/// The production hosts; the second is tried where the first cannot be connected to.
pub const HOSTS: [&str; 2] = [
    "https://api.mch.weixin.qq.com",
    "https://api2.mch.weixin.qq.com",
];

/// One merchant account at `WeChat Pay`.
#[derive(Debug)]
pub struct WechatPay {
    credentials: Credentials,
    hosts: Vec<String>,
    http: reqwest::Client,
    entropy: Entropy,
}

#[derive(Serialize)]
struct NativeRequest<'a> {
    appid: &'a str,
    mchid: &'a str,
    description: &'a str,
    out_trade_no: &'a str,
    time_expire: String,
    notify_url: &'a str,
    amount: Amount,
}

#[derive(Serialize)]
struct Amount {
    total: i64,
    currency: &'static str,
}

#[derive(Deserialize)]
struct NativeAnswer {
    code_url: String,
}

#[derive(Serialize)]
struct CloseRequest<'a> {
    mchid: &'a str,
}

impl WechatPay {
    /// A client for these credentials. `hosts` are origins such as [`HOSTS`], without a path,
    /// since the path is signed.
    pub fn new(
        credentials: Credentials,
        hosts: &[&str],
        entropy: Entropy,
    ) -> Result<Self, ClientError> {
        let hosts = hosts
            .iter()
            .map(|host| host.trim_end_matches('/').to_owned())
            .collect();
        Ok(Self {
            credentials,
            hosts,
            http: client()?,
            entropy,
        })
    }

    /// Verifies and opens a notice that arrived at this account's path.
    pub fn open_notice(
        &self,
        headers: &SignatureHeaders<'_>,
        body: &[u8],
    ) -> Result<Notice, NoticeError> {
        open(&self.credentials, headers, body, self.entropy.now())
    }

    fn native_request<'a>(&'a self, order: &QrOrder<'a>) -> NativeRequest<'a> {
        NativeRequest {
            appid: &self.credentials.appid,
            mchid: &self.credentials.mchid,
            description: order.description,
            out_trade_no: order.out_trade_no,
            time_expire: beijing::local(order.expires_at).to_rfc3339(),
            notify_url: order.notify_url,
            amount: Amount {
                total: order.amount.0,
                currency: "CNY",
            },
        }
    }

    fn read_trade(&self, body: &[u8]) -> Result<Trade, String> {
        let found: TransactionFacts =
            serde_json::from_slice(body).map_err(|error| error.to_string())?;
        found
            .into_trade(&self.credentials)
            .map_err(|error| error.to_string())
    }
}

#[async_trait]
impl QrPayments for WechatPay {
    async fn create(&self, order: &QrOrder<'_>) -> Outcome<Created> {
        let request = self.native_request(order);
        match self.post("/v3/pay/transactions/native", &request).await {
            Answer::Verified { status: 200, body } => read_created(&body),
            Answer::Verified { status, .. } => Outcome::Unknown(format!("signed status {status}")),
            Answer::Failed(error) => error.meaning(Operation::Create).created(error),
            Answer::Lost(seen) => Outcome::Unknown(seen),
        }
    }

    async fn query(&self, out_trade_no: &str) -> Outcome<Option<Trade>> {
        let (number, mchid) = (encode(out_trade_no), &self.credentials.mchid);
        let target = format!("/v3/pay/transactions/out-trade-no/{number}?mchid={mchid}");
        match self.get(&target).await {
            Answer::Verified { status: 200, body } => {
                evidence(self.read_trade(&body), out_trade_no)
            }
            Answer::Verified { status, .. } => Outcome::Unknown(format!("signed status {status}")),
            Answer::Failed(error) => error.meaning(Operation::Query).found(error),
            Answer::Lost(seen) => Outcome::Unknown(seen),
        }
    }

    async fn close(&self, out_trade_no: &str) -> Outcome<Closed> {
        let target = format!(
            "/v3/pay/transactions/out-trade-no/{}/close",
            encode(out_trade_no)
        );
        let request = CloseRequest {
            mchid: &self.credentials.mchid,
        };
        match self.post(&target, &request).await {
            Answer::Verified { status: 204, .. } => Outcome::Definite(Closed::Closed),
            // 202 is USER_PAYING: not closed, ask again.
            Answer::Verified { status, .. } => Outcome::Unknown(format!("signed status {status}")),
            Answer::Failed(error) => error.meaning(Operation::Close).closed(error),
            Answer::Lost(seen) => Outcome::Unknown(seen),
        }
    }
}

fn read_created(body: &[u8]) -> Outcome<Created> {
    match serde_json::from_slice::<NativeAnswer>(body) {
        Ok(answer) => Outcome::Definite(Created::Qr(answer.code_url)),
        Err(error) => Outcome::Unknown(format!("signed answer without code_url: {error}")),
    }
}
