//! Paying by WeChat Pay and Alipay: one payment, one settled order, whatever gets lost or comes twice.

use domain::event::EventKind;
use domain::payment::{AttemptState, Disposition, ProviderOperation};
use providers::keys::sha256;
use serde_json::{Value, json};
use store::idempotency::{IdempotentRequest, KeyName};

use crate::app::TestApp;
use crate::buyer::{self, Buyer};
use crate::journey::ZHANG;

const PHONE: &str = "13800138000";
const MINUTE_S: i64 = 60;

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

async fn student(app: &TestApp) -> Buyer {
    Buyer::with_order(app, PHONE, ZHANG).await
}

#[actix_web::test]
async fn an_order_is_paid_by_either_provider() {
    for (provider, product, scheme) in [
        ("wechat_pay", "native", "weixin://wxpay/bizpayurl?pr="),
        ("alipay", "precreate", "https://qr.alipay.com/"),
    ] {
        let app = TestApp::with_sample().await;
        let buyer = student(&app).await;
        let begun = buyer.begin(provider, "key").await;
        assert_eq!(begun.status, 201, "{begun:?}");
        assert_eq!(
            (begun.text("provider"), begun.text("product")),
            (provider.into(), product.into())
        );
        assert_eq!(begun.json()["amount_fen"], 2000);
        assert!(begun.text("qr_content").starts_with(scheme), "{begun:?}");
        assert_eq!(buyer.status().await["status"], "paying");

        // The cashier that the page links to, as a person would use it.
        let cashier = reqwest::get(begun.text("sandbox_cashier_url"))
            .await
            .unwrap();
        let pay = format!("{}/pay", cashier.url());
        reqwest::Client::new()
            .post(pay)
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();

        let order = buyer.order().await;
        assert_eq!(
            [
                &order["status"],
                &order["paid_with"],
                &order["photo_state"],
                &order["needs_review"]
            ],
            [
                &json!("paid"),
                &json!(provider),
                &json!("pending_review"),
                &json!(false)
            ]
        );
        assert!(order["paid_at"].is_string());
        assert_eq!(
            buyer.begin(provider, "next").await.problem(),
            refused(409, "order.already_paid")
        );
        assert_settled_once(&app, &buyer, provider).await;
    }
}

/// One payment, one event, and a ledger that sums to 0.
async fn assert_settled_once(app: &TestApp, buyer: &Buyer, provider: &str) {
    let events = buyer.events(app).await;
    let paid: Vec<_> = events
        .iter()
        .filter(|event| event.kind == EventKind::OrderPaid)
        .collect();
    assert_eq!(paid.len(), 1, "{events:?}");
    assert_eq!(
        [
            &paid[0].payload["settlement"],
            &paid[0].payload["channel"],
            &paid[0].payload["amount_fen"]
        ],
        [&json!("online"), &json!(provider), &json!(2000)]
    );
    assert_eq!(buyer.booked(app).await, [-2000, 2000]);
    let attempts = buyer.attempts(app).await;
    let applied: Vec<_> = attempts
        .iter()
        .filter(|attempt| attempt.disposition == Some(Disposition::Applied))
        .collect();
    assert_eq!(applied.len(), 1);
    assert_eq!(applied[0].state, AttemptState::Succeeded);
    assert!(applied[0].payer.is_some() && applied[0].next_poll_at.is_none());
}

#[actix_web::test]
async fn the_same_code_is_shown_while_it_works() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let first = buyer.begin("alipay", "one").await.json();
    assert_eq!(buyer.begin("alipay", "two").await.json(), first);
    app.advance(27 * MINUTE_S).await;
    buyer.renew().await;
    assert_eq!(buyer.begin("alipay", "three").await.json(), first);
    app.advance(2 * MINUTE_S).await;
    let later = buyer.begin("alipay", "four").await.json();
    assert_ne!(later["qr_content"], first["qr_content"]);
    assert_eq!(buyer.attempts(&app).await.len(), 2);
}

#[actix_web::test]
async fn choosing_the_other_provider_closes_the_first_code() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let wechat = buyer.begun(&app, "wechat_pay").await;
    let alipay = buyer.begun(&app, "alipay").await;
    assert!(!buyer::can_pay(&app, &wechat).await);
    buyer.begun(&app, "wechat_pay").await;
    let states: Vec<_> = buyer
        .attempts(&app)
        .await
        .into_iter()
        .map(|attempt| attempt.state.as_str())
        .collect();
    assert_eq!(
        states,
        ["closed", "pending", "pending"],
        "an unscanned Alipay code can still be paid"
    );
    app.pay(&alipay).await;
    assert_eq!(buyer.order().await["paid_with"], "alipay");
    // The other code is closed too, so that nobody pays twice.
    service::worker::run_due(&app.context).await.unwrap();
    assert_eq!(buyer.attempts(&app).await[2].state, AttemptState::Closed);
}

#[actix_web::test]
async fn a_payment_that_nobody_noticed_is_found_when_the_other_provider_is_chosen() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let number = buyer.begun(&app, "wechat_pay").await;
    app.control("fault", json!({ "do": "notify_drop" })).await;
    app.pay(&number).await;
    assert_eq!(
        buyer.begin("alipay", "key").await.problem(),
        refused(409, "order.already_paid")
    );
    assert_settled_once(&app, &buyer, "wechat_pay").await;
}

#[actix_web::test]
pub(crate) async fn a_key_gives_one_answer_to_one_request() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let first = buyer.begin("alipay", "key").await;
    assert_eq!(first.header("idempotent-replayed"), "");
    let again = buyer.begin("alipay", "key").await;
    assert_eq!(
        (again.status, again.header("idempotent-replayed")),
        (201, "true".into())
    );
    assert_eq!(again.json(), first.json());
    let other = buyer.begin("wechat_pay", "key").await;
    assert_eq!(
        other.problem(),
        refused(422, "request.idempotency_key_reused")
    );
    let keyless = buyer
        .browser
        .post(&buyer.path("/payments"), json!({ "provider": "alipay" }))
        .await;
    assert_eq!(
        keyless.problem(),
        refused(400, "request.idempotency_key_required")
    );
    let unknown = buyer.begin("cash", "another").await;
    assert_eq!(unknown.problem(), refused(422, "payment.channel_unknown"));
    assert_eq!(unknown.json()["errors"][0]["pointer"], "/provider");
    assert_eq!(buyer.attempts(&app).await.len(), 1);
}

#[actix_web::test]
async fn a_key_that_comes_twice_at_once_begins_one_payment() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let (one, two) = tokio::join!(
        buyer.begin("wechat_pay", "key"),
        buyer.begin("wechat_pay", "key")
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert!(
        statuses == [201, 201] || statuses == [201, 409],
        "{one:?} {two:?}"
    );
    for reply in [one, two].iter().filter(|reply| reply.status == 409) {
        assert_eq!(reply.problem().1, "request.in_progress");
        assert_eq!(reply.header("retry-after"), "2");
    }
    assert_eq!(buyer.attempts(&app).await.len(), 1);
    assert_eq!(
        buyer
            .begin("wechat_pay", "key")
            .await
            .header("idempotent-replayed"),
        "true"
    );
}

#[actix_web::test]
pub(crate) async fn a_key_whose_request_still_runs_is_told_to_wait() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    buyer.begin("alipay", "key").await;
    // As if the answer were still on its way.
    let me = buyer.browser.get("/api/v1/me").await.text("id");
    let tx = app.context.store.begin().await.unwrap();
    let name = KeyName {
        principal: &me,
        operation: "POST /api/v1/orders/{order_no}/payments",
        key_hash: &sha256(b"key"),
    };
    let row = store::idempotency::lock(&tx, name).await;
    let running = IdempotentRequest {
        outcome: None,
        ..row.unwrap().unwrap()
    };
    store::idempotency::save(&tx, &running).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
    let early = buyer.begin("alipay", "key").await;
    assert_eq!(early.problem(), refused(409, "request.in_progress"));
    assert_eq!(early.header("retry-after"), "2");
    app.advance(MINUTE_S + 1).await;
    assert_eq!(buyer.begin("alipay", "key").await.status, 201);
}

#[actix_web::test]
pub(crate) async fn a_provider_that_is_not_there_or_refuses_is_not_available() {
    let app = TestApp::with_sample_and(|config| {
        config.as_object_mut().unwrap().remove("alipay");
        config["wechat_pay"]["appid"] = "wx0000000000000000".into();
    })
    .await;
    let buyer = student(&app).await;
    for provider in ["alipay", "wechat_pay"] {
        let reply = buyer.begin(provider, provider).await;
        let expected = refused(503, "payment.channel_unavailable");
        assert_eq!(reply.problem(), expected, "{provider}");
    }
    let states: Vec<_> = buyer
        .attempts(&app)
        .await
        .into_iter()
        .map(|it| it.state.as_str())
        .collect();
    assert_eq!(states, ["rejected"]);
}

#[actix_web::test]
pub(crate) async fn whether_it_was_paid_is_not_guessed() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let fault = async |what: &str, operation: &str| {
        let fault = json!({ "do": what, "match": { "operation": operation } });
        app.control("fault", fault).await;
    };
    fault("bad_signature", "native").await;
    assert_eq!(buyer.begin("wechat_pay", "one").await.status, 503);
    let number = buyer.attempts(&app).await[0].out_trade_no.clone();
    fault("notify_drop", "notify").await;
    app.pay(&number).await;
    // It says that the number is paid, but not when and how much.
    fault("http_500", "query").await;
    let unknown = buyer.begin("wechat_pay", "two").await;
    assert_eq!(unknown.problem(), refused(409, "payment.outcome_unknown"));
    let paid = buyer.begin("wechat_pay", "three").await;
    assert_eq!(paid.problem(), refused(409, "order.already_paid"));
    assert_settled_once(&app, &buyer, "wechat_pay").await;
}

#[actix_web::test]
async fn two_tabs_at_once_begin_one_payment() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let (one, two) = tokio::join!(
        buyer.begin("wechat_pay", "one"),
        buyer.begin("wechat_pay", "two")
    );
    assert_eq!((one.status, two.status), (201, 201), "{one:?} {two:?}");
    assert_eq!(buyer.attempts(&app).await.len(), 1);
}

#[actix_web::test]
async fn a_provider_that_fails_is_asked_again_with_the_same_number() {
    for (provider, operation) in [("wechat_pay", "native"), ("alipay", "precreate")] {
        let app = TestApp::with_sample().await;
        let buyer = student(&app).await;
        app.control(
            "fault",
            json!({ "do": "bad_signature", "match": { "operation": operation } }),
        )
        .await;
        let failed = buyer.begin(provider, "key").await;
        assert_eq!(
            failed.problem(),
            refused(503, "payment.provider_unavailable")
        );
        assert_eq!(failed.header("retry-after"), "5");
        let failed = buyer.attempts(&app).await.remove(0);
        let number = failed.out_trade_no;
        assert!(failed.last_error.is_some(), "the failure is kept");
        assert_eq!(buyer.begun(&app, provider).await, number);
        let begun = buyer.attempts(&app).await.remove(0);
        assert_eq!(begun.last_error, None, "a success ends it");
        app.pay(&number).await;
        assert_settled_once(&app, &buyer, provider).await;
        let calls = buyer.calls(&app, &buyer.attempts(&app).await[0]).await;
        let creates: Vec<_> = calls
            .iter()
            .filter(|call| call.operation == ProviderOperation::Create)
            .map(|call| call.outcome.as_str())
            .collect();
        assert_eq!(creates, ["unknown", "definite"]);
    }
}

#[actix_web::test]
async fn money_for_a_code_that_was_never_answered_with_settles_the_order_or_goes_back() {
    for lost in ["timeout_after_effect", "cut_off", "garbled_body"] {
        let app = TestApp::with_sample().await;
        let buyer = student(&app).await;
        let fault = json!({ "do": lost, "match": { "operation": "precreate" } });
        app.control("fault", fault).await;
        assert_eq!(buyer.begin("alipay", "key").await.status, 503);
        let number = buyer.begun(&app, "wechat_pay").await;
        let [first, second] = buyer.attempts(&app).await.try_into().unwrap();
        assert_eq!(
            (first.state.as_str(), second.out_trade_no),
            ("pending", number.clone())
        );
        for paid in [&first.out_trade_no, &number] {
            app.pay(paid).await;
        }
        app.work().await;
        app.advance(100).await;
        app.work().await;
        assert_eq!(buyer.order().await["status"], "paid", "{lost}");
        assert_eq!(buyer.news().await, ["surplus_returned"], "{lost}");
        buyer.assert_sound(&app).await;
    }
}

#[actix_web::test]
async fn a_notice_that_overtakes_the_answer_settles_the_order_all_the_same() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    app.control("fault", json!({ "do": "notify_before_response" }))
        .await;
    assert_eq!(
        buyer.begin("wechat_pay", "key").await.problem(),
        refused(409, "order.already_paid")
    );
    assert_eq!(buyer.order().await["status"], "paid");
    assert_settled_once(&app, &buyer, "wechat_pay").await;
}

#[actix_web::test]
async fn a_lost_notice_is_made_up_for_by_asking() {
    for provider in ["wechat_pay", "alipay"] {
        let app = TestApp::with_sample().await;
        let buyer = student(&app).await;
        let number = buyer.begun(&app, provider).await;
        app.control("fault", json!({ "do": "notify_drop" })).await;
        app.pay(&number).await;
        let status = buyer.status().await;
        assert_eq!(
            (&status["status"], &status["needs_review"]),
            (&json!("paid"), &json!(false))
        );
        assert!(status["asked_at"].is_string());
        assert_settled_once(&app, &buyer, provider).await;
    }
}

#[actix_web::test]
async fn a_lost_notice_is_made_up_for_although_nobody_asks() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let number = buyer.begun(&app, "alipay").await;
    app.control("fault", json!({ "do": "notify_drop", "times": 100 }))
        .await;
    app.pay(&number).await;
    app.advance(6).await;
    let (one, two) = tokio::join!(
        service::worker::run_due(&app.context),
        service::worker::run_due(&app.context)
    );
    one.and(two).unwrap();
    let rounds = async || service::worker::run_due(&app.context).await.unwrap();
    rounds().await;
    assert_eq!(buyer.order().await["status"], "paid");
    assert_settled_once(&app, &buyer, "alipay").await;
}

#[actix_web::test]
async fn the_provider_is_asked_at_most_every_three_seconds() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    assert_eq!(buyer.status().await["asked_at"], Value::Null);
    buyer.begun(&app, "wechat_pay").await;
    let (one, two) = tokio::join!(buyer.status(), buyer.status());
    let asked =
        [&one["asked_at"], &two["asked_at"]].map(|at| at.as_str().unwrap_or_default().to_owned());
    let first = asked.iter().max().unwrap().clone();
    assert!(!first.is_empty());
    app.advance(4).await;
    let later = buyer.status().await["asked_at"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(later > first, "{later} {first}");
}

#[actix_web::test]
async fn a_code_that_nobody_paid_ends() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    buyer.begun(&app, "wechat_pay").await;
    buyer.begun(&app, "alipay").await;
    app.advance(31 * MINUTE_S).await;
    service::worker::run_due(&app.context).await.unwrap();
    buyer.renew().await;
    assert_eq!(
        buyer.order().await["status"],
        "unpaid",
        "no code works any more"
    );
    app.advance(10 * MINUTE_S).await;
    for _ in 0..2 {
        service::worker::run_due(&app.context).await.unwrap();
    }
    for attempt in buyer.attempts(&app).await {
        assert_eq!(
            (attempt.state.as_str(), attempt.next_poll_at),
            ("closed", None),
            "{}",
            attempt.provider
        );
    }
    buyer.renew().await;
    assert_eq!(buyer.begin("wechat_pay", "anew").await.status, 201);
}

#[actix_web::test]
pub(crate) async fn nobody_pays_for_a_photo_that_was_taken_back() {
    let app = TestApp::with_sample().await;
    let buyer = student(&app).await;
    let path = format!("/api/v1/photos/{}/withdraw", buyer.photo_id);
    assert_eq!(buyer.browser.act(&path).await.status, 200);
    let reply = buyer.begin("wechat_pay", "one").await;
    assert_eq!(reply.problem(), refused(409, "order.photo_missing"));
    buyer.submit().await;
    assert_eq!(buyer.begin("wechat_pay", "two").await.status, 201);
}
