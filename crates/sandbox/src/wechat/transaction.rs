//! The order as query and notice show it: in the shapes in which real answers were recorded.
//!
//! Source: docs/sources.md#wechat-answers

use serde_json::{Value, json};

use super::work::{Reply, WechatError, Work};
use crate::clock::{Seconds, rfc3339_beijing};
use crate::fault::{Kind, Site};
use crate::keys::WechatMerchant;
use crate::trade::{Phase, Trade, TradeStanding};
use crate::world::State;

/// The order with the merchant's number.
pub(super) fn query(
    work: &Work<'_>,
    state: &mut State,
    site: Site<'_>,
) -> Result<Reply, WechatError> {
    check_mchid(work)?;
    let trade = (state.trades)
        .get(&work.key(&work.call.number))
        .ok_or_else(WechatError::not_found)?;
    let mut shown = transaction(trade, &work.account.config, work.now);
    if !matches!(trade.phase, Phase::Paid(_))
        && let Some(told) = state.faults.take(site, Kind::TradeState)
    {
        shown["trade_state"] = json!(told);
    }
    Ok(Reply::Json(shown))
}

/// The paid order with the platform's number.
pub(super) fn query_by_id(work: &Work<'_>, state: &State) -> Result<Reply, WechatError> {
    check_mchid(work)?;
    let is_it = |trade: &&Trade| {
        trade.key.merchant == work.account.config.mchid
            && trade.transaction_id == work.call.number
            && matches!(trade.phase, Phase::Paid(_))
    };
    let trade = (state.trades.values())
        .find(is_it)
        .ok_or_else(WechatError::not_found)?;
    let shown = transaction(trade, &work.account.config, work.now);
    Ok(Reply::Json(shown))
}

fn check_mchid(work: &Work<'_>) -> Result<(), WechatError> {
    if work.query == format!("mchid={}", work.account.config.mchid) {
        return Ok(());
    }
    Err(WechatError::parameter("mchid 缺失或不正确"))
}

/// The order as query and notice show it.
pub(super) fn transaction(trade: &Trade, merchant: &WechatMerchant, now: Seconds) -> Value {
    let mut shown = json!({
        "appid": merchant.appid,
        "mchid": merchant.mchid,
        "out_trade_no": trade.key.number,
        "promotion_detail": [],
    });
    let (state, description) = match trade.standing(now) {
        TradeStanding::Unscanned | TradeStanding::Waiting => {
            shown["amount"] = json!({ "payer_currency": "CNY", "total": trade.amount_fen });
            shown["scene_info"] = json!({ "device_id": "" });
            ("NOTPAY", "订单未支付")
        }
        TradeStanding::Closed => ("CLOSED", "订单已关闭"),
        TradeStanding::Paid(payment) => {
            shown["attach"] = json!(trade.attach);
            shown["amount"] = json!({ "total": trade.amount_fen, "currency": "CNY" });
            shown["trade_type"] = json!(trade.product.wechat_trade_type());
            shown["bank_type"] = json!("OTHERS");
            shown["transaction_id"] = json!(trade.transaction_id);
            shown["success_time"] = json!(rfc3339_beijing(payment.at));
            shown["payer"] = json!({ "openid": payment.payer });
            shown["amount"]["payer_total"] = json!(trade.amount_fen - payment.coupon_fen);
            shown["amount"]["payer_currency"] = json!("CNY");
            if trade.claimed_fen() > 0 {
                ("REFUND", "订单发生过退款")
            } else {
                ("SUCCESS", "支付成功")
            }
        }
    };
    shown["trade_state"] = json!(state);
    shown["trade_state_desc"] = json!(description);
    shown
}
