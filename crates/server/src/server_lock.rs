//! One server for each `SQLite` database: the second one is refused at its start.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use store::Store;

use crate::config::Config;

/// The right to serve a database. The system takes it back when the process ends, however it ends, so that a file that
/// stayed behind locks nothing.
#[derive(Debug)]
pub(crate) struct ServerLock {
    _file: Option<File>,
}

impl ServerLock {
    /// Takes the lock on the file `….lock` beside the database. `PostgreSQL` serves any number of servers and needs none.
    ///
    /// # Errors
    /// Where another server has it, or the file system has no locks.
    pub(crate) fn take(config: &Config) -> Result<Self> {
        let Some(database) = Store::sqlite_file(&config.database_url()) else {
            return Ok(Self { _file: None });
        };
        let path = lock_file(&database);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).context("making the data folder")?;
        }
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("opening {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("{}", taken(&database, &holder(&mut file))),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| {
                    format!(
                        "{} cannot be locked: SQLite needs a local disk, not one of the network",
                        path.display()
                    )
                });
            }
        }
        file.set_len(0)?;
        writeln!(file, "{}", std::process::id())?;
        Ok(Self { _file: Some(file) })
    }
}

/// The process that the file names, for people.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.read_to_string(&mut text));
    match (read, text.trim().parse::<u32>()) {
        (Ok(_), Ok(process)) => format!("process {process}"),
        (Ok(_) | Err(_), _) => "another process".to_owned(),
    }
}

fn taken(database: &Path, holder: &str) -> String {
    format!(
        "{holder} already serves the database {}. SQLite has one server: stop that one first and start again; \
         several servers need PostgreSQL (docs/operations.md, \"One server for each SQLite folder\")",
        database.display()
    )
}

fn lock_file(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_lies_beside_the_database() {
        let lock = lock_file(Path::new("data/gradphoto.db"));
        assert_eq!(lock, Path::new("data/gradphoto.db.lock"));
    }
}
