//! What a backup says about itself, and whether that is so.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use providers::blob::BlobKey;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::BackupError;
use super::files::{self, BackupFile};

/// The form that this code writes and reads.
pub(super) const FORMAT: u32 = 1;
/// The database.
pub(super) const DATABASE: &str = "gradphoto.db";
/// One line of JSON for each object.
pub(super) const OBJECTS: &str = "objects.jsonl";
/// The folder of the objects, laid out as in the data folder.
pub(super) const PHOTOS: &str = "photos";
/// What a backup says about itself.
pub(super) const MANIFEST: &str = "manifest.json";
/// The manifest's own hash, as `sha256sum` writes it.
pub(super) const MANIFEST_HASH: &str = "manifest.json.sha256";

/// What a backup says about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the backup.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// The moment at which the database was as it is in the backup.
    pub created_at: DateTime<Utc>,
    /// The last step of the database's schema.
    pub schema: String,
    /// The database's file.
    pub database: BackupFile,
    /// The list of objects.
    pub objects: BackupFile,
    /// How many objects there are.
    pub object_count: u64,
    /// Their size together.
    pub object_bytes: u64,
    /// Objects that the database names and that were deleted while the backup was written: the deletion ledger has them.
    pub deleted_meanwhile: Vec<String>,
    /// Which keys are needed to read the backup.
    pub keys: KeyIds,
}

/// The names of keys; no key can be found by them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyIds {
    /// Those of the key file that wrap data keys.
    pub key_encryption: Vec<String>,
    /// That of the key file under which phones are found.
    pub phone_index: Option<String>,
    /// That of the key file under which document numbers were found before tasks had index secrets of their own; none
    /// where nothing of that time is left.
    pub id_index: Option<String>,
    /// The data keys, which lie in a folder of their own.
    pub data_keys: Vec<Uuid>,
}

/// A line of the list of objects.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ObjectLine {
    /// Its name.
    pub(super) key: String,
    /// The sealed bytes.
    #[serde(flatten)]
    pub(super) facts: BackupFile,
}

/// A backup of which every file is the one that was written.
#[derive(Debug)]
pub struct Backup {
    pub(super) folder: PathBuf,
    /// What it says about itself.
    pub manifest: Manifest,
}

impl Backup {
    /// Reads every file of a backup and compares it with the manifest.
    ///
    /// # Errors
    /// [`BackupError::Damaged`] with the first file that is missing, changed or not listed;
    /// [`BackupError::Unsuitable`] where another version of gradphoto wrote it in another form.
    pub fn verify(folder: &Path) -> Result<Self, BackupError> {
        let manifest = read(folder)?;
        let backup = Self {
            folder: folder.to_owned(),
            manifest,
        };
        backup.compare(DATABASE, &backup.manifest.database)?;
        backup.compare(OBJECTS, &backup.manifest.objects)?;
        let mut known: HashSet<PathBuf> = [MANIFEST, MANIFEST_HASH, DATABASE, OBJECTS]
            .map(PathBuf::from)
            .into();
        let (mut count, mut bytes) = (0, 0);
        for line in backup.lines()? {
            let line = line?;
            let key = parse_key(&line.key)?;
            let path = Path::new(PHOTOS).join(key.folder_path());
            backup.compare(&path, &line.facts)?;
            known.insert(path);
            count += 1;
            bytes += line.facts.bytes;
        }
        if (count, bytes) != (backup.manifest.object_count, backup.manifest.object_bytes) {
            let what = format!("{OBJECTS} does not list what {MANIFEST} counts");
            return Err(BackupError::Damaged(what));
        }
        match files::below(folder)?
            .iter()
            .find(|path| !known.contains(*path))
        {
            Some(path) => Err(BackupError::Damaged(format!(
                "{} does not belong to it",
                path.display()
            ))),
            None => Ok(backup),
        }
    }

    fn compare(&self, name: impl AsRef<Path>, expected: &BackupFile) -> Result<(), BackupError> {
        let path = self.folder.join(&name);
        let name = name.as_ref().display();
        if !path.is_file() {
            return Err(BackupError::Damaged(format!("{name} is missing")));
        }
        if BackupFile::of_file(&path)? == *expected {
            Ok(())
        } else {
            Err(BackupError::Damaged(format!(
                "{name} is not what was written"
            )))
        }
    }

    /// The file of the database.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    /// The folder of the objects.
    pub(super) fn photos(&self) -> PathBuf {
        self.folder.join(PHOTOS)
    }

    /// The list of objects, line by line.
    pub(super) fn lines(
        &self,
    ) -> Result<impl Iterator<Item = Result<ObjectLine, BackupError>>, BackupError> {
        let path = self.folder.join(OBJECTS);
        let file = File::open(&path).map_err(BackupError::file(&path))?;
        Ok(BufReader::new(file).lines().map(move |line| {
            let line = line.map_err(BackupError::file(&path))?;
            serde_json::from_str(&line)
                .map_err(|error| BackupError::Damaged(format!("{OBJECTS}: {error}")))
        }))
    }

    /// The names of its objects.
    pub(super) fn keys(&self) -> Result<HashSet<BlobKey>, BackupError> {
        self.lines()?.map(|line| parse_key(&line?.key)).collect()
    }
}

fn read(folder: &Path) -> Result<Manifest, BackupError> {
    let path = folder.join(MANIFEST);
    let text = std::fs::read(&path).map_err(BackupError::file(&path))?;
    let hash = std::fs::read_to_string(folder.join(MANIFEST_HASH)).unwrap_or_default();
    if hash != hash_line(&text) {
        let what = format!("{MANIFEST} and {MANIFEST_HASH} do not belong together");
        return Err(BackupError::Damaged(what));
    }
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| BackupError::Damaged(format!("{MANIFEST}: {error}")))?;
    if manifest.format == FORMAT {
        Ok(manifest)
    } else {
        Err(BackupError::Unsuitable(format!(
            "the backup has the form {}, and this program reads {FORMAT}",
            manifest.format
        )))
    }
}

/// The name of an object.
pub(super) fn parse_key(key: &str) -> Result<BlobKey, BackupError> {
    let parsed = key.parse();
    parsed.map_err(|_| BackupError::Damaged(format!("{key:?} is no name of an object")))
}

/// Writes the manifest and its hash.
pub(super) fn write(folder: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let mut text = serde_json::to_vec_pretty(manifest)
        .map_err(|_| BackupError::Damaged("the manifest cannot be written".to_owned()))?;
    text.push(b'\n');
    files::write(&folder.join(MANIFEST), &text)?;
    files::write(&folder.join(MANIFEST_HASH), hash_line(&text).as_bytes())
}

fn hash_line(text: &[u8]) -> String {
    format!("{}  {MANIFEST}\n", BackupFile::of_bytes(text).sha256)
}
