//! At the review desk: the same picture under two students, and a photo that is turned and framed anew.

use domain::role::Role;
use photo::Limits;
use serde_json::{Value, json};

use crate::browser::{Browser, Reply};
use crate::erasure::{bands, files};
use crate::journey::{Who, ZHAO, portrait, upload_id};
use crate::review::{Reviewing, SCHOOL, UNDO_S, decide, hire, reviewing, take};

/// Of ZHAO's school.
const LU: Who = Who {
    document_type: "other",
    document_number: "K999903(4)",
    name: "卢示例",
    student_no: "2210401002",
    ..ZHAO
};
/// Parts of a difference hash.
const BANDS: u64 = 16;

fn image(photo: &str, variant: &str) -> String {
    format!("/api/v1/reviews/photos/{photo}/image?variant={variant}")
}

fn of<'a>(taken: &'a [Value], photo: &str) -> &'a Value {
    let mut found = taken.iter().filter(|one| one["photo_id"] == photo);
    found.next().unwrap()
}

#[actix_web::test]
pub(crate) async fn one_picture_of_two_students_is_a_finding_for_the_reviewer_and_goes_with_its_files()
 {
    let case = reviewing().await;
    let first = case.submit(1).await;
    let alone = take(&case.school, 2).await;
    assert_eq!(of(&alone, &first)["same_pictures"], json!([]));
    // The same file.
    let other = case.app.student("13800138014").await;
    let enrolment = other.enrol(LU).await;
    let sent = other
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(sent.status, 201, "the student is not refused: {sent:?}");
    let second = sent.text("id");
    let taken = take(&case.school, 2).await;
    for (mine, theirs) in [(&first, &second), (&second, &first)] {
        let same = &of(&taken, mine)["same_pictures"];
        assert_eq!(same.as_array().unwrap().len(), 1, "{same}");
        assert_eq!(same[0]["photo_id"], theirs.as_str());
        assert_eq!(same[0]["is_same_file"], true);
        assert_eq!(same[0]["state"], "pending_review");
    }
    // Photos with a finding are none of those that are approved together.
    assert_eq!(take_clean(&case.school).await, json!([]));

    // Whoever has one sees the other as it is framed, and neither its original nor one of a stranger.
    assert_eq!(
        case.school.act("/api/v1/reviews/give-back").await.status,
        204
    );
    let lone = take(&case.school, 1).await.remove(0);
    let lone = lone["photo_id"].as_str().unwrap();
    let beside = if lone == first { &second } else { &first };
    assert_eq!(case.school.get(&image(beside, "framed")).await.status, 200);
    let original = case.school.get(&image(beside, "original")).await;
    assert_eq!(original.problem(), (404, "photo.unknown".into()));
    let stranger = hire(&case.app, "13800138215", Role::SchoolReviewer, Some(SCHOOL)).await;
    let unseen = stranger.get(&image(beside, "framed")).await;
    assert_eq!(unseen.problem(), (404, "photo.unknown".into()));

    // Another file that shows nearly the same; the student's own earlier photo is no finding.
    assert_eq!(
        other
            .act(&format!("/api/v1/photos/{second}/withdraw"))
            .await
            .status,
        200
    );
    let sent = other
        .submit(&enrolment, &upload_id(2), portrait(480, 640, 9))
        .await;
    let third = sent.text("id");
    // Looked for together with others, it turns out to have a finding: it is not shown, and another reviewer gets it.
    assert_eq!(take_clean(&case.school).await, json!([]));
    of(&take(&stranger, 2).await, &third);
    assert_eq!(stranger.act("/api/v1/reviews/give-back").await.status, 204);
    let taken = take(&case.school, 2).await;
    let same = &of(&taken, &third)["same_pictures"];
    assert_eq!(same.as_array().unwrap().len(), 1, "{same}");
    assert_eq!(same[0]["is_same_file"], false);

    // The hash goes with the files.
    assert_eq!(bands(&case.app).await, 3 * BANDS);
    let consent = other.delete("/api/v1/me/consents/face_photo").await;
    assert_eq!(consent.status, 204, "{consent:?}");
    assert_eq!(bands(&case.app).await, BANDS);
    let taken = take(&case.school, 2).await;
    assert_eq!(of(&taken, &first)["same_pictures"], json!([]));
}

/// What a reviewer gets who asks for photos without findings.
async fn take_clean(reviewer: &Browser) -> Value {
    let wanted = json!({ "count": 12, "is_clean": true });
    let taken = reviewer.post("/api/v1/reviews/take", wanted).await.json();
    taken["items"].clone()
}

async fn reframe(reviewer: &Browser, photo: &Value, quarters: u8, frame: [u32; 4]) -> Reply {
    let [x, y, width, height] = frame;
    let path = format!(
        "/api/v1/reviews/photos/{}/frame",
        photo["photo_id"].as_str().unwrap()
    );
    let body = json!({
        "version": photo["version"], "quarters": quarters,
        "frame": { "x": x, "y": y, "width": width, "height": height },
    });
    reviewer.post(&path, body).await
}

/// Submits a photo with room around its frame; its id.
async fn submit_large(case: &Reviewing) -> String {
    let (file, frame) = (
        portrait(960, 1280, 1),
        r#"{"x":0,"y":0,"width":960,"height":1280}"#,
    );
    let upload = upload_id(1);
    let sent = case
        .student
        .submit_framed(&case.enrolment, &upload, file, frame)
        .await;
    assert_eq!(sent.status, 201, "{sent:?}");
    assert_eq!(sent.json()["adjusted_at"], Value::Null);
    sent.text("id")
}

#[actix_web::test]
pub(crate) async fn a_reviewer_frames_a_photo_anew_and_decides_about_that() {
    let case = reviewing().await;
    let id = submit_large(&case).await;
    let seen = take(&case.school, 1).await.remove(0);
    assert_eq!(
        seen["frame"],
        json!({ "x": 0, "y": 0, "width": 960, "height": 1280 })
    );
    let before = case.school.get(&image(&id, "framed")).await;
    let kept = files(&case.app.folder());

    let foreign = reframe(&case.bureau, &seen, 0, [0, 0, 720, 960]).await;
    assert_eq!(foreign.problem(), (409, "review.taken".into()));
    let outside = reframe(&case.school, &seen, 0, [480, 640, 960, 1280]).await;
    assert_eq!(outside.problem(), (422, "photo.frame_invalid".into()));
    let unturned = reframe(&case.school, &seen, 4, [0, 0, 720, 960]).await;
    assert_eq!(unturned.json()["errors"][0]["pointer"], "/quarters");

    let framed = reframe(&case.school, &seen, 0, [120, 100, 720, 960]).await;
    assert_eq!(framed.status, 200, "{framed:?}");
    let framed = framed.json();
    assert_eq!(framed["frame"]["width"], 720);
    assert!(framed["adjusted_at"].is_string(), "{framed}");
    assert_eq!(
        framed["version"].as_i64(),
        seen["version"].as_i64().map(|version| version + 1)
    );
    assert_ne!(
        case.school.get(&image(&id, "framed")).await.bytes,
        before.bytes
    );
    // What was seen before is not decided about, nor framed again.
    let old = decide(&case.school, &seen, json!({ "outcome": "approved" })).await;
    assert_eq!(old.problem(), (409, "review.taken".into()));
    let old = reframe(&case.school, &seen, 1, [0, 0, 720, 960]).await;
    assert_eq!(old.problem(), (409, "review.taken".into()));

    // Turned, the original lies on its side, and so does what is framed of it.
    let turned = reframe(&case.school, &framed, 1, [100, 0, 720, 960]).await;
    assert_eq!(turned.status, 200, "{turned:?}");
    let turned = turned.json();
    let original = case.school.get(&image(&id, "original")).await;
    let facts = photo::inspect(&original.bytes, &Limits::default()).unwrap();
    assert_eq!((facts.width(), facts.height()), (1280, 960));
    let back = reframe(&case.school, &turned, 3, [0, 0, 960, 1280])
        .await
        .json();
    let log = case.student.get("/api/v1/me/access-log").await.json();
    assert_eq!(log["items"][0]["action"], "photo.reframed");

    assert_eq!(
        case.school.get(&image(&id, "framed")).await.bytes,
        before.bytes
    );

    let decided = decide(&case.school, &back, json!({ "outcome": "approved" })).await;
    assert_eq!(decided.status, 201, "{decided:?}");
    let late = reframe(&case.school, &back, 0, [0, 0, 720, 960]).await;
    assert_eq!(late.problem(), (409, "review.taken".into()));
    case.app.advance(UNDO_S).await;
    case.app.work().await;
    assert!(case.photo(&id).await["adjusted_at"].is_string());
    let next = take(&case.bureau, 1).await.remove(0);
    assert_eq!(next["frame"]["width"], 960);
    assert!(
        next["adjusted_at"].is_string(),
        "the next stage sees it too"
    );
    // The files before it are deleted, and those that are named stay.
    case.app.advance(3600).await;
    case.app.work().await;
    assert_eq!(files(&case.app.folder()), kept);
}
