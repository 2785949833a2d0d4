//! A payment is found in the log by the number of its order and by that of its attempt, whatever became of it.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::buyer::Buyer;
use crate::journey::ZHANG;
use crate::log::Log;

const PHONE: &str = "13800138000";

/// What lines say happened: a step of the payment, or a call with its outcome.
fn happenings(lines: &[Value]) -> Vec<String> {
    let happening = |line: &Value| {
        let text = |field: &str| line[field].as_str().map(str::to_owned);
        let call = text("provider.operation").zip(text("provider.outcome"));
        let call = call.map(|(operation, outcome)| format!("{operation}: {outcome}"));
        text("payment.step").or(call)
    };
    lines.iter().filter_map(happening).collect()
}

/// The lines of an order; those of its only attempt are the same, but for those about the order alone.
fn lines_of(log: &Log, order_no: &str, out_trade_no: &str) -> Vec<Value> {
    let of_order = log.lines_with("order.no", order_no);
    let of_attempt = log.lines_with("payment.out_trade_no", out_trade_no);
    for line in &of_attempt {
        let names_order = line["order.no"] == order_no;
        // A notice is noted before anybody looked whose it is.
        let is_arrival = line["notice.kind"].is_string();
        assert!(names_order || is_arrival, "{line}");
    }
    assert!(of_order.len() >= of_attempt.len() - 1, "{of_order:#?}");
    of_order
}

async fn buyer(app: &TestApp) -> Buyer {
    Buyer::with_order(app, PHONE, ZHANG).await
}

#[actix_web::test]
async fn every_step_of_a_payment_names_its_order_and_its_attempt() {
    let log = Log::of_this_process();
    let app = TestApp::with_sample().await;
    let buyer = buyer(&app).await;
    let out_trade_no = buyer.begun(&app, "wechat_pay").await;
    app.pay(&out_trade_no).await;
    let lines = lines_of(&log, &buyer.order_no, &out_trade_no);
    let expected = ["begun", "create: definite", "issued", "applied"];
    assert_eq!(happenings(&lines), expected, "{lines:#?}");
    let notices = log.lines_with("payment.out_trade_no", &out_trade_no);
    assert!(notices.iter().any(|line| line["notice.kind"].is_string()));
    for personal in [PHONE, ZHANG.name, ZHANG.document_number, ZHANG.student_no] {
        assert!(!log.text().contains(personal), "{personal} is in the log");
    }
}

#[actix_web::test]
async fn a_refused_payment_is_found_with_the_providers_reason() {
    let log = Log::of_this_process();
    let app = TestApp::with_sample().await;
    let buyer = buyer(&app).await;
    app.control("fault", json!({ "match": {}, "do": "error:NOAUTH" }))
        .await;
    assert_eq!(buyer.begin("wechat_pay", "key").await.status, 503);
    let attempt = buyer.attempts(&app).await.remove(0);
    let lines = lines_of(&log, &buyer.order_no, &attempt.out_trade_no);
    let expected = ["begun", "create: refused", "refused"];
    assert_eq!(happenings(&lines), expected, "{lines:#?}");
    for line in &lines[1..3] {
        assert_eq!(line["provider.code"], "NOAUTH", "{line}");
        assert_eq!(line["level"], "INFO", "{line}");
    }
    assert!(lines[1]["provider.request_id"].is_string(), "{lines:#?}");
    // The operator is told once, and that a person must look.
    let warnings = log.lines_with("level", "WARN");
    let refusals = warnings
        .iter()
        .filter(|line| line["provider.operation"] == "create");
    assert_eq!(refusals.count(), 1, "{warnings:#?}");
    let answered = log.lines_with("http.problem", "payment.channel_unavailable");
    assert_eq!(answered.len(), 1, "{answered:#?}");
}

#[actix_web::test]
async fn a_payment_without_an_answer_is_found_through_its_polls_and_its_end() {
    let log = Log::of_this_process();
    let app = TestApp::with_sample().await;
    let buyer = buyer(&app).await;
    let fault = json!({ "match": {}, "do": "http_500", "always": true });
    app.control("fault", fault).await;
    assert_eq!(buyer.begin("alipay", "key").await.status, 503);
    let attempt = buyer.attempts(&app).await.remove(0);
    app.advance(31).await;
    app.work().await;
    app.forget_faults().await;
    app.advance(40 * 60).await;
    app.work().await;
    let lines = lines_of(&log, &buyer.order_no, &attempt.out_trade_no);
    let seen = happenings(&lines);
    assert_eq!(seen[..3], ["begun", "create: unknown", "unanswered"]);
    assert!(seen.contains(&"query: unknown".to_owned()), "{seen:?}");
    assert_eq!(seen.last().map(String::as_str), Some("closed"), "{seen:?}");
    let errors = log.lines_with("level", "ERROR");
    let mut operations: Vec<_> = errors
        .iter()
        .filter_map(|line| line["provider.operation"].as_str())
        .collect();
    // The bills of the day before are asked for too.
    operations.retain(|operation| *operation != "bill");
    operations.sort_unstable();
    assert_eq!(operations, ["create", "query"], "{errors:#?}");
}

#[actix_web::test]
async fn a_refund_is_found_by_its_order_too() {
    let log = Log::of_this_process();
    let app = TestApp::with_sample().await;
    let buyer = buyer(&app).await;
    // Paid twice: what the order does not need goes back by itself.
    let first = buyer.begun(&app, "wechat_pay").await;
    app.control(
        "fault",
        json!({ "match": {}, "do": "pay_after_close", "always": true }),
    )
    .await;
    let second = buyer.begun(&app, "alipay").await;
    app.pay(&second).await;
    app.control("pay", json!({ "out_trade_no": first, "after_close": true }))
        .await;
    app.work().await;
    let refund = buyer.refunds(&app).await.remove(0);
    let lines = log.lines_with("refund.out_refund_no", &refund.out_refund_no);
    assert!(lines.len() >= 3, "asked for, called, moved: {lines:#?}");
    for line in &lines {
        assert_eq!(line["order.no"], buyer.order_no, "{line}");
    }
    let calls = happenings(&lines);
    assert!(calls.contains(&"refund: definite".to_owned()), "{calls:?}");
}
