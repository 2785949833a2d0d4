//! How a database is used.

use std::time::Duration;

use sea_orm::ConnectOptions;

/// How long a `SQLite` connection waits for another program's writer, and any request for a connection: 5 s.
/// Source: docs/sources.md#sqlite-one-writer.
pub(super) const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// From when on an idle connection is tried before it is used: 1 s. One that broke is thrown away when it is given back;
/// trying each before each use would ask the database twice for every answer.
pub(super) const FRESH: Duration = Duration::from_secs(1);

/// How a database is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreSettings {
    /// The most connections; on `SQLite` one more writes.
    pub max_connections: u32,
    /// How long a statement of `PostgreSQL` may take.
    pub statement_timeout: Duration,
    /// How long a statement of `PostgreSQL` waits for a lock.
    pub lock_timeout: Duration,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            max_connections: 8,
            statement_timeout: Duration::from_secs(15),
            lock_timeout: LOCK_TIMEOUT,
        }
    }
}

/// What the pools of both databases have in common.
pub(super) fn pool_options(url: &str, max_connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(max_connections)
        .acquire_timeout(LOCK_TIMEOUT)
        .test_before_acquire_if_idle_for(FRESH)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}
