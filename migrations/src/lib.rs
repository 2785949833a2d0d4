//! The schema, as steps that run on `SQLite` and on `PostgreSQL` alike.
//!
//! A step is three files of one name: `up/` makes its tables, `down/` removes them, `sample/` fills each with
//! a row, so that the tests run every later step on a database that is not empty. The SQL is what both
//! databases understand, since `SQLite` takes any type name. It would only turn text that is a bare number
//! into one, so a `jsonb` column holds objects and arrays. Foreign keys and checks stand in `CREATE TABLE`,
//! since `SQLite` cannot add them later.

mod step;

use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use step::{STEPS, Step};

/// Any number that nothing else locks on: servers that start together migrate one after the other.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7165824011)";
/// A step may take longer than a request, and wait for another server's migration; but while it waits for a lock on a
/// table, everybody else who wants the table waits behind it.
const OWN_LIMITS: [&str; 2] = [
    "SET LOCAL statement_timeout = '30min'; SET LOCAL lock_timeout = '30min'",
    "SET LOCAL lock_timeout = '30s'",
];

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS
            .iter()
            .map(|step| Box::new(*step) as Box<dyn MigrationTrait>)
            .collect()
    }
}

/// Applies every step that is missing: all of them or, where one fails, none.
///
/// # Errors
/// What the database said; it is then as it was.
pub async fn up(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let tx = begin(connection).await?;
    Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// Takes back every step, and with them all data.
///
/// # Errors
/// What the database said; it is then as it was.
pub async fn down_all(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let tx = begin(connection).await?;
    Migrator::down(&tx, None).await?;
    tx.commit().await
}

/// The names of the steps that are missing, oldest first. Changes nothing.
///
/// # Errors
/// What the database said, or that it has steps which this version does not know.
pub async fn pending(connection: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let missing = Migrator::get_pending_migrations_read_only(connection).await?;
    Ok(missing.iter().map(|step| step.name().to_owned()).collect())
}

/// The name of the last step.
pub fn latest() -> &'static str {
    STEPS.last().map_or("", |step| step.name)
}

/// Whether this version knows a step.
pub fn knows(name: &str) -> bool {
    STEPS.iter().any(|step| step.name == name)
}

/// Puts one row into every table of a database that has every step, for tests of what reads them.
///
/// # Errors
/// What the database said.
pub async fn fill_with_samples(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    for step in STEPS {
        fill(connection, step).await?;
    }
    Ok(())
}

async fn fill(connection: &impl ConnectionTrait, step: Step) -> Result<(), DbErr> {
    let sql = for_backend(connection, step.sample);
    connection.execute_unprepared(&sql).await.map(|_| ())
}

/// Samples write keys and bytes as `SQLite` does, `x'…'`; `PostgreSQL` reads the same digits, quoted, as
/// a uuid or as bytes.
fn for_backend(connection: &impl ConnectionTrait, sql: &str) -> String {
    if is_postgres(connection) {
        sql.replace("x'", "'")
    } else {
        sql.to_owned()
    }
}

async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = connection.begin_with_options(options).await?;
    if is_postgres(connection) {
        let [waiting, changing] = OWN_LIMITS;
        for statement in [waiting, LOCK, changing] {
            tx.execute_unprepared(statement).await?;
        }
    }
    Ok(tx)
}

fn is_postgres(connection: &impl ConnectionTrait) -> bool {
    connection.get_database_backend() == DbBackend::Postgres
}

#[cfg(test)]
mod tests;
