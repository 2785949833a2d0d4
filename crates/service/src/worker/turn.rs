//! One turn of a job: how far it is, and what it came to.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use domain::job::JobProgress;
use serde_json::Value;

/// What a turn of a job came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// It is done, and nothing needs to be known of it.
    Forget,
    /// It is done; this is kept.
    Done(Value),
    /// It goes on at a time, with this payload.
    Again {
        /// What it needs to know then.
        payload: Value,
        /// When.
        at: DateTime<Utc>,
    },
}

/// How far a job is, told by the work itself.
#[derive(Debug, Default)]
pub struct Progress(Cell<JobProgress>);

impl Progress {
    /// Notes how much is done, of how much; it is stored with the next sign of life.
    pub fn set(&self, done: usize, total: usize) {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.0.set(JobProgress {
            done: count(done),
            total: Some(count(total)),
        });
    }

    pub(super) fn get(&self) -> JobProgress {
        self.0.get()
    }
}
