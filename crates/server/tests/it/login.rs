//! Logging in: codes, limits, sessions.

pub(crate) mod guess;

use chrono::TimeDelta;
use domain::login::{CODE_LIFETIME, CODE_TRIES, RESEND_AFTER};
use domain::session::{ACCESS_LIFETIME, REFRESH_LIFETIME};
use reqwest::Method;
use serde_json::json;

use crate::app::TestApp;
use crate::browser::{Browser, agreement};

const PHONE: &str = "13800138000";
const CHALLENGES: &str = "/api/v1/auth/sms-challenges";
const SESSIONS: &str = "/api/v1/auth/sessions";
const REFRESH: &str = "/api/v1/auth/sessions/refresh";
const CURRENT: &str = "/api/v1/auth/sessions/current";

fn seconds(time: TimeDelta) -> i64 {
    time.num_seconds()
}

/// Six digits that are not the code.
fn another(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

/// A browser with a code on its way, and the code.
async fn asked(app: &TestApp, phone: &str) -> (Browser, String, String) {
    let browser = app.browser();
    let sent = browser.ask_for_code(phone).await;
    assert_eq!(sent.status, 202, "{sent:?}");
    (
        browser,
        sent.text("challenge_id"),
        app.code_for(phone).await,
    )
}

#[actix_web::test]
async fn the_first_login_registers_and_the_second_does_not() {
    let app = TestApp::start().await;
    let (browser, challenge, code) = asked(&app, PHONE).await;
    let first = browser.log_in(challenge, &code).await;
    assert_eq!(
        (first.status, first.json()["is_new"].as_bool()),
        (201, Some(true))
    );
    let me = browser.get("/api/v1/me").await;
    assert_eq!(me.text("phone"), "138****8000");
    assert_eq!(me.json()["consents"][0]["document"], "service_agreement");

    app.advance(3601).await;
    let other = app.browser();
    let challenge = other
        .ask_for_code("+86 138-0013-8000")
        .await
        .text("challenge_id");
    let second = other.log_in(challenge, &app.code_for(PHONE).await).await;
    assert_eq!(second.json()["is_new"].as_bool(), Some(false));
    assert_eq!(second.text("account_id"), first.text("account_id"));
}

#[actix_web::test]
async fn who_registers_on_the_english_page_is_registered_in_english() {
    let app = TestApp::start().await;
    for (phone, header, language) in [
        ("13800138001", Some("en"), "en"),
        ("13800138002", Some("zh-CN"), "zh-CN"),
        ("13800138003", None, "zh-CN"),
    ] {
        let (browser, challenge, code) = asked(&app, phone).await;
        let body =
            json!({ "challenge_id": challenge, "code": code, "agreement_version": agreement() });
        let request = browser.request(Method::POST, SESSIONS).json(&body);
        let request = match header {
            Some(header) => request.header("Accept-Language", header),
            None => request,
        };
        assert_eq!(browser.send(request).await.status, 201);
        assert_eq!(browser.get("/api/v1/me").await.text("language"), language);
    }
    // Logging in on a page of another language changes nothing.
    app.advance(3601).await;
    let again = app.student("13800138001").await;
    assert_eq!(again.get("/api/v1/me").await.text("language"), "en");
}

#[actix_web::test]
pub(crate) async fn the_settings_and_agreements_are_for_everybody() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let settings = browser.get("/api/v1/auth/settings").await.json();
    assert_eq!(settings["countries"], json!(["+86"]));
    assert_eq!(settings["operator"]["name"], "示例图像采集中心（演示）");
    let english = browser
        .request(Method::GET, "/api/v1/agreements/current")
        .header("Accept-Language", "en");
    let agreements = browser.send(english).await.json();
    assert_eq!(
        agreements["agreements"][0]["title"],
        "Service agreement and privacy notice"
    );
    assert_eq!(agreements["agreements"][0]["version"], agreement());
    let first = agreements["agreements"][0]["paragraphs"][0].to_string();
    assert!(
        first.contains("Sample Portrait Centre (demo) runs this platform"),
        "{first}"
    );
}

#[actix_web::test]
pub(crate) async fn a_phone_that_cannot_be_and_a_country_that_is_not_served_are_told_apart() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for (phone, code) in [
        ("", "login.phone_invalid"),
        ("1380013800", "login.phone_invalid"),
        ("23800138000", "login.phone_invalid"),
        ("+447700900123", "login.country_not_served"),
    ] {
        let reply = browser.ask_for_code(phone).await;
        assert_eq!(reply.problem(), (422, code.to_owned()), "{phone}");
        assert_eq!(reply.json()["errors"][0]["pointer"], "/phone");
    }
}

#[actix_web::test]
pub(crate) async fn without_the_current_agreement_no_code_is_sent_and_nobody_logs_in() {
    let app = TestApp::start().await;
    let (browser, challenge, code) = asked(&app, PHONE).await;
    for version in ["", "2020-01-01"] {
        let ask = json!({ "phone": "13900139000", "agreement_version": version });
        assert_eq!(
            browser.post(CHALLENGES, ask).await.problem().1,
            "login.agreement_required"
        );
        let log_in =
            json!({ "challenge_id": challenge, "code": code, "agreement_version": version });
        assert_eq!(
            browser.post(SESSIONS, log_in).await.problem().1,
            "login.agreement_required"
        );
    }
    assert!(app.messages_to("13900139000").await.is_empty());
    let missing = browser.post(CHALLENGES, json!({ "phone": PHONE })).await;
    assert_eq!(missing.problem(), (422, "request.field_missing".to_owned()));
    assert_eq!(missing.json()["errors"][0]["pointer"], "/agreement_version");
}

#[actix_web::test]
async fn a_wrong_code_says_how_many_tries_are_left_and_five_burn_it() {
    let app = TestApp::start().await;
    let (browser, challenge, code) = asked(&app, PHONE).await;
    let wrong = another(&code);
    for left in (1..CODE_TRIES).rev() {
        let reply = browser.log_in(challenge.clone(), wrong).await;
        assert_eq!(reply.problem(), (422, "login.code_wrong".to_owned()));
        assert!(
            reply.text("detail").contains(&format!("{left} 次")),
            "{reply:?}"
        );
    }
    let fifth = browser.log_in(challenge.clone(), wrong).await;
    assert_eq!(fifth.problem(), (410, "login.code_burnt".to_owned()));
    let right = browser.log_in(challenge, &code).await;
    assert_eq!(right.problem(), (410, "login.code_burnt".to_owned()));
}

#[actix_web::test]
async fn twenty_tries_at_once_are_five_checks_at_most() {
    let app = TestApp::start().await;
    let (browser, challenge, code) = asked(&app, PHONE).await;
    let wrong = another(&code);
    let tries = (0..20).map(|_| browser.log_in(challenge.clone(), wrong));
    let replies = futures_util::future::join_all(tries).await;
    let checked = replies
        .iter()
        .filter(|reply| reply.text("code") == "login.code_wrong")
        .count();
    assert!(checked < usize::try_from(CODE_TRIES).unwrap(), "{checked}");
    assert!(
        replies
            .iter()
            .all(|reply| matches!(reply.status, 410 | 422)),
        "{replies:?}"
    );
}

#[actix_web::test]
pub(crate) async fn a_code_works_for_five_minutes_once_and_in_its_own_browser() {
    let app = TestApp::start().await;
    let (browser, challenge, code) = asked(&app, PHONE).await;
    let elsewhere = app.browser().log_in(challenge.clone(), &code).await;
    assert_eq!(elsewhere.problem(), (410, "login.code_expired".to_owned()));
    assert_eq!(browser.log_in(challenge.clone(), &code).await.status, 201);
    let again = browser.log_in(challenge, &code).await;
    assert_eq!(again.problem(), (410, "login.code_expired".to_owned()));

    let (browser, challenge, code) = asked(&app, "13900139000").await;
    app.advance(seconds(CODE_LIFETIME)).await;
    let late = browser.log_in(challenge, &code).await;
    assert_eq!(late.problem(), (410, "login.code_expired".to_owned()));
    assert_eq!(
        browser.log_in("nonsense".into(), &code).await.problem().1,
        "login.code_expired"
    );
}

#[actix_web::test]
pub(crate) async fn a_throttled_wish_keeps_the_earlier_code() {
    let app = TestApp::start().await;
    let (browser, challenge, code) = asked(&app, PHONE).await;
    let token = app.captcha_token().await;
    let ask = json!({ "phone": PHONE, "agreement_version": agreement(), "captcha_token": token });
    let early = browser.post(CHALLENGES, ask).await;
    assert_eq!(early.problem(), (429, "login.too_many_sends".to_owned()));
    let wait: i64 = early.header("retry-after").parse().unwrap();
    assert!((1..=seconds(RESEND_AFTER)).contains(&wait), "{wait}");
    assert_eq!(browser.log_in(challenge, &code).await.status, 201);
}

#[actix_web::test]
pub(crate) async fn the_second_code_in_an_hour_needs_a_captcha_and_ends_the_first() {
    let app = TestApp::start().await;
    let (browser, first, old_code) = asked(&app, PHONE).await;
    app.advance(seconds(RESEND_AFTER)).await;
    let bare = browser.ask_for_code(PHONE).await;
    assert_eq!(bare.problem(), (422, "login.captcha_required".to_owned()));
    let with = |token: &str| json!({ "phone": PHONE, "agreement_version": agreement(), "captcha_token": token });
    assert_eq!(
        browser.post(CHALLENGES, with("guess")).await.problem().1,
        "login.captcha_required"
    );
    let second = browser
        .post(CHALLENGES, with(&app.captcha_token().await))
        .await;
    assert_eq!(second.status, 202, "{second:?}");
    let voided = browser.log_in(first, &old_code).await;
    assert_eq!(voided.problem(), (410, "login.code_expired".to_owned()));
    let code = app.code_for(PHONE).await;
    assert_eq!(
        browser
            .log_in(second.text("challenge_id"), &code)
            .await
            .status,
        201
    );
}

#[actix_web::test]
pub(crate) async fn a_provider_that_fails_is_told_and_the_code_does_not_count_as_sent() {
    let app = TestApp::start().await;
    app.control(
        "fault",
        json!({ "match": { "phone": PHONE }, "do": "sms_fail", "times": 1 }),
    )
    .await;
    let reply = app.browser().ask_for_code(PHONE).await;
    assert_eq!(reply.problem(), (503, "login.sms_unavailable".to_owned()));
    assert!(!reply.header("retry-after").is_empty());
}

#[actix_web::test]
pub(crate) async fn logging_out_ends_the_session_at_once() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    let (access, refresh) = (
        browser.cookie("__Host-access").unwrap(),
        browser.cookie("__Host-refresh").unwrap(),
    );
    let out = browser.delete(CURRENT).await;
    assert_eq!(out.status, 204);
    assert_eq!(out.header("clear-site-data"), "\"storage\"");
    assert_eq!(browser.cookie("__Host-access"), None);
    assert_eq!(browser.cookie("__Host-refresh"), None);
    assert!(
        browser.cookie("__Host-browser").is_some(),
        "the browser stays known"
    );
    browser.set_cookie("__Host-access", Some(&access));
    browser.set_cookie("__Host-refresh", Some(&refresh));
    assert_eq!(
        browser.get("/api/v1/me").await.problem(),
        (401, "session.required".to_owned())
    );
    assert_eq!(
        browser.act(REFRESH).await.problem(),
        (401, "session.required".to_owned())
    );
}

#[actix_web::test]
pub(crate) async fn an_access_token_lasts_ten_minutes_and_is_renewed() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    app.advance(seconds(ACCESS_LIFETIME)).await;
    assert_eq!(browser.get("/api/v1/me").await.status, 401);
    assert_eq!(browser.act(REFRESH).await.status, 204);
    assert_eq!(browser.get("/api/v1/me").await.status, 200);
    app.advance(seconds(REFRESH_LIFETIME)).await;
    assert_eq!(browser.act(REFRESH).await.status, 401);
}

#[actix_web::test]
async fn tokens_that_were_tampered_with_open_nothing() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    let access = browser.cookie("__Host-access").unwrap();
    let [head, body, signature] = access.split('.').collect::<Vec<_>>()[..] else {
        panic!("{access}")
    };
    let none = data_encoding::BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"at+jwt"}"#);
    for bad in [
        "x".to_owned(),
        format!("{none}.{body}."),
        format!("{head}.{body}."),
        format!("{head}.{}x.{signature}", &body[1..]),
    ] {
        browser.set_cookie("__Host-access", Some(&bad));
        assert_eq!(browser.get("/api/v1/me").await.status, 401, "{bad}");
    }
}
