//! Money in the console: orders, refunds by two people, cases, bills and statements, as finance sees them.

use chrono::TimeDelta;
use domain::role::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::buyer::Buyer;
use crate::call::school_named;
use crate::journey::{LI, QIAN, ZHANG};

/// Somebody in finance.
async fn finance(app: &TestApp, phone: &str) -> Browser {
    let browser = app.student(phone).await;
    app.make_staff(&browser, Role::Finance, None).await;
    browser
}

async fn product() -> TestApp {
    TestApp::with_sample_and(|config| config["refunds"] = json!({ "alone_fen": 500 })).await
}

async fn paid(app: &TestApp, phone: &str, who: crate::journey::Who) -> (Buyer, String) {
    let buyer = Buyer::with_order(app, phone, who).await;
    let number = buyer.begun(app, "wechat_pay").await;
    app.control("pay", json!({ "out_trade_no": number })).await;
    (buyer, number)
}

async fn ask(staff: &Browser, order_no: &str, key: &str, body: Value) -> Reply {
    let path = format!("/api/v1/staff/orders/{order_no}/refunds");
    let request = staff.request(Method::POST, &path);
    staff
        .send(request.header("Idempotency-Key", key).json(&body))
        .await
}

fn refund_of(amount_fen: i64) -> Value {
    json!({ "reason": "service", "note": "照片未能使用", "amount_fen": amount_fen })
}

async fn decide(staff: &Browser, number: &str, what: &str) -> Reply {
    let path = format!("/api/v1/staff/refunds/{number}/{what}");
    if what == "decline" {
        staff.post(&path, json!({ "note": "已寄出" })).await
    } else {
        staff.act(&path).await
    }
}

async fn pass(app: &TestApp) {
    for _ in 0..4 {
        app.work().await;
        app.advance(65).await;
    }
    app.work().await;
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// The items of a list.
async fn items(staff: &Browser, path: &str) -> Vec<Value> {
    let list = staff.get(&format!("/api/v1/staff/{path}")).await;
    assert_eq!(list.status, 200, "{path}: {list:?}");
    list.json()["items"].as_array().unwrap().clone()
}

#[actix_web::test]
pub(crate) async fn finance_returns_money_with_a_second_person() {
    let app = product().await;
    let (buyer, payment) = paid(&app, "13800138000", ZHANG).await;
    let unpaid = Buyer::with_order(&app, "13800138001", LI).await;
    let (li, wang) = (
        finance(&app, "13800138061").await,
        finance(&app, "13800138062").await,
    );
    let order_no = buyer.order_no.as_str();
    for search in [order_no, &payment, &order_no.to_lowercase()] {
        let found = items(&li, &format!("orders?number={search}")).await;
        let found: Vec<_> = found.iter().map(|one| &one["order"]["order_no"]).collect();
        assert_eq!(found, [order_no], "{search}");
    }
    assert!(items(&li, "orders?number=R404").await.is_empty());
    let waiting = items(&li, "orders?state=unpaid&limit=100").await;
    let waiting: Vec<_> = waiting.iter().map(|it| &it["order"]["order_no"]).collect();
    assert!(waiting.contains(&&json!(unpaid.order_no)) && !waiting.contains(&&json!(order_no)));
    let wrong = li.get("/api/v1/staff/orders?state=lost").await;
    assert_eq!(wrong.status, 422);

    // What cannot be asked for.
    let bodies = [
        (refund_of(2001), refused(422, "refund.amount")),
        (
            json!({ "reason": "late_payment", "note": "x" }),
            refused(422, "refund.reason"),
        ),
    ];
    for (body, expected) in bodies {
        let reply = ask(&li, order_no, "k0", body).await;
        assert_eq!(reply.problem(), expected);
    }
    let keyless = format!("/api/v1/staff/orders/{order_no}/refunds");
    let keyless = li.post(&keyless, refund_of(1)).await;
    assert_eq!(
        keyless.problem(),
        refused(400, "request.idempotency_key_required")
    );
    let nothing = ask(&li, &unpaid.order_no, "k0", refund_of(1)).await;
    assert_eq!(nothing.problem(), refused(409, "refund.nothing_paid"));
    let unknown = ask(&li, "10001-260420-00000000", "k0", refund_of(1)).await;
    assert_eq!(unknown.problem(), refused(404, "order.unknown"));

    // Above the amount that one person may return, a second one must agree: another than who asked.
    let asked = ask(&li, order_no, "k1", refund_of(700)).await;
    assert_eq!(asked.status, 201, "{asked:?}");
    let refund = asked.json()["refund"].clone();
    let number = refund["out_refund_no"].as_str().unwrap().to_owned();
    let own_id = li.get("/api/v1/me").await.text("id");
    assert_eq!(
        (&refund["waits_for_approval"], &refund["requested_by_id"]),
        (&true.into(), &own_id.into())
    );
    assert_eq!(refund["requested_by"], "示例人员");
    let again = ask(&li, order_no, "k1", refund_of(700)).await.json();
    assert_eq!(again["refund"]["out_refund_no"], number.as_str());
    let other = ask(&li, order_no, "k1", refund_of(600)).await;
    assert_eq!(
        other.problem(),
        refused(422, "request.idempotency_key_reused")
    );
    let waiting = items(&wang, "refunds?waits_for_approval=true").await;
    assert_eq!(waiting.len(), 1);
    let own = decide(&li, &number, "approve").await;
    assert_eq!(own.problem(), refused(403, "refund.second_person"));
    let unknown = decide(&wang, "R0", "approve").await;
    assert_eq!(unknown.problem(), refused(404, "refund.unknown"));
    let approved = decide(&wang, &number, "approve").await;
    assert_eq!(approved.text("approved_by"), "示例人员");
    let twice = decide(&wang, &number, "approve").await;
    assert_eq!(twice.problem(), refused(409, "refund.state"));
    pass(&app).await;
    let details = li.get(&format!("/api/v1/staff/orders/{order_no}")).await;
    let details = details.json();
    assert_eq!(
        details["order"]["order"]["status"], "partially_refunded",
        "{details}"
    );
    let moments = details["timeline"].as_array().unwrap();
    let moments: Vec<_> = moments
        .iter()
        .map(|it| it["moment"].as_str().unwrap())
        .collect();
    for moment in [
        "created",
        "payment_received",
        "refund_requested",
        "refund_approved",
        "refund_succeeded",
    ] {
        assert!(moments.contains(&moment), "{moment}: {moments:?}");
    }
    assert_eq!(details["attempts"][0]["out_trade_no"], payment.as_str());
    assert_eq!(details["refunds"][0]["state"], "succeeded");

    // Who declines frees the money.
    let asked = ask(&li, order_no, "k2", refund_of(600)).await.json();
    let number = asked["refund"]["out_refund_no"].as_str().unwrap();
    let silent = format!("/api/v1/staff/refunds/{number}/decline");
    let silent = wang.post(&silent, json!({ "note": " " })).await;
    assert_eq!(silent.problem(), refused(422, "refund.reason"));
    let declined = decide(&wang, number, "decline").await;
    assert_eq!(declined.text("state"), "rejected");
    let twice = decide(&wang, number, "decline").await;
    assert_eq!(twice.problem(), refused(409, "refund.state"));
    let unknown = decide(&wang, "R0", "decline").await;
    assert_eq!(unknown.problem(), refused(404, "refund.unknown"));
    let unknown = li.get("/api/v1/staff/orders/10001-260420-00000000").await;
    assert_eq!(unknown.problem(), refused(404, "order.unknown"));
    for list in ["refunds", "money-cases", "reconciliations"] {
        let nothing = li.get(&format!("/api/v1/staff/{list}?limit=0")).await;
        assert_eq!(nothing.status, 422, "{nothing:?}");
    }
    assert_eq!(buyer.row(&app).await.refunded, domain::Fen(700));
    for count in 2..50 {
        let one = ask(&li, order_no, &format!("n{count}"), refund_of(1)).await;
        assert_eq!(one.status, 201, "{count}: {one:?}");
    }
    let over = ask(&li, order_no, "n50", refund_of(1)).await;
    assert_eq!(over.problem(), refused(409, "refund.too_many"));
    let schools = Buyer::with_order(&app, "13800138002", QIAN).await;
    let whole = json!({ "reason": "withdrawn", "note": "学生退出" });
    let voided = ask(&li, &schools.order_no, "v", whole).await;
    assert_eq!(
        (voided.status, &voided.json()["is_voided"]),
        (201, &true.into())
    );
    let late = unpaid.begun(&app, "wechat_pay").await;
    app.control("pay", json!({ "out_trade_no": late })).await;
    app.advance(366 * 86_400).await;
    let next_year = finance(&app, "13800138063").await;
    let over = ask(&next_year, &unpaid.order_no, "k", refund_of(1)).await;
    assert_eq!(over.problem(), refused(409, "refund.over"));
}

#[actix_web::test]
pub(crate) async fn finance_resolves_cases_and_reads_bills_and_statements() {
    let app = product().await;
    let (buyer, _) = paid(&app, "13800138000", ZHANG).await;
    let li = finance(&app, "13800138061").await;
    app.control("fault", json!({ "do": "refund_abnormal" }))
        .await;
    let asked = ask(&li, &buyer.order_no, "k1", refund_of(100)).await;
    assert_eq!(asked.status, 201, "{asked:?}");
    pass(&app).await;
    let cases = items(&li, "money-cases").await;
    assert_eq!(
        (cases.len(), &cases[0]["kind"]),
        (1, &"refund_failed".into())
    );
    assert_eq!(cases[0]["order_no"], buyer.order_no.as_str());
    let reviewed = items(&li, "orders?needs_review=true").await;
    assert!(reviewed.is_empty(), "its payment is as it should be");
    let path = format!(
        "/api/v1/staff/money-cases/{}/resolve",
        cases[0]["id"].as_str().unwrap()
    );
    let silent = li.post(&path, json!({ "note": " " })).await;
    assert_eq!(silent.problem(), refused(422, "money_case.resolution"));
    let note = json!({ "note": "已按平台指引改退" });
    assert_eq!(li.post(&path, note.clone()).await.status, 204);
    let twice = li.post(&path, note).await;
    assert_eq!(twice.problem(), refused(404, "money_case.unknown"));
    assert!(items(&li, "money-cases").await.is_empty());
    let ended = items(&li, "money-cases?state=resolved").await;
    assert_eq!(ended[0]["resolved_by"], "示例人员");

    // Bills: of yesterday, after it was compared.
    let today = domain::day_in_china(app.context.now());
    let day = format!("/api/v1/staff/reconciliations/{today}");
    let none = li.get("/api/v1/staff/reconciliations/2020-01-01").await;
    assert_eq!(none.problem(), refused(404, "reconciliation.unknown"));
    let early = li.act(&format!("{day}/compare")).await;
    assert_eq!(early.problem(), refused(422, "reconciliation.day_invalid"));
    // The next day at eleven, when bills are there, whatever time it is now.
    let then = domain::day_bounds(today).1 + TimeDelta::hours(11);
    app.advance((then - app.context.now()).num_seconds()).await;
    let li = finance(&app, "13800138064").await;
    assert_eq!(li.act(&format!("{day}/compare")).await.status, 202);
    app.work().await;
    let days = items(&li, "reconciliations?with_differences=false&limit=100").await;
    assert!(
        days.iter().any(|it| it["day"] == today.to_string()),
        "{days:?}"
    );
    let report = li.get(&day).await.json();
    let accounts = report["accounts"].as_array().unwrap();
    let wechat = accounts.iter().find(|it| it["provider"] == "wechat_pay");
    assert_eq!(wechat.unwrap()["payments"], 1, "{report}");
    let export = |path: String, body: Value| {
        let li = &li;
        async move { li.post(&format!("{path}/export"), body).await }
    };
    let sheet = export(day.clone(), json!({ "format": "csv" })).await;
    let text = String::from_utf8(sheet.bytes.clone()).unwrap();
    assert!(
        text.contains("wechat_pay:main") && text.contains("收款"),
        "{text}"
    );
    let none = export(
        "/api/v1/staff/reconciliations/2020-01-01".to_owned(),
        json!({ "format": "csv" }),
    )
    .await;
    assert_eq!(none.problem(), refused(404, "reconciliation.unknown"));

    // Statements.
    let school = school_named(&li, ZHANG.school).await;
    let statement = format!("/api/v1/schools/{school}/statement");
    let month = today.format("%Y-%m").to_string();
    let read = li.get(&format!("{statement}?month={month}")).await;
    assert_eq!((read.status, &read.json()["due_fen"]), (200, &0.into()));
    let wrong = li.get(&format!("{statement}?month=2026-4")).await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
    let sheet = export(
        statement.clone(),
        json!({ "format": "xlsx", "month": month }),
    )
    .await;
    assert!(sheet.bytes.starts_with(b"PK"), "{sheet:?}");
    let stranger = "/api/v1/schools/sch_00000000000000000000000000/statement";
    let none = li.get(&format!("{stranger}?month={month}")).await;
    assert_eq!(none.problem(), refused(404, "school.unknown"));
    let none = export(
        stranger.to_owned(),
        json!({ "format": "csv", "month": month }),
    )
    .await;
    assert_eq!(none.problem(), refused(404, "school.unknown"));
    let officer = app.student("13800138065").await;
    let school = school.parse().unwrap();
    app.make_staff(&officer, Role::Officer, Some(school)).await;
    let own = items(&officer, "orders").await;
    assert!(own.iter().all(|it| it["school_name"] == ZHANG.school) && !own.is_empty());
    let money = officer.get("/api/v1/staff/refunds").await;
    assert_eq!(money.problem(), refused(403, "session.role_required"));
}
