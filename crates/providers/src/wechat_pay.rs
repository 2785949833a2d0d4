//! `WeChat Pay`, the third API: Native, H5 and JSAPI payments, refunds, bills, and notices.
//!
//! Every answer that counts is verified over its raw bytes; an error answer only chooses a branch.
//! Source: docs/sources.md#wechat-pay

mod bill;
mod certificates;
mod client;
mod create;
mod credentials;
mod error;
mod http;
mod notice;
mod openid;
mod refund;
mod resource;
mod sign;
mod transaction;
mod verify;

pub use bill::{read_flow, read_trades};
pub use client::{HOSTS, WechatPay};
pub use credentials::{AccountSettings, Credentials, CredentialsError};
pub use notice::{NoticeError, V2_ACK, is_v2_xml, open};
pub use openid::{OpenIdError, OpenIdSettings, OpenIds};
pub use refund::RefundError;
pub use resource::{ApiV3Key, ResourceError};
pub use sign::{Stamp, authorization, message, pay_sign};
pub use transaction::TransactionError;
pub use verify::{KeyRing, KeyRingError, SignatureError, SignatureHeaders};

use crate::{
    Outcome, Reply,
    payment::{
        BillError, BillKind, Closed, Created, Download, FlowRow, InApp, Notice, PaymentChannel,
        PaymentOrder, RefundNumbers, RefundOrder, Submitted, Trade, TradeBill, meaning::evidence,
    },
    percent::encode,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::refund::RefundEvidence;
use serde::Serialize;
use transaction::TransactionFacts;

#[derive(Serialize)]
struct CloseRequest<'a> {
    mchid: &'a str,
}

impl WechatPay {
    /// Verifies and opens a notice that arrived at this account's path.
    pub fn open_notice(
        &self,
        headers: &SignatureHeaders<'_>,
        body: &[u8],
    ) -> Result<Notice, NoticeError> {
        open(&self.credentials, headers, body, self.entropy.now())
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
impl PaymentChannel for WechatPay {
    async fn create(&self, order: &PaymentOrder<'_>) -> Reply<Created> {
        self.ask_for_payment(order).await
    }

    async fn query(&self, out_trade_no: &str) -> Reply<Option<Trade>> {
        let (number, mchid) = (encode(out_trade_no), &self.credentials.mchid);
        let target = format!("/v3/pay/transactions/out-trade-no/{number}?mchid={mchid}");
        let received = self.get(&target).await;
        received.reply(200, |body| evidence(self.read_trade(body), out_trade_no))
    }

    async fn close(&self, out_trade_no: &str) -> Reply<Closed> {
        let target = format!(
            "/v3/pay/transactions/out-trade-no/{}/close",
            encode(out_trade_no)
        );
        let request = CloseRequest {
            mchid: &self.credentials.mchid,
        };
        // 202 is USER_PAYING: not closed, ask again.
        let received = self.post(&target, &request).await;
        received.reply(204, |_| Outcome::Definite(Closed::Closed))
    }

    async fn refund(&self, order: &RefundOrder<'_>) -> Reply<Submitted> {
        self.ask_for_refund(order).await
    }

    async fn query_refund(&self, refund: RefundNumbers<'_>) -> Reply<Option<RefundEvidence>> {
        self.ask_about_refund(refund).await
    }

    async fn bill(&self, kind: BillKind, day: NaiveDate) -> Reply<Download> {
        self.fetch_bill(kind, day).await
    }

    fn read_trades(&self, bill: &[u8]) -> Result<TradeBill, BillError> {
        read_trades(bill, &self.credentials.mchid)
    }

    fn read_flow(&self, bill: &[u8]) -> Result<Vec<FlowRow>, BillError> {
        read_flow(bill)
    }

    fn in_app(&self, prepay_id: &str) -> Option<InApp> {
        let (now, nonce) = (self.entropy.now().timestamp(), self.entropy.nonce());
        let Credentials {
            appid, signing_key, ..
        } = &self.credentials;
        let package = format!("prepay_id={prepay_id}");
        match pay_sign(signing_key, appid, now, &nonce, &package) {
            Ok(pay_sign) => Some(InApp {
                app_id: appid.clone(),
                time_stamp: now.to_string(),
                nonce_str: nonce,
                package,
                sign_type: "RSA".to_owned(),
                pay_sign,
            }),
            Err(error) => {
                tracing::error!(%error, "a payment inside the app could not be signed");
                None
            }
        }
    }
}
