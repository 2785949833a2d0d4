//! Tasks that say how a picture must come: from the camera only, or as it was taken.

use jpeg_encoder::{ColorType, Encoder};
use serde_json::{Value, json};

use crate::journey::{QIAN, ZHANG, pixels, portrait, ready, upload_id};
use crate::photo::kept;

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
        (Some("album"), Some("photo.source_unknown".to_owned())),
        (Some("camera"), None),
    ] {
        let mut texts = vec![("upload_id", upload.as_str()), ("frame", frame)];
        texts.extend(source.map(|source| ("source", source)));
        let reply = student.upload(&path, &texts, portrait(480, 640, 1)).await;
        match expected {
            Some(code) => assert_eq!(reply.problem(), (422, code), "{source:?}"),
            None => assert_eq!(reply.text("source"), "camera"),
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
    assert_eq!(reply.text("source"), "file");
    let image = format!("/api/v1/photos/{}/image?variant=original", reply.text("id"));
    assert_eq!(student.get(&image).await.bytes, original);
}

/// A drawing of 2400×3200 pixels: a small one with every pixel five times as wide and as high, which is quickly made.
fn large() -> Vec<u8> {
    let small = pixels(480, 640, 160);
    let rows = small.chunks_exact(480 * 3).flat_map(|row| {
        let wide: Vec<u8> = row
            .chunks_exact(3)
            .flat_map(|pixel| pixel.repeat(5))
            .collect();
        wide.repeat(5)
    });
    let samples: Vec<u8> = rows.collect();
    let mut file = Vec::new();
    let encoder = Encoder::new(&mut file, 90);
    encoder
        .encode(&samples, 2400, 3200, ColorType::Rgb)
        .unwrap();
    file
}

#[actix_web::test]
async fn a_large_original_is_framed_from_its_half_where_that_is_enough() {
    let original = large();
    let (app, student, enrolment) = ready().await;
    app.change_task(ZHANG.school, |settings| {
        settings["originals"] = json!(true);
    })
    .await;
    for (number, frame, is_half) in [
        (1, r#"{"x":0,"y":0,"width":2400,"height":3200}"#, true),
        (2, r#"{"x":900,"y":1200,"width":600,"height":800}"#, false),
    ] {
        let upload = upload_id(number);
        let reply = student
            .submit_framed(&enrolment, &upload, original.clone(), frame)
            .await;
        assert_eq!(reply.status, 201, "{reply:?}");
        let measured = kept(&app.context, &enrolment).await.measurements;
        assert_eq!(
            (&measured["width_px"], &measured["height_px"]),
            (&json!(2400), &json!(3200))
        );
        // Blocks are seen in the whole picture alone.
        assert_eq!(
            measured.get("blockiness").is_none_or(Value::is_null),
            is_half
        );
        let image = format!("/api/v1/photos/{}/image?variant=", reply.text("id"));
        let framed = student.get(&format!("{image}framed")).await.bytes;
        let facts = photo::inspect(&framed, &photo::Limits::default()).unwrap();
        assert_eq!((facts.width(), facts.height()), (480, 640));
        assert!(student.get(&format!("{image}original")).await.bytes == original);
    }
}
