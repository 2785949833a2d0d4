//! Alipay's V2 gateway: payments by QR code and by page, refunds, bills, and notices.
//!
//! An answer counts only where its signature fits the exact bytes of the inner object.
//! Source: docs/sources.md#alipay

mod answer;
mod bill;
mod create;
mod credentials;
mod error;
mod gateway;
mod notice;
mod refund;
mod sign;
mod trade;

pub use crate::certificate::{certificate_sn, root_certificate_sn};
pub use answer::{AnswerError, Envelope};
pub use bill::{read_flow, read_trades};
pub use credentials::{AccountSettings, Credentials, CredentialsError, KeyRing, Trust};
pub use gateway::{Call, GATEWAY, Request};
pub use notice::{NoticeError, open, open_return};
pub use sign::{joined, notice_content, request_content};
pub use trade::TradeError;

use crate::{
    ClientError, Entropy, Outcome, Reply,
    http::client,
    payment::{
        BillError, BillKind, Closed, Created, Download, FlowRow, InApp, Notice, PaymentChannel,
        PaymentOrder, Refund, RefundNumbers, RefundOrder, Submitted, Trade, TradeRow,
        meaning::{Answered, Meaning, Operation, evidence},
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
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

/// What came of cancelling an attempt whose outcome was unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    /// It was not paid and can no longer be.
    Closed,
    /// It was paid; the money went back.
    Refunded,
    /// There was no trade. A QR code that nobody has scanned **can still be paid**.
    NotFound,
}

#[derive(Serialize)]
struct NumberRequest<'a> {
    out_trade_no: &'a str,
}

#[derive(Deserialize)]
struct CancelAnswer {
    out_trade_no: String,
    retry_flag: String,
    action: Option<String>,
}

impl Answered for Cancelled {
    const OPERATION: Operation = Operation::Cancel;

    fn of(meaning: Meaning) -> Option<Self> {
        (meaning == Meaning::NotFound).then_some(Self::NotFound)
    }
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

    /// Verifies the query that a browser comes back with, and gives our number of the attempt. It
    /// proves no payment: query.
    pub fn open_return(&self, query: &str) -> Result<String, NoticeError> {
        open_return(&self.credentials, query)
    }

    /// Undoes an attempt whether or not it was paid.
    pub async fn cancel(&self, out_trade_no: &str) -> Reply<Cancelled> {
        let request = NumberRequest { out_trade_no };
        let received = self.call("alipay.trade.cancel", &request, None).await;
        received.reply(
            |answer| match serde_json::from_str::<CancelAnswer>(answer) {
                Ok(done) if done.out_trade_no == out_trade_no => read_cancelled(&done),
                Ok(done) => Outcome::Unknown(format!("answered for {}", done.out_trade_no)),
                Err(error) => Outcome::Unknown(error.to_string()),
            },
        )
    }
}

fn read_cancelled(done: &CancelAnswer) -> Outcome<Cancelled> {
    match (done.retry_flag.as_str(), done.action.as_deref()) {
        ("N", Some("close")) => Outcome::Definite(Cancelled::Closed),
        ("N", Some("refund")) => Outcome::Definite(Cancelled::Refunded),
        ("N", None | Some("")) => Outcome::Definite(Cancelled::NotFound),
        (retry, action) => Outcome::Unknown(format!("retry {retry}, action {action:?}")),
    }
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

    /// By a cancel, which also works where the outcome of the first call is unknown. A code that was never answered with
    /// cannot be scanned, so that none is left that could be paid.
    async fn undo(&self, out_trade_no: &str) -> Reply<Closed> {
        let Reply { outcome, trace } = self.cancel(out_trade_no).await;
        trace.with(outcome.map(|cancelled| match cancelled {
            Cancelled::Closed | Cancelled::NotFound => Closed::Closed,
            Cancelled::Refunded => Closed::AlreadyPaid,
        }))
    }

    async fn refund(&self, order: &RefundOrder<'_>) -> Reply<Submitted> {
        self.ask_for_refund(order).await
    }

    async fn query_refund(&self, refund: RefundNumbers<'_>) -> Reply<Option<Refund>> {
        self.ask_about_refund(refund).await
    }

    async fn bill(&self, kind: BillKind, day: NaiveDate) -> Reply<Download> {
        self.fetch_bill(kind, day).await
    }

    fn read_trades(&self, bill: &[u8]) -> Result<Vec<TradeRow>, BillError> {
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
