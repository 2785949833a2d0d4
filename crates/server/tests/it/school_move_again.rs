//! Moves that do not go straight: a second school of the same people, an import that fails, a move that is cancelled meanwhile.

use std::path::Path;
use std::process::Output;

use domain::audit::AuditExemption;
use domain::school_move::SchoolMoveState;
use domain::{SchoolId, TaskId};
use serde_json::Value;
use service::school_move::{ExportRequest, MoveError};
use store::Connection as _;
use store::school_move::FormerSigningKey;

use crate::app::{TestApp, operator};
use crate::browser::Browser;
use crate::erasure::files;
use crate::journey::{ZHANG, ZHAO, portrait, upload_id};
use crate::me;
use crate::terminal::{command, complained, said};

const OLD: &str = "13800138000";
const NEW: &str = "13900139000";

fn run(app: &TestApp, words: &[&str]) -> Output {
    let mut run = command(app, &[&["school"], words].concat());
    run.env("GRADPHOTO_OPERATOR", "mover").output().unwrap()
}

fn export(from: &TestApp, school: SchoolId, file: &Path, address: &str) -> Output {
    let (school, file) = (school.to_string(), file.display().to_string());
    let words = ["export", "--school", &school, "--to", &file];
    run(from, &[&words[..], &["--address", address]].concat())
}

fn import(to: &TestApp, file: &Path) -> Output {
    run(to, &["import", &file.display().to_string()])
}

async fn school_of(app: &TestApp, claim: &Value) -> SchoolId {
    let task: TaskId = claim["task_id"].as_str().unwrap().parse().unwrap();
    let on = app.context.store.reader();
    let task = store::task::get(on, task).await.unwrap().unwrap();
    task.school_id
}

async fn enrolments(student: &Browser) -> usize {
    let mine = student.get("/api/v1/me/enrolments").await.json();
    mine["items"].as_array().unwrap().len()
}

async fn holds_consent(student: &Browser) -> bool {
    let me = student.get("/api/v1/me").await.json();
    let mut held = me["consents"].as_array().unwrap().iter();
    held.any(|one| one["document"] == "face_photo")
}

/// Between the moves of two schools of one student the phone changes at the source, somebody logs in with the new phone at the
/// destination, and the student withdraws a consent there.
#[actix_web::test]
async fn people_of_a_second_school_are_whom_they_were() {
    let (from, to) = (TestApp::with_sample().await, TestApp::start().await);
    let folder = tempfile::tempdir().unwrap();
    let student = from.student(OLD).await;
    let mut schools = Vec::new();
    for who in [ZHAO, ZHANG] {
        schools.push(school_of(&from, &student.claim(who).await).await);
        student.enrol(who).await;
    }
    let file = folder.path().join("first");
    said(&export(&from, schools[0], &file, &to.origin));
    let told = said(&import(&to, &file));
    let receipt = told.trim().rsplit(' ').next().unwrap();
    let first = schools[0].to_string();
    said(&run(
        &from,
        &["export", "--school", &first, "--confirm", receipt],
    ));

    let there = to.student(OLD).await;
    assert_eq!(enrolments(&there).await, 1);
    assert!(holds_consent(&there).await);
    let withdrawn = there.delete("/api/v1/me/consents/face_photo").await;
    assert_eq!(withdrawn.status, 204, "{withdrawn:?}");
    let stranger = to.student(NEW).await;
    from.advance(61).await;
    let (id, old, new) = me::begun(&from, &student).await;
    let changed = me::confirm(&student, &id, &old, &new).await;
    assert_eq!(changed.status, 204, "{changed:?}");

    let file = folder.path().join("second");
    said(&export(&from, schools[1], &file, &to.origin));
    let told = said(&import(&to, &file));
    assert!(told.contains("1 accounts were here already"), "{told}");
    assert_eq!(enrolments(&there).await, 2);
    assert!(!holds_consent(&there).await, "it was withdrawn");
    assert_eq!(enrolments(&stranger).await, 0);
}

#[actix_web::test]
async fn what_an_import_that_failed_left_can_be_deleted() {
    let (from, to) = (TestApp::with_sample().await, TestApp::start().await);
    let folder = tempfile::tempdir().unwrap();
    let student = from.student(OLD).await;
    let school = school_of(&from, &student.claim(ZHAO).await).await;
    let enrolment = student.enrol(ZHAO).await;
    let photo = portrait(480, 640, 1);
    student.submit(&enrolment, &upload_id(1), photo).await;

    let file = folder.path().join("elsewhere");
    said(&export(&from, school, &file, "https://other.example.cn"));
    let told = complained(&import(&to, &file));
    assert!(
        told.contains("written for https://other.example.cn"),
        "{told}"
    );
    let file = folder.path().join("school");
    said(&export(&from, school, &file, &to.origin));
    // A key of that name that is another one stops the import after the rows.
    let keys = from.browser().get("/api/v1/delivery-keys").await.json();
    let key = FormerSigningKey {
        id: keys["items"][0]["id"].as_str().unwrap().to_owned(),
        public_key: vec![1; 32],
        address: from.origin.clone(),
        added_at: to.context.now(),
    };
    let tx = to.context.store.begin().await.unwrap();
    store::school_move::put_signing_key(&tx, key).await.unwrap();
    store::commit(tx, AuditExemption::SampleData).await.unwrap();
    complained(&import(&to, &file));
    assert_eq!(files(&to.folder()), 3);

    let discard = ["import", &file.display().to_string(), "--discard"];
    let told = said(&run(&to, &discard));
    assert!(told.contains("3 objects"), "{told}");
    assert_eq!(files(&to.folder()), 0);
    let on = to.context.store.writer();
    let forgotten = on.execute_unprepared("DELETE FROM former_signing_keys");
    forgotten.await.unwrap();
    said(&import(&to, &file));
    let told = said(&run(&to, &discard));
    assert!(told.contains("0 objects"), "{told}");
    assert_eq!(files(&to.folder()), 3);
}

#[actix_web::test]
async fn a_move_that_is_cancelled_while_its_file_is_written_stays_cancelled() {
    let app = TestApp::with_sample().await;
    let folder = tempfile::tempdir().unwrap();
    let student = app.student(OLD).await;
    let school = school_of(&app, &student.claim(ZHAO).await).await;
    student.enrol(ZHAO).await;
    let (file, key_file) = (folder.path().join("school"), folder.path().join("key"));
    let (called, actor) = (school.to_string(), operator("mover"));
    let request = ExportRequest {
        school: &called,
        address: "https://other.example.cn",
        file: &file,
        key_file: &key_file,
        schema: migrations::latest(),
    };
    let on = app.context.store.reader();
    let state = async || {
        let found = store::school_move::get(on, school).await.unwrap();
        found.map(|one| one.state)
    };
    let cancel = async {
        while state().await != Some(SchoolMoveState::Moving) {
            tokio::task::yield_now().await;
        }
        service::school_move::cancel(&app.context, &actor, &called).await
    };
    let export = Box::pin(service::school_move::export(&app.context, &actor, request));
    let (exported, cancelled) = tokio::join!(export, cancel);
    cancelled.unwrap();
    assert!(
        matches!(exported, Err(MoveError::Unsuitable(_))),
        "{exported:?}"
    );
    assert_eq!(state().await, None);
    assert!(!file.exists() && !key_file.exists());
}

#[actix_web::test]
async fn a_school_whose_audit_log_is_not_sound_is_not_shut() {
    let app = TestApp::with_sample().await;
    let folder = tempfile::tempdir().unwrap();
    let student = app.student(OLD).await;
    let claim = student.claim(ZHAO).await;
    let school = school_of(&app, &claim).await;
    student.enrol(ZHAO).await;
    app.work().await;
    let on = app.context.store.writer();
    let changed = on.execute_unprepared("UPDATE audit_events SET action = 'other'");
    changed.await.unwrap();
    let file = folder.path().join("school");
    let told = complained(&export(&app, school, &file, "https://other.example.cn"));
    assert!(told.contains("not sound"), "{told}");
    assert!(!folder.path().join("school.key").exists());
    let on = app.context.store.reader();
    let found = store::school_move::get(on, school).await.unwrap();
    assert!(found.is_none(), "{found:?}");
}
