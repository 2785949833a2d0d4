//! Alipay: precreate, scan, pay, query, close and notices.

use std::collections::BTreeMap;

use actix_web::web::Query;
use serde_json::{Value, json};

use crate::merchant::{Merchant, is_signed};
use crate::shop::Shop;

const NUMBER: &str = "G260609ALIPAY0001";

fn order(notify_url: &str) -> Value {
    json!({
        "out_trade_no": NUMBER, "total_amount": "19.90", "subject": "毕业照 & 证书=100%",
        "product_code": "FACE_TO_FACE_PAYMENT", "timeout_express": "30m",
        "qr_code_timeout_express": "30m", "notify_url": notify_url,
    })
}

/// The inner object, after its signature was verified over the raw text.
async fn call(merchant: &Merchant, name: &str, content: Value) -> Value {
    let raw = merchant
        .alipay(&format!("alipay.trade.{name}"), content, |_| ())
        .await;
    let prefix = format!("{{\"alipay_trade_{name}_response\":");
    let (inner, sign) = raw
        .strip_prefix(&prefix)
        .unwrap()
        .rsplit_once(",\"sign\":\"")
        .unwrap();
    let key = &merchant.config.alipay.alipay_public_key;
    assert!(
        is_signed(key, inner, sign.strip_suffix("\"}").unwrap()),
        "{raw}"
    );
    serde_json::from_str(inner).unwrap()
}

/// `sub_code` of the inner object, or `code` of a success.
async fn outcome(merchant: &Merchant, name: &str, content: Value) -> String {
    let inner = call(merchant, name, content).await;
    inner
        .get("sub_code")
        .unwrap_or(&inner["code"])
        .as_str()
        .unwrap()
        .to_owned()
}

#[actix_web::test]
async fn a_trade_exists_from_its_scan_on() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "success"));
    let number = json!({ "out_trade_no": NUMBER });
    let made = call(&merchant, "precreate", order(&shop.notify_url)).await;
    assert!(
        made["qr_code"]
            .as_str()
            .unwrap()
            .starts_with("https://qr.alipay.com/bax")
    );
    assert_eq!(
        outcome(&merchant, "query", number.clone()).await,
        "ACQ.TRADE_NOT_EXIST"
    );
    assert_eq!(
        outcome(&merchant, "close", number.clone()).await,
        "ACQ.TRADE_NOT_EXIST"
    );

    assert_eq!(
        merchant.ctl("scan", number.clone()).await.0,
        200,
        "the code still takes money"
    );
    assert_eq!(
        call(&merchant, "query", number.clone()).await["trade_status"],
        "WAIT_BUYER_PAY"
    );
    assert_eq!(merchant.ctl("pay", number.clone()).await.0, 200);
    let paid = call(&merchant, "query", number.clone()).await;
    assert_eq!(
        (&paid["trade_status"], &paid["total_amount"]),
        (&json!("TRADE_SUCCESS"), &json!("19.90"))
    );
    assert_eq!(
        outcome(&merchant, "close", number).await,
        "ACQ.TRADE_HAS_SUCCESS"
    );
    assert_eq!(
        outcome(&merchant, "precreate", order(&shop.notify_url)).await,
        "ACQ.TRADE_HAS_SUCCESS"
    );

    let notices = shop.notices();
    assert_eq!(notices.len(), 1);
    let form = Query::<BTreeMap<String, String>>::from_query(&notices[0].body)
        .unwrap()
        .into_inner();
    let signed: Vec<String> = (form.iter())
        .filter(|(name, _)| !["sign", "sign_type"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert!(is_signed(
        &merchant.config.alipay.alipay_public_key,
        &signed.join("&"),
        &form["sign"]
    ));
    assert_eq!(
        (form["trade_no"].as_str(), form["subject"].as_str()),
        (paid["trade_no"].as_str().unwrap(), "毕业照 & 证书=100%")
    );
    assert_eq!(form["seller_id"], merchant.config.alipay.seller_id);
}

#[actix_web::test]
async fn slashes_come_escaped() {
    let merchant = Merchant::new();
    let raw = merchant
        .alipay(
            "alipay.trade.precreate",
            order("http://127.0.0.1:9/n"),
            |_| (),
        )
        .await;
    assert!(raw.contains(r"https:\/\/qr.alipay.com\/bax"), "{raw}");
}

#[actix_web::test]
async fn only_the_word_success_stops_the_notices() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, "ok"));
    call(&merchant, "precreate", order(&shop.notify_url)).await;
    merchant.ctl("pay", json!({ "out_trade_no": NUMBER })).await;
    merchant.ctl("clock", json!({ "advance_s": 240 })).await;
    let ids: Vec<String> = (shop.notices().iter())
        .map(|notice| {
            Query::<BTreeMap<String, String>>::from_query(&notice.body).unwrap()["notify_id"]
                .clone()
        })
        .collect();
    assert_eq!(ids.len(), 2, "at once and after 4 min");
    assert_eq!(ids[0], ids[1]);
    shop.answers(200, "success");
    merchant.ctl("clock", json!({ "advance_s": 100_000 })).await;
    assert_eq!(shop.notices().len(), 1);
}

#[actix_web::test]
async fn time_ends_codes_and_trades() {
    let merchant = Merchant::new();
    let number = json!({ "out_trade_no": NUMBER });
    call(&merchant, "precreate", order("http://127.0.0.1:9/n")).await;
    merchant.ctl("clock", json!({ "advance_s": 1790 })).await;
    assert_eq!(merchant.ctl("scan", number.clone()).await.0, 200);
    merchant.ctl("clock", json!({ "advance_s": 1800 })).await;
    assert_eq!(
        call(&merchant, "query", number.clone()).await["trade_status"],
        "TRADE_CLOSED"
    );
    assert_eq!(
        outcome(&merchant, "precreate", order("http://127.0.0.1:9/n")).await,
        "ACQ.TRADE_HAS_CLOSE"
    );
    assert_eq!(merchant.ctl("pay", number).await.0, 409);
}

#[actix_web::test]
async fn a_scanned_trade_is_closed_once() {
    let merchant = Merchant::new();
    let number = json!({ "out_trade_no": NUMBER });
    call(&merchant, "precreate", order("http://127.0.0.1:9/n")).await;
    let mut other = order("http://127.0.0.1:9/n");
    other["total_amount"] = json!("0.01");
    assert_eq!(
        outcome(&merchant, "precreate", other).await,
        "ACQ.CONTEXT_INCONSISTENT"
    );
    merchant.ctl("scan", number.clone()).await;
    assert_eq!(outcome(&merchant, "close", number.clone()).await, "10000");
    assert_eq!(
        outcome(&merchant, "close", number).await,
        "ACQ.TRADE_STATUS_ERROR"
    );
}

#[actix_web::test]
async fn the_gateway_refuses_unsigned_what_is_not_the_apps() {
    let merchant = Merchant::new();
    let number = json!({ "out_trade_no": NUMBER });
    let changes: [(&str, &str, &str); 6] = [
        ("version", "", "isv.missing-parameter"),
        ("app_id", "2021", "isv.invalid-app-id"),
        ("sign_type", "RSA", "isv.invalid-signature-type"),
        ("timestamp", "now", "isv.invalid-timestamp"),
        ("timestamp", "2026-06-09 18:13:21", "isv.invalid-signature"),
        ("sign", "AAAA", "isv.invalid-signature"),
    ];
    for (name, value, sub_code) in changes {
        let raw = merchant
            .alipay("alipay.trade.query", number.clone(), |all| {
                all.insert(name, value.to_owned());
            })
            .await;
        let answer: Value = serde_json::from_str(&raw).unwrap();
        assert_eq!(answer["error_response"]["sub_code"], sub_code, "{name}");
        assert!(answer.get("sign").is_none());
    }
    for (method, content, sub_code) in [
        ("alipay.trade.explode", number, "isv.invalid-method"),
        ("alipay.trade.query", json!({}), "isv.invalid-parameter"),
        (
            "alipay.trade.precreate",
            json!({ "out_trade_no": "1", "total_amount": "0.001", "subject": "x" }),
            "isv.invalid-parameter",
        ),
    ] {
        let raw = merchant.alipay(method, content, |_| ()).await;
        let answer: Value = serde_json::from_str(&raw).unwrap();
        assert_eq!(answer["error_response"]["sub_code"], sub_code, "{method}");
    }
}
