//! The objects of a backup: copied as they are sealed, and opened once to see that they are what their rows say.

use std::collections::HashSet;
use std::io::{BufWriter, IntoInnerError, Write};
use std::path::Path;

use futures_util::StreamExt;
use futures_util::stream;
use providers::blob::BlobStore;
use providers::keys::{SealError, sha256};
use store::object::{self, NamedObject, ObjectPage};
use store::{Connection, Snapshot};
use uuid::Uuid;

use super::BackupError;
use super::files::{self, BackupFile};
use super::manifest::{OBJECTS, ObjectLine, PHOTOS, parse_key};
use crate::{Context, Failure};

/// How many objects are copied or opened at the same time; each may take 10 MB of memory.
const AT_ONCE: usize = 4;

/// Where there are rows that name objects.
#[derive(Debug, Clone, Copy)]
enum Source {
    Photos,
    KnownPhotos,
    Bills,
}

async fn page(
    on: &impl Connection,
    source: Source,
    after: Uuid,
) -> Result<ObjectPage, BackupError> {
    Ok(match source {
        Source::Photos => object::of_photos(on, after).await?,
        Source::KnownPhotos => object::of_known_photos(on, after).await?,
        Source::Bills => object::of_bills(on, after).await?,
    })
}

/// What was copied.
#[derive(Debug, Default)]
pub(super) struct Copied {
    pub(super) count: u64,
    pub(super) bytes: u64,
    /// What was deleted since the snapshot.
    pub(super) deleted: Vec<String>,
    /// How many do not open any more, since their key was destroyed.
    pub(super) keyless: u64,
}

/// What became of one object.
enum One {
    Copied { line: ObjectLine, is_keyless: bool },
    Deleted(String),
}

/// Copies every object that the snapshot names into the folder of a backup, and lists them. What an earlier attempt
/// copied is not copied again.
pub(super) async fn copy(
    context: &Context,
    snapshot: &Snapshot,
    folder: &Path,
) -> Result<Copied, BackupError> {
    let photos = folder.join(PHOTOS);
    files::make_folder(&photos)?;
    let kept = BlobStore::folder(&photos)?;
    let list = folder.join(OBJECTS);
    let mut writer = BufWriter::new(files::create(&list)?);
    let (mut copied, mut known) = (Copied::default(), HashSet::new());
    for source in [Source::Photos, Source::KnownPhotos, Source::Bills] {
        let mut after = Some(Uuid::nil());
        while let Some(row) = after {
            let found = page(snapshot.connection(), source, row).await?;
            after = found.next;
            let each = found
                .objects
                .into_iter()
                .map(|one| copy_one(context, &kept, one));
            let mut done = stream::iter(each).buffered(AT_ONCE);
            while let Some(one) = done.next().await {
                match one? {
                    One::Deleted(key) => copied.deleted.push(key),
                    One::Copied { line, is_keyless } => {
                        copied.count += 1;
                        copied.bytes += line.facts.bytes;
                        copied.keyless += u64::from(is_keyless);
                        known.insert(Path::new(&parse_key(&line.key)?.folder_path()).to_owned());
                        write_line(&mut writer, &line).map_err(BackupError::file(&list))?;
                    }
                }
            }
        }
    }
    let synced = writer.into_inner().map_err(IntoInnerError::into_error);
    let synced = synced.and_then(|file| file.sync_all());
    synced.map_err(BackupError::file(&list))?;
    // Of an earlier attempt: its snapshot may have named more.
    for file in files::below(&photos)? {
        if !known.contains(&file) {
            files::remove(&photos.join(file))?;
        }
    }
    Ok(copied)
}

fn write_line(writer: &mut impl Write, line: &ObjectLine) -> std::io::Result<()> {
    serde_json::to_writer(&mut *writer, line)?;
    writer.write_all(b"\n")
}

async fn copy_one(
    context: &Context,
    kept: &BlobStore,
    object: NamedObject,
) -> Result<One, BackupError> {
    let key = parse_key(&object.key)?;
    let copied = |sealed: &[u8], opened| One::Copied {
        line: ObjectLine {
            key: object.key.clone(),
            facts: BackupFile::of_bytes(sealed),
        },
        is_keyless: opened == Opened::Keyless,
    };
    if let Some(sealed) = kept.get(&key).await?
        && let Ok(Opened::Sound) = look(context, &object, &sealed).await
    {
        return Ok(copied(&sealed, Opened::Sound));
    }
    let Some(sealed) = context.blobs.get(&key).await? else {
        return if object::is_named(context.store.reader(), &object).await? {
            Err(wrong(&object, "is missing"))
        } else {
            Ok(One::Deleted(object.key))
        };
    };
    let opened = look(context, &object, &sealed).await?;
    let one = copied(&sealed, opened);
    kept.put(&key, sealed).await?;
    Ok(one)
}

/// Whether an object could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opened {
    Sound,
    /// Its key was destroyed.
    Keyless,
}

/// Opens an object and compares it with its row.
async fn look(
    context: &Context,
    object: &NamedObject,
    sealed: &[u8],
) -> Result<Opened, BackupError> {
    let (table, column) = object.kind.place();
    let plain = match context.open(table, column, object.row, sealed).await {
        Err(Failure::Keys(SealError::UnknownKey(_))) => return Ok(Opened::Keyless),
        Err(Failure::Keys(_)) => return Err(wrong(object, "does not open")),
        opened => opened?,
    };
    match &object.sha256 {
        Some(expected) if sha256(&plain)[..] != expected[..] => {
            Err(wrong(object, "is not what its row says"))
        }
        Some(_) | None => Ok(Opened::Sound),
    }
}

fn wrong(object: &NamedObject, what: &'static str) -> BackupError {
    BackupError::Object {
        key: object.key.clone(),
        table: object.kind.place().0,
        row: object.row,
        what,
    }
}

/// What there is of the objects that the database names.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) sound: u64,
    pub(super) keyless: u64,
    /// What is missing or damaged, as a sentence each.
    pub(super) wrong: Vec<String>,
}

/// Opens every object that the database names.
pub(super) async fn check(context: &Context) -> Result<Seen, BackupError> {
    let mut seen = Seen::default();
    for source in [Source::Photos, Source::Bills] {
        let mut after = Some(Uuid::nil());
        while let Some(row) = after {
            let found = page(context.store.reader(), source, row).await?;
            after = found.next;
            let each = found.objects.into_iter().map(|one| check_one(context, one));
            let mut done = stream::iter(each).buffered(AT_ONCE);
            while let Some(one) = done.next().await {
                match one {
                    Ok(Opened::Sound) => seen.sound += 1,
                    Ok(Opened::Keyless) => seen.keyless += 1,
                    Err(error @ BackupError::Object { .. }) => seen.wrong.push(error.to_string()),
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(seen)
}

async fn check_one(context: &Context, object: NamedObject) -> Result<Opened, BackupError> {
    match context.blobs.get(&parse_key(&object.key)?).await? {
        Some(sealed) => look(context, &object, &sealed).await,
        None => Err(wrong(&object, "is missing")),
    }
}
