//! The examples of docs/examples, each in its language: from a key to the first photo.

use std::path::PathBuf;
use std::process::Command;

use crate::terminal::said;
use crate::test_school::Trial;

/// A file of docs/examples.
fn example(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("docs/examples")
        .join(name)
        .canonicalize()
        .unwrap()
}

/// The example in Rust, which is built with the tests.
fn built() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    here.parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("examples/first_photo")
}

/// Runs an example; one whose language is not installed is skipped, and says so.
async fn run(trial: &Trial, language: &str, program: &str, arguments: Vec<String>) {
    let is_there = Command::new(program).arg("--version").output().is_ok();
    if !is_there && language != "Rust" {
        println!(
            "SKIPPED: the example in {language} was not run, since {program} is not installed"
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = trial.in_its_name(Command::new(program));
    command.args(arguments).current_dir(folder.path());
    // Without a language of the system Java prints no Chinese.
    command.env("LC_ALL", "C.UTF-8");
    let done = actix_web::web::block(move || command.output().unwrap())
        .await
        .unwrap();
    assert!(said(&done).contains("测试"), "{language}: {done:?}");
    let picture = std::fs::read(folder.path().join("photo.jpg")).unwrap();
    assert!(picture.starts_with(b"\xff\xd8\xff"), "{language}");
}

#[actix_web::test]
async fn every_example_leads_from_a_key_to_the_first_photo() {
    let trial = Trial::begin().await;
    trial.app.advance(11).await;
    let file = |name: &str| vec![example(name).to_str().unwrap().to_owned()];
    run(&trial, "curl", "bash", file("first_photo.sh")).await;
    run(&trial, "Python", "python3", file("first_photo.py")).await;
    run(&trial, "Java", "java", file("FirstPhoto.java")).await;
    let system = &trial.system;
    let key = [&trial.app.origin, &system.client_id, &system.secret];
    let key = key.map(ToOwned::to_owned).to_vec();
    run(&trial, "Rust", built().to_str().unwrap(), key).await;
}
