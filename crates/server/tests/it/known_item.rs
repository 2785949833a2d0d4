//! Known items: they come to reviewers like any photo, show how many faults each catches, and appear nowhere else.

mod purged;

use std::collections::BTreeSet;

use data_encoding::BASE64;
use domain::KnownPhotoId;
use domain::role::Role;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::delivering::SUN;
use crate::erasure::count;
use crate::journey::{Who, ZHAO, portrait, upload_id};
use crate::purge::rows;
use crate::review::{decide, hire, take};

const SCHOOL: &str = "示例大学";
/// A student of the same school.
const LU: Who = Who {
    document_type: "other",
    document_number: "K999903(4)",
    name: "卢示例",
    student_no: "2210401002",
    ..ZHAO
};
/// From so many faults on a share of them means something.
const FAULTS: u8 = 5;

/// Adds a photo to the library.
async fn add(operator: &Browser, number: u8, reasons: &[&str]) -> Reply {
    let outcome = if reasons.is_empty() {
        "approved"
    } else {
        "rejected"
    };
    let body = json!({
        "outcome": outcome, "reasons": reasons, "origin": "程序绘制的合成人像",
        "image": BASE64.encode(&portrait(480, 640, 60 + 30 * number)),
    });
    operator.post("/api/v1/known-photos", body).await
}

/// The operators' library: what it takes, shows and forgets.
async fn library(operator: &Browser) {
    for number in 0..FAULTS {
        let added = add(operator, number, &["blur"]).await;
        assert_eq!(added.status, 201, "{added:?}");
        assert_eq!(added.json()["reasons"], json!(["blur"]));
    }
    let twice = add(operator, 0, &["hair"]).await;
    assert_eq!(twice.problem(), (409, "known_photo.exists".into()));
    for (outcome, origin, image, code) in [
        ("escalated", "程序绘制的合成人像", "", "known_photo.outcome"),
        ("rejected", "程序绘制的合成人像", "", "review.reasons"),
        ("approved", "画的", "", "known_photo.origin"),
        (
            "approved",
            "程序绘制的合成人像",
            "?",
            "request.field_unreadable",
        ),
    ] {
        let body = json!({ "outcome": outcome, "origin": origin, "image": image });
        let refused = operator.post("/api/v1/known-photos", body).await;
        assert_eq!(refused.status, 422, "{refused:?}");
        assert_eq!(refused.json()["errors"][0]["code"], code, "{refused:?}");
    }
    let extra = add(operator, FAULTS, &[]).await.text("id");
    let path = format!("/api/v1/known-photos/{extra}");
    let image = format!("{path}/image");
    let seen = operator.get(&image).await;
    assert_eq!(seen.status, 200, "{seen:?}");
    let tag = seen.header("etag");
    for (name, value, status) in [
        ("If-None-Match", tag.as_str(), 304),
        ("Range", "bytes=0-9", 206),
        ("Range", "bytes=99999999-", 416),
    ] {
        let request = operator.request(reqwest::Method::GET, &image);
        let reply = operator.send(request.header(name, value)).await;
        assert_eq!(reply.status, status, "{reply:?}");
    }
    let variant = operator.get(&format!("{image}?variant=small")).await;
    assert_eq!(variant.status, 422, "{variant:?}");
    assert_eq!(operator.delete(&path).await.status, 204);
    for reply in [operator.delete(&path).await, operator.get(&image).await] {
        assert_eq!(reply.problem(), (404, "known_photo.unknown".into()));
    }
    let pages = operator.pages("/api/v1/known-photos?limit=4").await;
    let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [4, 1]);
    let wrong = operator.get("/api/v1/known-photos?limit=0").await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
}

struct Case {
    app: TestApp,
    operator: Browser,
    officer: Browser,
    first: Browser,
    second: Browser,
    student: Browser,
    enrolment: String,
    /// The ids under which known items came to reviewers.
    known: BTreeSet<String>,
}

impl Case {
    async fn in_force(&self) {
        self.app.advance(10).await;
        self.app.work().await;
    }

    async fn submit(&self, number: u8) -> String {
        let (upload, file) = (upload_id(number), portrait(480, 640, number));
        let photo = self.student.submit(&self.enrolment, &upload, file).await;
        photo.text("id")
    }

    /// Decides about everything that a reviewer can take: about the photos of students in one way, about known items in the
    /// other. Returns how many known items there were.
    async fn decide_all(&mut self, real: &BTreeSet<String>, of_known: Value) -> usize {
        let mut count = 0;
        for item in take(&self.first, 12).await {
            let id = item["photo_id"].as_str().unwrap().to_owned();
            let decision = if real.contains(&id) {
                json!({ "outcome": "approved" })
            } else {
                self.known.insert(id);
                count += 1;
                of_known.clone()
            };
            let decided = decide(&self.first, &item, decision).await;
            assert_eq!(decided.status, 201, "{decided:?}");
        }
        self.in_force().await;
        count
    }
}

async fn case() -> Case {
    let app = TestApp::with_sample().await;
    app.change_task(SCHOOL, |settings| {
        settings["review"] = "school".into();
        settings["max_photos"] = 20.into();
        settings["second_share"] = 0.into();
        // Beside every photo, which nobody can set: so that few photos are enough.
        settings["seeded_share"] = 100.into();
        settings["catch_limit"] = 90.into();
    })
    .await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHAO).await;
    Case {
        operator: hire(&app, "13800138310", Role::Operator, None).await,
        officer: hire(&app, "13800138311", Role::Officer, Some(SCHOOL)).await,
        first: hire(&app, "13800138312", Role::SchoolReviewer, Some(SCHOOL)).await,
        second: hire(&app, "13800138313", Role::SchoolReviewer, Some(SCHOOL)).await,
        app,
        student,
        enrolment,
        known: BTreeSet::new(),
    }
}

/// Both reviewers decide about a photo, so that each has somebody to be compared with.
async fn two_review(case: &Case) {
    for (number, reviewer) in [(1, &case.first), (2, &case.second)] {
        case.submit(number).await;
        let mut taken = take(reviewer, 12).await;
        assert_eq!(taken.len(), 1, "one reviewer alone gets no known items");
        let rejection = json!({ "outcome": "rejected", "reasons": ["blur"] });
        let decided = decide(reviewer, &taken.remove(0), rejection).await;
        assert_eq!(decided.status, 201, "{decided:?}");
        case.in_force().await;
    }
}

/// A photo and the known item beside it look alike to the reviewer who has them, in every answer.
async fn look_alike(case: &mut Case, photo: &str) {
    let queue = case.first.get("/api/v1/reviews/queue").await.json();
    assert_eq!(queue["waiting"]["photos"], 2, "{queue}");
    let taken = take(&case.first, 12).await;
    assert_eq!(taken.len(), 2, "{taken:?}");
    let is_real = |item: &&Value| item["photo_id"] == photo;
    let real = taken.iter().find(is_real).unwrap();
    let known = taken.iter().find(|item| !is_real(item)).unwrap();
    let shape = |item: &Value| {
        let mut shape = item.clone();
        for own in ["photo_id", "since", "submitted_at"] {
            shape[own] = Value::Null;
        }
        // What the check says of each picture is its own, and the test's students all send one picture.
        shape["findings"] = Value::Null;
        shape["same_pictures"] = Value::Null;
        shape["outcome"] = Value::Null;
        shape
    };
    assert_eq!(shape(real), shape(known));
    let id = known["photo_id"].as_str().unwrap();
    for variant in ["framed", "original", "thumb"] {
        let image = format!("/api/v1/reviews/photos/{id}/image?variant={variant}");
        let seen = case.first.get(&image).await;
        assert_eq!(seen.status, 200, "{seen:?}");
        let unseen = case.second.get(&image).await;
        assert_eq!(unseen.problem(), (404, "photo.unknown".into()));
    }
    let turned = turn_both(case, real, known).await;
    let id = turned["photo_id"].as_str().unwrap();
    // It can be taken back like any decision.
    let approval = json!({ "outcome": "approved" });
    let decided = decide(&case.first, &turned, approval).await.json();
    let decision = decided["items"][0]["id"].as_str().unwrap();
    let undo = format!("/api/v1/reviews/{decision}/undo");
    let undone = case.first.act(&undo).await.json();
    assert_eq!(undone["is_undone"], true, "{undone}");
    case.known.insert(id.to_owned());
}

/// Turned and framed anew, a photo and a known item look alike too; the known item as it is then.
async fn turn_both(case: &Case, real: &Value, known: &Value) -> Value {
    let mut turned = Vec::new();
    for item in [real, known] {
        let id = item["photo_id"].as_str().unwrap();
        let tag = async |variant: &str| {
            let image = format!("/api/v1/reviews/photos/{id}/image?variant={variant}");
            let seen = case.first.get(&image).await;
            assert_eq!(seen.status, 200, "{seen:?}");
            seen.header("etag")
        };
        let before = [tag("framed").await, tag("original").await];
        let path = format!("/api/v1/reviews/photos/{id}/frame");
        let body = json!({
            "version": item["version"], "quarters": 2,
            "frame": { "x": 0, "y": 0, "width": 480, "height": 640 },
        });
        let framed = case.first.post(&path, body.clone()).await;
        assert_eq!(framed.status, 200, "{framed:?}");
        let again = case.first.post(&path, body).await;
        assert_eq!(again.problem(), (409, "review.taken".into()), "an old one");
        assert_ne!(before, [tag("framed").await, tag("original").await]);
        turned.push(framed.json());
    }
    let shape = |item: &Value| {
        assert!(item["adjusted_at"].is_string(), "{item}");
        let own = [
            "photo_id",
            "since",
            "submitted_at",
            "adjusted_at",
            "leased_until",
        ];
        let said = ["findings", "same_pictures", "outcome"];
        let mut shape = item.clone();
        for name in own.iter().chain(&said) {
            shape[name] = Value::Null;
        }
        shape
    };
    assert_eq!(shape(&turned[0]), shape(&turned[1]));
    turned.remove(1)
}

/// A photo that is taken out of the library takes along what reviewers made of it.
async fn empty_library(case: &Case) {
    let library = case.operator.get("/api/v1/known-photos?limit=100").await;
    let mut framed = 0;
    for known in library.json()["items"].as_array().unwrap() {
        let id = known["id"].as_str().unwrap();
        let known: KnownPhotoId = id.parse().unwrap();
        let on = case.app.context.store.reader();
        framed += store::seeded::framings_of(on, known).await.unwrap().len();
        let path = format!("/api/v1/known-photos/{id}");
        assert_eq!(case.operator.delete(&path).await.status, 204);
        let kept = store::seeded::framings_of(on, known).await.unwrap();
        assert!(kept.is_empty(), "{kept:?}");
    }
    assert_eq!(framed, 1, "one was framed anew");
    case.app.work().await;
    for id in &case.known {
        let image = format!("/api/v1/reviews/photos/{id}/image?variant=framed");
        let gone = case.first.get(&image).await;
        assert_eq!(gone.problem().1, "photo.erased", "{gone:?}");
    }
    let failed = "last_error IS NOT NULL";
    assert_eq!(count(&case.app, "jobs", failed).await, 0);
}

/// No answer to anybody else says anything of the known items.
async fn appear_nowhere(case: &Case, task: &str) {
    let overview = case
        .operator
        .get("/api/v1/overview/schools?limit=100")
        .await;
    let schools = overview.json()["items"].as_array().unwrap().clone();
    let school = schools.iter().find(|one| one["name"] == SCHOOL).unwrap();
    assert_eq!(school["waiting_photos"], 1, "{school}");
    let progress = format!("/api/v1/tasks/{task}/progress");
    assert_eq!(case.officer.get(&progress).await.status, 200);
    let figures = format!("/api/v1/tasks/{task}/delivery-figures");
    let figures = case.officer.get(&figures).await.json();
    assert_eq!(figures["handed_over"], 1, "{figures}");
    for (who, path) in [
        (
            &case.officer,
            format!("/api/v1/tasks/{task}/photos?limit=100"),
        ),
        (
            &case.officer,
            format!("/api/v1/tasks/{task}/reviews?limit=100"),
        ),
        (
            &case.officer,
            format!("/api/v1/tasks/{task}/orders?limit=100"),
        ),
        (
            &case.officer,
            format!("/api/v1/tasks/{task}/deliveries?limit=100"),
        ),
        (&case.officer, "/api/v1/events?limit=100".to_owned()),
        (
            &case.officer,
            "/api/v1/review-quality/recalls?limit=100".to_owned(),
        ),
        (&case.student, "/api/v1/me/enrolments".to_owned()),
        (&case.student, "/api/v1/me/orders".to_owned()),
        (&case.student, "/api/v1/me/access-log?limit=100".to_owned()),
    ] {
        let reply = who.get(&path).await;
        assert_eq!(reply.status, 200, "{path}: {reply:?}");
        says_nothing(case, &path, &reply);
    }
    let export = case.student.act("/api/v1/me/exports").await;
    says_nothing(case, "the student's export", &export);
    for id in &case.known {
        let photo = format!("/api/v1/tasks/{task}/photos/{id}");
        let photo = case.officer.get(&photo).await;
        assert_eq!(photo.problem(), (404, "photo.unknown".into()));
    }
}

fn says_nothing(case: &Case, path: &str, reply: &Reply) {
    let text = String::from_utf8_lossy(&reply.bytes);
    let told = case.known.iter().find(|id| text.contains(id.as_str()));
    assert_eq!(told, None, "{path}: {text}");
}

/// Another photo waits, and a known item beside it.
async fn one_more_waits(case: &Case, task: &str) {
    let roster = "姓名,证件号码,证件类型,CC,学号\n孙悟空,E12345678,护照,本科,2210401099\n";
    let import = case.officer.send_roster(task, roster).await;
    case.app.work().await;
    let start = format!("/api/v1/roster-imports/{}/start", import.text("id"));
    assert_eq!(case.officer.post(&start, json!({})).await.status, 200);
    case.app.work().await;
    let student = case.app.student("13800138315").await;
    let enrolment = student.enrol(SUN).await;
    let before = rows(&case.app, "review_queue", task).await;
    let sent = student
        .submit(&enrolment, &upload_id(9), portrait(480, 640, 9))
        .await;
    assert_eq!(sent.text("state"), "pending_review", "{sent:?}");
    assert_eq!(rows(&case.app, "review_queue", task).await, before + 2);
}

#[actix_web::test]
pub(crate) async fn known_items_show_how_many_faults_are_caught_and_appear_nowhere_else() {
    let mut case = case().await;
    library(&case.operator).await;
    two_review(&case).await;

    // A photo is approved and delivered while its reviewer misses the first fault.
    let other = case.app.student("13800138314").await;
    let theirs = other.enrol(LU).await;
    let sent = other
        .submit(&theirs, &upload_id(3), portrait(480, 640, 3))
        .await;
    let delivered = sent.text("id");
    look_alike(&mut case, &delivered).await;
    let approval = json!({ "outcome": "approved" });
    let real = BTreeSet::from([delivered.clone()]);
    assert_eq!(case.decide_all(&real, approval.clone()).await, 1);
    let task = case.officer.claim(ZHAO).await["task_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let hand_over = format!("/api/v1/tasks/{task}/photos/{delivered}/hand-over");
    let request = case.officer.request(reqwest::Method::POST, &hand_over);
    let handed = case.officer.send(request.header("If-Match", "*")).await;
    assert_eq!(handed.status, 200, "{handed:?}");

    // One photo after the other takes the place of the one before; the known items beside them stay.
    let mut photo = String::new();
    for number in 4..8 {
        photo = case.submit(number).await;
    }
    let real = BTreeSet::from([photo.clone()]);
    let shown = format!("/api/v1/photos/{photo}");
    let state = async |case: &Case| case.student.get(&shown).await.text("state");
    assert_eq!(case.decide_all(&real, approval).await, 4);
    case.app.work().await;

    // Of five faults none was caught: what was not delivered is reviewed again, by somebody else.
    assert_eq!(state(&case).await, "pending_review");
    let quality = case.officer.get("/api/v1/review-quality").await.json();
    let reviewers = quality["reviewers"].as_array().unwrap();
    let doubted = reviewers.iter().find(|one| one["decided"] == 3).unwrap();
    let rate = &doubted["catch_rate"];
    assert_eq!(
        (&rate["of"], &rate["permille"]),
        (&json!(FAULTS), &json!(0))
    );
    assert_eq!(doubted["pass_rate"], Value::Null);
    let recalls = case
        .officer
        .get("/api/v1/review-quality/recalls")
        .await
        .json();
    let listed = recalls["items"].as_array().unwrap();
    assert_eq!(listed.len(), 1, "{recalls}");
    assert_eq!(listed[0]["photo_id"], delivered, "{recalls}");
    assert_eq!(listed[0]["student"], LU.name);
    let wrong = case
        .officer
        .get("/api/v1/review-quality/recalls?limit=0")
        .await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
    assert_eq!(case.known.len(), usize::from(FAULTS));
    appear_nowhere(&case, &task).await;

    assert_eq!(
        take(&case.first, 12).await.len(),
        0,
        "not by who is doubted"
    );
    let again = take(&case.second, 12).await;
    assert_eq!(again.len(), 1, "{again:?}");
    let decided = decide(&case.second, &again[0], json!({ "outcome": "approved" })).await;
    assert_eq!(decided.status, 201, "{decided:?}");
    case.in_force().await;
    assert_eq!(state(&case).await, "approved");
    empty_library(&case).await;
    let events = case.officer.get("/api/v1/events?limit=100").await.json();
    let types = events["items"].as_array().unwrap().iter();
    let types = types.filter(|event| event["data"]["photo_id"] == photo);
    let types: Vec<&str> = types.map(|event| event["type"].as_str().unwrap()).collect();
    let expected = [
        "submitted",
        "pending_review",
        "approved",
        "pending_review",
        "approved",
    ];
    let expected = expected.map(|word| format!("photo.{word}"));
    assert_eq!(types, expected, "{events}");
    purged::purged(&case, &task).await;
}
