//! The file of a school: records and the bytes of objects, sealed in chunks under a key that is made for it. Memory holds one
//! record and 1 MiB; of a file that is read also the names of its objects.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::SchoolId;
use domain::audit::ChainPlace;
use providers::Random;
use providers::blob::BlobKey;
use providers::keys::{Place, SealingKey, StreamLayout, StreamOpener, StreamSealer};
use serde::{Deserialize, Serialize};

use super::MoveError;
use super::cell_text::CellText;
use crate::backup;

/// The form that this code writes and reads.
pub(super) const FORMAT: u32 = 2;
/// For what a file is sealed.
const PLACE: Place<'_> = Place {
    table: "school_moves",
    column: "file",
    row: b"",
};
/// How much is read at once: 16 chunks.
const SEGMENT: u64 = 16 * StreamLayout::CHUNK_BYTES;
/// The most bytes of a record.
const RECORD_MAX: usize = 64 << 20;
/// So many bytes of an object are in one piece.
pub(super) const PIECE: u64 = 1 << 20;
/// A kind and a length stand before each record and piece.
const HEAD: usize = 5;
const RECORD: u8 = b'R';
const BYTES: u8 = b'B';

const DAMAGED: MoveError = MoveError::Damaged("it does not read as the file of a school");

/// What stands first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) format: u32,
    /// The last step of the schema.
    pub(super) schema: String,
    pub(super) school_id: SchoolId,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) name_folded: String,
    /// The origin of the installation that wrote it.
    pub(super) from: String,
    /// The origin of the installation for which it was written.
    pub(super) to: String,
    pub(super) made_at: DateTime<Utc>,
    /// The merchant accounts with which money was taken and that are not the school's own: provider and name.
    pub(super) merchants: Vec<(String, String)>,
}

/// A place in the audit chain.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PlaceText {
    sequence: i64,
    hash: String,
}

impl From<ChainPlace> for PlaceText {
    fn from(place: ChainPlace) -> Self {
        Self {
            sequence: place.sequence,
            hash: data_encoding::HEXLOWER.encode(&place.hash),
        }
    }
}

impl PlaceText {
    pub(super) fn place(&self) -> Result<ChainPlace, MoveError> {
        let hash = data_encoding::HEXLOWER.decode(self.hash.as_bytes());
        let hash = hash.ok().and_then(|hash| hash.try_into().ok());
        Ok(ChainPlace {
            sequence: self.sequence,
            hash: hash.ok_or(DAMAGED)?,
        })
    }
}

/// What a file is made of, in this order.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(super) enum Record {
    Begin(Header),
    /// A key with which the installation signed.
    SigningKey {
        id: String,
        /// Base64.
        public_key: String,
    },
    /// An object; its bytes follow in pieces.
    Object {
        key: String,
        bytes: u64,
    },
    Row {
        table: String,
        cells: BTreeMap<String, CellText>,
    },
    /// Where the audit chain ends and begins.
    Chain {
        head: PlaceText,
        checkpoint: Option<PlaceText>,
    },
    End {
        rows: u64,
        objects: u64,
    },
}

/// A record, or a piece of an object.
#[derive(Debug)]
pub(super) enum Part {
    Record(Record),
    Bytes(Vec<u8>),
}

/// Writes a file under another name until it is whole. What it wrote is removed where it is dropped before.
pub(super) struct FileWriter {
    path: PathBuf,
    partial: Partial,
    file: File,
    sealer: StreamSealer,
    sealed: Vec<u8>,
}

/// The name of a file that is not whole yet. Dropping it removes the file, where it is still there.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// Opens a new file for its owner alone.
///
/// # Errors
/// [`MoveError::File`] where it is there already.
pub(super) fn new_file(path: &Path) -> Result<File, MoveError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(MoveError::file(path))
}

impl FileWriter {
    pub(super) fn create(
        path: &Path,
        key: &SealingKey,
        random: &dyn Random,
    ) -> Result<Self, MoveError> {
        let mut name = path.as_os_str().to_owned();
        name.push(".partial");
        let partial = PathBuf::from(name);
        // What a killed command left behind is of no use: its key is gone.
        std::fs::remove_file(&partial).ok();
        Ok(Self {
            path: path.to_owned(),
            file: new_file(&partial)?,
            partial: Partial(partial),
            sealer: key.stream_sealer(&PLACE, random)?,
            sealed: Vec::new(),
        })
    }

    pub(super) fn record(&mut self, record: &Record) -> Result<(), MoveError> {
        let text = serde_json::to_vec(record)
            .map_err(|_| MoveError::Damaged("a record cannot be written"))?;
        self.part(RECORD, &text)
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), MoveError> {
        self.part(BYTES, bytes)
    }

    fn part(&mut self, kind: u8, content: &[u8]) -> Result<(), MoveError> {
        let length = u32::try_from(content.len());
        let length = length.map_err(|_| MoveError::Damaged("a record is too large"))?;
        let mut head = [kind; HEAD];
        head[1..].copy_from_slice(&length.to_be_bytes());
        self.sealer.push(&head, &mut self.sealed)?;
        self.sealer.push(content, &mut self.sealed)?;
        if self.sealed.len() as u64 >= SEGMENT {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), MoveError> {
        let written = self.file.write_all(&self.sealed);
        self.sealed.clear();
        written.map_err(MoveError::file(&self.partial.0))
    }

    /// Writes the rest and gives the file its name.
    pub(super) fn finish(mut self) -> Result<(), MoveError> {
        let Self {
            sealer,
            mut sealed,
            path,
            partial,
            ..
        } = self;
        sealer.finish(&mut sealed)?;
        let written = self.file.write_all(&sealed);
        let written = written.and_then(|()| self.file.sync_all());
        written.map_err(MoveError::file(&partial.0))?;
        Ok(backup::rename(&partial.0, &path)?)
    }
}

/// Reads a file from its beginning.
pub(super) struct FileReader {
    path: PathBuf,
    file: File,
    opener: StreamOpener,
    /// How many bytes were opened.
    opened: u64,
    /// What was opened and not read yet.
    buffer: Vec<u8>,
    /// Where in it the next part begins.
    at: usize,
}

impl FileReader {
    /// Opens a file, and makes sure that its end was not cut off.
    pub(super) fn open(path: &Path, key: &SealingKey) -> Result<Self, MoveError> {
        let mut file = File::open(path).map_err(MoveError::file(path))?;
        let length = file.metadata().map_err(MoveError::file(path))?.len();
        let layout = StreamLayout::of_sealed(length).map_err(|_| DAMAGED)?;
        let mut header = [0; StreamLayout::HEADER_BYTES];
        file.read_exact(&mut header)
            .map_err(MoveError::file(path))?;
        let opener = key.stream_opener(&header, layout, &PLACE);
        let mut reader = Self {
            path: path.to_owned(),
            file,
            opener: opener.map_err(|_| DAMAGED)?,
            opened: 0,
            buffer: Vec::new(),
            at: 0,
        };
        reader.chunks(&layout.last())?;
        Ok(reader)
    }

    fn chunks(&mut self, range: &providers::keys::ChunkRange) -> Result<Vec<u8>, MoveError> {
        let std::ops::Range { start, end } = range.sealed;
        let length = usize::try_from(end - start).map_err(|_| DAMAGED)?;
        let mut sealed = vec![0; length];
        let read = self.file.seek(SeekFrom::Start(start));
        let read = read.and_then(|_| self.file.read_exact(&mut sealed));
        read.map_err(MoveError::file(&self.path))?;
        let mut plain = self.opener.open(range, &sealed).map_err(|_| DAMAGED)?;
        Ok(std::mem::take(&mut *plain))
    }

    /// The next bytes; `None` at the end of the file where none is left.
    fn take(&mut self, length: usize) -> Result<Option<Vec<u8>>, MoveError> {
        let layout = self.opener.layout();
        while self.buffer.len() - self.at < length {
            let end = layout.plain_length().min(self.opened + SEGMENT);
            if end == self.opened {
                let nothing = self.at == self.buffer.len();
                return if nothing { Ok(None) } else { Err(DAMAGED) };
            }
            let more = self.chunks(&layout.chunks_of(&(self.opened..end)))?;
            self.opened = end;
            self.buffer.drain(..self.at);
            self.at = 0;
            self.buffer.extend_from_slice(&more);
        }
        let taken = self.buffer[self.at..self.at + length].to_vec();
        self.at += length;
        Ok(Some(taken))
    }

    /// The next part; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<Part>, MoveError> {
        let Some(head) = self.take(HEAD)? else {
            return Ok(None);
        };
        let (kind, length) = head.split_first().ok_or(DAMAGED)?;
        let length: [u8; 4] = length.try_into().map_err(|_| DAMAGED)?;
        let length = u32::from_be_bytes(length) as usize;
        if length > RECORD_MAX {
            return Err(DAMAGED);
        }
        let content = self.take(length)?.ok_or(DAMAGED)?;
        match *kind {
            BYTES => Ok(Some(Part::Bytes(content))),
            RECORD => {
                let record = serde_json::from_slice(&content).map_err(|_| DAMAGED)?;
                Ok(Some(Part::Record(record)))
            }
            _ => Err(DAMAGED),
        }
    }

    /// The next record, where no piece of an object can stand.
    pub(super) fn record(&mut self) -> Result<Record, MoveError> {
        match self.next()? {
            Some(Part::Record(record)) => Ok(record),
            Some(Part::Bytes(_)) | None => Err(DAMAGED),
        }
    }

    /// The next piece of an object.
    pub(super) fn piece(&mut self) -> Result<Vec<u8>, MoveError> {
        match self.next()? {
            Some(Part::Bytes(bytes)) => Ok(bytes),
            Some(Part::Record(_)) | None => Err(DAMAGED),
        }
    }
}

/// What a file says of itself, all of which was read.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) header: Header,
    pub(super) rows: u64,
    /// The names of its objects.
    pub(super) objects: Vec<BlobKey>,
}

/// Reads a whole file. Whoever goes on has a file that is whole.
pub(super) fn check(path: &Path, key: &SealingKey) -> Result<Checked, MoveError> {
    let mut reader = FileReader::open(path, key)?;
    let Record::Begin(header) = reader.record()? else {
        return Err(DAMAGED);
    };
    if header.format != FORMAT {
        let what = format!("{} has the form {}", path.display(), header.format);
        return Err(MoveError::Unsuitable(what));
    }
    let (mut rows, mut objects, mut end) = (0, Vec::<BlobKey>::new(), None);
    while let Some(part) = reader.next()? {
        if end.is_some() {
            return Err(DAMAGED);
        }
        match part {
            Part::Record(Record::Row { .. }) => rows += 1,
            Part::Record(Record::Object { key, .. }) => {
                objects.push(key.parse().map_err(|_| DAMAGED)?);
            }
            Part::Record(Record::End { rows, objects }) => end = Some((rows, objects)),
            Part::Bytes(_)
            | Part::Record(Record::Begin(_) | Record::SigningKey { .. } | Record::Chain { .. }) => {
            }
        }
    }
    if end != Some((rows, objects.len() as u64)) {
        return Err(DAMAGED);
    }
    Ok(Checked {
        header,
        rows,
        objects,
    })
}
