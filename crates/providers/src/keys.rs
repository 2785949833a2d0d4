//! Keys, and everything that is done with them: sealing, blind indexes, hashes, token signing.
//!
//! The key file never lies in the database. It holds key-encryption keys; the keys that seal rows and photos, and the
//! secrets that index the numbers of a task, are made at random and stored wrapped.

mod file;
mod hash;
mod index;
mod place;
mod seal;
mod state;
mod stream;
mod token;

pub use domain::KeyId;
pub use file::{KeyFile, KeyFileError, KeyPurpose};
pub use hash::{OtpSubject, Sha256, hash_under, is_same, sha256, successor_token};
pub use index::{BlindIndex, IndexKey};
pub use place::{Place, SealError, key_id};
pub use seal::SealingKey;
pub use state::KeyState;
pub use stream::{ChunkRange, StreamLayout, StreamOpener, StreamSealer};
pub use token::{TokenKey, public_pem};

use crate::Random;

/// Where a value is found, and under which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyedIndex {
    /// The index key.
    pub key: KeyId,
    /// The index under it.
    pub index: BlindIndex,
}

/// Holds the keys outside the database and does what needs them. The key file is one; a key
/// management service could be another, so no key-encryption key ever leaves it.
pub trait KeyProvider: Send + Sync {
    /// Seals a data key under the active key-encryption key, for its row.
    fn wrap(
        &self,
        data_key: &SealingKey,
        place: &Place<'_>,
        random: &dyn Random,
    ) -> Result<Vec<u8>, SealError>;
    /// Opens a data key sealed under an active or old key-encryption key.
    fn unwrap(&self, id: KeyId, wrapped: &[u8], place: &Place<'_>)
    -> Result<SealingKey, SealError>;
    /// The key-encryption key that data keys are wrapped under now.
    fn wrapping_key(&self) -> KeyId;
    /// The active key of phone indexes.
    fn phone_index_key(&self) -> KeyId;
    /// Where a phone number (E.164) is found under the active key.
    fn phone_index(&self, phone: &str) -> BlindIndex;
    /// Where a phone number is found under each key, the active one first.
    fn phone_indexes(&self, phone: &str) -> Vec<KeyedIndex>;
    /// Where an ID number (normalised) of one task was found before tasks had secrets of their own, under each key of
    /// the file that such an index can have been made with. A file that was made since has none.
    fn derived_id_indexes(&self, task: &[u8], number: &str) -> Vec<KeyedIndex>;
    /// What is stored in place of a one-time code.
    fn otp_hash(&self, subject: &OtpSubject<'_>, code: &str) -> [u8; 32];
    /// The keys of access tokens, the active one first.
    fn token_keys(&self) -> &[TokenKey];
}
