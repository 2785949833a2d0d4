//! Refunds and cancels: done at once, unless a fault leaves them undone.

use serde_json::{Value, json};

use super::call::{ByNumber, RefundByNumber, RefundOrder};
use super::trade::{close, opened};
use super::work::{Answer, Work};
use crate::clock::naive_beijing;
use crate::fault::{Kind, Site};
use crate::money::{fen, yuan};
use crate::notice::Matter;
use crate::refund::{Refund, Status};
use crate::trade::{Phase, Trade};
use crate::world::State;

fn by(out_trade_no: &str) -> ByNumber {
    ByNumber {
        out_trade_no: out_trade_no.to_owned(),
        trade_no: String::new(),
    }
}

/// Gives money back. The same number again says what was given, and gives nothing more.
pub(super) fn make(
    work: &Work<'_>,
    state: &mut State,
    order: &RefundOrder,
    site: Site<'_>,
) -> Answer {
    let amount_fen = fen(&order.refund_amount).unwrap_or_default();
    let number = (order.out_request_no.as_ref()).unwrap_or(&order.out_trade_no);
    let is_poor = state.faults.strikes(site, Kind::RefundNotEnough);
    let Some(trade) = opened(work, state, &by(&order.out_trade_no)) else {
        return Answer::not_exist();
    };
    if let Some(refund) = trade.refund(number) {
        if refund.amount_fen != amount_fen {
            let message = "相同的退款请求号，退款金额不一致";
            return Answer::refused("ACQ.DISCORDANT_REPEAT_REQUEST", message);
        }
        return Answer::Success(shown(trade, false));
    }
    if let Err(answer) = check(trade, amount_fen, order.out_request_no.is_none()) {
        return answer;
    }
    if is_poor {
        let message = "卖家余额不足";
        return Answer::refused("ACQ.SELLER_BALANCE_NOT_ENOUGH", message);
    }
    let key = trade.key.clone();
    let is_left_undone = state.faults.strikes(site, Kind::RefundAbnormal)
        || state.faults.strikes(site, Kind::RefundClosed);
    let id = state.next_transaction_id(key.provider, work.now);
    let Some(trade) = state.trades.get_mut(&key) else {
        return Answer::not_exist();
    };
    let mut refund = Refund {
        number: number.clone(),
        id,
        amount_fen,
        reason: order.refund_reason.clone(),
        notify_url: work.common.notify_url.clone(),
        parameters: Value::Null,
        made_at: work.now,
        status: Status::Processing,
        ends: None,
        succeeded_at: None,
        is_from_console: false,
    };
    if !is_left_undone {
        refund.end(Status::Success, work.now);
    }
    trade.refunds.push(refund);
    let answer = Answer::Success(shown(trade, !is_left_undone));
    if !is_left_undone {
        state.tell(Matter::Refund(key, number.clone()), work.now);
    }
    answer
}

fn check(trade: &Trade, amount_fen: i64, is_whole: bool) -> Result<(), Answer> {
    let Phase::Paid(payment) = &trade.phase else {
        return Err(Answer::refused("ACQ.TRADE_STATUS_ERROR", "交易状态不合法"));
    };
    if payment.is_finished {
        return Err(Answer::refused("ACQ.TRADE_HAS_FINISHED", "交易已完结"));
    }
    if trade.refunded_fen() >= trade.amount_fen {
        let message = "交易已全额退款，不允许退款";
        return Err(Answer::refused("ACQ.TRADE_NOT_ALLOW_REFUND", message));
    }
    let is_too_much = trade.claimed_fen() + amount_fen > trade.amount_fen;
    if is_too_much || (is_whole && amount_fen != trade.amount_fen) {
        let message = "退款金额超限，或部分退款缺少退款请求号";
        return Err(Answer::refused("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", message));
    }
    Ok(())
}

/// The answer to a refund: `refund_fee` is what went back so far, not this time.
fn shown(trade: &Trade, is_changed: bool) -> Value {
    let mut shown = json!({
        "out_trade_no": trade.key.number,
        "trade_no": trade.transaction_id,
        "buyer_logon_id": "stu***@example.com",
        "fund_change": if is_changed { "Y" } else { "N" },
        "refund_fee": yuan(trade.refunded_fen()),
    });
    if let Phase::Paid(payment) = &trade.phase {
        shown["buyer_user_id"] = json!(payment.payer);
    }
    shown
}

/// What became of a refund; without `refund_status` it isn't done.
pub(super) fn query(work: &Work<'_>, state: &mut State, asked: &RefundByNumber) -> Answer {
    let Some(trade) = opened(work, state, &by(&asked.out_trade_no)) else {
        return Answer::not_exist();
    };
    let Some(refund) = trade.refund(&asked.out_request_no) else {
        // The real gateway answers success with nothing in it.
        return Answer::Success(json!({}));
    };
    let mut shown = json!({
        "out_trade_no": trade.key.number,
        "trade_no": trade.transaction_id,
        "out_request_no": refund.number,
        "total_amount": yuan(trade.amount_fen),
        "refund_amount": yuan(refund.amount_fen),
    });
    if let Some(at) = refund.succeeded_at {
        shown["refund_status"] = json!("REFUND_SUCCESS");
        shown["gmt_refund_pay"] = json!(naive_beijing(at));
    }
    Answer::Success(shown)
}

/// Undoes whatever there is: closes an unpaid trade, refunds a paid one. Where the buyer hasn't opened
/// the order there is nothing to undo, and its code still takes money.
pub(super) fn cancel(work: &Work<'_>, state: &mut State, asked: &ByNumber) -> Answer {
    let mut shown = json!({ "out_trade_no": asked.out_trade_no, "retry_flag": "N" });
    let Some(trade) = opened(work, state, asked) else {
        return Answer::Success(shown);
    };
    shown["out_trade_no"] = json!(trade.key.number);
    shown["trade_no"] = json!(trade.transaction_id);
    let is_paid = matches!(trade.phase, Phase::Paid(_));
    let rest_fen = trade.amount_fen - trade.claimed_fen();
    let number = trade.key.number.clone();
    if !is_paid {
        close(work, state, asked);
        shown["action"] = json!("close");
        return Answer::Success(shown);
    }
    if rest_fen > 0 {
        let order = RefundOrder {
            out_trade_no: number.clone(),
            refund_amount: yuan(rest_fen),
            out_request_no: Some(number.clone()),
            refund_reason: "cancel".to_owned(),
        };
        let key = work.key(&number);
        let site = crate::world::site_of(&key, "cancel", &number);
        if let Answer::Refused(code, message) = make(work, state, &order, site) {
            return Answer::Refused(code, message);
        }
    }
    shown["action"] = json!("refund");
    Answer::Success(shown)
}
