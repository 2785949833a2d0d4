//! How many events a second get through outbox and webhooks to a receiver on this computer, beside the bare inserts of as many
//! rows, on `SQLite` and on `PostgreSQL`. Measured with a development build, by `tests/it/webhook_rate.rs`.

use anyhow::Result;

use super::line::{self, Line};
use crate::postgres::{self, Durability};
use crate::setup;
use crate::test::tests;

/// How many events are sent in each of five rounds.
const EVENTS: &str = "400";

/// Runs it on both databases; each prints its figures.
pub(super) fn compare() -> Result<Vec<Line>> {
    setup::postgres_programs()?;
    let measure = || -> Result<_> {
        let mut tests = tests()?;
        tests.env("GRADPHOTO_WEBHOOK_EVENTS", EVENTS);
        tests.args(["--no-capture", "webhook_rate::"]);
        Ok(tests)
    };
    let mut lines = line::of(measure()?.env_remove("TEST_DATABASE_URL"))?;
    let postgres = postgres::start(Durability::Synced)?;
    lines.extend(line::of(
        measure()?.env("TEST_DATABASE_URL", &postgres.url),
    )?);
    Ok(lines)
}
