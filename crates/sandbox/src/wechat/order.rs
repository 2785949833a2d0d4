//! A Native order: what a merchant may send, and what becomes of a number that was used before.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, Success};
use crate::clock::{Seconds, parse_rfc3339};
use crate::keys::WechatMerchant;
use crate::trade::{Code, Expiry, Phase, Provider, Standing, Trade};
use crate::world::State;

/// A `code_url` can be scanned for 2 h.
const CODE_LIFE_S: i64 = 2 * 3600;
/// An order without `time_expire` lives for 7 days.
const ORDER_LIFE_S: i64 = 7 * 86_400;
/// `time_expire` must be at least 1 min ahead.
const SHORTEST_LIFE_S: i64 = 60;

/// The body of a Native order: what a merchant of ours may send. Everything else is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NativeOrder {
    appid: String,
    mchid: String,
    description: String,
    pub(super) out_trade_no: String,
    time_expire: Option<String>,
    #[serde(default)]
    attach: String,
    notify_url: String,
    amount: Amount,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amount {
    total: i64,
    #[serde(default = "cny")]
    currency: String,
}

fn cny() -> String {
    "CNY".to_owned()
}

impl NativeOrder {
    /// Reads and checks the body; also gives it back as a value, for comparison with a second try.
    pub(super) fn parse(body: &[u8], merchant: &WechatMerchant) -> Result<(Self, Value), Refusal> {
        let shape = |error: serde_json::Error| Refusal::parameter(error.to_string());
        let parameters: Value = serde_json::from_slice(body).map_err(shape)?;
        if has_null(&parameters) {
            return Err(Refusal::parameter("参数不能为 null"));
        }
        let order: Self = serde_json::from_value(parameters.clone()).map_err(shape)?;
        order.check(merchant)?;
        Ok((order, parameters))
    }

    fn check(&self, merchant: &WechatMerchant) -> Result<(), Refusal> {
        if self.mchid != merchant.mchid {
            return Err(Refusal::new(400, "MCH_NOT_EXISTS", "商户号不存在"));
        }
        if self.appid != merchant.appid {
            return Err(Refusal::new(
                400,
                "APPID_MCHID_NOT_MATCH",
                "appid 与 mchid 不匹配",
            ));
        }
        let is_number = (6..=32).contains(&self.out_trade_no.len())
            && (self.out_trade_no.bytes())
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-|*".contains(&byte));
        let is_url = self.notify_url.len() <= 255
            && (self.notify_url.starts_with("https://") || self.notify_url.starts_with("http://"))
            && !self.notify_url.contains('?');
        let wrong = [
            (!is_number, "out_trade_no 须为 6–32 位数字、字母或 _-|*"),
            (
                !(1..=127).contains(&self.description.chars().count()),
                "description 须为 1–127 字",
            ),
            (self.attach.chars().count() > 128, "attach 不得超过 128 字"),
            (!is_url, "notify_url 须为不带参数的网址，不超过 255 字"),
            (self.amount.total < 1, "amount.total 须不小于 1"),
            (self.amount.currency != "CNY", "amount.currency 须为 CNY"),
        ];
        match wrong.into_iter().find(|(is_wrong, _)| *is_wrong) {
            Some((_, message)) => Err(Refusal::parameter(message)),
            None => Ok(()),
        }
    }

    /// When the order ends.
    fn expires_at(&self, now: Seconds) -> Result<Seconds, Refusal> {
        let Some(text) = &self.time_expire else {
            return Ok(now + ORDER_LIFE_S);
        };
        parse_rfc3339(text)
            .filter(|end| *end >= now + SHORTEST_LIFE_S)
            .ok_or_else(|| {
                Refusal::parameter("time_expire 须为 RFC 3339 格式，且至少在 1 分钟之后")
            })
    }
}

fn has_null(value: &Value) -> bool {
    value.is_null()
        || value
            .as_object()
            .is_some_and(|fields| fields.values().any(has_null))
        || value
            .as_array()
            .is_some_and(|items| items.iter().any(has_null))
}

/// Makes the order, or gives a fresh code for one that was made with the same parameters.
pub(super) fn create(
    state: &mut State,
    order: NativeOrder,
    parameters: Value,
    token: String,
    now: Seconds,
) -> Result<Success, Refusal> {
    let code = Code {
        token,
        expires_at: now + CODE_LIFE_S,
    };
    let key = (Provider::Wechat, order.out_trade_no.clone());
    let trade = if let Some(trade) = state.trades.get_mut(&key) {
        match trade.standing(now) {
            Standing::Paid(_) => return Err(Refusal::new(400, "ORDER_PAID", "该订单已支付")),
            Standing::Closed => return Err(Refusal::new(400, "ORDER_CLOSED", "该订单已关闭")),
            Standing::Unscanned | Standing::Waiting if trade.parameters != parameters => {
                return Err(Refusal::new(403, "OUT_TRADE_NO_USED", "201 商户订单号重复"));
            }
            Standing::Unscanned | Standing::Waiting => {}
        }
        trade.codes.push(code);
        trade
    } else {
        let transaction_id = state.next_transaction_id(Provider::Wechat, now);
        state.trades.entry(key).or_insert(Trade {
            provider: Provider::Wechat,
            expiry: Expiry {
                at: Some(order.expires_at(now)?),
                after_scan_s: None,
            },
            out_trade_no: order.out_trade_no,
            amount_fen: order.amount.total,
            description: order.description,
            attach: order.attach,
            notify_url: Some(order.notify_url),
            parameters,
            created_at: now,
            codes: vec![code],
            scanned_at: None,
            phase: Phase::Open,
            transaction_id,
        })
    };
    Ok(Success(Some(json!({ "code_url": trade.code_content() }))))
}
