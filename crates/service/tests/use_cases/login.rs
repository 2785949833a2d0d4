//! Logging in: what a code is good for, and what becomes of a session's tokens.

use std::net::{IpAddr, Ipv4Addr};

use chrono::TimeDelta;
use domain::agreement::Document;
use domain::login::{CODE_LIFETIME, CODE_TRIES, RESEND_AFTER};
use domain::session::REFRESH_LIFETIME;
use domain::{ClientDevice, Lang, ProblemCode};
use secrecy::ExposeSecret;
use service::login::{Caller, LogIn, LoggedIn, SendCode};
use service::{Failure, login, session};

use crate::fixture::{Fixture, refused};

const VERSION: &str = Document::ServiceAgreement.current().version;

fn caller() -> Caller {
    Caller {
        address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
        browser: "a browser".to_owned(),
    }
}

async fn send_code(product: &Fixture) -> Result<String, Failure> {
    let wish = SendCode {
        phone: "138 0013 8000",
        agreement_version: VERSION,
        captcha_token: None,
    };
    let sent = login::send_code(&product.context, &caller(), wish).await?;
    Ok(sent.to_string())
}

async fn log_in(product: &Fixture, challenge_id: &str, code: &str) -> Result<LoggedIn, Failure> {
    let attempt = LogIn {
        challenge_id,
        code,
        agreement_version: VERSION,
        captcha_token: None,
        device: ClientDevice::of(""),
        language: Lang::Zh,
    };
    login::log_in(&product.context, &caller(), attempt).await
}

/// Another code than the one that was sent.
fn wrong(code: &str) -> &'static str {
    if code == "111111" { "222222" } else { "111111" }
}

#[tokio::test]
async fn a_code_works_once_within_its_time_and_after_few_wrong_tries() {
    let product = Fixture::new().await;
    let challenge = send_code(&product).await.unwrap();
    let code = product.last_code();
    let first = log_in(&product, &challenge, &code).await.unwrap();
    assert!(first.is_new);
    let again = refused(log_in(&product, &challenge, &code).await);
    assert_eq!(again, ProblemCode::LoginCodeExpired, "used");

    let too_soon = refused(send_code(&product).await);
    assert_eq!(too_soon, ProblemCode::LoginTooManySends);
    assert_eq!(product.sent_messages(), 1);
    product.advance(RESEND_AFTER);
    let challenge = send_code(&product).await.unwrap();
    let code = product.last_code();
    product.advance(CODE_LIFETIME);
    let late = refused(log_in(&product, &challenge, &code).await);
    assert_eq!(late, ProblemCode::LoginCodeExpired, "five minutes are over");

    product.advance(TimeDelta::hours(1));
    let challenge = send_code(&product).await.unwrap();
    let code = product.last_code();
    for tries in 1..=CODE_TRIES {
        let expected = if tries < CODE_TRIES {
            ProblemCode::LoginCodeWrong
        } else {
            ProblemCode::LoginCodeBurnt
        };
        let told = refused(log_in(&product, &challenge, wrong(&code)).await);
        assert_eq!(told, expected, "try {tries}");
    }
    let burnt = refused(log_in(&product, &challenge, &code).await);
    assert_eq!(burnt, ProblemCode::LoginCodeBurnt);
    assert_eq!(product.sent_messages(), 3);
}

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again_until_the_new_token_was_used() {
    let product = Fixture::new().await;
    let context = &product.context;
    let challenge = send_code(&product).await.unwrap();
    let code = product.last_code();
    let first = log_in(&product, &challenge, &code).await.unwrap().tokens;
    let refresh = |token: String| async move { session::refresh(context, Some(&token)).await };
    let first = first.refresh.expose_secret().to_owned();

    product.advance(TimeDelta::days(1));
    let second = refresh(first.clone()).await.unwrap();
    let same = refresh(first.clone()).await.unwrap();
    let second = second.refresh.expose_secret().to_owned();
    assert_eq!(same.refresh.expose_secret(), second);
    let third = refresh(second.clone()).await.unwrap();
    assert_ne!(third.refresh.expose_secret(), second);

    // The first token comes from somebody else now, so that the session ends.
    assert_eq!(refused(refresh(first).await), ProblemCode::SessionRequired);
    let third = third.refresh.expose_secret().to_owned();
    assert_eq!(refused(refresh(third).await), ProblemCode::SessionRequired);
}

#[tokio::test]
async fn a_session_ends_where_nobody_refreshes_it() {
    let product = Fixture::new().await;
    let challenge = send_code(&product).await.unwrap();
    let code = product.last_code();
    let tokens = log_in(&product, &challenge, &code).await.unwrap().tokens;
    let access = tokens.access.expose_secret();
    assert!(session::authenticate(&product.context, Some(access)).is_ok());
    product.advance(REFRESH_LIFETIME);
    let late = session::authenticate(&product.context, Some(access));
    assert_eq!(refused(late), ProblemCode::SessionRequired);
    let refresh = tokens.refresh.expose_secret();
    let late = session::refresh(&product.context, Some(refresh)).await;
    assert_eq!(refused(late), ProblemCode::SessionRequired);
}
