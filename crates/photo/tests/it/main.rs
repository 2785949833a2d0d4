//! The photo crate from outside: files, crops, frames and verdicts.
#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test may fail as the test does"
)]

mod alike;
mod border;
mod colours;
mod drawn;
mod fetched;
mod figures;
mod files;
mod framing;
mod header;
mod hostile;
mod layouts;
mod make;
mod photos;
mod pictures;
mod portraits;
mod properties;
mod room;
mod shared;
mod strip;
mod turning;
mod upload;
mod verdicts;
