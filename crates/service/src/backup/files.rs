//! Files of a backup: written so that a loss of power leaves them whole or leaves none, readable by their owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use providers::keys::Sha256;
use serde::{Deserialize, Serialize};

use super::BackupError;

/// How much of a file is read at once, in bytes.
const CHUNK: usize = 1 << 20;

/// What a file must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

impl BackupFile {
    /// Of these bytes.
    pub(super) fn of_bytes(content: &[u8]) -> Self {
        Self {
            bytes: content.len() as u64,
            sha256: HEXLOWER.encode(&providers::keys::sha256(content)),
        }
    }

    /// Of a file, read part by part.
    pub(super) fn of_file(path: &Path) -> Result<Self, BackupError> {
        let read = || {
            let (mut file, mut hash, mut bytes) = (File::open(path)?, Sha256::default(), 0);
            let mut part = vec![0; CHUNK];
            loop {
                match file.read(&mut part)? {
                    0 => break,
                    length => {
                        hash.update(&part[..length]);
                        bytes += length as u64;
                    }
                }
            }
            let sha256 = HEXLOWER.encode(&hash.finish());
            Ok(Self { bytes, sha256 })
        };
        read().map_err(BackupError::file(path))
    }
}

/// Makes a folder with all that it lies in, for its owner alone.
pub fn make_folder(path: &Path) -> Result<(), BackupError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(BackupError::file(path))
}

/// Opens a new file for its owner alone; one that is there is replaced.
pub(super) fn create(path: &Path) -> Result<File, BackupError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(BackupError::file(path))
}

/// Writes a file in one step: under another name, then renamed.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), BackupError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    let mut file = create(&partial)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    written.map_err(BackupError::file(&partial))?;
    rename(&partial, path)
}

/// Gives a file or folder its name, so that a loss of power does not take it back.
pub fn rename(from: &Path, to: &Path) -> Result<(), BackupError> {
    fs::rename(from, to).map_err(BackupError::file(to))?;
    let folder = folder_of(to);
    sync(folder).map_err(BackupError::file(folder))
}

/// Removes a file, unless there is none.
pub(super) fn remove(path: &Path) -> Result<(), BackupError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(BackupError::file(path)(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Makes a file's content, or a folder's names, survive a loss of power.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    if cfg!(unix) || path.is_file() {
        File::open(path)?.sync_all()
    } else {
        Ok(())
    }
}

/// The folder that a file or folder lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// The files under a folder, as paths from there; none where there is no folder.
pub(super) fn below(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(one) = folders.pop() {
        let entries = match fs::read_dir(&one) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(BackupError::file(&one))?,
        };
        for entry in entries {
            let path = entry.map_err(BackupError::file(&one))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                found.push(relative.to_owned());
            }
        }
    }
    Ok(found)
}
