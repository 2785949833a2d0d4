//! What a collector is told, by the program itself.

use std::collections::BTreeSet;

use serde_json::Value;
use server::metric::{Kind, METRICS};

use crate::app::TestApp;
use crate::program::{LOOK_EVERY, LOOKS, Program};
use crate::receiver::Receiver;

const ROUTE: &str = "/api/v1/agreements/current";

/// All entries of a list that every element of `parents` has.
fn each<'a>(parents: &[&'a Value], list: &str) -> Vec<&'a Value> {
    let lists = parents.iter().filter_map(|parent| parent[list].as_array());
    lists.flatten().collect()
}

/// What one signal's requests hold, of all that came.
fn told<'a>(bodies: &'a [Value], levels: [&str; 3]) -> Vec<&'a Value> {
    levels
        .iter()
        .fold(bodies.iter().collect(), |parents, list| {
            each(&parents, list)
        })
}

fn attribute<'a>(of: &'a Value, key: &str) -> &'a Value {
    let attributes = of["attributes"].as_array().unwrap();
    let found = attributes.iter().find(|one| one["key"] == key);
    &found.unwrap_or_else(|| panic!("no {key}: {of}"))["value"]
}

fn assert_is_told_of_the_request(span: &Value) {
    assert_eq!(attribute(span, "http.request.method")["stringValue"], "GET");
    assert_eq!(attribute(span, "http.route")["stringValue"], ROUTE);
    assert_eq!(
        attribute(span, "http.response.status_code")["intValue"],
        "200"
    );
    let id = attribute(span, "request.id")["stringValue"].as_str();
    assert!(id.unwrap().starts_with("req_"), "{span}");
    assert_eq!(span["traceId"].as_str().unwrap().len(), 32);
    assert_eq!(span["spanId"].as_str().unwrap().len(), 16);
    let nanos = |name: &str| span[name].as_str().unwrap().parse::<u128>().unwrap();
    assert!(nanos("startTimeUnixNano") <= nanos("endTimeUnixNano"));
}

/// Every figure is one of ours, under its own name and as what it is.
fn assert_names(metrics: &[&Value]) {
    for told in metrics {
        let metric = METRICS.iter().find(|metric| told["name"] == metric.name);
        let metric = metric.unwrap_or_else(|| panic!("{told}"));
        let kind = match metric.kind {
            Kind::Counter => "sum",
            Kind::Gauge => "gauge",
            Kind::Histogram(_) => "histogram",
        };
        let labels: BTreeSet<_> = metric.labels.iter().map(|label| label.name).collect();
        for point in told[kind]["dataPoints"].as_array().unwrap() {
            let names = point["attributes"].as_array().unwrap().iter();
            let names = names.map(|one| one["key"].as_str().unwrap());
            assert_eq!(names.collect::<BTreeSet<_>>(), labels, "{told}");
        }
    }
    let names: BTreeSet<_> = metrics
        .iter()
        .map(|told| &told["name"])
        .map(Value::to_string)
        .collect();
    assert!(names.len() > METRICS.len() / 2, "{names:?}");
}

#[actix_web::test]
async fn a_collector_is_told_of_requests_and_figures_under_the_names_of_the_log() {
    let receiver = Receiver::start().await;
    let app = TestApp::with_sample().await;
    let telemetry = format!(
        "\n[telemetry]\nendpoint = {:?}\ninterval_ms = 50\nheaders = {{ Authorization = \"Bearer secret\" }}\n",
        receiver.url
    );
    let program = Program::start_with(&app, &[], |config| format!("{config}{telemetry}")).await;
    assert_eq!(program.browser(1).get(ROUTE).await.status, 200);
    for _ in 0..LOOKS {
        let received = receiver.received();
        let bodies: Vec<Value> = received
            .iter()
            .map(|one| serde_json::from_str(&one.body).unwrap())
            .collect();
        let spans = told(&bodies, ["resourceSpans", "scopeSpans", "spans"]);
        let wanted = format!("GET {ROUTE}");
        let Some(span) = spans.iter().find(|span| span["name"] == wanted) else {
            tokio::time::sleep(LOOK_EVERY).await;
            continue;
        };
        assert_is_told_of_the_request(span);
        assert_names(&told(
            &bodies,
            ["resourceMetrics", "scopeMetrics", "metrics"],
        ));
        assert_eq!(received[0].header("authorization"), "Bearer secret");
        return;
    }
    panic!("the collector was not told of the request");
}
