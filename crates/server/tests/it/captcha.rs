//! The captcha: solved without a person, counted once on all copies of the server.

use domain::limit::VERIFICATIONS_BEFORE_CAPTCHA;
use providers::captcha::CHALLENGE_LIFETIME;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, agreement, solve};
use crate::journey::ZHANG;

const PHONE: &str = "13800138000";
const CHALLENGE: &str = "/api/v1/auth/captcha-challenge";
const ENROLMENTS: &str = "/api/v1/enrolments";

fn asked() -> (u16, String) {
    (422, "login.captcha_required".to_owned())
}

/// Has one code sent to a phone, so that each further one within the hour needs a captcha.
async fn send_first(app: &TestApp, phone: &str) {
    let sent = app.browser().ask_for_code(phone).await;
    assert_eq!(sent.status, 202, "{sent:?}");
    app.advance(60).await;
}

#[actix_web::test]
async fn a_solution_counts_once_on_all_copies() {
    let app = TestApp::start().await;
    let origins = [Some(app.origin.clone()), app.another_copy().await];
    send_first(&app, PHONE).await;
    send_first(&app, "13900139000").await;
    let first = app.browser();
    let token = first.captcha_token().await;
    let again = match &origins[1] {
        Some(origin) => Browser::new(reqwest::Client::new(), origin, "198.51.100.77"),
        None => app.browser(),
    };
    let sent = first.ask_for_code_as_a_person(PHONE, &token).await;
    assert_eq!(sent.status, 202, "{sent:?}");
    // The other copy's pages have the other copy's origin.
    let body =
        json!({ "phone": "13900139000", "agreement_version": agreement(), "captcha_token": token });
    let request = again.request(reqwest::Method::POST, "/api/v1/auth/sms-challenges");
    let mut request = request.json(&body).build().unwrap();
    request
        .headers_mut()
        .insert("Origin", app.origin.parse().unwrap());
    let request = reqwest::RequestBuilder::from_parts(reqwest::Client::new(), request);
    assert_eq!(again.send(request).await.problem(), asked());
    let fresh = again.captcha_token().await;
    let sent = app
        .browser()
        .ask_for_code_as_a_person("13900139000", &fresh)
        .await;
    assert_eq!(
        sent.status, 202,
        "one copy's challenge counts on another: {sent:?}"
    );
}

#[actix_web::test]
async fn twenty_uses_at_once_are_one() {
    let app = TestApp::start().await;
    let phone = |number: usize| format!("139{number:08}");
    for number in 0..20 {
        let sent = app.browser().ask_for_code(&phone(number)).await;
        assert_eq!(sent.status, 202, "{sent:?}");
    }
    app.advance(60).await;
    let token = app.captcha_token().await;
    let browsers: Vec<_> = (0..20).map(|_| app.browser()).collect();
    let phones: Vec<_> = (0..20).map(phone).collect();
    let uses = browsers.iter().zip(&phones);
    let uses = uses.map(|(browser, phone)| browser.ask_for_code_as_a_person(phone, &token));
    let replies = futures_util::future::join_all(uses).await;
    let sent = replies.iter().filter(|reply| reply.status == 202);
    assert_eq!(sent.count(), 1);
}

#[actix_web::test]
async fn a_solution_is_forgotten_when_it_would_not_count_any_more() {
    let app = TestApp::start().await;
    send_first(&app, PHONE).await;
    let late = app.captcha_token().await;
    app.advance(CHALLENGE_LIFETIME.num_seconds()).await;
    let reply = app.browser().ask_for_code_as_a_person(PHONE, &late).await;
    assert_eq!(reply.problem(), asked());
    let token = app.captcha_token().await;
    let sent = app.browser().ask_for_code_as_a_person(PHONE, &token).await;
    assert_eq!(sent.status, 202, "{sent:?}");
    let spent = async || {
        use store::Connection as _;
        // Changes nothing, and tells how many rows there are.
        let sql = "UPDATE spent_captchas SET challenge_hash = challenge_hash";
        let rows = app.context.store.writer().execute_unprepared(sql).await;
        rows.unwrap().rows_affected()
    };
    assert_eq!(spent().await, 1);
    app.work().await;
    assert_eq!(spent().await, 1);
    app.advance(CHALLENGE_LIFETIME.num_seconds()).await;
    app.work().await;
    assert_eq!(spent().await, 0);
}

#[actix_web::test]
async fn a_challenge_speaks_the_published_protocol() {
    let app = TestApp::start().await;
    let reply = app.browser().get(CHALLENGE).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    let challenge = reply.json();
    assert_eq!(
        (&challenge["algorithm"], &challenge["maxnumber"]),
        (&"SHA-256".into(), &50.into())
    );
    for field in ["challenge", "signature"] {
        let text = challenge[field].as_str().unwrap();
        assert!(
            text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{text}"
        );
    }
    assert!(challenge["salt"].as_str().unwrap().contains("?expires="));
    assert!(!solve(&challenge).is_empty());
    assert_ne!(app.browser().get(CHALLENGE).await.json(), challenge);
}

#[actix_web::test]
pub(crate) async fn a_server_without_a_captcha_issues_no_challenge() {
    let app = TestApp::start_with(|config, _| {
        config.as_object_mut().unwrap().remove("captcha");
    })
    .await;
    let reply = app.browser().get(CHALLENGE).await;
    assert_eq!(reply.problem(), (404, "request.not_found".to_owned()));
    send_first(&app, PHONE).await;
    assert_eq!(app.browser().ask_for_code(PHONE).await.status, 202);
}

#[actix_web::test]
pub(crate) async fn a_failed_verification_asks_for_a_captcha() {
    let app = TestApp::with_sample().await;
    let browser = app.student(PHONE).await;
    let right = browser.claim(ZHANG).await;
    let mut wrong = right.clone();
    wrong["document_number"] = "11010519491231002X".into();
    let verify = async |claim: &Value, token: Option<&str>| {
        let mut claim = claim.clone();
        if let Some(token) = token {
            claim["captcha_token"] = token.into();
        }
        browser.post(ENROLMENTS, claim).await
    };
    for _ in 0..VERIFICATIONS_BEFORE_CAPTCHA {
        assert_eq!(
            verify(&wrong, None).await.problem().1,
            "enrolment.not_found"
        );
    }
    let bare = verify(&right, None).await;
    assert_eq!(
        bare.problem(),
        (422, "enrolment.captcha_required".to_owned())
    );
    assert_eq!(verify(&right, Some("guessed")).await.status, 422);
    let token = browser.captcha_token().await;
    assert_eq!(verify(&right, Some(&token)).await.status, 201);
    // Another account in the same network, which has failed less often.
    let other = app.student("13800138009").await;
    assert_eq!(
        other.post(ENROLMENTS, wrong).await.problem().1,
        "enrolment.not_found"
    );
}
