//! Asking for a payment, and ending the asking.

use chrono::{DateTime, Utc};
use domain::Fen;
use domain::payment::Credential;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// A payment to ask for. Calling twice with the same content is one payment.
#[derive(Debug, Clone, Copy)]
pub struct PaymentOrder<'a> {
    /// Our number of this attempt, from [`crate::entropy::out_trade_no`].
    pub out_trade_no: &'a str,
    /// What the payer reads; at most 127 characters.
    pub description: &'a str,
    /// At least 1 fen.
    pub amount: Fen,
    /// When the attempt was begun; asking again says the same, whenever that is.
    pub begun_at: DateTime<Utc>,
    /// When the payment may no longer be made; at least a minute ahead.
    pub expires_at: DateTime<Utc>,
    /// Where the provider sends its notice: public, without a query.
    pub notify_url: &'a str,
    /// How the payer gets to the cashier.
    pub way: Way<'a>,
}

/// A provider's product, with what it alone needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way<'a> {
    /// `WeChat Pay`: a QR code on a screen.
    Native,
    /// `WeChat Pay`: a phone's browser, but not the one inside the app.
    H5 {
        /// The payer's own address, which the cashier compares.
        payer_ip: IpAddr,
        /// Where the browser goes afterwards: an `https` page of the registered domain.
        return_url: &'a str,
    },
    /// `WeChat Pay`: a page inside the app, or a mini-program.
    Jsapi {
        /// The payer, from [`crate::wechat_pay::OpenIds`].
        openid: &'a str,
    },
    /// Alipay: a QR code on a screen.
    Precreate,
    /// Alipay: a cashier page for a desktop.
    Page {
        /// Where the browser goes afterwards.
        return_url: &'a str,
    },
    /// Alipay: a phone's browser, also the one inside the app.
    Wap {
        /// Where the browser goes afterwards.
        return_url: &'a str,
        /// Where the browser goes when the payer gives up.
        quit_url: &'a str,
    },
}

/// What came of asking for a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// It can be paid.
    Ready(Prepared),
    /// The number is paid already, says an unsigned answer: query for the evidence.
    AlreadyPaid,
    /// The number was closed: begin a new attempt.
    Closed,
    /// The number is in use with other content: query, close, begin a new attempt.
    NumberUsed,
}

/// A payment that waits for its payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The way to the cashier; can be stored and shown again.
    pub credential: Credential,
    /// When the credential ends: never after the attempt, for some ways long before it. The same
    /// order asked for again gives a fresh one.
    pub expires_at: DateTime<Utc>,
}

/// What a page hands to `WeixinJSBridge.invoke("getBrandWCPayRequest", …)` or `wx.requestPayment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InApp {
    /// The application.
    pub app_id: String,
    /// Unix seconds, as a text.
    pub time_stamp: String,
    /// A random text.
    pub nonce_str: String,
    /// `prepay_id=…`
    pub package: String,
    /// `RSA`
    pub sign_type: String,
    /// The signature, base64.
    pub pay_sign: String,
}

/// What came of closing an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// No longer payable.
    Closed,
    /// Paid before it could be closed: query for the evidence.
    AlreadyPaid,
    /// The provider knows of no trade yet. An Alipay QR code that nobody has scanned answers this
    /// and **can still be paid** until it expires.
    NotFound,
}
