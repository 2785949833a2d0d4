//! Locks on what has no row, taken by its keyed hash.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{StoreError, Tx};

/// Takes the lock of a number or an address until `tx` ends, so that of two tries at once one counts the other's.
///
/// On `SQLite` the transaction is the only writer already; on `PostgreSQL` what was never seen has no row to lock.
pub async fn take(tx: &Tx, hash: &[u8; 16]) -> Result<(), StoreError> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let (half, _) = hash.split_at(8);
        let key = half
            .iter()
            .fold(0_i64, |key, &byte| (key << 8) | i64::from(byte));
        let sql = "SELECT pg_advisory_xact_lock($1)";
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [key.into()]);
        tx.query_one_raw(statement).await?;
    }
    Ok(())
}
