//! Making and closing an order: what a merchant may send, and what becomes of a number that was used before.

use serde::Deserialize;
use serde_json::{Value, json};

use super::work::{Reply, WechatError, Work};
use crate::clock::{Seconds, date_beijing, parse_rfc3339};
use crate::keys::WechatMerchant;
use crate::provider::{Key, Product, Provider};
use crate::sign::random_hex;
use crate::trade::{Code, Expiry, Phase, Trade, TradeStanding};
use crate::world::State;

/// A `code_url` and a `prepay_id` work for 2 h.
const CODE_LIFE_S: i64 = 2 * 3600;
/// An `h5_url` works for 5 min.
const H5_LIFE_S: i64 = 300;
/// An order without `time_expire` lives for 7 days.
const ORDER_LIFE_S: i64 = 7 * 86_400;
/// `time_expire` must be at least 1 min ahead.
const SHORTEST_LIFE_S: i64 = 60;

/// The body of an order: what a merchant of ours may send. Everything else is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    appid: String,
    mchid: String,
    description: String,
    out_trade_no: String,
    time_expire: Option<String>,
    #[serde(default)]
    attach: String,
    notify_url: String,
    amount: Amount,
    scene_info: Option<SceneInfo>,
    payer: Option<Payer>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amount {
    total: i64,
    #[serde(default = "cny")]
    currency: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SceneInfo {
    payer_client_ip: String,
    h5_info: Option<H5Info>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct H5Info {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payer {
    openid: String,
}

fn cny() -> String {
    "CNY".to_owned()
}

impl Order {
    /// Reads and checks the body; also gives it back as a value, for comparison with a second try.
    pub(super) fn parse(
        body: &[u8],
        merchant: &WechatMerchant,
        product: Product,
    ) -> Result<(Self, Value), WechatError> {
        let (order, parameters): (Self, Value) = strict(body)?;
        order.check(merchant)?;
        order.check_product(product)?;
        Ok((order, parameters))
    }

    fn check(&self, merchant: &WechatMerchant) -> Result<(), WechatError> {
        if self.mchid != merchant.mchid {
            return Err(WechatError::new(400, "MCH_NOT_EXISTS", "商户号不存在"));
        }
        if self.appid != merchant.appid {
            let message = "appid 与 mchid 不匹配";
            return Err(WechatError::new(400, "APPID_MCHID_NOT_MATCH", message));
        }
        let is_number = (6..=32).contains(&self.out_trade_no.len())
            && (self.out_trade_no.bytes())
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-|*".contains(&byte));
        let wrong = [
            (!is_number, "out_trade_no 须为 6–32 位数字、字母或 _-|*"),
            (
                !(1..=127).contains(&self.description.chars().count()),
                "description 须为 1–127 字",
            ),
            (self.attach.chars().count() > 128, "attach 不得超过 128 字"),
            (!is_notify_url(&self.notify_url), NOTIFY_URL),
            (self.amount.total < 1, "amount.total 须不小于 1"),
            (self.amount.currency != "CNY", "amount.currency 须为 CNY"),
        ];
        first_wrong(&wrong)
    }

    fn check_product(&self, product: Product) -> Result<(), WechatError> {
        let scene = self.scene_info.as_ref();
        let is_wap = (scene.and_then(|scene| scene.h5_info.as_ref()))
            .is_some_and(|info| ["Wap", "iOS", "Android"].contains(&info.kind.as_str()));
        let is_address =
            |scene: &SceneInfo| scene.payer_client_ip.parse::<std::net::IpAddr>().is_ok();
        let is_openid = (self.payer.as_ref())
            .is_some_and(|payer| (1..=128).contains(&payer.openid.chars().count()));
        let wrong = [
            (
                scene.is_some_and(|scene| !is_address(scene)),
                "scene_info.payer_client_ip 须为 IP 地址",
            ),
            (
                product == Product::H5 && !is_wap,
                "H5 支付须有 scene_info.payer_client_ip 与 scene_info.h5_info.type",
            ),
            (
                (product == Product::Jsapi) != is_openid,
                "payer.openid 仅用于且必须用于 JSAPI 支付",
            ),
        ];
        first_wrong(&wrong)
    }

    /// When the order ends.
    fn expires_at(&self, now: Seconds) -> Result<Seconds, WechatError> {
        let Some(text) = &self.time_expire else {
            return Ok(now + ORDER_LIFE_S);
        };
        parse_rfc3339(text)
            .filter(|end| *end >= now + SHORTEST_LIFE_S)
            .ok_or_else(|| {
                WechatError::parameter("time_expire 须为 RFC 3339 格式，且至少在 1 分钟之后")
            })
    }
}

/// What is wrong with a `notify_url`.
pub(super) const NOTIFY_URL: &str = "notify_url 须为不带参数的网址，不超过 255 字";

/// Whether notices can be sent there.
pub(super) fn is_notify_url(url: &str) -> bool {
    url.len() <= 255
        && (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains('?')
}

/// The first thing that is wrong.
pub(super) fn first_wrong(wrong: &[(bool, &str)]) -> Result<(), WechatError> {
    match wrong.iter().find(|(is_wrong, _)| *is_wrong) {
        Some((_, message)) => Err(WechatError::parameter(*message)),
        None => Ok(()),
    }
}

/// Reads a body without unknown fields or nulls; also gives it as a value.
pub(super) fn strict<T: serde::de::DeserializeOwned>(
    body: &[u8],
) -> Result<(T, Value), WechatError> {
    let shape = |error: serde_json::Error| WechatError::parameter(error.to_string());
    let value: Value = serde_json::from_slice(body).map_err(shape)?;
    if has_null(&value) {
        return Err(WechatError::parameter("参数不能为 null"));
    }
    let parsed = serde_json::from_value(value.clone()).map_err(shape)?;
    Ok((parsed, value))
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

/// Makes the order, or gives a fresh way in for one that was made with the same parameters.
pub(super) fn create(
    work: &Work<'_>,
    state: &mut State,
    product: Product,
) -> Result<Reply, WechatError> {
    let (order, parameters) = Order::parse(work.body, &work.account.config, product)?;
    let openid = order.payer.as_ref().map(|payer| payer.openid.clone());
    if (openid.as_deref()).is_some_and(|openid| !state.oauth.may_belong(openid, &order.appid)) {
        return Err(WechatError::parameter("appid 与 openid 不匹配"));
    }
    let now = work.now;
    let code = code(product, now)?;
    let key = work.key(&order.out_trade_no);
    let trade = if let Some(trade) = state.trades.get_mut(&key) {
        match trade.standing(now) {
            TradeStanding::Paid(_) => {
                return Err(WechatError::new(400, "ORDER_PAID", "该订单已支付"));
            }
            TradeStanding::Closed => {
                return Err(WechatError::new(400, "ORDER_CLOSED", "该订单已关闭"));
            }
            TradeStanding::Unscanned | TradeStanding::Waiting
                if trade.parameters != parameters || trade.product != product =>
            {
                return Err(WechatError::new(
                    403,
                    "OUT_TRADE_NO_USED",
                    "201 商户订单号重复",
                ));
            }
            TradeStanding::Unscanned | TradeStanding::Waiting => {}
        }
        trade.codes.push(code);
        trade
    } else {
        let expires_at = order.expires_at(now)?;
        let transaction_id = state.next_transaction_id(Provider::Wechat, now);
        state.trades.entry(key.clone()).or_insert(Trade {
            key,
            product,
            expiry: Expiry {
                at: Some(expires_at),
                after_scan_s: None,
            },
            amount_fen: order.amount.total,
            description: order.description,
            attach: order.attach,
            notify_url: Some(order.notify_url),
            return_url: None,
            payer: openid,
            parameters,
            created_at: now,
            codes: vec![code],
            scanned_at: None,
            phase: Phase::Open,
            refunds: Vec::new(),
            transaction_id,
        })
    };
    Ok(Reply::Json(way_in(work, trade)))
}

fn code(product: Product, now: Seconds) -> Result<Code, WechatError> {
    let random = random_hex::<12>()
        .map_err(|_| WechatError::new(500, "SYSTEM_ERROR", "系统异常，请稍后重试"))?;
    Ok(Code {
        token: match product {
            Product::H5 | Product::Jsapi => format!("wx{}{random}", date_beijing(now)),
            Product::Native | Product::Precreate | Product::Page | Product::Wap => random,
        },
        expires_at: now
            + if product == Product::H5 {
                H5_LIFE_S
            } else {
                CODE_LIFE_S
            },
    })
}

/// What the merchant shows or opens.
fn way_in(work: &Work<'_>, trade: &Trade) -> Value {
    let token = trade.codes.last().map_or("", |code| code.token.as_str());
    match trade.product {
        Product::Jsapi => json!({ "prepay_id": token }),
        Product::H5 => {
            // The real address, on our own host: a browser must get there.
            let base = &work.world.addresses.wechat;
            let package = trade.created_at % 1_000_000_000;
            json!({ "h5_url": format!(
                "{base}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={token}&package={package}"
            ) })
        }
        Product::Native | Product::Precreate | Product::Page | Product::Wap => {
            json!({ "code_url": trade.code_content() })
        }
    }
}

/// Closes an unpaid order; closing it again changes nothing.
pub(super) fn close(work: &Work<'_>, state: &mut State) -> Result<Reply, WechatError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Closing {
        mchid: String,
    }
    let (closing, _): (Closing, Value) = strict(work.body)?;
    if closing.mchid != work.account.config.mchid {
        return Err(WechatError::parameter("mchid 不正确"));
    }
    let trade = (state.trades)
        .get_mut(&work.key(&work.call.number))
        .ok_or_else(WechatError::not_found)?;
    if matches!(trade.phase, Phase::Paid(_)) {
        return Err(WechatError::new(400, "ORDER_PAID", "该订单已支付"));
    }
    trade.phase = Phase::Closed;
    Ok(Reply::Empty)
}

impl Work<'_> {
    /// The caller's order with this number.
    pub(super) fn key(&self, out_trade_no: &str) -> Key {
        Key {
            provider: Provider::Wechat,
            merchant: self.account.config.mchid.clone(),
            number: out_trade_no.to_owned(),
        }
    }
}
