//! Refunds at both providers: partial, repeated, decided by time, by hand and by faults.

use std::collections::BTreeMap;

use actix_web::web::Query;
use serde_json::{Value, json};

use crate::merchant::{Answer, Merchant};
use crate::shop::{Notice, Shop};

const NUMBER: &str = "G260609REFUND0001";
const REFUNDS: &str = "/v3/refund/domestic/refunds";

/// A paid `WeChat` order; its notice is taken.
async fn paid_by_wechat(merchant: &Merchant, shop: &Shop) {
    let order = json!({
        "appid": merchant.config.wechat.appid, "mchid": merchant.config.wechat.mchid,
        "description": "毕业照", "out_trade_no": NUMBER, "notify_url": shop.notify_url,
        "amount": { "total": 1990, "currency": "CNY" },
    });
    let made = merchant.post("/v3/pay/transactions/native", &order).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let paid = merchant.ctl("pay", json!({ "out_trade_no": NUMBER })).await;
    assert_eq!(paid.0, 200);
    assert_eq!(shop.notices().len(), 1);
}

async fn refund(merchant: &Merchant, shop: &Shop, number: &str, fen: i64) -> Answer {
    let body = json!({
        "out_trade_no": NUMBER, "out_refund_no": number, "notify_url": shop.notify_url,
        "amount": { "refund": fen, "total": 1990, "currency": "CNY" },
    });
    merchant.post(REFUNDS, &body).await
}

async fn status(merchant: &Merchant, number: &str) -> Value {
    merchant.get(&format!("{REFUNDS}/{number}")).await.json()["status"].clone()
}

/// The event and what was sealed into it.
fn told(merchant: &Merchant, notice: &Notice) -> (String, Value) {
    assert!(merchant.is_from_wechat(|name| notice.header(name).to_owned(), &notice.body));
    let body: Value = serde_json::from_str(&notice.body).unwrap();
    let event = body["event_type"].as_str().unwrap().to_owned();
    (event, merchant.open(&body["resource"]))
}

#[actix_web::test]
async fn wechat_takes_a_refund_and_ends_it_a_minute_later() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    paid_by_wechat(&merchant, &shop).await;
    let made = refund(&merchant, &shop, "R1", 990).await;
    assert!(merchant.is_from_wechat(|name| made.header(name), &made.body));
    assert_eq!(made.json()["status"], "PROCESSING");
    let again = refund(&merchant, &shop, "R1", 990).await;
    assert_eq!(
        again.json()["refund_id"],
        made.json()["refund_id"],
        "the same refund"
    );
    let other = refund(&merchant, &shop, "R1", 991).await;
    assert_eq!(other.error(), (400, "INVALID_REQUEST".into()));
    let soon = refund(&merchant, &shop, "R2", 1).await;
    assert_eq!(soon.error(), (429, "FREQUENCY_LIMITED".into()));
    assert_eq!(status(&merchant, "R1").await, "PROCESSING");

    merchant.ctl("clock", json!({ "advance_s": 60 })).await;
    assert_eq!(status(&merchant, "R1").await, "SUCCESS");
    let notices = shop.notices();
    let (event, sealed) = told(&merchant, &notices[0]);
    assert_eq!((notices.len(), event.as_str()), (1, "REFUND.SUCCESS"));
    assert_eq!(sealed["refund_status"], "SUCCESS");
    assert_eq!(sealed["amount"]["refund"], 990);
    assert!(sealed.get("appid").is_none() && sealed.get("status").is_none());

    let too_much = refund(&merchant, &shop, "R3", 1001).await;
    assert_eq!(too_much.error(), (400, "INVALID_REQUEST".into()));
    assert_eq!(refund(&merchant, &shop, "R3", 1000).await.status, 200);
    let path = format!("/v3/pay/transactions/out-trade-no/{NUMBER}?mchid=1900000109");
    let order = merchant.get(&path).await.json();
    assert_eq!(order["trade_state"], "REFUND");
    let by_id = order["transaction_id"].as_str().unwrap();
    let path = format!("/v3/pay/transactions/id/{by_id}?mchid=1900000109");
    assert_eq!(merchant.get(&path).await.json(), order);
}

#[actix_web::test]
async fn wechat_refunds_end_badly_where_a_fault_says_so() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    paid_by_wechat(&merchant, &shop).await;
    merchant.fault("refund_not_enough").await;
    let poor = refund(&merchant, &shop, "R1", 100).await;
    assert_eq!(poor.error(), (403, "NOT_ENOUGH".into()));
    merchant.fault("refund_abnormal").await;
    let made = refund(&merchant, &shop, "R1", 100).await.json();
    merchant.ctl("clock", json!({ "advance_s": 61 })).await;
    let (event, _) = told(&merchant, &shop.notices()[0]);
    assert_eq!(event, "REFUND.ABNORMAL");
    let path = format!(
        "{REFUNDS}/{}/apply-abnormal-refund",
        made["refund_id"].as_str().unwrap()
    );
    let body = json!({ "out_refund_no": "R1", "type": "MERCHANT_BANK_CARD" });
    assert_eq!(
        merchant.post(&path, &body).await.json()["status"],
        "PROCESSING"
    );
    merchant.ctl("clock", json!({ "advance_s": 61 })).await;
    assert_eq!(status(&merchant, "R1").await, "SUCCESS");
    assert_eq!(shop.notices().len(), 1);

    merchant.fault("refund_closed").await;
    merchant.fault("refund_notice_missing").await;
    refund(&merchant, &shop, "R2", 1890).await;
    merchant.ctl("clock", json!({ "advance_s": 61 })).await;
    assert_eq!(status(&merchant, "R2").await, "CLOSED");
    assert_eq!(shop.notices().len(), 0, "nobody was told");
    assert_eq!(
        refund(&merchant, &shop, "R3", 1890).await.status,
        200,
        "the amount is free again"
    );
    let end = json!({ "out_refund_no": "R3", "to": "success" });
    assert_eq!(
        merchant.ctl("refund", end.clone()).await.0,
        200,
        "decided by hand"
    );
    assert_eq!(merchant.ctl("refund", end).await.0, 404, "and for good");
    assert_eq!(status(&merchant, "R3").await, "SUCCESS");
}

#[actix_web::test]
async fn unpaid_and_unknown_orders_are_not_refunded() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    let unknown = refund(&merchant, &shop, "R1", 1).await;
    assert_eq!(unknown.error(), (404, "RESOURCE_NOT_EXISTS".into()));
    assert_eq!(
        merchant.get(&format!("{REFUNDS}/R1")).await.error(),
        (404, "RESOURCE_NOT_EXISTS".into())
    );
    let null = json!({ "out_trade_no": NUMBER, "out_refund_no": null });
    assert_eq!(
        merchant.post(REFUNDS, &null).await.error(),
        (400, "PARAM_ERROR".into())
    );
}

#[actix_web::test]
async fn a_refund_from_the_console_is_told_in_the_old_protocol() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "<xml>SUCCESS</xml>"));
    paid_by_wechat(&merchant, &shop).await;
    let asked = json!({ "out_trade_no": NUMBER, "refund_fen": 500 });
    let (code, made) = merchant.ctl("refund_from_console", asked).await;
    assert_eq!(code, 200);
    let notices = shop.notices();
    assert!(notices[0].body.starts_with("<xml>"), "{}", notices[0].body);
    let number = made["out_refund_no"].as_str().unwrap();
    assert_eq!(status(&merchant, number).await, "SUCCESS");
    let asked = json!({ "out_trade_no": NUMBER, "refund_fen": 1491 });
    assert_eq!(merchant.ctl("refund_from_console", asked).await.0, 409);
}

/// The inner object of Alipay's answer.
async fn alipay(merchant: &Merchant, method: &str, content: Value) -> Value {
    let raw = merchant.alipay(method, content, |_| ()).await;
    let answer: Value = serde_json::from_str(&raw).unwrap();
    answer[format!("{}_response", method.replace('.', "_"))].clone()
}

async fn paid_by_alipay(merchant: &Merchant, shop: &Shop) {
    let order = json!({
        "out_trade_no": NUMBER, "total_amount": "19.90", "subject": "毕业照",
        "notify_url": shop.notify_url,
    });
    alipay(merchant, "alipay.trade.precreate", order).await;
    merchant.ctl("pay", json!({ "out_trade_no": NUMBER })).await;
    assert_eq!(shop.notices().len(), 1);
}

fn form(notice: &Notice) -> BTreeMap<String, String> {
    Query::<BTreeMap<String, String>>::from_query(&notice.body)
        .unwrap()
        .into_inner()
}

async fn alipay_refund(merchant: &Merchant, number: &str, yuan: &str) -> Value {
    let content = json!({
        "out_trade_no": NUMBER, "out_request_no": number, "refund_amount": yuan,
    });
    alipay(merchant, "alipay.trade.refund", content).await
}

#[actix_web::test]
async fn alipay_refunds_at_once_and_counts_them_up() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "success"));
    paid_by_alipay(&merchant, &shop).await;
    let first = alipay_refund(&merchant, "R1", "9.90").await;
    assert_eq!(
        (&first["fund_change"], &first["refund_fee"]),
        (&json!("Y"), &json!("9.90"))
    );
    let again = alipay_refund(&merchant, "R1", "9.90").await;
    assert_eq!(
        (&again["fund_change"], &again["refund_fee"]),
        (&json!("N"), &json!("9.90"))
    );
    let other = alipay_refund(&merchant, "R1", "1.00").await;
    assert_eq!(other["sub_code"], "ACQ.DISCORDANT_REPEAT_REQUEST");
    merchant.ctl("clock", json!({ "advance_s": 0 })).await;
    let partial = form(&shop.notices()[0]);
    assert_eq!(partial["trade_status"], "TRADE_SUCCESS");
    assert_eq!(
        (
            partial["refund_fee"].as_str(),
            partial["out_biz_no"].as_str()
        ),
        ("9.90", "R1")
    );

    merchant.fault("refund_not_enough").await;
    let poor = alipay_refund(&merchant, "R2", "10.00").await;
    assert_eq!(poor["sub_code"], "ACQ.SELLER_BALANCE_NOT_ENOUGH");
    let much = alipay_refund(&merchant, "R2", "10.01").await;
    assert_eq!(much["sub_code"], "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
    merchant.fault("refund_abnormal").await;
    let undone = alipay_refund(&merchant, "R2", "10.00").await;
    assert_eq!(undone["fund_change"], "N");
    let by = json!({ "out_trade_no": NUMBER, "out_request_no": "R2" });
    let asked = alipay(&merchant, "alipay.trade.fastpay.refund.query", by.clone()).await;
    assert_eq!(asked["code"], "10000");
    assert!(
        asked.get("refund_status").is_none(),
        "10000 alone is no refund"
    );
    merchant
        .ctl("refund", json!({ "out_refund_no": "R2", "to": "success" }))
        .await;
    let asked = alipay(&merchant, "alipay.trade.fastpay.refund.query", by).await;
    assert_eq!(asked["refund_status"], "REFUND_SUCCESS");
    let whole = form(&shop.notices()[0]);
    assert_eq!(whole["trade_status"], "TRADE_CLOSED");
    assert_eq!(whole["refund_fee"], "19.90", "all of it");
    let over = alipay_refund(&merchant, "R3", "0.01").await;
    assert_eq!(over["sub_code"], "ACQ.TRADE_NOT_ALLOW_REFUND");
}

#[actix_web::test]
async fn alipay_cancels_whatever_there_is() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "success"));
    let cancel = async || {
        let content = json!({ "out_trade_no": NUMBER });
        alipay(&merchant, "alipay.trade.cancel", content).await
    };
    let nothing = cancel().await;
    assert_eq!(
        (&nothing["code"], nothing.get("action")),
        (&json!("10000"), None)
    );
    paid_by_alipay(&merchant, &shop).await;
    assert_eq!(cancel().await["action"], "refund");
    let query = json!({ "out_trade_no": NUMBER });
    let query = alipay(&merchant, "alipay.trade.query", query).await;
    assert_eq!(query["trade_status"], "TRADE_CLOSED");
}

#[actix_web::test]
async fn alipay_finishes_a_trade_after_ninety_days() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "success"));
    paid_by_alipay(&merchant, &shop).await;
    merchant
        .ctl("clock", json!({ "advance_s": 90 * 86_400 }))
        .await;
    let notices = shop.notices();
    assert_eq!(notices.len(), 1);
    assert_eq!(form(&notices[0])["trade_status"], "TRADE_FINISHED");
    let late = alipay_refund(&merchant, "R1", "1.00").await;
    assert_eq!(late["sub_code"], "ACQ.TRADE_HAS_FINISHED");
    let again = merchant
        .ctl("notify", json!({ "out_trade_no": NUMBER }))
        .await;
    assert_eq!(
        (again.1["notices"].as_u64(), shop.notices().len()),
        (Some(2), 2)
    );
}
