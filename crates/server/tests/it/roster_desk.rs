//! What staff do with questions about the roster, and what they see of how far students are.

use domain::reminder::REMINDER_TEXT;
use domain::role::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::idempotency::posted_once;
use crate::journey::{LI, Who, ZHANG, portrait, upload_id};
use crate::officer::Officer;

const NOWHERE: &str = "task_01k9b3m0v8f7wq2d5e6h4t1xyz";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// How many messages with these words came to a phone.
async fn texts(officer: &Officer, phone: &str, words: &str) -> usize {
    let messages = officer.app.messages_to(phone).await;
    let has = |message: &&Value| {
        message["text"]
            .as_str()
            .is_some_and(|text| text.contains(words))
    };
    messages.iter().filter(has).count()
}

/// Asks the school about a passport; the question.
async fn ask(officer: &Officer, phone: &str, number: &str, name: &str) -> (Browser, Value) {
    let student = officer.app.student(phone).await;
    let question = json!({
        "task_id": officer.task, "document_type": "passport", "document_number": number,
        "level": "phd", "name": name, "note": "换了护照",
    });
    let asked = student.post("/api/v1/roster-tickets", question).await;
    assert_eq!(asked.status, 201, "{asked:?}");
    let ticket = asked.json();
    (student, ticket)
}

#[actix_web::test]
pub(crate) async fn a_question_is_answered_by_adding_correcting_or_words() {
    let officer = Officer::new().await;
    let school = officer.school().await.to_string();
    let list = format!("/schools/{school}/roster-tickets");
    let ((student, new), (_, other), (_, third)) = (
        ask(&officer, "13800138061", "E12345671", "新同学").await,
        ask(&officer, "13800138062", "E12345672", "李若水").await,
        ask(&officer, "13800138063", "E12345673", "路人").await,
    );
    let open = officer.get(&format!("{list}?state=open")).await.json();
    assert_eq!(open["items"].as_array().unwrap().len(), 3);
    assert_eq!(open["items"][2]["name"], "新同学");
    assert_eq!(open["items"][2]["document_number"], "E1*****71");
    let path = |ticket: &Value| format!("/roster-tickets/{}", ticket["id"].as_str().unwrap());

    // The one who is not on the roster is added, and can verify at once.
    let detail = officer.get(&path(&new)).await.json();
    assert_eq!(detail["nearest"], json!([]));
    assert_eq!(detail["ticket"]["note"], "换了护照");
    let add = format!("{}/add-to-roster", path(&new));
    let broken = officer.post(&add, json!({ "college": "药\u{fffd}院" }));
    assert_eq!(
        broken.await.problem(),
        refused(409, "roster_ticket.cannot_add")
    );
    let bodies = ["药学院", "法学院"].map(|college| json!({ "college": college }));
    let added = posted_once(&officer.browser, &add, bodies).await;
    assert_eq!(added.text("state"), "answered", "{added:?}");
    let again = officer.post(&add, json!({})).await;
    assert_eq!(again.problem(), refused(409, "roster_ticket.state"));
    let mine = student.get("/api/v1/me/roster-tickets").await.json();
    assert_eq!(
        mine["items"][0]["answer"],
        "已将您加入名单，请重新核验身份。"
    );
    let who = Who {
        document_type: "passport",
        document_number: "E12345671",
        name: "新同学",
        level: "phd",
        ..ZHANG
    };
    assert_eq!(student.verify(&student.claim(who).await).await.status, 201);

    // The one whose number is wrong on the roster is found by name, and corrected.
    let detail = officer.get(&path(&other)).await.json();
    let li = detail["nearest"][0].clone();
    assert_eq!(li["student_no"], LI.student_no);
    let correct = format!("{}/correct-entry", path(&other));
    let stale = json!({ "roster_entry_id": li["id"], "version": 7 });
    assert_eq!(officer.post(&correct, stale).await.problem().0, 409);
    let unknown = json!({ "roster_entry_id": "x", "version": 1 });
    let unknown = officer.post(&correct, unknown).await;
    assert_eq!(unknown.problem(), refused(404, "roster_entry.unknown"));
    let bodies = ["已更正", "已改"]
        .map(|answer| json!({ "roster_entry_id": li["id"], "version": 1, "answer": answer }));
    let corrected = posted_once(&officer.browser, &correct, bodies).await;
    assert_eq!(corrected.text("answer"), "已更正");
    let entry = officer
        .get(&format!("/roster-entries/{}", li["id"].as_str().unwrap()))
        .await;
    assert_eq!(entry.json()["numbers"][0]["document_number"], "E1*****72");

    // The third gets words.
    let answer = format!("{}/answer", path(&third));
    for text in [String::new(), "答".repeat(501)] {
        let reply = officer.post(&answer, json!({ "answer": text })).await;
        assert_eq!(reply.problem(), refused(422, "roster_ticket.answer_length"));
    }
    let bodies = ["请到教务处核实。", "再说"].map(|answer| json!({ "answer": answer }));
    let answered = posted_once(&officer.browser, &answer, bodies).await;
    assert_eq!(answered.text("state"), "answered");
    let again = officer.post(&answer, json!({ "answer": "再说" })).await;
    assert_eq!(again.problem(), refused(409, "roster_ticket.state"));
    let left = officer.get(&format!("{list}?state=open")).await.json();
    assert_eq!(left["items"], json!([]));
    service::worker::run_due(&officer.app.context)
        .await
        .unwrap();
    for phone in ["13800138061", "13800138062", "13800138063"] {
        let told = texts(&officer, phone, "已回复您的名单核对申请").await;
        assert_eq!(told, 1, "each is told once");
    }
    what_is_not_there_is_told(&officer, &list, &path(&new)).await;
}

async fn what_is_not_there_is_told(officer: &Officer, list: &str, ticket: &str) {
    assert_eq!(officer.get(&format!("{list}?limit=0")).await.status, 422);
    assert_eq!(
        officer.get(&format!("{list}?task_id=x")).await.problem(),
        refused(404, "task.unknown")
    );
    let stranger = officer.app.student("13800138064").await;
    let other = officer.browser.claim(crate::journey::ZHAO).await["task_id"].clone();
    let task = store::task::get(
        officer.app.context.store.reader(),
        other.as_str().unwrap().parse().unwrap(),
    );
    let school = task.await.unwrap().unwrap().school_id;
    officer
        .app
        .make_staff(&stranger, Role::Officer, Some(school))
        .await;
    let unknown = refused(404, "roster_ticket.unknown");
    let path = format!("/api/v1{ticket}");
    assert_eq!(stranger.get(&path).await.problem(), unknown);
    let correction = json!({ "roster_entry_id": "x", "version": 1 });
    for (act, body) in [
        ("answer", json!({ "answer": "x" })),
        ("add-to-roster", json!({})),
        ("correct-entry", correction),
    ] {
        let reply = stranger.post(&format!("{path}/{act}"), body).await;
        let expected = if act == "correct-entry" {
            refused(404, "roster_entry.unknown")
        } else {
            unknown.clone()
        };
        assert_eq!(reply.problem(), expected, "{act}");
    }
    let foreign = stranger.get(&format!("/api/v1{list}")).await;
    assert_eq!(foreign.problem(), refused(404, "school.unknown"));
}

#[actix_web::test]
pub(crate) async fn progress_is_counted_and_missing_students_are_reminded_once() {
    let officer = Officer::new().await;
    let task = format!("/tasks/{}", officer.task);
    let before = officer.get(&format!("{task}/progress")).await.json();
    let listed = before["total"]["not_verified"].as_u64().unwrap();
    assert!(listed > 2, "{before}");
    let student = officer.app.student("13800138065").await;
    let enrolment = student.enrol(ZHANG).await;
    let sent = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(sent.status, 201, "{sent:?}");
    let second = officer.app.student("13800138066").await;
    second.enrol(LI).await;
    let now = officer.get(&format!("{task}/progress")).await.json();
    let total = &now["total"];
    assert_eq!(
        [
            &total["not_verified"],
            &total["verified"],
            &total["photo_sent"]
        ],
        [&json!(listed - 2), &json!(1), &json!(1)]
    );
    assert_eq!(
        (&now["days"][0]["verified"], &now["days"][0]["photo_sent"]),
        (&json!(2), &json!(1))
    );
    let li = officer
        .get(&format!("{task}/progress?college=公共卫生学院"))
        .await
        .json();
    assert_eq!(li["colleges"][0]["name"], "公共卫生学院");
    assert_eq!(li["colleges"][0]["counts"]["verified"], 1);

    let missing = format!("{task}/missing-students");
    let all = officer.get(&missing).await.json();
    assert_eq!(all["items"].as_array().unwrap().len() as u64, listed);
    let verified = officer
        .get(&format!("{missing}?progress=verified"))
        .await
        .json();
    assert_eq!(verified["items"][0]["name"], "李若水");
    let paid = officer
        .get(&format!("{missing}?progress=paid"))
        .await
        .json();
    assert_eq!(paid["items"], json!([]));
    for format in ["csv", "xlsx"] {
        let body = json!({ "format": format, "progress": "verified" });
        let file = officer.post(&format!("{missing}/export"), body).await;
        assert_eq!(file.status, 200, "{file:?}");
        if format == "csv" {
            let text = String::from_utf8(file.bytes.clone()).unwrap();
            assert!(
                text.lines().count() == 2 && text.contains("\"李若水\""),
                "{text}"
            );
        }
    }
    reminders_go_out_once(&officer, &task, listed).await;
    what_is_no_task_has_no_progress(&officer).await;
}

async fn reminders_go_out_once(officer: &Officer, task: &str, listed: u64) {
    let preview = officer
        .get(&format!("{task}/reminders/preview"))
        .await
        .json();
    let expected = [&json!(2), &json!(0), &json!(listed - 2), &json!(9)];
    let counts = ["recipients", "recently_reminded", "unreachable", "cost_fen"];
    assert_eq!(counts.map(|name| &preview[name]), expected, "{preview}");
    let reminders = format!("{task}/reminders");
    let more = officer.post(&reminders, json!({ "recipients": 1 })).await;
    assert_eq!(more.problem(), refused(409, "reminder.more"));
    let sent = officer.post(&reminders, json!({ "recipients": 2 })).await;
    assert_eq!(sent.status, 202, "{sent:?}");
    // The same wish once more before the worker has come to the first: each is told once all the same.
    assert_eq!(
        officer
            .post(&reminders, json!({ "recipients": 2 }))
            .await
            .status,
        202
    );
    service::worker::run_due(&officer.app.context)
        .await
        .unwrap();
    service::worker::run_due(&officer.app.context)
        .await
        .unwrap();
    for phone in ["13800138065", "13800138066"] {
        assert_eq!(texts(officer, phone, REMINDER_TEXT.zh).await, 1, "{phone}");
    }
    let again = officer.post(&reminders, json!({ "recipients": 2 })).await;
    assert_eq!(again.problem(), refused(409, "reminder.nobody"));
    let reminded = officer
        .get(&format!("{task}/missing-students?progress=verified"))
        .await
        .json();
    assert!(reminded["items"][0]["reminded_at"].is_string());
}

async fn what_is_no_task_has_no_progress(officer: &Officer) {
    for path in ["progress", "missing-students", "reminders/preview"] {
        let reply = officer.get(&format!("/tasks/{NOWHERE}/{path}")).await;
        assert_eq!(reply.problem(), refused(404, "task.unknown"), "{path}");
        let wrong = format!("/tasks/{}/{path}?college={}", officer.task, "x".repeat(101));
        assert_eq!(officer.get(&wrong).await.status, 422, "{path}");
    }
    for (path, body) in [
        ("missing-students/export", json!({ "format": "csv" })),
        ("reminders", json!({ "recipients": 1 })),
    ] {
        let reply = officer
            .send(Method::POST, &format!("/tasks/{NOWHERE}/{path}"), body)
            .await;
        assert_eq!(reply.problem(), refused(404, "task.unknown"), "{path}");
    }
}

#[actix_web::test]
async fn a_counsellor_sees_their_own_students_and_nothing_else() {
    let officer = Officer::new().await;
    let counsellor = officer.app.student("13800138067").await;
    let school = officer.school().await;
    let role = officer
        .app
        .make_staff(&counsellor, Role::SchoolReviewer, Some(school))
        .await;
    let limited = json!({ "colleges": ["公共卫生学院"], "classes": [], "version": 1 });
    let limited = officer
        .send(Method::PATCH, &format!("/staff-roles/{role}"), limited)
        .await;
    assert_eq!(limited.status, 200, "{limited:?}");
    // Other limits end their sessions.
    officer.app.advance(61).await;
    let counsellor = officer.app.student("13800138067").await;
    officer
        .app
        .make_staff(&counsellor, Role::SchoolReviewer, Some(school))
        .await;
    let get = async |path: &str| {
        counsellor
            .get(&format!("/api/v1/tasks/{}/{path}", officer.task))
            .await
    };
    let progress = get("progress").await.json();
    let colleges = progress["colleges"].as_array().unwrap();
    assert_eq!(colleges.len(), 1, "{progress}");
    assert_eq!(colleges[0]["name"], "公共卫生学院");
    let total = officer
        .get(&format!("/tasks/{}/progress", officer.task))
        .await
        .json();
    assert_ne!(total["total"], progress["total"]);
    let missing = get("missing-students").await.json();
    let items = missing["items"].as_array().unwrap();
    assert!(
        !items.is_empty() && items.iter().all(|it| it["college"] == "公共卫生学院"),
        "{missing}"
    );
    let others = get("missing-students?college=基础医学院").await.json();
    assert_eq!(others["items"], json!([]));
    let role = refused(403, "session.role_required");
    for path in ["roster-entries", "roster-imports", "reminders/preview"] {
        let reply = get(path).await;
        assert!(
            reply.problem() == role || reply.problem() == refused(404, "task.unknown"),
            "{path}: {reply:?}"
        );
    }
    let export = format!("/api/v1/tasks/{}/missing-students/export", officer.task);
    let reply = counsellor.post(&export, json!({ "format": "csv" })).await;
    assert_eq!(reply.problem(), role);
    let foreign = officer.browser.claim(crate::journey::ZHAO).await["task_id"].clone();
    let foreign = format!("/api/v1/tasks/{}/progress", foreign.as_str().unwrap());
    assert_eq!(
        counsellor.get(&foreign).await.problem(),
        refused(404, "task.unknown")
    );
}
