//! The wrapped data keys, in files of their own: what is destroyed in the database must not stay in old backups.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use data_encoding::BASE64;
use domain::{DataKeyId, DataKeyPurpose, DataKeyState};
use serde::{Deserialize, Serialize};
use store::data_key::DataKey;
use uuid::Uuid;

use super::BackupError;
use super::files;
use crate::Context;

/// The form that this code writes and reads.
const FORMAT: u32 = 1;
/// How a file's name begins and ends; between them is the time.
const NAME: (&str, &str) = ("data-keys-", ".json");

/// Wrapped keys as they were at one moment. Without the key file nothing can be opened with them.
#[derive(Debug)]
pub struct KeysFile {
    /// Where they were read.
    pub path: PathBuf,
    /// The moment.
    pub written_at: DateTime<Utc>,
    pub(super) keys: Vec<DataKey>,
}

#[derive(Serialize, Deserialize)]
struct Text {
    format: u32,
    written_at: DateTime<Utc>,
    data_keys: Vec<KeyText>,
}

#[derive(Serialize, Deserialize)]
struct KeyText {
    id: Uuid,
    scope: String,
    purpose: DataKeyPurpose,
    kek_id: String,
    /// Base64.
    wrapped: String,
    state: DataKeyState,
    created_at: DateTime<Utc>,
}

impl From<DataKey> for KeyText {
    fn from(key: DataKey) -> Self {
        Self {
            id: key.id.0,
            scope: key.scope.to_string(),
            purpose: key.purpose,
            kek_id: key.wrapped_by.to_string(),
            wrapped: BASE64.encode(key.wrapped.as_bytes()),
            state: key.state,
            created_at: key.created_at,
        }
    }
}

impl KeyText {
    fn key(self) -> Option<DataKey> {
        Some(DataKey {
            id: DataKeyId(self.id),
            scope: self.scope.parse().ok()?,
            purpose: self.purpose,
            wrapped_by: self.kek_id.parse().ok()?,
            wrapped: BASE64.decode(self.wrapped.as_bytes()).ok()?.into(),
            state: self.state,
            created_at: self.created_at,
        })
    }
}

impl KeysFile {
    pub(super) fn ids(&self) -> HashSet<Uuid> {
        self.keys.iter().map(|row| row.id.0).collect()
    }
}

/// A file of keys that was written, and what became of the earlier ones in its folder.
#[derive(Debug)]
pub struct SavedKeys {
    /// The new file.
    pub path: PathBuf,
    /// How many keys it has.
    pub count: usize,
    /// Earlier files that have keys which the database no longer has. They are left for a person to delete; those whose
    /// keys are all in the new file were deleted.
    pub outdated: Vec<PathBuf>,
}

/// Writes the wrapped data keys into a new file of a folder, and deletes the earlier files of that folder which hold no
/// other keys.
///
/// # Errors
/// Where a key does not open under the key file, the database fails, or the folder cannot be used.
pub async fn save(context: &Context, folder: &Path) -> Result<SavedKeys, BackupError> {
    files::make_folder(folder)?;
    let keys = store::data_key::all(context.store.reader()).await?;
    for row in &keys {
        context.vault.try_unwrap(row)?;
    }
    let written_at = context.now();
    let text = Text {
        format: FORMAT,
        written_at,
        data_keys: keys.into_iter().map(KeyText::from).collect(),
    };
    let text = serde_json::to_vec_pretty(&text)
        .map_err(|_| BackupError::Damaged("the data keys cannot be written".to_owned()))?;
    let time = written_at.to_rfc3339_opts(SecondsFormat::Millis, true);
    // Colons are no part of a file's name everywhere.
    let path = folder.join(format!("{}{}{}", NAME.0, time.replace(':', ""), NAME.1));
    files::write(&path, &text)?;
    let new = load(&path)?;
    let (ids, mut outdated) = (new.ids(), Vec::new());
    for earlier in all(folder)? {
        if earlier.path == path {
            continue;
        }
        if earlier.ids().is_subset(&ids) {
            files::remove(&earlier.path)?;
        } else {
            outdated.push(earlier.path);
        }
    }
    Ok(SavedKeys {
        path,
        count: ids.len(),
        outdated,
    })
}

/// The newest file of a folder.
///
/// # Errors
/// [`BackupError::Unsuitable`] where there is none; [`BackupError::Damaged`] where any of them cannot be read: it could
/// be the newest, and an older one could bring back a key that was destroyed.
pub fn newest(folder: &Path) -> Result<KeysFile, BackupError> {
    let newest = all(folder)?.into_iter().max_by_key(|file| file.written_at);
    newest.ok_or_else(|| {
        let what = format!("{} has no data keys", folder.display());
        BackupError::Unsuitable(what)
    })
}

fn all(folder: &Path) -> Result<Vec<KeysFile>, BackupError> {
    let is_ours = |path: &PathBuf| {
        let name = path.to_string_lossy();
        name.starts_with(NAME.0) && name.ends_with(NAME.1)
    };
    let names = files::below(folder)?.into_iter().filter(is_ours);
    names.map(|name| load(&folder.join(name))).collect()
}

/// Reads a file of data keys.
///
/// # Errors
/// [`BackupError::Damaged`] where it is not whole; [`BackupError::Unsuitable`] where it has another form.
pub fn load(path: &Path) -> Result<KeysFile, BackupError> {
    let damaged = || BackupError::Damaged(format!("{} cannot be read", path.display()));
    let text = std::fs::read(path).map_err(BackupError::file(path))?;
    let text: Text = serde_json::from_slice(&text).map_err(|_| damaged())?;
    if text.format != FORMAT {
        let what = format!("{} has the form {}", path.display(), text.format);
        return Err(BackupError::Unsuitable(what));
    }
    let keys = text.data_keys.into_iter().map(KeyText::key);
    Ok(KeysFile {
        path: path.to_owned(),
        written_at: text.written_at,
        keys: keys.collect::<Option<_>>().ok_or_else(damaged)?,
    })
}
