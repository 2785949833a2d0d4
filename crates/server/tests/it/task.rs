//! Schools and tasks, as operators and officers make them.

use domain::role::Role;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::call::{school_named, task_input};
use crate::journey::ZHANG;
use crate::staff::{enrol, log_in, operator};

const OFFICER: &str = "13800138302";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// The codes of a problem's fields, with their pointers.
fn fields(reply: &Reply) -> Vec<(String, String)> {
    let errors = reply.json()["errors"].as_array().unwrap().clone();
    let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
    let field = |error: &Value| (text(error, "pointer"), text(error, "code"));
    errors.iter().map(field).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(one, two): &(&str, &str)| ((*one).to_owned(), (*two).to_owned());
    expected.iter().map(owned).collect()
}

/// A task with something changed.
fn task_with(change: impl FnOnce(&mut Value)) -> Value {
    let mut task = task_input();
    change(&mut task);
    task
}

async fn officer(app: &TestApp, school: &str) -> Browser {
    let browser = log_in(app, OFFICER).await;
    let school = Some(school.parse().unwrap());
    app.make_staff(&browser, Role::Officer, school).await;
    browser
}

#[actix_web::test]
pub(crate) async fn an_empty_installation_gets_an_operator_a_school_an_officer_and_an_open_task() {
    let app = TestApp::start().await;
    let (operator, ..) = operator(&app).await;
    let wrong = json!({
        "code": "1000", "name": " ", "aliases": ["校".repeat(61)], "contact": "x".repeat(101),
    });
    let wrong = operator.post("/api/v1/schools", wrong).await;
    let expected = [
        ("/code", "school.code_invalid"),
        ("/name", "school.name_invalid"),
        ("/aliases", "school.aliases_invalid"),
        ("/contact", "school.contact_length"),
    ];
    assert_eq!(fields(&wrong), pairs(&expected));
    let new = json!({ "code": "00335", "name": "示例师范学院", "aliases": ["师院"] });
    let school = operator.post("/api/v1/schools", new.clone()).await;
    assert_eq!(school.status, 201, "{school:?}");
    let again = operator.post("/api/v1/schools", new).await;
    assert_eq!(again.problem(), refused(409, "school.name_taken"));
    let id = school.text("id");
    let path = format!("/api/v1/schools/{id}");
    let change = json!({
        "code": "00335", "name": "示例师范大学", "aliases": ["师大", "示例师范学院"], "contact": "教务处", "version": 1,
    });
    let changed = operator.patch(&path, change.clone()).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let late = operator.patch(&path, change).await;
    assert_eq!(late.problem(), refused(409, "request.version_conflict"));
    let read = operator.get(&path).await.json();
    assert_eq!(read["aliases"], json!(["师大", "示例师范学院"]));
    for text in ["师大", "00335", "示例师", "slsfdx"] {
        let found = operator
            .get(&format!("/api/v1/staff/schools?text={text}"))
            .await;
        assert_eq!(found.json()["items"][0]["id"], id, "{text}");
    }
    let nothing = operator.get("/api/v1/staff/schools?text=%25").await;
    assert_eq!(nothing.json()["items"], json!([]));

    let invited = json!({ "phone": OFFICER, "name": "孙老师", "role": "officer" });
    let invited = operator.post(&format!("{path}/staff"), invited).await;
    assert_eq!(invited.status, 201, "{invited:?}");
    let officer = log_in(&app, OFFICER).await;
    enrol(&app, &officer).await;
    let made = officer.post(&format!("{path}/tasks"), task_input()).await;
    assert_eq!(made.status, 201, "{made:?}");
    let task = format!("/api/v1/tasks/{}", made.text("id"));
    let read = officer.get(&format!("{task}/settings")).await;
    assert_eq!(read.json(), made.json());
    let student = app.student("13800138303").await;
    assert_eq!(student.get(&task).await.status, 404, "a draft is not seen");
    let opened = officer.act(&format!("{task}/open")).await;
    assert_eq!(
        (opened.status, opened.text("state")),
        (200, "open".to_owned())
    );
    let seen = student.get(&task).await.json();
    assert_eq!(
        (&seen["due_fen"], &seen["availability"]),
        (&3000.into(), &"open".into())
    );
    let found = student.get("/api/v1/schools?name=师大").await;
    assert_eq!(found.status, 200);

    // Suspended, nobody finds it; it can't be opened again until it is resumed.
    assert_eq!(operator.act(&format!("{path}/suspend")).await.status, 204);
    assert_eq!(student.get(&task).await.status, 404);
    let closed = officer.act(&format!("{task}/close")).await;
    assert_eq!(closed.text("state"), "closed");
    let suspended = officer.act(&format!("{task}/open")).await;
    assert_eq!(suspended.problem(), refused(409, "task.not_ready"));
    assert_eq!(fields(&suspended), pairs(&[("", "school.suspended")]));
    for _ in 0..2 {
        assert_eq!(operator.act(&format!("{path}/resume")).await.status, 204);
    }
    let audit = store::audit::since(
        app.context.store.reader(),
        chrono::DateTime::UNIX_EPOCH,
        100,
    );
    let audit = audit.await.unwrap();
    let actions: Vec<_> = audit
        .iter()
        .filter(|entry| entry.school_id.is_some() && entry.actor == "staff")
        .map(|entry| entry.action.as_str())
        .collect();
    let expected = [
        "school.created",
        "school.changed",
        "staff.role_granted",
        "task.created",
        "task.opened",
        "school.suspended",
        "task.closed",
        "school.resumed",
    ];
    assert_eq!(actions, expected);
}

#[actix_web::test]
pub(crate) async fn a_task_that_lacks_something_says_all_of_it() {
    let app = TestApp::start_with(|config, _| {
        let config = config.as_object_mut().unwrap();
        config.remove("wechat_pay");
        config.remove("alipay");
    })
    .await;
    let (operator, ..) = operator(&app).await;
    let new = json!({ "code": "10001", "name": "示例大学" });
    let school = operator.post("/api/v1/schools", new).await.text("id");
    let tasks = format!("/api/v1/schools/{school}/tasks");
    let wrong = task_with(|task| {
        task["name"] = " ".into();
        task["closes_at"] = task["opens_at"].clone();
        task["fees"][0]["amount_fen"] = 100_001.into();
        task["max_photos"] = 0.into();
        task["contact"] = "x".repeat(101).into();
    });
    let wrong = operator.post(&tasks, wrong).await;
    let expected = [
        ("/name", "task.name_length"),
        ("/closes_at", "task.window_invalid"),
        ("/fees", "task.fees_invalid"),
        ("/max_photos", "task.number_range"),
        ("/contact", "task.text_length"),
    ];
    assert_eq!(fields(&wrong), pairs(&expected));
    let lacking = task_with(|task| {
        task["closes_at"] = "2026-04-02T00:00:00Z".into();
        task["audience"]["en"] = "".into();
        task["contact"] = "".into();
    });
    let made = operator.post(&tasks, lacking).await;
    let task = format!("/api/v1/tasks/{}", made.text("id"));
    let reply = operator.act(&format!("{task}/open")).await;
    assert_eq!(reply.problem(), refused(409, "task.not_ready"));
    let expected = [
        ("/closes_at", "task.window_over"),
        ("/audience", "task.audience_missing"),
        ("/contact", "task.contact_missing"),
        ("/payer", "task.payment_unavailable"),
    ];
    assert_eq!(fields(&reply), pairs(&expected));

    // Completed step by step; the school pays, so that no account is needed.
    let free = task_with(|task| {
        task["payer"] = "school".into();
        task["fees"] = json!([]);
    });
    let change = |settings: &Value, version| json!({ "settings": settings, "version": version });
    let changed = operator.patch(&task, change(&free, 1)).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let reply = operator.act(&format!("{task}/open")).await;
    assert_eq!(fields(&reply), pairs(&[("/fees", "task.fee_missing")]));
    let paid = task_with(|task| task["payer"] = "school".into());
    assert_eq!(operator.patch(&task, change(&paid, 2)).await.status, 200);
    assert_eq!(operator.act(&format!("{task}/open")).await.status, 200);
    let twice = operator.act(&format!("{task}/open")).await;
    assert_eq!(twice.problem(), refused(409, "task.state"));

    // Open, some settings are fixed and some can only grow.
    let other = task_with(|task| {
        task["payer"] = "free".into();
        task["max_photos"] = 2.into();
        task["resubmit_days"] = 3.into();
    });
    let fixed = operator.patch(&task, change(&other, 4)).await;
    let expected = [
        ("/payer", "task.fixed_after_opening"),
        ("/max_photos", "task.only_more_after_opening"),
    ];
    assert_eq!(fields(&fixed), pairs(&expected));
    let late = operator.patch(&task, change(&paid, 3)).await;
    assert_eq!(late.problem(), refused(409, "request.version_conflict"));
    let more = task_with(|task| {
        task["payer"] = "school".into();
        task["max_photos"] = 5.into();
    });
    assert_eq!(operator.patch(&task, change(&more, 4)).await.status, 200);
    let copy = json!({
        "name": "下一届", "opens_at": "2099-04-01T00:00:00Z", "closes_at": "2099-06-30T16:00:00Z",
    });
    let copy = operator.post(&format!("{task}/copy"), copy).await.json();
    assert_eq!(
        (&copy["state"], &copy["settings"]["max_photos"]),
        (&"draft".into(), &5.into())
    );
    let pages = operator.pages(&format!("{tasks}?limit=1")).await;
    let names: Vec<_> = pages
        .iter()
        .flatten()
        .map(|task| task["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["下一届", "2026 届毕业生图像采集"]);
    let draft = operator
        .act(&format!(
            "/api/v1/tasks/{}/close",
            copy["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(draft.problem(), refused(409, "task.state"));
}

#[actix_web::test]
pub(crate) async fn schools_and_tasks_are_those_of_ones_own_school() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138304").await;
    let ours = school_named(&student, ZHANG.school).await;
    let theirs = school_named(&student, "示例大学（南校区）").await;
    let officer = officer(&app, &ours).await;
    let listed = officer.get("/api/v1/staff/schools").await.json();
    let listed = listed["items"].as_array().unwrap().clone();
    assert_eq!((listed.len(), &listed[0]["id"]), (1, &json!(ours)));
    for path in [
        "/api/v1/staff/schools".to_owned(),
        format!("/api/v1/schools/{ours}/tasks"),
    ] {
        let reply = officer.get(&format!("{path}?limit=0")).await;
        assert_eq!(reply.problem(), refused(422, "request.page_size"));
    }
    let (operator_browser, operator_phone) = (app.browser(), "13800138305");
    let operator = app.student_in(operator_browser, operator_phone).await;
    app.make_staff(&operator, Role::Operator, None).await;
    let tasks = operator
        .get(&format!("/api/v1/schools/{theirs}/tasks"))
        .await
        .json();
    let task = format!(
        "/api/v1/tasks/{}",
        tasks["items"][0]["id"].as_str().unwrap()
    );
    let school = format!("/api/v1/schools/{theirs}");
    let copy = json!({
        "name": "x", "opens_at": "2099-04-01T00:00:00Z", "closes_at": "2099-06-30T16:00:00Z",
    });
    for (reply, code) in [
        (officer.get(&school).await, "school.unknown"),
        (
            officer.get(&format!("{school}/tasks")).await,
            "school.unknown",
        ),
        (
            officer.post(&format!("{school}/tasks"), task_input()).await,
            "school.unknown",
        ),
        (
            officer.get(&format!("{task}/settings")).await,
            "task.unknown",
        ),
        (
            officer
                .patch(&task, json!({ "settings": task_input(), "version": 1 }))
                .await,
            "task.unknown",
        ),
        (
            officer.post(&format!("{task}/copy"), copy).await,
            "task.unknown",
        ),
        (officer.act(&format!("{task}/open")).await, "task.unknown"),
        (officer.act(&format!("{task}/close")).await, "task.unknown"),
        (
            officer.get("/api/v1/tasks/task_1/settings").await,
            "task.unknown",
        ),
    ] {
        assert_eq!(reply.problem(), refused(404, code));
    }
    let change = json!({
        "code": "10001", "name": "另一所", "aliases": [], "contact": "", "version": 1,
    });
    let role = refused(403, "session.role_required");
    let own = format!("/api/v1/schools/{ours}");
    assert_eq!(officer.patch(&own, change.clone()).await.problem(), role);
    assert_eq!(officer.act(&format!("{own}/suspend")).await.problem(), role);
    let unknown = "/api/v1/schools/sch_00000000000000000000000000";
    for reply in [
        operator.patch(unknown, change).await,
        operator.act(&format!("{unknown}/suspend")).await,
        operator.act(&format!("{unknown}/resume")).await,
    ] {
        assert_eq!(reply.problem(), refused(404, "school.unknown"));
    }
    // The log of the own school can be searched, and of no other.
    let log = |query: &str| format!("/api/v1/audit-events?{query}");
    let made = officer
        .post(&format!("{own}/tasks"), task_input())
        .await
        .text("id");
    operator
        .post(&format!("{school}/tasks"), task_input())
        .await;
    let found = officer.get(&log("action=task.created")).await.json();
    let found = found["items"].as_array().unwrap().clone();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (
            &found[0]["object_id"],
            &found[0]["actor_name"],
            &found[0]["actor"]
        ),
        (&json!(made), &"示例人员".into(), &"staff".into())
    );
    for (query, count) in [
        (format!("school_id={theirs}"), 0),
        (format!("object_id={made}"), 1),
        (
            format!(
                "actor_id={}&school_id={ours}",
                found[0]["actor_id"].as_str().unwrap()
            ),
            1,
        ),
        (
            "action=task.created&until=2020-01-01T00:00:00Z".to_owned(),
            0,
        ),
        (
            "action=task.created&since=2020-01-01T00:00:00Z".to_owned(),
            1,
        ),
    ] {
        let found = officer.get(&log(&query)).await.json();
        assert_eq!(found["items"].as_array().unwrap().len(), count, "{query}");
    }
    let both = operator.get(&log("action=task.created")).await.json();
    assert_eq!(both["items"].as_array().unwrap().len(), 2);
    // Whose data were touched: the log of one person, and nobody else's.
    let whose = student.get("/api/v1/me").await.text("id");
    let query = log(&format!("subject_id={whose}&limit=100"));
    let found = operator.get(&query).await.json()["items"]
        .as_array()
        .unwrap()
        .clone();
    assert!(!found.is_empty());
    let subjects = found.iter().map(|event| &event["subject_id"]);
    assert!(
        subjects.clone().all(|subject| *subject == whose),
        "{found:?}"
    );
    for query in [
        "action=x",
        "school_id=x",
        "actor_id=x",
        "subject_id=x",
        "object_id=x",
        "limit=0",
    ] {
        assert_eq!(officer.get(&log(query)).await.status, 422, "{query}");
    }

    // The only operator does not leave by ending their account.
    let erased = operator.post("/api/v1/me/erasures", json!({})).await;
    assert_eq!(erased.problem(), refused(409, "staff.last_operator"));
}
