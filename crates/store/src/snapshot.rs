//! A copy of a whole `SQLite` database as it was at one moment: what a backup holds.

use std::path::Path;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};

use crate::data_key::{self, DataKey};
use crate::{Store, StoreError};

impl Store {
    /// Writes a copy of the database as it is at this moment into a new file, while others read and write. `SQLite` only.
    ///
    /// # Errors
    /// [`StoreError::Database`] where the file is there already, and on `PostgreSQL`.
    pub async fn write_snapshot(&self, file: &Path) -> Result<(), StoreError> {
        let file = file.display().to_string();
        let copy =
            Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [file.into()]);
        // Through the connection that may write: the others are not allowed to fill the new file.
        self.writer().execute_raw(copy).await?;
        Ok(())
    }
}

/// An opened copy. Its file is complete by itself: no write-ahead log lies beside it.
#[derive(Debug)]
pub struct Snapshot(DatabaseConnection);

impl Snapshot {
    /// Opens a copy.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where there is no such file; [`StoreError::Database`] where it is no database.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new("sqlite://snapshot");
        options.max_connections(1).sqlx_logging(false);
        let file = file.to_owned();
        options.map_sqlx_sqlite_opts(move |options| {
            options
                .filename(&file)
                .create_if_missing(false)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Delete)
                .synchronous(SqliteSynchronous::Full)
                // What is deleted is overwritten, so that it cannot be found in the file.
                .pragma("secure_delete", "ON")
        });
        Ok(Self(Database::connect(options).await?))
    }

    /// For reading.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.0
    }

    /// Looks at every page, index and reference.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] with the first thing that is wrong.
    pub async fn check_integrity(&self) -> Result<(), StoreError> {
        let found = self.column("PRAGMA integrity_check(1)").await?;
        if found.as_deref() != Some("ok") {
            let what = found.unwrap_or_else(|| "the database cannot be checked".to_owned());
            return Err(StoreError::Corrupt { what });
        }
        match self.column("PRAGMA foreign_key_check").await? {
            Some(table) => Err(StoreError::Corrupt {
                what: format!("a row of {table} refers to one that is missing"),
            }),
            None => Ok(()),
        }
    }

    /// The first column of the first row.
    async fn column(&self, sql: &str) -> Result<Option<String>, StoreError> {
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        let row = self.0.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// Takes the wrapped keys out of the copy and returns them. Nothing is left of them in its file.
    pub async fn take_data_keys(&self) -> Result<Vec<DataKey>, StoreError> {
        let keys = data_key::all(&self.0).await?;
        data_key::delete_all(&self.0).await?;
        Ok(keys)
    }

    /// Puts wrapped keys into the copy, in place of those that it has.
    pub async fn put_data_keys(&self, keys: Vec<DataKey>) -> Result<(), StoreError> {
        data_key::replace_all(&self.0, keys).await
    }

    /// Closes the file.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.0.close().await?)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::{DataKeyId, DataKeyPurpose, DataKeyScope, DataKeyState, KeyId};
    use uuid::Uuid;

    use super::*;

    fn key() -> DataKey {
        DataKey {
            id: DataKeyId(Uuid::from_u128(1)),
            scope: DataKeyScope::Platform,
            purpose: DataKeyPurpose::Person,
            wrapped_by: KeyId([0; 16]),
            wrapped: b"a wrapped key of which nothing may be left"
                .repeat(3)
                .into(),
            state: DataKeyState::Active,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[tokio::test]
    async fn a_copy_is_one_sound_file_without_the_keys() {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("test.db").display());
        let store = Store::connect(&address, 1).await.unwrap();
        migrations::up(store.writer()).await.unwrap();
        data_key::insert_if_first(store.writer(), key())
            .await
            .unwrap();
        let file = folder.path().join("copy.db");
        // A transaction that is open meanwhile is not in the copy, and does not hinder it.
        let other = Store::connect(&address, 1).await.unwrap();
        let tx = other.begin().await.unwrap();
        crate::index_key::choose_first(&tx, crate::index_key::Purpose::Phone, KeyId([1; 16]))
            .await
            .unwrap();
        store.write_snapshot(&file).await.unwrap();
        let exempt = domain::audit::AuditExemption::Housekeeping;
        crate::commit(tx, exempt).await.unwrap();
        assert!(store.write_snapshot(&file).await.is_err(), "overwritten");

        let copy = Snapshot::open(&file).await.unwrap();
        copy.check_integrity().await.unwrap();
        let phone = crate::index_key::current(copy.connection(), crate::index_key::Purpose::Phone);
        assert_eq!(phone.await.unwrap(), None);
        assert_eq!(copy.take_data_keys().await.unwrap(), [key()]);
        copy.close().await.unwrap();
        let bytes = std::fs::read(&file).unwrap();
        let is_left = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        assert!(!is_left(b"of which nothing may be left"));
        let beside = ["copy.db-wal", "copy.db-journal"].map(|name| folder.path().join(name));
        assert!(beside.iter().all(|file| !file.exists()));

        let copy = Snapshot::open(&file).await.unwrap();
        copy.put_data_keys(vec![key()]).await.unwrap();
        assert_eq!(data_key::all(copy.connection()).await.unwrap(), [key()]);
    }

    #[tokio::test]
    async fn what_is_no_database_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.db");
        assert!(Snapshot::open(&file).await.is_err());
        std::fs::write(&file, "no database".repeat(1000)).unwrap();
        assert!(Snapshot::open(&file).await.is_err());
    }
}
