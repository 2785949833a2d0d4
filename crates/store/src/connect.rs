//! The pools of connections, and how a writing transaction begins on either database.

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
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::StoreError;
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
            let pool = Database::connect(postgres::options(url, *settings)).await?;
            return Ok(Self::counting(pool.clone(), pool, max_connections));
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
        let tx = self.writer.begin_with_options(options).await;
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
mod tests {
    use std::path::Path;

    use sea_orm::{ActiveModelTrait, ActiveValue, ConnectionTrait, EntityTrait, IntoActiveModel};
    use uuid::Uuid;

    use std::time::Duration;

    use sea_orm::ConnectOptions;

    use super::{Database, Store};
    use crate::StoreError;
    use crate::entity::{school, school_alias};

    const SCHOOL: Uuid = Uuid::from_u128(1);

    #[test]
    fn the_file_of_a_database_is_found_in_its_address() {
        for (url, expected) in [
            (
                "sqlite://data/gradphoto.db?mode=rwc",
                Some("data/gradphoto.db"),
            ),
            ("sqlite:///srv/a%20b.db", Some("/srv/a b.db")),
            ("sqlite:a.db", Some("a.db")),
            ("sqlite::memory:", None),
            ("sqlite://", None),
            ("postgres://u@h/d", None),
        ] {
            assert_eq!(
                Store::sqlite_file(url).as_deref(),
                expected.map(Path::new),
                "{url}"
            );
        }
    }

    #[tokio::test]
    async fn writers_that_read_first_wait_for_each_other() {
        let (_folder, store) = store_with_a_school().await;
        let writers: Vec<_> = (0..4)
            .map(|_| tokio::spawn(raise_ten_times(store.clone())))
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(school_of(&store).await.code, "40");
    }

    #[tokio::test]
    async fn who_reads_cannot_write_nor_need_they_wait() {
        let (_folder, store) = store_with_a_school().await;
        let tx = store.begin().await.unwrap();
        assert_eq!(school_of(&store).await.code, "0");
        let delete = school::Entity::delete_by_id(SCHOOL).exec(store.reader());
        let error = StoreError::from(delete.await.unwrap_err());
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        drop(tx);
        assert_eq!(school_of(&store).await.id, SCHOOL);
    }

    #[tokio::test]
    async fn a_full_disk_is_over_when_there_is_room_again() {
        let (_folder, store) = store_with_a_school().await;
        let allow_pages = async |count: u32| {
            let pragma = format!("PRAGMA max_page_count = {count}");
            store.writer().execute_unprepared(&pragma).await.unwrap();
        };
        allow_pages(1).await;
        let tx = store.begin().await.unwrap();
        let error = crate::insert(&tx, large_school(2)).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        drop(tx);
        allow_pages(100_000).await;
        drop(store.begin().await.unwrap());
        let tx = store.begin().await.unwrap();
        crate::insert(&tx, large_school(3)).await.unwrap();
        tx.commit().await.unwrap();
        let kept = school::Entity::find_by_id(Uuid::from_u128(3));
        assert!(kept.one(store.reader()).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn a_closed_database_is_complete_in_its_own_file() {
        let (folder, store) = store_with_a_school().await;
        let reading = store.clone();
        assert_eq!(school_of(&reading).await.id, SCHOOL);
        store.close().await.unwrap();
        let names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["test.db"]);
        let moved = folder.path().join("moved.db");
        std::fs::copy(folder.path().join("test.db"), &moved).unwrap();
        let copy = Store::connect(&format!("sqlite://{}", moved.display()), 1)
            .await
            .unwrap();
        assert_eq!(school_of(&copy).await.id, SCHOOL);
    }

    /// A school whose name needs more than a page.
    fn large_school(id: u128) -> school::Model {
        school::Model {
            id: Uuid::from_u128(id),
            name: "school".repeat(10_000),
            name_folded: id.to_string(),
            ..school()
        }
    }

    fn school() -> school::Model {
        school::Model {
            id: SCHOOL,
            code: "0".to_owned(),
            name: "school".to_owned(),
            name_folded: "school".to_owned(),
            state: "active".to_owned(),
            created_at: chrono::DateTime::UNIX_EPOCH,
            contact: String::new(),
            version: 1,
            is_test: false,
            clock_offset_s: 0,
        }
    }

    #[tokio::test]
    async fn a_dropped_transaction_leaves_nothing() {
        let (_folder, store) = store_with_a_school().await;
        let tx = store.begin().await.unwrap();
        school::Entity::delete_by_id(SCHOOL)
            .exec(&tx)
            .await
            .unwrap();
        drop(tx);
        assert_eq!(school_of(&store).await.id, SCHOOL);
    }

    #[tokio::test]
    async fn a_write_lock_that_stays_taken_is_busy() {
        let (folder, store) = store_with_a_school().await;
        let _writer = store.begin().await.unwrap();
        let mut hasty = ConnectOptions::new(address(&folder));
        hasty.map_sqlx_sqlite_opts(|options| options.busy_timeout(Duration::ZERO));
        let pool = Database::connect(hasty).await.unwrap();
        let hasty = Store::counting(pool.clone(), pool, 1);
        let error = hasty.begin().await.unwrap_err();
        assert!(matches!(error, StoreError::Busy(_)), "{error:?}");
    }

    #[tokio::test]
    async fn a_taken_unique_key_is_a_conflict() {
        let (_folder, store) = store_with_a_school().await;
        let again = school_of(&store).await.into_active_model().reset_all();
        let error = StoreError::from(again.insert(store.writer()).await.unwrap_err());
        assert!(matches!(error, StoreError::Conflict { .. }), "{error:?}");
    }

    #[tokio::test]
    async fn a_foreign_key_must_exist() {
        let (_folder, store) = store_with_a_school().await;
        let orphan = school_alias::ActiveModel {
            id: ActiveValue::Set(Uuid::from_u128(2)),
            school_id: ActiveValue::Set(Uuid::from_u128(3)),
            alias: ActiveValue::Set("alias".to_owned()),
            alias_folded: ActiveValue::Set("alias".to_owned()),
        };
        let error = StoreError::from(orphan.insert(store.writer()).await.unwrap_err());
        assert!(matches!(error, StoreError::Database(_)), "{error:?}");
    }

    #[tokio::test]
    async fn what_was_committed_is_synced_to_disk() {
        let (_folder, store) = store_with_a_school().await;
        let pragma = async |name: &str| {
            let sql = format!("PRAGMA {name}");
            let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
            store
                .writer()
                .query_one_raw(statement)
                .await
                .unwrap()
                .unwrap()
        };
        assert_eq!(
            pragma("journal_mode")
                .await
                .try_get_by_index::<String>(0)
                .unwrap(),
            "wal"
        );
        assert_eq!(
            pragma("synchronous")
                .await
                .try_get_by_index::<i32>(0)
                .unwrap(),
            2
        );
    }

    #[tokio::test]
    async fn an_address_without_a_database_is_refused() {
        let refused = Store::connect("mysql://localhost/gradphoto", 1)
            .await
            .unwrap_err();
        assert!(matches!(refused, StoreError::Address));
        let missing = Store::connect("sqlite:///nowhere/at/all/test.db", 1)
            .await
            .unwrap_err();
        assert!(matches!(missing, StoreError::Unavailable(_)), "{missing:?}");
    }

    async fn raise_ten_times(store: Store) {
        for _ in 0..10 {
            let tx = store.begin().await.unwrap();
            let row = school::Entity::find_by_id(SCHOOL)
                .one(&tx)
                .await
                .unwrap()
                .unwrap();
            let next = row.code.parse::<u32>().unwrap() + 1;
            let mut row = row.into_active_model();
            row.code = ActiveValue::Set(next.to_string());
            row.update(&tx).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    async fn store_with_a_school() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::connect(&address(&folder), 4).await.unwrap();
        store.ping().await.unwrap();
        migrations::up(store.writer()).await.unwrap();
        let school = school().into_active_model().reset_all();
        school.insert(store.writer()).await.unwrap();
        (folder, store)
    }

    fn address(folder: &tempfile::TempDir) -> String {
        format!("sqlite://{}", folder.path().join("test.db").display())
    }

    async fn school_of(store: &Store) -> school::Model {
        school::Entity::find_by_id(SCHOOL)
            .one(store.reader())
            .await
            .unwrap()
            .unwrap()
    }
}
