//! What every operation refuses alike: other sites' pages, unreadable bodies, a database that is gone.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;

use crate::app::TestApp;
use crate::call::Owner;
use crate::document::{Operation, operations};

/// The largest body that is no photo, and a byte.
const TOO_LARGE: usize = 64 * 1024 + 1;

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

fn is_notice(operation: &Operation) -> bool {
    operation.path.starts_with("/notify/")
}

/// Whether an operation needs no database.
fn is_told_from_memory(operation: &Operation) -> bool {
    [
        "get_login_settings",
        "list_agreements",
        "get_liveness",
        "get_metrics",
    ]
    .contains(&operation.id.as_str())
}

#[actix_web::test]
pub(crate) async fn another_sites_page_changes_nothing() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    for operation in operations() {
        if operation.method != Method::GET && !is_notice(operation) {
            let reply = browser
                .send_from_elsewhere(owner.call(browser, operation))
                .await;
            let expected = refused(403, "session.origin_refused");
            assert_eq!(reply.problem(), expected, "{}", operation.id);
        }
    }
    let order = operations().iter().find(|it| it.id == "get_order").unwrap();
    let order = browser.get(&owner.path(order)).await;
    assert_eq!(
        (order.text("status"), &order.json()["version"]),
        ("unpaid".into(), &1.into())
    );
}

#[actix_web::test]
pub(crate) async fn a_body_that_cannot_be_read_says_how_it_should_be() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    let json = "application/json";
    for operation in operations().iter().filter(|operation| operation.takes_json) {
        for (body, media_type, expected) in [
            ("{".to_owned(), json, refused(400, "request.malformed")),
            (
                "{}".to_owned(),
                "text/plain",
                refused(415, "request.media_type"),
            ),
            (
                "{\"x\":1}".to_owned(),
                json,
                refused(422, "request.fields_invalid"),
            ),
            (
                " ".repeat(TOO_LARGE),
                json,
                refused(413, "request.too_large"),
            ),
        ] {
            let request = browser
                .request(operation.method.clone(), &owner.path(operation))
                .header("Idempotency-Key", "key")
                .header(CONTENT_TYPE, media_type);
            let reply = browser.send(request.body(body)).await;
            assert_eq!(reply.problem(), expected, "{}", operation.id);
        }
    }
}

#[actix_web::test]
pub(crate) async fn a_notice_is_never_so_large() {
    let app = TestApp::with_sample().await;
    let (owner, provider) = (Owner::new(&app).await, app.browser());
    for operation in operations().iter().filter(|operation| is_notice(operation)) {
        let request = owner.call(&provider, operation);
        let reply = provider.send(request.body(" ".repeat(TOO_LARGE))).await;
        assert_eq!(reply.status, 413, "{}", operation.id);
    }
}

#[actix_web::test]
pub(crate) async fn without_a_database_everybody_is_asked_to_come_again() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    let store = &app.context.store;
    for pool in [store.reader(), store.writer()] {
        pool.clone().close().await.unwrap();
    }
    for operation in operations() {
        let id = &operation.id;
        let reply = browser.send(owner.call(browser, operation)).await;
        if is_told_from_memory(operation) {
            assert!(matches!(reply.status, 200 | 204), "{id}: {reply:?}");
        } else if id == "get_readiness" {
            assert_eq!(
                (reply.status, &reply.json()["database"]),
                (503, &false.into())
            );
        } else if !is_notice(operation) {
            assert_eq!(reply.problem(), refused(503, "server.unavailable"), "{id}");
            assert_eq!(reply.header("retry-after"), "5", "{id}");
        }
    }
}

#[actix_web::test]
pub(crate) async fn a_fault_of_ours_is_told_as_such_and_nothing_of_it() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    migrations::down_all(app.context.store.writer())
        .await
        .unwrap();
    for operation in operations() {
        let is_answered = is_told_from_memory(operation) || operation.id == "get_readiness";
        if !is_answered && !is_notice(operation) {
            let reply = browser.send(owner.call(browser, operation)).await;
            assert_eq!(
                reply.problem(),
                refused(500, "server.error"),
                "{}",
                operation.id
            );
            let text = String::from_utf8(reply.bytes).unwrap();
            assert!(!text.contains("no such table"), "{text}");
        }
    }
}
