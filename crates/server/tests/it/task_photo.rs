//! Taking photos over: listed in the order of their changes, fetched, and marked by version.

use std::process::Command;

use data_encoding::BASE64;
use domain::Scope;
use domain::role::Role;
use providers::keys::sha256;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::call::school_named;
use crate::idempotency::only_once;
use crate::integrator::System;
use crate::journey::{ZHAO, portrait, upload_id};
use crate::staff::log_in;

/// A decision is in force after ten seconds, and a change is listed after as many.
const SETTLED_S: i64 = 11;
const STUDENT: &str = "13800138401";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// A student whose photo was accepted, and the school's system.
struct Collection {
    app: TestApp,
    student: Browser,
    enrolment: String,
    operator: Browser,
    system: System,
    caller: Browser,
    school: String,
    photos: String,
}

impl Collection {
    async fn open() -> Self {
        let app = TestApp::with_sample().await;
        let operator = log_in(&app, "13800138402").await;
        app.make_staff(&operator, Role::Operator, None).await;
        let school = school_named(&operator, ZHAO.school).await;
        let system = System::of_school(&operator, &school, Scope::ALL).await;
        let student = app.student(STUDENT).await;
        let enrolment = student.enrol(ZHAO).await;
        let task = student.task(ZHAO.school).await["id"].clone();
        let photos = format!("/api/v1/tasks/{}/photos", task.as_str().unwrap());
        Self {
            caller: app.browser(),
            app,
            student,
            enrolment,
            operator,
            system,
            school,
            photos,
        }
    }

    /// Submits a photo; its address.
    async fn submit(&self, number: u8) -> String {
        let file = portrait(480, 640, number);
        let photo = self
            .student
            .submit(&self.enrolment, &upload_id(number), file)
            .await;
        assert_eq!(photo.text("state"), "pending_review", "{photo:?}");
        format!("{}/{}", self.photos, photo.text("id"))
    }

    /// Approves what waits, and waits until it is in force and listed.
    async fn approve(&self) {
        let wanted = json!({ "count": 1 });
        let taken = self.operator.post("/api/v1/reviews/take", wanted).await;
        let photo = taken.json()["items"][0].clone();
        let decision = json!({
            "outcome": "approved",
            "photos": [{ "photo_id": photo["photo_id"], "version": photo["version"] }],
        });
        let decided = self.operator.post("/api/v1/reviews", decision).await;
        assert_eq!(decided.status, 201, "{decided:?}");
        self.app.advance(SETTLED_S).await;
        self.app.work().await;
        self.app.advance(SETTLED_S).await;
    }

    async fn send(&self, request: RequestBuilder) -> Reply {
        let token = self.system.token(&self.caller, None).await;
        self.caller.send(request.bearer_auth(token)).await
    }

    async fn get(&self, path: &str) -> Reply {
        self.send(self.caller.request(Method::GET, path)).await
    }

    async fn mark(&self, path: &str, version: Option<&str>, body: Option<Value>) -> Reply {
        let mut request = self.caller.request(Method::POST, path);
        if let Some(version) = version {
            request = request.header("If-Match", version);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.send(request).await
    }

    fn keyed(&self, path: &str, key: &str) -> RequestBuilder {
        let request = self.caller.request(Method::POST, path);
        request.header("Idempotency-Key", key)
    }

    async fn list(&self, query: &str) -> Vec<Value> {
        let reply = self.get(&format!("{}?{query}", self.photos)).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["items"].as_array().unwrap().clone()
    }
}

#[actix_web::test]
pub(crate) async fn a_schools_system_fetches_accepted_photos_and_says_what_became_of_them() {
    let case = Collection::open().await;
    let photo = case.submit(1).await;
    let image = format!("{photo}/image");
    let early = case.get(&image).await;
    assert_eq!(
        early.problem(),
        refused(409, "photo.state"),
        "not accepted yet"
    );
    assert!(
        case.list("limit=10").await.is_empty(),
        "a change is listed once it is settled"
    );
    case.app.advance(SETTLED_S).await;
    let waiting = case.list("limit=10").await;
    assert_eq!(waiting[0]["state"], "pending_review");
    case.approve().await;

    // The change is listed behind the place that was read; the photo stands there once.
    let since = waiting[0]["modified_at"].as_str().unwrap();
    let listed = case.list(&format!("modified_since={since}")).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (&listed[0]["state"], &listed[0]["student"]["name"]),
        (&json!("approved"), &json!(ZHAO.name))
    );
    assert!(listed[0]["version"].as_i64() > waiting[0]["version"].as_i64());
    assert!(case.list("state=handed_over").await.is_empty());
    for (path, expected) in [
        (
            format!("{}?limit=0", case.photos),
            refused(422, "request.page_size"),
        ),
        (
            format!("{}?state=lost", case.photos),
            refused(422, "request.field_unreadable"),
        ),
        (
            format!("{}/photo_1", case.photos),
            refused(404, "photo.unknown"),
        ),
    ] {
        assert_eq!(case.get(&path).await.problem(), expected, "{path}");
    }

    // Each stage decided once; it is not said who.
    let reviews = case.photos.replace("/photos", "/reviews");
    let decided = case.get(&reviews).await.json();
    let decided = decided["items"].as_array().unwrap();
    assert!(!decided.is_empty());
    for decision in decided {
        assert_eq!(decision["photo_id"], listed[0]["id"]);
        assert_eq!(decision["outcome"], "approved");
        assert!(decision.get("reviewer_id").is_none());
    }
    let wrong = case.get(&format!("{reviews}?limit=0")).await;
    assert_eq!(wrong.problem(), refused(422, "request.page_size"));

    // The picture: whole, in parts, not again; each with what it must hash to.
    let whole = case.get(&image).await;
    assert_eq!(
        (whole.status, whole.header("content-type")),
        (200, "image/jpeg".into())
    );
    let digest = format!("sha-256=:{}:", BASE64.encode(&sha256(&whole.bytes)));
    assert_eq!(whole.header("repr-digest"), digest);
    let request = || case.caller.request(Method::GET, &image);
    let part = case.send(request().header("Range", "bytes=0-9")).await;
    assert_eq!((part.status, &part.bytes[..]), (206, &whole.bytes[..10]));
    assert_eq!(part.header("repr-digest"), digest);
    let known = request().header("If-None-Match", whole.header("etag"));
    assert_eq!(case.send(known).await.status, 304);
    let outside = case
        .send(request().header("Range", "bytes=99999999-"))
        .await;
    assert_eq!(outside.status, 416);
    let seen = case.student.get("/api/v1/me/access-log").await;
    assert!(
        String::from_utf8(seen.bytes)
            .unwrap()
            .contains("photo.fetched")
    );

    // Marked by version.
    let detail = case.get(&photo).await;
    let tag = detail.header("etag");
    assert_eq!(tag, format!("\"{}\"", detail.json()["version"]));
    let hand_over = format!("{photo}/hand-over");
    let missing = case.mark(&hand_over, None, None).await;
    assert_eq!(missing.problem(), refused(428, "request.if_match_required"));
    for stale in ["\"1\"", "W/\"3\"", "3", "\"x\""] {
        let reply = case.mark(&hand_over, Some(stale), None).await;
        assert_eq!(
            reply.problem(),
            refused(412, "request.if_match_stale"),
            "{stale}"
        );
    }
    let send = async |key: &str, other: bool| {
        let tag = if other { "*" } else { &tag };
        case.send(case.keyed(&hand_over, key).header("If-Match", tag))
            .await
    };
    let done = only_once(send).await;
    assert_eq!(done.text("state"), "handed_over", "{done:?}");
    let again = case.mark(&hand_over, Some(&tag), None).await;
    assert_eq!(again.problem(), refused(412, "request.if_match_stale"));
    let again = case
        .mark(&hand_over, Some(&done.header("etag")), None)
        .await;
    assert_eq!(again.problem(), refused(409, "photo.state"));

    // The Ministry's platform did not take it: the student is told why, and sends another.
    let refuse = format!("{photo}/refuse");
    let reasons = json!({ "reasons": ["blur"], "note": "学信网校验未通过" });
    let missing = case.mark(&refuse, None, Some(reasons.clone())).await;
    assert_eq!(missing.status, 428);
    let none = case
        .mark(&refuse, Some("*"), Some(json!({ "reasons": [] })))
        .await;
    assert_eq!(none.problem(), refused(422, "review.reasons"));
    let stale = case.mark(&refuse, Some(&tag), Some(reasons.clone())).await;
    assert_eq!(stale.status, 412);
    let send = async |key: &str, other: bool| {
        let mut body = reasons.clone();
        if other {
            body["note"] = "另一个原因".into();
        }
        let request = case.keyed(&refuse, key).header("If-Match", "*");
        case.send(request.json(&body)).await
    };
    let sent_back = only_once(send).await;
    assert_eq!(sent_back.text("state"), "refused", "{sent_back:?}");
    let over = case.mark(&refuse, Some("*"), Some(reasons)).await;
    assert_eq!(over.problem(), refused(409, "photo.state"));
    let id = detail.text("id");
    case.student.act("/api/v1/auth/sessions/refresh").await;
    let told = case
        .student
        .get(&format!("/api/v1/photos/{id}"))
        .await
        .json();
    assert_eq!(
        (&told["state"], &told["review"]["note"]),
        (&json!("refused"), &json!("学信网校验未通过"))
    );
    let next = case.submit(2).await;
    assert_ne!(next, photo);
}

#[actix_web::test]
pub(crate) async fn an_erased_picture_is_gone_for_systems_too() {
    let case = Collection::open().await;
    let photo = case.submit(1).await;
    case.approve().await;
    let hand_over = format!("{photo}/hand-over");
    assert_eq!(case.mark(&hand_over, Some("*"), None).await.status, 200);
    case.student.act("/api/v1/auth/sessions/refresh").await;
    let withdrawn = case.student.delete("/api/v1/me/consents/face_photo").await;
    assert!(matches!(withdrawn.status, 200 | 204), "{withdrawn:?}");
    let gone = case.get(&format!("{photo}/image")).await;
    assert_eq!(gone.problem(), refused(410, "photo.erased"));
    assert_eq!(case.get(&photo).await.json()["sha256"], Value::Null);

    // Its order names the student by the roster alone.
    let orders = case.photos.replace("/photos", "/orders");
    let listed = case.get(&orders).await.json();
    let order = listed["items"][0].clone();
    assert_eq!(
        (&order["status"], &order["due_fen"]),
        (&json!("paid"), &json!(0))
    );
    let number = order["order_no"].as_str().unwrap();
    assert_eq!(case.get(&format!("{orders}/{number}")).await.json(), order);
    let other = case
        .get(&format!("{orders}/{}", number.replace('-', "x")))
        .await;
    assert_eq!(other.problem(), refused(404, "order.unknown"));
    let refunds = case.photos.replace("/photos", "/refunds");
    assert_eq!(case.get(&refunds).await.json()["items"], json!([]));
    for list in [&orders, &refunds] {
        let wrong = case.get(&format!("{list}?limit=0")).await;
        assert_eq!(wrong.problem(), refused(422, "request.page_size"));
    }
    for month in ["2026-13", "2026-4", ""] {
        let path = format!("/api/v1/schools/{}/statement?month={month}", case.school);
        let wrong = case.get(&path).await;
        assert_eq!(
            wrong.problem(),
            refused(422, "request.field_unreadable"),
            "{month}"
        );
    }
}

#[actix_web::test]
pub(crate) async fn a_system_adds_a_student_and_takes_them_off() {
    let case = Collection::open().await;
    let entries = case.photos.replace("/photos", "/roster-entries");
    let new = json!({
        "name": "王小雨", "document_type": "passport", "document_number": "E87654321", "level": "ba",
        "student_no": "2200019999", "college": "公共卫生学院",
    });
    let post = async |path: &str, body: Value| {
        let request = case.caller.request(Method::POST, path);
        case.send(request.json(&body)).await
    };
    let added = post(&entries, new.clone()).await;
    assert_eq!(added.status, 201, "{added:?}");
    assert_eq!(
        (added.text("state"), added.text("student_no")),
        ("listed".into(), "2200019999".into())
    );
    let twice = post(&entries, new).await;
    assert_eq!(twice.problem(), refused(409, "roster_entry.number_taken"));
    let named = |reply: &Reply| reply.json()["errors"][0]["pointer"].clone();
    assert_eq!(named(&twice), "/document_number");
    let wrong = json!({ "name": " ", "document_type": "x", "document_number": "1", "level": "x" });
    let wrong = post(&entries, wrong).await.json();
    let pointers: Vec<_> = wrong["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["pointer"].clone())
        .collect();
    assert_eq!(pointers, ["/name", "/document_type", "/level"]);
    let withdrawn = post(
        &format!("/api/v1/roster-entries/{}/withdraw", added.text("id")),
        json!({}),
    )
    .await;
    assert_eq!(withdrawn.text("state"), "withdrawn");
}

/// The commands of a document, in their order.
fn commands(document: &str) -> String {
    let blocks = document.split("```sh\n").skip(1);
    let blocks = blocks.map(|rest| rest.split("```").next().unwrap());
    let mut script = "set -euo pipefail\n".to_owned();
    script.extend(blocks);
    script
}

#[actix_web::test]
async fn the_commands_of_the_guide_lead_from_a_key_to_the_first_photo() {
    let case = Collection::open().await;
    case.submit(1).await;
    case.approve().await;
    let guide = include_str!("../../../../docs/integrators.md");
    let folder = tempfile::tempdir().unwrap();
    let mut shell = Command::new("bash");
    shell
        .args(["-c", &commands(guide)])
        .current_dir(folder.path())
        .env("GRADPHOTO", &case.app.origin)
        .env("CLIENT_ID", &case.system.client_id)
        .env("CLIENT_SECRET", &case.system.secret)
        .env("no_proxy", "*");
    let done = actix_web::web::block(move || shell.output().unwrap())
        .await
        .unwrap();
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        done.status.success(),
        "{}\n{}",
        told(&done.stdout),
        told(&done.stderr)
    );
    let picture = std::fs::read(folder.path().join("photo.jpg")).unwrap();
    assert!(picture.starts_with(b"\xff\xd8\xff"));
    assert_eq!(case.list("state=approved").await.len(), 0);
}
