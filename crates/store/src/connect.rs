//! The pools of connections, and how a writing transaction begins on either database.

mod failover;
mod kept;
mod postgres;
mod read_pool;
mod settings;

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::StoreError;
use failover::{Hosts, Pools, Switched};
pub use read_pool::ReadPool;
pub use settings::StoreSettings;
use settings::{LOCK_TIMEOUT, pool_options};

/// A transaction that writes; dropping it without `commit` rolls it back.
pub type Tx = DatabaseTransaction;

/// How full a pool of connections is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolFigures {
    /// Its name: `reader` or `writer`; `PostgreSQL` has one, `all`.
    pub name: &'static str,
    /// How many connections are open.
    pub size: u32,
    /// How many of them nobody uses.
    pub idle: u32,
    /// How many there may be.
    pub most: u32,
}

/// The database behind everything. Cloning is cheap: clones share the pools.
///
/// `SQLite` has one writer, so one connection writes, and who wants to write waits in turn for it; left to themselves,
/// writers would sleep and try again, longer each time. Its other connections cannot write. On `PostgreSQL` all are alike.
#[derive(Clone, Debug)]
pub struct Store {
    reader: ReadPool,
    writer: DatabaseConnection,
    statements: Arc<AtomicU64>,
}

impl Store {
    /// Over these pools, of which the reading one has at most `most` connections; counts what is asked from now on.
    fn counting(mut reader: DatabaseConnection, mut writer: DatabaseConnection, most: u32) -> Self {
        let statements = Arc::new(AtomicU64::new(0));
        for connection in [&mut reader, &mut writer] {
            let statements = Arc::clone(&statements);
            connection.set_metric_callback(move |_| {
                statements.fetch_add(1, Ordering::Relaxed);
            });
        }
        Self {
            reader: ReadPool::new(reader, most, Arc::clone(&statements)),
            writer,
            statements,
        }
    }

    /// How many statements the database was given so far, those of transactions included, `BEGIN` and `COMMIT` not.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Opens a pool of at most `max_connections`, and on `SQLite` the one that writes besides. A `sqlite:` file is created
    /// where it is missing.
    ///
    /// # Errors
    /// [`StoreError::Address`] where the address is neither `sqlite:` nor `postgres:`,
    /// [`StoreError::Unavailable`] where the database does not answer.
    pub async fn connect(url: &str, max_connections: u32) -> Result<Self, StoreError> {
        let settings = StoreSettings {
            max_connections,
            ..StoreSettings::default()
        };
        Self::connect_with(url, &settings).await
    }

    /// As [`Self::connect`], with other limits.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub async fn connect_with(url: &str, settings: &StoreSettings) -> Result<Self, StoreError> {
        let max_connections = settings.max_connections;
        if ["postgres:", "postgresql:"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
        {
            return Self::connect_to_postgres(url, settings).await;
        }
        if !url.starts_with("sqlite:") {
            return Err(StoreError::Address);
        }
        let mut reading = pool_options(url, max_connections);
        reading.map_sqlx_sqlite_opts(|options| sqlite(options).pragma("query_only", "ON"));
        let mut writing = pool_options(url, 1);
        writing
            .map_sqlx_sqlite_opts(|options| sqlite(options).create_if_missing(true))
            .map_sqlx_sqlite_before_acquire(|connection, _| {
                // Where the disk is full, SQLite ends a transaction by itself, and the driver still counts it: what came
                // after would be parts of it, acknowledged and never committed.
                let is_clean = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_clean) })
            });
        // The writer first: it makes the file.
        let writer = Database::connect(writing).await?;
        let reader = Database::connect(reading).await?;
        Ok(Self::counting(reader, writer, max_connections))
    }

    /// Opens a pool to the host of the address that takes writes; where it names several, the pool goes over to the one that
    /// is promoted later.
    async fn connect_to_postgres(url: &str, settings: &StoreSettings) -> Result<Self, StoreError> {
        let addresses = failover::addresses(url);
        // The driver's own error would quote the address, in which a password may stand.
        let mut hosts = Hosts::of(&addresses).map_err(|_| StoreError::Address)?;
        let switched = Arc::new(Switched::default());
        let most = settings.max_connections;
        let connect = async |address: &str| {
            let options = postgres::options(address, *settings, Arc::clone(&switched));
            let pool = Database::connect(options).await?;
            Ok::<_, DbErr>(Self::counting(pool.clone(), pool, most))
        };
        if let [address] = addresses.as_slice() {
            return Ok(connect(address).await?);
        }
        let primary = hosts.primary().await.ok_or_else(no_primary)?;
        let store = connect(&addresses[primary]).await?;
        let pools = Pools::of(&store.writer, &store.reader, switched);
        tokio::spawn(hosts.follow(primary, pools));
        Ok(store)
    }

    /// The file of a `sqlite:` address; none for other databases and for those in memory.
    pub fn sqlite_file(url: &str) -> Option<PathBuf> {
        let path = url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path).split('?').next()?;
        if path.is_empty() || path == ":memory:" {
            return None;
        }
        let options = SqliteConnectOptions::from_str(url).ok()?;
        Some(options.get_filename().to_owned())
    }

    /// For reads that need no transaction.
    pub fn reader(&self) -> &ReadPool {
        &self.reader
    }

    /// For a write that is one statement. More than one want a transaction.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Begins a writing transaction. On `SQLite` it takes the write lock at once: a transaction that
    /// reads first and then writes would otherwise fail, without waiting, where another program wrote meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where another program keeps the write lock, [`StoreError::Unavailable`] where no
    /// connection is to be had.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let began = Instant::now();
        let mut tx = self.writer.begin_with_options(options).await;
        // Connections that broke a moment ago are still in the pool; nothing was asked of them yet.
        for _ in 1..BEGIN_TRIES {
            if !tx.as_ref().is_err_and(read_pool::is_lost) {
                break;
            }
            tx = self.writer.begin_with_options(options).await;
        }
        metrics::histogram!("database_transaction_wait_seconds")
            .record(began.elapsed().as_secs_f64());
        Ok(tx?)
    }

    /// Closes all connections. On `SQLite` everything that was written is in the database's own file afterwards, which
    /// then needs no other one beside it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the write-ahead log could not be written back; nothing is lost, the next start
    /// does it.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.reader.give_back();
        if self.is_postgres() {
            return Ok(self.writer.close_by_ref().await?);
        }
        self.reader.pool().close_by_ref().await?;
        let checkpoint = self
            .writer
            .execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
            .await;
        self.writer.close_by_ref().await?;
        checkpoint?;
        Ok(())
    }

    /// Asks the database for an answer.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where none comes.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.reader.pool().ping().await?)
    }

    /// How full the pools are.
    pub fn pools(&self) -> Vec<PoolFigures> {
        let idle = |idle: usize| u32::try_from(idle).unwrap_or(u32::MAX);
        if self.is_postgres() {
            let pool = self.writer.get_postgres_connection_pool();
            return vec![PoolFigures {
                name: "all",
                size: pool.size(),
                idle: idle(pool.num_idle() + self.reader.at_hand()),
                most: pool.options().get_max_connections(),
            }];
        }
        let figures = |name, connection: &DatabaseConnection, at_hand| {
            let pool = connection.get_sqlite_connection_pool();
            PoolFigures {
                name,
                size: pool.size(),
                idle: idle(pool.num_idle() + at_hand),
                most: pool.options().get_max_connections(),
            }
        };
        vec![
            figures("reader", self.reader.pool(), self.reader.at_hand()),
            figures("writer", &self.writer, 0),
        ]
    }

    /// Whether the database is `PostgreSQL`, where rows can be locked one by one.
    pub fn is_postgres(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Postgres
    }
}

/// How often a transaction is begun where the connection turns out to be broken.
const BEGIN_TRIES: usize = 4;

/// No host of the address takes writes.
fn no_primary() -> StoreError {
    let what = "no host of the database address takes writes";
    StoreError::Unavailable(DbErr::Conn(RuntimeErr::Internal(what.to_owned())))
}

/// Pages that each connection keeps: 512 KB, where `SQLite` would take 2 MB. The system's own cache has them as well, and
/// nine connections would hold what a busy hour read for ever.
const CACHE: &str = "-512";

fn sqlite(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: what was committed survives a loss of power.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(LOCK_TIMEOUT)
        .pragma("cache_size", CACHE)
}

#[cfg(test)]
mod tests;
