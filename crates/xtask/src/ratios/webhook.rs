//! What a notice of `WeChat` Pay costs beside a signature's check and beside bare inserts, on `SQLite` and on `PostgreSQL`.

use anyhow::Result;

use crate::postgres::{self, Durability};
use crate::run::{cargo, run};
use crate::{models, setup};

/// Builds and runs `crates/server/benches/webhook`, on a `PostgreSQL` that syncs what it commits.
pub(super) fn compare() -> Result<()> {
    models::models(None)?;
    setup::postgres_programs()?;
    let postgres = postgres::start(Durability::Synced)?;
    run(cargo()
        .args([
            "bench",
            "--quiet",
            "--package",
            "server",
            "--bench",
            "webhook",
        ])
        .env("TEST_DATABASE_URL", &postgres.url))
}
