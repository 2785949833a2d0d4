//! The figures of `/metrics` as OTLP has them, under the same names and labels.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde_json::{Value, json};

use super::attribute::{attribute, nanos, scope};
use crate::metric::{Kind, METRICS, Metric};

/// Sums count from the start of the process. Source: docs/sources.md#otlp.
const CUMULATIVE: u8 = 2;

/// A line of the text: `name{label="value"} 1`.
struct Sample<'a> {
    name: &'a str,
    labels: Vec<(&'a str, &'a str)>,
    value: &'a str,
}

/// The metrics of a scope, from the text that Prometheus reads.
pub(super) fn metrics(text: &str, started: SystemTime, now: SystemTime) -> Value {
    let mut by_name: BTreeMap<&str, Vec<Sample<'_>>> = BTreeMap::new();
    for sample in text.lines().filter_map(sample) {
        by_name.entry(sample.name).or_default().push(sample);
    }
    let (started, now) = (nanos(started), nanos(now));
    let stamp = |mut point: Value| {
        point["startTimeUnixNano"] = started.clone().into();
        point["timeUnixNano"] = now.clone().into();
        point
    };
    let metrics = METRICS.iter().filter_map(|metric| {
        let points = points(metric, &by_name);
        let points: Vec<_> = points.into_iter().map(stamp).collect();
        (!points.is_empty()).then(|| described(metric, &points))
    });
    json!({ "scope": scope(), "metrics": metrics.collect::<Vec<_>>() })
}

fn described(metric: &Metric, points: &[Value]) -> Value {
    let (kind, data) = match metric.kind {
        Kind::Gauge => ("gauge", json!({ "dataPoints": points })),
        Kind::Counter => (
            "sum",
            json!({ "dataPoints": points, "isMonotonic": true, "aggregationTemporality": CUMULATIVE }),
        ),
        Kind::Histogram(_) => (
            "histogram",
            json!({ "dataPoints": points, "aggregationTemporality": CUMULATIVE }),
        ),
    };
    json!({ "name": metric.name, "description": metric.help, kind: data })
}

/// A sample; none for comments and empty lines.
fn sample(line: &str) -> Option<Sample<'_>> {
    if line.starts_with('#') {
        return None;
    }
    let (series, value) = line.rsplit_once(' ')?;
    let (name, labels) = series.split_once('{').unwrap_or((series, ""));
    // Values are words and routes of ours: none has a quotation mark.
    let labels = labels.trim_end_matches('}').split("\",");
    let labels = labels.filter_map(|label| {
        let (name, value) = label.split_once("=\"")?;
        Some((name, value.trim_end_matches('"')))
    });
    Some(Sample {
        name,
        labels: labels.collect(),
        value,
    })
}

fn points(metric: &Metric, by_name: &BTreeMap<&str, Vec<Sample<'_>>>) -> Vec<Value> {
    let of = |name: &str| by_name.get(name).map(Vec::as_slice).unwrap_or_default();
    match metric.kind {
        Kind::Counter | Kind::Gauge => of(metric.name).iter().filter_map(number).collect(),
        Kind::Histogram(_) => {
            let [buckets, sums, counts] =
                ["bucket", "sum", "count"].map(|part| of(&format!("{}_{part}", metric.name)));
            let counted = counts.iter();
            let points = counted.filter_map(|count| histogram(count, buckets, sums));
            points.collect()
        }
    }
}

fn number(sample: &Sample<'_>) -> Option<Value> {
    let value: f64 = sample.value.parse().ok()?;
    Some(json!({ "attributes": attributes(&sample.labels), "asDouble": value }))
}

fn attributes(labels: &[(&str, &str)]) -> Vec<Value> {
    labels
        .iter()
        .map(|(name, value)| attribute(name, *value))
        .collect()
}

/// A histogram, of whose buckets Prometheus has those below counted in and OTLP has not.
fn histogram(count: &Sample<'_>, buckets: &[Sample<'_>], sums: &[Sample<'_>]) -> Option<Value> {
    let is_own = |sample: &&Sample<'_>| {
        let labels = sample.labels.iter().filter(|(name, _)| *name != "le");
        labels.eq(count.labels.iter())
    };
    let (mut bounds, mut counts, mut below) = (Vec::<f64>::new(), Vec::new(), 0_u64);
    for bucket in buckets.iter().filter(is_own) {
        let (_, bound) = bucket.labels.iter().find(|(name, _)| *name == "le")?;
        if *bound != "+Inf" {
            bounds.push(bound.parse().ok()?);
        }
        let up_to: u64 = bucket.value.parse().ok()?;
        counts.push(up_to.saturating_sub(below).to_string());
        below = up_to;
    }
    let sum: f64 = sums.iter().find(is_own)?.value.parse().ok()?;
    Some(json!({
        "attributes": attributes(&count.labels), "count": count.value, "sum": sum,
        "bucketCounts": counts, "explicitBounds": bounds,
    }))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    const TEXT: &str = "\
# TYPE http_requests_total counter
http_requests_total{method=\"GET\",route=\"/api/v1/me\",status=\"200\"} 3

# TYPE jobs_dead gauge
jobs_dead{lane=\"bills\"} 0
# TYPE http_request_seconds histogram
http_request_seconds_bucket{method=\"GET\",route=\"/a\",le=\"0.005\"} 1
http_request_seconds_bucket{method=\"GET\",route=\"/a\",le=\"0.01\"} 3
http_request_seconds_bucket{method=\"GET\",route=\"/a\",le=\"+Inf\"} 4
http_request_seconds_bucket{method=\"GET\",route=\"/b\",le=\"+Inf\"} 9
http_request_seconds_sum{method=\"GET\",route=\"/a\"} 0.5
http_request_seconds_count{method=\"GET\",route=\"/a\"} 4
unknown_total 1
";

    #[test]
    fn figures_keep_their_names_labels_and_values() {
        let at = |s| UNIX_EPOCH + Duration::from_secs(s);
        let told = metrics(TEXT, at(1), at(2));
        let told = told["metrics"].as_array().unwrap();
        let of = |name: &str| told.iter().find(|one| one["name"] == name).unwrap();
        assert_eq!(told.len(), 3);
        let sum = &of("http_requests_total")["sum"];
        assert_eq!(
            (&sum["isMonotonic"], &sum["aggregationTemporality"]),
            (&json!(true), &json!(2))
        );
        let point = &sum["dataPoints"][0];
        assert_eq!(point["asDouble"], 3.0);
        assert_eq!(point["startTimeUnixNano"], "1000000000");
        assert_eq!(point["timeUnixNano"], "2000000000");
        let route = json!({ "key": "route", "value": { "stringValue": "/api/v1/me" } });
        assert_eq!(point["attributes"][1], route);
        assert_eq!(of("jobs_dead")["gauge"]["dataPoints"][0]["asDouble"], 0.0);
        let histogram = &of("http_request_seconds")["histogram"]["dataPoints"];
        assert_eq!(histogram.as_array().unwrap().len(), 1);
        let point = &histogram[0];
        assert_eq!(point["bucketCounts"], json!(["1", "2", "1"]));
        assert_eq!(point["explicitBounds"], json!([0.005, 0.01]));
        assert_eq!((&point["count"], &point["sum"]), (&json!("4"), &json!(0.5)));
    }
}
