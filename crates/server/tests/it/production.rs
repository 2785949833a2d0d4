//! What production refuses to start with: the server and `config check` say the same.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use providers::SystemRandom;
use providers::keys::KeyFile;
use tempfile::TempDir;

use crate::app::TestApp;
use crate::journey::{ZHANG, portrait, upload_id};
use crate::program::Program;
use crate::terminal::{complained, said};

/// A configuration that production takes.
const GOOD: &str = r#"
public_origin = "https://photo.example.edu.cn"
trust_proxy = true
sms_receipt_path = "jw3p1w7xk0c5m9tq"

[operator]
name = "北京示范图像采集中心"
contact = "010-62750000"

[captcha]

[sms]
access_key_id = "LTAI5t"
access_key_secret = "a-secret-of-nobody"
sign_name = "毕业照采集"
template_code = "SMS_1"
template_phone_changed = "SMS_2"
"#;

/// An installation: a folder with configuration, keys and data.
struct Installation {
    folder: TempDir,
}

impl Installation {
    fn new(config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let own = Self { folder };
        KeyFile::create(&own.path("keys.json"), &SystemRandom).unwrap();
        fs::write(own.path("gradphoto.toml"), config).unwrap();
        set_mode(&own.path("gradphoto.toml"), 0o600);
        own
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program on it.
    fn run(&self, environment: &str, words: &[&str]) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gradphoto"));
        program.args(words).args(["--env", environment]);
        program.env("RUST_BACKTRACE", "0");
        program.arg("--data").arg(self.path("data"));
        program.arg("--config").arg(self.path("gradphoto.toml"));
        program.arg("--keys").arg(self.path("keys.json"));
        program.output().unwrap()
    }

    /// What `config check` and the server complain of in production: both the same.
    fn refused(&self) -> String {
        let serve = [
            "serve",
            "--bind",
            "127.0.0.1:0",
            "--ops-bind",
            "127.0.0.1:0",
        ];
        let [checked, served] = [&["config", "check"][..], &serve]
            .map(|words| complained(&self.run("production", words)));
        let told = |text: &str| text.lines().last().unwrap().to_owned();
        assert_eq!(told(&checked), told(&served));
        checked
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn production_starts_with_keys_accounts_and_private_files_of_its_own() {
    let good = Installation::new(GOOD);
    let checked = said(&good.run("production", &["config", "check"]));
    assert!(checked.contains("database: SQLite"), "{checked}");
}

#[test]
fn files_that_others_can_read_are_refused() {
    for file in ["keys.json", "gradphoto.toml"] {
        let open = Installation::new(GOOD);
        set_mode(&open.path(file), 0o644);
        let told = open.refused();
        assert!(told.contains(file) && told.contains("644"), "{told}");
    }
}

#[test]
fn keys_of_development_are_refused() {
    let made = Installation::new(GOOD);
    fs::remove_file(made.path("keys.json")).unwrap();
    said(&made.run("development", &["migrate"]));
    let told = made.refused();
    assert!(told.contains("made by development"), "{told}");
}

#[test]
fn sample_data_are_refused() {
    let sample = Installation::new(GOOD);
    said(&sample.run("development", &["sample-data"]));
    let told = sample.refused();
    assert!(told.contains("sample data"), "{told}");
}

#[test]
fn each_setting_that_is_not_safe_is_named_with_what_to_do() {
    let storage = "[storage]\nbucket = 'b'\nregion = 'r'\naccess_key_id = 'i'\nsecret_access_key = 's'\nendpoint = ";
    for (config, told) in [
        (
            GOOD.replace("trust_proxy = true", ""),
            "trust_proxy = false",
        ),
        (
            GOOD.replace("jw3p1w7xk0c5m9tq", "short"),
            "longer random text",
        ),
        (
            format!("{GOOD}endpoint = 'https://10.0.0.5'"),
            "[sms] endpoint is \"https://10.0.0.5\"",
        ),
        (
            format!("{GOOD}endpoint = 'http://dysmsapi.aliyuncs.com'"),
            "by https at a public address: remove the setting",
        ),
        (
            format!("{GOOD}\n{storage}'http://s3:8333'"),
            "allow_private_storage = true",
        ),
    ] {
        let unsafe_one = Installation::new(&config);
        let complaint = unsafe_one.refused();
        assert!(complaint.contains(told), "{complaint}");
    }
}

#[test]
fn what_is_stored_belongs_to_its_owner_alone_also_where_it_was_open_before() {
    let one = Installation::new(GOOD);
    let data = one.path("data");
    fs::create_dir(&data).unwrap();
    fs::create_dir(data.join("photos")).unwrap();
    fs::write(data.join("gradphoto.db"), "").unwrap();
    for (path, open) in [("", 0o755), ("photos", 0o755), ("gradphoto.db", 0o644)] {
        set_mode(&data.join(path), open);
    }
    said(&one.run("development", &["sample-data"]));
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("photos")), 0o700);
    assert_eq!(mode(&data.join("gradphoto.db")), 0o600);
}

/// Every file and folder below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        next += 1;
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap();
            found.extend(entries.map(|entry| entry.unwrap().path()));
        }
    }
    found
}

#[actix_web::test]
async fn a_running_server_writes_photos_and_journals_for_its_user_alone() {
    let app = TestApp::with_sample().await;
    let program = Program::start(&app).await;
    let student = app.student_in(program.browser(1), "13800138000").await;
    let enrolment = student.enrol(ZHANG).await;
    let sent = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(sent.status, 201, "{sent:?}");
    let folder = app.folder();
    let mut stored = below(&folder.join("photos"));
    assert!(stored.len() > 3, "{stored:?}");
    let journals = below(&folder).into_iter().filter(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("gradphoto.db")
    });
    stored.extend(journals.chain([folder]));
    for path in stored {
        assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
    }
}
