//! Alipay's V2 gateway: payments by QR code and by page, refunds, bills, and notices.
//!
//! An answer counts only where its signature fits the exact bytes of the inner object.
//! `alipay.trade.cancel` is not called: where a payment came in time it returns the money without a refund of ours, while a
//! query and a close tell the same of an outcome that is unknown.
//! Source: docs/sources.md#alipay

mod answer;
mod bill;
mod client;
mod create;
mod credentials;
mod encoding;
mod error;
mod gateway;
mod notice;
mod refund;
mod sign;
mod trade;

pub use crate::certificate::{certificate_sn, root_certificate_sn};
pub use answer::{AnswerError, Envelope};
pub use bill::{read_flow, read_trades};
pub use client::Alipay;
pub use credentials::{AccountSettings, Credentials, CredentialsError, KeyRing, Trust};
pub use gateway::{Call, GATEWAY, Request};
pub use notice::{NoticeError, open};
pub use sign::{joined, notice_content, request_content};
pub use trade::TradeError;

use crate::{
    Outcome, Reply,
    payment::{
        BillError, BillKind, Closed, Created, Download, FlowRow, InApp, PaymentChannel,
        PaymentOrder, RefundNumbers, RefundOrder, Submitted, Trade, TradeBill, meaning::evidence,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::refund::RefundEvidence;
use serde::Serialize;
use trade::QueryAnswer;

#[derive(Serialize)]
struct NumberRequest<'a> {
    out_trade_no: &'a str,
}

#[async_trait]
impl PaymentChannel for Alipay {
    async fn create(&self, order: &PaymentOrder<'_>) -> Reply<Created> {
        self.ask_for_payment(order).await
    }

    async fn query(&self, out_trade_no: &str) -> Reply<Option<Trade>> {
        let request = NumberRequest { out_trade_no };
        let received = self.call("alipay.trade.query", &request, None).await;
        received.reply(|answer| evidence(read_trade(answer), out_trade_no))
    }

    async fn close(&self, out_trade_no: &str) -> Reply<Closed> {
        let request = NumberRequest { out_trade_no };
        let received = self.call("alipay.trade.close", &request, None).await;
        received.reply(|_| Outcome::Definite(Closed::Closed))
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
        read_trades(bill, &self.credentials.seller_id)
    }

    fn read_flow(&self, bill: &[u8]) -> Result<Vec<FlowRow>, BillError> {
        read_flow(bill)
    }

    fn in_app(&self, _prepay_id: &str) -> Option<InApp> {
        None
    }
}

fn read_trade(answer: &str) -> Result<Trade, String> {
    let found: QueryAnswer = serde_json::from_str(answer).map_err(|error| error.to_string())?;
    found.into_trade().map_err(|error| error.to_string())
}
