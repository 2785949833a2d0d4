//! Bringing a backup back: into an empty installation, or after the database's own tools did.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use domain::session::SessionEndReason;
use futures_util::stream;
use futures_util::{StreamExt, TryStreamExt};
use providers::blob::{BlobKey, BlobStore};
use providers::keys::{KeyId, SealError};
use store::{Snapshot, Store};
use uuid::Uuid;

use super::data_keys::KeysFile;
use super::manifest::{KeyIds, parse_key};
use super::{Backup, BackupError, files, objects};
use crate::erasure::{self, ErasureEntry, Replayed};
use crate::vault::Vault;
use crate::{Context, keys, photo};

/// How many objects are copied at the same time.
const AT_ONCE: usize = 4;
/// How many missing objects are named.
const NAMED: usize = 5;
/// What a health check leaves in a folder of photos.
const PROBE: &str = "probe";

/// Where a backup is to be placed.
#[derive(Debug)]
pub struct Placing<'a> {
    /// The backup.
    pub backup: &'a Backup,
    /// The data keys that were saved last.
    pub keys: &'a KeysFile,
    /// Opens data keys with the installation's key file.
    pub vault: &'a Vault,
    /// The new file of the database. What a broken attempt left there is replaced.
    pub database: &'a Path,
    /// Where the objects go.
    pub blobs: &'a BlobStore,
    /// The folder of the objects, where they lie in one. It must be empty but for what a broken attempt left.
    pub photos: Option<&'a Path>,
}

/// Copies a backup's objects and its database, with the data keys that were saved last. Returns the data keys of the
/// backup that were destroyed since: what they sealed stays unreadable.
///
/// # Errors
/// [`BackupError::Unsuitable`] where the key file lacks a key, or the installation has photos of its own.
pub async fn place(placing: Placing<'_>) -> Result<Vec<Uuid>, BackupError> {
    let Placing {
        backup,
        keys,
        vault,
        database,
        blobs,
        photos,
    } = placing;
    let destroyed = check_keys(vault, keys, Some(backup))?;
    if let Some(photos) = photos {
        require_no_others(backup, photos)?;
    }
    let kept = BlobStore::folder(&backup.photos())?;
    stream::iter(backup.lines()?)
        .map(|line| async {
            let key = parse_key(&line?.key)?;
            let sealed = kept.get(&key).await?;
            let sealed = sealed.ok_or_else(|| missing(&key))?;
            Ok::<_, BackupError>(blobs.put(&key, sealed).await?)
        })
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    for file in beside(database) {
        files::remove(&file)?;
    }
    copy(&backup.database(), database).map_err(BackupError::file(database))?;
    let copy = Snapshot::open(database).await?;
    copy.check_integrity().await?;
    copy.put_data_keys(keys.keys.clone()).await?;
    copy.close().await?;
    Ok(destroyed)
}

/// Puts the data keys that were saved last into a database that its own tools restored, in place of those that it has.
///
/// # Errors
/// [`BackupError::Unsuitable`] where the key file lacks a key, or the database has a key that was made later: what that
/// key sealed could not be read any more.
pub async fn place_data_keys(
    store: &Store,
    vault: &Vault,
    keys: &KeysFile,
) -> Result<(), BackupError> {
    check_keys(vault, keys, None)?;
    let present = store::data_key::all(store.reader()).await?;
    if present.iter().any(|row| row.created_at > keys.written_at) {
        return Err(BackupError::Unsuitable(format!(
            "the database has data keys that are newer than {}: give the newest",
            keys.path.display()
        )));
    }
    Ok(store::data_key::replace_all(store.writer(), keys.keys.clone()).await?)
}

/// Makes sure that the key file has what the backup and the data keys need. Returns the data keys of the backup that were
/// destroyed since.
fn check_keys(
    vault: &Vault,
    file: &KeysFile,
    backup: Option<&Backup>,
) -> Result<Vec<Uuid>, BackupError> {
    let lacks = |key: &dyn std::fmt::Display| {
        BackupError::Unsuitable(format!(
            "the key file does not have the key {key}: put back the one that belongs to this backup"
        ))
    };
    for row in &file.keys {
        match vault.try_unwrap(row) {
            Err(SealError::UnknownKey(key)) => return Err(lacks(&key)),
            opened => opened?,
        }
    }
    let Some(Backup { manifest, .. }) = backup else {
        return Ok(Vec::new());
    };
    if let Some(needed) = unknown_index_keys(vault, &manifest.keys)?.first() {
        return Err(lacks(needed));
    }
    let saved = file.ids();
    let gone = manifest.keys.data_keys.iter();
    let gone: Vec<Uuid> = gone.filter(|id| !saved.contains(id)).copied().collect();
    if !gone.is_empty() && file.written_at < manifest.created_at {
        return Err(BackupError::Unsuitable(format!(
            "{} is older than the backup and lacks some of its data keys: give the newest",
            file.path.display()
        )));
    }
    Ok(gone)
}

/// Those of the backup's index keys that the key file does not have.
fn unknown_index_keys(vault: &Vault, needed: &KeyIds) -> Result<Vec<KeyId>, BackupError> {
    let provider = vault.provider();
    let mut unknown = Vec::new();
    for (needed, known) in [
        (&needed.phone_index, provider.phone_indexes("")),
        (&needed.id_index, provider.derived_id_indexes(&[], "")),
    ] {
        let Some(needed) = needed else { continue };
        let key: KeyId = needed.parse().map_err(SealError::from)?;
        if keys::under(&known, key).is_err() {
            unknown.push(key);
        }
    }
    Ok(unknown)
}

fn missing(key: &BlobKey) -> BackupError {
    BackupError::Damaged(format!("{} is missing", key.folder_path()))
}

fn require_no_others(backup: &Backup, photos: &Path) -> Result<(), BackupError> {
    let keys = backup.keys()?;
    let is_ours = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name == Some(PROBE)
            || name.is_some_and(|name| name.parse::<BlobKey>().is_ok_and(|key| keys.contains(&key)))
    };
    match files::below(photos)?.iter().find(|path| !is_ours(path)) {
        Some(other) => Err(BackupError::Unsuitable(format!(
            "{} has objects that are not of this backup, such as {}: a backup is restored into an empty installation",
            photos.display(),
            other.display()
        ))),
        None => Ok(()),
    }
}

/// What may lie beside a database that was not closed. It would be taken for changes of the new one.
pub fn beside(database: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|end| {
        let mut name = database.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut target = files::create(to).map_err(io::Error::other)?;
    io::copy(&mut source, &mut target)?;
    target.sync_all()
}

/// What was done after a restore.
#[derive(Debug)]
pub struct Finished {
    /// What the ledger brought.
    pub erasures: Replayed,
    /// How many sessions were ended: some had ended since the backup, and nobody knows any more which.
    pub sessions: u64,
    /// How many objects open.
    pub sound: u64,
    /// How many objects do not, since their data key was destroyed.
    pub keyless: u64,
}

/// What must be done with a database that was restored, before anybody uses it: everything that was erased since is erased
/// again, every session ends, and every object is opened.
///
/// # Errors
/// [`BackupError::Damaged`] where objects are missing or are not what their rows say.
pub async fn finish(context: &Context, ledger: &[ErasureEntry]) -> Result<Finished, BackupError> {
    let erasures = Box::pin(erasure::replay(context, ledger)).await?;
    photo::delete_erased(context).await?;
    let on = context.store.writer();
    let sessions = store::session::end_every(on, SessionEndReason::Restored, context.now()).await?;
    let seen = Box::pin(objects::check(context)).await?;
    if !seen.wrong.is_empty() {
        let named = seen.wrong.iter().take(NAMED);
        let named: Vec<_> = named.map(String::as_str).collect();
        let count = seen.wrong.len();
        let what = format!("{count} objects cannot be used: {}", named.join("; "));
        return Err(BackupError::Damaged(what));
    }
    Ok(Finished {
        erasures,
        sessions,
        sound: seen.sound,
        keyless: seen.keyless,
    })
}
