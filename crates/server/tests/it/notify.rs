//! Notices of the payment providers: verified, stored once, applied once, acknowledged.

use std::collections::BTreeMap;

use domain::audit::AuditExemption::SampleData;
use domain::order::OrderState;
use domain::payment::{AttemptState, Disposition, NoticeResult, Provider};
use domain::{NoticeId, Sealed};
use providers::rsa::SigningKey;
use reqwest::{Method, RequestBuilder, Url};
use serde_json::{Value, json};
use store::notice::StoredNotice;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::buyer::Buyer;
use crate::journey::{LI, ZHANG};
use crate::signed::{self, KEYS};

const PHONE: &str = "13800138000";

pub(crate) async fn inbox(app: &TestApp, provider: &str, number: &str) -> Vec<StoredNotice> {
    let account = account(app, provider);
    store::notice::about(app.context.store.reader(), &account, number)
        .await
        .unwrap()
}

pub(crate) fn account(app: &TestApp, provider: &str) -> String {
    let provider = domain::payment::Provider::parse(provider).unwrap();
    let mut all = app.context.merchants.configured().iter();
    let common = all.find(|one| one.provider() == provider && one.school_code.is_none());
    common.unwrap().account.clone()
}

/// A notice of Alipay, signed as Alipay signs.
pub(crate) fn alipay_notice(changes: &[(&str, &str)]) -> String {
    let keys: Value = serde_json::from_str(KEYS).unwrap();
    let text = |name: &str| keys["alipay"][name].as_str().unwrap().to_owned();
    let mut form = BTreeMap::from([
        ("app_id", text("app_id")),
        ("seller_id", text("seller_id")),
        ("notify_id", "2026060900222000001".to_owned()),
        ("trade_no", "2026060922001400000000000001".to_owned()),
        ("trade_status", "TRADE_SUCCESS".to_owned()),
        ("total_amount", "20.00".to_owned()),
        ("gmt_payment", "2026-06-09 18:15:20".to_owned()),
        ("buyer_id", "2088000000000999".to_owned()),
    ]);
    form.extend(
        changes
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    let content: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let key = SigningKey::parse(&text("alipay_private_key").into()).unwrap();
    form.insert("sign", key.sign(content.join("&").as_bytes()).unwrap());
    form.insert("sign_type", "RSA2".to_owned());
    Url::parse_with_params("http://form/", &form)
        .unwrap()
        .query()
        .unwrap()
        .to_owned()
}

/// A notice of `WeChat` Pay, to its common account.
pub(crate) fn wechat_notice(
    app: &TestApp,
    provider: &Browser,
    number: &str,
    kind: &str,
) -> RequestBuilder {
    let keys: Value = serde_json::from_str(KEYS).unwrap();
    let merchant = &keys["wechat"];
    let paid = signed::paid(merchant, number, "4200000000202606090000000001");
    let notice = signed::notice(merchant, "EV-1", &paid, app.context.now().timestamp());
    let path = format!("/notify/wechat/{}/{kind}", account(app, "wechat_pay"));
    let request = provider.request(Method::POST, &path).body(notice.body);
    let headers = notice.headers.into_iter();
    headers.fold(request, |request, (name, value)| {
        request.header(name, value)
    })
}

/// Sends a notice; gives status and answer.
pub(crate) async fn send(app: &TestApp, path: &str, body: String) -> (u16, String) {
    let provider = app.browser();
    let request = provider.request(Method::POST, &format!("/notify/{path}"));
    let request = request.header("Content-Type", "application/x-www-form-urlencoded");
    let answer = provider.send(request.body(body)).await;
    (answer.status, String::from_utf8(answer.bytes).unwrap())
}

pub(crate) async fn send_alipay(app: &TestApp, body: String) -> String {
    let (status, answer) = send(app, &format!("alipay/{}", account(app, "alipay")), body).await;
    assert_eq!(status, 200);
    answer
}

#[actix_web::test]
async fn a_notice_that_comes_twice_is_stored_and_applied_once() {
    for provider in ["wechat_pay", "alipay"] {
        let app = TestApp::with_sample().await;
        let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
        let number = buyer.begun(&app, provider).await;
        app.control("fault", json!({ "do": "notify_twice" })).await;
        app.pay(&number).await;
        let stored = inbox(&app, provider, &number).await;
        assert_eq!((stored.len(), stored[0].seen_count), (1, 2));
        assert_eq!(
            (
                stored[0].result.map(NoticeResult::as_str),
                stored[0].processed_at.is_some()
            ),
            (Some("applied"), true)
        );
        let plain = String::from_utf8_lossy(stored[0].raw.as_bytes()).into_owned();
        assert!(!plain.contains(&number), "what is stored is sealed");
        assert_eq!(
            buyer.happenings(&app).await,
            ["order.created", "order.paid"]
        );
    }
}

#[actix_web::test]
async fn eight_notices_at_once_are_one_payment() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "alipay").await;
    let ids: Vec<String> = (0..4).map(|n| format!("notice-{n}")).collect();
    let one = |id: &str| {
        send_alipay(
            &app,
            alipay_notice(&[("out_trade_no", &number), ("notify_id", id)]),
        )
    };
    let (a, b, c, d, e, f, g, h) = tokio::join!(
        one(&ids[0]),
        one(&ids[1]),
        one(&ids[2]),
        one(&ids[3]),
        one(&ids[0]),
        one(&ids[1]),
        one(&ids[2]),
        one(&ids[3]),
    );
    assert_eq!([a, b, c, d, e, f, g, h], ["success"; 8]);
    assert_eq!(
        buyer.happenings(&app).await,
        ["order.created", "order.paid"]
    );
    assert_eq!(buyer.booked(&app).await, [-2000, 2000]);
    let stored = inbox(&app, "alipay", &number).await;
    assert_eq!(
        stored.iter().map(|row| row.seen_count).collect::<Vec<_>>(),
        [2; 4]
    );
    assert_eq!(buyer.order().await["status"], "paid");
}

#[actix_web::test]
async fn a_wrong_amount_serves_nobody_and_calls_a_person() {
    for provider in ["wechat_pay", "alipay"] {
        let app = TestApp::with_sample().await;
        let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
        let number = buyer.begun(&app, provider).await;
        app.control("fault", json!({ "do": "notify_wrong_amount" }))
            .await;
        app.pay(&number).await;
        let order = buyer.order().await;
        assert_eq!(
            [
                &order["status"],
                &order["photo_state"],
                &order["needs_review"]
            ],
            [&json!("unpaid"), &json!("checked"), &json!(true)]
        );
        assert_eq!(buyer.status().await["needs_review"], true);
        let attempt = &buyer.attempts(&app).await[0];
        assert_eq!(
            (
                attempt.state.as_str(),
                attempt.disposition.map(Disposition::as_str)
            ),
            ("succeeded", Some("conflict"))
        );
        let stored = inbox(&app, provider, &number).await;
        assert_eq!(
            stored[0].result.map(NoticeResult::as_str),
            Some("conflict"),
            "stored and acknowledged"
        );
    }
}

#[actix_web::test]
async fn money_for_a_paid_order_is_kept_apart() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let alipay = buyer.begun(&app, "alipay").await;
    let wechat = buyer.begun(&app, "wechat_pay").await;
    app.control("scan", json!({ "out_trade_no": alipay })).await;
    app.pay(&wechat).await;
    app.pay(&alipay).await;
    let status = buyer.status().await;
    assert_eq!(
        (&status["status"], &status["has_surplus"]),
        (&json!("paid"), &json!(true))
    );
    assert_eq!(buyer.order().await["paid_with"], "wechat_pay");
    assert_eq!(
        buyer.happenings(&app).await,
        ["order.created", "order.paid", "payment.surplus"]
    );
    assert_eq!(buyer.booked(&app).await, [-2000, -2000, 2000, 2000]);
}

#[actix_web::test]
async fn a_notice_with_a_bad_signature_changes_and_stores_nothing() {
    for provider in ["wechat_pay", "alipay"] {
        let app = TestApp::with_sample().await;
        let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
        let number = buyer.begun(&app, provider).await;
        app.control(
            "fault",
            json!({ "do": "bad_signature", "match": { "operation": "notify" } }),
        )
        .await;
        app.pay(&number).await;
        assert_eq!(buyer.attempts(&app).await[0].state, AttemptState::Pending);
        assert!(inbox(&app, provider, &number).await.is_empty());
        // The provider sends it again, signed well.
        app.advance(5 * 60).await;
        assert_eq!(inbox(&app, provider, &number).await.len(), 1);
        assert_eq!(
            buyer.happenings(&app).await,
            ["order.created", "order.paid"]
        );
    }
}

#[actix_web::test]
pub(crate) async fn what_is_not_from_the_provider_is_refused_in_its_own_words() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "alipay").await;
    let good = alipay_notice(&[("out_trade_no", &number)]);
    let (app_id, seller) = (
        ("app_id", "2021000000000002"),
        ("seller_id", "2088000000000157"),
    );
    for bad in [
        String::new(),
        good.replace("20.00", "0.01"),
        format!("{good}&extra=1"),
        alipay_notice(&[("out_trade_no", &number), app_id]),
        alipay_notice(&[("out_trade_no", &number), seller]),
    ] {
        assert_eq!(send_alipay(&app, bad).await, "fail");
    }
    assert_eq!(
        send(&app, "alipay/other", good).await,
        (200, "fail".to_owned())
    );
    for path in [
        format!("wechat/{}/pay", account(&app, "wechat_pay")),
        format!("wechat/{}/refund", account(&app, "wechat_pay")),
        "wechat/other/pay".to_owned(),
    ] {
        let (status, answer) = send(&app, &path, "{}".to_owned()).await;
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!((status, &answer["code"]), (401, &json!("FAIL")));
        assert_eq!(answer["problem"], "notice.signature_invalid");
    }
    assert!(inbox(&app, "alipay", &number).await.is_empty());
    assert_eq!(buyer.status().await["status"], "paying");
}

#[actix_web::test]
pub(crate) async fn a_notice_is_acknowledged_when_it_is_stored_and_not_before() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let (provider, number) = (app.browser(), buyer.begun(&app, "wechat_pay").await);
    for kind in ["pay", "refund"] {
        let notice = wechat_notice(&app, &provider, &number, kind);
        assert_eq!(provider.send(notice).await.status, 204, "{kind}");
    }
    assert_eq!(buyer.order().await["status"], "paid");
    let database = app.context.store.writer().clone();
    database.close().await.unwrap();
    for kind in ["pay", "refund"] {
        let notice = wechat_notice(&app, &provider, &number, kind);
        let lost = provider.send(notice).await;
        let expected = (500, "server.error".to_owned());
        assert_eq!((lost.status, lost.text("problem")), expected, "{kind}");
    }
    let alipay = alipay_notice(&[("out_trade_no", number.as_str())]);
    assert_eq!(send_alipay(&app, alipay).await, "fail");
}

#[actix_web::test]
async fn evidence_that_fits_nothing_is_stored_and_acknowledged() {
    let app = TestApp::with_sample().await;
    let unknown = alipay_notice(&[("out_trade_no", "G26060900000000000000000")]);
    assert_eq!(send_alipay(&app, unknown).await, "success");
    let stored = inbox(&app, "alipay", "G26060900000000000000000").await;
    assert_eq!(
        stored[0].result.map(NoticeResult::as_str),
        Some("unknown_attempt")
    );

    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "alipay").await;
    let waiting = [
        ("out_trade_no", number.as_str()),
        ("trade_status", "WAIT_BUYER_PAY"),
        ("notify_id", "n1"),
    ];
    assert_eq!(send_alipay(&app, alipay_notice(&waiting)).await, "success");
    assert_eq!(buyer.order().await["status"], "paying");
    let paid = [("out_trade_no", number.as_str()), ("notify_id", "n2")];
    assert_eq!(send_alipay(&app, alipay_notice(&paid)).await, "success");
    // The same attempt, paid by another transaction: only a person can tell what that is.
    let second = [
        ("out_trade_no", number.as_str()),
        ("notify_id", "n3"),
        ("trade_no", "2026060922001400000000000002"),
    ];
    assert_eq!(send_alipay(&app, alipay_notice(&second)).await, "success");
    let finished = [
        ("out_trade_no", number.as_str()),
        ("notify_id", "n4"),
        ("trade_status", "TRADE_FINISHED"),
    ];
    assert_eq!(send_alipay(&app, alipay_notice(&finished)).await, "success");
    let results: Vec<_> = inbox(&app, "alipay", &number)
        .await
        .into_iter()
        .filter_map(|row| row.result.map(NoticeResult::as_str))
        .collect();
    assert_eq!(results, ["noted", "applied", "conflict", "known"]);
    let order = buyer.order().await;
    assert_eq!(
        (&order["status"], &order["needs_review"]),
        (&json!("paid"), &json!(true))
    );
    assert_eq!(
        buyer.happenings(&app).await,
        ["order.created", "order.paid"]
    );
}

#[actix_web::test]
async fn a_notice_that_was_stored_but_not_acted_on_is_taken_up_without_its_provider() {
    for provider in ["wechat_pay", "alipay"] {
        let app = TestApp::with_sample().await;
        let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
        let number = buyer.pay(&app, provider).await;
        let stored = inbox(&app, provider, &number).await.remove(0);
        // What a crash between storing and acting leaves behind: the row, and nothing of its effect.
        let other = Buyer::with_order(&app, "13800138009", LI).await;
        let waiting = other.begun(&app, provider).await;
        let effectless = StoredNotice {
            processed_at: None,
            result: None,
            next_try_at: Some(app.context.now()),
            ..stored
        };
        let tx = app.context.store.begin().await.unwrap();
        store::notice::save(&tx, &effectless).await.unwrap();
        store::commit(tx, SampleData).await.unwrap();
        let anything = json!({ "do": "http_500", "times": 1000 });
        app.control("fault", anything).await;
        app.work().await;
        let again = inbox(&app, provider, &number).await.remove(0);
        assert_eq!(
            again.result.map(NoticeResult::as_str),
            Some("known"),
            "{:?}",
            again.error
        );
        assert_eq!(buyer.order().await["status"], "paid");
        assert_eq!(other.attempts(&app).await[0].out_trade_no, waiting);
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn a_notice_that_cannot_be_read_again_holds_nothing_back() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "alipay").await;
    let row = StoredNotice {
        id: app.context.new_id(NoticeId::new),
        provider: Provider::Alipay,
        merchant_account: account(&app, "alipay"),
        dedupe_key: "notice".to_owned(),
        kind: "TRADE_SUCCESS".to_owned(),
        out_trade_no: Some(number.clone()),
        headers: json!({}),
        raw: Sealed::from(vec![]),
        content: None,
        received_at: app.context.now(),
        processed_at: None,
        result: None,
        error: None,
        seen_count: 1,
        next_try_at: Some(app.context.now()),
    };
    let tx = app.context.store.begin().await.unwrap();
    store::notice::receive(&tx, &row).await.unwrap();
    store::commit(tx, SampleData).await.unwrap();
    app.work().await;
    let kept = inbox(&app, "alipay", &number).await.remove(0);
    assert!(kept.error.is_some() && kept.processed_at.is_none());
    assert!(kept.next_try_at.unwrap() > app.context.now(), "not at once");
    app.pay(&number).await;
    assert_eq!(buyer.order().await["status"], "paid");
}

#[actix_web::test]
async fn a_transaction_that_turns_up_twice_is_put_before_a_person_and_acknowledged() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let other = Buyer::with_order(&app, "13800138009", LI).await;
    let number = buyer.begun(&app, "alipay").await;
    let second = other.begun(&app, "alipay").await;
    for (number, id) in [(&number, "n1"), (&second, "n2"), (&second, "n3")] {
        let notice = alipay_notice(&[("out_trade_no", number), ("notify_id", id)]);
        assert_eq!(send_alipay(&app, notice).await, "success");
    }
    assert_eq!(buyer.order().await["status"], "paid");
    let order = other.order().await;
    assert_eq!(
        (&order["status"], &order["needs_review"]),
        (&json!("unpaid"), &json!(true))
    );
    assert!(other.booked(&app).await.is_empty(), "no money came twice");
    other.assert_sound(&app).await;
}

#[actix_web::test]
pub(crate) async fn a_refund_told_in_the_old_form_is_a_hint_and_nothing_more() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    for kind in ["refund", "refund", "pay"] {
        let path = format!("wechat/{}/{kind}", account(&app, "wechat_pay"));
        let xml = "<xml><return_code>SUCCESS</return_code></xml>".to_owned();
        let (status, answer) = send(&app, &path, xml).await;
        assert_eq!(status, 200);
        assert!(answer.contains("SUCCESS"), "{answer}");
    }
    let cases = service::money_case::list(&app.context).await.unwrap();
    assert_eq!(cases.len(), 1);
    assert_eq!(
        (cases[0].kind.as_str(), cases[0].seen_count),
        ("console_refund", 1)
    );
    assert!(buyer.refunds(&app).await.is_empty());
}

#[actix_web::test]
pub(crate) async fn a_flood_is_put_off_at_every_address() {
    let app = TestApp::start_with(|config, _| config["notices_a_second"] = 1.into()).await;
    for path in [
        "wechat/main/pay",
        "wechat/main/refund",
        "alipay/main",
        "sms/aliyun/guessed",
    ] {
        let mut seen = Vec::new();
        for _ in 0..20 {
            seen.push(send(&app, path, String::new()).await.0);
        }
        assert!(seen.contains(&429), "{path}: {seen:?}");
    }
}

#[actix_web::test]
async fn a_flood_in_the_old_form_is_put_off_and_holds_no_other_notice_back() {
    let app = TestApp::with_sample().await;
    let path = format!("wechat/{}/refund", account(&app, "wechat_pay"));
    let mut seen = BTreeMap::new();
    for _ in 0..300 {
        let (status, _) = send(&app, &path, "<xml></xml>".to_owned()).await;
        *seen.entry(status).or_insert(0) += 1;
    }
    assert!(seen[&200] >= 50 && seen[&429] > 0, "{seen:?}");
    assert_eq!(seen.len(), 2, "{seen:?}");
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    buyer.pay(&app, "wechat_pay").await;
    assert_eq!(buyer.row(&app).await.state, OrderState::Paid);
}
