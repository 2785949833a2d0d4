//! Reading: statements that need no transaction, each on a connection that stays at hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::sea_query::{Value, Values};
use sea_orm::sqlx::{AssertSqlSafe, Postgres, Sqlite, query_with};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    SqlxError, Statement,
};
use sea_query_sqlx::SqlxValues;

use super::kept::Kept;

/// A limit that is bound.
const BOUND_LIMIT: &str = " LIMIT ?";

/// Runs reads. What writes goes the way of the pool, which on `SQLite` refuses it.
#[derive(Debug, Clone)]
pub struct ReadPool(pub(super) Arc<Shared>);

/// What all clones share.
#[derive(Debug)]
pub(super) struct Shared {
    pool: DatabaseConnection,
    kept: Connections,
    statements: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Connections {
    Sqlite(Kept<Sqlite>),
    Postgres(Kept<Postgres>),
}

impl ReadPool {
    /// Over a pool of at most `most` connections. On `SQLite` it is for reading alone and all but one stay at hand; on
    /// `PostgreSQL` transactions need them as well, and a quarter stays.
    pub(super) fn new(pool: DatabaseConnection, most: u32, statements: Arc<AtomicU64>) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let kept = if pool.get_database_backend() == DbBackend::Sqlite {
            let pool = pool.get_sqlite_connection_pool().clone();
            Connections::Sqlite(Kept::new(pool, most.saturating_sub(1)))
        } else {
            let pool = pool.get_postgres_connection_pool().clone();
            Connections::Postgres(Kept::new(pool, most / 4))
        };
        Self(Arc::new(Shared {
            pool,
            kept,
            statements,
        }))
    }

    /// The pool itself.
    pub(super) fn pool(&self) -> &DatabaseConnection {
        &self.0.pool
    }

    /// How many connections are at hand.
    pub(super) fn at_hand(&self) -> usize {
        match &self.0.kept {
            Connections::Sqlite(kept) => kept.count(),
            Connections::Postgres(kept) => kept.count(),
        }
    }

    /// Gives all connections back, and keeps none that was taken before, since the pool leads elsewhere now.
    pub(super) fn renew(&self) {
        match &self.0.kept {
            Connections::Sqlite(kept) => kept.renew(),
            Connections::Postgres(kept) => kept.renew(),
        }
    }

    /// Gives all connections back, so that the pool can be closed.
    pub(super) fn give_back(&self) {
        match &self.0.kept {
            Connections::Sqlite(kept) => kept.close(),
            Connections::Postgres(kept) => kept.close(),
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for ReadPool {
    fn get_database_backend(&self) -> DbBackend {
        self.0.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.pool.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.pool.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.statements.fetch_add(1, Ordering::Relaxed);
        let again = self.0.for_another_try(&statement);
        match (self.0.one(statement).await, again) {
            (Err(error), Some(again)) if is_lost(&error) => self.0.one(again).await,
            (row, _) => row,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.statements.fetch_add(1, Ordering::Relaxed);
        let again = self.0.for_another_try(&statement);
        match (self.0.rows(statement).await, again) {
            (Err(error), Some(again)) if is_lost(&error) => self.0.rows(again).await,
            (rows, _) => rows,
        }
    }
}

impl Shared {
    /// What is asked once more where a connection to `PostgreSQL` breaks, as all do when another host is promoted. A file does
    /// not go away.
    fn for_another_try(&self, statement: &Statement) -> Option<Statement> {
        match &self.kept {
            Connections::Sqlite(_) => None,
            Connections::Postgres(_) => Some(statement.clone()),
        }
    }

    async fn one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let (sql, values) = parts(statement);
        let row = match &self.kept {
            Connections::Sqlite(kept) => {
                let mut held = kept.take().await.map_err(not_acquired)?;
                let query = query_with::<Sqlite, _>(sql, values);
                let row = query.fetch_optional(&mut *held.connection).await;
                let row = row.map_err(failed)?;
                kept.keep(held);
                row.map(QueryResult::from)
            }
            Connections::Postgres(kept) => {
                let mut held = kept.take().await.map_err(not_acquired)?;
                let query = query_with::<Postgres, _>(sql, values);
                let row = query.fetch_optional(&mut *held.connection).await;
                let row = row.map_err(failed)?;
                kept.keep(held);
                row.map(QueryResult::from)
            }
        };
        Ok(row)
    }

    async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let (sql, values) = parts(statement);
        let rows = match &self.kept {
            Connections::Sqlite(kept) => {
                let mut held = kept.take().await.map_err(not_acquired)?;
                let query = query_with::<Sqlite, _>(sql, values);
                let rows = query.fetch_all(&mut *held.connection).await;
                let rows = rows.map_err(failed)?;
                kept.keep(held);
                rows.into_iter().map(QueryResult::from).collect()
            }
            Connections::Postgres(kept) => {
                let mut held = kept.take().await.map_err(not_acquired)?;
                let query = query_with::<Postgres, _>(sql, values);
                let rows = query.fetch_all(&mut *held.connection).await;
                let rows = rows.map_err(failed)?;
                kept.keep(held);
                rows.into_iter().map(QueryResult::from).collect()
            }
        };
        Ok(rows)
    }
}

fn parts(statement: Statement) -> (AssertSqlSafe<String>, SqlxValues) {
    let mut sql = statement.sql;
    let mut values = statement.values.unwrap_or_else(|| Values(Vec::new()));
    if statement.db_backend == DbBackend::Sqlite && sql.contains(BOUND_LIMIT) {
        write_limits(&mut sql, &mut values);
    }
    (AssertSqlSafe(sql), SqlxValues(values))
}

/// Writes the limits of a statement into its text. `SQLite` looks at a bound limit when it plans, so that binding the next
/// one, though it is the same, would make it plan anew: longer than the statement itself takes.
fn write_limits(sql: &mut String, values: &mut Values) {
    let places: Vec<usize> = sql.match_indices('?').map(|(place, _)| place).collect();
    if places.len() != values.0.len() {
        return;
    }
    // From the end, so that the places before stay.
    for (number, place) in places.into_iter().enumerate().rev() {
        if let Some(Value::BigUnsigned(Some(limit))) = values.0.get(number)
            && sql[..=place].ends_with(BOUND_LIMIT)
        {
            sql.replace_range(place..=place, &limit.to_string());
            values.0.remove(number);
        }
    }
}

/// Whether the connection ended before there was an answer.
pub(super) fn is_lost(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    if let SqlxError::Database(cause) = cause.as_ref() {
        // admin_shutdown, crash_shutdown
        return matches!(cause.code().as_deref(), Some("57P01" | "57P02"));
    }
    matches!(cause.as_ref(), SqlxError::Io(_))
}

fn failed(error: SqlxError) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

fn not_acquired(error: SqlxError) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use sea_orm::sea_query::{Value, Values};
    use sea_orm::{ConnectionTrait, DbBackend, Statement};
    use tokio::runtime::Runtime;

    use super::write_limits;

    use crate::{Store, StoreError};

    async fn connect(folder: &Path, most: u32) -> Store {
        let url = format!("sqlite://{}", folder.join("reader.db").display());
        Store::connect(&url, most).await.unwrap()
    }

    async fn read(store: &Store, sql: &str) -> Result<i32, StoreError> {
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        let row = store.reader().query_one_raw(statement).await?;
        Ok(row.unwrap().try_get_by_index(0).unwrap())
    }

    #[tokio::test]
    async fn more_readers_than_connections_take_turns() {
        let folder = tempfile::tempdir().unwrap();
        let store = connect(folder.path(), 2).await;
        let readers: Vec<_> = (0..16)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    for _ in 0..50 {
                        assert_eq!(read(&store, "SELECT 7").await.unwrap(), 7);
                    }
                })
            })
            .collect();
        for reader in readers {
            reader.await.unwrap();
        }
        assert_eq!(store.statements(), 16 * 50);
        assert!(store.reader().at_hand() <= 1);
        store.close().await.unwrap();
        assert_eq!(store.reader().at_hand(), 0);
        assert!(read(&store, "SELECT 7").await.is_err());
    }

    #[test]
    fn limits_are_written_and_other_values_bound() {
        let number = |number: u64| Value::BigUnsigned(Some(number));
        let sql = "SELECT ? WHERE a IN (SELECT b LIMIT ?) AND c = ? LIMIT ?";
        let mut written = sql.to_owned();
        let mut values = Values(vec![number(1), number(2), number(3), number(4)]);
        write_limits(&mut written, &mut values);
        let expected = "SELECT ? WHERE a IN (SELECT b LIMIT 2) AND c = ? LIMIT 4";
        assert_eq!(written, expected);
        assert_eq!(values.0, [number(1), number(3)]);
        // A text that has a question mark besides is left as it is.
        let mut written = format!("{sql} -- ?");
        let mut values = Values(vec![number(1), number(2), number(3), number(4)]);
        write_limits(&mut written, &mut values);
        assert_eq!((written, values.0.len()), (format!("{sql} -- ?"), 4));
    }

    #[tokio::test]
    async fn a_statement_that_failed_gives_its_connection_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = connect(folder.path(), 2).await;
        assert_eq!(read(&store, "SELECT 7").await.unwrap(), 7);
        assert_eq!(store.reader().at_hand(), 1);
        assert!(read(&store, "SELECT nothing").await.is_err());
        assert_eq!(store.reader().at_hand(), 0);
        assert_eq!(read(&store, "SELECT 7").await.unwrap(), 7);
    }

    #[test]
    fn a_store_may_outlive_its_runtime() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        let store = runtime.block_on(connect(folder.path(), 2));
        assert_eq!(runtime.block_on(read(&store, "SELECT 7")).unwrap(), 7);
        assert_eq!(store.reader().at_hand(), 1);
        drop(runtime);
        drop(store);
    }
}
