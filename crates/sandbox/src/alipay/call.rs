//! The calls that this gateway knows, read from `biz_content` and checked.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::gateway::{Common, GatewayError};
use crate::clock::{Seconds, next_midnight_beijing, parse_naive_beijing};
use crate::trade::fen;

/// A scanned trade lives for 15 days where the merchant says nothing.
pub(super) const TRADE_LIFE_S: i64 = 15 * 86_400;

/// One of the calls that this gateway knows.
pub(super) enum Call {
    Precreate(Precreate),
    Query(ByNumber),
    Close(ByNumber),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Precreate {
    pub(super) out_trade_no: String,
    pub(super) total_amount: String,
    pub(super) subject: String,
    pub(super) product_code: Option<String>,
    pub(super) timeout_express: Option<String>,
    pub(super) qr_code_timeout_express: Option<String>,
    pub(super) time_expire: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByNumber {
    pub(super) out_trade_no: String,
}

impl Call {
    pub(super) fn parse(common: &Common) -> Result<Self, GatewayError> {
        fn content<T: DeserializeOwned>(common: &Common) -> Result<T, GatewayError> {
            serde_json::from_str(&common.biz_content)
                .map_err(|error| GatewayError::parameter(error.to_string()))
        }
        match common.method.as_str() {
            "alipay.trade.precreate" => {
                let order: Precreate = content(common)?;
                order.check()?;
                Ok(Self::Precreate(order))
            }
            "alipay.trade.query" => content(common).map(Self::Query),
            "alipay.trade.close" => content(common).map(Self::Close),
            _ => Err(GatewayError::invalid(
                "isv.invalid-method",
                "不存在的方法名",
            )),
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Precreate(_) => "precreate",
            Self::Query(_) => "query",
            Self::Close(_) => "close",
        }
    }

    pub(super) fn out_trade_no(&self) -> &str {
        match self {
            Self::Precreate(order) => &order.out_trade_no,
            Self::Query(call) | Self::Close(call) => &call.out_trade_no,
        }
    }
}

impl Precreate {
    fn check(&self) -> Result<(), GatewayError> {
        let is_number = (1..=64).contains(&self.out_trade_no.len())
            && (self.out_trade_no.bytes()).all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_product = self
            .product_code
            .as_deref()
            .is_none_or(|code| code == "FACE_TO_FACE_PAYMENT");
        let spans = [&self.timeout_express, &self.qr_code_timeout_express];
        let are_spans = spans
            .into_iter()
            .flatten()
            .all(|span| span_s(span, 0).is_some());
        let is_end = self
            .time_expire
            .as_deref()
            .is_none_or(|end| parse_naive_beijing(end).is_some());
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
            (!is_product, "product_code 须为 FACE_TO_FACE_PAYMENT"),
            (!are_spans, "timeout_express 的取值范围为 1m～15d"),
            (!is_end, "time_expire 的格式为 yyyy-MM-dd HH:mm:ss"),
        ];
        match wrong.into_iter().find(|(is_wrong, _)| *is_wrong) {
            Some((_, message)) => Err(GatewayError::parameter(message)),
            None => Ok(()),
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
