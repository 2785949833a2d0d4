//! What a notice of `WeChat` Pay costs beside a signature's check and beside bare inserts, on `SQLite` and on `PostgreSQL`.

use anyhow::Result;

use super::line::{self, Line};
use crate::postgres::{self, Durability};
use crate::run::cargo;
use crate::{models, setup};

/// Builds and runs `crates/server/benches/webhook`, on a `PostgreSQL` that syncs what it commits.
pub(super) fn compare() -> Result<Vec<Line>> {
    models::models(None)?;
    setup::postgres_programs()?;
    let postgres = postgres::start(Durability::Synced)?;
    line::of(
        cargo()
            .args(["bench", "--quiet", "--bench", "webhook"])
            .env("TEST_DATABASE_URL", &postgres.url),
    )
}
