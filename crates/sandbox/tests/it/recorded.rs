//! The sandbox answers with the fields of real answers that were recorded in public, no more and no fewer.
//!
//! Source: docs/sources.md#wechat-answers and docs/sources.md#alipay-answers

use serde_json::{Value, json};

use crate::merchant::Merchant;
use crate::shop::Shop;

/// The names of an object's fields; those of objects in it behind a full stop.
fn fields(value: &Value) -> Vec<String> {
    let mut names = Vec::new();
    for (name, inner) in value.as_object().unwrap() {
        if let Some(inner) = inner.as_object() {
            names.extend(inner.keys().map(|inner| format!("{name}.{inner}")));
        } else {
            names.push(name.clone());
        }
    }
    names.sort();
    names
}

const NUMBER: &str = "G260609ABCDEFGH";

/// An order that nobody has paid.
const UNPAID: [&str; 9] = [
    "amount.payer_currency",
    "amount.total",
    "appid",
    "mchid",
    "out_trade_no",
    "promotion_detail",
    "scene_info.device_id",
    "trade_state",
    "trade_state_desc",
];

/// A paid order.
const PAID: [&str; 16] = [
    "amount.currency",
    "amount.payer_currency",
    "amount.payer_total",
    "amount.total",
    "appid",
    "attach",
    "bank_type",
    "mchid",
    "out_trade_no",
    "payer.openid",
    "promotion_detail",
    "success_time",
    "trade_state",
    "trade_state_desc",
    "trade_type",
    "transaction_id",
];

/// A refund that was just taken.
const REFUND: [&str; 20] = [
    "amount.currency",
    "amount.discount_refund",
    "amount.from",
    "amount.payer_refund",
    "amount.payer_total",
    "amount.refund",
    "amount.refund_fee",
    "amount.settlement_refund",
    "amount.settlement_total",
    "amount.total",
    "channel",
    "create_time",
    "funds_account",
    "out_refund_no",
    "out_trade_no",
    "promotion_detail",
    "refund_id",
    "status",
    "transaction_id",
    "user_received_account",
];

async fn wechat(merchant: &Merchant) -> Vec<String> {
    let path = format!("/v3/pay/transactions/out-trade-no/{NUMBER}?mchid=1900000109");
    fields(&merchant.get(&path).await.json())
}

#[actix_web::test]
async fn wechat_answers_have_the_fields_of_real_ones() {
    let (merchant, shop) = (Merchant::new(), Shop::open(204, ""));
    let order = json!({
        "appid": "wx0000grad0000test", "mchid": "1900000109", "description": "毕业照",
        "out_trade_no": NUMBER, "notify_url": shop.notify_url, "amount": { "total": 1990 },
    });
    merchant.post("/v3/pay/transactions/native", &order).await;
    assert_eq!(wechat(&merchant).await, UNPAID);
    merchant.ctl("pay", json!({ "out_trade_no": NUMBER })).await;
    assert_eq!(wechat(&merchant).await, PAID);
    let refund = json!({
        "out_trade_no": NUMBER, "out_refund_no": "R1", "reason": "重拍",
        "notify_url": shop.notify_url, "amount": { "refund": 10, "total": 1990, "currency": "CNY" },
    });
    let taken = merchant.post("/v3/refund/domestic/refunds", &refund).await;
    assert_eq!(fields(&taken.json()), REFUND);
    merchant.fault("refund_both_statuses").await;
    let again = merchant.post("/v3/refund/domestic/refunds", &refund).await;
    assert_eq!(again.json()["refund_status"], again.json()["status"]);
}

#[actix_web::test]
async fn a_closed_order_is_told_without_amounts_and_a_state_can_be_asked_for() {
    let merchant = Merchant::new();
    let order = json!({
        "appid": "wx0000grad0000test", "mchid": "1900000109", "description": "毕业照",
        "out_trade_no": NUMBER, "notify_url": "http://127.0.0.1:9/n", "amount": { "total": 1990 },
    });
    merchant.post("/v3/pay/transactions/native", &order).await;
    merchant.fault("trade_state:PAYERROR").await;
    let path = format!("/v3/pay/transactions/out-trade-no/{NUMBER}?mchid=1900000109");
    let told = merchant.get(&path).await.json();
    assert_eq!(told["trade_state"], "PAYERROR");
    let close = format!("/v3/pay/transactions/out-trade-no/{NUMBER}/close");
    merchant
        .post(&close, &json!({ "mchid": "1900000109" }))
        .await;
    let closed = merchant.get(&path).await.json();
    assert_eq!(closed["trade_state"], "CLOSED");
    assert!(closed.get("amount").is_none(), "{closed}");
}

/// The fields of the gateway's answer to a query.
async fn alipay(merchant: &Merchant) -> Vec<String> {
    let content = json!({ "out_trade_no": NUMBER });
    let raw = merchant.alipay("alipay.trade.query", content, |_| ()).await;
    let answer: Value = serde_json::from_str(&raw).unwrap();
    fields(&answer["alipay_trade_query_response"])
}

#[actix_web::test]
async fn alipay_answers_have_the_fields_of_real_ones() {
    let merchant = Merchant::new();
    let order = json!({
        "out_trade_no": NUMBER, "total_amount": "19.90", "subject": "毕业照",
        "product_code": "FACE_TO_FACE_PAYMENT", "timeout_express": "30m",
        "qr_code_timeout_express": "30m", "notify_url": "http://127.0.0.1:9/n",
    });
    merchant
        .alipay("alipay.trade.precreate", order, |_| ())
        .await;
    let amounts = [
        "buyer_pay_amount",
        "invoice_amount",
        "point_amount",
        "receipt_amount",
    ];
    let mut unknown = vec!["code", "msg", "out_trade_no", "sub_code", "sub_msg"];
    unknown.extend(amounts);
    unknown.sort_unstable();
    assert_eq!(alipay(&merchant).await, unknown);
    merchant
        .ctl("scan", json!({ "out_trade_no": NUMBER }))
        .await;
    let mut waiting = vec![
        "buyer_logon_id",
        "code",
        "msg",
        "out_trade_no",
        "total_amount",
        "trade_no",
        "trade_status",
    ];
    waiting.extend(amounts);
    waiting.sort_unstable();
    assert_eq!(alipay(&merchant).await, waiting);
}
