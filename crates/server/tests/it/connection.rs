//! Clients that take too long, take too much, or send what nobody wants: none of them keeps a connection, a time series or
//! a line in the log.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::log::Log;
use crate::raw::RawConnection;

/// How often something is looked for that happens without an answer, and how many looks are enough.
const LOOK_EVERY: Duration = Duration::from_millis(20);
const LOOKS: usize = 500;
const SETTINGS: &str = "/api/v1/auth/settings";
const REFRESH: &str = "/api/v1/auth/sessions/refresh";

async fn app(http: Value) -> TestApp {
    TestApp::start_with(|config, _| config["http"] = http).await
}

/// Short deadlines for everything. Those that actix-http holds count from a time that it renews twice a second: below that
/// they could be over when they begin.
fn impatient() -> Value {
    json!({ "head_timeout_ms": 1_000, "keep_alive_ms": 1_000, "transfer_grace_ms": 200, "unread_body_ms": 200,
        "close_timeout_ms": 1_000, "min_bytes_per_s": 1_000_000 })
}

/// Waits for something that no answer tells of.
async fn wait_until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..LOOKS {
        if is_so().await {
            return;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    panic!("{what}");
}

async fn figures(app: &TestApp) -> String {
    String::from_utf8(app.operator().get("/metrics").await.bytes).unwrap()
}

/// The sum of a counter over its labels that contain `label`.
fn count(figures: &str, name: &str, label: &str) -> u64 {
    let lines = figures
        .lines()
        .filter(|line| line.starts_with(name) && line.contains(label));
    lines
        .filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
        .sum()
}

/// How many connections of clients the server at this origin holds. The kernel lists them by its port; the ends of the
/// clients have other ports, and what nobody holds any more has no inode.
fn held(origin: &str) -> usize {
    let port: u16 = origin.rsplit(':').next().unwrap().parse().unwrap();
    let (port, listens) = (format!(":{port:04X}"), "0A");
    let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
    let is_held = |line: &&str| {
        let columns: Vec<_> = line.split_whitespace().collect();
        columns[1].ends_with(&port) && columns[3] != listens && columns[9] != "0"
    };
    table.lines().skip(1).filter(is_held).count()
}

#[actix_web::test]
async fn invented_methods_and_headers_make_no_time_series_and_no_log() {
    let log = Log::of_this_process();
    let app = TestApp::start().await;
    app.browser().get(SETTINGS).await;
    // The backlog is told once the background has counted it for the first time.
    let count_series =
        |figures: &str| (figures.lines().filter(|line| !line.contains("jobs_"))).count();
    let series = count_series(&figures(&app).await);
    let logged = log.bytes();
    for number in 0..300 {
        let mut client = RawConnection::open(&app.origin).await;
        let long = "x".repeat(2_000);
        client
            .send(format!(
                "M{number} /{long} HTTP/1.1\r\nHost: test\r\nX-{number}: {long}\r\n\r\n"
            ))
            .await;
        let answer = client.read_to_end().await;
        assert!(answer.starts_with("HTTP/1.1 501"), "{answer}");
    }
    for number in 0..20 {
        let mut client = RawConnection::open(&app.origin).await;
        let serial = format!("{number}").repeat(10_000);
        let head = "POST /notify/wechat/main/pay HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 2";
        client
            .send(format!("{head}\r\nWechatpay-Serial: {serial}\r\n\r\n{{}}"))
            .await;
        let answer = client.read_to_end().await;
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    }
    let after = figures(&app).await;
    assert!(!after.contains("M1"), "{after}");
    // All series of known routes are there from the start; refused notices add none.
    assert!(count_series(&after) < series + 20, "{after}");
    assert_eq!(count(&after, "http_methods_refused_total", ""), 300);
    let logged = log.bytes() - logged;
    assert!(logged < 20 * 2_000, "{logged} bytes");
}

#[actix_web::test]
async fn a_connection_whose_body_stays_unread_is_closed_after_the_answer() {
    let app = app(impatient()).await;
    let chunked = |sent: usize| {
        let chunk = format!("{sent:x}\r\n{}\r\n", "x".repeat(sent));
        let chunk = if sent == 0 { String::new() } else { chunk };
        format!("Transfer-Encoding: chunked\r\n\r\n{chunk}")
    };
    let sized = |sent: usize| format!("Content-Length: 1000000\r\n\r\n{}", "x".repeat(sent));
    let mut clients = Vec::new();
    for sent in [0, 1, 40_000, 400_000] {
        for body in [chunked(sent), sized(sent)] {
            for (origin, start, status) in [
                (&app.origin, format!("GET {SETTINGS}"), 200),
                (&app.origin, "GET /nothing.png".to_owned(), 404),
                (&app.origin, "BREW /coffee".to_owned(), 501),
                (&app.origin, format!("POST {REFRESH}"), 401),
                (&app.ops_origin, "GET /readyz".to_owned(), 200),
            ] {
                let head = "Host: test\r\nCookie: __Host-refresh=invented\r\n";
                let request = format!("{start} HTTP/1.1\r\n{head}{body}");
                clients.push(async move {
                    let mut client = RawConnection::open(origin).await;
                    client.send(request).await;
                    let answer = client.read_to_end().await;
                    let expected = format!("HTTP/1.1 {status}");
                    assert!(answer.starts_with(&expected), "{start}: {answer:?}");
                    assert!(answer.contains("connection: close"), "{answer}");
                    client
                });
            }
        }
    }
    let clients = join_all(clients).await;
    assert_eq!(clients.len(), 40);
    // The clients keep their ends open: only the server's must be gone.
    wait_until("the server keeps connections", async || {
        held(&app.origin) + held(&app.ops_origin) == 0
    })
    .await;
    drop(clients);
}

#[actix_web::test]
async fn clients_that_go_away_in_the_middle_of_a_body_leave_nothing_behind() {
    let app = TestApp::start().await;
    for path in [SETTINGS, REFRESH] {
        let clients = (0..50).map(async |_| {
            let mut client = RawConnection::open(&app.origin).await;
            let body = format!("fffff\r\n{}", "x".repeat(300_000));
            client
                .send(format!(
                    "GET {path} HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n{body}"
                ))
                .await;
        });
        join_all(clients).await;
    }
    wait_until("the server keeps connections", async || {
        held(&app.origin) == 0
    })
    .await;
}

#[actix_web::test]
async fn a_small_body_that_nobody_reads_costs_no_connection() {
    let app = TestApp::start().await;
    let mut client = RawConnection::open(&app.origin).await;
    for _ in 0..3 {
        client
            .send(format!(
                "GET {SETTINGS} HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello"
            ))
            .await;
        let answer = client.read_answer().await;
        assert_eq!(
            (answer.status, answer.header("connection").as_str()),
            (200, "")
        );
    }
}

#[actix_web::test]
async fn every_head_has_a_deadline_and_not_only_the_first() {
    let app = app(impatient()).await;
    let request = format!("GET {SETTINGS} HTTP/1.1\r\nHost: test\r\n\r\n");
    let mut client = RawConnection::open(&app.origin).await;
    client.send("GET / HT").await;
    let answer = client.read_to_end().await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    let mut client = RawConnection::open(&app.origin).await;
    client.send(&request).await;
    assert_eq!(client.read_answer().await.status, 200);
    client.send("G").await;
    assert_eq!(client.read_to_end().await, "");
    let mut unused = RawConnection::open(&app.origin).await;
    unused.send(&request).await;
    assert_eq!(unused.read_answer().await.status, 200);
    assert_eq!(unused.read_to_end().await, "");
}

#[actix_web::test]
async fn an_answer_that_is_not_read_is_given_up() {
    let app = app(impatient()).await;
    let large = "x".repeat(32 * 1024 * 1024);
    std::fs::write(app.folder().join("web/assets/large.js"), large).unwrap();
    let mut client = RawConnection::open(&app.origin).await;
    client
        .send("GET /assets/large.js HTTP/1.1\r\nHost: test\r\n\r\n")
        .await;
    wait_until("the server waits for the client", async || {
        count(
            &figures(&app).await,
            "http_connections_timed_out_total",
            "writing",
        ) > 0
    })
    .await;
    assert!(client.read_to_end().await.len() < 32 * 1024 * 1024);
}

#[actix_web::test]
async fn an_address_has_its_share_of_the_connections() {
    let app = TestApp::start_with(|config, _| {
        config["trust_proxy"] = false.into();
        config["http"] = json!({ "max_per_address": 3, "keep_alive_ms": 60_000 });
    })
    .await;
    let request = format!("GET {SETTINGS} HTTP/1.1\r\nHost: test\r\n\r\n");
    let mut clients = Vec::new();
    for _ in 0..3 {
        let mut client = RawConnection::open(&app.origin).await;
        client.send(&request).await;
        assert_eq!(client.read_answer().await.status, 200);
        clients.push(client);
    }
    let mut refused = RawConnection::open(&app.origin).await;
    refused.send(&request).await;
    assert_eq!(refused.read_to_end().await, "");
    clients.pop();
    wait_until("a place that was given back is not taken", async || {
        let mut client = RawConnection::open(&app.origin).await;
        client
            .send(request.replace("Host", "Connection: close\r\nHost"))
            .await;
        client.read_to_end().await.starts_with("HTTP/1.1 200")
    })
    .await;
}

#[actix_web::test]
async fn there_are_only_so_many_connections_whoever_they_are_of() {
    let app = app(json!({ "max_connections": 2, "max_per_address": 100 })).await;
    let request = format!("GET {SETTINGS} HTTP/1.1\r\nHost: test\r\n\r\n");
    let mut clients = Vec::new();
    for _ in 0..2 {
        let mut client = RawConnection::open(&app.origin).await;
        client.send(&request).await;
        assert_eq!(client.read_answer().await.status, 200);
        clients.push(client);
    }
    let mut refused = RawConnection::open(&app.origin).await;
    refused.send(&request).await;
    assert_eq!(refused.read_to_end().await, "");
    assert_eq!(app.operator().get("/readyz").await.status, 200);
}

#[actix_web::test]
async fn behind_a_proxy_the_requests_of_each_client_are_counted() {
    let app = app(json!({ "max_per_address": 2 })).await;
    let stall = async || {
        let mut client = RawConnection::open(&app.origin).await;
        let head =
            "POST /notify/alipay/main HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: 203.0.113.9\r\n";
        client
            .send(format!("{head}Content-Length: 9\r\n\r\n"))
            .await;
        client
    };
    let ask = async |address: &str| {
        let mut client = RawConnection::open(&app.origin).await;
        let head =
            format!("GET {SETTINGS} HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: {address}\r\n\r\n");
        client.send(head).await;
        client.read_answer().await.status
    };
    // One that arrives after the question is refused itself; the next one takes its place.
    let mut stalled = Vec::new();
    wait_until("a third request is answered", async || {
        stalled.push(stall().await);
        ask("203.0.113.9").await == 503
    })
    .await;
    assert_eq!(ask("203.0.113.10").await, 200);
    drop(stalled);
    wait_until("a place that was given back is not taken", async || {
        ask("203.0.113.9").await == 200
    })
    .await;
}
