//! Failures in the log: what can repeat with every request gets one line a minute, which says how often it happened.

use store::StoreError;

use crate::{Context, Failure};

impl Context {
    /// Writes a failure of ours to the log as an error: at once where it is the first of its kind, else one line a minute
    /// for all. Each of them is a line of level debug. `what` says what could not be done.
    pub fn report(&self, what: &'static str, failure: &Failure) {
        self.report_about(what, "", failure);
    }

    /// As [`Self::report`]. A failure that concerns one thing alone, whose number this is, has lines of its own; where the
    /// database or the storage is out of order, everything fails for the same reason and shares one line.
    pub fn report_about(&self, what: &'static str, number: &str, failure: &Failure) {
        tracing::debug!(error = ?failure, "{what}: {failure}");
        let cause = cause(failure);
        let group = if is_outage(failure) || number.is_empty() {
            format!("{what}: {cause}")
        } else {
            format!("{what}: {cause} ({number})")
        };
        if let Some(count) = self.log_aggregator.count(&group, self.now()) {
            tracing::error!(error = ?failure, log.count = count, "{what}: {cause}");
        }
    }

    /// How many warnings a line stands for that is to be written now; `None` where one of this group was written within the
    /// last minute. Name groups by fixed words: what a client sends must not choose them.
    pub fn warnings_to_write(&self, group: &str) -> Option<u64> {
        self.warning_aggregator.count(group, self.now())
    }

    /// As [`Self::warnings_to_write`], for errors.
    pub fn errors_to_write(&self, group: &str) -> Option<u64> {
        self.log_aggregator.count(group, self.now())
    }

    /// Writes the lines of what repeated and then stopped: nothing else would report the last of it.
    pub fn write_aggregated(&self) {
        let now = self.now();
        for (group, count) in self.log_aggregator.take_due(now) {
            tracing::error!(log.count = count, "Repeated: {group}");
        }
        for (group, count) in self.warning_aggregator.take_due(now) {
            tracing::warn!(log.count = count, "Repeated: {group}");
        }
    }
}

/// Whether everybody's work fails at the moment, for one reason.
fn is_outage(failure: &Failure) -> bool {
    match failure {
        Failure::Store(StoreError::Busy(_) | StoreError::Unavailable(_)) | Failure::Blob(_) => true,
        Failure::Store(
            StoreError::Address
            | StoreError::Conflict { .. }
            | StoreError::Corrupt { .. }
            | StoreError::SchoolMoving { .. }
            | StoreError::Database(_),
        )
        | Failure::Refused(_)
        | Failure::Keys(_)
        | Failure::Fault(_) => false,
    }
}

/// The failure in words that say which part failed; the details are in the field `error`.
fn cause(failure: &Failure) -> String {
    match failure {
        Failure::Store(error) => error.to_string(),
        Failure::Refused(_) | Failure::Blob(_) | Failure::Keys(_) | Failure::Fault(_) => {
            failure.to_string()
        }
    }
}
