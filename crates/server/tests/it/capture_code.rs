//! Verification by image-capture codes, which the sandbox makes.

use chrono::Datelike;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use domain::role::Role;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::call::{school_named, task_input};
use crate::journey::{QIAN, Who, ZHANG, ZHAO, portrait};

/// The code of the sample school whose task takes codes here.
const SCHOOL_CODE: &str = "99901";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// The year of graduation of codes that count now.
fn year(app: &TestApp) -> i32 {
    domain::day_in_china(app.context.now()).year()
}

/// What a code of a student says.
fn content(app: &TestApp, who: Who) -> Value {
    json!({
        "school": SCHOOL_CODE, "student_no": who.student_no, "name": who.name, "level": who.level,
        "id_type": who.document_type, "id_number": who.document_number, "year": year(app),
    })
}

async fn issued(app: &TestApp, content: Value) -> String {
    let made = app.control("capture_code", content).await;
    made["code"].as_str().unwrap().to_owned()
}

/// The picture of a code, as a student saves it.
async fn picture(app: &TestApp, code: &str) -> String {
    let pages = &app.sandbox.addresses().pages;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let address = format!("{pages}/capture-codes/picture?code={code}");
    let file = client.get(address).send().await.unwrap().bytes().await;
    BASE64.encode(&file.unwrap())
}

/// The same code with something else in it, under the old signature.
fn altered(code: &str, from: &str, to: &str) -> String {
    let parts: Vec<&str> = code.split('.').collect();
    let content = BASE64URL_NOPAD.decode(parts[1].as_bytes()).unwrap();
    let content = String::from_utf8(content).unwrap().replace(from, to);
    let content = BASE64URL_NOPAD.encode(content.as_bytes());
    format!("{}.{content}.{}", parts[0], parts[2])
}

/// The sample school's task takes codes from now on; where they are sent.
async fn codes_of(app: &TestApp, browser: &Browser, who: Who) -> String {
    app.change_task(who.school, |settings| {
        settings["identity"] = "capture_code".into();
    })
    .await;
    let task = browser.task(who.school).await;
    format!(
        "/api/v1/tasks/{}/capture-codes",
        task["id"].as_str().unwrap()
    )
}

/// Whether a member of staff is told that tasks can take codes.
async fn reads_codes(officer: &Browser) -> bool {
    let me = officer.get("/api/v1/staff/me").await.json();
    me["reads_capture_codes"].as_bool().unwrap()
}

#[actix_web::test]
pub(crate) async fn each_code_that_does_not_count_is_answered_by_what_is_wrong_with_it() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138701").await;
    let claim = student.claim(ZHAO).await;
    let path = codes_of(&app, &student, ZHAO).await;
    let by_number = student.post("/api/v1/enrolments", claim).await;
    let expected = refused(409, "enrolment.capture_code_required");
    assert_eq!(by_number.problem(), expected);

    let good = issued(&app, content(&app, ZHAO)).await;
    let changed = async |field: &str, value: Value| {
        let mut content = content(&app, ZHAO);
        content[field] = value;
        issued(&app, content).await
    };
    let past = app.context.now().timestamp();
    for (code, expected) in [
        (altered(&good, ZHAO.name, "别人"), "capture_code.forged"),
        (good[..good.len() - 8].to_owned(), "capture_code.forged"),
        (
            changed("school", "99902".into()).await,
            "capture_code.other_school",
        ),
        (
            changed("expires", past.into()).await,
            "capture_code.expired",
        ),
        (
            changed("year", 2019.into()).await,
            "capture_code.other_year",
        ),
        (
            changed("id_number", "1".into()).await,
            "capture_code.malformed",
        ),
        (
            "https://www.chsi.com.cn/xlcx".to_owned(),
            "capture_code.malformed",
        ),
    ] {
        let reply = student.post(&path, json!({ "code": code })).await;
        assert_eq!(reply.problem(), refused(422, expected), "{code}");
    }
    let other = changed("school", "99902".into()).await;
    let told = student.post(&path, json!({ "code": other })).await.json();
    assert!(told["detail"].as_str().unwrap().contains("99902"), "{told}");

    let without = BASE64.encode(&portrait(480, 640, 1));
    for (body, expected) in [
        (json!({}), "capture_code.given"),
        (json!({ "code": good, "image": "" }), "capture_code.given"),
        (json!({ "image": "no Base64" }), "request.field_unreadable"),
        (json!({ "image": "" }), "photo.file_empty"),
        (
            json!({ "image": without }),
            "capture_code.picture_unreadable",
        ),
    ] {
        let reply = student.post(&path, body).await;
        assert_eq!(reply.problem(), refused(422, expected));
    }
    // The text of another QR code is read, and is no code.
    let image = picture(&app, "hello").await;
    let reply = student.post(&path, json!({ "image": image })).await;
    assert_eq!(reply.problem(), refused(422, "capture_code.malformed"));

    let code = json!({ "code": good });
    let elsewhere = student.task(QIAN.school).await;
    let elsewhere = elsewhere["id"].as_str().unwrap();
    let elsewhere = format!("/api/v1/tasks/{elsewhere}/capture-codes");
    let reply = student.post(&elsewhere, code.clone()).await;
    assert_eq!(reply.problem(), refused(409, "capture_code.not_used_here"));
    let reply = student
        .post("/api/v1/tasks/task_1/capture-codes", code)
        .await;
    assert_eq!(reply.status, 404, "{reply:?}");
    let found = student.get("/api/v1/me/enrolments").await.json();
    assert_eq!(found["items"], json!([]), "nobody was verified");
}

/// A student whom no school listed.
const NEW: Who = Who {
    document_number: "11010519491231002X",
    name: "李华",
    student_no: "2210409001",
    ..ZHAO
};

#[actix_web::test]
pub(crate) async fn a_code_lists_and_verifies_its_student_for_one_account() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138711").await;
    let path = codes_of(&app, &student, ZHAO).await;
    let officer = app.student("13800138712").await;
    let school = school_named(&officer, ZHAO.school).await;
    app.make_staff(&officer, Role::Officer, Some(school.parse().unwrap()))
        .await;
    assert!(reads_codes(&officer).await);
    let task = path.strip_suffix("/capture-codes").unwrap();
    let entries = format!("{task}/roster-entries?limit=100");
    let listed = async || officer.get(&entries).await.json()["items"].clone();
    let before = listed().await.as_array().unwrap().len();

    let code = issued(&app, content(&app, NEW)).await;
    let image = picture(&app, &code).await;
    let first = student.post(&path, json!({ "image": image })).await;
    assert_eq!(first.status, 201, "{first:?}");
    let seen = first.json();
    let expected = [
        ("name", json!("李华")),
        ("document_number", json!("110***********002X")),
        ("level", json!("ba")),
        ("student_no", json!("2210409001")),
        ("next_step", json!("photo")),
    ];
    for (field, expected) in expected {
        assert_eq!(seen[field], expected, "{field}");
    }
    assert_eq!(listed().await.as_array().unwrap().len(), before + 1);
    // Another code of the same student leads to the same entry, and the same code to the same enrolment.
    let renewed = issued(&app, content(&app, NEW)).await;
    assert_ne!(renewed, code);
    for code in [&renewed, &code] {
        let again = student.post(&path, json!({ "code": code })).await;
        assert_eq!((again.status, again.json()), (201, seen.clone()));
    }
    let other = app.student("13800138713").await;
    for code in [&renewed, &code] {
        let replayed = other.post(&path, json!({ "code": code })).await;
        assert_eq!(replayed.problem(), refused(409, "capture_code.used"));
    }
    assert_eq!(listed().await.as_array().unwrap().len(), before + 1);

    // Who is listed already keeps their entry; what the code says otherwise is not proven.
    let mut renamed = content(&app, ZHAO);
    renamed["name"] = "赵二帆".into();
    let code = issued(&app, renamed).await;
    let found = other.post(&path, json!({ "code": code })).await;
    assert_eq!((found.status, found.text("name")), (201, "**帆".to_owned()));
    let code = issued(&app, content(&app, ZHAO)).await;
    let found = other.post(&path, json!({ "code": code })).await;
    assert_eq!(
        (found.status, found.text("name")),
        (201, ZHAO.name.to_owned())
    );
    assert_eq!(listed().await.as_array().unwrap().len(), before + 1);

    // A code does not bring back whom the school took off its list.
    let held = [ZHAO.name, NEW.name];
    let all = listed().await;
    let free = all.as_array().unwrap().iter();
    let mut free = free.filter(|entry| !held.contains(&entry["name"].as_str().unwrap()));
    let free = free.next_back().unwrap()["id"].as_str().unwrap().to_owned();
    let entry = officer
        .get(&format!("/api/v1/roster-entries/{free}"))
        .await
        .json();
    let revealed = format!("/api/v1/roster-entries/{free}/reveal-numbers");
    let number = officer.act(&revealed).await.json();
    let number = &number["numbers"][0];
    let gone = officer
        .act(&format!("/api/v1/roster-entries/{free}/withdraw"))
        .await;
    assert_eq!(gone.status, 200, "{gone:?}");
    let mut withdrawn = content(&app, NEW);
    for (field, value) in [
        ("id_type", &number["document_type"]),
        ("id_number", &number["document_number"]),
        ("level", &entry["level"]),
    ] {
        withdrawn[field] = value.clone();
    }
    let code = issued(&app, withdrawn).await;
    let third = app.student("13800138714").await;
    let reply = third.post(&path, json!({ "code": code })).await;
    assert_eq!(
        reply.problem(),
        refused(409, "capture_code.student_withdrawn")
    );

    // After the end the student still finds what is theirs, and nobody new comes in.
    assert_eq!(officer.act(&format!("{task}/close")).await.status, 200);
    let again = student.post(&path, json!({ "code": renewed })).await;
    assert_eq!((again.status, again.text("id")), (201, first.text("id")));
    let late = json!({ "code": issued(&app, content(&app, Who { document_number: ZHANG.document_number, ..NEW })).await });
    assert_eq!(
        third.post(&path, late).await.problem(),
        refused(409, "task.closed")
    );
}

#[actix_web::test]
pub(crate) async fn without_a_key_no_task_takes_codes() {
    let app = TestApp::with_sample_and(|config| {
        config.as_object_mut().unwrap().remove("capture_code");
    })
    .await;
    let officer = app.student("13800138721").await;
    let school = school_named(&officer, ZHAO.school).await;
    app.make_staff(&officer, Role::Officer, Some(school.parse().unwrap()))
        .await;
    assert!(!reads_codes(&officer).await);
    let tasks = format!("/api/v1/schools/{school}/tasks");
    let mut by_code = task_input();
    by_code["identity"] = "capture_code".into();
    let chosen = officer.post(&tasks, by_code.clone()).await;
    assert_eq!(chosen.problem(), refused(422, "task.identity_unavailable"));
    assert_eq!(chosen.json()["errors"][0]["pointer"], "/identity");
    let made = officer.post(&tasks, task_input()).await;
    let task = format!("/api/v1/tasks/{}", made.text("id"));
    let change = json!({ "settings": by_code, "version": 1 });
    let chosen = officer.patch(&task, change).await;
    assert_eq!(chosen.problem(), refused(422, "task.identity_unavailable"));

    // A task from before the key was taken away.
    let path = codes_of(&app, &officer, ZHAO).await;
    let code = json!({ "code": issued(&app, content(&app, NEW)).await });
    let reply = officer.post(&path, code).await;
    assert_eq!(reply.problem(), refused(409, "capture_code.unavailable"));
}
