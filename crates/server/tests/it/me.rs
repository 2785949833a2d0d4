//! The personal centre: account, consents, change of phone, export, access log.

use domain::agreement::Document;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::{ZHAO, portrait, upload_id};

pub(crate) const OLD: &str = "13800138000";
const NEW: &str = "13900139000";
const CHANGES: &str = "/api/v1/me/phone-changes";

fn change(me: &Value, email: &str, address: &str) -> Value {
    json!({ "language": "en", "email": email, "address": address, "version": me["version"] })
}

#[actix_web::test]
pub(crate) async fn contact_data_are_changed_and_kept() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    let me = browser.get("/api/v1/me").await.json();
    let changed = browser
        .patch("/api/v1/me", change(&me, " li@pku.edu.cn ", "学院路38号"))
        .await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let me = browser.get("/api/v1/me").await.json();
    assert_eq!(
        (&me["email"], &me["address"], &me["language"]),
        (&json!("li@pku.edu.cn"), &json!("学院路38号"), &json!("en"))
    );
    let emptied = browser
        .patch("/api/v1/me", change(&me, "", ""))
        .await
        .json();
    assert_eq!(
        (&emptied["email"], &emptied["address"]),
        (&Value::Null, &Value::Null)
    );
    let stale = browser.patch("/api/v1/me", change(&me, "a@b.cn", "")).await;
    assert_eq!(
        stale.problem(),
        (409, "request.version_conflict".to_owned())
    );
}

#[actix_web::test]
pub(crate) async fn wrong_contact_data_are_named_field_by_field() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    let me = browser.get("/api/v1/me").await.json();
    let mut body = change(&me, "nonsense", &"路".repeat(201));
    body["language"] = "fr".into();
    let reply = browser.patch("/api/v1/me", body).await;
    assert_eq!(reply.problem().0, 422);
    let pointers: Vec<_> = reply.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["pointer"].clone())
        .collect();
    assert_eq!(pointers, ["/email", "/address", "/language"]);
}

#[actix_web::test]
pub(crate) async fn a_consent_is_given_once_and_withdrawn() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    let version = Document::FacePhoto.current().version;
    let give = |version: &str| json!({ "document": "face_photo", "version": version });
    assert_eq!(
        browser
            .post("/api/v1/me/consents", give("2020-01-01"))
            .await
            .problem()
            .1,
        "consent.version_outdated"
    );
    assert_eq!(
        browser
            .post(
                "/api/v1/me/consents",
                json!({ "document": "x", "version": "y" })
            )
            .await
            .problem()
            .0,
        422
    );
    for _ in 0..2 {
        assert_eq!(
            browser
                .post("/api/v1/me/consents", give(version))
                .await
                .status,
            204
        );
    }
    let documents = |me: Reply| -> Vec<String> {
        let me = me.json();
        me["consents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["document"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        documents(browser.get("/api/v1/me").await),
        ["face_photo", "service_agreement"]
    );
    assert_eq!(
        browser
            .delete("/api/v1/me/consents/face_photo")
            .await
            .status,
        204
    );
    assert_eq!(
        documents(browser.get("/api/v1/me").await),
        ["service_agreement"]
    );
    assert_eq!(
        browser
            .delete("/api/v1/me/consents/service_agreement")
            .await
            .problem()
            .0,
        404
    );
}

/// A change that has begun: its id and both codes.
pub(crate) async fn begun(app: &TestApp, browser: &Browser) -> (String, String, String) {
    let body =
        json!({ "old_phone": OLD, "new_phone": NEW, "captcha_token": app.captcha_token().await });
    let reply = browser.post(CHANGES, body).await;
    assert_eq!(reply.status, 202, "{reply:?}");
    (
        reply.text("id"),
        app.code_for(OLD).await,
        app.code_for(NEW).await,
    )
}

pub(crate) async fn confirm(browser: &Browser, id: &str, old: &str, new: &str) -> Reply {
    browser
        .post(
            &format!("{CHANGES}/{id}/confirm"),
            json!({ "old_code": old, "new_code": new }),
        )
        .await
}

#[actix_web::test]
pub(crate) async fn a_phone_changes_with_both_codes_and_all_sessions_end() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    app.advance(3601).await;
    let other = app.student(OLD).await;
    app.advance(61).await;
    assert_eq!(
        browser.act("/api/v1/auth/sessions/refresh").await.status,
        204
    );
    let (id, old_code, new_code) = begun(&app, &browser).await;
    assert_eq!(
        confirm(&browser, &id, &old_code, &new_code).await.status,
        204
    );
    for ended in [&browser, &other] {
        assert_eq!(ended.get("/api/v1/me").await.status, 401);
        assert_eq!(ended.act("/api/v1/auth/sessions/refresh").await.status, 401);
    }
    app.advance(61).await;
    let with_new = app.browser();
    let ask = json!({ "phone": NEW, "agreement_version": crate::browser::agreement(), "captcha_token": app.captcha_token().await });
    let challenge = with_new
        .post("/api/v1/auth/sms-challenges", ask)
        .await
        .text("challenge_id");
    let logged_in = with_new.log_in(challenge, &app.code_for(NEW).await).await;
    assert_eq!(logged_in.json()["is_new"], false);
    for phone in [OLD, NEW] {
        let told = app.messages_to(phone).await;
        assert!(
            told.iter()
                .any(|message| message["parameters"]["code"].is_null()),
            "{phone}: {told:?}"
        );
    }
}

#[actix_web::test]
async fn a_wrong_code_names_its_field_and_the_right_one_stays_good() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    app.advance(61).await;
    let (id, old_code, new_code) = begun(&app, &browser).await;
    let wrong = if new_code == "000000" {
        "000001"
    } else {
        "000000"
    };
    let reply = confirm(&browser, &id, &old_code, wrong).await;
    assert_eq!(reply.problem(), (422, "login.code_wrong".to_owned()));
    assert_eq!(reply.json()["errors"][0]["pointer"], "/new_code");
    let reply = confirm(&browser, &id, wrong, &new_code).await;
    assert_eq!(reply.json()["errors"][0]["pointer"], "/old_code");
    assert_eq!(
        confirm(&browser, &id, &old_code, &new_code).await.status,
        204
    );
}

#[actix_web::test]
pub(crate) async fn a_change_is_limited_like_a_login() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    for _ in 0..2 {
        app.advance(61).await;
        let (id, old_code, new_code) = begun(&app, &browser).await;
        let wrong = if old_code == "000000" {
            "000001"
        } else {
            "000000"
        };
        for left in (0..5).rev() {
            let reply = confirm(&browser, &id, wrong, &new_code).await;
            let expected = match left {
                0 => (410, "login.code_burnt".to_owned()),
                _ => (422, "login.code_wrong".to_owned()),
            };
            assert_eq!(reply.problem(), expected);
        }
    }
    let other = app.student("13700137000").await;
    let body = json!({ "old_phone": "13700137000", "new_phone": "13700137001",
        "captcha_token": app.captcha_token().await });
    let early = other.post(CHANGES, body).await;
    assert_eq!(early.problem(), (429, "login.too_many_sends".to_owned()));
}

#[actix_web::test]
pub(crate) async fn a_change_begins_only_with_the_right_old_number_and_another_new_one() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    for (old, new, code) in [
        (NEW, "13700137000", "phone_change.old_phone_wrong"),
        (OLD, OLD, "phone_change.same_phone"),
        (OLD, "123", "login.phone_invalid"),
    ] {
        let reply = browser
            .post(CHANGES, json!({ "old_phone": old, "new_phone": new }))
            .await;
        assert_eq!(reply.problem(), (422, code.to_owned()));
    }
    assert!(app.messages_to("13700137000").await.is_empty());
}

#[actix_web::test]
pub(crate) async fn a_number_with_an_account_and_a_change_out_of_time_are_refused() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    app.student(NEW).await;
    app.advance(61).await;
    let (id, old_code, new_code) = begun(&app, &browser).await;
    let taken = confirm(&browser, &id, &old_code, &new_code).await;
    assert_eq!(
        taken.problem(),
        (409, "phone_change.phone_taken".to_owned())
    );
    app.advance(300).await;
    let late = confirm(&browser, &id, &old_code, &new_code).await;
    assert_eq!(late.problem(), (410, "phone_change.ended".to_owned()));
    let somebody_else = app.student("13700137000").await;
    assert_eq!(
        confirm(&somebody_else, &id, &old_code, &new_code)
            .await
            .problem()
            .0,
        410
    );
}

#[actix_web::test]
pub(crate) async fn the_export_holds_the_account_in_full_and_only_to_its_owner() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    let export = browser.act("/api/v1/me/exports").await.json();
    assert_eq!(export["data"]["account"]["phone"], "+8613800138000");
    assert_eq!(
        export["data"]["consents"][0]["document"],
        "service_agreement"
    );
    let log = browser.get("/api/v1/me/access-log").await.json();
    assert_eq!(log["items"][0]["action"], "data.exported");
    assert_eq!(
        app.browser().act("/api/v1/me/exports").await.problem().0,
        401
    );
}

#[actix_web::test]
pub(crate) async fn the_access_log_comes_in_pages_newest_first() {
    let app = TestApp::start().await;
    let browser = app.student(OLD).await;
    let version = Document::FacePhoto.current().version;
    for _ in 0..2 {
        browser
            .post(
                "/api/v1/me/consents",
                json!({ "document": "face_photo", "version": version }),
            )
            .await;
        browser.delete("/api/v1/me/consents/face_photo").await;
    }
    let entries = browser.pages("/api/v1/me/access-log?limit=2").await;
    let entries = entries.iter().flatten();
    let actions: Vec<_> = entries.map(|it| it["action"].as_str().unwrap()).collect();
    assert_eq!(
        actions,
        [
            "consent.withdrawn",
            "consent.granted",
            "consent.withdrawn",
            "consent.granted",
            "account.registered"
        ]
    );
    for query in ["limit=0", "limit=101", "limit=x", "after=x"] {
        for list in ["access-log", "enrolments"] {
            let reply = browser.get(&format!("/api/v1/me/{list}?{query}")).await;
            assert_eq!(reply.problem().0, 422, "{list} {query}");
        }
    }
}

#[actix_web::test]
async fn a_withdrawn_consent_takes_undecided_photos_back() {
    let app = TestApp::with_sample().await;
    let browser = app.student(OLD).await;
    let enrolment = browser.enrol(ZHAO).await;
    let photo = browser
        .submit(&enrolment, &upload_id(1), portrait(480, 640, 1))
        .await;
    assert_eq!(photo.text("state"), "pending_review");
    let path = format!("/api/v1/photos/{}", photo.text("id"));
    let withdrawn = browser.delete("/api/v1/me/consents/face_photo").await;
    assert_eq!(withdrawn.status, 204, "{withdrawn:?}");
    assert_eq!(browser.get(&path).await.text("state"), "withdrawn");
}
