//! Races that only several writers at once can have: on `SQLite` they queue, on `PostgreSQL` they meet.

use chrono::TimeDelta;
use domain::login::RESEND_AFTER;
use futures_util::future::{join, join_all, join3};
use serde_json::json;

use crate::app::TestApp;
use crate::browser::{Browser, Reply};
use crate::journey::{ZHANG, portrait, upload_id};

const OLD: &str = "13800138000";
const REFRESH: &str = "/api/v1/auth/sessions/refresh";
const CURRENT: &str = "/api/v1/auth/sessions/current";
const CHANGES: &str = "/api/v1/me/phone-changes";
/// Each race is run so many times: whoever is first differs.
const ROUNDS: u8 = 6;

/// A second browser with the same cookies, as another tab has them.
fn tab_of(app: &TestApp, browser: &Browser) -> Browser {
    let tab = app.browser();
    for name in ["__Host-access", "__Host-refresh", "__Host-browser"] {
        tab.set_cookie(name, browser.cookie(name).as_deref());
    }
    tab
}

async fn is_logged_out(browser: &Browser) -> bool {
    let has_no_access = browser.get("/api/v1/me").await.status == 401;
    has_no_access && browser.act(REFRESH).await.status == 401
}

#[actix_web::test]
async fn a_refresh_does_not_outlive_a_logout() {
    let app = TestApp::start().await;
    for round in 0..ROUNDS {
        let browser = app.student(&format!("1380013800{round}")).await;
        let tabs = [tab_of(&app, &browser), tab_of(&app, &browser)];
        let (out, _, _) = join3(
            browser.delete(CURRENT),
            tabs[0].act(REFRESH),
            tabs[1].act(REFRESH),
        )
        .await;
        assert_eq!(out.status, 204, "{out:?}");
        for tab in &tabs {
            assert!(is_logged_out(tab).await, "round {round}");
        }
    }
}

/// Begins a change of phone; gives what confirms it.
async fn change_begun(
    app: &TestApp,
    browser: &Browser,
    old: &str,
    new: &str,
) -> (String, String, String) {
    app.advance(61).await;
    let token = app.captcha_token().await;
    let body = json!({ "old_phone": old, "new_phone": new, "captcha_token": token });
    let begun = browser.post(CHANGES, body).await;
    assert_eq!(begun.status, 202, "{begun:?}");
    (
        begun.text("id"),
        app.code_for(old).await,
        app.code_for(new).await,
    )
}

#[actix_web::test]
async fn a_login_with_a_number_that_is_being_given_up_opens_no_session_of_the_account() {
    let app = TestApp::start().await;
    for round in 0..ROUNDS {
        let (old, new) = (format!("1380013800{round}"), format!("1390013900{round}"));
        let browser = app.student(&old).await;
        let (id, old_code, new_code) = change_begun(&app, &browser, &old, &new).await;
        app.advance(RESEND_AFTER.num_seconds()).await;
        let other = app.browser();
        let token = app.captcha_token().await;
        let asked = other.ask_for_code_as_a_person(&old, &token).await;
        let code = app.code_for(&old).await;
        let path = format!("{CHANGES}/{id}/confirm");
        let codes = json!({ "old_code": old_code, "new_code": new_code });
        let (changed, logged_in) = join(
            browser.post(&path, codes),
            other.log_in(asked.text("challenge_id"), &code),
        )
        .await;
        assert_eq!(changed.status, 204, "{changed:?}");
        assert_no_way_back(&other, &logged_in, &new).await;
    }
}

/// Who logged in with the old number was sent away, was made another account, or was logged out again.
async fn assert_no_way_back(browser: &Browser, logged_in: &Reply, new: &str) {
    let is_another_account = logged_in.status == 201 && logged_in.json()["is_new"] == true;
    if is_another_account {
        let me = browser.get("/api/v1/me").await;
        assert_ne!(me.text("phone"), format!("{}****{}", &new[..3], &new[7..]));
    } else {
        assert!(matches!(logged_in.status, 201 | 410), "{logged_in:?}");
        assert!(is_logged_out(browser).await, "{logged_in:?}");
    }
}

#[actix_web::test]
async fn no_photo_that_came_with_the_withdrawal_of_its_consent_is_kept_for_review() {
    let app = TestApp::with_sample().await;
    let student = app.student(OLD).await;
    let enrolment = student.enrol(ZHANG).await;
    let upload = upload_id(1);
    let (photo, withdrawn) = join(
        student.submit(&enrolment, &upload, portrait(480, 640, 1)),
        student.delete("/api/v1/me/consents/face_photo"),
    )
    .await;
    assert_eq!(withdrawn.status, 204, "{withdrawn:?}");
    if photo.status == 201 {
        let path = format!("/api/v1/photos/{}", photo.text("id"));
        assert_eq!(student.get(&path).await.text("state"), "withdrawn");
    } else {
        assert_eq!(
            photo.problem(),
            (403, "consent.face_photo_required".to_owned())
        );
        let seen = student
            .get(&format!("/api/v1/enrolments/{enrolment}"))
            .await;
        assert_eq!(seen.json()["photo"], serde_json::Value::Null);
    }
}

#[actix_web::test]
async fn an_address_gets_no_more_codes_without_a_captcha_when_it_asks_for_all_at_once() {
    let app = TestApp::start().await;
    let address = app.browser();
    let phones: Vec<_> = (10..30)
        .map(|number| format!("137001370{number}"))
        .collect();
    let asked = join_all(phones.iter().map(|phone| address.ask_for_code(phone))).await;
    let statuses = |status| asked.iter().filter(|reply| reply.status == status).count();
    assert_eq!((statuses(202), statuses(422)), (10, 10), "{asked:?}");
}

#[actix_web::test]
async fn a_campus_that_shares_an_address_gets_twenty_times_as_many_codes() {
    let app =
        TestApp::start_with(|config, _| config["campus_networks"] = json!(["198.51.100.0/30"]))
            .await;
    let (campus, _, _, elsewhere) = (app.browser(), app.browser(), app.browser(), app.browser());
    let ask = async |browser: &Browser, number: usize| {
        // A browser of its own each: only the address is shared.
        browser.set_cookie("__Host-browser", None);
        browser
            .ask_for_code(&format!("137001370{number}"))
            .await
            .status
    };
    for number in 10..20 {
        assert_eq!(ask(&campus, number).await, 202);
        assert_eq!(ask(&elsewhere, number + 20).await, 202);
    }
    assert_eq!(ask(&campus, 20).await, 202);
    assert_eq!(ask(&elsewhere, 40).await, 422, "a captcha is asked for");
}

#[actix_web::test]
async fn a_network_fails_twenty_times_an_hour_whoever_tries() {
    let app = TestApp::with_sample().await;
    let hour = TimeDelta::hours(1).num_seconds() + 1;
    let mut number = 0;
    let mut students = Vec::new();
    for student in 0..5 {
        students.push(app.student(&format!("1370013700{student}")).await);
    }
    let mut claim = students[0].claim(ZHANG).await;
    claim["document_type"] = "passport".into();
    for student in students.iter().take(4).flat_map(|student| [student; 5]) {
        number += 1;
        claim["document_number"] = format!("P{number:07}").into();
        assert_eq!(student.verify(&claim).await.status, 404);
    }
    let claim = students[4].claim(ZHANG).await;
    let refused = students[4].verify(&claim).await;
    assert_eq!(
        refused.problem(),
        (429, "enrolment.too_many_tries".to_owned())
    );
    app.advance(hour).await;
    assert_eq!(students[4].act(REFRESH).await.status, 204);
    assert_eq!(students[4].verify(&claim).await.status, 201);
}
