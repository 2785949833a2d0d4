//! What an operation of `WeChat` Pay gets to see, and what it comes to.

use std::borrow::Cow;

use actix_web::web;
use serde_json::Value;

use super::call::Call;
use crate::clock::Seconds;
use crate::keys::WechatAccount;
use crate::world::World;

/// An error answer; the platform doesn't sign these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WechatError {
    pub(super) status: u16,
    pub(super) code: Cow<'static, str>,
    pub(super) message: String,
}

impl WechatError {
    pub(super) fn new(
        status: u16,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
        }
    }

    pub(super) fn parameter(message: impl Into<String>) -> Self {
        Self::new(400, "PARAM_ERROR", message)
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "ORDER_NOT_EXIST", "订单不存在")
    }

    /// The refusal with a code that somebody asked for.
    pub(super) fn coded(code: String) -> Self {
        let status = match code.replace('_', "").as_str() {
            "SYSTEMERROR" | "BANKERROR" => 500,
            "FREQUENCYLIMITED" | "RATELIMITEXCEEDED" => 429,
            "SIGNERROR" => 401,
            "NOTENOUGH" | "RULELIMIT" | "NOAUTH" | "OUTTRADENOUSED" | "TRADEERROR"
            | "ACCOUNTERROR" => 403,
            "ORDERNOTEXIST" | "RESOURCENOTEXISTS" | "MCHNOTEXISTS" => 404,
            "USERPAYING" => 202,
            _ => 400,
        };
        Self::new(status, code, "沙箱按要求返回的错误")
    }
}

/// What a call comes to.
pub(super) enum Reply {
    /// 200 with this as JSON.
    Json(Value),
    /// 204.
    Empty,
    /// A bill: bytes without a signature.
    File(Vec<u8>),
}

/// What every operation gets to see.
pub(super) struct Work<'a> {
    pub(super) world: &'a World,
    pub(super) account: &'a WechatAccount,
    pub(super) call: &'a Call,
    pub(super) query: &'a str,
    pub(super) body: &'a [u8],
    pub(super) now: Seconds,
}

impl Work<'_> {
    /// A parameter of the query string.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(self.query).ok()?;
        (pairs.into_inner().into_iter())
            .find(|(found, _)| found == name)
            .map(|(_, value)| value)
    }
}
