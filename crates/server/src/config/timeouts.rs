//! `[timeouts]`: how long the server waits for what it calls, and for its own answers.

use std::time::Duration;

use providers::CallTimeouts;
use providers::blob::BlobTimeouts;
use providers::breaker::BreakerSettings;
use serde::Deserialize;

/// Limits for what the server calls. Every time is in milliseconds.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeoutsFile {
    /// To connect to a provider or to the object store; default 2000.
    pub connect_ms: u64,
    /// Until the answer of a provider or of the object store begins; default 5000.
    pub first_byte_ms: u64,
    /// The whole of a call to a provider; default 8000.
    pub call_ms: u64,
    /// The whole of a refund call, which asks a bank; default 15000.
    pub refund_ms: u64,
    /// The whole of the download of a bill; default 60000.
    pub bill_ms: u64,
    /// The least rate of what goes to and comes from the object store, in bytes a second; default 262144. A call has
    /// `first_byte_ms` and the time that its size takes at this rate.
    pub storage_min_bytes_per_s: u64,
    /// After so many failures in a row the object store, or an SMS service that has a second one beside it, is not asked for
    /// `breaker_open_ms`; default 5.
    pub breaker_failures: u32,
    /// After this time one call is let through, whose outcome decides; default 5000.
    pub breaker_open_ms: u64,
    /// A statement of `PostgreSQL`; default 15000.
    pub statement_ms: u64,
    /// How long a statement waits for a lock of `PostgreSQL`; default 5000.
    pub lock_ms: u64,
    /// A statement of a command, such as `gradphoto keys rewrap`; default 600000.
    pub command_statement_ms: u64,
    /// Each part of a readiness probe: what takes longer is not ready; default 1500.
    pub readiness_ms: u64,
    /// From the end of a request's body to its answer: what takes longer is given up with 503; default 30000.
    pub answer_ms: u64,
}

impl Default for TimeoutsFile {
    fn default() -> Self {
        Self {
            connect_ms: 2_000,
            first_byte_ms: 5_000,
            call_ms: 8_000,
            refund_ms: 15_000,
            bill_ms: 60_000,
            storage_min_bytes_per_s: 256 * 1024,
            breaker_failures: 5,
            breaker_open_ms: 5_000,
            statement_ms: 15_000,
            lock_ms: 5_000,
            command_statement_ms: 600_000,
            readiness_ms: 1_500,
            answer_ms: 30_000,
        }
    }
}

impl TimeoutsFile {
    /// Settings under which nothing would be waited for; a sentence each.
    pub(super) fn faults(&self) -> Vec<String> {
        let least_one = [
            ("connect_ms", self.connect_ms),
            ("first_byte_ms", self.first_byte_ms),
            ("call_ms", self.call_ms),
            ("refund_ms", self.refund_ms),
            ("bill_ms", self.bill_ms),
            ("storage_min_bytes_per_s", self.storage_min_bytes_per_s),
            ("breaker_failures", self.breaker_failures.into()),
            ("breaker_open_ms", self.breaker_open_ms),
            ("statement_ms", self.statement_ms),
            ("lock_ms", self.lock_ms),
            ("command_statement_ms", self.command_statement_ms),
            ("readiness_ms", self.readiness_ms),
            ("answer_ms", self.answer_ms),
        ];
        least_one
            .into_iter()
            .filter(|(_, value)| *value == 0)
            .map(|(name, _)| format!("[timeouts] {name} is 0; it must be at least 1"))
            .collect()
    }

    /// For calls to providers.
    pub(crate) fn calls(&self) -> CallTimeouts {
        CallTimeouts {
            connect: Duration::from_millis(self.connect_ms),
            first_byte: Duration::from_millis(self.first_byte_ms),
            total: Duration::from_millis(self.call_ms),
            refund: Duration::from_millis(self.refund_ms),
            bill: Duration::from_millis(self.bill_ms),
        }
    }

    /// For the object store.
    pub(crate) fn storage(&self) -> BlobTimeouts {
        BlobTimeouts {
            connect: Duration::from_millis(self.connect_ms),
            first_byte: Duration::from_millis(self.first_byte_ms),
            min_bytes_per_s: self.storage_min_bytes_per_s,
        }
    }

    /// When what fails is not asked.
    pub(crate) fn breaker(&self) -> BreakerSettings {
        BreakerSettings {
            failures: self.breaker_failures,
            open_for: Duration::from_millis(self.breaker_open_ms),
        }
    }

    /// For each part of a readiness probe.
    pub(crate) fn readiness(&self) -> Duration {
        Duration::from_millis(self.readiness_ms)
    }

    /// From the end of a request's body to its answer.
    pub(crate) fn answer(&self) -> Duration {
        Duration::from_millis(self.answer_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::TimeoutsFile;

    #[test]
    fn no_timeout_is_nothing() {
        assert!(TimeoutsFile::default().faults().is_empty());
        let nothing: TimeoutsFile = toml::from_str("answer_ms = 0\nlock_ms = 0").unwrap();
        let faults = nothing.faults();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[1].starts_with("[timeouts] answer_ms is 0"));
    }
}
