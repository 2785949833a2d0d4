//! Reports of a lost phone: two people approve, the old number is told, and the new one takes effect a day later.

use domain::role::Role;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::call::school_named;
use crate::erasure::count;
use crate::journey::{LI, ZHANG};

const REPORTS: &str = "/api/v1/lost-phone-reports";
const RECOVERIES: &str = "/api/v1/me/phone-recoveries";
const LOST: &str = "13800138000";
const NEW: &str = "13900139007";
/// A day and the second after it.
const DAY: i64 = 86_402;

/// Reports a lost phone as the student of `LOST`, and gives the report's path for staff.
async fn reported(app: &TestApp, number: &str, new_phone: &str) -> String {
    let browser = app.browser();
    let report = json!({
        "name": ZHANG.name, "school": ZHANG.school, "document_type": "cn_id", "document_number": number,
        "old_phone": LOST, "new_phone": new_phone, "note": "", "captcha_token": browser.captcha_token().await,
    });
    let sent = browser
        .post("/api/v1/auth/lost-phone-reports", report)
        .await;
    assert_eq!(sent.status, 201, "{sent:?}");
    format!("{REPORTS}/{}", sent.text("reference"))
}

async fn staff(app: &TestApp, phone: &str, role: Role, school: Option<&str>) -> Browser {
    let browser = app.student(phone).await;
    let school = school.map(|id| id.parse().unwrap());
    app.make_staff(&browser, role, school).await;
    browser
}

async fn approve(browser: &Browser, report: &str) -> Reply {
    browser.act(&format!("{report}/approve")).await
}

async fn close(browser: &Browser, report: &str, outcome: &str) -> Reply {
    let path = format!("{report}/close");
    browser.post(&path, json!({ "outcome": outcome })).await
}

fn refused(code: &str) -> (u16, String) {
    (409, code.to_owned())
}

fn state(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["report"]["state"].clone()
}

async fn listed(browser: &Browser, state: &str) -> usize {
    let found = browser.get(&format!("{REPORTS}?state={state}")).await;
    found.json()["items"].as_array().unwrap().len()
}

async fn id_of(browser: &Browser) -> String {
    browser.get("/api/v1/me").await.text("id")
}

#[actix_web::test]
pub(crate) async fn a_lost_number_changes_a_day_after_two_operators_approved_it() {
    let app = TestApp::with_sample().await;
    let owner = app.student(LOST).await;
    owner.enrol(ZHANG).await;
    let account = id_of(&owner).await;
    // Who lost a phone logs in with the new one first, and finds nothing there.
    let newcomer = app.student(NEW).await;
    let first = staff(&app, "13800138401", Role::Operator, None).await;
    let second = staff(&app, "13800138402", Role::Operator, None).await;
    let school = school_named(&first, ZHANG.school).await;
    let officer = staff(&app, "13800138403", Role::Officer, Some(&school)).await;

    let wrong = reported(&app, LI.document_number, NEW).await;
    assert_eq!(
        approve(&first, &wrong).await.problem(),
        refused("lost_phone.no_account")
    );
    let report = reported(&app, ZHANG.document_number, NEW).await;
    assert_eq!(listed(&first, "open").await, 2);
    for unseen in [
        officer.get(&report).await,
        approve(&officer, &report).await,
        close(&officer, &report, "-").await,
    ] {
        assert_eq!(unseen.status, 404, "{unseen:?}");
    }
    let wrong_page = first.get(&format!("{REPORTS}?limit=0")).await;
    assert_eq!(wrong_page.status, 422, "{wrong_page:?}");
    let read = first.get(&report).await.json();
    assert_eq!(read["new_phone"], format!("+86{NEW}"));
    let proof = &read["proofs"][0];
    assert_eq!(
        (&proof["is_name_same"], &proof["is_number_same"]),
        (&true.into(), &true.into())
    );
    assert_eq!(read["can_approve"], true);
    assert_eq!(
        first.get(&wrong).await.json()["proofs"][0]["is_number_same"],
        false
    );

    assert_eq!(state(&approve(&first, &report).await), "confirmed");
    assert_eq!(
        approve(&first, &report).await.problem(),
        refused("lost_phone.same_person")
    );
    assert_eq!(listed(&officer, "confirmed").await, 1);
    assert_eq!(officer.get(&report).await.json()["can_approve"], false);
    assert_eq!(
        approve(&officer, &report).await.problem(),
        refused("lost_phone.operator_needed")
    );
    assert_eq!(app.messages_to(LOST).await.len(), 1, "its code alone");
    let is_told = async || owner.get("/api/v1/me").await.json()["has_phone_recovery"] == true;
    assert!(!is_told().await, "one approval changes nothing");
    let approved = approve(&second, &report).await;
    assert_eq!(state(&approved), "approved");
    assert_eq!(approved.json()["approvals"].as_array().unwrap().len(), 2);
    assert_eq!(
        approve(&first, &report).await.problem(),
        refused("lost_phone.approved_already")
    );
    assert!(is_told().await);
    app.work().await;
    let told = app.messages_to(LOST).await;
    let warns = |message: &Value| {
        let text = message["text"].as_str().unwrap();
        text.contains("24小时后生效") && text.contains("拒绝")
    };
    assert!(told.iter().any(warns), "{told:?}");

    app.advance(DAY - 10).await;
    app.work().await;
    assert_eq!(
        count(&app, "lost_phone_reports", "changed_at IS NOT NULL").await,
        0
    );
    app.advance(10).await;
    app.work().await;
    for ended in [&owner, &newcomer] {
        assert_eq!(ended.get("/api/v1/me").await.status, 401);
    }
    let back = app.student(NEW).await;
    assert_eq!(id_of(&back).await, account);
    let enrolments = back.get("/api/v1/me/enrolments").await.json();
    assert_eq!(enrolments["items"].as_array().unwrap().len(), 1);
    for phone in [LOST, NEW] {
        let told = app.messages_to(phone).await;
        let text = |message: &Value| message["text"].as_str().unwrap().contains("手机号已更换");
        assert!(told.iter().any(text), "{phone}: {told:?}");
    }
    assert_ne!(id_of(&app.student(LOST).await).await, account);
    for (action, times) in [("approved", 2), ("applied", 1)] {
        let noted = format!("action = 'lost_phone.{action}'");
        assert_eq!(count(&app, "audit_events", &noted).await, times, "{action}");
    }
    let first = app.student("13800138401").await;
    app.confirm_again(&first).await;
    assert_eq!(state(&first.get(&report).await), "changed");
    assert_eq!(
        approve(&first, &report).await.problem(),
        refused("lost_phone.closed")
    );
}

#[actix_web::test]
pub(crate) async fn whoever_has_the_old_number_refuses_and_staff_cancel() {
    let app = TestApp::with_sample().await;
    let owner = app.student(LOST).await;
    owner.enrol(ZHANG).await;
    let account = id_of(&owner).await;
    let operator = staff(&app, "13800138401", Role::Operator, None).await;
    let school = school_named(&operator, ZHANG.school).await;
    let officer = staff(&app, "13800138403", Role::Officer, Some(&school)).await;

    // With a single operator an officer of the school is the second person.
    let report = reported(&app, ZHANG.document_number, NEW).await;
    assert_eq!(state(&approve(&operator, &report).await), "confirmed");
    assert_eq!(state(&approve(&officer, &report).await), "approved");
    let waiting = owner.get(RECOVERIES).await.json();
    assert_eq!(waiting["items"][0]["new_phone"], "139****9007");
    let reference = waiting["items"][0]["reference"].as_str().unwrap();
    let refuse = format!("{RECOVERIES}/{reference}/refuse");
    assert_eq!(officer.act(&refuse).await.status, 404, "not the owner");
    assert_eq!(owner.act(&refuse).await.status, 204);
    assert_eq!(owner.act(&refuse).await.status, 404);
    assert_eq!(owner.get(RECOVERIES).await.json()["items"], json!([]));
    let read = operator.get(&report).await;
    assert_eq!(state(&read), "closed");
    assert!(read.text("outcome").contains("拒绝"), "{read:?}");

    let cancelled = reported(&app, ZHANG.document_number, "13900139011").await;
    assert_eq!(state(&approve(&operator, &cancelled).await), "confirmed");
    assert_eq!(state(&approve(&officer, &cancelled).await), "approved");
    assert_eq!(close(&officer, &cancelled, " ").await.status, 422);
    let closed = close(&officer, &cancelled, "与本人通话，并非本人申请").await;
    assert_eq!(state(&closed), "closed");
    assert!(closed.json()["closed_by"].is_string(), "{closed:?}");
    assert_eq!(
        close(&operator, &cancelled, "再来一次").await.problem(),
        refused("lost_phone.closed")
    );

    // A number whose account is in use is nobody else's.
    app.student("13900139012").await.enrol(LI).await;
    let used = reported(&app, ZHANG.document_number, "13900139012").await;
    assert_eq!(
        approve(&operator, &used).await.problem(),
        refused("lost_phone.number_used")
    );
    // Accounts of staff are not given away by a report.
    app.make_staff(&owner, Role::Finance, None).await;
    assert_eq!(
        approve(&operator, &used).await.problem(),
        refused("lost_phone.of_staff")
    );

    app.advance(DAY).await;
    app.work().await;
    assert_eq!(id_of(&app.student(LOST).await).await, account);
    assert_eq!(
        count(&app, "lost_phone_reports", "changed_at IS NOT NULL").await,
        0
    );
}

#[actix_web::test]
pub(crate) async fn nothing_is_approved_that_the_old_number_cannot_be_told() {
    let without = |config: &mut Value| {
        let sms = config["sms"].as_object_mut().unwrap();
        sms.remove("template_phone_recovery");
    };
    let app = TestApp::with_sample_and(without).await;
    app.student(LOST).await.enrol(ZHANG).await;
    let operator = staff(&app, "13800138401", Role::Operator, None).await;
    let report = reported(&app, ZHANG.document_number, NEW).await;
    assert_eq!(
        approve(&operator, &report).await.problem(),
        refused("lost_phone.no_notice")
    );
}
