//! Faults of what the program depends on: disk, database, object store, key file, and its own sudden end. While one lasts,
//! what needs the broken part is refused with 503 and a time to try again, the rest goes on, and readiness is red;
//! afterwards it works again by itself, and nothing is lost that was acknowledged.
//!
//! `cargo xtask faults` makes each last longer, on `SQLite` and on `PostgreSQL`, and prints a table.

mod disk;
mod relay;
mod trial;

use std::time::Duration;

use providers::SystemRandom;
use providers::keys::KeyFile;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::app::TestApp;
use crate::chance::Chance;
use crate::program::Program;
use crate::s3::{Bucket, Manner};
use crate::terminal::{command, complained};
use disk::{BrokenDisk, SmallDisk};
use relay::{Relay, Way};
use trial::{HASTY, Outcome, Trial, rounds, tell};

/// The latest moment of a kill, in milliseconds after the student goes on.
const LATEST_KILL_MS: usize = 200;

fn hasty(config: &str) -> String {
    format!("{config}{HASTY}")
}

/// A student at the program, which has short timeouts.
async fn begin(app: &TestApp) -> Trial<'_> {
    Trial::begin(app, Program::start_with(app, &[], hasty).await).await
}

/// What must be seen where neither files nor, on `SQLite`, the database can be written.
fn assert_only_reading_works(app: &TestApp, outcome: &Outcome) {
    assert!(outcome.reads.is_only(200), "{outcome:?}");
    assert!(outcome.uploads.is_only(503), "{outcome:?}");
    assert!(outcome.readiness.is_only(503), "{outcome:?}");
    assert_eq!(outcome.parts["storage"], false, "{outcome:?}");
    if app.database_url().is_some() {
        assert!(outcome.writes.is_only(200), "{outcome:?}");
    }
}

#[actix_web::test]
async fn a_program_that_is_killed_loses_nothing() {
    let app = TestApp::with_sample().await;
    let mut trial = begin(&app).await;
    let mut chance = Chance::new(rounds() as u64);
    let mut outcome = Outcome::default();
    for _ in 0..3 * rounds() {
        let id = i32::try_from(trial.program.id()).unwrap();
        let moment = Duration::from_millis(chance.below(LATEST_KILL_MS) as u64);
        let killed = async {
            tokio::time::sleep(moment).await;
            kill_process(Pid::from_raw(id).unwrap(), Signal::KILL).unwrap();
        };
        (outcome, ()) = tokio::join!(trial.suffer(10), killed);
        assert!(!trial.program.ended().await);
        trial.program.restart().await;
    }
    trial.recover("kill -9", &outcome).await;
}

#[actix_web::test]
async fn on_a_full_disk_photos_are_read_and_what_is_refused_can_be_tried_again() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    let app = TestApp::with_sample_in(disk.folder()).await;
    let mut trial = begin(&app).await;
    for _ in 0..rounds() {
        disk.fill();
        let outcome = trial.suffer(5).await;
        disk.empty();
        assert_only_reading_works(&app, &outcome);
        trial.wait().await;
    }
    disk.fill();
    let outcome = trial.suffer(5).await;
    disk.empty();
    trial.recover("full disk", &outcome).await;
}

#[actix_web::test]
async fn on_a_disk_that_cannot_be_written_photos_are_read() {
    let app = TestApp::with_sample().await;
    let mut trial = begin(&app).await;
    let Some(broken) = BrokenDisk::under(trial.program.id()) else {
        println!("skipped: strace is missing or may not be used");
        return;
    };
    let outcome = trial.suffer(3 * rounds()).await;
    drop(broken);
    assert_only_reading_works(&app, &outcome);
    if app.database_url().is_none() {
        assert!(outcome.writes.is_only(503), "{outcome:?}");
        assert_eq!(outcome.parts["database"], false);
    }
    trial.recover("EIO", &outcome).await;
}

/// A student at the program, whose way to the database can be closed; none on `SQLite`.
async fn through_relay(app: &TestApp) -> Option<(Trial<'_>, Relay)> {
    let Some(url) = app.database_url() else {
        println!("skipped: not on PostgreSQL");
        return None;
    };
    let (before, rest) = url.split_once('@').unwrap();
    let (service, name) = rest.split_once('/').unwrap();
    let relay = Relay::to(service.parse().unwrap()).await;
    let own = format!("{before}@{}/{name}", relay.address);
    let program = Program::start_in(app, (app.folder(), Some(own)), &[], hasty).await;
    Some((Trial::begin(app, program).await, relay))
}

/// The database goes away, in one way or the other, and comes back.
async fn without_database(fault: &str, way: Way) {
    let app = TestApp::with_sample().await;
    let Some((mut trial, relay)) = through_relay(&app).await else {
        return;
    };
    relay.set(way);
    let outcome = trial.suffer(2 * rounds()).await;
    relay.set(Way::Open);
    for seen in [&outcome.writes, &outcome.uploads, &outcome.readiness] {
        assert!(seen.is_only(503), "{outcome:?}");
    }
    assert_eq!(outcome.parts["database"], false);
    assert_eq!(outcome.parts["storage"], true);
    trial.recover(fault, &outcome).await;
}

#[actix_web::test]
async fn a_stopped_database_is_refused_at_once_and_found_again() {
    without_database("PostgreSQL stopped", Way::Cut).await;
}

#[actix_web::test]
async fn a_silent_database_holds_nobody_for_long() {
    without_database("PostgreSQL silent", Way::Blocked).await;
}

/// The object store misbehaves and mends.
async fn with_bucket(fault: &str, manner: Manner) {
    let bucket = Bucket::start();
    let storage = bucket.config();
    let app = TestApp::with_sample_and(|config| config["storage"] = storage).await;
    let mut trial = begin(&app).await;
    bucket.set(manner);
    let outcome = trial.suffer(4 * rounds()).await;
    bucket.set(Manner::Sound);
    assert!(outcome.writes.is_only(200), "{outcome:?}");
    assert!(outcome.reads.is_only(503), "{outcome:?}");
    assert!(outcome.readiness.is_only(503), "{outcome:?}");
    // Only what is read is cut short or slow.
    let takes_objects = matches!(manner, Manner::Truncated | Manner::Slow);
    let uploads = if takes_objects { 201 } else { 503 };
    assert!(outcome.uploads.is_only(uploads), "{outcome:?}");
    assert_eq!(outcome.parts["storage"], false);
    assert_eq!(outcome.parts["database"], true);
    trial.recover(fault, &outcome).await;
}

#[actix_web::test]
async fn an_object_store_that_keeps_silent_holds_nobody_for_long() {
    Box::pin(with_bucket("object store silent", Manner::Silent)).await;
}

#[actix_web::test]
async fn an_object_store_that_fails_is_told_as_unavailable() {
    Box::pin(with_bucket("object store answers 500", Manner::Failing)).await;
}

#[actix_web::test]
async fn half_an_object_is_no_photo() {
    Box::pin(with_bucket("object store breaks off", Manner::Truncated)).await;
}

#[actix_web::test]
async fn an_object_that_comes_too_slowly_is_given_up() {
    Box::pin(with_bucket("object store slow", Manner::Slow)).await;
}

#[actix_web::test]
async fn a_request_that_finds_no_answer_is_given_up() {
    let app = TestApp::with_sample_and(|config| {
        config["timeouts"] = json!({ "answer_ms": 300 });
    })
    .await;
    let student = app.student("13800138000").await;
    let me = student.get("/api/v1/me").await.json();
    let change = json!({ "language": "en", "email": "", "address": "", "version": me["version"] });
    // Somebody keeps the account's lock, and on SQLite the only writer.
    let tx = app.context.store.begin().await.unwrap();
    let account = me["id"].as_str().unwrap().parse().unwrap();
    store::account::lock(&tx, account).await.unwrap();
    let given_up = student.patch("/api/v1/me", change.clone()).await;
    assert_eq!(given_up.problem(), (503, "server.unavailable".to_owned()));
    assert_eq!(given_up.header("retry-after"), "5");
    assert_eq!(given_up.text("instance"), "/api/v1/me");
    assert!(given_up.text("request_id").starts_with("req_"));
    drop(tx);
    let done = student.patch("/api/v1/me", change).await;
    assert_eq!(done.status, 200, "{done:?}");
}

#[actix_web::test]
async fn another_key_file_is_refused_and_left_alone() {
    let app = TestApp::with_sample().await;
    let mut trial = begin(&app).await;
    trial.program.signal(Signal::TERM);
    assert!(trial.program.ended().await);
    let (file, kept) = (
        app.folder().join("keys.json"),
        app.folder().join("kept.json"),
    );
    std::fs::rename(&file, &kept).unwrap();
    KeyFile::create(&file, &SystemRandom).unwrap();
    let other = std::fs::read(&file).unwrap();
    let serve = [
        "serve",
        "--bind",
        "127.0.0.1:0",
        "--ops-bind",
        "127.0.0.1:0",
    ];
    let complaint = complained(&command(&app, &serve).output().unwrap());
    let told = "does not open what is stored";
    assert!(complaint.contains(told), "{complaint}");
    assert_eq!(std::fs::read(&file).unwrap(), other);
    std::fs::rename(&kept, &file).unwrap();
    trial.program.restart().await;
    trial
        .recover("wrong key file: does not start", &Outcome::default())
        .await;
}

#[actix_web::test]
async fn a_server_whose_key_no_longer_opens_what_is_stored_is_not_ready() {
    let app = TestApp::with_sample_and(|config| {
        config["http"] = json!({ "readiness_cache_ms": 0 });
    })
    .await;
    assert_eq!(app.operator().get("/readyz").await.status, 200);
    for words in [&["keys", "rotate", "--now"][..], &["keys", "rewrap"]] {
        crate::terminal::said(&command(&app, words).output().unwrap());
    }
    let ready = app.operator().get("/readyz").await;
    let parts = json!({ "database": true, "storage": true, "keys": false, "stopping": false });
    assert_eq!((ready.status, ready.json()), (503, parts));
    tell(&json!({ "fault": "keys changed by another copy", "readiness": "503" }));
}
