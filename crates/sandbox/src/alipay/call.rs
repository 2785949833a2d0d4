//! The calls that this gateway knows, read from `biz_content` and checked.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::gateway::GatewayError;
use super::work::Common;
use crate::clock::{Seconds, next_midnight_beijing, parse_naive_beijing};
use crate::money::fen;
use crate::provider::Product;

/// A scanned trade lives for 15 days where the merchant says nothing.
pub(super) const TRADE_LIFE_S: i64 = 15 * 86_400;

/// One call, with the numbers it is about.
pub(super) struct Call {
    pub(super) content: Content,
    pub(super) number: String,
    pub(super) refund: String,
}

/// What the call asks for.
pub(super) enum Content {
    Precreate(Order),
    /// Page and wap: the buyer's own browser asks.
    Page(Order),
    Query(ByNumber),
    Close(ByNumber),
    Cancel(ByNumber),
    Refund(RefundOrder),
    RefundQuery(RefundByNumber),
    Bill(BillOrder),
}

/// An order of any product.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    pub(super) out_trade_no: String,
    pub(super) total_amount: String,
    pub(super) subject: String,
    pub(super) product_code: Option<String>,
    pub(super) timeout_express: Option<String>,
    pub(super) qr_code_timeout_express: Option<String>,
    pub(super) time_expire: Option<String>,
    pub(super) quit_url: Option<String>,
    #[serde(rename = "qr_pay_mode")]
    _qr_pay_mode: Option<String>,
    #[serde(skip)]
    pub(super) product: Option<Product>,
}

/// By the merchant's number, or by the platform's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByNumber {
    #[serde(default)]
    pub(super) out_trade_no: String,
    #[serde(default)]
    pub(super) trade_no: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefundOrder {
    pub(super) out_trade_no: String,
    pub(super) refund_amount: String,
    /// Needed for a refund of a part; else the order's number stands for it.
    pub(super) out_request_no: Option<String>,
    #[serde(default)]
    pub(super) refund_reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefundByNumber {
    pub(super) out_trade_no: String,
    pub(super) out_request_no: String,
    #[serde(default, rename = "query_options")]
    _query_options: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BillOrder {
    pub(super) bill_type: String,
    pub(super) bill_date: String,
}

impl Call {
    pub(super) fn parse(common: &Common) -> Result<Self, GatewayError> {
        fn content<T: DeserializeOwned>(common: &Common) -> Result<T, GatewayError> {
            serde_json::from_str(&common.biz_content)
                .map_err(|error| GatewayError::parameter(error.to_string()))
        }
        let parsed = match common.method.as_str() {
            "alipay.trade.precreate" => {
                Content::Precreate(Order::checked(content(common)?, Product::Precreate)?)
            }
            "alipay.trade.page.pay" => {
                Content::Page(Order::checked(content(common)?, Product::Page)?)
            }
            "alipay.trade.wap.pay" => {
                Content::Page(Order::checked(content(common)?, Product::Wap)?)
            }
            "alipay.trade.query" => Content::Query(ByNumber::checked(content(common)?)?),
            "alipay.trade.close" => Content::Close(ByNumber::checked(content(common)?)?),
            "alipay.trade.cancel" => Content::Cancel(ByNumber::checked(content(common)?)?),
            "alipay.trade.refund" => Content::Refund(RefundOrder::checked(content(common)?)?),
            "alipay.trade.fastpay.refund.query" => Content::RefundQuery(content(common)?),
            "alipay.data.dataservice.bill.downloadurl.query" => Content::Bill(content(common)?),
            _ => {
                let message = "不存在的方法名";
                return Err(GatewayError::invalid("isv.invalid-method", message));
            }
        };
        let numbers: Value = serde_json::from_str(&common.biz_content).unwrap_or_default();
        let number = |name: &str| numbers[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            content: parsed,
            number: number("out_trade_no"),
            refund: number("out_request_no"),
        })
    }

    /// As faults and calls name it.
    pub(super) fn name(&self) -> &'static str {
        match &self.content {
            Content::Precreate(_) => "precreate",
            Content::Page(order) => order.product.map_or("page", Product::operation),
            Content::Query(_) => "query",
            Content::Close(_) => "close",
            Content::Cancel(_) => "cancel",
            Content::Refund(_) => "refund",
            Content::RefundQuery(_) => "refund_query",
            Content::Bill(_) => "bill",
        }
    }
}

impl ByNumber {
    fn checked(self) -> Result<Self, GatewayError> {
        if self.out_trade_no.is_empty() && self.trade_no.is_empty() {
            return Err(GatewayError::parameter(
                "out_trade_no 与 trade_no 不能同时为空",
            ));
        }
        Ok(self)
    }
}

impl RefundOrder {
    fn checked(self) -> Result<Self, GatewayError> {
        if fen(&self.refund_amount).is_none_or(|fen| fen < 1) {
            return Err(GatewayError::parameter("refund_amount 须不小于 0.01"));
        }
        let number = self.out_request_no.as_deref().unwrap_or("1");
        if !(1..=64).contains(&number.len()) || self.refund_reason.chars().count() > 256 {
            let message = "out_request_no 须为 1–64 位，refund_reason 不得超过 256 字";
            return Err(GatewayError::parameter(message));
        }
        Ok(self)
    }
}

impl Order {
    fn checked(self, product: Product) -> Result<Self, GatewayError> {
        let is_number = (1..=64).contains(&self.out_trade_no.len())
            && (self.out_trade_no.bytes()).all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let (code, is_needed) = match product {
            Product::Page => ("FAST_INSTANT_TRADE_PAY", true),
            Product::Wap => ("QUICK_WAP_WAY", true),
            Product::Precreate | Product::Native | Product::H5 | Product::Jsapi => {
                ("FACE_TO_FACE_PAYMENT", false)
            }
        };
        let is_product = match self.product_code.as_deref() {
            Some(found) => found == code,
            None => !is_needed,
        };
        let spans = [&self.timeout_express, &self.qr_code_timeout_express];
        let are_spans = spans
            .into_iter()
            .flatten()
            .all(|span| span_s(span, 0).is_some());
        let is_end =
            (self.time_expire.as_deref()).is_none_or(|end| parse_naive_beijing(end).is_some());
        let wrong = [
            (!is_number, "out_trade_no 须为 1–64 位字母、数字或下划线"),
            (
                fen(&self.total_amount).is_none_or(|fen| fen < 1),
                "total_amount 须不小于 0.01",
            ),
            (
                !(1..=256).contains(&self.subject.chars().count()),
                "subject 须为 1–256 字",
            ),
            (!is_product, "product_code 与接口不符"),
            (!are_spans, "timeout_express 的取值范围为 1m～15d"),
            (!is_end, "time_expire 的格式为 yyyy-MM-dd HH:mm:ss"),
        ];
        match wrong.into_iter().find(|(is_wrong, _)| *is_wrong) {
            Some((_, message)) => Err(GatewayError::parameter(message)),
            None => Ok(Self {
                product: Some(product),
                ..self
            }),
        }
    }
}

/// `30m`, `2h`, `1d`, `1c` (to the end of the day) as seconds from `now` on.
pub(super) fn span_s(text: &str, now: Seconds) -> Option<i64> {
    if text == "1c" {
        return Some(next_midnight_beijing(now) - now);
    }
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit_s = match unit {
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    let count: u32 = digits.parse().ok()?;
    Some(i64::from(count) * unit_s).filter(|span| (60..=TRADE_LIFE_S).contains(span))
}
