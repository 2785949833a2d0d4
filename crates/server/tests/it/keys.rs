//! The key file: it is never made anew beside data, another one is refused, and each of its keys can be changed while
//! students use the product.

mod rotation;
pub(crate) mod task;

use std::path::Path;
use std::process::{Command, Output};

use providers::SystemRandom;
use providers::keys::KeyFile;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::terminal::{command, complained, said};

const PHONE: &str = "13800138000";

/// Runs the program on the data of a running product.
pub(crate) fn run(app: &TestApp, words: &[&str]) -> Output {
    command(app, words).output().unwrap()
}

fn keys_of(file: &Path, purpose: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    let keys: Value = serde_json::from_str(&text).unwrap();
    keys[purpose].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_lost_key_file_is_not_replaced_by_a_new_one() {
    let app = TestApp::with_sample().await;
    let file = app.folder().join("keys.json");
    let kept = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    for words in [&["config", "check"][..], &["migrate"]] {
        let complaint = complained(&run(&app, words));
        assert!(complaint.contains("put it back"), "{complaint}");
        assert!(!file.exists(), "{words:?} made a key file");
    }
    KeyFile::create(&file, &SystemRandom).unwrap();
    let complaint = complained(&run(&app, &["config", "check"]));
    assert!(
        complaint.contains("does not open what is stored"),
        "{complaint}"
    );
    std::fs::write(&file, kept).unwrap();
    said(&run(&app, &["config", "check"]));
}

#[actix_web::test]
async fn a_server_that_does_not_know_the_new_key_makes_no_second_account() {
    let app = TestApp::with_sample().await;
    let file = app.folder().join("keys.json");
    let me = app.student(PHONE).await.get("/api/v1/me").await.json();
    app.advance(3_600).await;
    said(&run(&app, &["keys", "rotate"]));
    let waiting = complained(&run(&app, &["keys", "rotate"]));
    assert!(waiting.contains("activate it first"), "{waiting}");
    let unchanged = said(&run(&app, &["keys", "check"]));
    assert!(unchanged.contains("0 data keys, 0 phones"), "{unchanged}");
    said(&run(&app, &["keys", "activate"]));
    let states: Vec<Value> = keys_of(&file, "phone_index")
        .iter()
        .map(|key| key["state"].clone())
        .collect();
    assert_eq!(states, [json!("old"), json!("active")]);
    let due = said(&run(&app, &["keys", "check"]));
    assert!(
        due.contains("1 phones") && due.contains("keys rewrap"),
        "{due}"
    );

    // The running server still writes under the old key, as the database says, and finds the account.
    let again = app.student(PHONE).await.get("/api/v1/me").await.json();
    assert_eq!(again["id"], me["id"]);

    said(&run(&app, &["keys", "rewrap"]));
    let done = said(&run(&app, &["keys", "check"]));
    assert!(
        done.contains("0 data keys, 0 phones; of tasks: 0 document numbers, 0 student numbers, 0 texts, 0 files"),
        "{done}"
    );

    // It does not know the key that is written under now, and rather fails than splits the account.
    app.advance(3_600).await;
    let browser = app.browser();
    let sent = browser
        .ask_for_code_as_a_person(PHONE, &app.captcha_token().await)
        .await;
    let code = app.code_for(PHONE).await;
    let refused = browser.log_in(sent.text("challenge_id"), &code).await;
    assert_eq!(refused.status, 500, "{refused:?}");
    let accounts = said(&run(&app, &["keys", "check"]));
    assert!(accounts.contains("0 phones"), "{accounts}");
}

#[test]
fn a_command_leaves_the_database_complete_in_its_own_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_gradphoto"));
    let output = program.arg("sample-data").arg("--data").arg(folder.path());
    said(&output.output().unwrap());
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("gradphoto.db"))
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["gradphoto.db"]);
}
