//! Answers in the shapes in which real ones were recorded in public, and every field that they need or do not need.
//!
//! Source of each: docs/sources.md#wechat-answers and docs/sources.md#alipay-answers

use crate::alipay::calls as alipay;
use crate::double::{Reply, Request, always, serve};
use crate::wechat_pay::calls as wechat_pay;
use domain::Fen;
use domain::refund::{RefundEvidence, ReportedState};
use providers::{
    Outcome,
    alipay::Alipay,
    payment::{Closed, PaymentChannel, RefundNumbers, Trade, TradeState, Way},
    wechat_pay::WechatPay,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, mpsc::Receiver};

const NUMBER: &str = wechat_pay::NUMBER;
const REFUND: RefundNumbers<'static> = RefundNumbers {
    out_trade_no: NUMBER,
    out_refund_no: "R26060900000000000000000",
};
/// What stands in place of a value that is not there; the first stands for no field at all.
const NOTHING: [&str; 4] = ["missing", "null", "\"\"", "{}"];

/// The answer without a value for the field at this JSON pointer.
fn without(answer: &Value, pointer: &str, in_its_place: &str) -> Value {
    let mut changed = answer.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = changed
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap();
    if in_its_place == "missing" {
        parent.remove(name);
    } else {
        let value = serde_json::from_str(in_its_place).unwrap();
        parent.insert(name.to_owned(), value);
    }
    changed
}

/// The answer in every form that lacks one of these fields.
fn lacking<'a>(answer: &'a Value, fields: &'a [&'a str]) -> impl Iterator<Item = Value> + 'a {
    let forms = fields
        .iter()
        .flat_map(|field| NOTHING.map(|form| (*field, form)));
    forms.map(|(field, form)| without(answer, field, form))
}

fn reading(outcome: &Outcome<Option<Trade>>) -> &'static str {
    match outcome {
        Outcome::Definite(None) => "unknown to the provider",
        Outcome::Definite(Some(trade)) => match trade.state {
            TradeState::NotPaid => "not paid",
            TradeState::Paid(_) => "paid",
            TradeState::Refunded(_) => "refunded",
            TradeState::Closed => "closed",
            TradeState::Other(_) => "other",
        },
        Outcome::Refused(_) => "refused",
        Outcome::Unknown(_) => "unknown",
    }
}

/// A provider that gives whatever answer is laid before it, and a client that asks it.
struct Desk<C> {
    answer: Arc<Mutex<Reply>>,
    client: C,
    /// The provider ends with it.
    _requests: Receiver<Request>,
}

impl<C: PaymentChannel> Desk<C> {
    fn open(client: impl FnOnce(&str) -> C) -> Self {
        let answer = Arc::new(Mutex::new(Reply::new(500, "")));
        let given = Arc::clone(&answer);
        let (origin, requests) = serve(move |_, _| given.lock().unwrap().clone());
        Self {
            answer,
            client: client(&origin),
            _requests: requests,
        }
    }

    fn lay(&self, answer: Reply) {
        *self.answer.lock().unwrap() = answer;
    }

    /// How this answer to a query is read.
    async fn query(&self, answer: Reply) -> &'static str {
        self.lay(answer);
        reading(&self.client.query(NUMBER).await.outcome)
    }
}

impl Desk<WechatPay> {
    async fn asked(&self, answer: &Value) -> &'static str {
        let answer = wechat_pay::signed(200, &answer.to_string());
        self.query(answer).await
    }

    /// The state in which an answer about a refund is read; `None` where it decides nothing.
    async fn asked_about(&self, answer: &Value) -> Option<ReportedState> {
        self.lay(wechat_pay::signed(200, &answer.to_string()));
        match self.client.query_refund(REFUND).await.outcome {
            Outcome::Definite(Some(RefundEvidence { state, .. })) => Some(state),
            Outcome::Unknown(_) => None,
            outcome @ (Outcome::Definite(None) | Outcome::Refused(_)) => {
                panic!("{answer}: {outcome:?}")
            }
        }
    }
}

fn wechat_desk() -> Desk<WechatPay> {
    Desk::open(|origin| wechat_pay::client(&[origin]))
}

/// An order that nobody has paid, as three public programs recorded it.
fn unpaid(state: &str) -> Value {
    json!({
        "amount": {"payer_currency": "CNY", "total": 2000}, "appid": "wx0000grad0000test",
        "mchid": "1900000109", "out_trade_no": NUMBER, "promotion_detail": [],
        "scene_info": {"device_id": ""}, "trade_state": state, "trade_state_desc": "订单未支付",
    })
}

/// A paid order, as a public program recorded it.
fn paid(state: &str) -> Value {
    json!({
        "amount": {"currency": "CNY", "payer_currency": "CNY", "payer_total": 2000, "total": 2000},
        "appid": "wx0000grad0000test", "attach": "5_21", "bank_type": "OTHERS", "mchid": "1900000109",
        "out_trade_no": NUMBER, "payer": {"openid": "oPuGI5V0"}, "promotion_detail": [],
        "success_time": "2026-06-09T18:15:20+08:00", "trade_state": state,
        "trade_state_desc": "支付成功", "trade_type": "JSAPI", "transaction_id": "4200001863",
    })
}

#[tokio::test]
async fn wechat_orders_without_a_payment_are_read_whatever_else_they_lack() {
    let desk = wechat_desk();
    for (state, expected) in [
        ("NOTPAY", "not paid"),
        ("USERPAYING", "not paid"),
        ("PAYERROR", "not paid"),
        ("REVOKED", "not paid"),
        ("CLOSED", "closed"),
    ] {
        let recorded = unpaid(state);
        assert_eq!(desk.asked(&recorded).await, expected, "{recorded}");
        let mut full = recorded.clone();
        for (name, value) in [
            ("payer", json!({})),
            ("success_time", json!("")),
            ("transaction_id", json!("")),
            ("attach", json!("")),
            ("trade_type", json!("NATIVE")),
            ("a_new_field", json!({"of": ["any", "kind"]})),
        ] {
            full[name] = value;
        }
        assert_eq!(desk.asked(&full).await, expected, "{full}");
        let not_needed = [
            "/amount",
            "/amount/total",
            "/amount/currency",
            "/amount/payer_currency",
            "/appid",
            "/mchid",
            "/payer",
            "/promotion_detail",
            "/scene_info",
            "/success_time",
            "/trade_state_desc",
            "/transaction_id",
        ];
        for answer in lacking(&full, &not_needed) {
            assert_eq!(desk.asked(&answer).await, expected, "{answer}");
        }
        for answer in lacking(&full, &["/out_trade_no", "/trade_state"]) {
            let seen = desk.asked(&answer).await;
            assert!(["unknown", "other"].contains(&seen), "{seen}: {answer}");
        }
    }
}

#[tokio::test]
async fn a_wechat_payment_counts_only_where_every_fact_of_it_is_there() {
    let desk = wechat_desk();
    for (state, expected) in [("SUCCESS", "paid"), ("REFUND", "refunded")] {
        let recorded = paid(state);
        assert_eq!(desk.asked(&recorded).await, expected, "{recorded}");
        let not_needed = [
            "/amount/payer_currency",
            "/amount/payer_total",
            "/attach",
            "/bank_type",
            "/payer",
            "/payer/openid",
            "/promotion_detail",
            "/trade_state_desc",
            "/trade_type",
        ];
        for answer in lacking(&recorded, &not_needed) {
            assert_eq!(desk.asked(&answer).await, expected, "{answer}");
        }
        let needed = [
            "/amount",
            "/amount/total",
            "/amount/currency",
            "/appid",
            "/mchid",
            "/out_trade_no",
            "/success_time",
            "/transaction_id",
        ];
        for answer in lacking(&recorded, &needed) {
            assert_eq!(desk.asked(&answer).await, "unknown", "{answer}");
        }
        for (pointer, value) in [
            ("/amount/total", json!("2000")),
            ("/amount/total", json!(2000.5)),
            ("/appid", json!("wx1")),
            ("/mchid", json!("1900000110")),
            ("/out_trade_no", json!("G2")),
            ("/success_time", json!("2026-06-09")),
        ] {
            let mut answer = recorded.clone();
            *answer.pointer_mut(pointer).unwrap() = value;
            assert_eq!(desk.asked(&answer).await, "unknown", "{answer}");
        }
    }
}

#[tokio::test]
async fn another_currency_is_handed_on_as_it_was_told() {
    let mut answer = paid("SUCCESS");
    answer["amount"]["currency"] = json!("USD");
    let (origin, _requests) = always(wechat_pay::signed(200, &answer.to_string()));
    let Outcome::Definite(Some(trade)) = wechat_pay::client(&[&origin]).query(NUMBER).await.outcome
    else {
        panic!("{answer}")
    };
    let TradeState::Paid(payment) = trade.state else {
        panic!("{answer}")
    };
    assert_eq!(
        (payment.amount, payment.currency.as_str()),
        (Fen(2000), "USD")
    );
}

#[tokio::test]
async fn a_wechat_code_is_read_beside_other_fields() {
    let answer =
        json!({"code_url": "weixin://wxpay/x", "prepay_id": null, "h5_url": "", "more": 1});
    let (origin, _requests) = always(wechat_pay::signed(200, &answer.to_string()));
    let created = wechat_pay::client(&[&origin])
        .create(&wechat_pay::order(Way::Native))
        .await;
    assert!(
        matches!(created.outcome, Outcome::Definite(_)),
        "{created:?}"
    );
}

/// A refund that was just taken, as a public program recorded it.
fn refund() -> Value {
    json!({
        "amount": {"currency": "CNY", "discount_refund": 0, "from": [], "payer_refund": 990,
            "payer_total": 2000, "refund": 990, "refund_fee": 0, "settlement_refund": 990,
            "settlement_total": 2000, "total": 2000},
        "channel": "ORIGINAL", "create_time": "2026-06-09T18:15:20+08:00", "funds_account": "AVAILABLE",
        "out_refund_no": REFUND.out_refund_no, "out_trade_no": NUMBER, "promotion_detail": [],
        "refund_id": "50303400132024", "status": "PROCESSING", "transaction_id": "4200002346",
        "user_received_account": "支付用户零钱",
    })
}

#[tokio::test]
async fn a_wechat_refund_is_read_under_either_name_of_its_state() {
    let desk = wechat_desk();
    let recorded = refund();
    assert_eq!(
        desk.asked_about(&recorded).await,
        Some(ReportedState::Processing)
    );
    for answer in lacking(
        &recorded,
        &[
            "/amount",
            "/amount/refund",
            "/channel",
            "/refund_id",
            "/user_received_account",
        ],
    ) {
        assert_eq!(
            desk.asked_about(&answer).await,
            Some(ReportedState::Processing),
            "{answer}"
        );
    }
    let mut both = recorded.clone();
    both["refund_status"] = json!("PROCESSING");
    assert_eq!(
        desk.asked_about(&both).await,
        Some(ReportedState::Processing)
    );
    for answer in lacking(&both, &["/status", "/refund_status", "/success_time"]) {
        assert_eq!(
            desk.asked_about(&answer).await,
            Some(ReportedState::Processing),
            "{answer}"
        );
    }
    both["refund_status"] = json!("SUCCESS");
    assert_eq!(
        desk.asked_about(&both).await,
        None,
        "two states that differ"
    );
    for answer in lacking(&recorded, &["/status", "/out_refund_no", "/out_trade_no"]) {
        assert_eq!(desk.asked_about(&answer).await, None, "{answer}");
    }
}

#[tokio::test]
async fn a_wechat_refund_is_done_only_with_its_amount() {
    let desk = wechat_desk();
    let mut done = refund();
    done["status"] = json!("SUCCESS");
    done["success_time"] = json!("2026-06-09T18:15:20+08:00");
    let at = Some(crate::vectors::at(1_781_000_120));
    assert_eq!(
        desk.asked_about(&done).await,
        Some(ReportedState::Succeeded { at })
    );
    for answer in lacking(&done, &["/success_time"]) {
        assert_eq!(
            desk.asked_about(&answer).await,
            Some(ReportedState::Succeeded { at: None })
        );
    }
    for answer in lacking(&done, &["/amount", "/amount/refund"]) {
        assert_eq!(desk.asked_about(&answer).await, None, "{answer}");
    }
    done["amount"]["currency"] = json!("USD");
    assert_eq!(desk.asked_about(&done).await, None);
}

impl Desk<Alipay> {
    async fn asked(&self, answer: &Value) -> &'static str {
        self.query(alipay::signed("query", answer)).await
    }
}

/// A trade that its buyer has opened, as a public program recorded it.
fn opened(state: &str) -> Value {
    json!({
        "code": "10000", "msg": "Success", "buyer_logon_id": "274***@qq.com", "buyer_pay_amount": "0.00",
        "buyer_user_id": "2088302616934024", "invoice_amount": "0.00", "out_trade_no": NUMBER,
        "point_amount": "0.00", "receipt_amount": "0.00", "total_amount": "20.00",
        "trade_no": "2020022922001434021425786415", "trade_status": state,
    })
}

#[tokio::test]
async fn alipay_trades_are_read_with_what_their_state_needs() {
    let desk = Desk::open(alipay::client);
    let other = [
        "/buyer_logon_id",
        "/buyer_user_id",
        "/buyer_pay_amount",
        "/msg",
        "/point_amount",
        "/receipt_amount",
    ];
    for (state, expected) in [("WAIT_BUYER_PAY", "not paid"), ("TRADE_CLOSED", "closed")] {
        let recorded = opened(state);
        assert_eq!(desk.asked(&recorded).await, expected);
        let not_needed = [
            &other[..],
            &["/send_pay_date", "/total_amount", "/trade_no"],
        ]
        .concat();
        for answer in lacking(&recorded, &not_needed) {
            assert_eq!(desk.asked(&answer).await, expected, "{answer}");
        }
    }
    for (state, expected) in [
        ("TRADE_SUCCESS", "paid"),
        ("TRADE_FINISHED", "paid"),
        ("TRADE_CLOSED", "refunded"),
    ] {
        let mut recorded = opened(state);
        recorded["send_pay_date"] = json!("2026-06-09 18:15:20");
        for answer in lacking(&recorded, &other).chain([recorded.clone()]) {
            assert_eq!(desk.asked(&answer).await, expected, "{answer}");
        }
        for answer in lacking(&recorded, &["/out_trade_no", "/total_amount", "/trade_no"]) {
            assert_eq!(desk.asked(&answer).await, "unknown", "{answer}");
        }
        recorded["trans_currency"] = json!("USD");
        assert_eq!(desk.asked(&recorded).await, "unknown");
    }
}

#[tokio::test]
async fn alipay_failures_are_read_beside_the_amounts_that_come_with_them() {
    let desk = Desk::open(alipay::client);
    let mut failed = json!({
        "code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST", "sub_msg": "交易不存在",
        "buyer_pay_amount": "0.00", "invoice_amount": "0.00", "out_trade_no": NUMBER,
        "point_amount": "0.00", "receipt_amount": "0.00",
    });
    for answer in lacking(
        &failed,
        &["/msg", "/sub_msg", "/out_trade_no", "/point_amount"],
    ) {
        assert_eq!(
            desk.asked(&answer).await,
            "unknown to the provider",
            "{answer}"
        );
    }
    for (code, expected) in [
        ("ACQ.TRADE_NOT_EXIST", Some(Closed::NotFound)),
        ("ACQ.TRADE_HAS_SUCCESS", Some(Closed::AlreadyPaid)),
        ("ACQ.TRADE_STATUS_ERROR", None),
    ] {
        failed["sub_code"] = json!(code);
        let (origin, _requests) = always(alipay::signed("close", &failed));
        match (
            alipay::client(&origin).close(NUMBER).await.outcome,
            expected,
        ) {
            (Outcome::Definite(closed), Some(expected)) => assert_eq!(closed, expected),
            (Outcome::Unknown(_), None) => {}
            (outcome, _) => panic!("{code}: {outcome:?}"),
        }
    }
}
