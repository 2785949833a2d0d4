//! The pictures of a photo: who sees which, and how they lie in the store.

use std::path::Path;

use chrono::TimeDelta;
use domain::job::JobKind;
use domain::{JobId, PhotoId};
use futures_util::future::join;
use providers::SystemRandom;
use providers::blob::BlobKey;

use crate::browser::{Browser, Reply};
use crate::journey::{ZHANG, pixels, portrait, ready, upload_id};

async fn image(student: &Browser, photo: &str, variant: &str) -> Reply {
    student
        .get(&format!("/api/v1/photos/{photo}/image?variant={variant}"))
        .await
}

#[actix_web::test]
pub(crate) async fn an_owner_sees_result_thumbnail_and_original_and_nobody_else_does() {
    let (app, student, enrolment) = ready().await;
    let original = png(600, 800);
    let photo = student
        .submit(&enrolment, &upload_id(1), original.clone())
        .await
        .text("id");
    for (variant, media_type, size) in [
        ("framed", "image/jpeg", (480, 640)),
        ("thumb", "image/jpeg", (180, 240)),
        ("original", "image/png", (600, 800)),
    ] {
        let reply = image(&student, &photo, variant).await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, media_type.to_owned())
        );
        assert_eq!(reply.header("content-disposition"), "attachment");
        let any = photo::Limits {
            min_width: 1,
            min_height: 1,
            ..photo::Limits::default()
        };
        let facts = photo::inspect(&reply.bytes, &any).unwrap();
        assert_eq!((facts.width(), facts.height()), size, "{variant}");
    }
    assert_eq!(image(&student, &photo, "original").await.bytes, original);
    let plain = student.get(&format!("/api/v1/photos/{photo}/image")).await;
    assert_eq!(plain.bytes, image(&student, &photo, "framed").await.bytes);
    assert_eq!(image(&student, &photo, "huge").await.problem().0, 422);

    let other = app.student("13900139000").await;
    for reply in [
        image(&other, &photo, "framed").await,
        other.get(&format!("/api/v1/photos/{photo}")).await,
        image(&student, "photo_00000000000000000000000001", "framed").await,
    ] {
        assert_eq!(reply.problem(), (404, "photo.unknown".to_owned()));
    }
    for path in [
        format!("/api/v1/photos/{photo}"),
        format!("/api/v1/photos/{photo}/image"),
    ] {
        assert_eq!(app.browser().get(&path).await.problem().0, 401);
    }
    let log = student.get("/api/v1/me/access-log").await.json();
    let viewed = log["items"].as_array().unwrap().iter();
    // The original alone, twice.
    assert_eq!(
        viewed
            .filter(|item| item["action"] == "photo.viewed")
            .count(),
        2
    );
}

#[actix_web::test]
async fn no_picture_and_no_number_lies_readable_in_the_data_folder() {
    let (app, student, enrolment) = ready().await;
    student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    let mut files = Vec::new();
    collect(&app.folder(), &mut files);
    assert!(files.len() > 3);
    for (name, content) in files {
        let has = |needle: &[u8]| content.windows(needle.len()).any(|part| part == needle);
        assert!(!content.starts_with(&[0xFF, 0xD8]), "{name}");
        assert!(!has(ZHANG.document_number.as_bytes()), "{name}");
        assert!(!has(ZHANG.name.as_bytes()), "{name}");
    }
}

#[actix_web::test]
async fn a_lost_race_leaves_no_files_behind() {
    let (app, student, enrolment) = ready().await;
    let file = portrait(480, 640, 160);
    let upload = upload_id(1);
    let submit = || student.submit(&enrolment, &upload, file.clone());
    let (one, two) = join(submit(), submit()).await;
    assert_eq!(one.json(), two.json());
    let mut files = Vec::new();
    collect(&app.folder(), &mut files);
    let is_sealed = |name: &str| name.rsplit('/').next().is_some_and(|name| name.len() == 26);
    assert_eq!(files.iter().filter(|(name, _)| is_sealed(name)).count(), 3);
}

#[actix_web::test]
async fn files_that_a_crash_left_behind_are_deleted_and_those_of_photos_are_not() {
    let (app, student, enrolment) = ready().await;
    let photo = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await
        .text("id");
    let on = app.context.store.reader();
    let far = app.context.now() + TimeDelta::days(1);
    let jobs = store::job::due(on, JobKind::PhotoLeftover, far, 9)
        .await
        .unwrap();
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    // What a crash leaves behind: three files and the note about them.
    let keys = [0; 3].map(|_| BlobKey::random(&SystemRandom));
    let mut note = jobs.into_iter().next().unwrap();
    note.id = app.context.new_id(JobId::new);
    let lost = app.context.new_id(PhotoId::new).to_string();
    note.payload["photo"] = lost.clone().into();
    note.payload["keys"] = keys.iter().map(BlobKey::as_str).collect();
    note.key = lost;
    let tx = app.context.store.begin().await.unwrap();
    store::job::insert(&tx, &note).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
    for key in &keys {
        app.context.blobs.put(key, "sealed".into()).await.unwrap();
    }
    service::worker::run_due(&app.context).await.unwrap();
    assert!(
        app.context.blobs.get(&keys[0]).await.unwrap().is_some(),
        "too early"
    );

    app.advance(3601).await;
    service::worker::run_due(&app.context).await.unwrap();
    for key in &keys {
        assert!(app.context.blobs.get(key).await.unwrap().is_none());
    }
    assert!(
        store::job::due(on, JobKind::PhotoLeftover, far, 9)
            .await
            .unwrap()
            .is_empty()
    );
    let renewed = student.act("/api/v1/auth/sessions/refresh").await;
    assert_eq!(renewed.status, 204, "{renewed:?}");
    for variant in ["framed", "thumb", "original"] {
        assert_eq!(
            image(&student, &photo, variant).await.status,
            200,
            "{variant}"
        );
    }
}

fn collect(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

fn png(width: u16, height: u16) -> Vec<u8> {
    png_with(width, height, png::Compression::Balanced)
}

pub(crate) fn png_with(width: u16, height: u16, compression: png::Compression) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width.into(), height.into());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(compression);
    let mut writer = encoder.write_header().unwrap();
    writer
        .write_image_data(&pixels(width, height, 160))
        .unwrap();
    writer.finish().unwrap();
    file
}
