//! Files that are there as a whole or not at all, whenever the power fails.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Whether a file is there and its content is the right one.
pub(super) fn holds(path: &Path, is_right: impl Fn(&[u8]) -> bool) -> bool {
    fs::read(path).is_ok_and(|content| is_right(&content))
}

/// Writes a file in one step: its content is on the disk before its name is there, and its name is on the disk when this
/// returns. What stood there before is replaced.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<()> {
    let said = || format!("writing {}", path.display());
    let folder = path.parent().with_context(said)?;
    let name = path.file_name().with_context(said)?.to_string_lossy();
    // The lock of the folder is held, so nobody else writes under this name; what a crash left is written over.
    let part = folder.join(format!(".{name}.part"));
    let mut file = File::create(&part).with_context(said)?;
    file.write_all(content).with_context(said)?;
    file.sync_all().with_context(said)?;
    fs::rename(&part, path).with_context(said)?;
    let folder = File::open(folder).with_context(said)?;
    folder.sync_all().with_context(said)
}

/// Holds a folder for one program; it is free when the program ends, however it ends.
#[derive(Debug)]
pub(super) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock.
    pub(super) fn take(folder: &Path) -> Result<Self> {
        let path = folder.join(".gradphoto/lock");
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(&path);
        let file = file.with_context(|| format!("opening {}", path.display()))?;
        if file.try_lock().is_err() {
            bail!("another gradphoto pull works in {}", folder.display());
        }
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_in_one_step_and_what_a_crash_left_is_no_hindrance() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        fs::write(
            folder.path().join(".a.jpg.part"),
            "half of a longer content",
        )
        .unwrap();
        for content in [b"one".as_slice(), b"two", b""] {
            assert!(!holds(&path, |kept| kept == content));
            write(&path, content).unwrap();
            assert!(holds(&path, |kept| kept == content));
        }
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
        assert!(write(&folder.path().join("none/a"), b"").is_err());
    }

    #[test]
    fn one_program_works_in_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".gradphoto")).unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        assert!(FolderLock::take(folder.path()).is_err());
        drop(first);
        assert!(FolderLock::take(folder.path()).is_ok());
    }
}
