//! Use cases without HTTP: a fixture with a database of its own, a clock that tests move, and a phone that they read.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;
mod login;
mod school;
