//! Sessions: refreshing, where one is logged in, ending, and what is noted about it.

use chrono::DateTime;
use domain::AccountId;
use domain::account::{Account, AccountState};
use domain::audit::AuditRecord;
use domain::role::Role;
use domain::session::{MAX_SESSIONS, REFRESH_LIFETIME};
use futures_util::future::join_all;
use reqwest::header::USER_AGENT;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;
use crate::browser::{Browser, Reply, agreement};

const PHONE: &str = "13800138000";
const ME: &str = "/api/v1/me";
const MY_SESSIONS: &str = "/api/v1/me/sessions";
const SESSIONS: &str = "/api/v1/auth/sessions";
const REFRESH: &str = "/api/v1/auth/sessions/refresh";
const CURRENT: &str = "/api/v1/auth/sessions/current";
const DAY_S: i64 = 86_400;
const HOUR_S: i64 = 3600;

fn required() -> (u16, String) {
    (401, "session.required".to_owned())
}

fn token(browser: &Browser) -> String {
    browser.cookie("__Host-refresh").unwrap()
}

/// Refreshes with a token, as a browser that has no other cookie of the session.
async fn refresh_with(app: &TestApp, token: &str) -> (u16, Option<String>) {
    let browser = app.browser();
    browser.set_cookie("__Host-refresh", Some(token));
    let reply = browser.act(REFRESH).await;
    (reply.status, browser.cookie("__Host-refresh"))
}

/// Logs a phone in with a `User-Agent`.
async fn log_in_with(app: &TestApp, phone: &str, user_agent: &str) -> Browser {
    let browser = app.browser();
    let sent = browser
        .ask_for_code_as_a_person(phone, &app.captcha_token().await)
        .await;
    assert_eq!(sent.status, 202, "{sent:?}");
    let body = json!({
        "challenge_id": sent.text("challenge_id"), "code": app.code_for(phone).await,
        "agreement_version": agreement(),
    });
    let request = browser
        .request(reqwest::Method::POST, SESSIONS)
        .header(USER_AGENT, user_agent)
        .json(&body);
    let reply = browser.send(request).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    browser
}

async fn account_id(browser: &Browser) -> Uuid {
    let id = browser.get(ME).await.text("id");
    id.parse::<AccountId>().unwrap().0
}

#[actix_web::test]
async fn a_lost_answer_is_given_again_until_its_token_is_used() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    let first = token(&browser);
    assert_eq!(browser.act(REFRESH).await.status, 204);
    let second = token(&browser);
    assert_ne!(first, second);
    // Days later the answer can still be asked for, as often as it is lost.
    app.advance(3 * DAY_S).await;
    for _ in 0..3 {
        browser.set_cookie("__Host-refresh", Some(&first));
        assert_eq!(browser.act(REFRESH).await.status, 204, "an answer was lost");
        assert_eq!(token(&browser), second, "there is one successor");
        assert_eq!(browser.get(ME).await.status, 200);
    }
    assert_eq!(browser.act(REFRESH).await.status, 204);
    let third = token(&browser);
    // Whoever comes with the first token now is somebody else.
    assert_eq!(refresh_with(&app, &first).await.0, 401);
    assert_eq!(refresh_with(&app, &third).await.0, 401, "the family ended");
    assert_eq!(browser.get(ME).await.problem(), required());
}

#[actix_web::test]
async fn refreshes_at_once_make_one_chain() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    let mut old = token(&browser);
    for _ in 0..3 {
        let replies = join_all((0..12).map(|_| refresh_with(&app, &old))).await;
        let (status, successor) = replies[0].clone();
        assert_eq!(status, 204);
        assert!(
            replies.iter().all(|reply| *reply == replies[0]),
            "{replies:?}"
        );
        old = successor.unwrap();
    }
    let listed = sessions(&browser).await;
    assert_eq!(listed.len(), 1, "{listed:?}");
}

/// A second copy of the server works on the same database; `SQLite` has one copy alone.
#[actix_web::test]
async fn two_copies_of_the_server_give_the_same_successor() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    let old = token(&browser);
    let Some(copy) = app.another_copy().await else {
        return;
    };
    let refresh_at = |origin: String| {
        let request = reqwest::Client::new()
            .post(format!("{origin}{REFRESH}"))
            .header("Cookie", format!("__Host-refresh={old}"));
        async move {
            let reply = request.send().await.unwrap();
            assert_eq!(reply.status(), 204);
            let cookies = reply.headers().get_all("set-cookie").iter();
            let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap().to_owned());
            let cookie = cookies
                .find(|cookie| cookie.starts_with("__Host-refresh="))
                .unwrap();
            cookie.split(';').next().unwrap().to_owned()
        }
    };
    let origins = (0..12).map(|number| {
        if number % 2 == 0 {
            app.origin.clone()
        } else {
            copy.clone()
        }
    });
    let given = join_all(origins.map(refresh_at)).await;
    assert!(given.iter().all(|one| *one == given[0]), "{given:?}");
}

#[actix_web::test]
async fn a_session_ends_after_thirty_days_however_often_it_is_refreshed() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    for _ in 0..2 {
        app.advance(14 * DAY_S - 1).await;
        assert_eq!(browser.act(REFRESH).await.status, 204);
    }
    // 28 days less 2 s have passed, so the cookie lasts for the rest of the 30 days.
    app.advance(2 * DAY_S - HOUR_S).await;
    let last = browser.act(REFRESH).await;
    assert_eq!(last.status, 204);
    let max_age = last.headers.get_all("set-cookie").iter();
    let max_age: Vec<_> = max_age.map(|cookie| cookie.to_str().unwrap()).collect();
    assert!(
        max_age.iter().all(|cookie| cookie.contains("Max-Age=360")),
        "{max_age:?}"
    );
    app.advance(HOUR_S + 2).await;
    assert_eq!(browser.get(ME).await.status, 401);
    assert_eq!(browser.act(REFRESH).await.problem(), required());
    assert!(REFRESH_LIFETIME.num_seconds() == 14 * DAY_S);
}

#[actix_web::test]
async fn a_staff_session_ends_after_twelve_hours() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    app.make_staff(&browser, Role::BureauReviewer, None).await;
    // Every 20 minutes, so that the session is never idle.
    for _ in 0..35 {
        app.advance(HOUR_S / 3).await;
        assert_eq!(browser.act(REFRESH).await.status, 204);
    }
    app.advance(HOUR_S / 3).await;
    assert_eq!(browser.act(REFRESH).await.problem(), required());
}

async fn sessions(browser: &Browser) -> Vec<Value> {
    let reply = browser.get(MY_SESSIONS).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["items"].as_array().unwrap().clone()
}

#[actix_web::test]
pub(crate) async fn one_sees_where_one_is_logged_in_and_ends_it() {
    let app = TestApp::start().await;
    let phone = log_in_with(
        &app,
        PHONE,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50",
    )
    .await;
    app.advance(HOUR_S).await;
    let laptop = log_in_with(
        &app,
        PHONE,
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36",
    )
    .await;
    app.advance(HOUR_S).await;
    assert_eq!(phone.act(REFRESH).await.status, 204);
    assert_eq!(laptop.act(REFRESH).await.status, 204);
    let tablet = log_in_with(&app, PHONE, "").await;

    let seen = sessions(&laptop).await;
    let devices: Vec<_> = seen
        .iter()
        .map(|one| {
            (
                one["browser"].as_str().unwrap(),
                one["system"].as_str().unwrap(),
                one["is_current"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        devices,
        [
            ("other", "other", false),
            ("chrome", "windows", true),
            ("wechat", "iphone", false)
        ]
    );
    assert!(
        seen[1]["last_used_at"].as_str() > seen[1]["began_at"].as_str(),
        "{seen:?}"
    );

    let end = |one: &Value| format!("{MY_SESSIONS}/{}", one["id"].as_str().unwrap());
    assert_eq!(laptop.delete(&end(&seen[2])).await.status, 204);
    assert_eq!(phone.get(ME).await.problem(), required(), "at once");
    assert_eq!(phone.act(REFRESH).await.problem(), required());
    let again = laptop.delete(&end(&seen[2])).await;
    assert_eq!(again.problem(), (404, "session.unknown".to_owned()));
    let stranger = app.student("13900139000").await;
    let foreign = stranger.delete(&end(&seen[1])).await;
    assert_eq!(foreign.problem(), (404, "session.unknown".to_owned()));

    assert_eq!(
        laptop.delete(&format!("{MY_SESSIONS}/others")).await.status,
        204
    );
    assert_eq!(tablet.get(ME).await.problem(), required());
    assert_eq!(sessions(&laptop).await.len(), 1);
    let own = laptop.delete(&end(&seen[1])).await;
    assert_eq!((own.status, laptop.cookie("__Host-access")), (204, None));
    assert_eq!(stranger.get(ME).await.status, 200);
}

#[actix_web::test]
pub(crate) async fn logging_out_everywhere_ends_this_session_too() {
    let app = TestApp::start().await;
    let one = app.student(PHONE).await;
    app.advance(HOUR_S).await;
    let other = app.student(PHONE).await;
    let access = one.cookie("__Host-access").unwrap();
    assert_eq!(one.act(REFRESH).await.status, 204);
    let reply = one.delete(MY_SESSIONS).await;
    assert_eq!(reply.status, 204);
    assert_eq!(reply.header("clear-site-data"), "\"storage\"");
    assert_eq!(one.cookie("__Host-refresh"), None);
    one.set_cookie("__Host-access", Some(&access));
    assert_eq!(one.get(ME).await.problem(), required());
    assert_eq!(other.get(ME).await.problem(), required());
    assert_eq!(other.act(REFRESH).await.problem(), required());
}

#[actix_web::test]
async fn the_session_that_was_used_longest_ago_ends_where_there_are_too_many() {
    let app = TestApp::start().await;
    let first = app.student(PHONE).await;
    let mut last = None;
    for _ in 0..MAX_SESSIONS {
        app.advance(3 * HOUR_S).await;
        last = Some(app.student(PHONE).await);
    }
    assert_eq!(sessions(&last.unwrap()).await.len(), MAX_SESSIONS);
    assert_eq!(first.act(REFRESH).await.problem(), required());
}

#[actix_web::test]
pub(crate) async fn an_account_that_is_not_active_has_no_sessions_and_gets_none() {
    let app = TestApp::start().await;
    let browser = app.student(PHONE).await;
    let id = account_id(&browser).await;
    let tx = app.context.store.begin().await.unwrap();
    let account = store::account::lock(&tx, AccountId(id)).await.unwrap();
    let erased = Account {
        state: AccountState::Erased,
        ..account.unwrap()
    };
    store::account::save(&tx, &erased).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
    // The refresh asks the database; other requests know within two seconds, when this has run.
    assert_eq!(refresh_with(&app, &token(&browser)).await.0, 401);
    service::session::learn(&app.context).await.unwrap();
    assert_eq!(browser.get(ME).await.problem(), required());

    app.advance(HOUR_S).await;
    let again = app.browser();
    let challenge = again.ask_for_code(PHONE).await.text("challenge_id");
    let reply = again.log_in(challenge, &app.code_for(PHONE).await).await;
    assert_eq!(reply.problem(), (403, "account.inactive".to_owned()));
}

async fn noted(app: &TestApp, actions: &[&str]) -> Vec<AuditRecord> {
    let on = app.context.store.reader();
    let all = store::audit::since(on, DateTime::UNIX_EPOCH, 1000).await;
    let mut noted = all.unwrap();
    noted.retain(|entry| actions.contains(&entry.action.as_str()));
    noted
}

/// The entry of one request is marked with its id and the hash of its address.
fn assert_marked(entry: &AuditRecord, reply: &Reply, hash: &Value) {
    assert_eq!(
        entry.request_id.as_deref(),
        Some(reply.header("x-request-id").as_str())
    );
    assert_eq!(entry.facts, json!({ "address_hash": hash }), "{entry:?}");
    assert_eq!(entry.reason, None);
}

#[actix_web::test]
async fn security_events_are_noted_with_request_and_hashed_address() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let challenge = browser.ask_for_code(PHONE).await.text("challenge_id");
    let code = app.code_for(PHONE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = browser.log_in(challenge.clone(), wrong).await;
    let begun = browser.log_in(challenge, &code).await;
    let account = account_id(&browser).await;
    let out = browser.delete(CURRENT).await;

    let entries = noted(
        &app,
        &["login.code_wrong", "account.registered", "session.ended"],
    )
    .await;
    let [wrong_code, registered, ended] = &entries[..] else {
        panic!("{entries:?}")
    };
    let hash = &registered.facts["address_hash"];
    assert_eq!(hash.as_str().unwrap().len(), 32);
    assert_marked(wrong_code, &refused, hash);
    assert_marked(registered, &begun, hash);
    assert_marked(ended, &out, hash);
    assert_eq!(wrong_code.actor, "visitor");
    assert_eq!(
        (registered.actor_id, ended.subject_account_id),
        (Some(AccountId(account)), Some(AccountId(account)))
    );

    let everything = format!("{entries:?}");
    assert!(!everything.contains(PHONE), "{everything}");
    assert!(!everything.contains("198.51.100"), "{everything}");

    app.advance(HOUR_S).await;
    let elsewhere = app.student(PHONE).await;
    let entries = noted(&app, &["session.began"]).await;
    assert_ne!(&entries[0].facts["address_hash"], hash, "another address");
    // A wrong code for a phone with an account is told to its owner.
    let stranger = app.browser();
    app.advance(60).await;
    let captcha = app.captcha_token().await;
    let sent = stranger.ask_for_code_as_a_person(PHONE, &captcha).await;
    let challenge = sent.text("challenge_id");
    let code = app.code_for(PHONE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    stranger.log_in(challenge, wrong).await;
    let log = elsewhere.get("/api/v1/me/access-log").await.json();
    assert_eq!(log["items"][0]["action"], "login.code_wrong", "{log}");
    assert_eq!(log["items"][0]["actor"], "visitor");
}
