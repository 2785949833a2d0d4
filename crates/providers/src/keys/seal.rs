//! Sealing with AES-256-GCM, bound to the place where the ciphertext lies.
//!
//! A sealed value is `version (1) | key id (16) | nonce (12) | ciphertext | tag (16)`. Large objects are sealed in chunks
//! instead ([`super::StreamSealer`]).

use super::hash::hash_under;
use super::place::{HEADER, Place, SealError, VERSION, key_id, place_text};
use crate::{Random, entropy::bytes};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use domain::KeyId;
use std::fmt;
use zeroize::Zeroizing;

/// A key that seals: a data key, or a key-encryption key.
pub struct SealingKey {
    id: KeyId,
    secret: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SealingKey({})", self.id)
    }
}

impl SealingKey {
    /// A new key under this name, such as its row's UUID.
    pub fn generate(id: KeyId, random: &dyn Random) -> Self {
        Self::new(id, Zeroizing::new(bytes(random)))
    }

    pub(super) fn new(id: KeyId, secret: Zeroizing<[u8; 32]>) -> Self {
        Self { id, secret }
    }

    /// The key's name.
    pub fn id(&self) -> KeyId {
        self.id
    }

    pub(super) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// Seals for this place. The nonce is random: keep well below 2³² values a key.
    pub fn seal(
        &self,
        plain: &[u8],
        place: &Place<'_>,
        random: &dyn Random,
    ) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE_LEN] = bytes(random);
        let header = self.header();
        let mut content = plain.to_vec();
        self.cipher()?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(associated_data(&header, place)),
                &mut content,
            )
            .map_err(|_| SealError::Broken)?;
        Ok([&header[..], &nonce, &content].concat())
    }

    /// Opens what was sealed with this key for this place.
    pub fn open(&self, sealed: &[u8], place: &Place<'_>) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let id = key_id(sealed)?;
        if id != self.id {
            return Err(SealError::UnknownKey(id));
        }
        let (header, rest) = sealed.split_at(HEADER);
        let (nonce, content) = rest
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(SealError::Form)?;
        let mut content = Zeroizing::new(content.to_vec());
        let length = self
            .cipher()?
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(associated_data(header, place)),
                &mut content,
            )
            .map_err(|_| SealError::Broken)?
            .len();
        content.truncate(length);
        Ok(content)
    }

    /// Seals another key under this one.
    ///
    /// # Errors
    /// [`SealError::Broken`] where the cipher fails.
    pub fn wrap(
        &self,
        key: &Self,
        place: &Place<'_>,
        random: &dyn Random,
    ) -> Result<Vec<u8>, SealError> {
        self.seal(key.secret(), place, random)
    }

    /// Opens a key that [`Self::wrap`] sealed.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn unwrap(&self, id: KeyId, wrapped: &[u8], place: &Place<'_>) -> Result<Self, SealError> {
        let secret = self.open(wrapped, place)?;
        let secret = <[u8; 32]>::try_from(secret.as_slice()).map_err(|_| SealError::Form)?;
        Ok(Self::new(id, Zeroizing::new(secret)))
    }

    /// The key as a text, for a file that goes to whoever opens what it sealed.
    pub fn to_text(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(HEXLOWER.encode(self.secret()));
        Zeroizing::new(format!("{}-{}\n", self.id, *secret))
    }

    /// The key of a text; `None` where it is none.
    pub fn of_text(text: &str) -> Option<Self> {
        let (id, secret) = text.trim().split_once('-')?;
        let secret = Zeroizing::new(HEXLOWER_PERMISSIVE.decode(secret.as_bytes()).ok()?);
        let secret = <[u8; 32]>::try_from(secret.as_slice()).ok()?;
        Some(Self::new(id.parse().ok()?, Zeroizing::new(secret)))
    }

    /// What only who has the key can say of some parts: their HMAC-SHA256.
    pub fn tag(&self, parts: &[&[u8]]) -> [u8; 32] {
        hash_under(self.secret(), parts)
    }

    fn header(&self) -> [u8; HEADER] {
        let mut header = [VERSION; HEADER];
        header[1..].copy_from_slice(&self.id.0);
        header
    }

    fn cipher(&self) -> Result<LessSafeKey, SealError> {
        let key = UnboundKey::new(&AES_256_GCM, self.secret()).map_err(|_| SealError::Broken)?;
        Ok(LessSafeKey::new(key))
    }
}

fn associated_data(header: &[u8], place: &Place<'_>) -> Vec<u8> {
    [header, &place_text(place)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRandom;
    use rstest::rstest;

    const HERE: Place<'static> = Place {
        table: "accounts",
        column: "phone",
        row: b"row 1",
    };

    fn key(id: u8) -> SealingKey {
        SealingKey::generate(KeyId([id; 16]), &SystemRandom)
    }

    #[test]
    fn what_was_sealed_opens_in_its_place() {
        let key = key(1);
        let sealed = key.seal(b"+8613800138000", &HERE, &SystemRandom).unwrap();
        assert_eq!(sealed.len(), 1 + 16 + 12 + 14 + 16);
        assert_eq!(key_id(&sealed), Ok(KeyId([1; 16])));
        assert_eq!(
            key.open(&sealed, &HERE).unwrap().as_slice(),
            b"+8613800138000"
        );
        assert_ne!(
            sealed,
            key.seal(b"+8613800138000", &HERE, &SystemRandom).unwrap()
        );
    }

    #[rstest]
    #[case::row(Place { row: b"row 2", ..HERE })]
    #[case::column(Place { column: "email", ..HERE })]
    #[case::table(Place { table: "students", ..HERE })]
    #[case::same_letters_cut_elsewhere(Place { table: "accountsp", column: "hone", ..HERE })]
    fn a_ciphertext_moved_to_another_place_does_not_open(#[case] place: Place<'_>) {
        let key = key(1);
        let sealed = key.seal(b"secret", &HERE, &SystemRandom).unwrap();
        assert_eq!(
            key.open(&sealed, &place).unwrap_err(),
            SealError::Broken,
            "{place:?}"
        );
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let key = key(1);
        let sealed = key.seal(b"secret", &HERE, &SystemRandom).unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(key.open(&changed, &HERE).is_err(), "byte {index}");
            assert!(key.open(&sealed[..index], &HERE).is_err(), "cut at {index}");
        }
    }

    #[test]
    fn another_key_is_named() {
        let sealed = key(1).seal(b"secret", &HERE, &SystemRandom).unwrap();
        let error = key(2).open(&sealed, &HERE).unwrap_err();
        assert_eq!(error, SealError::UnknownKey(KeyId([1; 16])));
    }

    #[test]
    fn a_key_comes_back_from_its_text_and_from_under_another() {
        let (one, other) = (key(1), key(2));
        let read = SealingKey::of_text(&one.to_text()).unwrap();
        assert_eq!((read.id(), read.secret()), (one.id(), one.secret()));
        assert!(SealingKey::of_text("0102-zz").is_none());
        let wrapped = other.wrap(&one, &HERE, &SystemRandom).unwrap();
        let opened = other.unwrap(one.id(), &wrapped, &HERE).unwrap();
        assert_eq!(opened.secret(), one.secret());
        assert_ne!(one.tag(&[b"a"]), other.tag(&[b"a"]));
    }

    #[test]
    fn a_key_prints_its_name_only() {
        let key = SealingKey::new(KeyId([0xab; 16]), Zeroizing::new([7; 32]));
        assert_eq!(
            format!("{key:?}"),
            format!("SealingKey({})", "ab".repeat(16))
        );
        assert_eq!("ab".repeat(16).parse(), Ok(KeyId([0xab; 16])));
    }
}
