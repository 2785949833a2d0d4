//! Limits of a session of `PostgreSQL`.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::{ConnectOptions, SqlxError};
use tokio::time::timeout;

use super::failover::Switched;
use super::settings::{FRESH, LOCK_TIMEOUT, StoreSettings, pool_options};

/// A session of `PostgreSQL` that holds a transaction and is silent for this long is ended by the database, so that a copy
/// of the server that hangs gives its locks back: 60 s.
const IDLE_IN_TRANSACTION: Duration = Duration::from_mins(1);

/// How long an idle connection may take to answer before it is used: 1 s, so that a request that finds several broken ones
/// still gets a new one in its time.
const IDLE_ANSWER: Duration = Duration::from_secs(1);

/// How `PostgreSQL` finds out that we are gone: a silent connection is asked after 30 s, three times, every 10 s; what it
/// sent and we did not take is given up after 30 s.
const KEEPALIVE: [(&str, &str); 4] = [
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
    ("tcp_user_timeout", "30000"),
];

/// A pool whose statements, waits for locks and lost connections have an end, and that has no connection to a host which it
/// left.
pub(super) fn options(
    url: &str,
    settings: StoreSettings,
    switched: Arc<Switched>,
) -> ConnectOptions {
    let mut options = pool_options(url, settings.max_connections);
    let millis = |duration: Duration| duration.as_millis().to_string();
    let limits = [
        ("statement_timeout", millis(settings.statement_timeout)),
        ("lock_timeout", millis(settings.lock_timeout)),
        (
            "idle_in_transaction_session_timeout",
            millis(IDLE_IN_TRANSACTION),
        ),
    ];
    options
        .map_sqlx_postgres_opts(move |options| options.options(limits.clone()).options(KEEPALIVE))
        .map_sqlx_postgres_pool_opts(move |options| {
            let switched = Arc::clone(&switched);
            options
                .before_acquire(move |connection, about| {
                    let is_current = switched.is_before(about.age);
                    let is_fresh = about.idle_for < FRESH;
                    Box::pin(async move {
                        // A host that was left may have vanished: it is not asked.
                        Ok(is_current && (is_fresh || answers(connection, IDLE_ANSWER).await?))
                    })
                })
                .after_release(|connection, _| Box::pin(answers(connection, LOCK_TIMEOUT)))
        });
    options
}

/// Whether a connection still answers in time. The driver asks too, but waits as long as TCP does, up to a quarter of an
/// hour; so many connections fewer there would be after a network that went away for a moment.
async fn answers(connection: &mut PgConnection, limit: Duration) -> Result<bool, SqlxError> {
    match timeout(limit, connection.ping()).await {
        Ok(answered) => answered.map(|()| true),
        Err(_) => Err(SqlxError::PoolTimedOut),
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait;

    use super::*;
    use crate::{Store, StoreError};

    #[tokio::test]
    async fn a_statement_and_a_wait_for_a_lock_end_in_time_on_postgres() {
        let Some(url) = std::env::var_os("TEST_DATABASE_URL") else {
            return;
        };
        let url = url.into_string().unwrap();
        let short = Duration::from_millis(200);
        let lock = "SELECT pg_advisory_xact_lock(1, 1818)";
        let holder = Store::connect(&url, 1).await.unwrap();
        let held = holder.begin().await.unwrap();
        held.execute_unprepared(lock).await.unwrap();
        for (settings, statement) in [
            (
                StoreSettings {
                    statement_timeout: short,
                    ..StoreSettings::default()
                },
                "SELECT pg_sleep(60)",
            ),
            (
                StoreSettings {
                    lock_timeout: short,
                    ..StoreSettings::default()
                },
                lock,
            ),
        ] {
            let store = Store::connect_with(&url, &settings).await.unwrap();
            let error = store.writer().execute_unprepared(statement).await;
            let error = StoreError::from(error.unwrap_err());
            assert!(matches!(error, StoreError::Busy(_)), "{error:?}");
        }
    }
}
