//! The ways in that run in a browser: H5, JSAPI with its openid, Alipay's pages; and other accounts and keys.

use serde_json::{Value, json};

use crate::merchant::{Merchant, is_signed, sign};
use crate::shop::Shop;

const NUMBER: &str = "G260609BROWSER001";

fn order(merchant: &Merchant, shop: &Shop) -> Value {
    json!({
        "appid": merchant.config.wechat.appid, "mchid": merchant.config.wechat.mchid,
        "description": "毕业照", "out_trade_no": NUMBER, "notify_url": shop.notify_url,
        "amount": { "total": 1990, "currency": "CNY" },
    })
}

/// Where a GET leads, or its page.
async fn visit(merchant: &Merchant, url: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let mut request = merchant.http.get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.send().await.unwrap();
    let location = answer
        .headers()
        .get("location")
        .map(|value| value.to_str().unwrap().to_owned());
    let status = answer.status().as_u16();
    match location {
        Some(location) => (status, location),
        None => (status, answer.text().await.unwrap()),
    }
}

#[actix_web::test]
async fn h5_opens_for_five_minutes_from_the_merchants_page_outside_wechat() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    let mut body = order(&merchant, &shop);
    body["scene_info"] = json!({ "payer_client_ip": "198.51.100.7", "h5_info": { "type": "Wap" } });
    let path = "/v3/pay/transactions/h5";
    let made = merchant.post(path, &body).await.json();
    let url = format!(
        "{}&redirect_url=http%3A%2F%2F127.0.0.1%3A9%2Fback",
        made["h5_url"].as_str().unwrap()
    );
    let from = ("Referer", "http://127.0.0.1:9/pay");
    assert!(visit(&merchant, &url, &[]).await.1.contains("Referer"));
    let inside = ("User-Agent", "MicroMessenger/8.0");
    assert!(
        visit(&merchant, &url, &[from, inside])
            .await
            .1
            .contains("微信外")
    );
    let (status, cashier) = visit(&merchant, &url, &[from]).await;
    assert_eq!(status, 303);
    assert!(visit(&merchant, &cashier, &[]).await.1.contains("¥19.90"));
    let (base, _) = cashier.split_once('?').unwrap();
    let form = [("back", "http://127.0.0.1:9/back")];
    let paid = merchant
        .http
        .post(format!("{base}/pay"))
        .form(&form)
        .send()
        .await
        .unwrap();
    let next = paid.headers()["location"].to_str().unwrap().to_owned();
    let page = merchant.page(&next).await;
    assert!(
        page.contains("支付成功") && page.contains("href=\"http://127.0.0.1:9/back\""),
        "{page}"
    );

    body["out_trade_no"] = json!("G260609BROWSER002");
    let made = merchant.post(path, &body).await.json();
    merchant.ctl("clock", json!({ "advance_s": 300 })).await;
    let (_, cashier) = visit(&merchant, made["h5_url"].as_str().unwrap(), &[from]).await;
    assert!(visit(&merchant, &cashier, &[]).await.1.contains("已过期"));
}

#[actix_web::test]
async fn jsapi_pays_with_an_openid_from_the_code() {
    let (merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    let oauth = &merchant.sandbox.addresses().oauth;
    let (appid, secret) = (
        &merchant.config.oauth.appid,
        &merchant.config.oauth.app_secret,
    );
    let authorize = format!(
        "{oauth}/connect/oauth2/authorize?appid={appid}&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fin%3Fa%3D1&response_type=code&scope=snsapi_base&state=s%26t"
    );
    let (status, back) = visit(&merchant, &authorize, &[]).await;
    assert_eq!(status, 303);
    let code = back
        .strip_prefix("http://127.0.0.1:9/in?a=1&code=")
        .unwrap();
    let code = code.strip_suffix("&state=s%26t").unwrap();
    let redeem = async |secret: &str, code: &str| {
        let url = format!(
            "{oauth}/sns/oauth2/access_token?appid={appid}&secret={secret}&code={code}&grant_type=authorization_code"
        );
        let (status, body) = visit(&merchant, &url, &[]).await;
        assert_eq!(status, 200, "errors come with 200, too");
        serde_json::from_str::<Value>(&body).unwrap()
    };
    assert_eq!(redeem("wrong", code).await["errcode"], 40125);
    let openid = redeem(secret, code).await["openid"].clone();
    assert_eq!(openid.as_str().unwrap().len(), 28);
    assert_eq!(redeem(secret, code).await["errcode"], 40163);
    assert_eq!(redeem(secret, "none").await["errcode"], 40029);

    let mut body = order(&merchant, &shop);
    body["payer"] = json!({ "openid": openid });
    let made = merchant
        .post("/v3/pay/transactions/jsapi", &body)
        .await
        .json();
    let package = format!("prepay_id={}", made["prepay_id"].as_str().unwrap());
    let message = format!("{appid}\n1781000000\nn1\n{package}\n");
    let pay_sign = sign(&merchant.config.wechat.merchant_private_key, &message);
    let bridge = |sign: &str| {
        let fields = [
            ("appId", appid.as_str()),
            ("timeStamp", "1781000000"),
            ("nonceStr", "n1"),
            ("package", &package),
            ("signType", "RSA"),
            ("paySign", sign),
            ("back", "bridge:"),
        ];
        let base = format!("{}/jsapi", merchant.sandbox.addresses().pages);
        reqwest::Url::parse_with_params(&base, fields)
            .unwrap()
            .to_string()
    };
    assert!(
        visit(&merchant, &bridge("AAAA"), &[])
            .await
            .1
            .contains("签名失败")
    );
    let (status, cashier) = visit(&merchant, &bridge(&pay_sign), &[]).await;
    assert_eq!(status, 303);
    assert!(visit(&merchant, &cashier, &[]).await.1.contains("¥19.90"));
    let (base, _) = cashier.split_once('?').unwrap();
    let form = [("back", "bridge:")];
    merchant
        .http
        .post(format!("{base}/pay"))
        .form(&form)
        .send()
        .await
        .unwrap();
    let done = visit(&merchant, &cashier, &[]).await.1;
    assert!(done.contains("data-outcome=\"ok\""), "{done}");
    assert!(merchant.page("/bridge.js").await.contains("WeixinJSBridge"));
    let notice: Value = serde_json::from_str(&shop.notices()[0].body).unwrap();
    let sealed = merchant.open(&notice["resource"]);
    assert_eq!(
        (&sealed["trade_type"], &sealed["payer"]["openid"]),
        (&json!("JSAPI"), &openid)
    );
}

/// The address that the buyer's browser opens for a page or wap payment.
fn alipay_url(merchant: &Merchant, method: &str, content: &Value) -> String {
    let content = content.to_string();
    let mut fields = vec![
        ("app_id", merchant.config.alipay.app_id.as_str()),
        ("biz_content", &content),
        ("charset", "utf-8"),
        ("format", "JSON"),
        ("method", method),
        ("return_url", "http://127.0.0.1:9/paid"),
        ("sign_type", "RSA2"),
        ("timestamp", "2026-06-09 18:13:20"),
        ("version", "1.0"),
    ];
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let signature = sign(&merchant.config.alipay.app_private_key, &pairs.join("&"));
    fields.push(("sign", &signature));
    let url = reqwest::Url::parse_with_params(&merchant.sandbox.addresses().alipay, fields);
    url.unwrap().to_string()
}

#[actix_web::test]
async fn alipay_pages_lead_to_the_cashier_and_back_with_signed_parameters() {
    let merchant = Merchant::new();
    let content = json!({
        "out_trade_no": NUMBER, "total_amount": "19.90", "subject": "毕业照",
        "product_code": "QUICK_WAP_WAY", "quit_url": "http://127.0.0.1:9/quit",
    });
    let url = alipay_url(&merchant, "alipay.trade.wap.pay", &content);
    let (status, cashier) = visit(&merchant, &url, &[]).await;
    assert_eq!(status, 303, "{cashier}");
    let query = json!({ "out_trade_no": NUMBER });
    let raw = merchant
        .alipay("alipay.trade.query", query.clone(), |_| ())
        .await;
    assert!(
        raw.contains("ACQ.TRADE_NOT_EXIST"),
        "no trade before the cashier opens"
    );
    assert!(visit(&merchant, &cashier, &[]).await.1.contains("¥19.90"));
    let (base, _) = cashier.split_once('?').unwrap();
    let form = [("back", "http://127.0.0.1:9/quit")];
    let cancelled = merchant
        .http
        .post(format!("{base}/cancel"))
        .form(&form)
        .send()
        .await
        .unwrap();
    assert!(
        cancelled
            .text()
            .await
            .unwrap()
            .contains("href=\"http://127.0.0.1:9/quit\"")
    );
    merchant
        .http
        .post(format!("{base}/pay"))
        .form(&form)
        .send()
        .await
        .unwrap();
    let page = visit(&merchant, base, &[]).await.1;
    let link = page
        .split("href=\"")
        .find(|part| part.starts_with("http://127.0.0.1:9/paid?"))
        .unwrap();
    let link = link.split('"').next().unwrap().replace("&amp;", "&");
    let fields: Vec<(String, String)> = reqwest::Url::parse(&link)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect();
    let signed: Vec<String> = fields
        .iter()
        .filter(|(name, _)| !["sign", "sign_type"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let signature = &fields.iter().find(|(name, _)| name == "sign").unwrap().1;
    let key = &merchant.config.alipay.alipay_public_key;
    assert!(is_signed(key, &signed.join("&"), signature), "{link}");

    let wrong = alipay_url(&merchant, "alipay.trade.page.pay", &content);
    assert!(
        visit(&merchant, &wrong, &[])
            .await
            .1
            .contains("isv.invalid-parameter")
    );
}

#[actix_web::test]
async fn a_school_has_accounts_of_its_own() {
    let (mut merchant, shop) = (Merchant::new(), Shop::open(200, ""));
    let native = "/v3/pay/transactions/native";
    let first = merchant.post(native, &order(&merchant, &shop)).await;
    assert_eq!(first.status, 200);
    let main = merchant.config.wechat.clone();
    merchant.config.wechat = merchant.config.others[0].wechat.clone();
    let made = merchant.post(native, &order(&merchant, &shop)).await;
    assert_eq!(
        made.status, 200,
        "the number is free at another merchant: {}",
        made.body
    );
    assert!(merchant.is_from_wechat(|name| made.header(name), &made.body));
    let path = format!(
        "/v3/pay/transactions/out-trade-no/{NUMBER}?mchid={}",
        main.mchid
    );
    assert_eq!(
        merchant.get(&path).await.error(),
        (400, "PARAM_ERROR".into())
    );
}

#[actix_web::test]
async fn certificates_are_sealed_and_sign_where_asked_for() {
    let mut merchant = Merchant::new();
    let listed = merchant.get("/v3/certificates").await.json();
    let certificates = merchant.config.certificates.clone().unwrap();
    let sealed = &listed["data"][0];
    assert_eq!(sealed["serial_no"], json!(certificates.wechat_serial));
    let pem = merchant.open_text(&sealed["encrypt_certificate"]);
    assert_eq!(Some(pem), certificates.wechat_certificate);

    let rotated = merchant
        .config
        .wechat
        .key_ring
        .keys()
        .nth(1)
        .unwrap()
        .clone();
    let (code, _) = merchant
        .ctl("settings", json!({ "wechat_key": rotated }))
        .await;
    assert_eq!(code, 200);
    let answer = merchant.get("/v3/certificates").await;
    assert_eq!(answer.header("wechatpay-serial"), rotated);
    assert!(merchant.is_from_wechat(|name| answer.header(name), &answer.body));
    let (code, _) = merchant
        .ctl("settings", json!({ "wechat_key": "none" }))
        .await;
    assert_eq!(code, 422);

    merchant.config.alipay = merchant.config.others[0].alipay.clone();
    let number = json!({ "out_trade_no": NUMBER });
    let raw = merchant.alipay("alipay.trade.query", number, |_| ()).await;
    assert!(raw.contains("ACQ.TRADE_NOT_EXIST"), "{raw}");
}
