//! Why a backup was not written or not restored.

use std::io;
use std::path::{Path, PathBuf};

use providers::blob::BlobError;
use providers::keys::SealError;
use store::StoreError;

use crate::Failure;

/// Why a backup was not written or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database, the object store or a key failed.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// A file or folder could not be used.
    #[error("using {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Nothing is overwritten.
    #[error("{} is there already; nothing is overwritten", .0.display())]
    Exists(PathBuf),
    /// Another command writes the same backup.
    #[error("another command is writing {}", .0.display())]
    Busy(PathBuf),
    /// An object that a row names is missing, or is not what the row says.
    #[error("the object {key} of {table} {row} {what}")]
    Object {
        /// Its name.
        key: String,
        /// The table.
        table: &'static str,
        /// The row.
        row: uuid::Uuid,
        /// What is wrong.
        what: &'static str,
    },
    /// A file of the backup is missing, is not the one that was written, or was added.
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    /// The backup does not suit this installation.
    #[error("{0}")]
    Unsuitable(String),
}

impl BackupError {
    /// What went wrong with a file.
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<BlobError> for BackupError {
    fn from(error: BlobError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<SealError> for BackupError {
    fn from(error: SealError) -> Self {
        Self::Failure(error.into())
    }
}
