//! Finding a school and its tasks.

use domain::task::{Task, TaskState};
use reqwest::Method;
use serde_json::{Value, json};
use service::Context;

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::{ZHANG, task_name};

async fn find(browser: &Browser, name: &str) -> Reply {
    let request = browser.request(Method::GET, "/api/v1/schools");
    browser.send(request.query(&[("name", name)])).await
}

fn names(found: &Reply) -> Vec<String> {
    let schools = found.json()["schools"].as_array().unwrap().clone();
    let name = |school: &Value| school["school"]["name"].as_str().unwrap().to_owned();
    schools.iter().map(name).collect()
}

#[actix_web::test]
async fn a_school_is_found_however_its_name_is_typed() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    for (typed, expected) in [
        ("北京大学医学部", vec!["北京大学医学部"]),
        (" 北京大学\u{3000}医学部\n", vec!["北京大学医学部"]),
        ("北医", vec!["北京大学医学部"]),
        ("10001", vec!["北京大学医学部"]),
        ("１０００１", vec!["北京大学医学部"]),
        ("示例大学(南校区)", vec!["示例大学（南校区）"]),
        ("99901", vec!["示例大学", "示例大学（南校区）"]),
    ] {
        let found = find(&student, typed).await;
        assert_eq!(
            (found.status, names(&found)),
            (200, expected.iter().map(ToString::to_string).collect()),
            "{typed:?}"
        );
    }
}

#[actix_web::test]
pub(crate) async fn a_school_without_a_published_task_is_not_open() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    for typed in [
        "北京大学",
        "北京",
        "北京大学医学",
        "",
        " ",
        "%",
        "_",
        "10002",
        "\0",
        "' OR 1=1 --",
    ] {
        let problem = find(&student, typed).await.problem();
        assert_eq!(problem, (404, "school.not_open".to_owned()), "{typed:?}");
    }
    let missing = student.get("/api/v1/schools").await.problem();
    assert_eq!(missing, (422, "request.field_missing".to_owned()));
}

#[actix_web::test]
pub(crate) async fn a_student_is_told_what_a_task_asks_and_costs() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let task = student.task(ZHANG.school).await;
    for (field, expected) in [
        ("availability", json!("open")),
        ("levels", json!(["phd", "msc", "ba"])),
        ("due_fen", json!(2000)),
        ("payer", json!("student")),
        ("identity", json!("roster")),
        ("extra_proofs", json!([])),
        ("max_photos", json!(3)),
        (
            "fees",
            json!([{ "code": "collection", "label": "图像采集费", "amount_fen": 2000 }]),
        ),
    ] {
        assert_eq!(task[field], expected, "{field}");
    }
    assert!(task["roster_updated_at"].is_string());
    assert_eq!(task["photo_rules"]["width_px"], 480);
    let free = student.task("示例大学").await;
    assert_eq!(
        (&free["payer"], &free["due_fen"]),
        (&json!("free"), &json!(0))
    );
    let school_pays = student.task("示例大学（南校区）").await;
    assert_eq!(
        (&school_pays["payer"], &school_pays["due_fen"]),
        (&json!("school"), &json!(0))
    );
    for (school, availability) in [("示例理工大学", "upcoming"), ("示例医学院", "closed")]
    {
        assert_eq!(student.task(school).await["availability"], availability);
    }

    let path = format!("/api/v1/tasks/{}", task["id"].as_str().unwrap());
    assert_eq!(student.get(&path).await.json(), task);
    let visitor = app.browser().get(&path).await;
    assert_eq!(visitor.json(), task, "a school's link needs no login");
    let unknown = student
        .get("/api/v1/tasks/task_00000000000000000000000001")
        .await;
    assert_eq!(unknown.problem(), (404, "school.not_open".to_owned()));
    assert_eq!(student.get("/api/v1/tasks/x").await.problem().0, 404);
}

#[actix_web::test]
async fn open_tasks_come_first_and_drafts_are_not_shown() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    for (name, state, opens_in_s, closes_in_s) in [
        ("ended", TaskState::Open, -900, -800),
        ("later", TaskState::Open, 900, 1000),
        ("soon", TaskState::Open, 500, 1000),
        ("draft", TaskState::Draft, -900, 900),
        ("closed", TaskState::Closed, -900, 900),
        ("short", TaskState::Open, -900, 900),
    ] {
        add_task(&app.context, name, state, (opens_in_s, closes_in_s)).await;
    }
    let found = find(&student, "北医").await.json();
    let tasks = found["schools"][0]["tasks"].as_array().unwrap();
    let order: Vec<_> = tasks
        .iter()
        .map(|task| task["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        order,
        [
            "short",
            task_name(&app).as_str(),
            "soon",
            "later",
            "closed",
            "ended"
        ]
    );
}

/// Adds a task like the sample one to its school.
async fn add_task(context: &Context, name: &str, state: TaskState, (opens, closes): (i64, i64)) {
    let on = context.store.reader();
    let school = store::school::called(on, "北医").await.unwrap().remove(0);
    let sample = store::task::published(on, &[school.id]).await.unwrap();
    let sample = sample
        .into_iter()
        .find(|task| task.name.ends_with("毕业生图像采集"))
        .unwrap();
    let after = |seconds| context.now() + chrono::TimeDelta::seconds(seconds);
    let task = Task {
        id: context.new_id(domain::TaskId::new),
        name: name.to_owned(),
        state,
        opens_at: after(opens),
        closes_at: after(closes),
        ..sample
    };
    let tx = context.store.begin().await.unwrap();
    store::task::insert(&tx, &task).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
}

#[actix_web::test]
pub(crate) async fn names_are_suggested_by_their_beginning_only() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    for (prefix, expected) in [
        ("北", vec!["北京大学医学部"]),
        ("北医", vec!["北京大学医学部"]),
        (
            "示例",
            vec![
                "示例医学院",
                "示例大学",
                "示例大学（南校区）",
                "示例理工大学",
            ],
        ),
        ("医学", vec![]),
        ("", vec![]),
        (" ", vec![]),
        ("%", vec![]),
        ("_", vec![]),
        ("!", vec![]),
        ("\\", vec![]),
    ] {
        let request = student.request(Method::GET, "/api/v1/schools/suggestions");
        let reply = student
            .send(request.query(&[("prefix", prefix)]))
            .await
            .json();
        let mut names: Vec<_> = reply["names"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        let mut expected = expected;
        // The order is the database's own.
        names.sort_unstable();
        expected.sort_unstable();
        assert_eq!(names, expected, "{prefix:?}");
    }
    let missing = student.get("/api/v1/schools/suggestions").await;
    assert_eq!(missing.problem().0, 422);
}

#[actix_web::test]
async fn schools_are_searched_by_those_who_are_logged_in() {
    let app = TestApp::with_sample().await;
    let anybody = app.browser();
    for path in [
        "/api/v1/schools?name=10001",
        "/api/v1/schools/suggestions?prefix=1",
    ] {
        let problem = anybody.get(path).await.problem();
        assert_eq!(problem, (401, "session.required".to_owned()), "{path}");
    }
}
