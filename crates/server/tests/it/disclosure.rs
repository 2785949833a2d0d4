//! What verification discloses: no more of the roster than was typed and is needed to recognise oneself.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::enrolment::with;
use crate::journey::{QIAN, ZHANG, ZHAO, portrait, upload_id};

/// Where number and level alone are asked for, they alone are answered: whoever knows them learns no more.
#[actix_web::test]
async fn number_and_level_alone_disclose_nothing_of_the_roster() {
    let app = TestApp::with_sample().await;
    let stranger = app.student("13800138000").await;
    let mut claim = stranger.claim(ZHANG).await;
    for field in ["name", "student_no"] {
        claim.as_object_mut().unwrap().remove(field);
    }
    let enrolment = stranger.verify(&claim).await;
    assert_eq!(enrolment.status, 201, "{enrolment:?}");
    assert_eq!(stranger.consent().await.status, 204);
    let photo = stranger
        .submit(&enrolment.text("id"), &upload_id(1), portrait(480, 640, 1))
        .await;
    let order = format!("/api/v1/orders/{}", photo.text("order_no"));
    let export = stranger.act("/api/v1/me/exports").await;
    let all = [
        enrolment,
        stranger.get("/api/v1/me/enrolments").await,
        stranger.get("/api/v1/orders").await,
        stranger.get(&order).await,
        export,
    ];
    for reply in all {
        let text = String::from_utf8(reply.bytes).unwrap();
        for secret in [
            "张晓明",
            "2310301001",
            "基础医学院",
            "免疫学",
            ZHANG.document_number,
        ] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

#[actix_web::test]
async fn what_was_typed_is_shown_and_what_was_not_is_hinted_at() {
    let app = TestApp::with_sample().await;
    let student = app.student("13800138000").await;
    let seen = student.verify(&student.claim(ZHAO).await).await.json();
    let own = ["name", "student_no"].map(|field| seen[field].as_str().unwrap().to_owned());
    assert_eq!(own, ["赵一帆", "********01"], "only the name is asked for");
    assert!(seen["college"].is_string(), "{seen}");
    let both = student.verify(&student.claim(QIAN).await).await.json();
    assert_eq!(
        (&both["name"], &both["student_no"]),
        (&json!("钱多多"), &json!("2210501002"))
    );

    // A task that comes to ask for the name shows it to who types it.
    let claim = student.claim(ZHANG).await;
    let before = student.verify(&claim).await.json();
    assert_eq!(before["name"], "**明");
    app.change_task(ZHANG.school, |settings| {
        settings["extra_proofs"] = json!(["name"]);
    })
    .await;
    let wrong = student.verify(&with(&claim, "name", "张小明")).await;
    assert_eq!(wrong.problem(), (404, "enrolment.not_found".to_owned()));
    let after = student.verify(&claim).await.json();
    assert_eq!(
        (&after["id"], &after["name"]),
        (&before["id"], &json!("张晓明"))
    );
    assert_eq!(after["college"], "基础医学院");
}

#[actix_web::test]
async fn a_task_that_does_not_say_asks_for_the_name() {
    let app = TestApp::with_sample().await;
    app.change_task(ZHANG.school, |settings| {
        settings.as_object_mut().unwrap().remove("extra_proofs");
    })
    .await;
    let student = app.student("13800138000").await;
    assert_eq!(
        student.task(ZHANG.school).await["extra_proofs"],
        json!(["name"])
    );
    let mut claim = student.claim(ZHANG).await;
    claim["name"] = Value::Null;
    let reply = student.verify(&claim).await;
    assert_eq!(reply.problem(), (422, "enrolment.name_required".to_owned()));
}
