//! The keys of a task: what is from before tasks had any is brought under them, and once they are destroyed nobody reads
//! the task's roster and photos any more.

use std::collections::HashMap;

use domain::id_document::normalise;
use domain::{DataKeyPurpose, DataKeyScope, DocumentType, IdNumber, KeyId, TaskId};
use providers::blob::BlobKey;
use providers::keys::{BlindIndex, KeyFile, KeyProvider, SealError};
use serde_json::{Value, json};
use service::Failure;
use store::Connection as _;
use store::index_key::{self, Purpose};
use store::object;
use store::reindex::{self, Column, Indexed};
use store::resealing::{self, TaskColumn};
use uuid::Uuid;

use super::run;
use crate::app::TestApp;
use crate::browser::Browser;
use crate::erasure::count;
use crate::journey::{LI, Who, ZHANG, ZHAO, portrait, upload_id};
use crate::program::Program;
use crate::terminal::{complained, said};

const PHONES: [&str; 3] = ["13800138000", "13900139000", "13700137000"];

/// The task of a sample student.
pub(crate) async fn task_of(student: &Browser, who: Who) -> TaskId {
    let task = student.task(who.school).await;
    task["id"].as_str().unwrap().parse().unwrap()
}

/// A student with a photo; where the photo is answered.
async fn student_with_photo(app: &TestApp, phone: &str, who: Who) -> (Browser, String) {
    let browser = app.student(phone).await;
    let photo = hand_in(&browser, who).await;
    (browser, photo)
}

async fn hand_in(browser: &Browser, who: Who) -> String {
    let enrolment = browser.enrol(who).await;
    let file = portrait(480, 640, 7);
    let photo = browser.submit(&enrolment, &upload_id(1), file).await;
    assert_eq!(photo.status, 201, "{photo:?}");
    format!("/api/v1/photos/{}/image?variant=framed", photo.text("id"))
}

/// Destroys the keys of a task, as an operator does.
pub(crate) fn destroy(app: &TestApp, task: TaskId) -> std::process::Output {
    let task = task.to_string();
    let words = ["keys", "destroy", "--operator", "li.ming", "--task", &task];
    let rest = ["--reason", "the school asked for it", "--irrevocably"];
    run(app, &[&words[..], &rest].concat())
}

/// Ends the task of a sample student, as the school will be able to.
pub(crate) async fn close_task(app: &TestApp, who: Who) {
    let closed = format!(
        "UPDATE tasks SET state = 'closed' WHERE school_id = (SELECT id FROM schools WHERE name = '{}')",
        who.school
    );
    assert_eq!(sql(app, &closed).await, 1);
}

async fn sql(app: &TestApp, statement: &str) -> u64 {
    let on = app.context.store.writer();
    let done = on.execute_unprepared(statement).await.unwrap();
    done.rows_affected()
}

/// How many sealed values and files of a task open, and how many lack their key.
async fn opened(app: &TestApp, task: TaskId) -> (usize, usize) {
    let (context, on) = (&app.context, app.context.store.reader());
    let (mut sound, mut keyless) = (0, 0);
    let mut count = |opened: Result<Vec<u8>, Failure>| match opened {
        Ok(_) => sound += 1,
        Err(Failure::Keys(SealError::UnknownKey(_))) => keyless += 1,
        Err(error) => panic!("{error:?}"),
    };
    for column in TaskColumn::ALL {
        let (table, name) = column.place();
        for value in resealing::page(on, column, Uuid::nil()).await.unwrap() {
            if value.task == task {
                let sealed = &value.sealed;
                count(context.open(table, name, value.row, sealed).await);
            }
        }
    }
    let files = object::of_photos(on, Uuid::nil()).await.unwrap();
    for file in files.objects {
        if file.task == Some(task) {
            let key: BlobKey = file.key.parse().unwrap();
            let sealed = context.blobs.get(&key).await.unwrap().unwrap();
            let (table, name) = file.kind.place();
            count(context.open(table, name, file.row, &sealed).await);
        }
    }
    (sound, keyless)
}

#[actix_web::test]
async fn a_task_whose_keys_were_destroyed_cannot_be_read_and_other_tasks_of_its_school_can() {
    let app = TestApp::with_sample().await;
    let (zhao, zhao_photo) = student_with_photo(&app, PHONES[0], ZHAO).await;
    let (zhang, zhang_photo) = student_with_photo(&app, PHONES[1], ZHANG).await;
    let (theirs, other) = (task_of(&zhao, ZHAO).await, task_of(&zhao, ZHANG).await);
    let mut question = zhao.claim(ZHAO).await;
    question.as_object_mut().unwrap().remove("student_no");
    question["note"] = "换了护照".into();
    let asked = zhao.post("/api/v1/roster-tickets", question).await;
    assert_eq!(asked.status, 201, "{asked:?}");
    // Both tasks are of one school.
    let of = |name| format!("(SELECT id FROM schools WHERE name = '{name}')");
    for table in [
        "tasks",
        "roster_entries",
        "roster_ids",
        "roster_tickets",
        "enrolments",
        "photos",
        "orders",
    ] {
        let (from, to) = (of(ZHAO.school), of(ZHANG.school));
        let statement = format!("UPDATE {table} SET school_id = {to} WHERE school_id = {from}");
        assert!(sql(&app, &statement).await > 0, "{table}");
    }
    let all = opened(&app, theirs).await;
    assert!(all.0 > 8 && all.1 == 0, "{all:?}");

    let refused = complained(&destroy(&app, theirs));
    assert!(refused.contains("the task is open until"), "{refused}");
    let closed =
        "UPDATE tasks SET state = 'closed' WHERE id IN (SELECT task_id FROM roster_tickets)";
    assert_eq!(sql(&app, closed).await, 1);
    let told = said(&destroy(&app, theirs));
    assert!(told.contains("3 keys were destroyed"), "{told}");

    // A server that has the keys in memory forgets them within a minute.
    app.advance(61).await;
    assert_eq!(opened(&app, theirs).await, (0, all.0));
    assert_eq!(opened(&app, other).await.1, 0);
    assert_eq!(zhang.get(&zhang_photo).await.status, 200);
    let gone = zhao.get(&zhao_photo).await;
    assert_eq!(gone.problem(), (404, "photo.unknown".to_owned()));
    for list in ["/api/v1/me/enrolments", "/api/v1/me/roster-tickets"] {
        let list = zhao.get(list).await;
        assert_eq!(
            (list.status, list.json()["items"].as_array().unwrap().len()),
            (200, 0),
            "{list:?}"
        );
    }
    // What accounting needs stays.
    let orders = zhao.get("/api/v1/me/orders").await.json();
    assert_eq!(orders["items"][0]["student_name"], "***", "{orders}");
    assert_eq!(orders["items"][0]["status"], "paid", "{orders}");
    assert_eq!(zhao.act("/api/v1/me/exports").await.status, 200);
    let li = app.student(PHONES[2]).await;
    hand_in(&li, LI).await;

    // No new key appears, and doing it again changes nothing.
    let scope = DataKeyScope::Task(theirs);
    for purpose in [DataKeyPurpose::Person, DataKeyPurpose::Photo] {
        let refused = app.context.sealer(scope, purpose).await;
        assert!(matches!(refused, Err(Failure::Refused(_))), "{purpose}");
    }
    assert!(app.context.task_index(theirs).await.is_err());
    let again = said(&destroy(&app, theirs));
    assert!(again.contains("0 keys were destroyed"), "{again}");
    let (kept, noted) = ("kind = 'task_keys'", "action = 'task.keys_destroyed'");
    assert_eq!(count(&app, "erasures", kept).await, 1);
    assert_eq!(count(&app, "audit_events", noted).await, 2);
    said(&run(&app, &["keys", "check"]));
}

/// Gives the key file the secret that the indexes of all tasks were derived from; its name.
fn add_derived_secret(app: &TestApp) -> (KeyFile, KeyId) {
    let (path, id) = (app.folder().join("keys.json"), KeyId([7; 16]));
    let mut text: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let secret = data_encoding::BASE64.encode(&[9; 32]);
    text["id_index"] = json!([{ "id": id.to_string(), "state": "active", "secret": secret }]);
    std::fs::write(&path, text.to_string()).unwrap();
    (KeyFile::load(&path).unwrap(), id)
}

async fn reindexed(app: &TestApp, column: Column, row: Indexed, index: BlindIndex) {
    let tx = app.context.store.begin().await.unwrap();
    let changed = reindex::change(&tx, column, row, index.to_vec());
    changed.await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
}

/// Writes another ciphertext in the place of a stored one.
async fn resealed(
    app: &TestApp,
    column: TaskColumn,
    value: &resealing::TaskValue,
    sealed: Vec<u8>,
) {
    let tx = app.context.store.begin().await.unwrap();
    resealing::replace(&tx, column, value, sealed.into())
        .await
        .unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
}

/// Makes the database as it was before tasks had keys: sealed under keys of schools, indexed under derived keys.
async fn age(app: &TestApp) {
    let (keys, id) = add_derived_secret(app);
    let (context, on) = (&app.context, app.context.store.reader());
    let school = |task: TaskId| async move {
        let task = store::task::get(on, task).await.unwrap().unwrap();
        DataKeyScope::School(task.school_id)
    };
    let mut seen: HashMap<(Uuid, String), usize> = HashMap::new();
    for row in reindex::page(on, Column::Number, Uuid::nil())
        .await
        .unwrap()
    {
        let text = context.open_text("roster_ids", "number_sealed", row.id, &row.sealed);
        let (text, task) = (text.await.unwrap(), row.task_id.unwrap());
        // The rows of a number stand in the order of its forms.
        let times = seen.entry((task, text.clone())).or_default();
        let document = DocumentType::parse(&row.document_type).unwrap();
        let forms = IdNumber::from_canonical(document, text).lookup_variants();
        let index = keys.derived_id_indexes(task.as_bytes(), &forms[*times % forms.len()]);
        *times += 1;
        reindexed(app, Column::Number, row, index[0].index).await;
    }
    let student_numbers = reindex::page(on, Column::StudentNumber, Uuid::nil());
    for row in student_numbers.await.unwrap() {
        let text = context.open_text("roster_entries", "student_no_sealed", row.id, &row.sealed);
        let text = normalise(&text.await.unwrap());
        let index = keys.derived_id_indexes(row.task_id.unwrap().as_bytes(), &text);
        reindexed(app, Column::StudentNumber, row, index[0].index).await;
    }
    for column in TaskColumn::ALL {
        let (table, name) = column.place();
        for value in resealing::page(on, column, Uuid::nil()).await.unwrap() {
            let sealed = &value.sealed;
            let plain = context.open(table, name, value.row, sealed).await.unwrap();
            let scope = school(value.task).await;
            let school_key = context.sealer(scope, DataKeyPurpose::Person).await.unwrap();
            let sealed = school_key.seal(table, name, value.row, &plain).unwrap();
            resealed(app, column, &value, sealed).await;
        }
    }
    for file in object::of_photos(on, Uuid::nil()).await.unwrap().objects {
        let (table, name) = file.kind.place();
        let key: BlobKey = file.key.parse().unwrap();
        let sealed = context.blobs.get(&key).await.unwrap().unwrap();
        let plain = context.open(table, name, file.row, &sealed).await.unwrap();
        let scope = school(file.task.unwrap()).await;
        let school_key = context.sealer(scope, DataKeyPurpose::Photo).await.unwrap();
        let sealed = school_key.seal(table, name, file.row, &plain).unwrap();
        context.blobs.put(&key, sealed.into()).await.unwrap();
    }
    sql(app, "DELETE FROM data_keys WHERE scope LIKE 'task_%'").await;
    let writer = context.store.writer();
    index_key::choose_first(writer, Purpose::DerivedIdNumber, id)
        .await
        .unwrap();
}

#[actix_web::test]
async fn what_is_from_before_tasks_had_keys_is_read_and_moved_under_them() {
    let app = TestApp::with_sample().await;
    let (zhao, photo) = student_with_photo(&app, PHONES[0], ZHAO).await;
    let task = task_of(&zhao, ZHAO).await;
    age(&app).await;
    let program = Program::start_with(&app, &[], str::to_owned).await;
    // The roster finds and opens its old entries, and new photos lie under the new keys.
    app.advance(3_600).await;
    let zhang = app.student_in(program.browser(1), PHONES[1]).await;
    hand_in(&zhang, ZHANG).await;
    close_task(&app, ZHAO).await;
    let refused = complained(&destroy(&app, task));
    assert!(refused.contains("gradphoto keys rewrap"), "{refused}");
    let due = said(&run(&app, &["keys", "check"]));
    assert!(
        due.contains(" 3 files") && due.contains("keys rewrap"),
        "{due}"
    );

    let moved = said(&run(&app, &["keys", "rewrap"]));
    assert!(moved.contains(" 3 files"), "{moved}");
    let done = said(&run(&app, &["keys", "check"]));
    assert!(
        done.contains("0 document numbers, 0 student numbers, 0 texts, 0 files"),
        "{done}"
    );
    app.advance(3_600).await;
    let zhao = app.student_in(program.browser(2), PHONES[0]).await;
    assert_eq!(zhao.get(&photo).await.status, 200);
    let li = app.student_in(program.browser(3), PHONES[2]).await;
    hand_in(&li, LI).await;

    // A key file without the old secret is enough from now on, and destroying the keys reaches everything.
    let path = app.folder().join("keys.json");
    let mut text: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    text.as_object_mut().unwrap().remove("id_index");
    std::fs::write(&path, text.to_string()).unwrap();
    said(&run(&app, &["config", "check"]));
    said(&destroy(&app, task));
    app.advance(61).await;
    assert_eq!(opened(&app, task).await.0, 0);
}
