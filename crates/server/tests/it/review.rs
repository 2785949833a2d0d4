//! Review: one photo, one reviewer; what is decided is known outside after ten seconds.

use domain::PhotoId;
use domain::audit::AuditExemption;
use domain::role::Role;
use photo::DifferenceHash;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::call::school_named;
use crate::erasure::count;
use crate::idempotency::only_once;
use crate::journey::{ZHAO, portrait, upload_id};

const STUDENT: &str = "13800138000";
pub(crate) const SCHOOL: &str = "示例大学";
pub(crate) const UNDO_S: i64 = 10;

/// What the message to a student begins with whose photo was not accepted.
const REJECTED_TEXT: &str = "您的毕业照未通过审核";

/// Somebody who is logged in with a role; of this school, where one is named.
pub(crate) async fn hire(app: &TestApp, phone: &str, role: Role, school: Option<&str>) -> Browser {
    let browser = app.student(phone).await;
    let school = match school {
        Some(name) => Some(school_named(&browser, name).await.parse().unwrap()),
        None => None,
    };
    app.make_staff(&browser, role, school).await;
    browser
}

pub(crate) async fn take(reviewer: &Browser, count: usize) -> Vec<Value> {
    let taken = reviewer
        .post("/api/v1/reviews/take", json!({ "count": count }))
        .await;
    assert_eq!(taken.status, 200, "{taken:?}");
    taken.json()["items"].as_array().unwrap().clone()
}

pub(crate) async fn decide(reviewer: &Browser, photo: &Value, decision: Value) -> Reply {
    let mut body = decision;
    body["photos"] = json!([{ "photo_id": photo["photo_id"], "version": photo["version"] }]);
    reviewer.post("/api/v1/reviews", body).await
}

/// Approves the only photo that waits for this reviewer, and waits until it is in force.
async fn approve_the_next(app: &TestApp, reviewer: &Browser) {
    let photo = take(reviewer, 1).await.remove(0);
    let decided = decide(reviewer, &photo, json!({ "outcome": "approved" })).await;
    assert_eq!(decided.status, 201, "{decided:?}");
    app.advance(UNDO_S).await;
    app.work().await;
}

pub(crate) async fn waiting(reviewer: &Browser) -> (Value, Value) {
    let queue = reviewer.get("/api/v1/reviews/queue").await.json();
    (queue["stage"].clone(), queue["waiting"]["photos"].clone())
}

pub(crate) struct Reviewing {
    pub(crate) app: TestApp,
    pub(crate) student: Browser,
    pub(crate) enrolment: String,
    pub(crate) school: Browser,
    pub(crate) bureau: Browser,
}

/// A student of a school that reviews before the bureau does, and a reviewer of each.
pub(crate) async fn reviewing() -> Reviewing {
    let app = TestApp::with_sample().await;
    app.change_task(SCHOOL, |settings| {
        settings["review"] = "school_then_bureau".into();
    })
    .await;
    let student = app.student(STUDENT).await;
    let enrolment = student.enrol(ZHAO).await;
    let school = hire(&app, "13800138211", Role::SchoolReviewer, Some(SCHOOL)).await;
    let bureau = hire(&app, "13800138212", Role::BureauReviewer, None).await;
    Reviewing {
        app,
        student,
        enrolment,
        school,
        bureau,
    }
}

impl Reviewing {
    /// Submits a photo; its id.
    pub(crate) async fn submit(&self, number: u8) -> String {
        let file = portrait(480, 640, number);
        let photo = self
            .student
            .submit(&self.enrolment, &upload_id(number), file)
            .await;
        assert_eq!(photo.status, 201, "{photo:?}");
        assert_eq!(photo.text("state"), "pending_review");
        photo.text("id")
    }

    pub(crate) async fn photo(&self, id: &str) -> Value {
        self.student
            .get(&format!("/api/v1/photos/{id}"))
            .await
            .json()
    }
}

#[actix_web::test]
pub(crate) async fn a_photo_passes_both_stages_and_its_student_learns_of_it() {
    let case = reviewing().await;
    let first = case.submit(1).await;
    assert_eq!(waiting(&case.bureau).await, ("bureau".into(), 0.into()));
    assert_eq!(waiting(&case.school).await, ("school".into(), 1.into()));
    let photo = take(&case.school, 2).await.remove(0);
    assert_eq!(photo["previous"], Value::Null);
    // Asked again, it is the same.
    assert_eq!(take(&case.school, 2).await[0]["version"], photo["version"]);

    let image = |variant: &str| format!("/api/v1/reviews/photos/{first}/image?variant={variant}");
    assert_eq!(case.school.get(&image("framed")).await.status, 200);
    assert_eq!(case.school.get(&image("original")).await.status, 200);
    let unseen = case.bureau.get(&image("framed")).await;
    assert_eq!(unseen.problem(), (404, "photo.unknown".into()));
    let log = case.student.get("/api/v1/me/access-log").await.json();
    assert_eq!(log["items"][0]["action"], "photo.viewed");

    let approved = decide(&case.school, &photo, json!({ "outcome": "approved" })).await;
    assert_eq!(approved.status, 201, "{approved:?}");
    let decision = approved.json()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let undo = format!("/api/v1/reviews/{decision}/undo");
    assert_eq!(
        case.bureau.act(&undo).await.problem(),
        (404, "review.unknown".into())
    );
    for _ in 0..2 {
        // Sent again, it is undone still.
        assert_eq!(case.school.act(&undo).await.json()["is_undone"], true);
    }
    let photo = take(&case.school, 1).await.remove(0);
    let send = async |key: &str, other: bool| {
        let outcome = if other { "escalated" } else { "approved" };
        let body = json!({
            "outcome": outcome, "note": other.then_some("请复核"),
            "photos": [{ "photo_id": photo["photo_id"], "version": photo["version"] }],
        });
        let request = case.school.request(Method::POST, "/api/v1/reviews");
        let request = request.header("Idempotency-Key", key).json(&body);
        case.school.send(request).await
    };
    only_once(send).await;
    case.app.advance(UNDO_S).await;
    case.app.work().await;
    assert_eq!(case.photo(&first).await["state"], "pending_review");

    let photo = take(&case.bureau, 1).await.remove(0);
    let rejection =
        json!({ "outcome": "rejected", "reasons": ["hair", "blur"], "note": "请将刘海梳起" });
    assert_eq!(decide(&case.bureau, &photo, rejection).await.status, 201);
    // The clock runs on: half of the time is left to the test.
    case.app.advance(UNDO_S / 2).await;
    case.app.work().await;
    assert_eq!(
        case.photo(&first).await["state"],
        "pending_review",
        "it can still be undone"
    );
    case.app.advance(UNDO_S / 2).await;
    case.app.work().await;
    let rejected = case.photo(&first).await;
    assert_eq!(rejected["state"], "rejected");
    assert_eq!(rejected["review"]["reasons"], json!(["hair", "blur"]));
    assert_eq!(rejected["review"]["note"], "请将刘海梳起");
    case.app.work().await;
    let messages = case.app.messages_to(STUDENT).await;
    let told = |message: &&Value| message["text"].as_str().unwrap().contains(REJECTED_TEXT);
    assert_eq!(messages.iter().filter(told).count(), 1, "{messages:?}");

    // Another photo begins anew, beside the one that it replaces, and is accepted without another payment.
    let second = case.submit(2).await;
    let photo = take(&case.school, 1).await.remove(0);
    assert_eq!(photo["previous"]["photo_id"], first.as_str());
    assert_eq!(photo["previous"]["review"]["note"], "请将刘海梳起");
    approve_the_next(&case.app, &case.school).await;
    approve_the_next(&case.app, &case.bureau).await;
    assert_eq!(case.photo(&second).await["state"], "approved");
    let latest = case.bureau.get("/api/v1/reviews/latest").await.json();
    assert_eq!(latest["items"].as_array().unwrap().len(), 2);
    let late = latest["items"][0]["id"].as_str().unwrap();
    let undo = case
        .bureau
        .act(&format!("/api/v1/reviews/{late}/undo"))
        .await;
    assert_eq!(undo.problem(), (409, "review.undo_over".into()));
}

#[actix_web::test]
pub(crate) async fn two_reviewers_never_have_one_photo_and_old_looks_decide_nothing() {
    let case = reviewing().await;
    let photo = case.submit(1).await;
    let other = hire(&case.app, "13800138213", Role::SchoolReviewer, Some(SCHOOL)).await;
    let (one, two) = futures_util::join!(take(&case.school, 1), take(&other, 1));
    assert_eq!(one.len() + two.len(), 1, "{one:?} {two:?}");
    let (winner, loser, seen) = if one.is_empty() {
        (&other, &case.school, &two[0])
    } else {
        (&case.school, &other, &one[0])
    };
    let approval = || json!({ "outcome": "approved" });
    let foreign = decide(loser, seen, approval()).await;
    assert_eq!(foreign.problem(), (409, "review.taken".into()));
    // The lease runs out, the other gets the photo, and what the first one saw counts no more.
    case.app.advance(5 * 60).await;
    let now = take(loser, 1).await.remove(0);
    let late = decide(winner, seen, approval()).await;
    assert_eq!(late.problem(), (409, "review.taken".into()));
    assert_eq!(loser.act("/api/v1/reviews/give-back").await.status, 204);
    let again = take(winner, 1).await.remove(0);
    assert!(again["version"].as_i64() > now["version"].as_i64());
    // Decided, and withdrawn before it is in force: nothing becomes of the decision.
    assert_eq!(decide(winner, &again, approval()).await.status, 201);
    let withdrawn = case
        .student
        .act(&format!("/api/v1/photos/{photo}/withdraw"))
        .await;
    assert_eq!(withdrawn.text("state"), "withdrawn");
    case.app.advance(UNDO_S).await;
    case.app.work().await;
    assert_eq!(case.photo(&photo).await["state"], "withdrawn");
    assert_eq!(waiting(winner).await.1, 0);
}

#[actix_web::test]
pub(crate) async fn what_is_wrong_with_a_review_is_told() {
    let case = reviewing().await;
    case.submit(1).await;
    let photo = take(&case.school, 1).await.remove(0);
    for (decision, field, code) in [
        (
            json!({ "outcome": "good" }),
            "/outcome",
            "review.outcome_unknown",
        ),
        (
            json!({ "outcome": "rejected" }),
            "/reasons",
            "review.reasons",
        ),
        (
            json!({ "outcome": "rejected", "reasons": ["ugly"] }),
            "/reasons",
            "review.reason_unknown",
        ),
        (
            json!({ "outcome": "approved", "note": "好" }),
            "/note",
            "review.note",
        ),
        (
            json!({ "outcome": "rejected", "reasons": ["hair"], "note": "长".repeat(201) }),
            "/note",
            "review.note_length",
        ),
    ] {
        let reply = decide(&case.school, &photo, decision).await.json();
        let error = &reply["errors"][0];
        assert_eq!(
            (error["pointer"].as_str(), error["code"].as_str()),
            (Some(field), Some(code))
        );
    }
    let none = json!({ "outcome": "approved", "photos": [] });
    let none = case.school.post("/api/v1/reviews", none).await;
    assert_eq!(none.json()["errors"][0]["code"], "review.photos");
    for (body, code) in [
        (json!({ "count": 13 }), "review.count"),
        (
            json!({ "count": 1, "task_id": "x" }),
            "request.field_unreadable",
        ),
    ] {
        let reply = case.school.post("/api/v1/reviews/take", body).await;
        assert_eq!(reply.json()["errors"][0]["code"], code);
    }

    let queue = case.school.get("/api/v1/reviews/queue?task_id=x").await;
    assert_eq!(
        queue.json()["errors"][0]["code"],
        "request.field_unreadable"
    );

    // Passed on, it is in a queue of its own, at its old place.
    let question = json!({ "outcome": "escalated", "note": "是否为本人？" });
    assert_eq!(decide(&case.school, &photo, question).await.status, 201);
    case.app.advance(UNDO_S).await;
    case.app.work().await;
    assert_eq!(take(&case.school, 1).await, Vec::<Value>::new());
    let wanted = json!({ "count": 1, "is_escalated": true });
    let escalated = case
        .school
        .post("/api/v1/reviews/take", wanted)
        .await
        .json();
    assert_eq!(escalated["items"][0]["photo_id"], photo["photo_id"]);
}

#[actix_web::test]
pub(crate) async fn a_reviewers_picture_comes_in_parts_and_not_after_it_was_erased() {
    let case = reviewing().await;
    let id = case.submit(1).await;
    let photo = take(&case.school, 1).await.remove(0);
    let path = format!("/api/v1/reviews/photos/{id}/image");
    let ask = async |header: &str, value: &str| {
        let request = case.school.request(reqwest::Method::GET, &path);
        case.school.send(request.header(header, value)).await
    };
    let whole = case.school.get(&path).await;
    let part = ask("Range", "bytes=0-9").await;
    assert_eq!((part.status, part.bytes.len()), (206, 10));
    assert_eq!(ask("Range", "bytes=99999999-").await.status, 416);
    assert_eq!(
        ask("If-None-Match", &whole.header("etag")).await.status,
        304
    );
    let other = case.school.get(&format!("{path}?variant=huge")).await;
    assert_eq!(other.json()["errors"][0]["code"], "photo.variant_unknown");

    assert_eq!(
        decide(&case.school, &photo, json!({ "outcome": "approved" }))
            .await
            .status,
        201
    );
    let consent = case.student.delete("/api/v1/me/consents/face_photo").await;
    assert_eq!(consent.status, 204, "{consent:?}");
    assert_eq!(
        case.school.get(&path).await.problem(),
        (410, "photo.erased".into())
    );
    assert_eq!(waiting(&case.school).await.1, 0);
}

#[actix_web::test]
pub(crate) async fn the_demo_has_photos_of_which_several_are_approved_once_they_were_looked_at() {
    let app = TestApp::with_sample().await;
    let load = || service::sample::load_waiting_photos(&app.context, 6);
    assert_eq!(load().await.unwrap(), 6);
    assert_eq!(load().await.unwrap(), 0, "each is there once");
    let people = service::sample::load_reviewers(&app.context).await.unwrap();
    let roles: Vec<Role> = people.iter().map(|person| person.role).collect();
    assert_eq!(roles, [Role::BureauReviewer, Role::SchoolReviewer]);
    let bureau = hire(&app, "13800138009", Role::BureauReviewer, None).await;
    assert_eq!(waiting(&bureau).await, (json!("bureau"), json!(6)));
    let refused = count(&app, "photos", "CAST(verdict AS TEXT) LIKE '%fail%'").await;
    assert_eq!(refused, 0, "a drawn portrait passes");

    let wanted = json!({ "count": 12, "is_clean": true });
    let taken = bureau.post("/api/v1/reviews/take", wanted).await.json();
    let photos = taken["items"].as_array().unwrap().iter();
    let seen: Vec<Value> = photos
        .map(|photo| json!({ "photo_id": photo["photo_id"], "version": photo["version"] }))
        .collect();
    assert!(seen.len() > 1, "{taken}");
    let approve = || {
        let body = json!({ "outcome": "approved", "photos": seen });
        bureau.post("/api/v1/reviews", body)
    };
    let hasty = approve().await;
    assert_eq!(hasty.problem(), (409, "review.not_together".into()));
    app.advance(6).await;
    // Another student's same picture is a finding, also where it came while they were looked at.
    let alike: Vec<PhotoId> = taken["items"].as_array().unwrap()[..2]
        .iter()
        .map(|photo| photo["photo_id"].as_str().unwrap().parse().unwrap())
        .collect();
    let on = app.context.store.reader();
    let school = store::review::photos(on, &alike).await.unwrap()[0].school_id;
    let tx = app.context.store.begin().await.unwrap();
    let hash = DifferenceHash::of_bands([7; DifferenceHash::BANDS]);
    for photo in &alike {
        store::picture_band::keep(&tx, school, *photo, hash)
            .await
            .unwrap();
    }
    store::commit(tx, AuditExemption::SampleData).await.unwrap();
    let same = approve().await;
    assert_eq!(same.problem(), (409, "review.not_together".into()));
    let tx = app.context.store.begin().await.unwrap();
    store::picture_band::forget(&tx, &alike).await.unwrap();
    store::commit(tx, AuditExemption::SampleData).await.unwrap();
    let decided = approve().await;
    assert_eq!(decided.status, 201, "{decided:?}");
    let rest = 6 - seen.len();
    assert_eq!(waiting(&bureau).await, (json!("bureau"), json!(rest)));
}
