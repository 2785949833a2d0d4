//! The alert rules and the dashboard that are shipped: each metric in them exists, and each alert is explained.

use std::collections::BTreeSet;

use serde_json::Value;
use server::metric::{Kind, METRICS};

/// What expressions use beside metrics: functions, and what Prometheus itself writes for each scrape.
const WORDS: [&str; 11] = [
    "abs",
    "changes",
    "histogram_quantile",
    "increase",
    "max",
    "min",
    "rate",
    "sum",
    "time",
    "topk",
    "up",
];

fn file(name: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/");
    std::fs::read_to_string(format!("{root}{name}")).unwrap()
}

/// The values of a key of all rules.
fn all<'a>(rules: &'a str, key: &str) -> Vec<&'a str> {
    let lines = rules
        .lines()
        .map(|line| line.trim().trim_start_matches("- "));
    lines
        .filter_map(|line| line.strip_prefix(key))
        .map(str::trim)
        .collect()
}

/// An expression without what stands between these.
fn without(text: &str, open: &str, close: char) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, inside)) = rest.split_once(open) {
        kept.push_str(before);
        kept.push(' ');
        rest = inside.split_once(close).unwrap().1;
    }
    kept + rest
}

/// The metrics in an expression.
fn metrics_in(expression: &str) -> BTreeSet<String> {
    let mut text = expression.to_owned();
    for (open, close) in [("{", '}'), ("[", ']'), (" by (", ')'), (" without (", ')')] {
        text = without(&text, open, close);
    }
    let names = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
    let is_name = |name: &&str| name.starts_with(|sign: char| sign.is_ascii_alphabetic());
    let names = names.filter(is_name).map(str::to_owned);
    names
        .filter(|name| !WORDS.contains(&name.as_str()))
        .collect()
}

/// Fails for a metric that is not ours; how many there are.
fn check_metrics(expression: &str) -> usize {
    let names = metrics_in(expression);
    for name in &names {
        let is_ours = METRICS.iter().any(|metric| match metric.kind {
            Kind::Counter | Kind::Gauge => metric.name == name,
            Kind::Histogram(_) => *name == format!("{}_bucket", metric.name),
        });
        assert!(is_ours, "{name} in {expression}");
    }
    names.len()
}

#[test]
fn every_metric_of_a_rule_is_one_of_ours() {
    let rules = file("alerts.yml");
    let expressions = all(&rules, "expr:");
    let count: usize = expressions.into_iter().map(check_metrics).sum();
    assert!(count > 20, "the rules are read");
}

#[test]
fn the_dashboard_shows_every_metric_and_no_other() {
    let dashboard: Value = serde_json::from_str(&file("dashboard.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let targets = panels
        .iter()
        .filter_map(|panel| panel["targets"].as_array());
    let expressions = targets
        .flatten()
        .map(|target| target["expr"].as_str().unwrap());
    let mut shown = BTreeSet::new();
    for expression in expressions {
        check_metrics(expression);
        shown.extend(metrics_in(expression));
    }
    for metric in METRICS {
        let is_shown = shown
            .iter()
            .any(|name| name.trim_end_matches("_bucket") == metric.name);
        assert!(is_shown, "{} is on no panel", metric.name);
    }
}

#[test]
fn every_alert_has_a_section_with_its_meaning_and_remedy() {
    let (rules, page) = (file("alerts.yml"), file("operations.md"));
    let alerts = all(&rules, "alert:");
    assert!(alerts.len() > 20);
    for alert in &alerts {
        let heading = format!("### {alert}\n");
        let (_, section) = page
            .split_once(&heading)
            .unwrap_or_else(|| panic!("no {heading}"));
        let section = section.split("\n#").next().unwrap();
        for part in ["Meaning: ", "Remedy: "] {
            assert!(section.contains(part), "{alert} has no {part}");
        }
    }
    let explained = page.lines().filter(|line| line.starts_with("### "));
    assert_eq!(
        explained.count(),
        alerts.len(),
        "sections of alerts that do not exist"
    );
}

#[test]
fn names_are_found_in_expressions() {
    let text = r#"sum by (le) (rate(a_bucket{x=~"b|c"}[5m])) / d > 1.5e9 + increase(e_total[1h])"#;
    let names: Vec<_> = metrics_in(text).into_iter().collect();
    assert_eq!(names, ["a_bucket", "d", "e_total"]);
}
