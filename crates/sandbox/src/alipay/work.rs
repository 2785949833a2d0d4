//! What a method of Alipay gets to see, and what it comes to.

use serde_json::Value;

use crate::clock::Seconds;
use crate::keys::AlipayAccount;
use crate::provider::{Key, Provider};
use crate::world::World;

/// A business answer: 10000 with fields, or 40004 with a `sub_code`.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    Success(Value),
    Refused(String, String),
    /// 20000: the platform doesn't know itself.
    Unavailable,
    /// Not an answer to a call: the buyer's browser goes to the cashier.
    Cashier(String),
}

impl Answer {
    pub(super) fn refused(sub_code: &str, message: &str) -> Self {
        Self::Refused(sub_code.to_owned(), message.to_owned())
    }

    /// No such trade, as far as the gateway knows.
    pub(super) fn not_exist() -> Self {
        Self::refused("ACQ.TRADE_NOT_EXIST", "交易不存在")
    }

    pub(super) fn code(&self) -> &str {
        match self {
            Self::Success(_) => "10000",
            Self::Refused(sub_code, _) => sub_code,
            Self::Unavailable => "isp.unknow-error",
            Self::Cashier(_) => "303",
        }
    }
}

/// The parameters that every call carries, verified.
pub(super) struct Common {
    pub(super) app_id: String,
    pub(super) method: String,
    pub(super) biz_content: String,
    pub(super) notify_url: Option<String>,
    pub(super) return_url: Option<String>,
    /// Whether the caller named its certificates.
    pub(super) has_certificates: bool,
}

/// What every method gets to see.
pub(super) struct Work<'a> {
    pub(super) world: &'a World,
    pub(super) account: &'a AlipayAccount,
    pub(super) common: &'a Common,
    /// A random word for whoever needs one.
    pub(super) token: String,
    pub(super) now: Seconds,
}

impl Work<'_> {
    /// The caller's order with this number.
    pub(super) fn key(&self, out_trade_no: &str) -> Key {
        Key {
            provider: Provider::Alipay,
            merchant: self.account.config.app_id.clone(),
            number: out_trade_no.to_owned(),
        }
    }
}
