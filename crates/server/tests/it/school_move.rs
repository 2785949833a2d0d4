//! A school moves from one installation to another: through the commands, and seen by its people before and after.

use std::path::PathBuf;

use domain::access::Reach;
use domain::school_move::{SchoolMove, SchoolMoveState};
use domain::{SchoolId, TaskId};
use serde_json::{Value, json};
use service::sample::SampleStaff;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::buyer::Buyer;
use crate::delivering::{Delivering, Files, assert_signed, text, unpacked};
use crate::journey::{LI, ZHANG, portrait, upload_id};
use crate::terminal::{command, complained, said};

const ZHANG_PHONE: &str = "13800138000";
const LI_PHONE: &str = "13800138001";
const OFFICER_PHONE: &str = "13800138301";

/// A school with people in several states, and the installation to which it goes.
struct Case {
    from: Delivering,
    to: TestApp,
    zhang: Buyer,
    li: Buyer,
    package: Value,
    files: Files,
    folder: tempfile::TempDir,
}

impl Case {
    async fn new() -> Self {
        let from = Delivering::of(ZHANG).await;
        let zhang = Buyer::with_order(&from.app, ZHANG_PHONE, ZHANG).await;
        zhang.pay(&from.app, "wechat_pay").await;
        from.app.work().await;
        from.approve(&zhang.photo_id).await;
        let wanted = json!({ "kind": "full", "profile": "student-record", "min_kb": 1 });
        let (package, files) = Box::pin(from.made(wanted)).await;
        let li = Buyer::with_order(&from.app, LI_PHONE, LI).await;
        let to = TestApp::start().await;
        Self {
            from,
            to,
            zhang,
            li,
            package,
            files,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("school")
    }

    fn export(&self, words: &[&str]) -> std::process::Output {
        let school = ["school", "export", "--school", &self.from.school];
        let mut run = command(&self.from.app, &[&school, words].concat());
        run.env("GRADPHOTO_OPERATOR", "mover").output().unwrap()
    }

    fn write(&self) -> std::process::Output {
        let file = self.file().display().to_string();
        self.export(&["--to", &file, "--address", &self.to.origin])
    }

    fn import(&self, file: &str) -> std::process::Output {
        let file = self.folder.path().join(file).display().to_string();
        let key = self.folder.path().join("school.key").display().to_string();
        let words = ["school", "import", &file, "--key", &key];
        let mut run = command(&self.to, &words);
        run.env("GRADPHOTO_OPERATOR", "taker").output().unwrap()
    }
}

async fn progress(officer: &Browser, task: &str) -> Value {
    let reply = officer.get(&format!("/api/v1/tasks/{task}/progress")).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let mut progress = reply.json();
    // Days are those of each clock.
    for moment in ["days", "counted_at"] {
        progress.as_object_mut().unwrap().remove(moment);
    }
    progress
}

/// Flips a bit in the middle of the file.
fn damage(case: &Case) {
    let mut bytes = std::fs::read(case.file()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(case.folder.path().join("damaged"), bytes).unwrap();
}

fn audit_is_sound(app: &TestApp) {
    let told = said(&command(app, &["audit", "verify"]).output().unwrap());
    assert!(told.contains("The audit log is sound."), "{told}");
}

#[actix_web::test]
async fn a_school_moves_with_its_people_photos_money_and_audit_log() {
    let case = Box::pin(Case::new()).await;
    // Money that may still arrive keeps it here.
    case.li.begun(&case.from.app, "wechat_pay").await;
    let told = complained(&case.write());
    assert!(told.contains("1 payments that may still arrive"), "{told}");
    assert!(!case.file().exists());
    let closed = case.li.browser.act(&case.li.path("/close")).await;
    assert_eq!(closed.status, 200, "{closed:?}");
    // One of the students has an account there already.
    let there = case.to.student(ZHANG_PHONE).await.get("/api/v1/me").await;

    let before = progress(&case.from.officer, &case.from.task).await;
    let told = said(&case.write());
    assert!(told.contains("The school is shut."), "{told}");
    stays_as_it_is(&case).await;
    damage(&case);
    let told = complained(&case.import("damaged"));
    assert!(told.contains("the file is damaged"), "{told}");
    let told = said(&case.import("school"));
    assert!(told.contains("1 accounts were here already"), "{told}");
    let receipt = told.trim().rsplit(' ').next().unwrap();
    // Whoever lost the receipt is told it again.
    let again = said(&case.import("school"));
    assert!(again.contains("this file was taken before"), "{again}");
    assert!(again.trim().ends_with(receipt), "{again}");

    let wrong = complained(&case.export(&["--confirm", "AAAA"]));
    assert!(wrong.contains("not the receipt"), "{wrong}");
    said(&case.export(&["--confirm", receipt]));
    let told = complained(&case.export(&["--cancel"]));
    assert!(told.contains("the school has moved"), "{told}");
    is_gone(&case).await;
    audit_is_sound(&case.from.app);
    students_have_what_they_had(&case, &there.text("id")).await;
    Box::pin(staff_have_what_they_had(&case, &before)).await;
    audit_is_sound(&case.to);
}

/// While the file is on its way everything can be read, and nothing changes, whoever tries.
async fn stays_as_it_is(case: &Case) {
    let again = case.zhang.browser.get(&case.zhang.path("")).await;
    assert_eq!(again.status, 200, "{again:?}");
    let photo = portrait(480, 640, 99);
    let (student, enrolment) = (&case.li.browser, &case.li.enrolment_id);
    let refused = student.submit(enrolment, &upload_id(99), photo).await;
    assert_eq!(refused.problem(), (503, "school.moving".to_owned()));
    assert!(
        refused.text("detail").contains(&case.to.origin),
        "{refused:?}"
    );
    let package = case
        .from
        .create(json!({ "kind": "full", "profile": "student-record" }));
    assert_eq!(package.await.problem(), (503, "school.moving".to_owned()));
    case.from.app.work().await;
}

/// Its links lead to the new address, and nothing of it is left.
async fn is_gone(case: &Case) {
    let student = &case.zhang.browser;
    let link = format!("/api/v1/tasks/{}", case.from.task);
    let moved = student.get(&link).await;
    assert_eq!(moved.problem(), (404, "school.moved".to_owned()));
    assert!(moved.text("detail").contains(&case.to.origin), "{moved:?}");
    let name = format!("/api/v1/schools?name={}", ZHANG.school);
    let found = student.get(&name).await;
    assert_eq!(found.problem(), (404, "school.moved".to_owned()));
    let photo = format!("/api/v1/photos/{}", case.zhang.photo_id);
    assert_eq!(student.get(&photo).await.status, 404);
    let photos = case.from.app.folder().join("photos");
    assert_eq!(objects(&photos), 0);
    let school = case.from.school.parse().unwrap();
    let on = case.from.app.context.store.reader();
    let school = store::school::within_reach(on, school, &Reach::AllSchools).await;
    assert_eq!(school.unwrap().unwrap().state.as_str(), "suspended");
    case.from.app.work().await;
}

/// How many objects lie under a folder; the probe of the store is none.
fn objects(folder: &std::path::Path) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += objects(&path);
        } else if !path.ends_with("probe") {
            count += 1;
        }
    }
    count
}

/// At the new address whoever had an account there has everything in it.
async fn students_have_what_they_had(case: &Case, account: &str) {
    case.to.advance(3_600).await;
    let student = case.to.student(ZHANG_PHONE).await;
    assert_eq!(student.get("/api/v1/me").await.text("id"), account);
    let enrolments = student.get("/api/v1/me/enrolments").await.json();
    let enrolment = case.zhang.enrolment_id.as_str();
    assert_eq!(enrolments["items"][0]["id"], enrolment, "{enrolments}");
    let order = student.get(&case.zhang.path("")).await.json();
    assert_eq!(order["status"], "paid", "{order}");
    for variant in ["original", "framed", "thumb"] {
        let photo = &case.zhang.photo_id;
        let image = format!("/api/v1/photos/{photo}/image?variant={variant}");
        assert_eq!(student.get(&image).await.status, 200, "{variant}");
    }
}

/// Staff log in with their device, see the same figures and packages, and the collection goes on.
async fn staff_have_what_they_had(case: &Case, before: &Value) {
    let officer = case.to.student(OFFICER_PHONE).await;
    let secret = data_encoding::BASE32_NOPAD.decode(SampleStaff::secret().as_bytes());
    let secret = providers::totp::TotpSecret::from_bytes(secret.unwrap()).unwrap();
    let code = secret.code_at(case.to.context.now()).unwrap();
    let body = json!({ "code": code });
    let confirmed = officer.post("/api/v1/auth/second-factor", body).await;
    assert_eq!(confirmed.status, 204, "{confirmed:?}");
    assert_eq!(&progress(&officer, &case.from.task).await, before);
    let id = case.package["id"].as_str().unwrap();
    let link = officer.act(&format!("/api/v1/deliveries/{id}/link")).await;
    assert_eq!(link.status, 201, "{link:?}");
    let file = case.to.browser().get(&link.text("url")).await;
    let files = unpacked(&file.bytes);
    assert!(files == case.files, "another package");
    let about: Value = serde_json::from_str(&text(&files, "package.json")).unwrap();
    let keys = case.to.browser().get("/api/v1/delivery-keys").await.json();
    let keys = keys["items"].as_array().unwrap().clone();
    let signer = keys
        .into_iter()
        .filter(|key| key["id"] == about["signing_key_id"]);
    assert_signed(&files, &json!({ "items": signer.collect::<Vec<_>>() }));
    // What was sealed there is opened here, and packed anew.
    let path = format!("/api/v1/tasks/{}/deliveries", case.from.task);
    let wanted = json!({ "kind": "full", "profile": "student-record", "min_kb": 1 });
    let made = officer.post(&path, wanted).await;
    assert_eq!(made.status, 201, "{made:?}");
    case.to.work().await;
    let path = format!("/api/v1/deliveries/{}", made.text("id"));
    let made = officer.get(&path).await;
    assert_eq!(made.text("state"), "ready", "{made:?}");
    let li = case.to.student(LI_PHONE).await;
    let photo = portrait(480, 640, 98);
    let enrolment = &case.li.enrolment_id;
    let photo = li.submit(enrolment, &upload_id(98), photo).await;
    assert_eq!(photo.status, 201, "{photo:?}");
    assert!(!photo.json()["order_no"].is_null(), "{photo:?}");
}

#[actix_web::test]
pub(crate) async fn a_school_on_its_way_says_where_it_goes() {
    let app = TestApp::with_sample().await;
    let student = app.student(ZHANG_PHONE).await;
    let claim = student.claim(ZHANG).await;
    let task = claim["task_id"].as_str().unwrap().parse().unwrap();
    let on = app.context.store.reader();
    let task = store::task::get(on, task).await.unwrap().unwrap();
    let moving = shut(&app, task.school_id).await;
    let refused = student.verify(&claim).await;
    assert_eq!(refused.problem(), (503, "school.moving".to_owned()));
    assert!(
        refused.text("detail").contains(&moving.address),
        "{refused:?}"
    );
    let gone = TaskId::new(app.context.now(), [7; 10]);
    let moved = SchoolMove {
        state: SchoolMoveState::Moved,
        task_ids: vec![gone],
        ..moving
    };
    put(&app, &moved).await;
    let link = student.get(&format!("/api/v1/tasks/{gone}")).await;
    assert_eq!(link.problem(), (404, "school.moved".to_owned()));
    assert!(link.text("detail").contains(&moved.address), "{link:?}");
}

/// Shuts a school, as an export does first.
pub(crate) async fn shut(app: &TestApp, school_id: SchoolId) -> SchoolMove {
    let now = app.context.now();
    let moving = SchoolMove {
        school_id,
        state: SchoolMoveState::Moving,
        address: "https://nw.photo.example.cn".to_owned(),
        task_ids: Vec::new(),
        receipt_hash: Vec::new(),
        started_at: now,
        updated_at: now,
    };
    let store = &app.context.store;
    store::school_move::raise(store).await.unwrap();
    put(app, &moving).await;
    moving
}

async fn put(app: &TestApp, one: &SchoolMove) {
    let tx = app.context.store.begin().await.unwrap();
    store::school_move::put(&tx, one).await.unwrap();
    let why = domain::audit::AuditExemption::SampleData;
    store::commit(tx, why).await.unwrap();
}
