//! `WeChat` Pay: create, pay, query, close, notices and faults.

use serde_json::{Value, json};

use crate::merchant::{Answer, Merchant, WechatCall};
use crate::shop::Shop;

const NUMBER: &str = "G260609ABCDEFGH";

fn order(notify_url: &str) -> Value {
    json!({
        "appid": "wx0000grad0000test", "mchid": "1900000109", "description": "毕业照 & 证书",
        "out_trade_no": NUMBER, "attach": "a=1", "notify_url": notify_url,
        "amount": { "total": 1990, "currency": "CNY" },
    })
}

async fn create(merchant: &Merchant, nonce: &str, order: &Value) -> Answer {
    let body = order.to_string();
    let path = "/v3/pay/transactions/native";
    let call = WechatCall {
        method: "POST",
        path,
        body: &body,
        clock_off_s: 0,
    };
    merchant.wechat(nonce, call).await
}

async fn query(merchant: &Merchant, nonce: &str) -> Answer {
    let path = format!("/v3/pay/transactions/out-trade-no/{NUMBER}?mchid=1900000109");
    merchant
        .wechat(
            nonce,
            WechatCall {
                method: "GET",
                path: &path,
                body: "",
                clock_off_s: 0,
            },
        )
        .await
}

async fn close(merchant: &Merchant, nonce: &str) -> Answer {
    let path = format!("/v3/pay/transactions/out-trade-no/{NUMBER}/close");
    let body = r#"{"mchid":"1900000109"}"#;
    merchant
        .wechat(
            nonce,
            WechatCall {
                method: "POST",
                path: &path,
                body,
                clock_off_s: 0,
            },
        )
        .await
}

fn is_signed(merchant: &Merchant, answer: &Answer) -> bool {
    merchant.is_from_wechat(|name| answer.header(name), &answer.body)
}

#[actix_web::test]
async fn an_order_is_made_paid_notified_and_found() {
    let (merchant, shop) = (Merchant::new(), Shop::open(204, ""));
    let made = create(&merchant, "1", &order(&shop.notify_url)).await;
    assert_eq!(made.status, 200);
    assert!(is_signed(&merchant, &made));
    assert!(
        made.json()["code_url"]
            .as_str()
            .unwrap()
            .starts_with("weixin://wxpay/bizpayurl?pr=")
    );

    let open = query(&merchant, "2").await;
    assert!(is_signed(&merchant, &open));
    assert_eq!(open.json()["trade_state"], "NOTPAY");
    assert!(
        open.json().get("transaction_id").is_none(),
        "nothing is paid yet"
    );

    let purchase = json!({ "out_trade_no": NUMBER, "coupon_fen": 100 });
    assert_eq!(merchant.ctl("pay", purchase.clone()).await.0, 200);
    let notices = shop.notices();
    let [notice] = notices.as_slice() else {
        panic!("{} notices", notices.len())
    };
    assert!(merchant.is_from_wechat(|name| notice.header(name).to_owned(), &notice.body));
    let body: Value = serde_json::from_str(&notice.body).unwrap();
    assert_eq!(body["event_type"], "TRANSACTION.SUCCESS");
    let sealed = merchant.open(&body["resource"]);
    let found = query(&merchant, "3").await.json();
    assert_eq!(sealed, found, "notice and query tell the same");
    assert_eq!(found["trade_state"], "SUCCESS");
    assert_eq!(found["attach"], "a=1");
    assert_eq!(
        (&found["amount"]["total"], &found["amount"]["payer_total"]),
        (&json!(1990), &json!(1890))
    );
    assert_eq!(found["transaction_id"].as_str().unwrap().len(), 28);

    assert_eq!(
        merchant.ctl("pay", purchase).await.0,
        409,
        "nobody pays twice"
    );
    assert_eq!(
        close(&merchant, "4").await.error(),
        (400, "ORDER_PAID".into())
    );
    assert_eq!(
        create(&merchant, "5", &order(&shop.notify_url))
            .await
            .error(),
        (400, "ORDER_PAID".into())
    );
}

#[actix_web::test]
async fn a_number_is_for_one_order_only_and_a_closed_one_stays_closed() {
    let merchant = Merchant::new();
    let good = order("http://127.0.0.1:9/notify");
    let first = create(&merchant, "1", &good).await;
    let again = create(&merchant, "2", &good).await;
    assert_eq!(again.status, 200, "the same parameters give a fresh code");
    assert_ne!(first.json(), again.json());
    let mut other = good.clone();
    other["amount"]["total"] = json!(1);
    assert_eq!(
        create(&merchant, "3", &other).await.error(),
        (403, "OUT_TRADE_NO_USED".into())
    );

    let closed = close(&merchant, "4").await;
    assert_eq!((closed.status, closed.body.as_str()), (204, ""));
    assert!(is_signed(&merchant, &closed), "204 is signed, too");
    assert_eq!(query(&merchant, "5").await.json()["trade_state"], "CLOSED");
    assert_eq!(
        create(&merchant, "6", &good).await.error(),
        (400, "ORDER_CLOSED".into())
    );
    let (status, _) = merchant.ctl("pay", json!({ "out_trade_no": NUMBER })).await;
    assert_eq!(status, 409);
}

#[actix_web::test]
async fn calls_that_are_not_from_the_merchant_are_refused() {
    let merchant = Merchant::new();
    let refused = (401, "SIGN_ERROR".to_owned());
    let path = "/v3/pay/transactions/out-trade-no/G000000?mchid=1900000109";
    let call = WechatCall {
        method: "GET",
        path,
        body: "",
        clock_off_s: 0,
    };
    let unknown = (404, "ORDER_NOT_EXIST".to_owned());
    assert_eq!(merchant.wechat("1", call).await.error(), unknown);
    assert_eq!(
        merchant.wechat("1", call).await.error(),
        refused,
        "a nonce counts once"
    );
    for clock_off_s in [-310, 310] {
        let late = WechatCall {
            clock_off_s,
            ..call
        };
        assert_eq!(
            merchant.wechat("2", late).await.error(),
            refused,
            "{clock_off_s}"
        );
    }
    let escaped = WechatCall {
        path: "/v3/pay/transactions/out-trade-no/A%7CB%2A1?mchid=1900000109",
        ..call
    };
    assert_eq!(
        merchant.wechat("3", escaped).await.error(),
        unknown,
        "signed as it is encoded"
    );
    let unsigned = merchant
        .http
        .get(format!("{}{path}", merchant.sandbox.addresses().wechat));
    assert_eq!(unsigned.send().await.unwrap().status(), 401);
    let no_mchid = WechatCall {
        path: "/v3/pay/transactions/out-trade-no/G000000",
        ..call
    };
    assert_eq!(
        merchant.wechat("4", no_mchid).await.error(),
        (400, "PARAM_ERROR".into())
    );
}

#[actix_web::test]
async fn time_ends_codes_and_orders() {
    let merchant = Merchant::new();
    let mut short = order("http://127.0.0.1:9/notify");
    short["time_expire"] = json!("2020-01-01T00:00:00+08:00");
    assert_eq!(
        create(&merchant, "1", &short).await.error(),
        (400, "PARAM_ERROR".into())
    );

    let good = order("http://127.0.0.1:9/notify");
    create(&merchant, "2", &good).await;
    merchant.ctl("clock", json!({ "advance_s": 7200 })).await;
    let expired = merchant
        .ctl("scan", json!({ "out_trade_no": NUMBER }))
        .await;
    assert_eq!(expired.0, 409, "a code lives for two hours");
    assert_eq!(
        query(&merchant, "3").await.json()["trade_state"],
        "NOTPAY",
        "the order lives on"
    );
    assert_eq!(create(&merchant, "4", &good).await.status, 200);
    assert_eq!(
        merchant
            .ctl("scan", json!({ "out_trade_no": NUMBER }))
            .await
            .0,
        200
    );
    merchant
        .ctl("clock", json!({ "advance_s": 7 * 86_400 }))
        .await;
    assert_eq!(query(&merchant, "5").await.json()["trade_state"], "CLOSED");
}

#[actix_web::test]
async fn a_notice_comes_again_until_it_is_taken() {
    let (merchant, shop) = (Merchant::new(), Shop::open(500, ""));
    create(&merchant, "1", &order(&shop.notify_url)).await;
    merchant.ctl("pay", json!({ "out_trade_no": NUMBER })).await;
    assert_eq!(shop.notices().len(), 1);
    merchant.ctl("clock", json!({ "advance_s": 10 })).await;
    assert_eq!(shop.notices().len(), 0, "the next is due after 15 s");
    shop.answers(201, "");
    merchant.ctl("clock", json!({ "advance_s": 50 })).await;
    assert_eq!(
        shop.notices().len(),
        3,
        "after 15, 30 and 60 s; 201 is no answer"
    );
    shop.answers(200, "");
    merchant.ctl("clock", json!({ "advance_s": 86_400 })).await;
    assert_eq!(shop.notices().len(), 1, "taken once, it is done");
}

#[actix_web::test]
async fn faults_strike_once_each() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    let good = order(&shop.notify_url);
    merchant.fault("http_500").await;
    assert_eq!(
        create(&merchant, "1", &good).await.error(),
        (500, "SYSTEM_ERROR".into())
    );
    assert_eq!(query(&merchant, "2").await.status, 404, "it had no effect");

    merchant.fault("timeout_after_effect:1").await;
    assert_eq!(create(&merchant, "3", &good).await.status, 504);
    merchant.fault("slow:1").await;
    assert_eq!(query(&merchant, "4").await.status, 200, "it had its effect");

    merchant.fault("bad_signature").await;
    let spoilt = query(&merchant, "5").await;
    assert!(!is_signed(&merchant, &spoilt));
    assert!(is_signed(&merchant, &query(&merchant, "6").await));

    for fault in ["notify_drop", "notify_twice", "notify_wrong_amount"] {
        merchant.fault(fault).await;
    }
    merchant.ctl("pay", json!({ "out_trade_no": NUMBER })).await;
    assert_eq!(shop.notices().len(), 0, "dropped");
    merchant.ctl("clock", json!({ "advance_s": 15 })).await;
    let notices = shop.notices();
    assert_eq!(notices.len(), 2, "twice");
    for notice in &notices {
        assert!(merchant.is_from_wechat(|name| notice.header(name).to_owned(), &notice.body));
        let body: Value = serde_json::from_str(&notice.body).unwrap();
        assert_eq!(merchant.open(&body["resource"])["amount"]["total"], 1991);
    }
    assert_eq!(
        merchant.ctl("fault", json!({ "do": "explode" })).await.0,
        422
    );
}

#[actix_web::test]
async fn the_notice_can_be_faster_than_the_answer() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    merchant.fault("notify_before_response").await;
    let made = create(&merchant, "1", &order(&shop.notify_url)).await;
    assert_eq!((made.status, shop.notices().len()), (200, 1));
    assert_eq!(query(&merchant, "2").await.json()["trade_state"], "SUCCESS");
}
