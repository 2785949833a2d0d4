//! The fault switches, each seen from the merchant's side.

use serde_json::{Value, json};

use crate::merchant::{Answer, Merchant};
use crate::shop::Shop;

const NUMBER: &str = "G260609FAULT00001";
const QUERY: &str = "/v3/pay/transactions/out-trade-no/G260609FAULT00001?mchid=1900000109";

async fn order(merchant: &Merchant, shop: &Shop) -> Answer {
    let order = json!({
        "appid": "wx0000grad0000test", "mchid": "1900000109", "description": "毕业照",
        "out_trade_no": NUMBER, "notify_url": shop.notify_url,
        "amount": { "total": 1990, "currency": "CNY" },
    });
    merchant.post("/v3/pay/transactions/native", &order).await
}

async fn pay(merchant: &Merchant) -> u16 {
    merchant
        .ctl("pay", json!({ "out_trade_no": NUMBER }))
        .await
        .0
}

fn is_signed(merchant: &Merchant, answer: &Answer) -> bool {
    merchant.is_from_wechat(|name| answer.header(name), &answer.body)
}

#[actix_web::test]
async fn calls_fail_before_or_after_their_effect() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    merchant.fault("timeout_before_effect").await;
    assert_eq!(order(&merchant, &shop).await.status, 504);
    merchant.fault("http_502_html").await;
    let page = order(&merchant, &shop).await;
    assert_eq!((page.status, page.body.starts_with("<html>")), (502, true));
    merchant.fault("error:OUT_TRADE_NO_USED").await;
    let coded = order(&merchant, &shop).await;
    assert_eq!(coded.error(), (403, "OUT_TRADE_NO_USED".into()));
    assert_eq!(merchant.get(QUERY).await.status, 404, "none had an effect");
    merchant.fault("timeout_after_effect").await;
    assert_eq!(order(&merchant, &shop).await.status, 504);
    assert_eq!(merchant.get(QUERY).await.status, 200, "it had its effect");

    merchant.fault("garbled_body").await;
    let garbled = merchant.get(QUERY).await;
    assert!(is_signed(&merchant, &garbled), "signed, and no JSON");
    assert!(serde_json::from_str::<Value>(&garbled.body).is_err());
    merchant.fault("wrong_amount").await;
    assert_eq!(merchant.get(QUERY).await.json()["amount"]["total"], 1991);
    assert_eq!(merchant.get(QUERY).await.json()["amount"]["total"], 1990);
    merchant.fault("clock_skew:600").await;
    assert_eq!(
        merchant.get(QUERY).await.error(),
        (401, "SIGN_ERROR".into())
    );
}

#[actix_web::test]
async fn an_answer_can_break_off() {
    let merchant = Merchant::new();
    let number = json!({ "out_trade_no": NUMBER });
    merchant.fault("cut_off").await;
    let url = &merchant.sandbox.addresses().alipay;
    let request = merchant.signed_alipay("alipay.trade.query", &number);
    let answer = merchant.http.post(url).form(&request).send().await;
    let text = match answer {
        Ok(answer) => answer.text().await,
        Err(error) => Err(error),
    };
    assert!(text.is_err(), "{text:?}");
    let calls = merchant.look("calls").await;
    assert_eq!(calls["calls"][0]["verified"], true);
}

#[actix_web::test]
async fn signatures_are_spoilt_in_five_ways() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    order(&merchant, &shop).await;
    merchant.fault("unknown_serial").await;
    let serial = merchant.get(QUERY).await.header("wechatpay-serial");
    assert!(!merchant.config.wechat.key_ring.contains_key(&serial));
    merchant.fault("stale_timestamp").await;
    let stale = merchant.get(QUERY).await;
    let at: i64 = stale.header("wechatpay-timestamp").parse().unwrap();
    assert!(merchant.now().await - at >= 600 && is_signed(&merchant, &stale));
    merchant.fault("sign_with_next_key").await;
    let next = merchant.get(QUERY).await;
    assert!(next.header("wechatpay-serial").ends_with("02") && is_signed(&merchant, &next));
    merchant.fault("signtest_probe").await;
    let probe = merchant.get(QUERY).await.header("wechatpay-signature");
    assert!(probe.starts_with("WECHATPAY/SIGNTEST/"));
    merchant.fault("bad_signature").await;
    assert!(!is_signed(&merchant, &merchant.get(QUERY).await));
}

#[actix_web::test]
async fn notices_come_in_strange_ways() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "<xml>SUCCESS</xml>"));
    order(&merchant, &shop).await;
    merchant.fault("notify_late:40").await;
    assert_eq!(pay(&merchant).await, 200);
    assert_eq!(shop.notices().len(), 0);
    merchant.fault("notify_parallel:8").await;
    merchant.ctl("clock", json!({ "advance_s": 40 })).await;
    let copies = shop.notices();
    assert_eq!(copies.len(), 8);
    let ids: Vec<Value> = copies
        .iter()
        .map(|copy| serde_json::from_str::<Value>(&copy.body).unwrap()["id"].clone())
        .collect();
    assert!(
        ids.iter().all(|id| *id == ids[0]),
        "one notice, eight times"
    );

    let again = async || {
        merchant
            .ctl("notify", json!({ "out_trade_no": NUMBER }))
            .await
    };
    merchant.fault("notify_wrong_app").await;
    again().await;
    let body: Value = serde_json::from_str(&shop.notices()[0].body).unwrap();
    assert_eq!(merchant.open(&body["resource"])["mchid"], "1999999999");
    merchant.fault("notify_xml_v2").await;
    again().await;
    assert!(shop.notices()[0].body.starts_with("<xml>"));
    merchant.fault("signtest_probe").await;
    again().await;
    let notices = shop.notices();
    let is_probe = |at: usize| {
        notices[at]
            .header("wechatpay-signature")
            .starts_with("WECHATPAY/SIGNTEST")
    };
    assert_eq!((notices.len(), is_probe(0), is_probe(1)), (2, true, false));
}

#[actix_web::test]
async fn a_notice_is_overtaken_by_the_next_one() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    order(&merchant, &shop).await;
    merchant.fault("notify_reordered").await;
    pay(&merchant).await;
    assert_eq!(shop.notices().len(), 0);
    let refund = json!({
        "out_trade_no": NUMBER, "out_refund_no": "R1", "notify_url": shop.notify_url,
        "amount": { "refund": 1990, "total": 1990, "currency": "CNY" },
    });
    merchant.post("/v3/refund/domestic/refunds", &refund).await;
    merchant.ctl("clock", json!({ "advance_s": 60 })).await;
    let kinds: Vec<Value> = shop
        .notices()
        .iter()
        .map(|notice| serde_json::from_str::<Value>(&notice.body).unwrap()["event_type"].clone())
        .collect();
    assert_eq!(
        kinds,
        [json!("REFUND.SUCCESS"), json!("TRANSACTION.SUCCESS")]
    );
}

#[actix_web::test]
async fn money_comes_after_the_close_and_by_both_channels() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    order(&merchant, &shop).await;
    let path = format!("/v3/pay/transactions/out-trade-no/{NUMBER}/close");
    merchant
        .post(&path, &json!({ "mchid": "1900000109" }))
        .await;
    assert_eq!(pay(&merchant).await, 409);
    let alipay = json!({ "out_trade_no": "A1", "total_amount": "19.90", "subject": "毕业照" });
    merchant
        .alipay("alipay.trade.precreate", alipay, |_| ())
        .await;
    merchant.fault("pay_after_close").await;
    merchant.fault("pay_both_channels").await;
    assert_eq!(pay(&merchant).await, 200);
    assert_eq!(merchant.get(QUERY).await.json()["trade_state"], "SUCCESS");
    let state = merchant.look("state").await;
    let standings: Vec<&Value> = state["orders"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| &order["standing"])
        .collect();
    assert_eq!(standings, ["paid", "paid"]);
}

#[actix_web::test]
async fn a_fault_strikes_one_order_or_until_it_is_taken_away() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    let other = json!({ "match": { "out_trade_no": "G000000" }, "do": "http_500", "always": true });
    merchant.ctl("fault", other).await;
    let ours = json!({ "match": { "operation": "query", "merchant": "1900000109" }, "do": "http_500", "always": true });
    merchant.ctl("fault", ours).await;
    assert_eq!(order(&merchant, &shop).await.status, 200);
    for _ in 0..3 {
        assert_eq!(merchant.get(QUERY).await.status, 500);
    }
    let armed = merchant.look("faults").await;
    assert_eq!(armed["faults"].as_array().unwrap().len(), 2);
    let url = format!("{}/_ctl/faults", merchant.sandbox.addresses().pages);
    assert_eq!(
        merchant.http.delete(url).send().await.unwrap().status(),
        200
    );
    assert_eq!(merchant.get(QUERY).await.status, 200);
}
