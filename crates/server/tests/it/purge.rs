//! The end of a task: handed over by an officer, purged by the worker, and certified.

use std::path::Path;
use std::pin::pin;
use std::task::Poll;

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use domain::role::Role;
use domain::{SchoolId, TaskId};
use serde_json::json;
use store::Connection as _;

use crate::app::TestApp;
use crate::delivering::{Delivering, unpacked};
use crate::erasure::bands;
use crate::journey::{ZHANG, ZHAO, portrait, upload_id};

pub(crate) const DAY: i64 = 86_400;

/// A task's key as the database reads it.
fn key(app: &TestApp, task: &str) -> String {
    let id: TaskId = task.parse().unwrap();
    if app.database_url().is_some() {
        format!("'{}'", id.0)
    } else {
        format!("x'{}'", id.0.simple())
    }
}

/// How many rows of a table belong to a task.
pub(crate) async fn rows(app: &TestApp, table: &str, task: &str) -> u64 {
    let id = key(app, task);
    let sql = format!("UPDATE {table} SET task_id = task_id WHERE task_id = {id}");
    run(app, &sql).await
}

async fn run(app: &TestApp, sql: &str) -> u64 {
    let on = app.context.store.writer();
    on.execute_unprepared(sql).await.unwrap().rows_affected()
}

/// How many objects the store has.
fn objects(folder: &Path) -> usize {
    let count = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            objects(&entry.path())
        } else {
            usize::from(entry.file_name().to_string_lossy().len() == 26)
        }
    };
    std::fs::read_dir(folder).unwrap().map(count).sum()
}

/// Begins something and drops it after it was looked at so many times, as a process does that dies; what came of it, where it
/// came to its end.
pub(crate) async fn cut_off<T>(work: impl Future<Output = T>, looks: usize) -> Option<T> {
    let mut work = pin!(work);
    let mut left = looks;
    std::future::poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

/// Begins the work that is due and cuts it off so; whether it came to its end.
pub(crate) async fn killed_after(app: &TestApp, looks: usize) -> bool {
    let done = cut_off(service::worker::run_due(&app.context), looks).await;
    done.is_some_and(|done| done.is_ok())
}

/// What is left of a task once it is purged, and what goes.
pub(crate) const GONE: [&str; 11] = [
    "photos",
    "photo_reviews",
    "review_queue",
    "seeded_items",
    "photo_recalls",
    "roster_ids",
    "roster_imports",
    "roster_tickets",
    "verification_attempts",
    "student_reminders",
    "task_progress",
];

#[actix_web::test]
pub(crate) async fn a_task_that_is_over_is_handed_over_and_purged_step_by_step() {
    let case = Delivering::new().await;
    let app = &case.app;
    let path = format!("/api/v1/tasks/{}", case.task);
    let (student, _) = case.accepted("13800138302", ZHAO, 1).await;
    let file = "姓名,证件号码,CC\n孙悟空,E12345678,本科\n";
    let import = case.officer.send_roster(&case.task, file).await.text("id");
    app.work().await;
    let start = format!("/api/v1/roster-imports/{import}/start");
    let started = case.officer.post(&start, json!({})).await;
    assert_eq!(started.status, 200, "{started:?}");
    app.work().await;
    case.made(json!({ "kind": "full", "profile": "degree" }))
        .await;
    // A student of another school, whose data stay.
    let other = app.student("13800138305").await;
    let enrolment = other.enrol(ZHANG).await;
    let photo = other
        .submit(&enrolment, &upload_id(2), portrait(480, 640, 2))
        .await;
    assert_eq!(photo.status, 201, "{photo:?}");
    let theirs = format!("/api/v1/photos/{}", photo.text("id"));

    let hand_over = async |missing: u64, undelivered: u64| {
        let seen = json!({ "missing": missing, "undelivered": undelivered });
        let done = case.officer.post(&format!("{path}/hand-over"), seen).await;
        (done.status, done.json())
    };
    let figures = case.officer.get(&format!("{path}/delivery-figures")).await;
    let figures = figures.json();
    let missing = figures["missing"].as_u64().unwrap();
    assert_eq!(figures["undelivered"], 1);
    let (status, refused) = hand_over(missing, 1).await;
    assert_eq!((status, &refused["code"]), (409, &json!("task.state")));
    let unknown = "/api/v1/tasks/task_00000000000000000000000000/hand-over";
    let seen = json!({ "missing": 0, "undelivered": 0 });
    let unknown = case.officer.post(unknown, seen).await;
    assert_eq!(unknown.problem(), (404, "task.unknown".to_owned()));
    let closed = case.officer.act(&format!("{path}/close")).await;
    assert_eq!(closed.status, 200, "{closed:?}");
    let (status, refused) = hand_over(missing, 0).await;
    let conflict = json!("request.version_conflict");
    assert_eq!((status, &refused["code"]), (409, &conflict));
    let (status, task) = hand_over(missing, 1).await;
    assert_eq!((status, &task["state"]), (200, &json!("handed_over")));
    assert_eq!(hand_over(missing, 1).await.0, 409);

    let purge = case.officer.get(&format!("{path}/purge")).await.json();
    assert_eq!(purge["hold"], json!(null));
    assert!(purge["due_at"].is_string(), "{purge}");
    let certificate = format!("{path}/deletion-certificate");
    let none = case.officer.get(&certificate).await;
    assert_eq!(none.problem(), (409, "task.not_purged".to_owned()));
    // Time passes; money of an order holds the purge up.
    app.advance(364 * DAY).await;
    app.work().await;
    assert_eq!(rows(app, "photos", &case.task).await, 1, "a day too early");
    app.advance(DAY + 3600).await;
    let opened = format!(
        "INSERT INTO money_cases (id, kind, key, provider, merchant_account, school_id, order_id, facts, state, seen_count, opened_at) \
         SELECT id, 'unknown_payment', 'purge', 'alipay', 'm', school_id, id, '{{}}', 'open', 1, created_at FROM orders \
         WHERE task_id = {}",
        key(app, &case.task)
    );
    assert_eq!(run(app, &opened).await, 1);
    app.work().await;
    assert_eq!(rows(app, "photos", &case.task).await, 1, "money is open");
    let officer = app.student("13800138303").await;
    let school: SchoolId = case.school.parse().unwrap();
    app.make_staff(&officer, Role::Officer, Some(school)).await;
    let held = officer.get(&format!("{path}/purge")).await.json();
    assert_eq!(held["hold"], "有未处理的资金问题", "{held}");
    run(app, "DELETE FROM money_cases WHERE key = 'purge'").await;
    let (before, hashed) = (objects(&app.folder()), bands(app).await);

    // Killed again and again, a little later each time.
    let mut looks = 1;
    while !killed_after(app, looks).await {
        looks += looks / 2 + 1;
        // Nobody has what the dead one had once its lease has run out.
        app.advance(20).await;
    }
    app.advance(20).await;
    app.work().await;
    for table in GONE {
        assert_eq!(rows(app, table, &case.task).await, 0, "{table}");
    }
    assert_eq!(bands(app).await + 16, hashed, "the hash of its photo");
    // The order is there, its student's row says nothing.
    assert_eq!(rows(app, "orders", &case.task).await, 1);
    assert_eq!(rows(app, "roster_entries", &case.task).await, 1);
    let named = "UPDATE roster_entries SET level = level WHERE length(name_sealed) > 0 AND task_id IN \
        (SELECT task_id FROM task_purges)";
    assert_eq!(run(app, named).await, 0);
    let back = app.student_in(student, "13800138302").await;
    let orders = back.get("/api/v1/me/orders").await.json();
    assert_eq!(orders["items"][0]["student_name"], "***", "{orders}");
    let them = app.student_in(other, "13800138305").await;
    assert_eq!(them.get(&theirs).await.status, 200);
    check_certificate(&case, &officer, &path).await;
    // The original and the package had gone before, each in its own time.
    assert_eq!(objects(&app.folder()) + 2, before, "result and thumbnail");
    let unknown = officer.get("/api/v1/tasks/tsk_1/purge").await;
    assert_eq!(unknown.problem(), (404, "task.unknown".to_owned()));
}

/// The certificate says what went, and its signature is that of the published key.
async fn check_certificate(case: &Delivering, officer: &crate::browser::Browser, path: &str) {
    let purge = officer.get(&format!("{path}/purge")).await.json();
    assert_eq!(purge["due_at"], json!(null), "{purge}");
    let deleted = purge["deleted"].as_array().unwrap();
    let count =
        |part: &str| deleted.iter().find(|one| one["part"] == part).unwrap()["count"].clone();
    // Whatever was cut off, each thing is counted once.
    assert_eq!(
        (count("photos"), count("imports"), count("packages")),
        (json!(1), json!(1), json!(0)),
        "{purge}"
    );
    let file = officer.get(&format!("{path}/deletion-certificate")).await;
    assert_eq!(file.status, 200, "{file:?}");
    let files = unpacked(&file.bytes);
    let text = std::str::from_utf8(&files["certificate.txt"]).unwrap();
    assert!(text.contains("\nphotos: 1 ("), "{text}");
    assert!(
        text.contains(&format!("task_id: {}\n", case.task)),
        "{text}"
    );
    let keys = case.app.browser().get("/api/v1/delivery-keys").await.json();
    let pem = std::str::from_utf8(&files["public-key.pem"]).unwrap();
    let published = keys["items"].as_array().unwrap();
    assert!(published.iter().any(|key| key["public_key"] == pem));
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = data_encoding::BASE64.decode(body.as_bytes()).unwrap();
    let key = UnparsedPublicKey::new(&ED25519, &der[der.len() - 32..]);
    key.verify(text.as_bytes(), &files["certificate.txt.sig"])
        .unwrap();
    let forged = text.replace("photos: 1", "photos: 9");
    let signature = &files["certificate.txt.sig"];
    assert!(key.verify(forged.as_bytes(), signature).is_err());
}

/// A backup brings back a student of a purged task; the ledger has all of it deleted again.
#[actix_web::test]
async fn a_task_that_a_restore_brings_back_is_purged_again() {
    let case = Delivering::new().await;
    let app = &case.app;
    case.accepted("13800138302", ZHAO, 1).await;
    let ledger = vec![service::erasure::ErasureEntry {
        kind: domain::retention::ErasureKind::TaskKeys,
        object_id: case.task.parse::<TaskId>().unwrap().0,
        at: app.context.now(),
    }];
    let replayed = service::erasure::replay(&app.context, &ledger).await;
    assert_eq!(replayed.unwrap().erased, 1);
    app.work().await;
    for table in GONE {
        assert_eq!(rows(app, table, &case.task).await, 0, "{table}");
    }
    let done = "UPDATE task_purges SET counts = counts WHERE certificate IS NOT NULL";
    assert_eq!(run(app, done).await, 1);
    let replayed = service::erasure::replay(&app.context, &ledger).await;
    assert_eq!(replayed.unwrap().absent, 1);
}
