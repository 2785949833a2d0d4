//! A photo that the automatic check refuses, and a student who asks a person.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::{ZHANG, portrait, upload_id};

const WHOLE: &str = r#"{"x":0,"y":0,"width":480,"height":640}"#;
const REASON: &str = "画的就是我，没有照片";

/// Hands in a drawing, in which no face is found, with a note.
async fn submit(student: &Browser, enrolment: &str, (frame, note): (&str, &str)) -> Reply {
    let path = format!("/api/v1/enrolments/{enrolment}/photos");
    let upload = upload_id(1);
    let texts = [("upload_id", &*upload), ("frame", frame), ("note", note)];
    student.upload(&path, &texts, portrait(480, 640, 160)).await
}

fn nobody() -> Value {
    json!({ "code": "no_face", "severity": "fail", "measured": 0, "min": 1, "max": 1, "unit": "faces" })
}

#[actix_web::test]
async fn a_reason_brings_a_photo_that_fails_before_a_person() {
    let app = TestApp::with_standard().await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHANG).await;
    for note in ["", "不对", "    不对    ", "因宗教信仰戴头巾。"] {
        let refused = submit(&student, &enrolment, (WHOLE, note)).await;
        let expected = (422, "photo.standard_not_met".to_owned());
        assert_eq!(refused.problem(), expected, "{note}");
        assert_eq!(refused.json()["findings"], json!([nobody()]));
        assert!(refused.text("detail").contains("写明原因"), "{refused:?}");
    }
    let taken = submit(&student, &enrolment, (WHOLE, REASON)).await;
    assert_eq!(taken.status, 201, "{taken:?}");
    let photo = taken.json();
    assert_eq!(photo["outcome"], "fail");
    assert_eq!(photo["note"], REASON, "its student sees what was written");
    assert_eq!(
        photo["findings"][0],
        nobody(),
        "the reviewer sees what is contested"
    );
    let size = &photo["findings"][1];
    assert_eq!(
        (&size["code"], &size["severity"], &size["unit"]),
        (&json!("result_size"), &json!("warn"), &json!("bytes"))
    );
    assert_eq!(
        (&size["min"], &size["max"]),
        (&json!(20_480), &json!(40_960))
    );
    let path = format!("/api/v1/photos/{}", taken.text("id"));
    assert_eq!(student.get(&path).await.json(), photo);
}

#[actix_web::test]
async fn no_reason_helps_against_what_is_wrong_with_the_frame() {
    let app = TestApp::with_standard().await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHANG).await;
    for frame in [
        r#"{"x":0,"y":0,"width":480,"height":480}"#,
        r#"{"x":0,"y":0,"width":300,"height":400}"#,
    ] {
        let refused = submit(&student, &enrolment, (frame, REASON)).await;
        assert_eq!(refused.problem().0, 422, "{refused:?}");
    }
}
