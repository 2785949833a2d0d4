//! The time: passed in everywhere, so that tests can move it.

use std::fmt;
use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// Tells the time, in whole microseconds: what both databases keep.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::<Utc>::from(SystemTime::now()).trunc_subsecs(6)
    }
}

/// The system's clock plus the seconds written in a file, which tests and the sandbox change.
#[derive(Debug, Clone)]
pub struct SharedTestClock {
    file: PathBuf,
}

impl SharedTestClock {
    /// A clock moved by this file; a missing or empty file moves nothing.
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }
}

impl Clock for SharedTestClock {
    fn now(&self) -> DateTime<Utc> {
        let text = std::fs::read_to_string(&self.file).unwrap_or_default();
        let offset_s = text.trim().parse().unwrap_or(0);
        SystemClock.now() + TimeDelta::seconds(offset_s)
    }
}
