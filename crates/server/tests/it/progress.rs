//! The progress of many students: counted once a minute, for everybody who may see the same ones.

use std::collections::BTreeSet;

use domain::TaskId;
use domain::retention::ErasureKind;
use domain::role::Role;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use service::erasure::ErasureEntry;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::journey::{LI, ZHANG};
use crate::officer::Officer;
use crate::overview::statements;
use crate::purge::rows;

/// The college of [`LI`].
const COLLEGE: &str = "公共卫生学院";

/// An officer of a school every part of which counts as large, and the address of the progress.
async fn of_a_large_school() -> (Officer, String) {
    let change = |config: &mut Value| config["live_progress_students"] = json!(0);
    let officer = Officer::of(TestApp::with_sample_and(change).await).await;
    let path = format!("/api/v1/tasks/{}/progress", officer.task);
    (officer, path)
}

async fn progress(browser: &Browser, path: &str) -> Value {
    let found = browser.get(path).await;
    assert_eq!(found.status, 200, "{found:?}");
    found.json()
}

#[actix_web::test]
async fn the_progress_of_many_students_is_counted_once_a_minute() {
    let (officer, path) = of_a_large_school().await;
    let (app, browser) = (&officer.app, &officer.browser);
    let first = progress(browser, &path).await;
    let (one, another) = (app.student("13800138065"), app.student("13800138066"));
    one.await.enrol(ZHANG).await;
    assert_eq!(progress(browser, &path).await, first);
    // Session, task and one row, however many students there are.
    assert_eq!(statements(app, browser, &path).await, 3);
    app.advance(61).await;
    // Of several who look at once, one counts; the others are told what was counted last.
    let looks = join_all((0..4).map(|_| progress(browser, &path))).await;
    let looks: BTreeSet<_> = looks.iter().map(Value::to_string).collect();
    assert!((1..=2).contains(&looks.len()), "{looks:?}");
    let second = progress(browser, &path).await;
    assert_eq!(second["total"]["verified"], 1);
    assert!(looks.contains(&second.to_string()));
    another.await.enrol(LI).await;
    assert_eq!(progress(browser, &path).await, second);
    app.advance(61).await;
    assert_eq!(progress(browser, &path).await["total"]["verified"], 2);
}

#[actix_web::test]
async fn few_students_are_counted_at_each_look() {
    let officer = Officer::new().await;
    let path = format!("/api/v1/tasks/{}/progress", officer.task);
    let first = progress(&officer.browser, &path).await;
    let student = officer.app.student("13800138065").await;
    student.enrol(ZHANG).await;
    let second = progress(&officer.browser, &path).await;
    assert_eq!(second["total"]["verified"], 1);
    assert_ne!(second["counted_at"], first["counted_at"]);
    assert_eq!(rows(&officer.app, "task_progress", &officer.task).await, 0);
}

#[actix_web::test]
async fn what_is_kept_is_shown_to_those_alone_who_may_see_the_same_students() {
    let (officer, path) = of_a_large_school().await;
    let (app, browser) = (&officer.app, &officer.browser);
    let counsellor = app.student("13800138067").await;
    let school = Some(officer.school().await);
    let role = app.make_staff(&counsellor, Role::SchoolReviewer, school);
    let limits = json!({ "colleges": [COLLEGE], "classes": [], "version": 1 });
    let role = format!("/staff-roles/{}", role.await);
    let limited = officer.send(Method::PATCH, &role, limits).await;
    assert_eq!(limited.status, 200, "{limited:?}");
    // Other limits end their sessions.
    app.advance(61).await;
    let counsellor = app.student("13800138067").await;
    app.make_staff(&counsellor, Role::SchoolReviewer, school)
        .await;
    let whole = progress(browser, &path).await;
    let of_college = format!("{path}?college={COLLEGE}");
    let (asked, own) = (
        progress(browser, &of_college).await,
        progress(&counsellor, &path).await,
    );
    for _ in 0..2 {
        assert_eq!(progress(browser, &path).await, whole);
        assert_eq!(progress(browser, &of_college).await, asked);
        assert_eq!(progress(&counsellor, &path).await, own);
    }
    assert_eq!(own["total"], asked["total"]);
    assert_eq!(own["colleges"], asked["colleges"]);
    assert_eq!(own["colleges"].as_array().unwrap().len(), 1, "{own}");
    assert_ne!(own["total"], whole["total"]);
    assert_eq!(rows(app, "task_progress", &officer.task).await, 3);
    let stranger = app.student("13800138068").await;
    assert_eq!(stranger.get(&path).await.status, 403);
}

#[actix_web::test]
async fn a_purge_deletes_what_is_kept_and_nothing_is_kept_after_it() {
    let (officer, path) = of_a_large_school().await;
    let app = &officer.app;
    progress(&officer.browser, &path).await;
    assert_eq!(rows(app, "task_progress", &officer.task).await, 1);
    let purged = ErasureEntry {
        kind: ErasureKind::TaskKeys,
        object_id: officer.task.parse::<TaskId>().unwrap().0,
        at: app.context.now(),
    };
    let replayed = service::erasure::replay(&app.context, &[purged]).await;
    assert_eq!(replayed.unwrap().erased, 1);
    assert_eq!(rows(app, "task_progress", &officer.task).await, 0);
    // Its students are still there until the worker comes.
    let left = progress(&officer.browser, &path).await;
    assert_ne!(left["total"]["not_verified"], 0, "{left}");
    assert_eq!(rows(app, "task_progress", &officer.task).await, 0);
}
