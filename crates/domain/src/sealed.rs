//! Values that the rules pass on without reading them: ciphertexts, keyed hashes, and texts that may be either.

use std::fmt;

/// A ciphertext. Only the service's vault can open it; `Debug` prints its length and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// The bytes, as they are stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, to be stored.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Whether the column was emptied: a ciphertext has at least a key id and a tag.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<u8>> for Sealed {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<Sealed> for Vec<u8> {
    fn from(sealed: Sealed) -> Self {
        sealed.0
    }
}

impl AsRef<[u8]> for Sealed {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// A hash by which a row is found without storing the value that was hashed, such as a phone number or an address.
/// `Debug` prints its length and nothing else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyedHash(Vec<u8>);

impl KeyedHash {
    /// The bytes, as they are stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, to be stored.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for KeyedHash {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl<const N: usize> From<[u8; N]> for KeyedHash {
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<KeyedHash> for Vec<u8> {
    fn from(hash: KeyedHash) -> Self {
        hash.0
    }
}

impl AsRef<[u8]> for KeyedHash {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<const N: usize> PartialEq<[u8; N]> for KeyedHash {
    fn eq(&self, other: &[u8; N]) -> bool {
        self.0 == other
    }
}

impl fmt::Debug for KeyedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyedHash({} bytes)", self.0.len())
    }
}

/// A text that a person wrote: sealed, or still plain where it was stored before such texts were sealed.
#[derive(Clone, PartialEq, Eq)]
pub enum StoredText {
    /// Not sealed yet; the worker will seal it.
    Plain(String),
    /// Sealed.
    Sealed(Sealed),
}

impl StoredText {
    /// The text of a pair of columns; the sealed one counts where both are filled.
    pub fn of_columns(plain: Option<String>, sealed: Option<Vec<u8>>) -> Option<Self> {
        match sealed {
            Some(sealed) => Some(Self::Sealed(sealed.into())),
            None => plain.map(Self::Plain),
        }
    }

    /// The pair of columns: the plain text, the sealed one.
    pub fn into_columns(text: Option<Self>) -> (Option<String>, Option<Vec<u8>>) {
        match text {
            Some(Self::Plain(plain)) => (Some(plain), None),
            Some(Self::Sealed(sealed)) => (None, Some(sealed.into_bytes())),
            None => (None, None),
        }
    }
}

impl fmt::Debug for StoredText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => write!(f, "Plain({} bytes)", text.len()),
            Self::Sealed(sealed) => sealed.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_protected_is_printed() {
        let sealed = Sealed::from(b"secret".to_vec());
        assert_eq!(format!("{sealed:?}"), "Sealed(6 bytes)");
        let hash = KeyedHash::from(*b"secret");
        assert_eq!(format!("{hash:?}"), "KeyedHash(6 bytes)");
        let plain = StoredText::Plain("secret".into());
        assert_eq!(format!("{plain:?}"), "Plain(6 bytes)");
        assert_eq!(
            format!("{:?}", StoredText::Sealed(sealed)),
            "Sealed(6 bytes)"
        );
    }

    #[test]
    fn the_sealed_column_counts_before_the_plain_one() {
        let both = StoredText::of_columns(Some("plain".into()), Some(vec![1]));
        assert_eq!(both, Some(StoredText::Sealed(vec![1].into())));
        assert_eq!(StoredText::into_columns(both), (None, Some(vec![1])));
        let plain = StoredText::of_columns(Some("plain".into()), None);
        assert_eq!(
            StoredText::into_columns(plain),
            (Some("plain".into()), None)
        );
        assert_eq!(StoredText::of_columns(None, None), None);
    }
}
