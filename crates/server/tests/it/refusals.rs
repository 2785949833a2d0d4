//! What every operation refuses alike: other sites' pages, unreadable bodies, a database that is gone.

use bytes::Bytes;
use futures_util::future::join_all;
use futures_util::stream;
use http_body::Frame;
use http_body_util::StreamBody;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Body, Method};
use serde_json::json;

use crate::answers;
use crate::app::TestApp;
use crate::call::Owner;
use crate::document::{Operation, operations};
use crate::raw::RawConnection;

/// The largest body that is no photo, and a byte.
const TOO_LARGE: usize = 64 * 1024 + 1;

/// A byte more than the JSON of an operation may have: a list of many students may have 2 MB.
fn too_large(operation: &Operation) -> usize {
    if [
        "put_roster_entries",
        "create_known_photo",
        "create_capture_enrolment",
    ]
    .contains(&operation.id.as_str())
    {
        2_000_001
    } else {
        TOO_LARGE
    }
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// Whether it is called without any session, by systems that prove themselves in each call.
fn is_of_systems(operation: &Operation) -> bool {
    is_notice(operation) || operation.path.starts_with("/oauth/")
}

fn is_notice(operation: &Operation) -> bool {
    operation.path.starts_with("/notify/")
}

/// Whether an operation needs no database.
fn is_told_from_memory(operation: &Operation) -> bool {
    [
        "get_login_settings",
        "list_agreements",
        "get_captcha_challenge",
        "get_oauth_metadata",
        "get_jwks",
    ]
    .contains(&operation.id.as_str())
}

#[actix_web::test]
pub(crate) async fn another_sites_page_changes_nothing() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    for operation in operations() {
        if operation.method != Method::GET && !is_of_systems(operation) {
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
                refused(422, "request.field_unknown"),
            ),
            (
                " ".repeat(too_large(operation)),
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
        for body in [
            Body::from(" ".repeat(TOO_LARGE)),
            chunked(vec![vec![b' '; TOO_LARGE]]),
        ] {
            let request = owner.call(&provider, operation);
            let reply = provider.send(request.body(body)).await;
            assert_eq!(reply.status, 413, "{}", operation.id);
            if operation.id == "notify_alipay" {
                assert_eq!(reply.bytes, b"fail");
            } else {
                let refused = reply.json();
                assert_eq!(refused["code"], "FAIL", "{}", operation.id);
                assert_eq!(refused["problem"], "request.too_large", "{}", operation.id);
            }
        }
    }
}

/// A body whose length is not announced.
fn chunked(parts: Vec<Vec<u8>>) -> Body {
    let frames = parts.into_iter().map(Bytes::from).map(Frame::data);
    Body::wrap(StreamBody::new(stream::iter(
        frames.map(Ok::<_, std::io::Error>),
    )))
}

#[actix_web::test]
async fn a_body_whose_length_is_not_announced_is_as_limited() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    for operation in operations().iter().filter(|operation| operation.takes_json) {
        let request = browser
            .request(operation.method.clone(), &owner.path(operation))
            .header("Idempotency-Key", "key")
            .header(CONTENT_TYPE, "application/json");
        let reply = browser
            .send(request.body(chunked(vec![vec![b' '; too_large(operation)]])))
            .await;
        assert_eq!(
            reply.problem(),
            refused(413, "request.too_large"),
            "{}",
            operation.id
        );
    }
    let upload = operations()
        .iter()
        .find(|operation| operation.id == "create_photo");
    let start = "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n";
    let mut form = vec![start.as_bytes().to_vec()];
    form.extend((0..11).map(|_| vec![0xFF; 1024 * 1024]));
    let request = browser
        .request(Method::POST, &owner.path(upload.unwrap()))
        .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(chunked(form));
    let reply = browser.send(request).await;
    assert_eq!(reply.problem(), refused(413, "photo.file_too_large"));
}

#[actix_web::test]
pub(crate) async fn no_part_of_an_address_is_longer_than_it_may_be() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    for operation in operations() {
        let path = owner.path(operation);
        let join = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{join}x={}", "1".repeat(1_024));
        let request = browser.request(operation.method.clone(), &path);
        let reply = browser.send(request).await;
        assert_eq!(
            reply.problem(),
            refused(414, "request.address_too_long"),
            "{}",
            operation.id
        );
    }
    let long = "1".repeat(60_000);
    let path = format!("/api/v1/schools/suggestions?prefix={long}");
    assert_eq!(browser.get(&path).await.status, 414);
    assert_eq!(
        browser.get(&format!("/api/v1/tasks/{long}")).await.status,
        414
    );
    // A prefix of 100 characters is looked for; a longer one is a wrong field.
    for (characters, status) in [(100, 200), (101, 422)] {
        let path = format!(
            "/api/v1/schools/suggestions?prefix={}",
            "字".repeat(characters)
        );
        assert_eq!(browser.get(&path).await.status, status, "{characters}");
        let path = format!("/api/v1/schools?name={}", "字".repeat(characters));
        let expected = if status == 200 { 404 } else { status };
        assert_eq!(browser.get(&path).await.status, expected, "{characters}");
    }
}

#[actix_web::test]
pub(crate) async fn a_body_that_does_not_arrive_is_given_up() {
    let app = TestApp::with_sample_and(|config| {
        config["http"] = json!({ "transfer_grace_ms": 200, "min_bytes_per_s": 1_000_000 });
    })
    .await;
    let owner = Owner::new(&app).await;
    let takes_file = [
        "create_photo",
        "create_roster_import",
        "create_photo_results",
        "take_school_list",
    ];
    let takes_body = |it: &&Operation| {
        it.takes_json || is_of_systems(it) || takes_file.contains(&it.id.as_str())
    };
    let calls = operations()
        .iter()
        .filter(takes_body)
        .map(async |operation| {
            let request = owner.call(&owner.browser, operation).build().unwrap();
            let reply = RawConnection::open(&app.origin)
                .await
                .send_part_of(request)
                .await;
            let path = owner.path(operation);
            let path = path.split('?').next().unwrap_or_default();
            answers::note(&operation.method, path, &reply);
            assert_eq!(
                reply.problem(),
                refused(408, "request.timeout"),
                "{}",
                operation.id
            );
            assert_eq!(reply.header("connection"), "close");
        });
    join_all(calls).await;
}

#[actix_web::test]
pub(crate) async fn without_a_database_everybody_is_asked_to_come_again() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    app.context.store.close().await.unwrap();
    for operation in operations() {
        let id = &operation.id;
        let reply = browser.send(owner.call(browser, operation)).await;
        if is_told_from_memory(operation) {
            assert!(matches!(reply.status, 200 | 204), "{id}: {reply:?}");
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
        if !is_told_from_memory(operation) && !is_notice(operation) {
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
