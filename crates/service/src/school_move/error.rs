//! Why a school was not moved.

use std::io;
use std::path::{Path, PathBuf};

use domain::school_move::OpenWork;
use providers::blob::BlobError;
use providers::keys::SealError;
use store::StoreError;

use crate::Failure;
use crate::audit::ChainFault;
use crate::backup::BackupError;

/// Why a school was not moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The database, the object store or a key failed.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// A file could not be used.
    #[error("using {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A name could not be given to a file.
    #[error(transparent)]
    Named(#[from] BackupError),
    /// Something must be over first; each with how many there are.
    #[error("the school has open work")]
    Open(Vec<(OpenWork, i64)>),
    /// It cannot be done with this school, file or installation.
    #[error("{0}")]
    Unsuitable(String),
    /// The file is not what was written, or another key belongs to it. Nothing was taken from it.
    #[error("the file is damaged, or another key belongs to it: {0}")]
    Damaged(&'static str),
    /// The export failed after the school was shut, and the school is still shut.
    #[error("the file could not be written, and the school is shut")]
    StillShut(#[source] Box<MoveError>),
    /// The audit log of the school is not sound.
    #[error("the audit log of the school is not sound ({0:?}): see gradphoto audit verify")]
    Chain(ChainFault),
}

impl MoveError {
    /// What went wrong with a file.
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }
}

impl From<StoreError> for MoveError {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<BlobError> for MoveError {
    fn from(error: BlobError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<SealError> for MoveError {
    fn from(error: SealError) -> Self {
        Self::Failure(error.into())
    }
}
