//! `[http]`: how long clients may take, and how many may be connected.

use std::time::Duration;

use serde::Deserialize;

/// Limits for clients. Every time is in milliseconds.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HttpFile {
    /// The complete head of a request must arrive within this time; default 5000.
    pub head_timeout_ms: u64,
    /// A connection on which nothing was sent since the last answer is closed after this time; default 5000.
    pub keep_alive_ms: u64,
    /// The time within which a transfer may be slower than `min_bytes_per_s`; default 10000. It holds for the body of a
    /// request and for an answer that the client is slow to read.
    pub transfer_grace_ms: u64,
    /// The least average rate of a transfer after the grace time, in bytes a second; default 4096.
    pub min_bytes_per_s: u64,
    /// The longest time for the body of a request, whatever its rate; default 300000.
    pub body_longest_ms: u64,
    /// The grace time for a body that the server does not need, which it reads only so that the client can read the
    /// answer; default 2000.
    pub unread_body_ms: u64,
    /// How long a connection that the server closes may still be read from; default 1000.
    pub close_timeout_ms: u64,
    /// The most connections in total; default 4096. One connection can hold up to 200 KB and one descriptor; the server
    /// takes fewer where the limit on open files is lower.
    pub max_connections: usize,
    /// The most connections of one address, or with `trust_proxy` the most requests of one client at the same time;
    /// default 256. An IPv6 client is its /64 network. Addresses in `campus_networks` may have twenty times as many.
    pub max_per_address: usize,
    /// The most photo uploads that are received at the same time; default 64. Each takes up to 10 MB of disk.
    pub max_uploads: usize,
    /// `/readyz` repeats its last answer for this time; default 5000.
    pub readiness_cache_ms: u64,
    /// Time series of histograms that were not updated for this time are removed from `/metrics`; default 3600000.
    pub metrics_idle_ms: u64,
}

impl Default for HttpFile {
    fn default() -> Self {
        Self {
            head_timeout_ms: 5_000,
            keep_alive_ms: 5_000,
            transfer_grace_ms: 10_000,
            min_bytes_per_s: 4_096,
            body_longest_ms: 300_000,
            unread_body_ms: 2_000,
            close_timeout_ms: 1_000,
            max_connections: 4_096,
            max_per_address: 256,
            max_uploads: 64,
            readiness_cache_ms: 5_000,
            metrics_idle_ms: 3_600_000,
        }
    }
}

impl HttpFile {
    /// Settings that would leave a client without a limit, or without service; a sentence each.
    pub(super) fn faults(&self) -> Vec<String> {
        let least_one = [
            ("head_timeout_ms", self.head_timeout_ms),
            ("keep_alive_ms", self.keep_alive_ms),
            ("transfer_grace_ms", self.transfer_grace_ms),
            ("min_bytes_per_s", self.min_bytes_per_s),
            ("body_longest_ms", self.body_longest_ms),
            ("close_timeout_ms", self.close_timeout_ms),
            ("max_connections", self.max_connections as u64),
            ("max_per_address", self.max_per_address as u64),
            ("max_uploads", self.max_uploads as u64),
            ("metrics_idle_ms", self.metrics_idle_ms),
        ];
        least_one
            .into_iter()
            .filter(|(_, value)| *value == 0)
            .map(|(name, _)| format!("[http] {name} is 0; it must be at least 1"))
            .collect()
    }

    /// The time for the head of a request.
    pub(crate) fn head_timeout(&self) -> Duration {
        Duration::from_millis(self.head_timeout_ms)
    }

    /// The time for which an unused connection is kept.
    pub(crate) fn keep_alive(&self) -> Duration {
        Duration::from_millis(self.keep_alive_ms)
    }

    /// The time after which a histogram without updates is removed.
    pub(crate) fn metrics_idle(&self) -> Duration {
        Duration::from_millis(self.metrics_idle_ms)
    }

    /// The time for which a closing connection is still read from.
    pub(crate) fn close_timeout(&self) -> Duration {
        Duration::from_millis(self.close_timeout_ms)
    }
}
