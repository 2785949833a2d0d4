//! Tasks that say how a picture must come: from the camera only, or as it was taken.

use serde_json::json;

use crate::journey::{QIAN, ZHANG, portrait, ready, upload_id};

#[actix_web::test]
pub(crate) async fn a_task_can_demand_the_camera() {
    let (app, student, enrolment) = ready().await;
    app.change_task(ZHANG.school, |settings| {
        settings["camera_only"] = json!(true);
    })
    .await;
    assert_eq!(student.task(ZHANG.school).await["camera_only"], true);
    let path = format!("/api/v1/enrolments/{enrolment}/photos");
    let (upload, frame) = (upload_id(1), r#"{"x":0,"y":0,"width":480,"height":640}"#);
    let needed = "photo.camera_required".to_owned();
    for (source, expected) in [
        (None, Some(needed.clone())),
        (Some("file"), Some(needed)),
        (Some("album"), Some("request.fields_invalid".to_owned())),
        (Some("camera"), None),
    ] {
        let mut texts = vec![("upload_id", upload.as_str()), ("frame", frame)];
        texts.extend(source.map(|source| ("source", source)));
        let reply = student.upload(&path, &texts, portrait(480, 640, 1)).await;
        match expected {
            Some(code) => assert_eq!(reply.problem(), (422, code), "{source:?}"),
            None => assert_eq!(reply.status, 201, "{reply:?}"),
        }
    }
}

#[actix_web::test]
async fn a_task_can_want_originals_and_they_are_kept_as_they_came() {
    let (app, student, enrolment) = ready().await;
    assert_eq!(student.task(QIAN.school).await["originals"], true);
    app.change_task(ZHANG.school, |settings| {
        settings["originals"] = json!(true);
    })
    .await;
    assert_eq!(student.task(ZHANG.school).await["originals"], true);
    let original = portrait(480, 640, 1);
    let reply = student
        .submit(&enrolment, &upload_id(1), original.clone())
        .await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let image = format!("/api/v1/photos/{}/image?variant=original", reply.text("id"));
    assert_eq!(student.get(&image).await.bytes, original);
}
