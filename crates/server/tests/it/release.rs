//! Releasing a wrong binding, with the program itself: `gradphoto enrolment`.

use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::json;

use crate::app::{TestApp, operator};
use crate::browser::Browser;
use crate::journey::{Who, ZHANG, ZHAO, portrait, upload_id};
use crate::terminal::{command, complained, said};

/// Runs `gradphoto enrolment` as an operator on the data of a running product.
fn run(app: &TestApp, words: &[&str], input: &str) -> Output {
    let mut program = command(app, &[&["enrolment"], words].concat());
    program.args(["--operator", "li"]);
    let piped = program.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = piped.stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = running.stdin.take().unwrap();
    writeln!(stdin, "{input}").unwrap();
    drop(stdin);
    running.wait_with_output().unwrap()
}

/// What `find` says of the holder of an entry.
async fn found(app: &TestApp, browser: &Browser, who: Who) -> String {
    let task = browser.claim(who).await["task_id"].clone();
    let words = [
        "find",
        "--level",
        who.level,
        "--task",
        task.as_str().unwrap(),
    ];
    said(&run(app, &words, who.document_number))
}

#[actix_web::test]
async fn a_wrong_binding_is_found_and_released_and_the_right_student_verifies() {
    let app = TestApp::with_sample().await;
    let stranger = app.student("13900139000").await;
    let student = app.student("13800138000").await;
    assert!(found(&app, &student, ZHANG).await.contains("没有账号"));
    let enrolment = stranger.enrol(ZHANG).await;
    let photo = stranger
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    let order = photo.text("order_no");
    let claim = student.claim(ZHANG).await;
    assert_eq!(student.verify(&claim).await.problem().0, 404);

    let line = found(&app, &student, ZHANG).await;
    for told in [enrolment.as_str(), "139****9000", order.as_str()] {
        assert!(line.contains(told), "{line}");
    }
    assert!(
        !line.contains(ZHANG.name) && !line.contains("13900139000"),
        "{line}"
    );
    let release = ["release", &enrolment, "--reason", "冒用他人证件号"];
    said(&run(&app, &release, ""));
    let again = complained(&run(&app, &release, ""));
    assert!(again.contains("enrolment.unknown"), "{again}");

    assert_eq!(
        stranger.get("/api/v1/me/enrolments").await.json(),
        json!({ "items": [], "next": null })
    );
    let closed = stranger.get(&format!("/api/v1/orders/{order}")).await;
    assert_eq!(
        (closed.text("status"), closed.text("closed_reason")),
        ("closed".into(), "staff".into())
    );
    let path = format!("/api/v1/photos/{}", photo.text("id"));
    assert_eq!(stranger.get(&path).await.problem().0, 404);
    // The stranger does not get the entry back, and hears no more than anybody.
    let back = stranger.verify(&stranger.claim(ZHANG).await).await;
    assert_eq!(back.problem(), (404, "enrolment.not_found".to_owned()));
    let right = student.verify(&claim).await;
    assert_eq!(right.status, 201, "{right:?}");

    let log = stranger.get("/api/v1/me/access-log").await.json();
    let entries = log["items"].as_array().unwrap().iter();
    let by_operator: Vec<_> = entries
        .filter(|entry| entry["actor"] == "operator")
        .map(|entry| (entry["action"].as_str().unwrap(), entry["reason"].as_str()))
        .collect();
    assert_eq!(
        by_operator,
        [
            ("enrolment.released", Some("冒用他人证件号")),
            ("order.closed", None),
            ("enrolment.looked_up", None),
        ]
    );
}

#[actix_web::test]
async fn a_release_waits_for_the_refund_and_may_let_the_same_account_return() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    // Free of charge, so the first photo settles the order.
    let enrolment = student.enrol(ZHAO).await;
    let photo = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    let order = photo.text("order_no");
    let release = ["release", &enrolment, "--reason", "误操作", "--allow-again"];
    let refused = complained(&run(&app, &release, ""));
    assert!(
        refused.contains("enrolment.order_paid") && refused.contains(&order),
        "{refused}"
    );

    let operator = operator("li");
    let ask = service::refund::RefundRequest {
        order_no: &order,
        out_trade_no: None,
        amount: None,
        reason: "service",
        note: "绑定有误",
        key: None,
    };
    service::refund::request(&app.context, &operator, ask)
        .await
        .unwrap();
    said(&run(&app, &release, ""));
    let again = student.verify(&student.claim(ZHAO).await).await;
    assert_eq!(again.status, 201, "{again:?}");
    assert_ne!(again.text("id"), enrolment);
    for reason in ["", &"长".repeat(201)] {
        let release = ["release", &again.text("id"), "--reason", reason];
        let refused = complained(&run(&app, &release, ""));
        assert!(refused.contains("enrolment.release_reason"), "{refused}");
    }
}
