//! The pretend providers, and what names an order at one of them.

use serde::{Deserialize, Serialize};

/// Which of the pretend providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Provider {
    /// `WeChat` Pay.
    Wechat,
    /// Alipay.
    Alipay,
    /// Both SMS services.
    Sms,
}

/// The way in which the buyer gets to the cashier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Product {
    /// `WeChat`: a QR code.
    Native,
    /// `WeChat`: a page in a phone's browser.
    H5,
    /// `WeChat`: inside its own browser.
    Jsapi,
    /// Alipay: a QR code.
    Precreate,
    /// Alipay: a page on a desktop.
    Page,
    /// Alipay: a page in a phone's browser.
    Wap,
}

impl Product {
    /// The operation that makes such an order.
    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::H5 => "h5",
            Self::Jsapi => "jsapi",
            Self::Precreate => "precreate",
            Self::Page => "page",
            Self::Wap => "wap",
        }
    }

    /// As `WeChat`'s answers and bills name it; Alipay's products have no such name.
    pub(crate) fn wechat_trade_type(self) -> &'static str {
        match self {
            Self::Native => "NATIVE",
            Self::H5 => "MWEB",
            Self::Jsapi => "JSAPI",
            Self::Precreate | Self::Page | Self::Wap => "",
        }
    }
}

/// Which order: a number is unique for its merchant only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) provider: Provider,
    /// `mchid` or `app_id`.
    pub(crate) merchant: String,
    pub(crate) number: String,
}
