//! Every metric: its name, its kind, its labels with all values that they may have, and what it says.
//!
//! Registration, the table in docs/operations.md and the tests of both follow from [`METRICS`]. Nothing that a client sends
//! becomes a label: a value that is not listed here would be a time series of its own.

mod definition;
mod label;
mod table;

pub use definition::{Kind, Metric, Start};
pub use label::Label;
pub use table::METRICS;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_util::MetricKindMask;

use crate::config::HttpFile;
use crate::figures;

/// Makes this process count, with every metric at its start. Where it counts already, as in tests, the result knows
/// nothing.
///
/// # Errors
/// Never with the bounds of [`METRICS`], of which none is empty.
pub(crate) fn install(settings: &HttpFile) -> Result<PrometheusHandle, BuildError> {
    let idle = settings.metrics_idle();
    // Counters stay: one that came back at 0 would be taken for a restart.
    let mut builder = PrometheusBuilder::new().idle_timeout(MetricKindMask::HISTOGRAM, Some(idle));
    for metric in METRICS {
        if let Kind::Histogram(bounds) = metric.kind {
            let matcher = Matcher::Full(metric.name.to_owned());
            builder = builder.set_buckets_for_metric(matcher, bounds)?;
        }
    }
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::debug!("The figures are collected by an earlier server of this process");
        return Ok(handle);
    }
    METRICS.iter().for_each(Metric::register);
    figures::note_start();
    Ok(handle)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;

    #[test]
    fn the_table_of_the_documentation_is_that_of_the_code() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations.md");
        let page = std::fs::read_to_string(path).unwrap();
        let begin = "| metric | kind | labels | says |\n| --- | --- | --- | --- |\n";
        let (_, table) = page.split_once(begin).unwrap();
        let table = table.split_once("\n\n").unwrap().0;
        let rows: Vec<_> = METRICS.iter().map(Metric::row).collect();
        assert!(
            table == rows.join("\n"),
            "the table is to be:\n{}",
            rows.join("\n")
        );
    }

    #[test]
    fn names_end_in_their_unit_and_are_named_once() {
        for (number, metric) in METRICS.iter().enumerate() {
            let (name, is_counter) = (metric.name, metric.kind == Kind::Counter);
            assert_eq!(name.ends_with("_total"), is_counter, "{name}");
            let others = &METRICS[number + 1..];
            assert!(others.iter().all(|other| other.name != name), "{name}");
            if let Kind::Histogram(bounds) = metric.kind {
                assert!(name.ends_with("_seconds"), "{name}");
                assert!(bounds.is_sorted() && !bounds.is_empty(), "{name}");
            }
            assert!(!metric.help.contains('|'), "{name}");
        }
    }

    /// The names that a source file counts under.
    fn names_in(source: &str) -> Vec<String> {
        let source: String = source.split_whitespace().collect();
        let mut names = Vec::new();
        for call in ["counter!(\"", "gauge!(\"", "histogram!(\""] {
            let calls = source.split(call).skip(1);
            names.extend(calls.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
        names
    }

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let of = |path: PathBuf| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        };
        paths.flat_map(of).collect()
    }

    #[test]
    fn the_code_counts_under_listed_names_alone_and_under_each() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let crates =
            ["server", "service", "store", "providers"].map(|name| crates.join(name).join("src"));
        let files = crates.iter().flat_map(|folder| sources(folder));
        let used: BTreeSet<_> = files
            .flat_map(|file| names_in(&std::fs::read_to_string(file).unwrap()))
            .collect();
        let listed: BTreeSet<_> = METRICS
            .iter()
            .map(|metric| metric.name.to_owned())
            .collect();
        assert_eq!(used, listed);
    }

    #[test]
    fn counters_are_there_from_the_start() {
        for metric in METRICS {
            let is_there = metric.start != Start::WhenKnown;
            assert!(is_there || metric.kind == Kind::Gauge, "{}", metric.name);
            assert!(metric.at_start().len() <= 2_500, "{}", metric.name);
        }
    }
}
