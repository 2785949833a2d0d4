//! Reports of a lost phone.

use domain::limit::{REPORTS_PER_BROWSER, REPORTS_PER_PHONE};
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::erasure::count;
use crate::idempotency::{GOOD_KEY, only_once};
use crate::terminal::{command, complained, said};

const PATH: &str = "/api/v1/auth/lost-phone-reports";
const LOST: &str = "13800138000";

fn report() -> Value {
    json!({
        "name": "李华",
        "school": "北京大学",
        "document_type": "passport",
        "document_number": "E12345678",
        "old_phone": LOST,
        "new_phone": "13900139007",
        "note": "旧号码已停用",
    })
}

/// Sends a report with a captcha of its own.
async fn send(browser: &Browser, mut report: Value) -> Reply {
    report["captcha_token"] = browser.captcha_token().await.into();
    browser.post(PATH, report).await
}

fn with(field: &str, value: &str) -> Value {
    let mut report = report();
    report[field] = value.into();
    report
}

#[actix_web::test]
pub(crate) async fn a_report_needs_a_captcha_and_gets_a_reference() {
    let app = TestApp::with_sample().await;
    let browser = app.browser();
    let bare = browser.post(PATH, report()).await;
    assert_eq!(bare.problem(), (422, "login.captcha_required".to_owned()));
    let sent = send(&browser, report()).await;
    assert_eq!(sent.status, 201, "{sent:?}");
    assert!(sent.text("reference").starts_with("LP-"), "{sent:?}");
    assert_eq!(sent.json()["answer_working_days"], 3);
}

#[actix_web::test]
pub(crate) async fn a_report_that_is_sent_again_is_one_report() {
    let app = TestApp::with_sample().await;
    let send = async |key: &str, other: bool| {
        // The browser lost its cookie with the answer, and solves another captcha.
        let browser = app.browser();
        let mut report = with("note", if other { "改用邮件联系" } else { "" });
        report["captcha_token"] = browser.captcha_token().await.into();
        let request = browser.request(Method::POST, PATH).json(&report);
        browser.send(request.header("Idempotency-Key", key)).await
    };
    let first = only_once(&send).await;
    // More often than a phone may report: repetitions do not count.
    for _ in 0..REPORTS_PER_PHONE[0].most {
        assert_eq!(send(GOOD_KEY, false).await.json(), first.json());
    }
    assert_eq!(count(&app, "lost_phone_reports", "1 = 1").await, 1);
    // Only who names the same phone has the key.
    let mut other = with("new_phone", "13900139008");
    let browser = app.browser();
    other["captcha_token"] = browser.captcha_token().await.into();
    let request = browser.request(Method::POST, PATH).json(&other);
    let sent = browser
        .send(request.header("Idempotency-Key", GOOD_KEY))
        .await;
    assert_eq!(sent.status, 201, "{sent:?}");
    assert_ne!(sent.text("reference"), first.text("reference"));
}

#[actix_web::test]
async fn the_answer_does_not_tell_what_is_known() {
    let app = TestApp::with_sample().await;
    let student = app.student(LOST).await;
    let of_an_account = send(&app.browser(), report()).await;
    let of_nobody = send(
        &app.browser(),
        json!({
            "name": "某人", "school": "没有这所大学", "document_type": "passport", "document_number": "E87654321",
            "old_phone": "13700137000", "new_phone": "13700137001", "note": "",
        }),
    )
    .await;
    let shape = |reply: &Reply| {
        let mut body = reply.json();
        body["reference"] = "".into();
        (reply.status, body)
    };
    assert_eq!(shape(&of_an_account), shape(&of_nobody));
    // Nothing is decided: the account works on.
    assert_eq!(student.get("/api/v1/me").await.status, 200);
}

#[actix_web::test]
pub(crate) async fn what_is_wrong_with_a_report_is_told_field_by_field() {
    let app = TestApp::with_sample().await;
    let browser = app.browser();
    for (field, value, code) in [
        ("name", " \0", "enrolment.name_required"),
        ("school", " ", "lost_phone.school_required"),
        ("document_type", "x", "id_document.kind"),
        ("document_number", "E", "id_document.format"),
        ("old_phone", "138", "login.phone_invalid"),
        ("new_phone", LOST, "phone_change.same_phone"),
        ("note", &"字".repeat(501), "roster_ticket.note_length"),
    ] {
        let reply = browser.post(PATH, with(field, value)).await;
        assert_eq!(reply.problem(), (422, code.to_owned()), "{field}");
        let pointer = &reply.json()["errors"][0]["pointer"];
        assert_eq!(pointer, &format!("/{field}"), "{reply:?}");
    }
}

#[actix_web::test]
pub(crate) async fn a_phone_and_a_browser_write_only_so_many_reports() {
    let app = TestApp::with_sample().await;
    let most = REPORTS_PER_PHONE[0].most;
    for _ in 0..most {
        assert_eq!(send(&app.browser(), report()).await.status, 201);
    }
    let browser = app.browser();
    let one_more = send(&browser, report()).await;
    assert_eq!(one_more.problem(), (429, "request.too_many".to_owned()));
    assert_eq!(one_more.header("retry-after"), "86400");
    for number in 0..REPORTS_PER_BROWSER[0].most {
        let other = with("new_phone", &format!("1390013900{number}"));
        assert_eq!(send(&browser, other).await.status, 201);
    }
    let other = send(&browser, with("new_phone", "13900139019")).await;
    assert_eq!(other.problem(), (429, "request.too_many".to_owned()));
    app.advance(86_400).await;
    assert_eq!(send(&browser, report()).await.status, 201);
}

#[actix_web::test]
async fn an_operator_reads_and_closes_a_report_and_the_audit_log_keeps_it() {
    let app = TestApp::with_sample().await;
    let run = |words: &[&str]| {
        command(&app, &[&["lost-phone"], words].concat())
            .output()
            .unwrap()
    };
    assert!(said(&run(&["list"])).contains("没有待处理"));
    let reference = send(&app.browser(), report()).await.text("reference");
    app.advance(7_200).await;
    let listed = said(&run(&["list"]));
    assert!(
        listed.contains(&reference) && listed.contains("已等待 2 小时"),
        "{listed}"
    );
    assert!(!listed.contains("李华"), "{listed}");
    let small = reference.to_lowercase();
    let shown = said(&run(&["show", "--operator", "li", &small]));
    for told in [
        "李华",
        "北京大学",
        "E12345678",
        "+8613800138000",
        "+8613900139007",
        "旧号码已停用",
        "待处理",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let close = |reference: &str, outcome: &str| {
        run(&["close", "--operator", "li", "--outcome", outcome, reference])
    };
    assert!(complained(&close(&reference, " ")).contains("lost_phone.outcome_length"));
    said(&close(&reference, "学校已确认，已解除绑定"));
    assert!(complained(&close(&reference, "再来一次")).contains("lost_phone.closed"));
    assert!(complained(&close("LP-00000000", "没有")).contains("lost_phone.unknown"));
    assert!(said(&run(&["list"])).contains("没有待处理"));
    let shown = said(&run(&["show", "--operator", "wang", &reference]));
    assert!(shown.contains("由 li：学校已确认"), "{shown}");
    for (action, times) in [("reported", 1), ("viewed", 2), ("closed", 1)] {
        let noted = format!("action = 'lost_phone.{action}'");
        assert_eq!(count(&app, "audit_events", &noted).await, times, "{action}");
    }
}

#[actix_web::test]
async fn a_report_goes_with_the_account_of_the_phone_that_it_names() {
    let app = TestApp::with_sample().await;
    assert_eq!(send(&app.browser(), report()).await.status, 201);
    let student = app.student("13900139007").await;
    app.advance(60).await;
    let begun = student
        .post(
            "/api/v1/me/erasures",
            json!({ "captcha_token": app.captcha_token().await }),
        )
        .await;
    let code = app.code_for("13900139007").await;
    let path = format!("/api/v1/me/erasures/{}/confirm", begun.text("challenge_id"));
    assert_eq!(count(&app, "lost_phone_reports", "state = 'open'").await, 1);
    let erased = student.post(&path, json!({ "code": code })).await;
    assert_eq!(erased.status, 204, "{erased:?}");
    assert_eq!(count(&app, "lost_phone_reports", "state = 'open'").await, 0);
}
