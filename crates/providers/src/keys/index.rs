//! Blind indexes: a sealed value can be found again without being readable.

use aws_lc_rs::{hkdf, hmac};
use std::fmt;

use super::SealingKey;

/// Separates the index keys of tasks from any other use of the same secret.
const TASK_SALT: &[u8] = b"gradphoto task index v1";
/// The same for the keys that were derived from one secret of the key file before each task had a secret of its own.
const DERIVED_SALT: &[u8] = b"gradphoto id index v1";

/// 128 bits of HMAC-SHA256. They are not cut further: the index is also the uniqueness check.
pub type BlindIndex = [u8; 16];

/// A key that makes indexes.
pub struct IndexKey(hmac::Key);

impl fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IndexKey")
    }
}

impl IndexKey {
    pub(super) fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The key that makes the indexes of one task, from the task's own random secret. Without that secret nobody can
    /// compute an index or compare one with another task's.
    pub fn of_secret(secret: &SealingKey) -> Self {
        Self::derive(TASK_SALT, secret.secret(), &secret.id().0)
    }

    /// The key that made the indexes of a task before tasks had secrets of their own.
    pub(super) fn derived_for_task(secret: &[u8; 32], task: &[u8]) -> Self {
        Self::derive(DERIVED_SALT, secret, task)
    }

    fn derive(salt: &[u8], secret: &[u8; 32], info: &[u8]) -> Self {
        let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(secret);
        match derived.expand(&[info], hmac::HMAC_SHA256) {
            Ok(okm) => Self(okm.into()),
            Err(_) => unreachable!("one block is always within HKDF's limit"),
        }
    }

    /// The index of a normalised value.
    pub fn index(&self, value: &str) -> BlindIndex {
        let tag = hmac::sign(&self.0, value.as_bytes());
        let mut index = BlindIndex::default();
        index.copy_from_slice(&tag.as_ref()[..16]);
        index
    }
}

#[cfg(test)]
mod tests {
    use super::{IndexKey, SealingKey};
    use domain::KeyId;
    use zeroize::Zeroizing;

    #[test]
    fn an_index_depends_on_value_and_secret_and_serves_one_task() {
        let secret = |id, byte| SealingKey::new(KeyId([id; 16]), Zeroizing::new([byte; 32]));
        let index = |secret: &SealingKey, value| IndexKey::of_secret(secret).index(value);
        let number = "11010519491231002X";
        let here = index(&secret(1, 1), number);
        assert_eq!(here, index(&secret(1, 1), number));
        assert_ne!(here, index(&secret(1, 2), number));
        assert_ne!(here, index(&secret(2, 1), number));
        assert_ne!(here, index(&secret(1, 1), "110105194912310021"));
        assert_ne!(here, IndexKey::new(&[1; 32]).index(number));
        let derived = |task| IndexKey::derived_for_task(&[1; 32], task).index(number);
        assert_ne!(derived(b"task 1"), derived(b"task 2"));
        assert_ne!(derived(&[1; 16]), here);
    }

    /// The expected value was computed with another implementation.
    #[test]
    fn an_index_is_the_first_half_of_hmac_sha256() {
        let expected = "b613679a0814d9ec772f95d778c35fc5";
        assert_eq!(
            data_encoding::HEXLOWER.encode(&IndexKey::new(&[0; 32]).index("")),
            expected
        );
    }
}
