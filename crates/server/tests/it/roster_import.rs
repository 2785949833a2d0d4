//! Imports of rosters, and their students, through HTTP, by an officer.

use std::fmt::Write as _;

use domain::role::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::answers;
use crate::browser::Reply;
use crate::journey::{LI, Who, ZHANG, portrait, upload_id};
use crate::officer::Officer;
use crate::raw::RawConnection;

/// 李若水 gets another document number, and somebody is new; then a number that a spreadsheet cut off.
const FILE: &str = "\
姓名,证件号码,学历层次,学号
李若水,110105199906159020,博士,2110301002
赵新,11010519491231002X,硕士,2310301077
钱某,4.20106E+17,硕士,2310301078
";
const NEW: Who = Who {
    document_number: "11010519491231002X",
    name: "赵新",
    student_no: "2310301077",
    ..ZHANG
};

async fn change(officer: &Officer, id: &str, body: Value) -> Reply {
    let path = format!("/roster-imports/{id}");
    officer.send(Method::PATCH, &path, body).await
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[actix_web::test]
pub(crate) async fn an_officer_imports_a_roster_and_takes_it_back() {
    let officer = Officer::new().await;
    let file = FILE.replace("110105199906159020", "E76543210");
    let id = officer.checked(&file).await;
    let path = format!("/roster-imports/{id}");
    let import = officer.get(&path).await.json();
    assert_eq!(
        (&import["needs_confirmation"], &import["rows"]),
        (&json!(true), &json!(3))
    );
    let list = officer
        .get(&format!("/tasks/{}/roster-imports", officer.task))
        .await;
    assert_eq!(list.json()["items"][0]["id"], json!(id));
    let preview = officer.get(&format!("{path}/preview")).await.json();
    assert_eq!(preview["columns"][1]["column"], "document_number");
    assert_eq!(preview["rows"][1]["cells"][1], "110***********002X");
    let rows = officer
        .get(&format!("{path}/rows?verdict=id_lost_digits"))
        .await
        .json();
    assert_eq!(rows["items"][0]["row_number"], 4);
    let undecided = officer.post(&format!("{path}/undo"), json!({})).await;
    assert_eq!(undecided.problem(), refused(409, "roster_import.state"));
    let unknown = change(&officer, &id, json!({ "encoding": "koi8-r" })).await;
    assert_eq!(unknown.problem(), refused(422, "roster_import.choice"));
    let again = change(&officer, &id, json!({ "encoding": "utf-8" })).await;
    assert_eq!(again.text("state"), "checking");
    officer.worked(&id, "checked").await;
    let start = format!("{path}/start");
    let unconfirmed = officer.post(&start, json!({})).await;
    assert_eq!(
        unconfirmed.problem(),
        refused(409, "roster_import.identity_changes")
    );
    let confirmed = officer
        .post(&start, json!({ "confirm_identity_changes": true }))
        .await;
    assert_eq!(confirmed.text("state"), "importing");
    let imported = officer.worked(&id, "imported").await;
    assert_eq!(imported["counts"][0]["count"], 1, "{imported}");
    for late in [
        officer.get(&format!("{path}/preview")).await,
        change(&officer, &id, json!({})).await,
        officer.post(&format!("{path}/cancel"), json!({})).await,
    ] {
        assert_eq!(late.problem(), refused(409, "roster_import.state"));
    }
    let undoing = officer.post(&format!("{path}/undo"), json!({})).await;
    assert_eq!(undoing.text("state"), "undoing");
    officer.worked(&id, "undone").await;

    // Late additions take effect at once; what a photo depends on stays.
    let id = officer.checked(FILE).await;
    let path = format!("/roster-imports/{id}");
    assert_eq!(
        officer
            .post(&format!("{path}/start"), json!({}))
            .await
            .status,
        200
    );
    officer.worked(&id, "imported").await;
    let student = officer.app.student("13800138056").await;
    let enrolment = student.enrol(NEW).await;
    let photo = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(photo.status, 201, "{photo:?}");
    let used = officer.post(&format!("{path}/undo"), json!({})).await;
    assert_eq!(used.problem(), refused(409, "roster_import.used"));
    let id = officer.checked(FILE).await;
    let cancelled = officer
        .post(&format!("/roster-imports/{id}/cancel"), json!({}))
        .await;
    assert_eq!(cancelled.text("state"), "cancelled");
    assert_eq!(student.verify(&student.claim(LI).await).await.status, 201);
    nothing_of_others_exists(&officer, &id).await;
    a_file_is_never_so_large(&officer).await;
}

async fn nothing_of_others_exists(officer: &Officer, id: &str) {
    let stranger = officer.app.student("13800138057").await;
    let other = officer.browser.claim(crate::journey::ZHAO).await["task_id"].clone();
    let task = store::task::get(
        officer.app.context.store.reader(),
        other.as_str().unwrap().parse().unwrap(),
    );
    let school = task.await.unwrap().unwrap().school_id;
    officer
        .app
        .make_staff(&stranger, Role::Officer, Some(school))
        .await;
    let path = format!("/api/v1/roster-imports/{id}");
    let unknown = refused(404, "roster_import.unknown");
    for part in ["", "/preview", "/rows"] {
        let reply = stranger.get(&format!("{path}{part}")).await;
        assert_eq!(reply.problem(), unknown, "{part}");
    }
    for part in ["/start", "/cancel", "/undo"] {
        let reply = stranger.post(&format!("{path}{part}"), json!({})).await;
        assert_eq!(reply.problem(), unknown, "{part}");
    }
    let change = stranger.request(Method::PATCH, &path).json(&json!({}));
    assert_eq!(stranger.send(change).await.problem(), unknown);
    let sent = stranger.send_roster(&officer.task, FILE).await;
    assert_eq!(sent.problem(), refused(404, "task.unknown"));
    let list = format!("/api/v1/tasks/{}/roster-imports", officer.task);
    let list = stranger.get(&list).await;
    assert_eq!(list.problem(), refused(404, "task.unknown"));
    for list in ["/rows?verdict=lost", "/rows?limit=0"] {
        let path = format!("/roster-imports/{id}{list}");
        assert_eq!(officer.get(&path).await.status, 422, "{list}");
    }
    let list = format!("/tasks/{}/roster-imports?limit=0", officer.task);
    assert_eq!(officer.get(&list).await.status, 422);
}

/// A length that is announced is refused before the file is read.
async fn a_file_is_never_so_large(officer: &Officer) {
    let path = format!("/api/v1/tasks/{}/roster-imports", officer.task);
    let request = officer
        .browser
        .request(Method::POST, &path)
        .build()
        .unwrap();
    let mut head = format!("POST {path} HTTP/1.1\r\nHost: test\r\n");
    for (name, value) in request.headers() {
        write!(head, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
    }
    let mut connection = RawConnection::open(&officer.app.origin).await;
    connection
        .send(format!("{head}Content-Length: 200000000\r\n\r\n"))
        .await;
    let reply = connection.read_answer().await;
    answers::note(&Method::POST, &path, &reply);
    assert_eq!(
        reply.problem(),
        refused(413, "roster_import.file_too_large")
    );
}

#[actix_web::test]
pub(crate) async fn an_officer_finds_and_corrects_a_student() {
    let officer = Officer::new().await;
    let list = format!("/tasks/{}/roster-entries", officer.task);
    let found = async |query: &str| {
        let reply = officer.get(&format!("{list}?{query}")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["items"].as_array().unwrap().clone()
    };
    let by_name = found("search=%E6%9D%8E%20%E8%8B%A5%E6%B0%B4").await;
    assert_eq!(by_name.len(), 1);
    let li = by_name[0].clone();
    assert_eq!(li["numbers"][0]["document_number"], "110***********9020");
    for query in [
        "search=2110301002",
        "search=110105199906159020",
        "level=phd&state=listed&college=%E5%85%AC%E5%85%B1%E5%8D%AB%E7%94%9F%E5%AD%A6%E9%99%A2",
    ] {
        assert_eq!(found(query).await, by_name, "{query}");
    }
    assert!(found("search=nobody").await.is_empty());
    assert_eq!(officer.get(&format!("{list}?level=x")).await.status, 422);

    let path = format!("/roster-entries/{}", li["id"].as_str().unwrap());
    let change = async |body: Value| {
        let path = format!("/api/v1{path}");
        let request = officer.browser.request(Method::PATCH, &path).json(&body);
        officer.browser.send(request).await
    };
    let college = json!({ "version": 1, "college": "药学院" });
    let corrected = change(college.clone()).await.json();
    assert_eq!(
        (&corrected["version"], &corrected["corrected"]),
        (&json!(2), &json!(["college"]))
    );
    let stale = change(college).await;
    assert_eq!(stale.problem(), refused(409, "request.version_conflict"));
    let wrong = json!({ "version": 2, "document_type": "cn_id", "document_number": "1" });
    assert_eq!(
        change(wrong).await.problem(),
        refused(422, "id_document.length")
    );
    let taken = json!({ "version": 2, "level": "msc", "document_type": "cn_id", "document_number": ZHANG.document_number });
    let taken = change(taken).await;
    assert_eq!(taken.problem(), refused(409, "roster_entry.number_taken"));
    let number =
        json!({ "version": 2, "document_type": "passport", "document_number": "e 1234567" });
    assert_eq!(change(number).await.json()["version"], 3);
    let reveal = officer
        .post(&format!("{path}/reveal-numbers"), json!({}))
        .await;
    assert_eq!(reveal.json()["numbers"][0]["document_number"], "E1234567");

    let student = officer.app.student("13800138058").await;
    let who = Who {
        document_type: "passport",
        document_number: "E1234567",
        ..LI
    };
    let withdrawn = officer.post(&format!("{path}/withdraw"), json!({})).await;
    assert_eq!(withdrawn.text("state"), "withdrawn");
    let claim = student.claim(who).await;
    assert_eq!(student.verify(&claim).await.status, 404);
    let restored = officer.post(&format!("{path}/restore"), json!({})).await;
    assert_eq!(restored.text("state"), "listed");
    assert_eq!(student.verify(&claim).await.status, 201);
    assert_eq!(officer.get(&path).await.json()["is_verified"], true);

    let unknown = refused(404, "roster_entry.unknown");
    let other = "/roster-entries/roster_01k9b3m0v8f7wq2d5e6h4t1xyz";
    assert_eq!(officer.get(other).await.problem(), unknown);
    for act in ["withdraw", "restore", "reveal-numbers"] {
        let reply = officer.post(&format!("{other}/{act}"), json!({})).await;
        assert_eq!(reply.problem(), unknown, "{act}");
    }
    let request = officer
        .browser
        .request(Method::PATCH, &format!("/api/v1{other}"));
    let reply = officer
        .browser
        .send(request.json(&json!({ "version": 1 })))
        .await;
    assert_eq!(reply.problem(), unknown);
    let nowhere = "/tasks/task_01k9b3m0v8f7wq2d5e6h4t1xyz/roster-entries";
    assert_eq!(
        officer.get(nowhere).await.problem(),
        refused(404, "task.unknown")
    );
}
