//! `[telemetry]`: a collector that figures and traces are sent to.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::Deserialize;

/// A collector that speaks OpenTelemetry's protocol, OTLP over HTTP with JSON.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelemetryFile {
    /// Its address, such as `http://127.0.0.1:4318`; `/v1/metrics` and `/v1/traces` are added.
    pub endpoint: String,
    /// Headers that are sent to it, such as `Authorization`; default none.
    #[serde(default)]
    pub headers: BTreeMap<String, SecretString>,
    /// How often it is told, in milliseconds; default 10000.
    #[serde(default = "usual_interval_ms")]
    pub interval_ms: u64,
    /// Of how many requests in a thousand it is told the trace; default 1000.
    #[serde(default = "all_traces")]
    pub traces_per_thousand: u16,
}

fn usual_interval_ms() -> u64 {
    10_000
}

fn all_traces() -> u16 {
    1_000
}

impl TelemetryFile {
    /// What is wrong, a sentence each.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let endpoint = &self.endpoint;
        if !(endpoint.starts_with("http://") || endpoint.starts_with("https://")) {
            faults.push(format!(
                "[telemetry] endpoint is {endpoint:?}; it must begin with http:// or https://"
            ));
        }
        if self.interval_ms == 0 {
            faults.push("[telemetry] interval_ms is 0; it must be 1 or more".to_owned());
        }
        if self.traces_per_thousand > 1_000 {
            faults.push("[telemetry] traces_per_thousand is more than 1000".to_owned());
        }
        faults
    }
}
