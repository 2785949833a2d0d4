//! One server for each `SQLite` database.

use std::process::{Command, Output};

use crate::app::TestApp;
use crate::program::Program;

/// Runs a command on the data of a product; a `serve` that is not refused at once is ended by its test's time limit.
fn run(app: &TestApp, arguments: &[&str]) -> Output {
    let folder = app.folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_gradphoto"));
    command.args(arguments).arg("--data").arg(&folder);
    command.arg("--config").arg(folder.join("gradphoto.toml"));
    command.env("GRADPHOTO_TEST_CLOCK", folder.join("clock"));
    command.output().unwrap()
}

#[actix_web::test]
async fn a_second_server_on_a_sqlite_folder_is_refused_and_told_what_to_do() {
    let app = TestApp::with_sample().await;
    if app.database_url().is_some() {
        return;
    }
    let mut program = Program::start(&app).await;
    let serve = [
        "serve",
        "--bind",
        "127.0.0.1:0",
        "--ops-bind",
        "127.0.0.1:0",
    ];
    let refused = run(&app, &serve);
    assert!(!refused.status.success());
    let told = String::from_utf8(refused.stderr).unwrap();
    for part in [
        format!("process {}", program.id()),
        "gradphoto.db".to_owned(),
        "stop that one first".to_owned(),
        "PostgreSQL".to_owned(),
    ] {
        assert!(told.contains(&part), "{told}");
    }
    for beside in [
        vec!["config", "check"],
        vec!["case", "list"],
        vec!["refund", "list"],
        vec!["keys", "check"],
    ] {
        let output = run(&app, &beside);
        assert!(output.status.success(), "{beside:?}: {output:?}");
    }
    let migrate = run(&app, &["migrate"]);
    assert!(!migrate.status.success(), "the schema changes under nobody");
    // The lock ends with the process, and not with the file.
    program.kill();
    assert!(app.folder().join("gradphoto.db.lock").exists());
    assert!(run(&app, &["migrate"]).status.success());
    program.restart().await;
}

#[actix_web::test]
async fn nothing_is_restored_under_a_running_server() {
    let app = TestApp::with_sample().await;
    if app.database_url().is_some() {
        return;
    }
    let program = Program::start(&app).await;
    let place = tempfile::tempdir().unwrap();
    let backup = place.path().join("backup").display().to_string();
    let saved = run(&app, &["backup", &backup]);
    assert!(saved.status.success(), "{saved:?}");
    let ledger = place.path().join("keys/erasures.jsonl");
    let ledger = ledger.display().to_string();
    let refused = run(&app, &["restore", &backup, "--ledger", &ledger]);
    assert!(!refused.status.success());
    let told = String::from_utf8(refused.stderr).unwrap();
    let holder = format!("process {}", program.id());
    assert!(told.contains(&holder), "{told}");
}
