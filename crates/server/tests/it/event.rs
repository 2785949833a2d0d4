//! Following what happens.

use domain::audit::AuditExemption;
use domain::event::{Event, EventData, EventKind, example};
use domain::role::Role;
use domain::{EventId, SchoolId};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::call::school_named;
use crate::journey::ZHANG;
use crate::staff::log_in;

const OFFICER: &str = "13800138311";
const STRANGER: &str = "13800138312";
const REVIEWER: &str = "13800138313";

/// Somebody who holds a role in a school.
async fn member(app: &TestApp, phone: &str, role: Role, school: SchoolId) -> Browser {
    let browser = log_in(app, phone).await;
    app.make_staff(&browser, role, Some(school)).await;
    browser
}

fn types(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| item["type"].as_str().unwrap().to_owned())
        .collect()
}

/// Adds an event in a transaction that stays open.
async fn begun(app: &TestApp, school: SchoolId, (id, kind): (EventId, EventKind)) -> store::Tx {
    let tx = app.context.store.begin().await.unwrap();
    let data: EventData = example(kind, app.context.now());
    let object = data.object();
    let event = Event {
        id,
        school_id: Some(school),
        object,
        kind,
        sequence: store::event::next_sequence(&tx, object).await.unwrap(),
        payload: json!({}),
        at: app.context.now(),
        position: None,
    };
    store::event::insert(&tx, &event).await.unwrap();
    tx
}

async fn commit(tx: store::Tx) {
    let exempt = AuditExemption::SampleData;
    store::commit(tx, exempt).await.unwrap();
}

#[actix_web::test]
pub(crate) async fn events_are_followed_in_one_order_by_their_school_alone() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138319").await;
    let ours: SchoolId = school_named(&student, ZHANG.school).await.parse().unwrap();
    let officer = member(&app, OFFICER, Role::Officer, ours).await;
    let theirs = school_named(&student, "示例大学").await.parse().unwrap();
    let stranger = member(&app, STRANGER, Role::Officer, theirs).await;
    let reviewer = member(&app, REVIEWER, Role::SchoolReviewer, ours).await;
    assert_eq!(reviewer.get("/api/v1/events").await.status, 403);

    app.work().await;
    let before = officer.get("/api/v1/events?limit=100").await;
    assert_eq!(before.status, 200, "{before:?}");
    let end = before.text("next");
    let path = |after: &str, more: &str| format!("/api/v1/events?after={after}{more}");
    let nothing = officer.get(&path(&end, "")).await.json();
    assert_eq!(nothing, json!({ "items": [], "next": end }));

    // A reader who waits is answered when something happens.
    let task = student.claim(ZHANG).await["task_id"].clone();
    let task = task.as_str().unwrap();
    let waiting = path(&end, "&wait_s=25");
    let happening = async {
        let closed = officer.act(&format!("/api/v1/tasks/{task}/close")).await;
        assert_eq!(closed.status, 200, "{closed:?}");
        let opened = officer.act(&format!("/api/v1/tasks/{task}/open")).await;
        assert_eq!(opened.status, 200, "{opened:?}");
        app.work().await;
    };
    let (waited, ()) = tokio::join!(officer.get(&waiting), happening);
    assert_eq!(waited.status, 200, "{waited:?}");
    let waited = waited.json();
    assert_eq!(types(&waited), ["task.closed", "task.opened"]);
    let first = &waited["items"][0];
    assert_eq!(first["data"]["task_id"], task);
    assert_eq!(first["data"]["school_id"], ours.to_string());
    let sequence = |index: usize| waited["items"][index]["data"]["sequence"].as_i64().unwrap();
    assert_eq!(sequence(1), sequence(0) + 1);

    // One at a time, and never the same again.
    let one = officer.get(&path(&end, "&limit=1")).await.json();
    assert_eq!(types(&one), ["task.closed"]);
    let two = officer.get(&path(one["next"].as_str().unwrap(), "")).await;
    assert_eq!(types(&two.json()), ["task.opened"]);
    assert_eq!(two.json()["next"], waited["next"]);

    let of_stranger = stranger.get("/api/v1/events?limit=100").await.json();
    let is_ours = |item: &Value| item["data"]["school_id"] == ours.to_string();
    assert!(!of_stranger["items"].as_array().unwrap().iter().any(is_ours));
    for bad in [
        path("x", ""),
        path(&end, "&wait_s=26"),
        path(&end, "&limit=0"),
    ] {
        assert_eq!(officer.get(&bad).await.status, 422, "{bad}");
    }
}

#[actix_web::test]
async fn an_event_that_commits_late_is_not_missed() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138319").await;
    let ours: SchoolId = school_named(&student, ZHANG.school).await.parse().unwrap();
    let officer = member(&app, OFFICER, Role::Officer, ours).await;
    app.work().await;
    let end = officer.get("/api/v1/events?limit=100").await.text("next");
    let early_id = app.context.new_id(EventId::new);
    let early = async || begun(&app, ours, (early_id, EventKind::TaskOpened)).await;
    // On SQLite nothing can commit while another transaction is open: there it begins late, too.
    let open = if app.context.store.is_postgres() {
        Some(early().await)
    } else {
        None
    };
    app.advance(1).await;
    let late_id = app.context.new_id(EventId::new);
    let late = (late_id, EventKind::RosterTicketCreated);
    commit(begun(&app, ours, late).await).await;
    app.work().await;
    let read = async |after: &str| {
        let page = officer.get(&format!("/api/v1/events?after={after}")).await;
        let page = page.json();
        let ids: Vec<String> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect();
        (ids, page["next"].as_str().unwrap().to_owned())
    };
    let (ids, next) = read(&end).await;
    assert_eq!(ids, [late_id.to_string()]);
    commit(match open {
        Some(open) => open,
        None => early().await,
    })
    .await;
    app.work().await;
    let (ids, _) = read(&next).await;
    assert_eq!(ids, [early_id.to_string()]);
    assert!(early_id < late_id);
}
