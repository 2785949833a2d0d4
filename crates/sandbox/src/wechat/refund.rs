//! Refunds: taken at once, done later; the same number asks again for the same refund.

use serde::Deserialize;
use serde_json::{Value, json};

use super::order::{NOTIFY_URL, first_wrong, is_notify_url, strict};
use super::work::{Reply, WechatError, Work};
use crate::clock::{date_beijing, rfc3339_beijing};
use crate::fault::{Kind, Site};
use crate::provider::Key;
use crate::refund::{Refund, Status};
use crate::trade::{Phase, Trade, TradeStanding};
use crate::world::State;

/// Two refunds of one order must lie so far apart.
const APART_S: i64 = 60;
/// How many refunds one order can have.
const MOST_REFUNDS: usize = 50;
/// How long after the payment refunds are taken.
const WINDOW_S: i64 = 365 * 86_400;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    out_trade_no: Option<String>,
    transaction_id: Option<String>,
    out_refund_no: String,
    #[serde(default)]
    reason: String,
    notify_url: Option<String>,
    amount: Amount,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amount {
    refund: i64,
    total: i64,
    currency: String,
}

impl Order {
    fn check(&self) -> Result<(), WechatError> {
        let is_number = (1..=64).contains(&self.out_refund_no.len())
            && (self.out_refund_no.bytes())
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-|*@".contains(&byte));
        let url = self.notify_url.as_deref();
        let wrong = [
            (
                self.out_trade_no.is_some() == self.transaction_id.is_some(),
                "out_trade_no 与 transaction_id 须二选一",
            ),
            (!is_number, "out_refund_no 须为 1–64 位数字、字母或 _-|*@"),
            (self.reason.chars().count() > 80, "reason 不得超过 80 字"),
            (url.is_some_and(|url| !is_notify_url(url)), NOTIFY_URL),
            (self.amount.refund < 1, "amount.refund 须不小于 1"),
            (self.amount.currency != "CNY", "amount.currency 须为 CNY"),
        ];
        first_wrong(&wrong)
    }
}

fn invalid(message: &str) -> WechatError {
    WechatError::new(400, "INVALID_REQUEST", message)
}

fn missing() -> WechatError {
    WechatError::new(404, "RESOURCE_NOT_EXISTS", "退款单或订单不存在")
}

/// Takes a refund.
pub(super) fn make(
    work: &Work<'_>,
    state: &mut State,
    site: Site<'_>,
) -> Result<Reply, WechatError> {
    let (order, parameters): (Order, Value) = strict(work.body)?;
    order.check()?;
    let key = find(work, state, &order).ok_or_else(missing)?;
    let is_other_order = |trade: &&Trade| {
        trade.key.merchant == key.merchant
            && trade.key != key
            && trade.refund(&order.out_refund_no).is_some()
    };
    if state.trades.values().any(|trade| is_other_order(&trade)) {
        return Err(invalid("商户退款单号已用于其他订单"));
    }
    let trade = state.trades.get(&key).ok_or_else(missing)?;
    if let Some(refund) = trade.refund(&order.out_refund_no) {
        if refund.parameters != parameters {
            return Err(invalid("订单金额或退款金额与之前请求不一致"));
        }
        return Ok(Reply::Json(shown(trade, refund)));
    }
    check_trade(work, trade, &order)?;
    if state.faults.strikes(site, Kind::RefundNotEnough) {
        return Err(WechatError::new(403, "NOT_ENOUGH", "基本账户余额不足"));
    }
    let status = if state.faults.strikes(site, Kind::RefundAbnormal) {
        Status::Abnormal
    } else if state.faults.strikes(site, Kind::RefundClosed) {
        Status::Closed
    } else {
        Status::Success
    };
    let ends_at = work.now + state.settings.refund_takes_s;
    let id = format!(
        "503000026{}{:011}",
        date_beijing(work.now),
        state.next_number()
    );
    let trade = state.trades.get_mut(&key).ok_or_else(missing)?;
    let refund = Refund {
        number: order.out_refund_no,
        id,
        amount_fen: order.amount.refund,
        reason: order.reason,
        notify_url: order.notify_url,
        parameters,
        made_at: work.now,
        status: Status::Processing,
        ends: Some((ends_at, status)),
        succeeded_at: None,
        is_from_console: false,
    };
    let reply = Reply::Json(shown(trade, &refund));
    trade.refunds.push(refund);
    Ok(reply)
}

fn find(work: &Work<'_>, state: &State, order: &Order) -> Option<Key> {
    let number = order.out_trade_no.as_deref();
    let is_it = |trade: &&Trade| {
        trade.key.merchant == work.account.config.mchid
            && number.map_or_else(
                || Some(trade.transaction_id.as_str()) == order.transaction_id.as_deref(),
                |number| trade.key.number == number,
            )
    };
    state
        .trades
        .values()
        .find(is_it)
        .map(|trade| trade.key.clone())
}

fn check_trade(work: &Work<'_>, trade: &Trade, order: &Order) -> Result<(), WechatError> {
    let TradeStanding::Paid(payment) = trade.standing(work.now) else {
        return Err(WechatError::new(403, "TRADE_ERROR", "订单未支付，不能退款"));
    };
    if payment.at + WINDOW_S < work.now {
        return Err(WechatError::new(403, "RULE_LIMIT", "订单已超过退款期限"));
    }
    if order.amount.total != trade.amount_fen {
        return Err(invalid("amount.total 与订单金额不符"));
    }
    if trade.claimed_fen() + order.amount.refund > trade.amount_fen {
        return Err(invalid("累计退款金额大于支付金额"));
    }
    if trade.refunds.len() >= MOST_REFUNDS {
        return Err(WechatError::new(403, "RULE_LIMIT", "退款次数超过上限"));
    }
    let last = trade.refunds.iter().map(|refund| refund.made_at).max();
    if last.is_some_and(|last| last + APART_S > work.now) {
        let message = "同一订单两次退款须间隔 1 分钟";
        return Err(WechatError::new(429, "FREQUENCY_LIMITED", message));
    }
    Ok(())
}

/// The refund with the merchant's number.
pub(super) fn query(work: &Work<'_>, state: &State) -> Result<Reply, WechatError> {
    let found = (state.trades.values())
        .filter(|trade| trade.key.merchant == work.account.config.mchid)
        .find_map(|trade| Some((trade, trade.refund(&work.call.refund)?)));
    let (trade, refund) = found.ok_or_else(missing)?;
    Ok(Reply::Json(shown(trade, refund)))
}

/// Sends an abnormal refund another way.
pub(super) fn apply_abnormal(work: &Work<'_>, state: &mut State) -> Result<Reply, WechatError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Application {
        out_refund_no: String,
        #[serde(rename = "type")]
        kind: String,
        #[serde(default, rename = "bank_type")]
        _bank_type: String,
        #[serde(default, rename = "bank_account")]
        _bank_account: String,
        #[serde(default, rename = "real_name")]
        _real_name: String,
    }
    let (application, _): (Application, Value) = strict(work.body)?;
    if !["USER_BANK_CARD", "MERCHANT_BANK_CARD"].contains(&application.kind.as_str()) {
        return Err(WechatError::parameter(
            "type 须为 USER_BANK_CARD 或 MERCHANT_BANK_CARD",
        ));
    }
    let ends_at = work.now + state.settings.refund_takes_s;
    let trade = (state.trades.values_mut())
        .filter(|trade| trade.key.merchant == work.account.config.mchid)
        .find(|trade| trade.refund(&application.out_refund_no).is_some())
        .ok_or_else(missing)?;
    let position = (trade.refunds.iter())
        .position(|refund| refund.number == application.out_refund_no)
        .ok_or_else(missing)?;
    let refund = &mut trade.refunds[position];
    if refund.status != Status::Abnormal {
        return Err(invalid("该退款单不是异常状态"));
    }
    refund.status = Status::Processing;
    refund.ends = Some((ends_at, Status::Success));
    Ok(Reply::Json(shown(trade, &trade.refunds[position])))
}

/// The refund as calls show it.
fn shown(trade: &Trade, refund: &Refund) -> Value {
    let mut shown = json!({
        "refund_id": refund.id,
        "out_refund_no": refund.number,
        "transaction_id": trade.transaction_id,
        "out_trade_no": trade.key.number,
        "channel": "ORIGINAL",
        "user_received_account": RECEIVED_BY,
        "create_time": rfc3339_beijing(refund.made_at),
        "status": refund.status.wechat(),
        "funds_account": "AVAILABLE",
        "amount": amounts(trade, refund),
        "promotion_detail": [],
    });
    shown["amount"]["currency"] = json!("CNY");
    shown["amount"]["settlement_refund"] = json!(refund.amount_fen);
    shown["amount"]["settlement_total"] = json!(trade.amount_fen);
    shown["amount"]["discount_refund"] = json!(0);
    shown["amount"]["refund_fee"] = json!(0);
    shown["amount"]["from"] = json!([]);
    if let Some(at) = refund.succeeded_at {
        shown["success_time"] = json!(rfc3339_beijing(at));
    }
    shown
}

const RECEIVED_BY: &str = "支付用户零钱";

fn amounts(trade: &Trade, refund: &Refund) -> Value {
    let coupon_fen = match &trade.phase {
        Phase::Paid(payment) => payment.coupon_fen,
        Phase::Open | Phase::Closed => 0,
    };
    json!({
        "total": trade.amount_fen,
        "refund": refund.amount_fen,
        "payer_total": trade.amount_fen - coupon_fen,
        "payer_refund": refund.amount_fen,
    })
}

/// The refund as its notice tells it: other fields than in an answer.
pub(super) fn told(trade: &Trade, refund: &Refund) -> Value {
    let mut told = json!({
        "mchid": trade.key.merchant,
        "transaction_id": trade.transaction_id,
        "out_trade_no": trade.key.number,
        "refund_id": refund.id,
        "out_refund_no": refund.number,
        "refund_status": refund.status.wechat(),
        "user_received_account": RECEIVED_BY,
        "amount": amounts(trade, refund),
    });
    if let Some(at) = refund.succeeded_at {
        told["success_time"] = json!(rfc3339_beijing(at));
    }
    told
}
