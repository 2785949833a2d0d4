//! Paying on each device by what works there, and what providers tell of text messages.

use reqwest::header::{LOCATION, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Url};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Reply;
use crate::buyer::Buyer;
use crate::journey::ZHANG;

const PHONE: &str = "13800138000";
const DESKTOP: &str = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140";
const ANDROID: &str = "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile";
const WECHAT: &str = "Mozilla/5.0 (Linux; Android 15) Mobile MicroMessenger/8.0";
const ALIPAY: &str = "Mozilla/5.0 (Linux; Android 15) Mobile AlipayClient/10.6";

/// The sample with an official account, for paying inside `WeChat`.
async fn with_official_account() -> (TestApp, Buyer) {
    let app = TestApp::with_outside(|config, sandbox| {
        let origin = &sandbox.addresses().oauth;
        config["wechat_pay"]["official_account"] = json!({
            "app_secret": sandbox.merchant_config().oauth.app_secret,
            "authorise_origin": origin, "api_origin": origin,
        });
    })
    .await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    (app, buyer)
}

async fn begin(buyer: &Buyer, device: &str, key: &str, ask: Value) -> Reply {
    let request = buyer
        .browser
        .request(Method::POST, &buyer.path("/payments"))
        .header(USER_AGENT, device)
        .header("Idempotency-Key", key);
    buyer.browser.send(request.json(&ask)).await
}

/// Pays the newest attempt at the sandbox's cashier; the order must be settled by it.
async fn pay(app: &TestApp, buyer: &Buyer) {
    let number = buyer.attempts(app).await.pop().unwrap().out_trade_no;
    app.pay(&number).await;
    assert_eq!(buyer.order().await["status"], "paid");
    buyer.assert_sound(app).await;
}

#[actix_web::test]
async fn a_browser_is_sent_to_the_provider_and_the_order_is_paid() {
    for (device, provider, product) in [
        (ANDROID, "wechat_pay", "h5"),
        (ANDROID, "alipay", "wap"),
        (DESKTOP, "alipay", "page"),
    ] {
        let (app, buyer) = with_official_account().await;
        let ask = json!({ "provider": provider, "product": product });
        let begun = begin(&buyer, device, "key", ask).await;
        assert_eq!(begun.status, 201, "{begun:?}");
        assert_eq!(begun.text("product"), product);
        assert_eq!(begun.text("credential"), "redirect");
        // The provider's own page is opened, as a browser would, before money can be taken.
        let page = Client::new().get(begun.text("redirect_url"));
        let page = page.header(USER_AGENT, device);
        let page = page.header("Referer", format!("{}/", app.origin));
        assert!(page.send().await.unwrap().status().is_success());
        pay(&app, &buyer).await;
    }
}

#[actix_web::test]
async fn a_link_that_the_provider_does_not_renew_gives_way_to_another_attempt() {
    let (app, buyer) = with_official_account().await;
    let ask = || json!({ "provider": "wechat_pay" });
    assert_eq!(begin(&buyer, ANDROID, "one", ask()).await.status, 201);
    // A link works for 5 minutes, its attempt for 30.
    app.advance(301).await;
    let refuses = json!({ "do": "error:PARAM_ERROR", "match": { "operation": "h5" } });
    app.control("fault", refuses).await;
    let renewed = begin(&buyer, ANDROID, "two", ask()).await;
    assert_eq!(renewed.status, 201, "{renewed:?}");
    let [first, second] = buyer.attempts(&app).await.try_into().unwrap();
    assert_eq!(
        (first.state.as_str(), second.state.as_str()),
        ("closed", "pending")
    );
    assert_eq!(begin(&buyer, ANDROID, "three", ask()).await.status, 201);
    assert_eq!(buyer.attempts(&app).await.len(), 2);
}

#[actix_web::test]
pub(crate) async fn inside_wechat_the_payer_is_learnt_first() {
    let (app, buyer) = with_official_account().await;
    let ask = json!({ "provider": "wechat_pay" });
    let unknown = begin(&buyer, WECHAT, "one", ask).await;
    let expected = (409, "payment.wechat_login_required".to_owned());
    assert_eq!(unknown.problem(), expected);

    let authorise = buyer
        .browser
        .get(&buyer.path("/wechat-authorisation"))
        .await;
    assert_eq!(authorise.status, 200, "{authorise:?}");
    let http = Client::builder().redirect(Policy::none()).build().unwrap();
    let back = http.get(authorise.text("url")).send().await.unwrap();
    let back = Url::parse(back.headers()[LOCATION].to_str().unwrap()).unwrap();
    let sent: std::collections::HashMap<_, _> = back.query_pairs().into_owned().collect();
    assert!(back.path().ends_with("/pay"), "{back}");

    let forged = json!({ "provider": "wechat_pay", "wechat": { "code": sent["code"], "state": "another's" } });
    assert_eq!(
        begin(&buyer, WECHAT, "two", forged).await.problem(),
        expected
    );
    let proven = json!({ "provider": "wechat_pay", "wechat": { "code": sent["code"], "state": sent["state"] } });
    let begun = begin(&buyer, WECHAT, "three", proven).await;
    assert_eq!(begun.status, 201, "{begun:?}");
    assert_eq!(begun.text("credential"), "jsapi");
    assert!(begun.json()["jsapi"]["paySign"].is_string(), "{begun:?}");
    pay(&app, &buyer).await;
}

#[actix_web::test]
pub(crate) async fn a_page_offers_what_can_be_paid_in_its_browser() {
    let (_app, buyer) = with_official_account().await;
    let (wechat, alipay, both) = (
        json!(["wechat_pay"]),
        json!(["alipay"]),
        json!(["wechat_pay", "alipay"]),
    );
    for (device, here, elsewhere) in [
        (DESKTOP, &both, &json!([])),
        (ANDROID, &both, &json!([])),
        (WECHAT, &wechat, &alipay),
        (ALIPAY, &alipay, &wechat),
    ] {
        let request = buyer
            .browser
            .request(Method::GET, &buyer.path("/payment-ways"))
            .header(USER_AGENT, device);
        let ways = buyer.browser.send(request).await;
        assert_eq!(ways.status, 200, "{ways:?}");
        let expected = json!({ "here": here, "elsewhere": elsewhere });
        assert_eq!(ways.json(), expected, "{device}");
    }
}

#[actix_web::test]
async fn a_provider_without_an_account_is_offered_nowhere() {
    let app = TestApp::with_sample_and(|config| {
        config.as_object_mut().unwrap().remove("alipay");
    })
    .await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let ways = buyer.browser.get(&buyer.path("/payment-ways")).await;
    let expected = json!({ "here": ["wechat_pay"], "elsewhere": [] });
    assert_eq!(ways.json(), expected);
}

#[actix_web::test]
pub(crate) async fn what_does_not_work_on_a_device_is_refused() {
    let (_app, buyer) = with_official_account().await;
    for (device, provider, product) in [
        (DESKTOP, "wechat_pay", Some("jsapi")),
        (DESKTOP, "wechat_pay", Some("h5")),
        (DESKTOP, "alipay", Some("native")),
        (WECHAT, "alipay", None),
    ] {
        let mut ask = json!({ "provider": provider });
        if let Some(product) = product {
            ask["product"] = product.into();
        }
        let refused = begin(&buyer, device, "key", ask).await;
        let expected = (409, "payment.product_unavailable".to_owned());
        assert_eq!(refused.problem(), expected, "{provider} {product:?}");
    }
}

#[actix_web::test]
pub(crate) async fn receipts_of_messages_are_taken_at_a_secret_address() {
    let app =
        TestApp::with_sample_and(|config| config["sms_receipt_path"] = "a-secret".into()).await;
    let provider = app.browser();
    let tell = async |path: &str, body: &str| {
        let request = provider.request(Method::POST, &format!("/notify/sms/{path}"));
        let reply = provider.send(request.body(body.to_owned())).await;
        (reply.status, reply.json()["code"].clone())
    };
    let receipt = r#"[{"phone_number":"13800138000","success":true,"biz_id":"1^0","err_code":"DELIVERED","report_time":"2026-06-09 18:15:20"}]"#;
    assert_eq!(tell("aliyun/a-secret", receipt).await, (200, json!(0)));
    for (path, body) in [
        ("aliyun/guessed", receipt),
        ("other/a-secret", receipt),
        ("aliyun/a-secret", "{}"),
    ] {
        assert_eq!(tell(path, body).await, (404, json!("FAIL")), "{path}");
    }
}
