//! Templates of tasks, and what students would see of a task before it exists.

use domain::role::Role;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::call::{school_named, task_input};
use crate::erasure::count;
use crate::journey::ZHANG;
use crate::staff::log_in;

const OTHER_SCHOOL: &str = "示例大学（南校区）";

async fn officer(app: &TestApp, phone: &str, school: &str) -> Browser {
    let browser = log_in(app, phone).await;
    let school = Some(school.parse().unwrap());
    app.make_staff(&browser, Role::Officer, school).await;
    browser
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// How many rows the tables have to which a task and its students would add some.
async fn rows(app: &TestApp) -> Vec<u64> {
    let mut counts = Vec::new();
    for table in ["tasks", "roster_entries", "enrolments", "photos", "orders"] {
        counts.push(count(app, table, "1 = 1").await);
    }
    counts
}

/// The names of the templates that a school is offered, with who keeps them.
async fn offered(browser: &Browser, school: &str) -> Vec<(Value, Value)> {
    let path = format!("/api/v1/schools/{school}/task-templates");
    let listed = browser.get(&path).await.json();
    let items = listed["items"].as_array().unwrap().iter();
    items
        .map(|item| (item["name"].clone(), item["owner"].clone()))
        .collect()
}

#[actix_web::test]
pub(crate) async fn settings_are_kept_as_templates_of_a_school_or_of_the_bureau() {
    let app = TestApp::with_sample().await;
    let operator = app.student("13800138401").await;
    app.make_staff(&operator, Role::Operator, None).await;
    let ours = school_named(&operator, ZHANG.school).await;
    let theirs = school_named(&operator, OTHER_SCHOOL).await;
    let officer_of_ours = officer(&app, "13800138402", &ours).await;
    let stranger = officer(&app, "13800138403", &theirs).await;
    let made = officer_of_ours
        .post(&format!("/api/v1/schools/{ours}/tasks"), task_input())
        .await;
    let task = format!("/api/v1/tasks/{}", made.text("id"));
    let keep = |name: &str, owner: &str| json!({ "name": name, "owner": owner });

    let path = format!("{task}/template");
    let kept = officer_of_ours.post(&path, keep("春季", "school")).await;
    assert_eq!(kept.status, 201, "{kept:?}");
    let for_all = officer_of_ours.post(&path, keep("通用", "bureau")).await;
    assert_eq!(for_all.problem(), refused(403, "session.role_required"));
    let foreign = stranger.post(&path, keep("春季", "school")).await;
    assert_eq!(foreign.problem(), refused(404, "task.unknown"));
    let nameless = officer_of_ours.post(&path, keep(" ", "school")).await;
    assert_eq!(nameless.status, 422);
    assert_eq!(nameless.json()["errors"][0]["code"], "task.name_length");
    let for_all = operator.post(&path, keep("通用", "bureau")).await;
    assert_eq!(for_all.status, 201, "{for_all:?}");

    let (own, common) = (
        (json!("春季"), json!("school")),
        (json!("通用"), json!("bureau")),
    );
    let seen = offered(&officer_of_ours, &ours).await;
    assert_eq!(seen, [common.clone(), own]);
    assert_eq!(offered(&stranger, &theirs).await, [common]);
    let templates = format!("/api/v1/schools/{ours}/task-templates");
    let foreign = stranger.get(&templates).await;
    assert_eq!(foreign.problem(), refused(404, "school.unknown"));
    let page = officer_of_ours.get(&format!("{templates}?limit=0")).await;
    assert_eq!(page.problem(), refused(422, "request.page_size"));

    // A template stays as it was when its task is changed; what is made from it has a name and a window of its own.
    let mut changed = task_input();
    changed["max_photos"] = 9.into();
    let change = json!({ "settings": changed, "version": 1 });
    assert_eq!(officer_of_ours.patch(&task, change).await.status, 200);
    let new = |template: &str| {
        json!({
            "template_id": template, "name": "下一届", "opens_at": "2099-04-01T00:00:00Z",
            "closes_at": "2099-06-30T16:00:00Z",
        })
    };
    let from_template = format!("/api/v1/schools/{ours}/tasks/from-template");
    let made = officer_of_ours
        .post(&from_template, new(&kept.text("id")))
        .await;
    assert_eq!((made.status, made.text("state")), (201, "draft".to_owned()));
    let settings = &made.json()["settings"];
    let expected = [
        &settings["name"],
        &settings["max_photos"],
        &settings["fees"],
    ];
    let first = task_input();
    assert_eq!(
        expected,
        [&json!("下一届"), &first["max_photos"], &first["fees"]]
    );
    let elsewhere = format!("/api/v1/schools/{theirs}/tasks/from-template");
    for (reply, code) in [
        (
            stranger.post(&elsewhere, new(&kept.text("id"))).await,
            "task_template.unknown",
        ),
        (
            stranger.post(&from_template, new(&kept.text("id"))).await,
            "school.unknown",
        ),
        (
            officer_of_ours.post(&from_template, new("tmpl_1")).await,
            "task_template.unknown",
        ),
    ] {
        assert_eq!(reply.problem(), refused(404, code));
    }
    let mut backwards = new(&kept.text("id"));
    backwards["closes_at"] = "2099-03-01T00:00:00Z".into();
    let backwards = officer_of_ours.post(&from_template, backwards).await;
    assert_eq!(backwards.status, 422, "{backwards:?}");

    let one = format!("/api/v1/task-templates/{}", kept.text("id"));
    let common = format!("/api/v1/task-templates/{}", for_all.text("id"));
    let gone = refused(404, "task_template.unknown");
    let called = |name: &str, version: i32| json!({ "name": name, "version": version });
    let renamed = officer_of_ours
        .patch(&one, called(" 秋季 ", 1))
        .await
        .json();
    assert_eq!(
        (&renamed["name"], &renamed["version"]),
        (&json!("秋季"), &json!(2))
    );
    for (browser, path, body, expected) in [
        (
            &officer_of_ours,
            &one,
            called("冬季", 1),
            refused(409, "request.version_conflict"),
        ),
        (
            &officer_of_ours,
            &one,
            called(" ", 2),
            refused(422, "task.name_length"),
        ),
        (
            &officer_of_ours,
            &common,
            called("冬季", 1),
            refused(403, "session.role_required"),
        ),
        (&stranger, &one, called("冬季", 2), gone.clone()),
    ] {
        assert_eq!(browser.patch(path, body).await.problem(), expected);
    }
    assert_eq!(operator.patch(&common, called("全部", 1)).await.status, 200);
    let names: Vec<_> = offered(&officer_of_ours, &ours).await;
    let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [json!("全部"), json!("秋季")]);
    assert_eq!(stranger.delete(&one).await.problem(), gone);
    let role = refused(403, "session.role_required");
    assert_eq!(officer_of_ours.delete(&common).await.problem(), role);
    assert_eq!(officer_of_ours.delete(&one).await.status, 204);
    assert_eq!(officer_of_ours.delete(&one).await.problem(), gone);
    assert_eq!(operator.delete(&common).await.status, 204);
    assert_eq!(offered(&officer_of_ours, &ours).await, []);
}

#[actix_web::test]
pub(crate) async fn a_preview_shows_what_students_would_see_and_makes_nothing() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138404").await;
    let ours = school_named(&student, ZHANG.school).await;
    let theirs = school_named(&student, OTHER_SCHOOL).await;
    let officer = officer(&app, "13800138405", &ours).await;
    let preview = format!("/api/v1/schools/{ours}/task-preview");
    let before = rows(&app).await;
    let mut input = task_input();
    input["extra_proofs"] = json!(["name"]);
    let shown = officer.post(&preview, input.clone()).await;
    assert_eq!(shown.status, 200, "{shown:?}");
    let shown = shown.json();
    let (task, verified, submitted) = (&shown["task"], &shown["verified"], &shown["submitted"]);
    assert_eq!(
        [&task["availability"], &task["name"], &task["due_fen"]],
        [&json!("open"), &input["name"], &json!(3000)]
    );
    assert_eq!(
        [
            &verified["next_step"],
            &verified["name"],
            &verified["photo"]
        ],
        [&json!("photo"), &json!("李华"), &Value::Null]
    );
    assert_eq!(
        [
            &submitted["next_step"],
            &submitted["order"]["status"],
            &submitted["order"]["due_fen"],
            &submitted["order"]["enrolment_id"],
            &submitted["photo"]["state"],
        ],
        [
            &json!("confirm"),
            &json!("unpaid"),
            &json!(3000),
            &submitted["id"],
            &json!("checked")
        ]
    );
    assert_eq!(shown["ways"]["here"], json!(["wechat_pay", "alipay"]));

    // Who types no name sees no name; where nobody pays, the order is settled.
    (input["extra_proofs"], input["payer"]) = (json!([]), json!("free"));
    input["fees"] = json!([]);
    let shown = officer.post(&preview, input.clone()).await.json();
    assert_eq!(
        [
            &shown["verified"]["name"],
            &shown["verified"]["college"],
            &shown["submitted"]["order"]["status"],
            &shown["submitted"]["photo"]["state"],
        ],
        [
            &json!("*华"),
            &Value::Null,
            &json!("paid"),
            &json!("pending_review")
        ]
    );
    input["max_photos"] = 0.into();
    let wrong = officer.post(&preview, input.clone()).await.json();
    assert_eq!(wrong["errors"][0]["pointer"], "/max_photos");
    let foreign = format!("/api/v1/schools/{theirs}/task-preview");
    let foreign = officer.post(&foreign, task_input()).await;
    assert_eq!(foreign.problem(), refused(404, "school.unknown"));
    assert_eq!(rows(&app).await, before, "nothing was made");
}
