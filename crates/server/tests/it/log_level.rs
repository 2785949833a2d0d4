//! What repeats is one line a minute with a count, and what clients do wrong is no error.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::buyer::Buyer;
use crate::journey::ZHANG;
use crate::log::Log;

/// Requests while the database is gone.
const REQUESTS: usize = 200;

fn counted(lines: &[Value], message: &str) -> u64 {
    let lines = lines.iter().filter(|line| {
        line["message"]
            .as_str()
            .is_some_and(|text| text.contains(message))
    });
    lines.filter_map(|line| line["log.count"].as_u64()).sum()
}

#[actix_web::test]
async fn a_database_that_is_gone_is_a_few_lines_a_minute_that_count_every_failure() {
    let log = Log::of_this_process();
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, "13800138000", ZHANG).await;
    let out_trade_no = buyer.begun(&app, "wechat_pay").await;
    let before = log.lines().len();
    app.context.store.close().await.unwrap();
    for _ in 0..REQUESTS {
        let reply = buyer.browser.get("/api/v1/me").await;
        assert_eq!(reply.problem(), (503, "server.unavailable".to_owned()));
    }
    let paid = json!({ "out_trade_no": out_trade_no });
    app.control("pay", paid.clone()).await;
    for _ in 0..2 {
        app.control("notify", paid.clone()).await;
    }
    let run = service::worker::run_due(&app.context).await;
    assert!(run.is_err());
    let errors = || {
        let lines = log.lines().split_off(before);
        let is_error = |line: &Value| line["level"] == "ERROR";
        lines.into_iter().filter(is_error).collect::<Vec<_>>()
    };
    assert!(errors().len() <= 10, "{:#?}", errors());
    app.advance(61).await;
    app.context.write_aggregated();
    let errors = errors();
    assert!(errors.len() <= 20, "{errors:#?}");
    let failed = counted(&errors, "A request failed: the database is unavailable");
    assert_eq!(failed, REQUESTS as u64, "{errors:#?}");
    assert!(
        counted(&errors, "A notice was not acted on") >= 3,
        "{errors:#?}"
    );
    // Each request still has its line.
    let requests = log.lines_with("http.problem", "server.unavailable");
    assert_eq!(requests.len(), REQUESTS);
}

#[actix_web::test]
async fn what_clients_do_wrong_is_no_error() {
    let log = Log::of_this_process();
    let app = TestApp::with_sample().await;
    let (student, stranger) = (app.student("13800138000").await, app.browser());
    for (path, body) in [
        ("/api/v1/auth/sms-challenges", json!({ "phone": "12" })),
        ("/api/v1/auth/sessions", json!({ "code": "1" })),
        ("/api/v1/enrolments", json!({})),
        ("/notify/wechat/main/pay", json!({ "id": "invented" })),
        ("/notify/alipay/nobody", json!({ "id": "invented" })),
    ] {
        for browser in [&student, &stranger] {
            let reply = browser.post(path, body.clone()).await;
            assert!(reply.status < 500, "{path}: {reply:?}");
        }
    }
    let errors = log.lines_with("level", "ERROR");
    assert!(errors.is_empty(), "{errors:#?}");
    let mut warnings = log.lines_with("level", "WARN");
    warnings.retain(|line| line["notice.why"].is_string());
    let mut reasons: Vec<_> = warnings
        .iter()
        .filter_map(|line| line["notice.why"].as_str())
        .collect();
    reasons.dedup();
    assert_eq!(
        reasons.len(),
        warnings.len(),
        "one line a minute: {warnings:#?}"
    );
}
