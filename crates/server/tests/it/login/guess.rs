//! Guessing codes and wasting messages: bounded for everybody, and never at the cost of a phone's owner.

use chrono::TimeDelta;
use domain::limit::{
    FAILURES_BEFORE_CAPTCHA, SENDS_PER_ADDRESS, SENDS_PER_ADDRESS_BEFORE_CAPTCHA, SENDS_PER_PHONE,
    STRANGERS_SENDS_PER_PHONE,
};
use domain::login::{CODE_TRIES, KNOWN_BROWSER_LIFETIME, RESEND_AFTER};
use serde_json::json;

use super::{CHALLENGES, CURRENT, PHONE, SESSIONS, another, seconds};
use crate::app::TestApp;
use crate::browser::{Browser, Reply, agreement};

/// Asks for a code with a captcha's token.
async fn ask(app: &TestApp, browser: &Browser, phone: &str) -> Reply {
    let token = app.captcha_token().await;
    browser.ask_for_code_as_a_person(phone, &token).await
}

/// Asks for a code and tries a wrong one until it is burnt.
async fn burn(app: &TestApp, browser: &Browser, phone: &str) -> Reply {
    let sent = ask(app, browser, phone).await;
    if sent.status == 202 {
        let wrong = another(&app.code_for(phone).await);
        for _ in 0..CODE_TRIES {
            let body = json!({
                "challenge_id": sent.text("challenge_id"), "code": wrong, "agreement_version": agreement(),
                "captcha_token": app.captcha_token().await,
            });
            browser.post(SESSIONS, body).await;
        }
    }
    sent
}

/// A number of phones, none of which has an account.
fn phone(number: usize) -> String {
    format!("139{number:08}")
}

#[actix_web::test]
async fn strangers_who_guess_do_not_keep_the_owner_out() {
    let app = TestApp::start().await;
    let owner = app.student(PHONE).await;
    owner.delete(CURRENT).await;
    // A day of guessing, by strangers with as many browsers and addresses as they want.
    let mut codes = 0;
    for _ in 0..30 {
        app.advance(1800).await;
        let sent = burn(&app, &app.browser(), PHONE).await;
        assert!(matches!(sent.status, 202 | 429), "{sent:?}");
        codes += usize::from(sent.status == 202);
    }
    let most = STRANGERS_SENDS_PER_PHONE[2].most;
    // The owner's code counts too.
    assert_eq!(codes, most - 1, "so many codes a day, five tries each");
    app.advance(seconds(RESEND_AFTER)).await;
    let sent = owner.ask_for_code(PHONE).await;
    assert_eq!(sent.status, 202, "no captcha either: {sent:?}");
    let code = app.code_for(PHONE).await;
    let back = owner.log_in(sent.text("challenge_id"), &code).await;
    assert_eq!(back.status, 201, "{back:?}");
}

#[actix_web::test]
async fn guessing_is_bounded_for_known_browsers_too() {
    let app = TestApp::start().await;
    let owner = app.student(PHONE).await;
    let mut codes = 1;
    for _ in 0..30 {
        app.advance(1800).await;
        codes += usize::from(burn(&app, &owner, PHONE).await.status == 202);
    }
    assert_eq!(codes, SENDS_PER_PHONE[2].most);
}

#[actix_web::test]
async fn a_browser_is_known_for_half_a_year_after_it_logged_in() {
    let app = TestApp::start().await;
    let owner = app.student(PHONE).await;
    let half_a_year = seconds(KNOWN_BROWSER_LIFETIME);
    app.advance(half_a_year - 3600).await;
    for (advance, is_known) in [(0, true), (7200, false)] {
        app.advance(advance).await;
        // A stranger's code within the hour: only a known browser goes on without a captcha.
        assert_eq!(ask(&app, &app.browser(), PHONE).await.status, 202);
        app.advance(seconds(RESEND_AFTER)).await;
        let sent = owner.ask_for_code(PHONE).await;
        assert_eq!(sent.status, if is_known { 202 } else { 422 }, "{sent:?}");
    }
    app.work().await;
    assert_eq!(owner.ask_for_code(PHONE).await.status, 422);
}

#[actix_web::test]
async fn the_browsers_cookie_lasts_half_a_year_and_survives_logging_out() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let sent = browser.ask_for_code(PHONE).await;
    let code = app.code_for(PHONE).await;
    let reply = browser.log_in(sent.text("challenge_id"), &code).await;
    let set = reply.headers.get_all("set-cookie").iter();
    let set = set.map(|cookie| cookie.to_str().unwrap());
    let cookie = set.filter(|cookie| cookie.starts_with("__Host-browser="));
    let cookie: Vec<_> = cookie.collect();
    let lasts = format!("Max-Age={}", TimeDelta::days(180).num_seconds());
    assert!(
        cookie.len() == 1 && cookie[0].contains(&lasts),
        "{cookie:?}"
    );
    let before = browser.cookie("__Host-browser");
    assert_eq!(browser.delete(CURRENT).await.status, 204);
    assert_eq!(browser.cookie("__Host-browser"), before);
}

#[actix_web::test]
pub(crate) async fn wrong_codes_ask_for_a_captcha_in_their_own_browser_only() {
    let app = TestApp::start().await;
    let (stranger, owner) = (app.browser(), app.browser());
    let sent = stranger.ask_for_code(PHONE).await;
    let wrong = another(&app.code_for(PHONE).await);
    for _ in 0..FAILURES_BEFORE_CAPTCHA {
        stranger.log_in(sent.text("challenge_id"), wrong).await;
    }
    app.advance(seconds(RESEND_AFTER)).await;
    let sent = ask(&app, &stranger, PHONE).await;
    let code = app.code_for(PHONE).await;
    let asked = stranger.log_in(sent.text("challenge_id"), &code).await;
    assert_eq!(asked.problem(), (422, "login.captcha_required".to_owned()));

    app.advance(seconds(RESEND_AFTER)).await;
    let other = ask(&app, &owner, PHONE).await;
    let right = app.code_for(PHONE).await;
    let logged_in = owner.log_in(other.text("challenge_id"), &right).await;
    assert_eq!(logged_in.status, 201, "{logged_in:?}");
}

#[actix_web::test]
async fn a_captcha_lets_a_person_try_on_after_wrong_codes() {
    let app = TestApp::start().await;
    let browser = app.browser();
    burn(&app, &browser, PHONE).await;
    app.advance(seconds(RESEND_AFTER)).await;
    let sent = ask(&app, &browser, PHONE).await;
    let body = json!({
        "challenge_id": sent.text("challenge_id"), "code": app.code_for(PHONE).await,
        "agreement_version": agreement(), "captcha_token": app.captcha_token().await,
    });
    let logged_in = browser.post(SESSIONS, body).await;
    assert_eq!(logged_in.status, 201, "{logged_in:?}");
}

#[actix_web::test]
pub(crate) async fn a_network_that_asks_for_ten_codes_in_an_hour_is_busy_and_blames_nobody() {
    let app = TestApp::start().await;
    let most = SENDS_PER_ADDRESS_BEFORE_CAPTCHA[0].most;
    let at_campus = || app.browser_at("203.0.113.7");
    for number in 0..most {
        let sent = at_campus().ask_for_code(&phone(number)).await;
        assert_eq!(sent.status, 202, "{sent:?}");
    }
    let eleventh = at_campus().ask_for_code(&phone(most)).await;
    assert_eq!(eleventh.problem(), (422, "login.network_busy".to_owned()));
    assert!(
        eleventh.text("detail").contains("这不是您的问题"),
        "{eleventh:?}"
    );
    let sent = ask(&app, &at_campus(), &phone(most)).await;
    assert_eq!(sent.status, 202, "{sent:?}");
    assert_eq!(app.browser().ask_for_code(&phone(99)).await.status, 202);
}

#[actix_web::test]
async fn codes_are_counted_by_the_networks_of_an_ipv6_address() {
    let app = TestApp::start().await;
    let most = SENDS_PER_ADDRESS_BEFORE_CAPTCHA[0].most;
    // A /56 has what four households have, a /48 what sixteen have; here each household asks twice.
    for (organisation, streets, allowed) in [(1, 1, 4 * most), (2, 16, 16 * most)] {
        for number in 0..=allowed {
            let (street, household) = (number / 2 % streets, number / 2 / streets);
            let address = format!("2001:db8:{organisation}:{:x}::1", street * 256 + household);
            let asker = app.browser_at(&address);
            let reply = asker
                .ask_for_code(&phone(1_000 * organisation + number))
                .await;
            if number < allowed {
                assert_eq!(reply.status, 202, "{number}: {reply:?}");
            } else {
                assert_eq!(reply.problem(), (422, "login.network_busy".to_owned()));
            }
        }
    }
}

#[actix_web::test]
pub(crate) async fn a_network_has_a_limit_also_with_captchas() {
    let app = TestApp::start().await;
    let most = SENDS_PER_ADDRESS[0].most;
    for number in 0..most {
        let browser = app.browser_at("203.0.113.7");
        let sent = ask(&app, &browser, &phone(number)).await;
        assert_eq!(sent.status, 202, "{sent:?}");
    }
    let full = ask(&app, &app.browser_at("203.0.113.7"), &phone(most)).await;
    assert_eq!(full.problem(), (429, "login.network_full".to_owned()));
    assert!(!full.header("retry-after").is_empty());
    assert!(full.text("detail").contains("这不是您的问题"), "{full:?}");
}

#[actix_web::test]
pub(crate) async fn when_todays_messages_are_used_up_everybody_is_told_when_to_come_again() {
    let app = TestApp::start_with(|config, _| config["messages_a_day"] = 3.into()).await;
    for number in 0..3 {
        let sent = app.browser().ask_for_code(&phone(number)).await;
        assert_eq!(sent.status, 202, "{sent:?}");
    }
    let refused = app.browser().ask_for_code(&phone(3)).await;
    assert_eq!(
        refused.problem(),
        (503, "login.messages_used_up".to_owned())
    );
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=86_400).contains(&wait), "{wait}");
    assert!(app.messages_to(&phone(3)).await.is_empty());
    app.advance(wait).await;
    assert_eq!(app.browser().ask_for_code(&phone(3)).await.status, 202);
}

#[actix_web::test]
async fn while_codes_are_wasted_everybody_needs_a_captcha() {
    let app = TestApp::start().await;
    for number in 0..=200 {
        let browser = app.browser_at(&format!("198.18.{number}.1"));
        let token = app.captcha_token().await;
        let body = json!({ "phone": phone(number), "agreement_version": agreement(), "captcha_token": token });
        assert_eq!(browser.post(CHALLENGES, body).await.status, 202);
    }
    let bare = app.browser().ask_for_code(&phone(999)).await;
    assert_eq!(bare.problem(), (422, "login.captcha_required".to_owned()));
    assert_eq!(ask(&app, &app.browser(), &phone(999)).await.status, 202);
}
