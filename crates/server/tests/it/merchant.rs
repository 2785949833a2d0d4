//! Several merchant accounts: a school that takes its students' money itself.

use domain::order::OrderState;
use domain::payment::{Provider, ProviderOperation};
use reqwest::Method;
use serde_json::{Value, json};
use service::refund::RefundRequest;

use crate::app::{TestApp, operator};
use crate::buyer::Buyer;
use crate::journey::ZHANG;
use crate::signed::{self, KEYS, Signed};

const PHONE: &str = "13800138000";
const OWN: &str = "school-10001";
const PROVIDERS: [&str; 2] = ["wechat_pay", "alipay"];

/// A product in which a school has accounts of its own.
async fn with_own_accounts(school_code: &str) -> (TestApp, Buyer) {
    let app = TestApp::with_outside(|config, sandbox| {
        let (other, addresses) = (&sandbox.merchant_config().others[0], sandbox.addresses());
        let account = |keys: Value, endpoint: &str| {
            let mut account = keys;
            (account["account"], account["endpoint"]) = (OWN.into(), endpoint.into());
            account
        };
        config["school_merchants"] = json!([{
            "school_code": school_code,
            "wechat_pay": account(json!(other.wechat), &addresses.wechat),
            "alipay": account(json!(other.alipay), &addresses.alipay),
        }]);
    })
    .await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    (app, buyer)
}

/// The account at the provider that took the money of an attempt.
pub(crate) async fn taker(app: &TestApp, number: &str) -> String {
    let outside = app.outside().await;
    let mut orders = outside["orders"].as_array().unwrap().iter();
    let order = orders.find(|order| order["out_trade_no"] == number);
    order.unwrap()["merchant"].as_str().unwrap().to_owned()
}

fn keys_of(merchant: &str, provider: &str) -> Value {
    let keys: Value = serde_json::from_str(KEYS).unwrap();
    match merchant {
        OWN => keys["others"][0][provider].clone(),
        _ => keys[provider].clone(),
    }
}

/// A notice that tells a merchant how a refund of theirs stands.
pub(crate) fn refund_notice(merchant: &Value, refund: &Value, now: i64) -> Signed {
    let mut refund = refund.clone();
    refund["mchid"] = merchant["mchid"].clone();
    let kind = format!("REFUND.{}", refund["refund_status"].as_str().unwrap());
    signed::seal(merchant, (&format!("EV-{kind}"), &kind), &refund, now)
}

/// Sends a notice of `WeChat` Pay to an account's address; gives the status of the answer.
pub(crate) async fn send(app: &TestApp, account: &str, kind: &str, notice: Signed) -> u16 {
    let (provider, path) = (app.browser(), format!("/notify/wechat/{account}/{kind}"));
    let request = provider.request(Method::POST, &path).body(notice.body);
    let headers = notice.headers.into_iter();
    let request = headers.fold(request, |request, (name, value)| {
        request.header(name, value)
    });
    provider.send(request).await.status
}

#[actix_web::test]
async fn a_school_with_accounts_of_its_own_gets_its_money_there_and_returns_it_from_there() {
    for (provider, words) in PROVIDERS.into_iter().zip(["wechat", "alipay"]) {
        let (app, buyer) = with_own_accounts("10001").await;
        let number = buyer.begun(&app, provider).await;
        assert_eq!(buyer.attempts(&app).await[0].merchant_account, OWN);
        app.pay(&number).await;
        assert_eq!(buyer.order().await["status"], "paid", "{provider}");
        let keys = keys_of(OWN, words);
        let name = if words == "wechat" {
            &keys["mchid"]
        } else {
            &keys["app_id"]
        };
        assert_eq!(*name, taker(&app, &number).await);
        let ask = RefundRequest {
            order_no: &buyer.order_no,
            out_trade_no: None,
            amount: None,
            reason: "withdrawn",
            note: "学生申请",
            key: None,
        };
        let li = operator("li");
        service::refund::request(&app.context, &li, ask)
            .await
            .unwrap();
        app.work().await;
        app.advance(100).await;
        app.work().await;
        assert_eq!(buyer.order().await["status"], "refunded", "{provider}");
        let name = format!("{provider}:{OWN}");
        let mut lines = buyer.ledger(&app).await.into_iter();
        assert!(
            lines.any(|line| line.account.to_string() == name),
            "booked on its account"
        );
    }
}

#[actix_web::test]
async fn schools_without_accounts_of_their_own_share_the_common_ones() {
    let (app, buyer) = with_own_accounts("99999").await;
    for provider in PROVIDERS {
        let number = buyer.begun(&app, provider).await;
        let attempts = buyer.attempts(&app).await;
        assert_eq!(attempts.last().unwrap().merchant_account, "main");
        assert_eq!(attempts.last().unwrap().out_trade_no, number);
    }
}

#[actix_web::test]
async fn a_notice_counts_at_the_address_of_its_own_account_only() {
    let (app, buyer) = with_own_accounts("10001").await;
    let number = buyer.begun(&app, "wechat_pay").await;
    let now = app.context.now().timestamp();
    for (signer, address, expected) in [
        // The right signature for the account, at another one's address, and the other way round.
        (OWN, "main", 401),
        ("main", OWN, 401),
        (OWN, "nobody", 401),
        // What is signed well, but belongs to an account that does not have the number.
        ("main", "main", 204),
    ] {
        let merchant = keys_of(signer, "wechat");
        let paid = signed::paid(&merchant, &number, "4200000000202606090000000001");
        let notice = signed::notice(&merchant, &format!("EV-{signer}-{address}"), &paid, now);
        assert_eq!(
            send(&app, address, "pay", notice).await,
            expected,
            "{signer} at {address}"
        );
        assert_eq!(
            buyer.order().await["status"],
            "paying",
            "{signer} at {address}"
        );
    }
    let cases = service::money_case::list(&app.context).await.unwrap();
    let kinds: Vec<_> = cases.iter().map(|case| case.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["unknown_payment"],
        "a person is told of the last one"
    );
    let merchant = keys_of(OWN, "wechat");
    let paid = signed::paid(&merchant, &number, "4200000000202606090000000002");
    let notice = signed::notice(&merchant, "EV-good", &paid, now);
    assert_eq!(send(&app, OWN, "pay", notice).await, 204);
    assert_eq!(buyer.order().await["status"], "paid");
}

#[actix_web::test]
async fn every_account_is_compared_with_its_own_bill() {
    let (app, buyer) = with_own_accounts("10001").await;
    let (_, midnight) = domain::day_bounds(domain::day_in_china(app.context.now()));
    let noon = midnight + chrono::TimeDelta::hours(12);
    app.advance((noon - app.context.now()).num_seconds()).await;
    buyer.renew().await;
    buyer.pay(&app, "wechat_pay").await;
    let day = domain::day_in_china(app.context.now());
    app.advance(23 * 3600).await;
    let reports = service::reconciliation::run(&app.context, day)
        .await
        .unwrap();
    let paid = reports
        .iter()
        .filter(|one| one.provider == Provider::WechatPay);
    let paid: Vec<_> = paid.map(|one| (one.account.as_str(), one.paid.0)).collect();
    assert_eq!(paid, [("main", 0), (OWN, 1)]);
    assert!(
        reports.iter().all(|report| report.differences.is_empty()),
        "{reports:?}"
    );
}

#[actix_web::test]
async fn a_notice_signed_with_a_platform_certificate_is_believed_once_it_is_fetched() {
    let app = TestApp::with_outside(|config, sandbox| {
        // An account that began with certificates knows some, but not the one in use.
        let ring = &mut config["wechat_pay"]["key_ring"];
        let known = ring.as_object().unwrap().values().next().unwrap().clone();
        ring["0000000000000000000000000000000000000001"] = known;
        assert!(sandbox.merchant_config().certificates.is_some());
    })
    .await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "wechat_pay").await;
    service::merchant::renew_certificates(&app.context).await;
    let certificates = app.sandbox.merchant_config().certificates.as_ref().unwrap();
    let settings = json!({ "wechat_key": certificates.wechat_serial });
    app.control("settings", settings).await;
    app.pay(&number).await;
    assert_eq!(
        buyer.row(&app).await.state,
        OrderState::Paid,
        "told by a notice"
    );
    let asked = buyer.calls(&app, &buyer.attempts(&app).await[0]).await;
    assert!(
        asked
            .iter()
            .all(|call| call.operation == ProviderOperation::Create),
        "{asked:?}"
    );
}

#[actix_web::test]
async fn an_account_that_its_provider_refuses_is_out_of_use_for_ten_minutes() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let fault = json!({ "do": "error:NO_AUTH", "times": 100, "match": { "operation": "native" } });
    app.control("fault", fault).await;
    let unavailable = (503, "payment.channel_unavailable".to_owned());
    for key in ["key-a", "key-b", "key-c"] {
        let reply = buyer.begin("wechat_pay", key).await;
        assert_eq!(reply.problem(), unavailable);
    }
    assert_eq!(buyer.attempts(&app).await.len(), 1, "asked once");
    assert_eq!(buyer.begin("alipay", "key-d").await.status, 201);
    let cases = service::money_case::list(&app.context).await.unwrap();
    assert_eq!(
        (cases[0].kind.as_str(), &cases[0].facts["code"]),
        ("account_refused", &json!("NO_AUTH"))
    );
    app.forget_faults().await;
    app.advance(601).await;
    buyer.renew().await;
    assert_eq!(buyer.begin("wechat_pay", "key-e").await.status, 201);
}
