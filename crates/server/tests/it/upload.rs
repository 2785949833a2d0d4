//! Who may send a photo is decided before the photo is read.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use futures_util::future::join_all;
use serde_json::json;

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::erasure::count;
use crate::journey::{LI, ZHANG, portrait, ready, upload_id};
use crate::program::{LOOK_EVERY, LOOKS};
use crate::raw::RawConnection;

/// The head of an upload of which nothing follows.
fn head(browser: &Browser, enrolment: &str) -> String {
    let path = format!("/api/v1/enrolments/{enrolment}/photos");
    let request = browser
        .request(reqwest::Method::POST, &path)
        .build()
        .unwrap();
    let mut head = format!("POST {path} HTTP/1.1\r\nHost: test\r\nContent-Length: 5000000\r\n");
    for (name, value) in request.headers() {
        write!(head, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
    }
    head + "Content-Type: multipart/form-data; boundary=part\r\n\r\n"
}

/// An upload that stalls in the middle of its file.
async fn stall(app: &TestApp, browser: &Browser, enrolment: &str) -> RawConnection {
    let mut client = RawConnection::open(&app.origin).await;
    client.send(head(browser, enrolment)).await;
    let part =
        "--part\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n";
    client.send(part).await;
    client.send("x".repeat(3_000_000)).await;
    client
}

/// Waits until the server receives so many uploads: it learns of a lost connection a little later than the client.
async fn wait_for_uploads(app: &TestApp, count: usize) {
    for _ in 0..LOOKS {
        if app.context.uploads.in_use() == count {
            return;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    panic!("the server does not come to {count} uploads");
}

/// The answer to an upload of which only the head is sent.
async fn ask(app: &TestApp, browser: &Browser, enrolment: &str) -> Reply {
    let mut client = RawConnection::open(&app.origin).await;
    client.send(head(browser, enrolment)).await;
    client.read_answer().await
}

#[actix_web::test]
async fn nobody_sends_a_photo_for_another_student_without_consent_or_after_the_end() {
    let app = TestApp::with_sample_and(|config| {
        config["http"] = json!({ "unread_body_ms": 200 });
    })
    .await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHANG).await;
    let other = app.student("13800138001").await;
    let of_other = other.enrol(LI).await;
    let reply = ask(&app, &student, &of_other).await;
    assert_eq!(reply.problem(), (404, "enrolment.unknown".to_owned()));
    let reply = ask(&app, &app.browser(), &enrolment).await;
    assert_eq!(reply.problem(), (401, "session.required".to_owned()));
    let withdrawn = student.delete("/api/v1/me/consents/face_photo").await;
    assert_eq!(withdrawn.status, 204, "{withdrawn:?}");
    let reply = ask(&app, &student, &enrolment).await;
    assert_eq!(reply.json()["code"], "consent.face_photo_required");
    app.advance(60 * 24 * 3600).await;
    let other = app.student("13800138001").await;
    let reply = ask(&app, &other, &of_other).await;
    assert_eq!(reply.json()["code"], "task.closed");
}

/// The names of everything in the data folder but the database's own files.
fn names(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(names(&path));
        }
        if !path.display().to_string().contains("gradphoto.db") {
            found.insert(path);
        }
    }
    found
}

#[actix_web::test]
async fn an_upload_that_breaks_off_half_way_leaves_nothing_behind() {
    let (app, student, enrolment) = ready().await;
    let before = names(&app.folder());
    for _ in 0..3 {
        let stalled = stall(&app, &student, &enrolment).await;
        wait_for_uploads(&app, 1).await;
        drop(stalled);
        wait_for_uploads(&app, 0).await;
    }
    let photo = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(photo.status, 201, "{photo:?}");
    assert_eq!(count(&app, "photos", "1 = 1").await, 1);
    let after = names(&app.folder());
    let files = after.difference(&before).filter(|path| path.is_file());
    assert_eq!(files.count(), 3);
}

#[actix_web::test]
async fn uploads_that_stall_take_slots_and_leave_them_to_others() {
    let (app, student, enrolment) = {
        let app = TestApp::with_sample_and(|config| {
            config["http"] = json!({ "unread_body_ms": 200, "max_uploads": 3 });
        })
        .await;
        let student = app.student("13800138000").await;
        let enrolment = student.enrol(ZHANG).await;
        (app, student, enrolment)
    };
    let stalled = [0; 2].map(|_| stall(&app, &student, &enrolment));
    let stalled = join_all(stalled).await;
    wait_for_uploads(&app, stalled.len()).await;
    let refused = ask(&app, &student, &enrolment).await;
    assert_eq!(refused.problem(), (409, "photo.being_checked".to_owned()));
    let other = app.student("13800138001").await;
    let of_other = other.enrol(LI).await;
    let sent = other
        .submit(&of_other, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(sent.status, 201, "{sent:?}");
    drop(stalled);
}

#[actix_web::test]
async fn a_field_that_comes_twice_is_refused() {
    let (_app, student, enrolment) = ready().await;
    let path = format!("/api/v1/enrolments/{enrolment}/photos");
    let frame = ("frame", r#"{"x":0,"y":0,"width":480,"height":640}"#);
    let (one, two) = (upload_id(1), upload_id(2));
    let fields = [
        ("upload_id", one.as_str()),
        ("upload_id", two.as_str()),
        frame,
    ];
    let reply = student.upload(&path, &fields, portrait(480, 640, 1)).await;
    assert_eq!(reply.problem(), (422, "request.field_repeated".to_owned()));
}

#[actix_web::test]
async fn a_photo_that_is_sent_again_is_known_when_no_other_would_be_taken() {
    let (app, student, enrolment) = ready().await;
    let file = portrait(480, 640, 1);
    let first = student
        .submit(&enrolment, &upload_id(1), file.clone())
        .await;
    assert_eq!(first.status, 201, "{first:?}");
    app.change_task("北京大学医学部", |settings| {
        settings["max_photos"] = json!(1);
    })
    .await;
    let again = student.submit(&enrolment, &upload_id(1), file).await;
    assert_eq!((again.status, again.text("id")), (201, first.text("id")));
    let another = student
        .submit(&enrolment, &upload_id(2), portrait(480, 640, 2))
        .await;
    assert_eq!(another.problem().1, "photo.limit_reached");
}
