//! Reading `FlatBuffers`, the container of model files. Every offset is checked: a damaged file is an error, not a panic.

use super::ModelError;

/// Bytes of a number or an offset.
const WORD: usize = 4;

/// A table: numbered fields, each of which may be missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Table<'a> {
    /// The table a file begins with.
    pub(super) fn root(bytes: &'a [u8]) -> Result<Self, ModelError> {
        Self::behind(bytes, 0)
    }

    /// The table that the offset stored at `place` leads to.
    fn behind(bytes: &'a [u8], place: usize) -> Result<Self, ModelError> {
        let at = follow(bytes, place)?;
        Ok(Self { bytes, at })
    }

    /// Where a field is stored; `None` where the file leaves it out.
    fn field(&self, index: usize) -> Result<Option<usize>, ModelError> {
        let back = i64::from(i32::from_le_bytes(array(self.bytes, self.at)?));
        let layout = i64::try_from(self.at).map_or(-1, |at| at - back);
        let layout = usize::try_from(layout).map_err(|_| ModelError::Damaged)?;
        // The layout begins with its own size and that of the table, two bytes each.
        let entry = 4 + 2 * index;
        if entry + 2 > usize::from(u16::from_le_bytes(array(self.bytes, layout)?)) {
            return Ok(None);
        }
        let offset = u16::from_le_bytes(array(self.bytes, layout + entry)?);
        Ok((offset != 0).then(|| self.at + usize::from(offset)))
    }

    /// A number of one byte; `default` where it is left out.
    pub(super) fn byte(&self, index: usize, default: u8) -> Result<u8, ModelError> {
        match self.field(index)? {
            Some(place) => Ok(array::<1>(self.bytes, place)?[0]),
            None => Ok(default),
        }
    }

    /// A number; `default` where it is left out.
    pub(super) fn number(&self, index: usize, default: i32) -> Result<i32, ModelError> {
        match self.field(index)? {
            Some(place) => Ok(i32::from_le_bytes(array(self.bytes, place)?)),
            None => Ok(default),
        }
    }

    /// A number that counts or indexes something; 0 where it is left out.
    pub(super) fn count(&self, index: usize) -> Result<usize, ModelError> {
        usize::try_from(self.number(index, 0)?).map_err(|_| ModelError::Damaged)
    }

    /// A table in a field.
    pub(super) fn table(&self, index: usize) -> Result<Option<Self>, ModelError> {
        self.field(index)?
            .map(|place| Self::behind(self.bytes, place))
            .transpose()
    }

    /// The start and the length of a vector whose elements take `size` bytes; empty where it is left out.
    fn vector(&self, index: usize, size: usize) -> Result<&'a [u8], ModelError> {
        let Some(place) = self.field(index)? else {
            return Ok(&[]);
        };
        let start = follow(self.bytes, place)?;
        let length = u32::from_le_bytes(array(self.bytes, start)?) as usize;
        let end = length
            .checked_mul(size)
            .and_then(|size| size.checked_add(start + WORD));
        end.and_then(|end| self.bytes.get(start + WORD..end))
            .ok_or(ModelError::Damaged)
    }

    /// The bytes of a vector.
    pub(super) fn bytes(&self, index: usize) -> Result<&'a [u8], ModelError> {
        self.vector(index, 1)
    }

    /// A vector of numbers that count or index something.
    pub(super) fn counts(&self, index: usize) -> Result<Vec<usize>, ModelError> {
        let (words, _) = self.vector(index, WORD)?.as_chunks::<WORD>();
        let counts = words
            .iter()
            .map(|word| usize::try_from(i32::from_le_bytes(*word)));
        counts
            .collect::<Result<_, _>>()
            .map_err(|_| ModelError::Damaged)
    }

    /// A vector of tables.
    pub(super) fn tables(&self, index: usize) -> Result<Vec<Self>, ModelError> {
        let Some(place) = self.field(index)? else {
            return Ok(Vec::new());
        };
        let length = self.vector(index, WORD)?.len() / WORD;
        let start = follow(self.bytes, place)? + WORD;
        (0..length)
            .map(|element| Self::behind(self.bytes, start + element * WORD))
            .collect()
    }
}

/// The bytes at `place`.
fn array<const LENGTH: usize>(bytes: &[u8], place: usize) -> Result<[u8; LENGTH], ModelError> {
    let found = bytes.get(place..).and_then(|rest| rest.first_chunk());
    found.copied().ok_or(ModelError::Damaged)
}

/// Where the offset stored at `place` leads.
fn follow(bytes: &[u8], place: usize) -> Result<usize, ModelError> {
    let offset = u32::from_le_bytes(array(bytes, place)?) as usize;
    place.checked_add(offset).ok_or(ModelError::Damaged)
}
