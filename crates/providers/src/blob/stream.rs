//! Objects too large for memory: written in parts, read in ranges.

use std::fmt;
use std::ops::Range;

use bytes::{Bytes, BytesMut};
use object_store::{
    GetOptions, GetRange, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, path::Path,
};

use super::{BlobError, BlobKey, BlobStore, Operation, within};

/// The size of a part, in bytes: S3 takes 5 MiB to 5 GiB, and at most 10,000 of them, so that an object has at most 78 GiB.
const PART: usize = 8 << 20;

/// Writes an object part by part. It has its name when [`Self::finish`] returns; until then nobody sees it. One that is
/// neither finished nor aborted leaves nothing in a folder, unless its process dies: then [`BlobStore::delete`] removes what
/// it left. A bucket keeps its parts until a lifecycle rule removes them (docs/operations.md).
pub struct BlobWriter {
    store: BlobStore,
    path: Path,
    upload: Box<dyn MultipartUpload>,
    pending: BytesMut,
}

/// How an object begins.
#[derive(Debug, Clone)]
pub struct BlobStart {
    /// The length of the whole object in bytes.
    pub size: u64,
    /// Its first bytes.
    pub bytes: Bytes,
}

impl fmt::Debug for BlobWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobWriter({})", self.path)
    }
}

impl BlobStore {
    /// Begins to write an object.
    ///
    /// # Errors
    /// [`BlobError`] where the store fails.
    pub async fn writer(&self, key: &BlobKey) -> Result<BlobWriter, BlobError> {
        let path = key.path();
        let begin = within(self.timeouts.first_byte, self.objects.put_multipart(&path));
        let upload = self.guarded(Operation::Put, begin).await?;
        Ok(BlobWriter {
            store: self.clone(),
            path,
            upload,
            pending: BytesMut::new(),
        })
    }

    /// The first bytes of an object, at most so many, or `None` where there is no object.
    ///
    /// # Errors
    /// [`BlobError`] where the store fails, also where the object is empty.
    pub async fn start(&self, key: &BlobKey, length: u64) -> Result<Option<BlobStart>, BlobError> {
        let path = key.path();
        let options = GetOptions {
            range: Some(GetRange::Bounded(0..length)),
            ..GetOptions::default()
        };
        let get = async {
            let get = self.objects.get_opts(&path, options);
            let Some(found) = found(within(self.timeouts.first_byte, get).await)? else {
                return Ok(None);
            };
            let size = found.meta.size;
            let limit = self.timeouts.for_bytes(length);
            let bytes = within(limit, found.bytes()).await?;
            Ok(Some(BlobStart { size, bytes }))
        };
        self.guarded(Operation::Get, get).await
    }

    /// Some bytes of an object, or `None` where there is no object. Fewer come where the object ends before.
    ///
    /// # Errors
    /// [`BlobError`] where the store fails, also where the range begins behind the end of the object.
    pub async fn get_range(
        &self,
        key: &BlobKey,
        range: Range<u64>,
    ) -> Result<Option<Bytes>, BlobError> {
        let path = key.path();
        let limit = self
            .timeouts
            .for_bytes(range.end.saturating_sub(range.start));
        let get = async {
            let get = self.objects.get_range(&path, range);
            found(within(limit, get).await)
        };
        self.guarded(Operation::Get, get).await
    }
}

/// A missing object is no failure of the store.
fn found<T>(answer: Result<T, BlobError>) -> Result<Option<T>, BlobError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(BlobError::Store(object_store::Error::NotFound { .. })) => Ok(None),
        Err(error) => Err(error),
    }
}

impl BlobWriter {
    /// Takes the next bytes. Memory holds one part.
    ///
    /// # Errors
    /// [`BlobError`]; then [`Self::abort`] it.
    pub async fn write(&mut self, content: &[u8]) -> Result<(), BlobError> {
        self.pending.extend_from_slice(content);
        while self.pending.len() >= PART {
            let part = self.pending.split_to(PART).freeze();
            self.put(part).await?;
        }
        Ok(())
    }

    async fn put(&mut self, part: Bytes) -> Result<(), BlobError> {
        let limit = self.store.timeouts.for_bytes(part.len() as u64);
        let put = within(limit, self.upload.put_part(PutPayload::from(part)));
        self.store.guarded(Operation::Put, put).await
    }

    /// Writes the rest and gives the object its name; when this returns the object survives a crash.
    ///
    /// # Errors
    /// [`BlobError`]; the object is then not there.
    pub async fn finish(mut self) -> Result<(), BlobError> {
        let last = self.pending.split().freeze();
        if !last.is_empty() {
            self.put(last).await?;
        }
        // A store puts the parts together before it answers.
        let limit = self.store.timeouts.for_bytes(super::LARGEST);
        let complete = within(limit, self.upload.complete());
        self.store.guarded(Operation::Put, complete).await?;
        Ok(())
    }

    /// Removes what was written.
    ///
    /// # Errors
    /// [`BlobError`] where the store fails.
    pub async fn abort(mut self) -> Result<(), BlobError> {
        let limit = self.store.timeouts.first_byte;
        let abort = within(limit, self.upload.abort());
        self.store.guarded(Operation::Delete, abort).await
    }
}
