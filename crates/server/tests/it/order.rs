//! Orders: what is due, contact data, closing, and the end of the task.

use chrono::TimeDelta;
use domain::ledger::LedgerAccount;
use domain::payment::AttemptState;
use domain::task::{Task, TaskState};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::buyer::{self, Buyer};
use crate::journey::{QIAN, ZHANG, ZHAO, task_name};

const PHONE: &str = "13800138000";
const OTHER_PHONE: &str = "13900139000";
const DAY_S: i64 = 86_400;

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[actix_web::test]
async fn the_first_good_photo_makes_an_order() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let order = buyer.order().await;
    let expected = json!({
        "order_no": buyer.order_no,
        "status": "unpaid",
        "status_label": "未支付",
        "closed_reason": null,
        "enrolment_id": buyer.enrolment_id,
        "school_name": "北京大学医学部",
        "task_name": task_name(&app),
        "student_name": "**明",
        "level": "msc",
        "list_fen": 2000,
        "due_fen": 2000,
        "refunded_fen": 0,
        "payer": "student",
        "phone": "138****8000",
        "email": null,
        "address": null,
        "photo_id": buyer.photo_id,
        "photo_state": "checked",
        "paid_at": null,
        "paid_with": null,
        "needs_review": false,
        "version": 1,
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&order[field], value, "{field}");
    }
    assert_eq!(order["lines"][0]["code"], "collection");
    assert_eq!(order["lines"][0]["amount_fen"], 2000);
    assert!(
        !order["document_number"]
            .as_str()
            .unwrap()
            .contains("20010101"),
        "{order}"
    );
    assert!(buyer.order_no.starts_with("10001-"));

    buyer.submit().await;
    let mine = buyer.browser.get("/api/v1/me/orders").await.json();
    assert_eq!(
        mine["items"].as_array().unwrap().len(),
        1,
        "another photo, the same order"
    );
    assert_eq!(mine["items"][0]["order_no"], order["order_no"]);
    assert_eq!(buyer.happenings(&app).await, ["order.created"]);
}

/// Every operation on an order.
async fn try_all(browser: &Browser, order_no: &str) -> Vec<(u16, String)> {
    let path = format!("/api/v1/orders/{order_no}");
    let contact = json!({ "email": "", "address": "", "version": 1 });
    vec![
        browser.get(&path).await.problem(),
        browser.patch(&path, contact).await.problem(),
        browser.act(&format!("{path}/close")).await.problem(),
        buyer::begin(browser, order_no, "alipay", "key")
            .await
            .problem(),
        browser
            .get(&format!("{path}/payment-status"))
            .await
            .problem(),
    ]
}

#[actix_web::test]
async fn an_order_is_its_owners_alone() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let stranger = app.student(OTHER_PHONE).await;
    for order_no in [buyer.order_no.as_str(), "10001-260420-7K3M9QXT", "1"] {
        let unknown = vec![refused(404, "order.unknown"); 5];
        assert_eq!(try_all(&stranger, order_no).await, unknown, "{order_no}");
    }
    let theirs = stranger.get("/api/v1/me/orders").await.json();
    assert_eq!(theirs["items"], json!([]));

    let nobody = app.browser();
    assert_eq!(
        try_all(&nobody, &buyer.order_no).await,
        vec![refused(401, "session.required"); 5]
    );
    let listed = nobody.get("/api/v1/me/orders").await;
    assert_eq!(listed.problem(), refused(401, "session.required"));
    assert_eq!(buyer.order().await["version"], 1, "nothing changed");
}

#[actix_web::test]
pub(crate) async fn contact_data_of_an_unpaid_order_can_be_changed() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let path = buyer.path("");
    let change = |email: &str, version: i32| json!({ "email": email, "address": " 学院路38号 ", "version": version });

    let changed = buyer
        .browser
        .patch(&path, change("li@pku.edu.cn", 1))
        .await
        .json();
    assert_eq!(
        [
            &changed["email"],
            &changed["address"],
            &changed["phone"],
            &changed["version"]
        ],
        [
            &json!("li@pku.edu.cn"),
            &json!("学院路38号"),
            &json!("138****8000"),
            &json!(2)
        ]
    );
    let stale = buyer.browser.patch(&path, change("", 1)).await;
    assert_eq!(stale.problem(), refused(409, "request.version_conflict"));
    let wrong = buyer.browser.patch(&path, change("nonsense", 2)).await;
    assert_eq!(wrong.problem(), refused(422, "contact.email_invalid"));
    assert_eq!(wrong.json()["errors"][0]["pointer"], "/email");
    let unknown = buyer
        .browser
        .patch(&path, json!({ "version": 2, "phone": "1" }))
        .await;
    assert_eq!(unknown.problem(), refused(422, "request.field_unknown"));
    let text = buyer
        .browser
        .request(reqwest::Method::PATCH, &path)
        .body("{")
        .header("Content-Type", "application/json");
    assert_eq!(
        buyer.browser.send(text).await.problem(),
        refused(400, "request.malformed")
    );
    let form = buyer
        .browser
        .request(reqwest::Method::PATCH, &path)
        .body("a=b")
        .header("Content-Type", "text/plain");
    assert_eq!(
        buyer.browser.send(form).await.problem(),
        refused(415, "request.media_type")
    );
    let long = buyer
        .browser
        .patch(&path, change(&"a".repeat(100_000), 2))
        .await;
    assert_eq!(long.problem(), refused(413, "request.too_large"));
    let order = buyer.order().await;
    assert_eq!(
        (&order["email"], &order["version"]),
        (&json!("li@pku.edu.cn"), &json!(2))
    );

    buyer.pay(&app, "wechat_pay").await;
    let paid = buyer.browser.patch(&path, change("", 3)).await;
    assert_eq!(paid.problem(), refused(409, "order.already_paid"));
}

#[actix_web::test]
pub(crate) async fn a_closed_order_stays_closed_and_the_next_photo_makes_another() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let closed = buyer.browser.act(&buyer.path("/close")).await;
    assert_eq!(closed.status, 200, "{closed:?}");
    assert_eq!(
        (closed.text("status"), closed.text("closed_reason")),
        ("closed".into(), "user".into())
    );
    let again = buyer.browser.act(&buyer.path("/close")).await.json();
    assert_eq!(again["version"], closed.json()["version"]);
    assert_eq!(
        buyer.begin("alipay", "key").await.problem(),
        refused(409, "order.closed")
    );
    let contact = json!({ "email": "", "address": "", "version": 2 });
    let changed = buyer.browser.patch(&buyer.path(""), contact).await;
    assert_eq!(changed.problem(), refused(409, "order.closed"));
    assert_eq!(
        buyer.happenings(&app).await,
        ["order.created", "order.closed"]
    );

    let photo = buyer.submit().await;
    assert_ne!(photo.text("order_no"), buyer.order_no);
    let mine = buyer.browser.get("/api/v1/me/orders").await.json();
    let numbers: Vec<&Value> = mine["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| &o["order_no"])
        .collect();
    assert_eq!(
        numbers,
        [&json!(photo.text("order_no")), &json!(buyer.order_no)],
        "newest first"
    );
}

#[actix_web::test]
async fn closing_an_order_closes_its_payment_at_the_provider() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "wechat_pay").await;
    let closed = buyer.browser.act(&buyer.path("/close")).await;
    assert_eq!(
        (closed.status, closed.text("status")),
        (200, "closed".into())
    );
    assert_eq!(buyer.attempts(&app).await[0].state, AttemptState::Closed);
    assert!(!buyer::can_pay(&app, &number).await);
}

#[actix_web::test]
pub(crate) async fn a_provider_that_does_not_answer_keeps_an_order_open() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    buyer.begun(&app, "wechat_pay").await;
    app.control(
        "fault",
        json!({ "do": "http_500", "match": { "operation": "close" } }),
    )
    .await;
    let unknown = buyer.browser.act(&buyer.path("/close")).await;
    assert_eq!(
        unknown.problem(),
        refused(503, "payment.provider_unavailable")
    );
    assert_eq!(unknown.header("retry-after"), "5");
    assert_eq!(buyer.order().await["status"], "paying");
}

#[actix_web::test]
async fn an_order_that_was_paid_unnoticed_is_paid_and_not_closed() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "wechat_pay").await;
    app.control("fault", json!({ "do": "notify_drop" })).await;
    app.pay(&number).await;
    let closed = buyer.browser.act(&buyer.path("/close")).await;
    assert_eq!(closed.problem(), refused(409, "order.already_paid"));
    assert_eq!(buyer.order().await["status"], "paid");
}

#[actix_web::test]
async fn an_unscanned_code_outlives_its_order_and_its_money_goes_back() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let number = buyer.begun(&app, "alipay").await;
    let closed = buyer.browser.act(&buyer.path("/close")).await;
    assert_eq!(
        (closed.status, closed.text("status")),
        (200, "closed".into())
    );
    let attempt = &buyer.attempts(&app).await[0];
    assert_eq!(
        (attempt.state.as_str(), attempt.superseded_at.is_some()),
        ("pending", true)
    );

    app.pay(&number).await;
    let status = buyer.status().await;
    assert_eq!(
        (&status["status"], &status["has_surplus"]),
        (&json!("closed"), &json!(true))
    );
    assert_eq!(
        buyer.happenings(&app).await,
        ["order.created", "order.closed", "payment.surplus"]
    );
    assert_eq!(buyer.booked(&app).await, [-2000, 2000]);
}

#[actix_web::test]
pub(crate) async fn an_order_of_0_yuan_is_settled_when_it_is_made() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, ZHAO).await;
    let order = buyer.order().await;
    assert_eq!(
        [
            &order["status"],
            &order["payer"],
            &order["due_fen"],
            &order["photo_state"]
        ],
        [
            &json!("paid"),
            &json!("free"),
            &json!(0),
            &json!("pending_review")
        ]
    );
    assert!(
        order["paid_at"].is_string() && order["paid_with"].is_null(),
        "{order}"
    );
    assert_eq!(
        buyer.begin("alipay", "key").await.problem(),
        refused(409, "order.nothing_due")
    );
    let closed = buyer.browser.act(&buyer.path("/close")).await;
    assert_eq!(closed.problem(), refused(409, "order.already_paid"));
    let events = buyer.events(&app).await;
    assert_eq!(
        (events[1].kind.as_str(), &events[1].payload["settlement"]),
        ("order.paid", &json!("free"))
    );
    assert!(buyer.ledger(&app).await.is_empty());
}

#[actix_web::test]
async fn an_order_that_the_school_pays_is_settled_and_booked() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, PHONE, QIAN).await;
    let order = buyer.order().await;
    assert_eq!(
        [
            &order["status"],
            &order["payer"],
            &order["due_fen"],
            &order["list_fen"],
            &order["photo_state"]
        ],
        [
            &json!("paid"),
            &json!("school"),
            &json!(0),
            &json!(1500),
            &json!("pending_review")
        ]
    );
    let events = buyer.events(&app).await;
    assert_eq!(
        (events[1].kind.as_str(), &events[1].payload["settlement"]),
        ("order.paid", &json!("school"))
    );
    assert_eq!(buyer.booked(&app).await, [-1500, 1500]);
    let account = &buyer.ledger(&app).await[1].account;
    assert!(matches!(account, LedgerAccount::School(_)), "{account}");

    let next = buyer.submit().await;
    assert_eq!(
        (next.text("state"), next.text("order_no")),
        ("pending_review".into(), buyer.order_no.clone())
    );
}

#[actix_web::test]
async fn an_unpaid_order_ends_with_its_task() {
    let app = TestApp::with_sample().await;
    let mut buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    app.advance(59 * DAY_S).await;
    service::worker::run_due(&app.context).await.unwrap();
    buyer.log_in_again(&app, PHONE).await;
    assert_eq!(buyer.order().await["status"], "unpaid");
    app.advance(DAY_S - 60).await;
    buyer.log_in_again(&app, PHONE).await;
    assert_eq!(
        buyer.begin("alipay", "key").await.problem(),
        refused(409, "task.closed")
    );
    app.advance(120).await;
    service::worker::run_due(&app.context).await.unwrap();
    let order = buyer.order().await;
    assert_eq!(
        (&order["status"], &order["closed_reason"]),
        (&json!("closed"), &json!("timeout"))
    );
    assert_eq!(
        buyer.happenings(&app).await,
        ["order.created", "order.closed"]
    );
}

#[actix_web::test]
async fn an_unpaid_order_follows_its_task() {
    let app = TestApp::with_sample().await;
    let mut buyer = Buyer::with_order(&app, PHONE, ZHANG).await;
    let first = buyer.row(&app).await;
    let on = app.context.store.reader();
    let task = store::task::get(on, first.task_id).await.unwrap().unwrap();
    let longer = Task {
        closes_at: task.closes_at + TimeDelta::days(30),
        ..task
    };
    save(&app, longer.clone()).await;
    app.advance(61 * DAY_S).await;
    service::worker::run_due(&app.context).await.unwrap();
    let order = buyer.row(&app).await;
    assert_eq!(
        (order.state.as_str(), order.due_until),
        ("unpaid", longer.closes_at)
    );

    save(
        &app,
        Task {
            state: TaskState::Closed,
            ..longer
        },
    )
    .await;
    service::worker::run_due(&app.context).await.unwrap();
    buyer.log_in_again(&app, PHONE).await;
    let order = buyer.order().await;
    assert_eq!(
        (&order["status"], &order["closed_reason"]),
        (&json!("closed"), &json!("task_ended"))
    );
}

async fn save(app: &TestApp, task: Task) {
    let tx = app.context.store.begin().await.unwrap();
    store::task::save(&tx, &task).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
}
