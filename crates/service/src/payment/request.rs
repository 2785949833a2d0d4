//! How a student wants to pay, and the payment that waits to be made.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use domain::payment::{Device, Product, Provider};
use domain::{AttemptId, Fen};
use providers::payment::Credential;
use serde::{Deserialize, Serialize};

use crate::idempotency::KeyedRequest;

/// How a student wants to pay, and from where.
#[derive(Debug, Clone, Copy)]
pub struct PaymentRequest<'a> {
    /// The order.
    pub order_no: &'a str,
    /// `wechat_pay` or `alipay`.
    pub provider: &'a str,
    /// The product that the page prefers; none leaves the choice to what the browser says of itself.
    pub product: Option<&'a str>,
    /// What the browser says of itself.
    pub device: Device,
    /// The browser's address.
    pub address: IpAddr,
    /// What `WeChat` sent the browser back with.
    pub wechat: Option<WechatReturn<'a>>,
    /// The request, with its idempotency key.
    pub request: &'a KeyedRequest,
}

/// What `WeChat` sent the browser back with.
#[derive(Debug, Clone, Copy)]
pub struct WechatReturn<'a> {
    /// What it tells who pays for.
    pub code: &'a str,
    /// What it was given to send back.
    pub state: &'a str,
}

/// A payment that waits to be made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PendingPayment {
    /// The attempt; none in an answer that was stored before answers named it.
    #[serde(default)]
    pub attempt_id: Option<AttemptId>,
    /// Who takes the money.
    pub provider: Provider,
    /// How it is paid.
    pub product: Product,
    /// How much.
    pub amount: Fen,
    /// Until when it can be paid so.
    pub expires_at: DateTime<Utc>,
    /// Outside production: the sandbox's cashier for this code.
    pub sandbox_cashier_url: Option<String>,
    pub(super) credential: Credential,
    pub(super) account: String,
}
