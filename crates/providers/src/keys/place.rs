//! What sealed values are bound to, how they begin, and why they do not open.

use domain::{KeyId, KeyIdError};

/// The first byte of a value that is sealed as a whole.
pub(super) const VERSION: u8 = 1;
/// The first byte of an object that is sealed in chunks.
pub(super) const STREAM_VERSION: u8 = 2;
/// Version and key id.
pub(super) const HEADER: usize = 1 + 16;

/// Where a ciphertext lies. It opens nowhere else, so that a value moved to another row or column
/// is noticed.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Table, or the kind of object.
    pub table: &'a str,
    /// Column.
    pub column: &'a str,
    /// The row's key.
    pub row: &'a [u8],
}

/// A place as bytes: lengths before the parts, so that no two places are written alike.
pub(super) fn place_text(place: &Place<'_>) -> Vec<u8> {
    let parts = [place.table.as_bytes(), place.column.as_bytes(), place.row];
    let framed = parts.map(|part| [&part.len().to_be_bytes()[..], part].concat());
    framed.concat()
}

/// Why something cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Too short, or of a version that this code does not know.
    #[error("this is no sealed value")]
    Form,
    /// Sealed under another key than the one at hand.
    #[error("sealed under the unknown key {0}")]
    UnknownKey(KeyId),
    /// Changed, moved to another place, or sealed with other bytes under this id.
    #[error("the sealed value does not open here")]
    Broken,
}

impl From<KeyIdError> for SealError {
    fn from(_: KeyIdError) -> Self {
        Self::Form
    }
}

/// The key that a sealed value needs.
pub fn key_id(sealed: &[u8]) -> Result<KeyId, SealError> {
    let (header, _) = sealed
        .split_first_chunk::<HEADER>()
        .ok_or(SealError::Form)?;
    let [VERSION | STREAM_VERSION, id @ ..] = header else {
        return Err(SealError::Form);
    };
    Ok(KeyId(*id))
}
