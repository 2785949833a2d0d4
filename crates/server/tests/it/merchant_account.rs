//! Schools' own merchant accounts, as operators give, replace and retire them.

use chrono::TimeDelta;
use domain::payment::Provider;
use domain::role::Role;
use reqwest::Method;
use serde_json::{Value, json};
use service::refund::RefundRequest;

use crate::app::{self, TestApp};
use crate::browser::{Browser, Reply};
use crate::buyer::Buyer;
use crate::call::school_named;
use crate::journey::{LI, ZHANG};
use crate::merchant::{send, taker};
use crate::signed::{self, KEYS};
use crate::staff::{log_in, operator};

const MINUTE_S: i64 = 60;

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// The keys with which the sandbox knows its merchants: the first one is the platform's, the other one a school's.
fn sandbox_keys() -> Value {
    serde_json::from_str(KEYS).unwrap()
}

/// What an operator types of an account at `WeChat` Pay.
fn wechat_input(merchant: &Value) -> Value {
    let (serial, key) = merchant["key_ring"]
        .as_object()
        .unwrap()
        .iter()
        .next()
        .unwrap();
    json!({
        "mchid": merchant["mchid"], "appid": merchant["appid"], "merchant_serial": merchant["merchant_serial"],
        "merchant_private_key": merchant["merchant_private_key"], "api_v3_key": merchant["api_v3_key"],
        "public_key_id": serial, "public_key": key, "fee_basis_points": 60,
    })
}

/// What an operator types of an application at Alipay.
fn alipay_input(merchant: &Value) -> Value {
    json!({
        "app_id": merchant["app_id"], "seller_id": merchant["seller_id"],
        "app_private_key": merchant["app_private_key"], "alipay_public_key": merchant["alipay_public_key"],
    })
}

async fn put(browser: &Browser, school: &str, provider: &str, input: &Value) -> Reply {
    let provider = provider.replace('_', "-");
    let path = format!("/api/v1/schools/{school}/{provider}-account");
    let request = browser.request(Method::PUT, &path).json(input);
    browser.send(request).await
}

/// A product whose only configured accounts are the platform's, and what an operator types of the school's.
async fn with_inputs() -> (TestApp, [Value; 2]) {
    let mut others = None;
    let app = TestApp::with_outside(|_, sandbox| {
        let other = &sandbox.merchant_config().others[0];
        others = Some([json!(other.wechat), json!(other.alipay)]);
    })
    .await;
    let [wechat, alipay] = others.unwrap();
    (app, [wechat_input(&wechat), alipay_input(&alipay)])
}

/// The account that the latest payment of an order was begun with.
async fn account_of(app: &TestApp, buyer: &Buyer) -> String {
    let attempts = buyer.attempts(app).await;
    attempts.last().unwrap().merchant_account.clone()
}

#[actix_web::test]
pub(crate) async fn a_school_takes_money_with_the_account_that_it_was_given_and_returns_it_from_there()
 {
    let (app, inputs) = with_inputs().await;
    let (_, midnight) = domain::day_bounds(domain::day_in_china(app.context.now()));
    let noon = midnight + TimeDelta::hours(12);
    app.advance((noon - app.context.now()).num_seconds()).await;
    let (operator, ..) = operator(&app).await;
    let school = school_named(&operator, ZHANG.school).await;
    let buyer = Buyer::with_order(&app, "13800138501", ZHANG).await;
    buyer.begun(&app, "wechat_pay").await;
    assert_eq!(account_of(&app, &buyer).await, "main");

    // From now on new payments go to the school's account; the one before remembers its own.
    let given = put(&operator, &school, "wechat_pay", &inputs[0]).await;
    assert_eq!(given.status, 200, "{given:?}");
    let name = given.text("account");
    let number = buyer.begun(&app, "wechat_pay").await;
    let accounts: Vec<_> = buyer.attempts(&app).await.into_iter().collect();
    let accounts: Vec<_> = accounts
        .iter()
        .map(|attempt| attempt.merchant_account.as_str())
        .collect();
    assert_eq!(accounts, ["main", &name]);

    // A notice counts for the account that signed it, at its own address, and for its own numbers.
    let (keys, now) = (sandbox_keys(), app.context.now().timestamp());
    let (ours, theirs) = (&keys["wechat"], &keys["others"][0]["wechat"]);
    for (index, (signer, address, expected)) in [
        (ours, name.as_str(), 401),
        (theirs, "main", 401),
        (ours, "main", 204),
    ]
    .into_iter()
    .enumerate()
    {
        let paid = signed::paid(
            signer,
            &number,
            &format!("420000000020260609000000001{index}"),
        );
        let notice = signed::notice(signer, &format!("EV-{index}"), &paid, now);
        let status = send(&app, address, "pay", notice).await;
        assert_eq!(status, expected, "notice {index}");
        assert_eq!(buyer.order().await["status"], "paying", "notice {index}");
    }
    app.pay(&number).await;
    assert_eq!(buyer.order().await["status"], "paid");
    assert_eq!(inputs[0]["mchid"], taker(&app, &number).await);

    // Retired, it takes no new payment; what it took goes back from it.
    let path = format!("/api/v1/schools/{school}/merchant-accounts/wechat_pay");
    assert_eq!(operator.delete(&path).await.status, 204);
    let gone = refused(404, "merchant_account.unknown");
    assert_eq!(operator.delete(&path).await.problem(), gone);
    let other = Buyer::with_order(&app, "13800138502", LI).await;
    other.begun(&app, "wechat_pay").await;
    assert_eq!(account_of(&app, &other).await, "main");
    let ask = RefundRequest {
        order_no: &buyer.order_no,
        out_trade_no: None,
        amount: None,
        reason: "withdrawn",
        note: "学生申请",
        key: None,
    };
    let asked = service::refund::request(&app.context, &app::operator("li"), ask).await;
    asked.unwrap();
    app.work().await;
    app.advance(100).await;
    app.work().await;
    buyer.renew().await;
    assert_eq!(buyer.order().await["status"], "refunded");

    // Its bill is compared with its own books.
    let day = domain::day_in_china(app.context.now());
    app.advance(23 * 60 * MINUTE_S).await;
    let reports = service::reconciliation::run(&app.context, day)
        .await
        .unwrap();
    let of_wechat = reports
        .iter()
        .filter(|one| one.provider == Provider::WechatPay);
    let counts: Vec<_> = of_wechat
        .map(|one| (one.account.as_str(), one.paid.0, one.differences.len()))
        .collect();
    assert_eq!(counts, [("main", 0, 0), (name.as_str(), 1, 0)]);
}

#[actix_web::test]
pub(crate) async fn keys_of_a_school_are_given_by_operators_and_never_shown() {
    let (app, inputs) = with_inputs().await;
    let (operator, device, _) = operator(&app).await;
    let school = school_named(&operator, ZHANG.school).await;
    let another = school_named(&operator, "示例大学").await;
    let officer = log_in(&app, "13800138503").await;
    let id = Some(school.parse().unwrap());
    app.make_staff(&officer, Role::Officer, id).await;
    let role = refused(403, "session.role_required");
    let denied = put(&officer, &school, "wechat_pay", &inputs[0]).await;
    assert_eq!(denied.problem(), role);

    // What cannot be used is named, and nothing is kept of it.
    for (provider, field, value) in [
        ("wechat_pay", "mchid", "19000x0002"),
        ("wechat_pay", "merchant_serial", "zz"),
        ("wechat_pay", "merchant_private_key", "none"),
        ("wechat_pay", "api_v3_key", "short"),
        ("wechat_pay", "public_key", "none"),
        ("alipay", "app_private_key", "none"),
        ("alipay", "alipay_public_key", "none"),
    ] {
        let mut wrong = inputs[usize::from(provider == "alipay")].clone();
        wrong[field] = value.into();
        let reply = put(&operator, &school, provider, &wrong).await;
        assert_eq!(reply.status, 422, "{field}: {reply:?}");
        let error = &reply.json()["errors"][0];
        assert_eq!(error["pointer"], format!("/{field}"), "{reply:?}");
        assert_eq!(error["code"], "merchant_account.keys_invalid");
    }
    let mut greedy = inputs[0].clone();
    greedy["fee_basis_points"] = 10_001.into();
    let reply = put(&operator, &school, "wechat_pay", &greedy).await;
    assert_eq!(reply.json()["errors"][0]["pointer"], "/fee_basis_points");
    let accounts = format!("/api/v1/schools/{school}/merchant-accounts");
    let listed = async || operator.get(&accounts).await.json()["items"].clone();
    assert_eq!(listed().await, json!([]));

    // A number is one school's, and not the platform's.
    let common = wechat_input(&{
        let mut common = sandbox_keys()["wechat"].clone();
        common["key_ring"] =
            json!({ inputs[0]["public_key_id"].as_str().unwrap(): inputs[0]["public_key"] });
        common
    });
    let taken = refused(409, "merchant_account.number_taken");
    let reply = put(&operator, &school, "wechat_pay", &common).await;
    assert_eq!(reply.problem(), taken);
    for (provider, input) in ["wechat_pay", "alipay"].into_iter().zip(&inputs) {
        let given = put(&operator, &school, provider, input).await;
        assert_eq!(given.status, 200, "{given:?}");
        let reply = put(&operator, &another, provider, input).await;
        assert_eq!(reply.problem(), taken, "{provider}");
    }
    let mut elsewhere = inputs[0].clone();
    elsewhere["appid"] = "wx0000000000000000".into();
    let reply = put(&operator, &school, "wechat_pay", &elsewhere).await;
    assert_eq!(reply.problem(), taken, "another application");

    // Replacing keys keeps the account; no answer and no row has them in the clear.
    let before = listed().await;
    let replaced = put(&operator, &school, "wechat_pay", &inputs[0]).await;
    assert_eq!(replaced.text("account"), before[0]["account"]);
    let shown = listed().await.to_string() + &replaced.json().to_string();
    let on = app.context.store.reader();
    let rows = store::school_merchant::of_all_schools(on).await.unwrap();
    let rows: Vec<_> = rows.iter().map(|row| row.keys.as_bytes()).collect();
    assert_eq!(rows.len(), 2);
    for secret in ["merchant_private_key", "api_v3_key"] {
        let secret = inputs[0][secret].as_str().unwrap();
        assert!(!shown.contains(secret), "shown");
        let mut parts = rows.iter().flat_map(|row| row.windows(secret.len()));
        assert!(!parts.any(|part| part == secret.as_bytes()), "not sealed");
    }
    let audit = operator.get("/api/v1/audit-events?limit=100").await.json();
    let actions = audit["items"].as_array().unwrap().iter();
    let actions: Vec<_> = actions
        .filter(|event| event["object"] == "merchant_account")
        .map(|event| event["action"].as_str().unwrap().to_owned())
        .collect();
    let expected = [
        "merchant_account.keys_replaced",
        "merchant_account.added",
        "merchant_account.added",
    ];
    assert_eq!(actions, expected);

    // Keys are only given by who has just confirmed the second factor.
    app.advance(10 * MINUTE_S).await;
    operator.act("/api/v1/auth/sessions/refresh").await;
    let stale = refused(403, "staff.fresh_code_required");
    let reply = put(&operator, &school, "wechat_pay", &inputs[0]).await;
    assert_eq!(reply.problem(), stale);
    let path = format!("{accounts}/wechat_pay");
    assert_eq!(operator.delete(&path).await.problem(), stale);
    let code = json!({ "code": device.code(&app) });
    let confirmed = operator.post("/api/v1/auth/second-factor", code).await;
    assert_eq!(confirmed.status, 204);
    let nowhere = "/api/v1/schools/sch_00000000000000000000000000/merchant-accounts";
    let unknown = refused(404, "school.unknown");
    assert_eq!(operator.get(nowhere).await.problem(), unknown);
    for (provider, input) in [("wechat_pay", &inputs[0]), ("alipay", &inputs[1])] {
        let nobody = put(&operator, "sch_00000000000000000000000000", provider, input).await;
        assert_eq!(nobody.problem(), unknown);
    }
    let reply = operator.delete(&format!("{nowhere}/alipay")).await;
    assert_eq!(reply.problem(), unknown);
}
