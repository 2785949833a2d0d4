//! Writing a backup while servers run.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use domain::KeyId;
use store::Snapshot;
use store::data_key::DataKey;
use store::index_key::{self, Purpose};

use super::data_keys::SavedKeys;
use super::files::{self, BackupFile};
use super::manifest::{DATABASE, FORMAT, OBJECTS, PHOTOS};
use super::{Backup, BackupError, KeyIds, Manifest, data_keys, manifest, objects};
use crate::Context;

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub struct BackupRequest<'a> {
    /// The folder that the backup will be. It must not exist.
    pub folder: &'a Path,
    /// Where the wrapped data keys go.
    pub keys_folder: &'a Path,
    /// The last step of the database's schema.
    pub schema: &'a str,
    /// The version of the program.
    pub program: &'a str,
}

/// What was written, and verified.
#[derive(Debug)]
pub struct BackupReport {
    /// What the backup says about itself.
    pub manifest: Manifest,
    /// How many objects do not open, since their data key was destroyed.
    pub keyless: u64,
    /// The data keys.
    pub keys: SavedKeys,
}

/// Writes a backup of the database as it is now and of every object that it names, and reads all of it again.
///
/// An object is stored before a row names it, so everything that the snapshot names is there unless it was deleted
/// meanwhile. What a broken attempt left is used again where it is good.
///
/// # Errors
/// [`BackupError::Exists`] where there is such a folder, [`BackupError::Busy`] where another command is writing it,
/// [`BackupError::Object`] where an object is missing or damaged. Nothing has the backup's name then.
pub async fn write(
    context: &Context,
    request: BackupRequest<'_>,
) -> Result<BackupReport, BackupError> {
    let partial = Partial::begin(request.folder)?;
    let file = partial.path.join(DATABASE);
    let created_at = context.now();
    context.store.write_snapshot(&file).await?;
    let snapshot = Snapshot::open(&file).await?;
    snapshot.check_integrity().await?;
    let data_keys = snapshot.take_data_keys().await?;
    let keys = key_ids(&snapshot, &data_keys).await?;
    let copied = Box::pin(objects::copy(context, &snapshot, &partial.path)).await?;
    snapshot.close().await?;
    let manifest = Manifest {
        format: FORMAT,
        program: request.program.to_owned(),
        created_at,
        schema: request.schema.to_owned(),
        database: BackupFile::of_file(&file)?,
        objects: BackupFile::of_file(&partial.path.join(OBJECTS))?,
        object_count: copied.count,
        object_bytes: copied.bytes,
        deleted_meanwhile: copied.deleted,
        keys,
    };
    manifest::write(&partial.path, &manifest)?;
    partial.secure()?;
    let manifest = Backup::verify(&partial.path)?.manifest;
    // After the snapshot, so that the newest file always has the keys of every backup that was not destroyed since.
    let keys = Box::pin(data_keys::save(context, request.keys_folder)).await?;
    partial.finish(request.folder)?;
    Ok(BackupReport {
        manifest,
        keyless: copied.keyless,
        keys,
    })
}

/// Which keys the snapshot needs.
async fn key_ids(snapshot: &Snapshot, data_keys: &[DataKey]) -> Result<KeyIds, BackupError> {
    let on = snapshot.connection();
    let name = |key: Option<KeyId>| key.map(|key| key.to_string());
    let wrapping: BTreeSet<_> = data_keys
        .iter()
        .map(|row| row.wrapped_by.to_string())
        .collect();
    Ok(KeyIds {
        key_encryption: wrapping.into_iter().collect(),
        phone_index: name(index_key::current(on, Purpose::Phone).await?),
        id_index: name(index_key::current(on, Purpose::DerivedIdNumber).await?),
        data_keys: data_keys.iter().map(|row| row.id.0).collect(),
    })
}

/// A backup that is being written, under another name.
struct Partial {
    path: PathBuf,
    /// Locked, so that no other command writes the same.
    _lock: File,
}

impl Partial {
    /// Makes the folder, or takes what an earlier attempt left of it.
    fn begin(folder: &Path) -> Result<Self, BackupError> {
        if folder.exists() {
            return Err(BackupError::Exists(folder.to_owned()));
        }
        let Some(name) = folder.file_name() else {
            let what = format!("{} names no folder", folder.display());
            return Err(BackupError::Unsuitable(what));
        };
        let mut name = name.to_owned();
        name.push(".partial");
        let path = files::folder_of(folder).join(name);
        files::make_folder(&path)?;
        let lock = File::open(&path).map_err(BackupError::file(&path))?;
        if lock.try_lock().is_err() {
            return Err(BackupError::Busy(path));
        }
        for file in files::below(&path)? {
            if !file.starts_with(PHOTOS) {
                files::remove(&path.join(file))?;
            }
        }
        Ok(Self { path, _lock: lock })
    }

    /// Makes every file and folder private: the database's driver and the object store know no modes.
    fn secure(&self) -> Result<(), BackupError> {
        let mut folders = BTreeSet::from([self.path.clone()]);
        for file in files::below(&self.path)? {
            let path = self.path.join(file);
            folders.insert(files::folder_of(&path).to_owned());
            set_mode(&path, 0o600)?;
        }
        for folder in folders {
            set_mode(&folder, 0o700)?;
            files::sync(&folder).map_err(BackupError::file(&folder))?;
        }
        let database = self.path.join(DATABASE);
        files::sync(&database).map_err(BackupError::file(&database))
    }

    /// Gives it its name.
    fn finish(self, folder: &Path) -> Result<(), BackupError> {
        if folder.exists() {
            return Err(BackupError::Exists(folder.to_owned()));
        }
        files::rename(&self.path, folder)
    }
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> Result<(), BackupError> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = fs::Permissions::from_mode(mode);
    fs::set_permissions(path, permissions).map_err(BackupError::file(path))
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> Result<(), BackupError> {
    Ok(())
}
