//! Backups, through the real program: written while students work, restored into an empty installation, and what was
//! erased since stays erased. On `PostgreSQL` the database's own tools do the first half.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use futures_util::future::join;
use providers::SystemRandom;
use providers::keys::KeyFile;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::app::{TestApp, psql};
use crate::browser::Browser;
use crate::journey::{LI, QIAN, Who, ZHANG, ZHAO, portrait, upload_id};
use crate::keys::task::{close_task, destroy, task_of};
use crate::program::Program;
use crate::terminal::{command, command_in, complained, said};

const PHONE: &str = "13800138000";
const OTHER_PHONE: &str = "13900139000";

/// A student with a photo.
struct Person {
    browser: Browser,
    photo: String,
    /// The photo as it came.
    original: Vec<u8>,
}

impl Person {
    async fn new(app: &TestApp, phone: &str, who: Who) -> Self {
        let browser = app.student(phone).await;
        let enrolment = browser.enrol(who).await;
        let upload = upload_id(1);
        let photo = browser.submit(&enrolment, &upload, portrait(480, 640, 7));
        let photo = photo.await.text("id");
        let original = format!("/api/v1/photos/{photo}/image?variant=original");
        let original = browser.get(&original).await.bytes;
        Self {
            browser,
            photo,
            original,
        }
    }

    /// Where their photo is answered.
    fn image(&self, variant: &str) -> String {
        format!("/api/v1/photos/{}/image?variant={variant}", self.photo)
    }

    async fn withdraw_consent(&self) {
        let renewed = self.browser.act("/api/v1/auth/sessions/refresh").await;
        assert_eq!(renewed.status, 204, "{renewed:?}");
        let withdrawn = self.browser.delete("/api/v1/me/consents/face_photo").await;
        assert_eq!(withdrawn.status, 204, "{withdrawn:?}");
    }
}

/// A place for backups, and for an installation that one is restored into.
struct Drill {
    place: TempDir,
    database: Option<String>,
}

impl Drop for Drill {
    fn drop(&mut self) {
        if let Some(url) = &self.database {
            let (_, name) = url.rsplit_once('/').unwrap();
            psql(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

impl Drill {
    /// An installation with the settings and keys of the product and nothing else.
    fn new(app: &TestApp) -> Self {
        let place = tempfile::tempdir().unwrap();
        let (from, to) = (app.folder(), place.path().join("new"));
        fs::create_dir(&to).unwrap();
        for name in ["gradphoto.toml", "keys.json"] {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
        for name in ["clock", "web"] {
            std::os::unix::fs::symlink(from.join(name), to.join(name)).unwrap();
        }
        let database = None;
        Self { place, database }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn back_up(&self, app: &TestApp, name: &str) -> Output {
        let run = command(app, &["backup", &self.text(name)]).output();
        run.unwrap()
    }

    /// Restores with the ledger of the running product.
    fn restore(&self, name: &str) -> Output {
        let ledger = self.text("keys/erasures.jsonl");
        self.restore_with(&[&self.text(name), "--ledger", &ledger])
    }

    fn restore_with(&self, words: &[&str]) -> Output {
        let words = [&["restore"], words].concat();
        let mut run = command_in(&self.path("new"), self.database.as_deref(), &words);
        run.output().unwrap()
    }

    /// A server on what was restored.
    async fn serve(&self, app: &TestApp) -> Program {
        let place = (self.path("new"), self.database.clone());
        Program::start_in(app, place, &[], str::to_owned).await
    }

    fn manifest(&self, name: &str) -> Value {
        let text = fs::read(self.path(name).join("manifest.json")).unwrap();
        serde_json::from_slice(&text).unwrap()
    }
}

/// All files under a folder with their content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), fs::read(path).unwrap()));
        }
    }
    found
}

fn holds(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

/// Logs in on a restored server; sessions ended with the restore.
async fn back(app: &TestApp, program: &Program, number: usize, phone: &str) -> Browser {
    app.advance(3_600).await;
    app.student_in(program.browser(number), phone).await
}

/// Checks on a restored server that the one is complete and that nothing is left of the other's photo.
async fn check_restored(app: &TestApp, drill: &Drill, kept: &Person, erased: &Person) {
    let program = drill.serve(app).await;
    let old_session = kept.browser.cookie("__Host-refresh");
    let anonymous = program.browser(3);
    anonymous.set_cookie("__Host-refresh", old_session.as_deref());
    let refreshed = anonymous.act("/api/v1/auth/sessions/refresh").await;
    assert_eq!(refreshed.status, 401, "{refreshed:?}");

    let browser = back(app, &program, 1, PHONE).await;
    for variant in ["original", "framed", "thumb"] {
        let image = browser.get(&kept.image(variant)).await;
        assert_eq!(image.status, 200, "{variant}: {image:?}");
    }
    let original = browser.get(&kept.image("original")).await.bytes;
    assert!(original == kept.original, "another original");
    let browser = back(app, &program, 2, OTHER_PHONE).await;
    for variant in ["original", "framed", "thumb"] {
        let image = browser.get(&erased.image(variant)).await;
        assert_eq!(image.status, 410, "{variant}: {image:?}");
    }
    let photos = files(&drill.path("new/photos"));
    let objects = photos.iter().filter(|(path, _)| !path.ends_with("probe"));
    assert_eq!(objects.count(), 3, "the erased photo's files came back");
}

#[actix_web::test]
async fn what_was_erased_after_a_backup_stays_erased_when_it_is_restored() {
    let app = TestApp::with_sample().await;
    if app.database_url().is_some() {
        println!("skipped: PostgreSQL has tools of its own");
        return;
    }
    let drill = Drill::new(&app);
    let kept = Person::new(&app, PHONE, ZHANG).await;
    let erased = Person::new(&app, OTHER_PHONE, ZHAO).await;
    let told = said(&drill.back_up(&app, "old"));
    assert!(
        told.contains("6 objects") && told.contains("is sound"),
        "{told}"
    );
    app.advance(86_400).await;
    erased.withdraw_consent().await;
    app.work().await;
    let told = said(&drill.back_up(&app, "later"));
    assert!(
        told.contains("3 objects") && told.contains("2 lines"),
        "{told}"
    );

    // The older backup has the photo; the newer ledger has that it was erased.
    let told = said(&drill.restore("old"));
    for part in [
        "6 objects",
        "2 erased again, 0 not there",
        "3 objects were opened",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    check_restored(&app, &drill, &kept, &erased).await;
    let again = complained(&drill.restore("old"));
    assert!(again.contains("is there already"), "{again}");
}

#[actix_web::test]
async fn a_backup_is_private_and_complete_and_holds_no_key() {
    let app = TestApp::with_sample().await;
    if app.database_url().is_some() {
        println!("skipped: PostgreSQL has tools of its own");
        return;
    }
    let drill = Drill::new(&app);
    Person::new(&app, PHONE, ZHANG).await;
    said(&drill.back_up(&app, "one"));
    let on = app.context.store.reader();
    let keys = store::data_key::all(on).await.unwrap();
    assert!(keys.len() >= 3, "{keys:?}");
    let key_file: Value =
        serde_json::from_slice(&fs::read(app.folder().join("keys.json")).unwrap()).unwrap();
    let secrets: Vec<&str> = key_file
        .as_object()
        .unwrap()
        .values()
        .filter_map(|keys| keys[0]["secret"].as_str())
        .collect();
    assert_eq!(secrets.len(), 4);
    for (path, content) in files(&drill.path("one")) {
        for key in &keys {
            assert!(
                !holds(&content, key.wrapped.as_bytes()),
                "{path:?} has a data key"
            );
        }
        for secret in &secrets {
            assert!(!holds(&content, secret.as_bytes()), "{path:?} has a key");
        }
        assert!(!holds(&content, PHONE.as_bytes()), "{path:?} has a phone");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path:?}");
    }
    for folder in ["one", "one/photos", "keys"] {
        let mode = fs::metadata(drill.path(folder)).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o700, "{folder}");
    }
    let manifest = drill.manifest("one");
    let ids = manifest["keys"]["data_keys"].as_array().unwrap();
    assert_eq!(ids.len(), keys.len());
    assert_eq!(manifest["object_count"], 3);
    assert!(manifest["keys"]["key_encryption"][0].is_string());

    let refused = complained(&drill.back_up(&app, "one"));
    assert!(refused.contains("nothing is overwritten"), "{refused}");
    // What a broken attempt left is used again, unless it is damaged or belongs to nothing.
    let partial = drill.path("two.partial");
    fs::create_dir(&partial).unwrap();
    fs::write(partial.join("gradphoto.db"), "half").unwrap();
    let mut copied = files(&drill.path("one/photos")).into_iter();
    let (first, _) = copied.next().unwrap();
    let damaged = partial.join(first.strip_prefix(drill.path("one")).unwrap());
    fs::create_dir_all(damaged.parent().unwrap()).unwrap();
    fs::write(damaged, "damaged").unwrap();
    fs::create_dir_all(partial.join("photos/AB")).unwrap();
    fs::write(partial.join("photos/AB/ABCDEFGHJKMNPQRSTVWXYZ0123"), "lost").unwrap();
    said(&drill.back_up(&app, "two"));
    assert_eq!(drill.manifest("two")["object_count"], 3);
    assert_eq!(files(&drill.path("two")).len(), 3 + 4);
}

#[actix_web::test]
async fn a_backup_that_is_written_while_students_work_is_of_one_moment() {
    let app = TestApp::with_sample().await;
    if app.database_url().is_some() {
        println!("skipped: PostgreSQL has tools of its own");
        return;
    }
    let drill = Drill::new(&app);
    let before = Person::new(&app, PHONE, ZHANG).await;
    let mut run = command(&app, &["backup", &drill.text("one")]);
    let backup = actix_web::rt::task::spawn_blocking(move || run.output().unwrap());
    let work = async {
        for (number, who) in [LI, ZHAO, QIAN].into_iter().enumerate() {
            let phone = format!("1370013700{number}");
            Person::new(&app, &phone, who).await;
        }
        before.withdraw_consent().await;
        app.work().await;
    };
    let (output, ()) = join(backup, work).await;
    said(&output.unwrap());
    let manifest = drill.manifest("one");
    // Whichever moment it was: all three files of a photo, or none.
    let count = manifest["object_count"].as_u64().unwrap();
    let gone = manifest["deleted_meanwhile"].as_array().unwrap().len() as u64;
    assert_eq!((count + gone) % 3, 0, "{manifest}");
    // What was erased meanwhile is erased by the ledger, so that the restored installation is whole.
    let file = drill.text("ledger.jsonl");
    said(
        &command(&app, &["ledger", "export", &file])
            .output()
            .unwrap(),
    );
    said(&drill.restore_with(&[&drill.text("one"), "--ledger", &file]));
}

#[actix_web::test]
async fn a_damaged_backup_is_not_restored() {
    let app = TestApp::with_sample().await;
    if app.database_url().is_some() {
        println!("skipped: PostgreSQL has tools of its own");
        return;
    }
    let drill = Drill::new(&app);
    Person::new(&app, PHONE, ZHANG).await;
    said(&drill.back_up(&app, "one"));
    let one = drill.path("one");
    let object = files(&one.join("photos")).remove(0).0;
    for (file, expected) in [
        (object.clone(), "is not what was written"),
        (one.join("gradphoto.db"), "is not what was written"),
        (one.join("objects.jsonl"), "is not what was written"),
        (one.join("manifest.json"), "do not belong together"),
    ] {
        let whole = fs::read(&file).unwrap();
        let mut changed = whole.clone();
        *changed.last_mut().unwrap() ^= 1;
        fs::write(&file, changed).unwrap();
        let complaint = complained(&drill.restore("one"));
        assert!(complaint.contains(expected), "{file:?}: {complaint}");
        fs::write(&file, whole).unwrap();
    }
    let whole = fs::read(&object).unwrap();
    fs::remove_file(&object).unwrap();
    let complaint = complained(&drill.restore("one"));
    assert!(complaint.contains("is missing"), "{complaint}");
    fs::write(&object, whole).unwrap();
    fs::write(one.join("added"), "").unwrap();
    let complaint = complained(&drill.restore("one"));
    assert!(complaint.contains("does not belong"), "{complaint}");
    fs::remove_file(one.join("added")).unwrap();

    let keys = drill.path("new/keys.json");
    let own = fs::read(&keys).unwrap();
    fs::remove_file(&keys).unwrap();
    let complaint = complained(&drill.restore("one"));
    assert!(complaint.contains("put back the one"), "{complaint}");
    KeyFile::create(&keys, &SystemRandom).unwrap();
    let complaint = complained(&drill.restore("one"));
    assert!(complaint.contains("does not have the key"), "{complaint}");
    fs::write(&keys, own).unwrap();
    let complaint = complained(&drill.restore_with(&[&drill.text("one")]));
    assert!(complaint.contains("--ledger"), "{complaint}");
    assert!(!drill.path("new/gradphoto.db").exists());
    said(&drill.restore("one"));
}

#[actix_web::test]
async fn a_destroyed_key_does_not_come_back_with_an_older_backup() {
    let app = TestApp::with_sample().await;
    if app.database_url().is_some() {
        println!("skipped: PostgreSQL has tools of its own");
        return;
    }
    let drill = Drill::new(&app);
    let zhang = Person::new(&app, PHONE, ZHANG).await;
    let zhao = Person::new(&app, OTHER_PHONE, ZHAO).await;
    said(&drill.back_up(&app, "old"));
    close_task(&app, ZHAO).await;
    let task = task_of(&zhao.browser, ZHAO).await;
    assert!(said(&destroy(&app, task)).contains("3 keys were destroyed"));
    app.advance(3_600).await;
    let told = said(&drill.back_up(&app, "later"));
    assert!(
        told.contains("3 objects are sealed under destroyed"),
        "{told}"
    );
    // The earlier file still has the key; a person deletes it.
    assert!(told.contains("delete it and its copies"), "{told}");

    let told = said(&drill.restore("old"));
    for part in [
        "was destroyed since",
        "1 erased again",
        "3 objects stay unreadable",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let program = drill.serve(&app).await;
    let browser = back(&app, &program, 1, PHONE).await;
    assert_eq!(browser.get(&zhang.image("framed")).await.status, 200);
    let browser = back(&app, &program, 2, OTHER_PHONE).await;
    // The backup has the task as it was, with its students; the ledger says that its keys were destroyed.
    assert_eq!(browser.get(&zhao.image("framed")).await.status, 404);
}

#[actix_web::test]
async fn after_the_tools_of_postgresql_a_restore_is_finished() {
    let app = TestApp::with_sample().await;
    let Some(url) = app.database_url() else {
        println!("skipped: there is no PostgreSQL");
        return;
    };
    let mut drill = Drill::new(&app);
    let kept = Person::new(&app, PHONE, ZHANG).await;
    let erased = Person::new(&app, OTHER_PHONE, ZHAO).await;
    let refused = complained(&drill.back_up(&app, "one"));
    assert!(refused.contains("keys save"), "{refused}");
    let (dump, keys) = (drill.text("dump"), drill.text("keys"));
    let run = |program: &str, words: &[&str]| {
        let done = Command::new(program).args(words).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    // The order of docs/operations.md: first the database, then the objects.
    run(
        "pg_dump",
        &["-Fc", "--exclude-table-data=data_keys", "-f", &dump, &url],
    );
    copy_folder(&app.folder().join("photos"), &drill.path("new/photos"));
    said(&command(&app, &["keys", "save", &keys]).output().unwrap());
    app.advance(86_400).await;
    erased.withdraw_consent().await;
    app.work().await;
    let ledger = drill.text("ledger.jsonl");
    said(
        &command(&app, &["ledger", "export", &ledger])
            .output()
            .unwrap(),
    );

    let (base, name) = url.rsplit_once('/').unwrap();
    psql(&format!("CREATE DATABASE {name}_new"));
    drill.database = Some(format!("{base}/{name}_new"));
    let database = drill.database.clone().unwrap();
    run("pg_restore", &["--no-owner", "-d", &database, &dump]);
    let words = [
        "--after-database",
        "--keys-folder",
        &keys,
        "--ledger",
        &ledger,
    ];
    let told = said(&drill.restore_with(&words));
    assert!(told.contains("2 erased again"), "{told}");
    check_restored(&app, &drill, &kept, &erased).await;
}

fn copy_folder(from: &Path, to: &Path) {
    for (path, content) in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, content).unwrap();
    }
}

#[actix_web::test]
async fn a_ledger_file_never_loses_a_line() {
    let app = TestApp::with_sample().await;
    let drill = Drill::new(&app);
    let file = drill.text("ledger.jsonl");
    let export = || {
        said(
            &command(&app, &["ledger", "export", &file])
                .output()
                .unwrap(),
        )
    };
    let id = uuid::Uuid::from_u128(1);
    let line = |at| json!({ "kind": "photo", "object_id": id, "at": at }).to_string();
    let (now, years_ago) = (
        app.context.now(),
        app.context.now() - chrono::TimeDelta::days(2_000),
    );
    fs::write(&file, format!("{}\n", line(now))).unwrap();
    assert!(export().contains("1 lines"));
    let person = Person::new(&app, PHONE, ZHANG).await;
    person.withdraw_consent().await;
    assert!(export().contains("3 lines"));
    assert!(fs::read_to_string(&file).unwrap().contains(&id.to_string()));
    fs::write(&file, format!("{}\n", line(years_ago))).unwrap();
    assert!(export().contains("2 lines"));
    fs::write(&file, "half a li").unwrap();
    let complaint = command(&app, &["ledger", "export", &file])
        .output()
        .unwrap();
    assert!(complained(&complaint).contains("line 1"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "half a li");
}
