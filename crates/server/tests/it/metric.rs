//! A real scrape beside the table of metrics, and the alert rules beside it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use server::metric::{Kind, METRICS, Metric, Start};

use crate::app::TestApp;
use crate::buyer::Buyer;
use crate::journey::{LI, ZHANG};

/// One line of a scrape.
#[derive(Debug)]
struct Sample {
    name: String,
    labels: BTreeMap<String, String>,
    value: f64,
}

fn sample(line: &str) -> Sample {
    let (series, value) = line.rsplit_once(' ').unwrap();
    let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
    let labels = labels.strip_suffix('}').unwrap();
    let labels = labels.split("\",").filter(|label| !label.is_empty());
    let labels = labels.map(|label| {
        let (name, value) = label.split_once("=\"").unwrap();
        (name.to_owned(), value.trim_end_matches('"').to_owned())
    });
    Sample {
        name: name.to_owned(),
        labels: labels.collect(),
        value: value.parse().unwrap(),
    }
}

async fn scrape(app: &TestApp) -> (String, Vec<Sample>) {
    let text = String::from_utf8(app.operator().get("/metrics").await.bytes).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let samples = lines.map(sample).collect();
    (text, samples)
}

/// The metric that a sample belongs to; a histogram has three kinds of samples.
fn metric_of(sample: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| {
        let rest = sample.strip_prefix(metric.name);
        match metric.kind {
            Kind::Counter | Kind::Gauge => rest == Some(""),
            Kind::Histogram(_) => matches!(rest, Some("_bucket" | "_sum" | "_count")),
        }
    })
}

fn assert_listed(samples: &[Sample]) {
    let values: BTreeMap<_, BTreeSet<_>> = METRICS
        .iter()
        .flat_map(|metric| metric.labels)
        .map(|label| (format!("{label:?}"), label.values().into_iter().collect()))
        .collect();
    for sample in samples {
        let metric = metric_of(&sample.name).unwrap_or_else(|| panic!("not listed: {sample:?}"));
        let mut labels = sample.labels.clone();
        if sample.name.ends_with("_bucket") {
            labels.remove("le").unwrap();
        }
        for label in metric.labels {
            let value = labels.remove(label.name);
            let value = value.unwrap_or_else(|| panic!("no {}: {sample:?}", label.name));
            assert!(values[&format!("{label:?}")].contains(&value), "{sample:?}");
        }
        assert!(labels.is_empty(), "other labels: {sample:?}");
    }
}

#[actix_web::test]
async fn a_first_scrape_has_every_metric_and_every_counter_at_0() {
    let app = TestApp::start().await;
    let mut last = scrape(&app).await;
    for _ in 0..100 {
        // What the database alone knows is counted for the first time in these moments.
        if last.0.contains("lost_phone_oldest_seconds") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        last = scrape(&app).await;
    }
    let (text, samples) = last;
    assert_listed(&samples);
    for metric in METRICS {
        let Metric {
            name, kind, start, ..
        } = metric;
        for labels in metric.at_start() {
            let counted = match kind {
                Kind::Counter | Kind::Gauge => (*name).to_owned(),
                Kind::Histogram(_) => format!("{name}_count"),
            };
            let found = samples.iter().find(|sample| {
                let mut labels = labels.iter();
                sample.name == counted
                    && labels.len() == sample.labels.len()
                    && labels.all(|(name, value)| sample.labels.get(*name) == Some(value))
            });
            let found = found.unwrap_or_else(|| panic!("{counted} {labels:?} is missing"));
            let is_used = ["background_rounds_total", "process_cpu_seconds_total"].contains(name)
                || name.starts_with("database_");
            assert!(is_used || found.value == 0.0, "{found:?}");
        }
        // Only after a call.
        let is_late = *name == "clock_ahead_seconds";
        let has_type = text.contains(&format!("# TYPE {name} {}\n", kind.as_str()));
        assert!(has_type != is_late, "{name} as {kind:?}, {start:?}");
        let has_help = text.contains(&format!("# HELP {name} {}\n", metric.help));
        assert!(has_help != is_late, "{name}");
        if *start == Start::All && metric.labels.len() > 1 {
            assert!(metric.at_start().len() > 1, "{name}");
        }
    }
    assert!(!text.contains("quantile"), "a summary cannot be added up");
}

#[actix_web::test]
async fn use_makes_no_metric_label_or_value_that_is_not_listed() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, "13800138000", ZHANG).await;
    let out_trade_no = buyer.begun(&app, "wechat_pay").await;
    app.pay(&out_trade_no).await;
    let other = Buyer::with_order(&app, "13800138001", LI).await;
    other.begun(&app, "alipay").await;
    app.work().await;
    let browser = &buyer.browser;
    for path in [
        "/",
        "/assets/app-1.js",
        "/nothing/here.png",
        "/api/docs",
        "/api/docs/",
        "/api/docs/problems",
        "/api/openapi.json",
        "/api/v1/nothing",
        "/api/v1/me",
        "//",
    ] {
        browser.get(path).await;
        browser.head(path).await;
        browser.delete(path).await;
        browser.post(path, json!({})).await;
    }
    app.browser()
        .post("/notify/wechat/main/pay", json!({}))
        .await;
    let (_, samples) = scrape(&app).await;
    assert_listed(&samples);
    let sum = |name: &str, labels: &[(&str, &str)]| -> f64 {
        let is_meant = |sample: &&Sample| {
            let has = |(name, value): &(&str, &str)| sample.labels[*name] == *value;
            sample.name == name && labels.iter().all(has)
        };
        samples
            .iter()
            .filter(is_meant)
            .map(|sample| sample.value)
            .sum()
    };
    let wechat = [("provider", "wechat_pay"), ("operation", "create")];
    assert!(sum("provider_calls_total", &wechat) >= 1.0);
    assert!(sum("provider_call_seconds_count", &wechat) >= 1.0);
    assert!(sum("payments_applied_total", &[("meaning", "applied")]) >= 1.0);
    let sent = [("content", "code"), ("outcome", "sent")];
    assert!(sum("sms_messages_total", &sent) >= 2.0);
    let aliyun = [("service", "aliyun"), ("outcome", "definite")];
    assert!(sum("sms_calls_total", &aliyun) >= 2.0);
    assert!(sum("database_connections", &[]) >= 1.0);
    assert!(sum("database_transaction_wait_seconds_count", &[]) >= 1.0);
    assert!(sum("process_resident_memory_bytes", &[]) > 1_000_000.0);
    let open = sum("process_open_fds", &[]);
    assert!(open > 5.0 && open < sum("process_max_fds", &[]), "{open}");
}

#[actix_web::test]
async fn the_backlog_says_what_is_due_since_when_and_what_is_dead() {
    let app = TestApp::with_sample().await;
    let buyer = Buyer::with_order(&app, "13800138000", ZHANG).await;
    buyer.begun(&app, "wechat_pay").await;
    app.advance(3_600).await;
    service::backlog::record(&app.context).await.unwrap();
    let lane = |samples: &[Sample], name: &str| {
        let mut found = samples.iter();
        let found = found.find(|sample| sample.name == name && sample.labels["lane"] == "payments");
        found.unwrap().value
    };
    let whole = |samples: &[Sample], name: &str| format!("{:.0}", lane(samples, name));
    let (_, samples) = scrape(&app).await;
    assert_eq!(whole(&samples, "jobs_due"), "1");
    assert!(lane(&samples, "jobs_oldest_seconds") > 3_000.0);
    assert_eq!(whole(&samples, "jobs_dead"), "0");
    let mut attempt = buyer.attempts(&app).await.remove(0);
    attempt.next_poll_at = None;
    let tx = app.context.store.begin().await.unwrap();
    store::payment::save(&tx, &attempt).await.unwrap();
    store::commit(tx, domain::audit::AuditExemption::SampleData)
        .await
        .unwrap();
    service::backlog::record(&app.context).await.unwrap();
    let (_, samples) = scrape(&app).await;
    assert_eq!(whole(&samples, "jobs_due"), "0");
    assert_eq!(whole(&samples, "jobs_dead"), "1");
}

#[actix_web::test]
async fn messages_that_are_left_and_calls_to_the_object_store_are_counted() {
    let app = TestApp::with_sample().await;
    let value = |samples: &[Sample], name: &str, labels: &[(&str, &str)]| {
        let mut found = samples.iter();
        let found = found.find(|sample| {
            let mut wanted = labels.iter();
            sample.name == name && wanted.all(|(key, value)| sample.labels[*key] == *value)
        });
        format!("{:.0}", found.unwrap().value)
            .parse::<u32>()
            .unwrap()
    };
    service::login::record_budget(&app.context).await.unwrap();
    let (_, before) = scrape(&app).await;
    Buyer::with_order(&app, "13800138000", ZHANG).await;
    service::login::record_budget(&app.context).await.unwrap();
    let (_, after) = scrape(&app).await;
    let of = |name: &str, labels: &[(&str, &str)]| {
        (value(&before, name, labels), value(&after, name, labels))
    };
    let (left_before, left_after) = of("sms_messages_left", &[]);
    assert_eq!(left_before, left_after + 1, "one code was sent");
    let puts = |outcome| [("operation", "put"), ("outcome", outcome)];
    let (stored_before, stored_after) = of("object_store_calls_total", &puts("done"));
    assert!(stored_before < stored_after);
    assert_eq!(of("object_store_calls_total", &puts("failed")), (0, 0));
}
