//! What staff look up and what waits for them, and the release of a wrong binding.

use domain::role::Role;
use serde_json::json;

use crate::app::TestApp;
use crate::journey::{LI, ZHANG, ZHAO, portrait, upload_id};

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[actix_web::test]
pub(crate) async fn students_are_found_and_a_wrong_binding_is_released() {
    let app = TestApp::with_sample().await;
    let (operator, student) = (
        app.student("13800138071").await,
        app.student("13800138072").await,
    );
    app.make_staff(&operator, Role::Operator, None).await;
    let enrolment = student.enrol(ZHANG).await;
    let photo = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    let find = async |body| operator.post("/api/v1/students/find", body).await;
    let by_phone = find(json!({ "phone": "138 0013 8072" })).await.json();
    let found = &by_phone["items"][0];
    assert_eq!(
        (&found["name"], &found["photo_state"]),
        (&json!(ZHANG.name), &json!("checked"))
    );
    assert_eq!(found["order_no"], photo.text("order_no"));
    let by_order = find(json!({ "order_no": photo.text("order_no") }))
        .await
        .json();
    assert_eq!(by_order, by_phone);
    for nobody in [
        json!({ "phone": "13800138999" }),
        json!({ "order_no": "1" }),
    ] {
        assert_eq!(find(nobody).await.json()["items"], json!([]));
    }
    for wrong in [json!({}), json!({ "phone": "1" })] {
        assert_eq!(
            find(wrong).await.problem(),
            refused(422, "login.phone_invalid")
        );
    }
    let log = student.get("/api/v1/me/access-log").await.json();
    assert_eq!(log["items"][0]["action"], "enrolment.looked_up");

    // Another officer's school finds nobody here.
    let officer = app.student("13800138073").await;
    let other = operator.claim(ZHAO).await["task_id"].clone();
    let task = store::task::get(
        app.context.store.reader(),
        other.as_str().unwrap().parse().unwrap(),
    );
    let school = task.await.unwrap().unwrap().school_id;
    app.make_staff(&officer, Role::Officer, Some(school)).await;
    let foreign = officer
        .post("/api/v1/students/find", json!({ "phone": "13800138072" }))
        .await;
    assert_eq!(foreign.json()["items"], json!([]));

    let entry = found["roster_entry_id"].as_str().unwrap();
    let binding = format!("/api/v1/roster-entries/{entry}/binding");
    let held = operator.act(&binding).await.json();
    assert_eq!(
        (&held["phone"], &held["enrolment_id"]),
        (&json!("138****8072"), &json!(enrolment))
    );
    assert_eq!(
        officer.act(&binding).await.problem(),
        refused(404, "roster_entry.unknown")
    );
    let release = format!("/api/v1/enrolments/{enrolment}/release");
    let reasonless = operator.post(&release, json!({ "reason": " " })).await;
    assert_eq!(
        reasonless.problem(),
        refused(422, "enrolment.release_reason")
    );
    let reason = json!({ "reason": "冒用他人信息" });
    let foreign = officer.post(&release, reason.clone()).await;
    assert_eq!(foreign.problem(), refused(404, "enrolment.unknown"));
    let released = operator.post(&release, reason.clone()).await;
    assert_eq!(
        released.json(),
        json!({ "kept_photo_state": null }),
        "{released:?}"
    );
    assert_eq!(
        operator.act(&binding).await.json()["enrolment_id"],
        json!(null)
    );
    let owner = app.student("13800138074").await;
    assert_eq!(
        owner.verify(&owner.claim(ZHANG).await).await.status,
        201,
        "somebody else may"
    );
    // A settled order must go back first.
    let paid = owner.enrol(ZHAO).await;
    owner
        .submit(&paid, &upload_id(2), portrait(480, 640, 2))
        .await;
    let refusal = operator
        .post(&format!("/api/v1/enrolments/{paid}/release"), reason)
        .await;
    assert_eq!(refusal.problem(), refused(409, "enrolment.order_paid"));
}

#[actix_web::test]
pub(crate) async fn staff_see_what_waits_for_them() {
    let app = TestApp::with_sample().await;
    let (operator, student) = (
        app.student("13800138075").await,
        app.student("13800138076").await,
    );
    app.make_staff(&operator, Role::Operator, None).await;
    let notices = async || operator.get("/api/v1/staff/me/notices").await.json();
    let before = notices().await;
    let question = json!({
        "task_id": student.task(LI.school).await["id"], "document_type": "passport",
        "document_number": "E12345678", "level": "msc", "name": "Anna", "note": "",
    });
    assert_eq!(
        student
            .post("/api/v1/roster-tickets", question)
            .await
            .status,
        201
    );
    let task = operator.claim(LI).await["task_id"].clone();
    operator
        .send_roster(
            task.as_str().unwrap(),
            "姓名,证件号码,CC\n张三,E12345678,本科\n",
        )
        .await;
    service::worker::run_due(&app.context).await.unwrap();
    let after = notices().await;
    let more = |name: &str| after[name].as_u64().unwrap() - before[name].as_u64().unwrap();
    assert_eq!(
        (more("open_tickets"), more("waiting_imports")),
        (1, 1),
        "{after}"
    );
    let overview = operator
        .get("/api/v1/overview/schools?limit=100")
        .await
        .json();
    let schools = overview["items"].as_array().unwrap();
    let school = schools
        .iter()
        .find(|school| school["name"] == LI.school)
        .unwrap();
    assert_eq!(school["open_tickets"], 1, "{school}");
    assert!(school["next_deadline"].is_string(), "{school}");
    let wrong = operator.get("/api/v1/overview/schools?limit=0").await;
    assert_eq!(wrong.status, 422);
    // From a week before its end on the task is told, until it is over.
    assert_eq!(before["deadlines"], json!([]));
    let open = before["open_tasks"].as_array().unwrap();
    assert!(!open.is_empty(), "{before}");
    let closes = school["next_deadline"].as_str().unwrap();
    let closes: chrono::DateTime<chrono::Utc> = closes.parse().unwrap();
    let bureau = crate::app::operator("li");
    for (seconds_left, is_told) in [
        (7 * 86_400, false),
        (7 * 86_400 - 1, true),
        (1, true),
        (-1, false),
    ] {
        let left = (closes - app.context.now()).num_seconds();
        app.advance(left - seconds_left).await;
        let notices = service::overview::staff_notices(&app.context, &bureau).await;
        let notices = notices.unwrap();
        let is_in = |tasks: &[domain::task::Task]| tasks.iter().any(|it| it.closes_at == closes);
        let told = (is_in(&notices.deadlines), is_in(&notices.open_tasks));
        let expected = (is_told, seconds_left > 0);
        assert_eq!(told, expected, "{seconds_left} s before it closes");
    }
}
