//! Orders: a QR code or a page, and what query and close say about them.

use serde_json::{Value, json};

use super::call::{ByNumber, Order, TRADE_LIFE_S, span_s};
use super::gateway::joined;
use super::work::{Answer, Work};
use crate::clock::{naive_beijing, parse_naive_beijing};
use crate::keys::AlipayAccount;
use crate::money::{fen, yuan};
use crate::provider::{Product, Provider};
use crate::sign::{CryptoError, percent_encode};
use crate::trade::{Code, Expiry, Phase, Trade, TradeStanding};
use crate::world::State;

/// A QR code can be scanned for 2 h where the merchant says nothing.
const CODE_LIFE_S: i64 = 2 * 3600;

/// Gives out a QR code. No trade is made: query and close don't know the number until the scan.
pub(super) fn precreate(work: &Work<'_>, state: &mut State, order: &Order) -> Answer {
    match open(work, state, order) {
        Err(answer) => answer,
        Ok(trade) => Answer::Success(json!({
            "out_trade_no": order.out_trade_no,
            "qr_code": trade.code_content(),
        })),
    }
}

/// Takes the buyer's browser in: the token of the cashier and the way out of it. The trade is made when
/// the cashier opens.
pub(super) fn page(
    work: &Work<'_>,
    state: &mut State,
    order: &Order,
) -> Result<(String, Option<String>), Answer> {
    let trade = open(work, state, order)?;
    let token = trade.codes.last().map(|code| code.token.clone());
    Ok((token.unwrap_or_default(), order.quit_url.clone()))
}

/// Makes the order, or gives a fresh way in for one that was made with the same parameters.
fn open<'a>(work: &Work<'_>, state: &'a mut State, order: &Order) -> Result<&'a Trade, Answer> {
    let (common, now) = (work.common, work.now);
    let span = |text: &Option<String>| text.as_deref().and_then(|text| span_s(text, now));
    let end = order.time_expire.as_deref().and_then(parse_naive_beijing);
    let code_end = now + span(&order.qr_code_timeout_express).unwrap_or(CODE_LIFE_S);
    let code = Code {
        token: format!("bax{}", work.token),
        expires_at: end.map_or(code_end, |end| end.min(code_end)),
    };
    let parameters = json!([common.method, common.biz_content, common.notify_url]);
    let key = work.key(&order.out_trade_no);
    if let Some(trade) = state.trades.get(&key) {
        match trade.standing(now) {
            TradeStanding::Paid(_) => {
                return Err(Answer::refused("ACQ.TRADE_HAS_SUCCESS", "交易已被支付"));
            }
            TradeStanding::Closed => {
                return Err(Answer::refused("ACQ.TRADE_HAS_CLOSE", "交易已经关闭"));
            }
            TradeStanding::Unscanned | TradeStanding::Waiting if trade.parameters != parameters => {
                return Err(Answer::refused(
                    "ACQ.CONTEXT_INCONSISTENT",
                    "交易信息被篡改",
                ));
            }
            TradeStanding::Unscanned | TradeStanding::Waiting => {}
        }
    }
    let transaction_id = state.next_transaction_id(Provider::Alipay, now);
    let trade = state.trades.entry(key.clone()).or_insert(Trade {
        key,
        product: order.product.unwrap_or(Product::Precreate),
        amount_fen: fen(&order.total_amount).unwrap_or_default(),
        description: order.subject.clone(),
        attach: String::new(),
        notify_url: common.notify_url.clone(),
        return_url: common.return_url.clone(),
        payer: None,
        parameters,
        created_at: now,
        codes: Vec::new(),
        scanned_at: None,
        expiry: Expiry {
            at: end,
            after_scan_s: span(&order.timeout_express).or(Some(TRADE_LIFE_S)),
        },
        phase: Phase::Open,
        refunds: Vec::new(),
        transaction_id,
    });
    trade.codes.push(code);
    Ok(trade)
}

/// The caller's trade, once the buyer has opened it.
pub(super) fn opened<'a>(
    work: &Work<'_>,
    state: &'a mut State,
    by: &ByNumber,
) -> Option<&'a mut Trade> {
    let is_it = |trade: &&mut Trade| {
        trade.key.provider == Provider::Alipay
            && trade.key.merchant == work.account.config.app_id
            && (by.out_trade_no.is_empty() || trade.key.number == by.out_trade_no)
            && (by.trade_no.is_empty() || trade.transaction_id == by.trade_no)
            && trade.scanned_at.is_some()
    };
    state.trades.values_mut().find(is_it)
}

/// How the trade stands.
pub(super) fn query(work: &Work<'_>, state: &mut State, by: &ByNumber) -> Answer {
    let Some(trade) = opened(work, state, by) else {
        return Answer::not_exist();
    };
    let total = yuan(trade.amount_fen);
    let mut shown = without_amounts();
    shown["out_trade_no"] = json!(trade.key.number);
    shown["trade_no"] = json!(trade.transaction_id);
    shown["total_amount"] = json!(total);
    shown["buyer_logon_id"] = json!("stu***@example.com");
    shown["trade_status"] = json!(status(trade, work.now));
    if let Phase::Paid(payment) = &trade.phase {
        shown["receipt_amount"] = json!(total);
        shown["invoice_amount"] = json!(total);
        shown["buyer_pay_amount"] = json!(yuan(trade.amount_fen - payment.coupon_fen));
        shown["buyer_user_id"] = json!(payment.payer);
        shown["send_pay_date"] = json!(naive_beijing(payment.at));
    }
    Answer::Success(shown)
}

/// The amounts that come with every answer to a query, also where there is no trade. Source: docs/sources.md#alipay-answers.
pub(super) fn without_amounts() -> Value {
    json!({
        "buyer_pay_amount": "0.00", "invoice_amount": "0.00", "point_amount": "0.00",
        "receipt_amount": "0.00",
    })
}

/// The gateway's word for how a trade stands.
pub(super) fn status(trade: &Trade, now: i64) -> &'static str {
    match trade.standing(now) {
        TradeStanding::Unscanned | TradeStanding::Waiting => "WAIT_BUYER_PAY",
        TradeStanding::Closed => "TRADE_CLOSED",
        TradeStanding::Paid(_) if trade.refunded_fen() >= trade.amount_fen => "TRADE_CLOSED",
        TradeStanding::Paid(payment) if payment.is_finished => "TRADE_FINISHED",
        TradeStanding::Paid(_) => "TRADE_SUCCESS",
    }
}

/// Closes an opened, unpaid trade. An unscanned code stays payable, as with the real gateway.
pub(super) fn close(work: &Work<'_>, state: &mut State, by: &ByNumber) -> Answer {
    let Some(trade) = opened(work, state, by) else {
        return Answer::not_exist();
    };
    match trade.standing(work.now) {
        TradeStanding::Paid(_) => Answer::refused("ACQ.TRADE_HAS_SUCCESS", "交易已被支付"),
        TradeStanding::Closed => Answer::refused("ACQ.TRADE_STATUS_ERROR", "交易状态不合法"),
        TradeStanding::Unscanned | TradeStanding::Waiting => {
            trade.phase = Phase::Closed;
            let shown: Value = json!({
                "out_trade_no": trade.key.number, "trade_no": trade.transaction_id,
            });
            if trade.product == Product::Wap {
                let matter = crate::notice::Matter::Closed(trade.key.clone());
                state.tell(matter, work.now);
            }
            Answer::Success(shown)
        }
    }
}

/// Where the cashier leads the buyer after the payment: the merchant's address with signed parameters,
/// which prove nothing and are there to look like the real ones.
pub(crate) fn return_address(
    account: &AlipayAccount,
    trade: &Trade,
    now: i64,
) -> Result<Option<String>, CryptoError> {
    let Some(address) = &trade.return_url else {
        return Ok(None);
    };
    let method = if trade.product == Product::Wap {
        "alipay.trade.wap.pay.return"
    } else {
        "alipay.trade.page.pay.return"
    };
    let (total, at) = (yuan(trade.amount_fen), naive_beijing(now));
    let config = &account.config;
    let fields = std::collections::BTreeMap::from([
        ("app_id", config.app_id.as_str()),
        ("auth_app_id", config.app_id.as_str()),
        ("charset", "utf-8"),
        ("method", method),
        ("out_trade_no", trade.key.number.as_str()),
        ("seller_id", config.seller_id.as_str()),
        ("timestamp", at.as_str()),
        ("total_amount", total.as_str()),
        ("trade_no", trade.transaction_id.as_str()),
        ("version", "1.0"),
    ]);
    let sign = account.signer.sign(&joined(&fields))?;
    let pairs: Vec<String> = (fields.into_iter())
        .chain([("sign_type", "RSA2"), ("sign", sign.as_str())])
        .map(|(name, value)| format!("{name}={}", percent_encode(value)))
        .collect();
    let joint = if address.contains('?') { '&' } else { '?' };
    Ok(Some(format!("{address}{joint}{}", pairs.join("&"))))
}
