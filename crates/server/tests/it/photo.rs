//! Submitting a photo and looking at it.

use domain::photo_state::PhotoState;
use domain::submitted_photo::{PhotoReview, SubmittedPhoto};
use futures_util::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use service::Context;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::journey::{QIAN, ZHANG, ZHAO, portrait, ready, real_portrait, upload_id};

async fn step(student: &Browser, enrolment: &str) -> Value {
    student
        .get(&format!("/api/v1/enrolments/{enrolment}"))
        .await
        .json()
}

/// The photo of an enrolment at the sample school, as it is stored.
pub(crate) async fn kept(context: &Context, enrolment: &str) -> SubmittedPhoto {
    let on = context.store.reader();
    let school = store::school::called(on, "北医").await.unwrap().remove(0);
    let photo = store::photo::current(on, school.id, enrolment.parse().unwrap());
    photo.await.unwrap().unwrap()
}

/// What a reviewer will do: moves the photo of an enrolment at the sample school to another state.
async fn decide(context: &Context, enrolment: &str, state: PhotoState) {
    let photo = kept(context, enrolment).await;
    let review = PhotoReview {
        stage: None,
        reasons: vec!["hair".to_owned()],
        note: Some("请将刘海梳起".to_owned()),
        decided_at: context.now(),
    };
    let decided = SubmittedPhoto {
        state,
        state_at: context.now(),
        review: Some(review),
        ..photo
    };
    let tx = context.store.begin().await.unwrap();
    store::photo::save(&tx, &decided).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
}

#[actix_web::test]
pub(crate) async fn the_first_good_photo_makes_the_order_and_waits_for_its_payment() {
    let (_app, student, enrolment) = ready().await;
    let file = portrait(480, 640, 160);
    let reply = student.submit(&enrolment, &upload_id(1), file).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let photo = reply.json();
    assert_eq!(
        (&photo["state"], &photo["number"]),
        (&json!("checked"), &json!(1))
    );
    assert_eq!(photo["state_label"], "待支付");
    assert_eq!(
        (&photo["outcome"], &photo["findings"]),
        (&json!("pass"), &json!([]))
    );
    assert!(photo["order_no"].as_str().unwrap().starts_with("10001-"));
    let seen = step(&student, &enrolment).await;
    assert_eq!(
        (&seen["next_step"], &seen["photos_left"]),
        (&json!("confirm"), &json!(2))
    );
    assert_eq!(seen["photo"], photo);
    assert_eq!(seen["order"]["order_no"], photo["order_no"]);
    assert_eq!(
        student
            .get(&format!("/api/v1/photos/{}", reply.text("id")))
            .await
            .json(),
        photo
    );
}

#[actix_web::test]
async fn a_photo_without_a_face_is_refused_and_the_findings_say_so() {
    let app = TestApp::with_standard().await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHANG).await;
    let drawing = portrait(480, 640, 160);
    let reply = student.submit(&enrolment, &upload_id(1), drawing).await;
    assert_eq!(reply.problem(), (422, "photo.standard_not_met".to_owned()));
    let finding = json!({ "code": "no_face", "severity": "fail", "measured": 0, "min": 1, "max": 1, "unit": "faces" });
    assert_eq!(reply.json()["findings"], json!([finding]));
    assert_eq!(step(&student, &enrolment).await["photos_left"], 3);
}

#[actix_web::test]
async fn a_portrait_is_measured_and_what_was_found_is_kept_with_it() {
    let Some(file) = real_portrait() else { return };
    let app = TestApp::with_standard().await;
    let student = app.student("13800138000").await;
    let enrolment = student.enrol(ZHANG).await;
    let (facts, picture) = (
        photo::inspect(&file, &photo::Limits::default()).unwrap(),
        photo::decode(&file, &photo::Limits::default()).unwrap(),
    );
    let (engine, rules) = (app.context.engine.get().unwrap(), photo::Rules::default());
    let measured = photo::measure(&picture, &facts, Some(engine));
    let crop = photo::auto_crop(&measured, &rules).crop;
    let frame = serde_json::to_string(&crop).unwrap();
    let reply = student
        .submit_framed(&enrolment, &upload_id(1), file, &frame)
        .await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let expected = photo::judge(&measured, &crop, &rules);
    let codes = |findings: &Value| -> Vec<String> {
        let findings = findings.as_array().unwrap().iter();
        findings
            .map(|finding| finding["code"].to_string())
            .collect()
    };
    let photo = reply.json();
    assert_eq!(codes(&photo["findings"]), codes(&json!(expected.findings)));
    assert_eq!(photo["outcome"], json!(expected.outcome));
    let row = kept(&app.context, &enrolment).await;
    let stored: photo::Measurements = serde_json::from_value(row.measurements).unwrap();
    assert_eq!(stored, measured);
    assert_eq!(row.rules_version, i32::from(photo::Rules::VERSION));
}

#[actix_web::test]
async fn where_the_student_owes_nothing_the_photo_goes_to_review_at_once() {
    let app = TestApp::with_sample().await;
    for (phone, who) in [("13800138001", ZHAO), ("13800138002", QIAN)] {
        let student = app.student(phone).await;
        let enrolment = student.enrol(who).await;
        let photo = student
            .submit(&enrolment, &upload_id(1), portrait(480, 640, 160))
            .await;
        assert_eq!(photo.text("state"), "pending_review", "{who:?}");
        let seen = step(&student, &enrolment).await;
        assert_eq!(seen["next_step"], "wait");
        assert_eq!(seen["order"]["status"], "paid");
    }
}

#[actix_web::test]
pub(crate) async fn a_photo_needs_its_own_consent() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let enrolment = student.verify(&student.claim(ZHANG).await).await.text("id");
    let file = portrait(480, 640, 160);
    let needed = (403, "consent.face_photo_required".to_owned());
    let submit = async || {
        student
            .submit(&enrolment, &upload_id(1), file.clone())
            .await
    };
    assert_eq!(submit().await.problem(), needed);
    student.consent().await;
    assert_eq!(submit().await.status, 201);
    student.delete("/api/v1/me/consents/face_photo").await;
    let another = student
        .submit(&enrolment, &upload_id(2), portrait(480, 640, 161))
        .await;
    assert_eq!(another.problem(), needed);
}

#[actix_web::test]
pub(crate) async fn the_frame_must_be_in_the_picture_and_3_to_4() {
    let (_app, student, enrolment) = ready().await;
    let file = portrait(960, 1280, 160);
    for (frame, code, errors) in [
        (
            r#"{"x":500,"y":0,"width":480,"height":640}"#,
            "photo.frame_invalid",
            1,
        ),
        (
            r#"{"x":0,"y":0,"width":640,"height":640}"#,
            "photo.frame_invalid",
            1,
        ),
        (
            r#"{"x":4294967295,"y":0,"width":4294967295,"height":1}"#,
            "photo.frame_invalid",
            2,
        ),
        (
            r#"{"x":0,"y":0,"width":300,"height":400}"#,
            "photo.too_small_px",
            1,
        ),
        (
            r#"{"x":0,"y":0,"width":300,"height":300}"#,
            "photo.standard_not_met",
            2,
        ),
        (
            r#"{"x":0,"y":0,"width":0,"height":0}"#,
            "photo.standard_not_met",
            2,
        ),
    ] {
        let reply = student
            .submit_framed(&enrolment, &upload_id(1), file.clone(), frame)
            .await;
        let code = if errors == 2 {
            "photo.standard_not_met"
        } else {
            code
        };
        assert_eq!(reply.problem(), (422, code.to_owned()), "{frame}");
        assert_eq!(
            reply.json()["errors"].as_array().unwrap().len(),
            errors,
            "{frame}"
        );
    }
    let smaller = r#"{"x":100,"y":100,"width":420,"height":560}"#;
    let reply = student
        .submit_framed(&enrolment, &upload_id(1), file, smaller)
        .await
        .json();
    assert_eq!(reply["outcome"], "warn", "{reply}");
    let finding = json!({ "code": "too_small_px", "severity": "warn", "measured": 420, "min": 480,
        "max": null, "unit": "px_wide" });
    assert_eq!(reply["findings"], json!([finding]));
}

#[actix_web::test]
pub(crate) async fn a_form_that_cannot_be_read_is_a_problem_too() {
    let (app, student, enrolment) = ready().await;
    let file = portrait(480, 640, 160);
    let path = format!("/api/v1/enrolments/{enrolment}/photos");
    let frame = r#"{"x":0,"y":0,"width":480,"height":640}"#;
    let upload = upload_id(1);
    let upload = upload.as_str();
    for (texts, code) in [
        (vec![("upload_id", upload)], "request.field_missing"),
        (
            vec![("upload_id", upload), ("frame", "{}")],
            "photo.frame_unreadable",
        ),
        (
            vec![("upload_id", upload), ("frame", "0,0,480,640")],
            "photo.frame_unreadable",
        ),
        (
            vec![("upload_id", "1"), ("frame", frame)],
            "photo.upload_id_invalid",
        ),
        (
            vec![("upload_id", upload), ("frame", frame), ("frame", frame)],
            "request.field_repeated",
        ),
        (
            vec![("upload_id", upload), ("frame", frame), ("rotate", "1")],
            "request.field_unknown",
        ),
    ] {
        let reply = student.upload(&path, &texts, file.clone()).await;
        assert_eq!(reply.problem(), (422, code.to_owned()), "{texts:?}");
        assert_eq!(reply.json()["errors"][0]["code"], code, "{texts:?}");
    }
    let note = "字".repeat(201);
    let texts = [
        ("upload_id", upload),
        ("frame", frame),
        ("note", note.as_str()),
    ];
    let reply = student.upload(&path, &texts, file.clone()).await;
    assert_eq!(reply.json()["errors"][0]["code"], "photo.note_length");
    let lines = format!("{}\r\n字", "字".repeat(198));
    let texts = [texts[0], texts[1], ("note", lines.as_str())];
    let reply = student.upload(&path, &texts, file.clone()).await;
    assert_ne!(reply.json()["errors"][0]["code"], "photo.note_length");
    assert_eq!(student.post(&path, json!({})).await.problem().0, 415);
    let broken = student.request(Method::POST, &path);
    let broken = broken
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--x\r\n");
    assert_eq!(student.send(broken).await.problem().0, 400);
    let anybody = app.browser().upload(&path, &texts, file.clone()).await;
    assert_eq!(anybody.problem().0, 401);
    let other = app.student("13900139000").await;
    other.consent().await;
    let foreign = other.submit(&enrolment, upload, file).await;
    assert_eq!(foreign.problem(), (404, "enrolment.unknown".to_owned()));
}

#[actix_web::test]
pub(crate) async fn an_upload_sent_twice_makes_one_photo() {
    let (_app, student, enrolment) = ready().await;
    let file = portrait(480, 640, 160);
    let submit = || student.submit(&enrolment, "upl_00000000000000000000000001", file.clone());
    let (one, two) = join(submit(), submit()).await;
    assert_eq!((one.status, two.status), (201, 201), "{one:?} {two:?}");
    assert_eq!(one.json(), two.json());
    assert_eq!(submit().await.json(), one.json());
    let other = portrait(480, 640, 161);
    let reused = student
        .submit(&enrolment, "upl_00000000000000000000000001", other)
        .await;
    assert_eq!(reused.problem(), (409, "photo.upload_reused".to_owned()));
    assert_eq!(step(&student, &enrolment).await["photos_left"], 2);
}

#[actix_web::test]
async fn two_photos_at_once_make_one_order_and_one_counts() {
    let (_app, student, enrolment) = ready().await;
    let (first, second) = (upload_id(1), upload_id(2));
    let (one, two) = join(
        student.submit(&enrolment, &first, portrait(480, 640, 160)),
        student.submit(&enrolment, &second, portrait(480, 640, 161)),
    )
    .await;
    assert_eq!((one.status, two.status), (201, 201), "{one:?} {two:?}");
    assert_eq!(one.text("order_no"), two.text("order_no"));
    let mut states = Vec::new();
    for photo in [&one, &two] {
        let path = format!("/api/v1/photos/{}", photo.text("id"));
        states.push(student.get(&path).await.text("state"));
    }
    states.sort_unstable();
    assert_eq!(states, ["checked", "replaced"]);
    let orders = student.get("/api/v1/me/orders").await.json();
    assert_eq!(orders["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
pub(crate) async fn no_more_photos_are_taken_than_the_task_allows() {
    let (_app, student, enrolment) = ready().await;
    for number in 1..=3 {
        let reply = student
            .submit(&enrolment, &upload_id(number), portrait(480, 640, number))
            .await;
        assert_eq!(reply.json()["number"], number, "{reply:?}");
    }
    let fourth = student
        .submit(&enrolment, &upload_id(4), portrait(480, 640, 4))
        .await;
    assert_eq!(fourth.problem(), (409, "photo.limit_reached".to_owned()));
    assert!(fourth.text("detail").contains("最多提交 3 张"));
    assert_eq!(step(&student, &enrolment).await["photos_left"], 0);
    // The answer to one that was taken can still be had again.
    let known = student
        .submit(&enrolment, &upload_id(3), portrait(480, 640, 3))
        .await;
    assert_eq!(known.status, 201);
}

#[actix_web::test]
async fn an_accepted_photo_stays_and_a_rejected_one_can_be_replaced_for_two_days() {
    let (app, student, enrolment) = ready().await;
    let first = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await
        .text("id");
    decide(&app.context, &enrolment, PhotoState::Approved).await;
    assert_eq!(step(&student, &enrolment).await["next_step"], "done");
    let state = (409, "photo.state".to_owned());
    let another = student
        .submit(&enrolment, &upload_id(2), portrait(480, 640, 2))
        .await;
    assert_eq!(another.problem(), state);
    let withdraw = format!("/api/v1/photos/{first}/withdraw");
    assert_eq!(student.act(&withdraw).await.problem(), state);

    app.advance(60 * 86_400).await;
    decide(&app.context, &enrolment, PhotoState::Rejected).await;
    app.advance(86_400).await;
    let student = app.student("13800138000").await;
    let seen = step(&student, &enrolment).await;
    assert_eq!(
        (&seen["next_step"], &seen["task"]["availability"]),
        (&json!("photo"), &json!("closed"))
    );
    assert_eq!(seen["photo"]["review"]["reasons"], json!(["hair"]));
    let second = student
        .submit(&enrolment, &upload_id(2), portrait(480, 640, 2))
        .await;
    assert_eq!(second.status, 201, "{second:?}");
    decide(&app.context, &enrolment, PhotoState::Rejected).await;
    app.advance(2 * 86_400).await;
    let student = app.student("13800138000").await;
    let late = student
        .submit(&enrolment, &upload_id(3), portrait(480, 640, 3))
        .await;
    assert_eq!(late.problem(), (409, "task.closed".to_owned()));
}

#[actix_web::test]
pub(crate) async fn a_photo_is_withdrawn_by_its_owner_once() {
    let (app, student, enrolment) = ready().await;
    let photo = student
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await
        .text("id");
    let path = format!("/api/v1/photos/{photo}/withdraw");
    let unknown = (404, "photo.unknown".to_owned());
    assert_eq!(app.browser().act(&path).await.problem().0, 401);
    assert_eq!(
        app.student("13900139000").await.act(&path).await.problem(),
        unknown
    );
    assert_eq!(
        student.act("/api/v1/photos/x/withdraw").await.problem(),
        unknown
    );
    assert_eq!(student.act(&path).await.text("state"), "withdrawn");
    assert_eq!(
        student.act(&path).await.problem(),
        (409, "photo.state".to_owned())
    );
    let seen = step(&student, &enrolment).await;
    assert_eq!(
        (&seen["next_step"], &seen["order"]["status"]),
        (&json!("photo"), &json!("unpaid"))
    );
    let next = student
        .submit(&enrolment, &upload_id(2), portrait(480, 640, 2))
        .await;
    assert_eq!(next.json()["order_no"], seen["order"]["order_no"]);
}
