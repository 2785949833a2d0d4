//! What is stored belongs to the user that runs the server, and to nobody else: the data folder has mode 0700, the files
//! in it 0600.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rustix::fs::Mode;
use rustix::process::umask;
use store::Store;

use crate::config::Config;

/// A folder that its owner alone can enter.
const FOLDER: u32 = 0o700;
/// A file that its owner alone can use.
const FILE: u32 = 0o600;

/// From now on files and folders that this process makes are for its user alone: photos, journals of the database,
/// sheets that commands write.
pub(crate) fn keep() {
    umask(Mode::RWXG | Mode::RWXO);
}

/// Makes the data folder and the database's file where they are missing, and takes them away from others where an earlier
/// version left them open. `SQLite` gives the files beside the database's own the same mode.
///
/// # Errors
/// Where the folder cannot be made, or another user owns it.
pub(crate) fn prepare(config: &Config) -> Result<()> {
    let data = &config.basics.data;
    let mut folders = DirBuilder::new();
    folders.recursive(true).mode(FOLDER);
    folders
        .create(data)
        .with_context(|| format!("making the data folder {}", data.display()))?;
    close(data, FOLDER)?;
    for folder in [data.join("photos")].iter().filter(|path| path.is_dir()) {
        close(folder, FOLDER)?;
    }
    let Some(database) = Store::sqlite_file(&config.database_url()) else {
        return Ok(());
    };
    let mut file = OpenOptions::new();
    file.append(true).create(true).mode(FILE);
    // Where it cannot be made, connecting says so.
    if file.open(&database).is_ok() {
        for name in with_journals(&database).filter(|path| path.is_file()) {
            close(&name, FILE)?;
        }
    }
    Ok(())
}

/// Takes a file or folder away from everybody but its owner.
fn close(path: &Path, mode: u32) -> Result<()> {
    let taken = || -> io::Result<()> {
        let now = fs::metadata(path)?.permissions().mode();
        if now & 0o077 != 0 {
            fs::set_permissions(path, Permissions::from_mode(mode))?;
        }
        Ok(())
    };
    taken().with_context(|| {
        let shown = path.display();
        format!("others can use {shown}, and it cannot be taken from them: chown it to the user that runs gradphoto, then chmod {mode:o} {shown}")
    })
}

/// A database's file and those that `SQLite` keeps beside it.
fn with_journals(database: &Path) -> impl Iterator<Item = PathBuf> {
    ["", "-wal", "-shm", "-journal"].into_iter().map(|end| {
        let mut name = database.as_os_str().to_owned();
        name.push(end);
        name.into()
    })
}
