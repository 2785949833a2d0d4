//! What is true of every answer: headers, problems, the document, the web app's files.

use domain::ProblemCode;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::buyer::Buyer;
use crate::call::Owner;
use crate::document::operations;
use crate::journey::ZHANG;
use crate::raw::RawConnection;

#[actix_web::test]
async fn health_and_figures_are_told_to_operators() {
    let app = TestApp::start().await;
    let browser = app.operator();
    assert_eq!(browser.get("/livez").await.status, 204);
    let ready = browser.get("/readyz").await;
    assert_eq!(
        (ready.status, ready.json()["database"].as_bool()),
        (200, Some(true))
    );
    let figures = browser.get("/metrics").await;
    assert_eq!(figures.status, 200);
    assert!(figures.header("content-type").starts_with("text/plain"));
    for path in ["/livez", "/readyz", "/metrics"] {
        let (public, other) = (app.browser(), format!("{path}/"));
        assert_eq!(public.get(path).await.problem().0, 404, "{path}");
        assert_eq!(public.get(&other).await.problem().0, 404, "{path}/");
        assert_eq!(browser.get(&other).await.status, 404, "{path}/");
        assert_eq!(browser.get(&format!("/{path}")).await.status, 404);
        assert_eq!(browser.act(path).await.status, 405, "{path}");
        let (get, head) = (browser.get(path).await, browser.head(path).await);
        assert_eq!((head.status, head.bytes.len()), (get.status, 0), "{path}");
    }
}

#[actix_web::test]
async fn every_address_that_is_read_answers_head_without_a_body() {
    let app = TestApp::with_sample().await;
    let owner = Owner::new(&app).await;
    let browser = &owner.browser;
    let read = operations().iter().filter(|it| it.method == Method::GET);
    let paths = read.map(|operation| owner.path(operation));
    let others = [
        "/",
        "/orders",
        "/assets/app-1.js",
        "/api/docs/",
        "/api/openapi.json",
    ];
    for path in paths.chain(others.map(str::to_owned)) {
        let (get, head) = (browser.get(&path).await, browser.head(&path).await);
        assert_eq!((head.status, head.bytes.len()), (get.status, 0), "{path}");
        let kind = "content-type";
        assert_eq!(head.header(kind), get.header(kind), "{path}");
    }
    let write = browser.head("/api/v1/auth/sessions").await;
    assert_eq!(write.status, 405);
}

#[actix_web::test]
async fn a_path_with_an_empty_part_is_no_page() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for path in ["/orders/", "//orders", "//api/v1/me", "/api/v1/me/", "//"] {
        let reply = browser.get(path).await;
        assert_eq!(
            reply.problem(),
            (404, "request.not_found".to_owned()),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn a_clock_that_differs_from_the_providers_is_a_figure() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, "13800138000", ZHANG).await;
    buyer.begun(&app, "alipay").await;
    let skew = json!({ "do": "clock_skew:100", "match": { "provider": "wechat" } });
    app.control("fault", skew).await;
    buyer.begun(&app, "wechat_pay").await;
    let figures = app.operator().get("/metrics").await;
    let figures = String::from_utf8(figures.bytes).unwrap();
    let ahead = |provider: &str| {
        let name = format!("clock_ahead_seconds{{provider=\"{provider}\"}} ");
        let mut values = figures.lines().filter_map(|line| line.strip_prefix(&name));
        let value = values.next().unwrap_or_else(|| panic!("{figures}"));
        value.parse::<i64>().unwrap()
    };
    assert!(ahead("alipay").abs() < 10);
    assert!((ahead("wechat_pay") + 100).abs() < 10);
}

#[actix_web::test]
async fn every_answer_carries_the_headers_that_keep_it_safe() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for path in [
        "/",
        "/api/v1/me",
        "/api/v1/auth/settings",
        "/nothing/here",
        "/api/docs/",
    ] {
        let reply = browser.get(path).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            reply.header("referrer-policy"),
            "strict-origin-when-cross-origin",
            "{path}"
        );
        assert!(
            reply
                .header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(
            reply
                .header("strict-transport-security")
                .starts_with("max-age="),
            "{path}"
        );
        assert!(reply.header("x-request-id").starts_with("req_"), "{path}");
        assert!(!reply.header("cache-control").is_empty(), "{path}");
    }
    assert_eq!(
        browser.get("/api/v1/me").await.header("cache-control"),
        "no-store"
    );
}

#[actix_web::test]
async fn a_page_permits_no_inline_script_or_style() {
    let app = TestApp::start().await;
    let policy = app
        .browser()
        .get("/")
        .await
        .header("content-security-policy");
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
        "{policy}"
    );
    assert!(policy.contains("style-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
}

#[actix_web::test]
async fn the_web_apps_files_come_compressed_and_every_other_address_is_a_page_of_theirs() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let page = browser.get("/orders/10001-260420-7K3M9QXT").await;
    assert_eq!(
        (page.status, page.header("cache-control").as_str()),
        (200, "no-cache")
    );
    assert!(page.header("content-type").starts_with("text/html"));
    for path in ["/console", "/console/tasks/1/roster?college=a.b"] {
        let console = browser.get(path).await;
        assert!(
            String::from_utf8_lossy(&console.bytes).contains("<title>console"),
            "{path}"
        );
        for name in [
            "cache-control",
            "content-security-policy",
            "x-frame-options",
        ] {
            assert_eq!(console.header(name), page.header(name), "{path}");
        }
    }
    let of_students = browser.get("/consoles").await;
    assert_eq!(of_students.bytes, page.bytes);
    let plain = browser.get("/assets/app-1.js").await;
    assert_eq!(
        (
            plain.bytes.as_slice(),
            plain.header("content-encoding").as_str()
        ),
        (&b"// script"[..], "")
    );
    let request = browser
        .request(Method::GET, "/assets/app-1.js")
        .header("Accept-Encoding", "gzip, br");
    let small = browser.send(request).await;
    assert_eq!(
        (
            small.bytes.as_slice(),
            small.header("content-encoding").as_str()
        ),
        (&b"compressed"[..], "br")
    );
    assert!(small.header("cache-control").contains("immutable"));
    assert_eq!(browser.get("/assets/app-2.js").await.problem().0, 404);
    assert_eq!(
        browser.get("/assets/../gradphoto.toml").await.problem().0,
        404
    );
    assert_eq!(browser.get("/%2e%2e/gradphoto.toml").await.problem().0, 404);
}

#[actix_web::test]
pub(crate) async fn a_wrong_method_and_an_unknown_path_are_problems_in_the_callers_language() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let wrong = browser.delete("/api/v1/me").await;
    assert_eq!(
        wrong.problem(),
        (405, "request.method_not_allowed".to_owned())
    );
    assert_eq!(wrong.header("allow"), "GET, HEAD, PATCH");
    // The name of a list is no school.
    let mut client = RawConnection::open(&app.origin).await;
    let head = "PATCH /api/v1/schools/suggestions HTTP/1.1\r\nHost: test\r\n";
    client
        .send(format!("{head}Connection: close\r\n\r\n"))
        .await;
    let refused = client.read_to_end().await;
    assert!(refused.starts_with("HTTP/1.1 405"), "{refused}");
    let unknown = browser.get("/api/v1/nothing").await;
    assert_eq!(unknown.problem(), (404, "request.not_found".to_owned()));
    assert_eq!(unknown.header("content-language"), "zh-CN");
    let english = browser
        .request(Method::GET, "/api/v1/nothing")
        .header("Accept-Language", "en-GB,zh;q=0.5");
    let english = browser.send(english).await;
    assert_eq!(english.text("title"), ProblemCode::RequestPath.title().en);
    assert_eq!(english.text("instance"), "/api/v1/nothing");
    assert_eq!(english.text("request_id"), english.header("x-request-id"));
}

#[actix_web::test]
async fn the_document_is_served_with_an_explorer_that_needs_nothing_from_outside() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let served: Value = browser.get("/api/openapi.json").await.json();
    let made: Value = serde_json::from_str(&server::document().to_json().unwrap()).unwrap();
    assert_eq!(served, made);
    let explorer = browser.get("/api/docs/").await;
    assert_eq!(explorer.status, 200, "{explorer:?}");
    let page = String::from_utf8(explorer.bytes).unwrap();
    assert!(
        !page.contains("https://") && page.contains("swagger-ui"),
        "{page}"
    );
    for asset in [
        "swagger-ui.css",
        "swagger-ui-bundle.js",
        "swagger-initializer.js",
    ] {
        assert_eq!(
            browser.get(&format!("/api/docs/{asset}")).await.status,
            200,
            "{asset}"
        );
    }
    // It gets a token by client credentials, and says whose.
    let started = browser.get("/api/docs/swagger-initializer.js").await;
    let started = String::from_utf8(started.bytes).unwrap();
    assert!(started.contains("initOAuth"), "{started}");
    let scheme = &served["components"]["securitySchemes"]["integrator"];
    let flow = &scheme["flows"]["clientCredentials"];
    assert_eq!(flow["tokenUrl"], "/oauth/token");
    for told in [&served["info"]["description"], &scheme["description"]] {
        let told = told.as_str().unwrap();
        assert!(
            told.contains("test school") && told.contains("测试学校"),
            "{told}"
        );
    }
}

#[actix_web::test]
async fn the_type_of_a_problem_points_to_its_explanation() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let kind = browser.get("/api/v1/me").await.text("type");
    let (page, fragment) = kind.split_once('#').unwrap();
    let page = browser.get(page).await;
    assert_eq!(page.status, 200, "{page:?}");
    let page = String::from_utf8(page.bytes).unwrap();
    assert!(page.contains(&format!("id=\"{fragment}\"")), "{fragment}");
}

#[test]
fn the_committed_document_is_the_one_that_the_routes_make() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/openapi.json");
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let made: Value = serde_json::from_str(&server::document().to_json().unwrap()).unwrap();
    assert!(
        committed == made,
        "openapi/openapi.json is stale: run `cargo xtask openapi`"
    );
}
