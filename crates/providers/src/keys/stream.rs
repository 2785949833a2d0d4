//! Sealing large objects in chunks, so that they are written and read as streams, and read from any place.
//!
//! A sealed stream is `version (2) | key id (16) | salt (32) | chunks`. A chunk is 65,536 bytes of the object, encrypted,
//! and a tag of 16 bytes; the last one may be shorter, and an empty object is one empty chunk. Each object has a key of its
//! own, derived from the data key, the salt and the object's place. The nonce of a chunk is its number and whether it is the
//! last, so that chunks which are missing, cut off, repeated or in another order do not open. docs/decisions/0030.

use std::ops::Range;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf;
use domain::KeyId;
use zeroize::Zeroizing;

use super::place::{Place, STREAM_VERSION, SealError, place_text};
use super::seal::SealingKey;
use crate::{Random, entropy::bytes};

/// Version, key id and salt.
const HEADER: usize = 1 + 16 + SALT;
const SALT: usize = 32;
const TAG: usize = 16;
/// Bytes of the object in a chunk.
const CHUNK: usize = 64 << 10;
const SEALED_CHUNK: usize = CHUNK + TAG;

/// The key of one object.
fn object_key(
    key: &SealingKey,
    header: &[u8],
    place: &Place<'_>,
) -> Result<LessSafeKey, SealError> {
    let (names, salt) = header.split_at(HEADER - SALT);
    let secret = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(key.secret());
    let place = place_text(place);
    let info = [names, &place];
    let derived = secret
        .expand(&info, &AES_256_GCM)
        .map_err(|_| SealError::Broken)?;
    Ok(LessSafeKey::new(UnboundKey::from(derived)))
}

fn nonce(index: u64, is_last: bool) -> Nonce {
    let mut nonce = [0; NONCE_LEN];
    nonce[3..11].copy_from_slice(&index.to_be_bytes());
    nonce[11] = u8::from(is_last);
    Nonce::assume_unique_for_key(nonce)
}

/// Seals an object piece by piece.
pub struct StreamSealer {
    key: LessSafeKey,
    index: u64,
    /// What is not sealed yet: whether a chunk is the last one is known when more comes, or nothing.
    pending: Zeroizing<Vec<u8>>,
    header: Option<[u8; HEADER]>,
}

impl StreamSealer {
    pub(super) fn new(
        key: &SealingKey,
        place: &Place<'_>,
        random: &dyn Random,
    ) -> Result<Self, SealError> {
        let mut header = [STREAM_VERSION; HEADER];
        header[1..=16].copy_from_slice(&key.id().0);
        header[17..].copy_from_slice(&bytes::<SALT>(random));
        Ok(Self {
            key: object_key(key, &header, place)?,
            index: 0,
            pending: Zeroizing::new(Vec::with_capacity(CHUNK)),
            header: Some(header),
        })
    }

    /// Takes the next bytes of the object and appends to `sealed` what can be sealed by now.
    ///
    /// # Errors
    /// [`SealError::Broken`] where the cipher fails.
    pub fn push(&mut self, mut plain: &[u8], sealed: &mut Vec<u8>) -> Result<(), SealError> {
        while !plain.is_empty() {
            if self.pending.len() == CHUNK {
                self.seal(false, sealed)?;
            }
            let room = CHUNK - self.pending.len();
            let (now, later) = plain.split_at(room.min(plain.len()));
            self.pending.extend_from_slice(now);
            plain = later;
        }
        Ok(())
    }

    /// Appends the rest to `sealed`.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn finish(mut self, sealed: &mut Vec<u8>) -> Result<(), SealError> {
        self.seal(true, sealed)
    }

    fn seal(&mut self, is_last: bool, sealed: &mut Vec<u8>) -> Result<(), SealError> {
        if let Some(header) = self.header.take() {
            sealed.extend_from_slice(&header);
        }
        let start = sealed.len();
        sealed.extend_from_slice(&self.pending);
        let nonce = nonce(self.index, is_last);
        let tag = self
            .key
            .seal_in_place_separate_tag(nonce, Aad::empty(), &mut sealed[start..])
            .map_err(|_| SealError::Broken)?;
        sealed.extend_from_slice(tag.as_ref());
        self.index += 1;
        self.pending.clear();
        Ok(())
    }
}

/// Where the bytes of an object lie in its sealed stream, by the stream's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamLayout {
    sealed: u64,
    chunks: u64,
}

/// The chunks that hold a part of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChunkRange {
    /// Their numbers.
    pub chunks: Range<u64>,
    /// Where they lie in the sealed stream.
    pub sealed: Range<u64>,
}

impl StreamLayout {
    /// So many bytes stand before the first chunk.
    pub const HEADER_BYTES: usize = HEADER;
    /// So many bytes of an object are in a chunk; the last one may have fewer.
    pub const CHUNK_BYTES: u64 = CHUNK as u64;
    /// So many bytes a chunk has when it is sealed.
    pub const SEALED_CHUNK_BYTES: u64 = SEALED_CHUNK as u64;

    /// The layout of a sealed stream of so many bytes.
    ///
    /// # Errors
    /// [`SealError::Form`] where no stream has this length.
    pub fn of_sealed(length: u64) -> Result<Self, SealError> {
        let body = length.checked_sub(HEADER as u64).ok_or(SealError::Form)?;
        let chunks = body.div_ceil(SEALED_CHUNK as u64);
        let layout = Self {
            sealed: length,
            chunks,
        };
        let last = body.saturating_sub(chunks.saturating_sub(1) * SEALED_CHUNK as u64);
        // Only an object that is empty as a whole has an empty chunk.
        if last < TAG as u64 || (last == TAG as u64 && chunks > 1) {
            return Err(SealError::Form);
        }
        Ok(layout)
    }

    /// Whether an object that begins so was sealed in chunks.
    pub fn is_stream(start: &[u8]) -> bool {
        start.first() == Some(&STREAM_VERSION)
    }

    /// The length of the object.
    pub fn plain_length(self) -> u64 {
        self.sealed - (HEADER as u64) - self.chunks * TAG as u64
    }

    /// The last chunk, which proves that nothing is cut off.
    pub fn last(self) -> ChunkRange {
        self.chunk_range(self.chunks - 1..self.chunks)
    }

    /// Whether a chunk is the last.
    pub fn is_last(self, chunk: u64) -> bool {
        chunk + 1 == self.chunks
    }

    /// The chunks that hold some bytes of the object, which must lie in it.
    pub fn chunks_of(self, plain: &Range<u64>) -> ChunkRange {
        let first = plain.start / CHUNK as u64;
        let end = plain.end.div_ceil(CHUNK as u64).max(first + 1);
        self.chunk_range(first..end.min(self.chunks))
    }

    fn chunk_range(self, chunks: Range<u64>) -> ChunkRange {
        let at = |chunk: u64| (HEADER as u64 + chunk * SEALED_CHUNK as u64).min(self.sealed);
        ChunkRange {
            sealed: at(chunks.start)..at(chunks.end),
            chunks,
        }
    }

    /// Where a chunk begins in the object.
    pub fn plain_start(chunk: u64) -> u64 {
        chunk * CHUNK as u64
    }
}

/// Opens the chunks of one object, in any order.
pub struct StreamOpener {
    key: LessSafeKey,
    layout: StreamLayout,
}

impl StreamOpener {
    pub(super) fn new(
        key: &SealingKey,
        header: &[u8],
        layout: StreamLayout,
        place: &Place<'_>,
    ) -> Result<Self, SealError> {
        if header.len() != HEADER || header[0] != STREAM_VERSION {
            return Err(SealError::Form);
        }
        let id = KeyId(header[1..=16].try_into().map_err(|_| SealError::Form)?);
        if id != key.id() {
            return Err(SealError::UnknownKey(id));
        }
        Ok(Self {
            key: object_key(key, header, place)?,
            layout,
        })
    }

    /// The layout of the stream.
    pub fn layout(&self) -> StreamLayout {
        self.layout
    }

    /// Opens consecutive chunks and returns the part of the object that they hold.
    ///
    /// # Errors
    /// [`SealError::Broken`] where a byte was changed, or a chunk stands where another belongs.
    pub fn open(&self, range: &ChunkRange, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        if sealed.len() as u64 != range.sealed.end - range.sealed.start {
            return Err(SealError::Broken);
        }
        let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
        let mut buffer = Zeroizing::new(Vec::with_capacity(SEALED_CHUNK));
        for (index, chunk) in range.chunks.clone().zip(sealed.chunks(SEALED_CHUNK)) {
            buffer.clear();
            buffer.extend_from_slice(chunk);
            let nonce = nonce(index, self.layout.is_last(index));
            let opened = self
                .key
                .open_in_place(nonce, Aad::empty(), &mut buffer)
                .map_err(|_| SealError::Broken)?;
            plain.extend_from_slice(opened);
        }
        Ok(plain)
    }
}

impl SealingKey {
    /// What seals a large object for this place, as it comes.
    ///
    /// # Errors
    /// [`SealError::Broken`] where the cipher fails.
    pub fn stream_sealer(
        &self,
        place: &Place<'_>,
        random: &dyn Random,
    ) -> Result<StreamSealer, SealError> {
        StreamSealer::new(self, place, random)
    }

    /// What opens an object that [`Self::stream_sealer`] sealed for this place. `header` is its first
    /// [`StreamLayout::HEADER_BYTES`].
    ///
    /// # Errors
    /// [`SealError::Form`] where this is no such header; [`SealError::UnknownKey`] where another key sealed it.
    pub fn stream_opener(
        &self,
        header: &[u8],
        layout: StreamLayout,
        place: &Place<'_>,
    ) -> Result<StreamOpener, SealError> {
        StreamOpener::new(self, header, layout, place)
    }

    /// Opens what was sealed for this place, as a whole or in chunks.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_any(
        &self,
        sealed: &[u8],
        place: &Place<'_>,
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        if !StreamLayout::is_stream(sealed) {
            return self.open(sealed, place);
        }
        let layout = StreamLayout::of_sealed(sealed.len() as u64)?;
        let (header, body) = sealed.split_at(HEADER);
        let opener = self.stream_opener(header, layout, place)?;
        opener.open(&layout.chunk_range(0..layout.chunks), body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRandom;
    use proptest::prelude::*;

    const HERE: Place<'static> = Place {
        table: "deliveries",
        column: "package",
        row: b"row 1",
    };

    fn key(id: u8) -> SealingKey {
        SealingKey::generate(KeyId([id; 16]), &SystemRandom)
    }

    fn object(length: usize) -> Vec<u8> {
        (0..length)
            .map(|at| u8::try_from(at % 251).unwrap())
            .collect()
    }

    fn sealed(key: &SealingKey, plain: &[u8], piece: usize) -> Vec<u8> {
        let mut chunks = StreamSealer::new(key, &HERE, &SystemRandom).unwrap();
        let mut sealed = Vec::new();
        for piece in plain.chunks(piece) {
            chunks.push(piece, &mut sealed).unwrap();
        }
        chunks.finish(&mut sealed).unwrap();
        sealed
    }

    /// A part of an object, as a reader of ranges gets it.
    fn part(key: &SealingKey, sealed: &[u8], range: Range<u64>) -> Result<Vec<u8>, SealError> {
        let layout = StreamLayout::of_sealed(sealed.len() as u64)?;
        let opener = StreamOpener::new(key, &sealed[..HEADER], layout, &HERE)?;
        let chunks = layout.chunks_of(&range);
        let at = |at: u64| usize::try_from(at).unwrap();
        let body = &sealed[at(chunks.sealed.start)..at(chunks.sealed.end)];
        let plain = opener.open(&chunks, body)?;
        let skipped = StreamLayout::plain_start(chunks.chunks.start);
        Ok(plain[at(range.start - skipped)..at(range.end - skipped)].to_vec())
    }

    #[test]
    fn an_object_of_any_length_opens_whole_and_its_length_is_known() {
        let key = key(1);
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7] {
            let plain = object(length);
            for piece in [1_000, CHUNK, 5 * CHUNK] {
                let sealed = sealed(&key, &plain, piece);
                let layout = StreamLayout::of_sealed(sealed.len() as u64).unwrap();
                assert_eq!(layout.plain_length(), length as u64);
                let opened = key.open_any(&sealed, &HERE).unwrap();
                assert!(opened[..] == plain[..], "{length} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn chunks_that_are_cut_off_moved_repeated_or_changed_do_not_open() {
        let (key, plain) = (key(1), object(3 * CHUNK + 7));
        let whole = sealed(&key, &plain, CHUNK);
        let chunk =
            |index: usize| HEADER + index * SEALED_CHUNK..HEADER + (index + 1) * SEALED_CHUNK;
        let open = |sealed: &[u8]| key.open_any(sealed, &HERE).map(|plain| plain.len());
        let mut cases = vec![];
        for end in [
            HEADER,
            chunk(0).end,
            chunk(2).end,
            whole.len() - 1,
            whole.len() - 23,
        ] {
            cases.push(whole[..end].to_vec());
        }
        let mut swapped = whole.clone();
        swapped[chunk(0)].copy_from_slice(&whole[chunk(1)]);
        swapped[chunk(1)].copy_from_slice(&whole[chunk(0)]);
        cases.push(swapped);
        let mut repeated = whole.clone();
        repeated[chunk(1)].copy_from_slice(&whole[chunk(0)]);
        cases.push(repeated);
        let without_first = [&whole[..HEADER], &whole[chunk(0).end..]].concat();
        cases.push(without_first);
        // A chunk of the same number from another object under the same key.
        let mut foreign = whole.clone();
        foreign[chunk(1)].copy_from_slice(&sealed(&key, &plain, CHUNK)[chunk(1)]);
        cases.push(foreign);
        for at in [1, 20, HEADER, HEADER + CHUNK, whole.len() - 1] {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            cases.push(changed);
        }
        for (number, case) in cases.iter().enumerate() {
            assert!(open(case).is_err(), "case {number}");
        }
        let elsewhere = Place {
            row: b"row 2",
            ..HERE
        };
        assert!(key.open_any(&whole, &elsewhere).is_err());
        assert_eq!(open(&whole), Ok(plain.len()));
        // A reader of a part notices that the end is missing when it opens the last chunk.
        let cut = &whole[..chunk(2).end];
        let length = StreamLayout::of_sealed(cut.len() as u64)
            .unwrap()
            .plain_length();
        assert!(part(&key, cut, 0..10).is_ok());
        assert_eq!(part(&key, cut, length - 1..length), Err(SealError::Broken));
    }

    #[test]
    fn another_key_is_named() {
        let sealed = sealed(&key(1), b"secret", CHUNK);
        let error = key(2).open_any(&sealed, &HERE).unwrap_err();
        assert_eq!(error, SealError::UnknownKey(KeyId([1; 16])));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn any_part_is_what_stands_there(length in 1..4 * CHUNK, ends in any::<[usize; 2]>()) {
            let (key, plain) = (key(1), object(length));
            let [a, b] = ends.map(|end| end % (length + 1));
            let (start, end) = (a.min(b).min(length - 1), a.max(b).max(1));
            let end = end.max(start + 1);
            let sealed = sealed(&key, &plain, CHUNK);
            let read = part(&key, &sealed, start as u64..end as u64).unwrap();
            prop_assert!(read == plain[start..end]);
        }
    }
}
