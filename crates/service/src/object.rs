//! Objects that are sealed in chunks: written as a stream, and read from any place without holding them in memory.
//! docs/decisions/0030.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt, future};
use providers::blob::{BlobKey, BlobStart, BlobStore, BlobWriter};
use providers::keys::{ChunkRange, Place, SealError, StreamLayout, StreamOpener, StreamSealer};
use uuid::Uuid;

use crate::vault::{Opening, Sealer};
use crate::{Context, Failure};

/// How many chunks are read from the object store at once: 1 MiB.
const SEGMENT_CHUNKS: u64 = 16;
/// How many bytes of the object that are.
const SEGMENT: u64 = SEGMENT_CHUNKS * StreamLayout::CHUNK_BYTES;
/// So much is read to see how an object begins: with it, what is smaller needs no second read.
const START: u64 =
    StreamLayout::HEADER_BYTES as u64 + SEGMENT_CHUNKS * StreamLayout::SEALED_CHUNK_BYTES;

/// An object, and the place for which it is sealed: it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct ObjectName<'a> {
    /// Its name in the object store.
    pub key: &'a BlobKey,
    /// The table whose row names it.
    pub table: &'a str,
    /// The kind of object.
    pub column: &'a str,
    /// The row.
    pub row: Uuid,
}

impl ObjectName<'_> {
    fn place(&self) -> Place<'_> {
        Place {
            table: self.table,
            column: self.column,
            row: self.row.as_bytes(),
        }
    }
}

/// Seals an object in chunks that is in memory already.
///
/// # Errors
/// Where the cipher fails.
pub(crate) fn seal_in_chunks(
    sealer: &Sealer,
    name: ObjectName<'_>,
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let mut chunks = sealer.stream(&name.place())?;
    let mut object = Vec::with_capacity(plain.len() + plain.len() / 1024 + 128);
    chunks.push(plain, &mut object)?;
    chunks.finish(&mut object)?;
    Ok(object)
}

/// Seals an object as it comes and writes it, while its next piece is read; beside that piece at most 8 MiB of it are in
/// memory. Where it breaks off, nothing is left under its name. Returns how many bytes it has.
///
/// # Errors
/// The first failure of what it is read from, of the key, or of the object store.
pub async fn write(
    context: &Context,
    sealer: &Sealer,
    name: ObjectName<'_>,
    pieces: impl Stream<Item = Result<Bytes, Failure>>,
) -> Result<u64, Failure> {
    let chunks = sealer.stream(&name.place())?;
    let mut writer = context.blobs.writer(name.key).await?;
    match copy(chunks, &mut writer, pieces).await {
        Ok(length) => {
            writer.finish().await?;
            Ok(length)
        }
        Err(failure) => {
            if let Err(error) = writer.abort().await {
                context.report(
                    "An object that broke off could not be removed",
                    &error.into(),
                );
            }
            Err(failure)
        }
    }
}

async fn copy(
    mut chunks: StreamSealer,
    writer: &mut BlobWriter,
    content: impl Stream<Item = Result<Bytes, Failure>>,
) -> Result<u64, Failure> {
    let (mut length, mut sealed) = (0, Vec::new());
    let mut content = std::pin::pin!(content);
    let mut next = content.next().await;
    while let Some(piece) = next {
        let piece = piece?;
        length += piece.len() as u64;
        chunks.push(&piece, &mut sealed)?;
        let written;
        (written, next) = future::join(writer.write(&sealed), content.next()).await;
        written?;
        sealed.clear();
    }
    chunks.finish(&mut sealed)?;
    writer.write(&sealed).await?;
    Ok(length)
}

/// An object that was sealed in chunks, opened for reading. Its end was seen, so that its length is certain.
#[derive(Clone)]
pub struct SealedObject {
    blobs: BlobStore,
    key: BlobKey,
    opener: Arc<StreamOpener>,
    /// Its first bytes, sealed.
    start: Bytes,
}

impl fmt::Debug for SealedObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedObject")
            .field("key", &self.key)
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}

impl SealedObject {
    /// Opens an object; `None` where there is none.
    ///
    /// # Errors
    /// [`SealError::UnknownKey`] where its key was destroyed; [`SealError::Broken`] where its end was cut off, or it was
    /// sealed for another place; [`SealError::Form`] where it is not sealed in chunks.
    pub async fn open(context: &Context, name: ObjectName<'_>) -> Result<Option<Self>, Failure> {
        match context.blobs.start(name.key, START).await? {
            Some(start) => Self::from_start(context, name, start).await.map(Some),
            None => Ok(None),
        }
    }

    async fn from_start(
        context: &Context,
        name: ObjectName<'_>,
        start: BlobStart,
    ) -> Result<Self, Failure> {
        let layout = StreamLayout::of_sealed(start.size)?;
        let header = start.bytes.get(..StreamLayout::HEADER_BYTES);
        let opening = Opening {
            header: header.ok_or(SealError::Form)?,
            layout,
            place: &name.place(),
        };
        let (vault, now) = (&context.vault, context.now());
        let opener = vault.stream_opener(&context.store, opening, now).await?;
        let object = Self {
            blobs: context.blobs.clone(),
            key: name.key.clone(),
            opener: Arc::new(opener),
            start: start.bytes,
        };
        object.read_chunks(&layout.last()).await?;
        Ok(object)
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.opener.layout().plain_length()
    }

    /// Some of its bytes, in pieces of at most 1 MiB. The range must lie in the object. A failure ends the stream.
    pub fn read(&self, range: Range<u64>) -> impl Stream<Item = Result<Bytes, Failure>> + use<> {
        let object = self.clone();
        stream::unfold(Some(range), move |left| {
            let object = object.clone();
            async move {
                let left = left.filter(|left| left.start < left.end)?;
                // Up to the next border of segments, so that no chunk is read twice.
                let border = (left.start / SEGMENT + 1) * SEGMENT;
                let end = border.min(left.end);
                let piece = object.piece(left.start..end).await;
                let rest = piece.is_ok().then_some(end..left.end);
                Some((piece, rest))
            }
        })
    }

    async fn piece(&self, range: Range<u64>) -> Result<Bytes, Failure> {
        let chunks = self.opener.layout().chunks_of(&range);
        let skipped = StreamLayout::plain_start(chunks.chunks.start);
        let plain = self.read_chunks(&chunks).await?;
        let at = |place: u64| usize::try_from(place - skipped).ok();
        let wanted = match (at(range.start), at(range.end)) {
            (Some(start), Some(end)) => plain.get(start..end),
            (None, _) | (_, None) => None,
        };
        let wanted = wanted.ok_or(Failure::Fault("a range beyond the end of an object"))?;
        Ok(Bytes::copy_from_slice(wanted))
    }

    async fn read_chunks(&self, chunks: &ChunkRange) -> Result<Vec<u8>, Failure> {
        let Range { start, end } = chunks.sealed;
        let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        let known = range.filter(|(_, end)| *end <= self.start.len());
        let sealed = if let Some((start, end)) = known {
            self.start.slice(start..end)
        } else {
            let read = self.blobs.get_range(&self.key, start..end).await?;
            read.ok_or(Failure::Fault("an object disappeared"))?
        };
        let mut plain = self.opener.open(chunks, &sealed)?;
        Ok(std::mem::take(&mut *plain))
    }
}

/// What is sent out: small objects are sealed as a whole and were opened so, large ones are opened as they go.
#[derive(Debug, Clone)]
pub enum Content {
    /// A whole object.
    Whole(Bytes),
    /// One that was sealed in chunks.
    Chunked(SealedObject),
    /// A part of one that was sealed in chunks.
    Within {
        /// The object.
        object: SealedObject,
        /// Which of its bytes.
        bytes: Range<u64>,
    },
}

impl Content {
    /// Opens an object, however it was sealed; `None` where there is none.
    ///
    /// # Errors
    /// As [`SealedObject::open`].
    pub(crate) async fn open(
        context: &Context,
        name: ObjectName<'_>,
    ) -> Result<Option<Self>, Failure> {
        let Some(start) = context.blobs.start(name.key, START).await? else {
            return Ok(None);
        };
        if StreamLayout::is_stream(&start.bytes) {
            let object = SealedObject::from_start(context, name, start).await?;
            return Ok(Some(Self::Chunked(object)));
        }
        let is_whole = start.bytes.len() as u64 == start.size;
        let sealed = if is_whole {
            Some(start.bytes)
        } else {
            context.blobs.get(name.key).await?
        };
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        let plain = context.open(name.table, name.column, name.row, &sealed);
        Ok(Some(Self::Whole(plain.await?.into())))
    }

    /// Some of its bytes as a content of their own. The range must lie in it.
    #[must_use]
    pub(crate) fn within(self, range: Range<u64>) -> Self {
        match self {
            Self::Whole(bytes) => {
                let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
                let end = at(range.end).min(bytes.len());
                Self::Whole(bytes.slice(at(range.start).min(end)..end))
            }
            Self::Chunked(object) => Self::Within {
                object,
                bytes: range,
            },
            Self::Within { object, bytes } => Self::Within {
                object,
                bytes: bytes.start + range.start..bytes.start + range.end,
            },
        }
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        match self {
            Self::Whole(bytes) => bytes.len() as u64,
            Self::Chunked(object) => object.length(),
            Self::Within { bytes, .. } => bytes.end - bytes.start,
        }
    }

    /// Some of its bytes, piece by piece. The range must lie in it.
    pub fn read(&self, range: Range<u64>) -> BoxStream<'static, Result<Bytes, Failure>> {
        match self {
            Self::Whole(bytes) => {
                let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
                let (start, end) = (at(range.start), at(range.end).min(bytes.len()));
                let part = bytes.slice(start.min(end)..end);
                stream::once(async move { Ok(part) }).boxed()
            }
            Self::Chunked(object) => object.read(range).boxed(),
            Self::Within { object, bytes } => object
                .read(bytes.start + range.start..bytes.start + range.end)
                .boxed(),
        }
    }

    /// Its first bytes, at most 64 KiB of an object in chunks.
    pub(crate) async fn start(&self) -> Result<Bytes, Failure> {
        let range = 0..self.length().min(StreamLayout::CHUNK_BYTES);
        let first = self.read(range).next().await;
        first.unwrap_or_else(|| Ok(Bytes::new()))
    }
}
