//! `kill -9` of the real program while it makes a package and while it purges a task: started again, it ends each once, with
//! nothing half.
//!
//! When it dies depends on what it has done, which the database tells.

use std::path::Path;
use std::time::Duration;

use domain::TaskId;
use domain::delivery::DeliveryState;
use domain::purge::TaskPurge;
use serde_json::json;

use crate::app::TestApp;
use crate::delivering::{Delivering, Files, assert_signed, unpacked};
use crate::journey::{ZHAO, portrait};
use crate::program::Program;
use crate::reader;

/// How many photos a package has. The database is told of each hundred, and of the rest at the end.
const PHOTOS: u32 = 325;
/// How many photos are done when the program dies: within the first batches, in the middle, near the end.
const DEATHS: [u64; 3] = [25, 101, 201];
/// The most deaths of a purge.
const PURGE_DEATHS: usize = 4;
/// Longer than the lease of a job.
const LEASE_S: i64 = 20;
const DAY: i64 = 86_400;
/// How often the database is asked how far the program is, and how many times at most: far longer than it takes.
const ASK_EVERY: Duration = Duration::from_millis(2);
const QUESTIONS: usize = 15_000;
/// How much memory making a package may take, in KB.
const MEMORY_KB: u64 = 64 << 10;

/// A task with that many accepted photos besides what the sample has.
async fn crowded() -> Delivering {
    let case = Delivering::new().await;
    let files: Vec<_> = (1..=3).map(|shade| portrait(480, 640, shade)).collect();
    let task: TaskId = case.task.parse().unwrap();
    let loaded = service::sample::load_accepted(&case.app.context, task, 0..PHOTOS, &files);
    Box::pin(loaded).await.unwrap();
    case
}

/// Every file below a folder but the database's: what is in the object store, whole or half.
fn stored(app: &TestApp) -> usize {
    fn count(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
        entries
            .map(|entry| {
                if entry.path().is_dir() {
                    count(&entry.path())
                } else {
                    1
                }
            })
            .sum()
    }
    count(&app.folder().join("photos"))
}

/// Lets a program that died begin again where nobody has its jobs any more.
async fn begin_again(app: &TestApp, program: &mut Program) {
    app.advance(LEASE_S).await;
    program.restart().await;
}

/// Waits until so many photos of a package are done; whether it is still being made.
async fn reached(app: &TestApp, id: &str, photos: u64) -> bool {
    let id = id.parse().unwrap();
    for _ in 0..QUESTIONS {
        let on = app.context.store.reader();
        let reach = domain::access::Reach::AllSchools;
        let found = store::delivery::get(on, &reach, id).await.unwrap().unwrap();
        let is_building = found.state == DeliveryState::Building;
        if !is_building || found.photos_done >= photos {
            return is_building;
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
    panic!("nothing was made of package {id}");
}

/// The most memory that a program ever had, in KB.
fn peak_kb(program: &Program) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.unwrap().trim().trim_end_matches(" kB");
    number.parse().unwrap()
}

#[actix_web::test]
async fn a_package_whose_maker_dies_again_and_again_is_made_once() {
    let case = Box::pin(crowded()).await;
    let app = &case.app;
    let before = stored(app);
    assert_eq!(before, PHOTOS as usize);
    let mut program = Program::start(app).await;
    let wanted =
        json!({ "kind": "full", "profile": "student-record", "min_kb": 1, "split": "class" });
    let created = case.create(wanted).await;
    assert_eq!(created.status, 201, "{created:?}");
    let id = created.text("id");
    let mut deaths = 0;
    for photos in DEATHS {
        if !reached(app, &id, photos).await {
            break;
        }
        program.kill();
        deaths += usize::from(case.get(&id).await["state"] == "building");
        begin_again(app, &mut program).await;
    }
    assert!(
        deaths > 0,
        "the program never died while it made the package"
    );
    let idle = program.memory_kb();
    while reached(app, &id, u64::MAX).await {}
    let grown = peak_kb(&program).saturating_sub(idle);
    assert!(grown <= MEMORY_KB, "{grown} KB more than at rest");
    println!("{deaths} deaths; {grown} KB of memory beyond what it had at rest");

    let delivery = case.get(&id).await;
    assert_eq!(delivery["state"], "ready", "{delivery}");
    assert_eq!(delivery["added"], PHOTOS, "{delivery}");
    assert_eq!(delivery["left_out"], 0, "{delivery}");
    assert_eq!(delivery["photos_done"], PHOTOS, "{delivery}");
    let link = case.act(&id, "link").await;
    let file = app.browser().get(&link.text("url")).await;
    assert_eq!(file.status, 200, "{file:?}");
    check_package(&case, &file.bytes).await;
    assert_eq!(stored(app), before + 1, "one file, and none that is half");
    // What it says of each photo is kept once, and it was told once.
    let parts = store::delivery::content::parts_after(
        app.context.store.reader(),
        case.school.parse().unwrap(),
        id.parse().unwrap(),
        None,
        10_000,
    );
    assert_eq!(parts.await.unwrap().len(), PHOTOS as usize);
    let object = domain::event::EventObject::Delivery(id.parse().unwrap());
    let reader = app.context.store.reader();
    let told = store::event::of(reader, case.school.parse().unwrap(), object).await;
    assert_eq!(told.unwrap().len(), 1);
}

/// The package is whole, every program reads it, and its signature holds.
async fn check_package(case: &Delivering, bytes: &[u8]) {
    let files: Files = unpacked(bytes);
    let photos = files.keys().filter(|name| name.starts_with("photos/"));
    assert_eq!(photos.count(), PHOTOS as usize);
    let keys = case.app.browser().get("/api/v1/delivery-keys").await.json();
    assert_signed(&files, &keys);
    let folder = tempfile::tempdir().unwrap();
    let key = keys["items"][0]["public_key"].as_str().unwrap().to_owned();
    let (path, bytes) = (folder.path().to_owned(), bytes.to_vec());
    let read = move || {
        reader::read_package(&path, &bytes, files.len());
        reader::verify_package(&path, &key);
    };
    actix_web::web::block(read).await.unwrap();
}

/// Waits until a purge has gone on since `seen`.
async fn gone_on(app: &TestApp, task: TaskId, seen: Option<&TaskPurge>) -> TaskPurge {
    for _ in 0..QUESTIONS {
        let found = store::purge::get(app.context.store.reader(), task).await;
        if let Some(purge) = found.unwrap()
            && seen.is_none_or(|seen| *seen != purge)
        {
            return purge;
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
    panic!("the purge does not go on: {seen:?}");
}

#[actix_web::test]
async fn a_purge_whose_worker_dies_again_and_again_ends_once() {
    let case = Box::pin(crowded()).await;
    let app = &case.app;
    app.change_task(ZHAO.school, |settings| settings["purge_days"] = json!(30))
        .await;
    let path = format!("/api/v1/tasks/{}", case.task);
    let closed = case.officer.act(&format!("{path}/close")).await;
    assert_eq!(closed.status, 200, "{closed:?}");
    app.advance(29 * DAY).await;
    let officer = another_officer(&case, "13800138303").await;
    let wanted = json!({ "kind": "full", "profile": "student-number" });
    let made = officer.post(&format!("{path}/deliveries"), wanted).await;
    assert_eq!(made.status, 201, "{made:?}");
    app.work().await;
    assert_eq!(stored(app), PHOTOS as usize + 1, "the photos and a package");
    app.advance(DAY + 3600).await;

    let mut program = Program::start(app).await;
    let task: TaskId = case.task.parse().unwrap();
    let (mut seen, mut deaths) = (None, 0);
    while deaths < PURGE_DEATHS {
        let purge = gone_on(app, task, seen.as_ref()).await;
        if purge.certificate.is_some() {
            break;
        }
        program.kill();
        deaths += 1;
        let left = store::purge::get(app.context.store.reader(), task).await;
        seen = left.unwrap();
        begin_again(app, &mut program).await;
    }
    assert!(deaths > 0, "the program never died within the purge");
    println!("{deaths} deaths within the purge");
    let mut purge = gone_on(app, task, seen.as_ref()).await;
    while purge.certificate.is_none() {
        purge = gone_on(app, task, Some(&purge)).await;
    }
    // However often it was cut off, each thing was counted once, and nothing is left.
    let officer = another_officer(&case, "13800138304").await;
    let shown = officer.get(&format!("{path}/purge")).await.json();
    let deleted = shown["deleted"].as_array().unwrap();
    let count = |part: &str| {
        let found = deleted.iter().find(|one| one["part"] == part);
        found.unwrap_or_else(|| panic!("{part}: {shown}"))["count"].clone()
    };
    assert_eq!(count("photos"), PHOTOS, "{shown}");
    assert_eq!(count("packages"), 1, "{shown}");
    assert_eq!(stored(app), 0, "no file is left");
    let certificate = officer.get(&format!("{path}/deletion-certificate")).await;
    assert_eq!(certificate.status, 200, "{certificate:?}");
    let again = app.context.store.reader();
    let again = store::purge::get(again, task).await.unwrap();
    assert_eq!(again.as_ref(), Some(&purge), "it is signed once");
    let audit = format!("/api/v1/audit-events?school_id={}&limit=100", case.school);
    let audit = officer.get(&audit).await.json().to_string();
    assert_eq!(audit.matches("\"task.purged\"").count(), 1, "{audit}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let verified = move || reader::verify_certificate(&path, &certificate.bytes);
    actix_web::web::block(verified).await.unwrap();
}

/// An officer whose session is new: that of the first has expired.
async fn another_officer(case: &Delivering, phone: &str) -> crate::browser::Browser {
    let app = &case.app;
    let officer = app.student(phone).await;
    let school = case.school.parse().unwrap();
    let role = domain::role::Role::Officer;
    app.make_staff(&officer, role, Some(school)).await;
    officer
}
