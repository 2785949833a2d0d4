//! Blind indexes: a sealed value can be found again without being readable.

use aws_lc_rs::{hkdf, hmac};

/// Separates these derived keys from any other use of the same secret.
const SALT: &[u8] = b"gradphoto id index v1";

/// 128 bits of HMAC-SHA256. They are not cut further: the index is also the uniqueness check.
pub type BlindIndex = [u8; 16];

/// A key that makes indexes.
pub(super) struct IndexKey(hmac::Key);

impl IndexKey {
    pub(super) fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The key of one task, derived so that the indexes of two tasks have nothing in common.
    pub(super) fn of_task(secret: &[u8; 32], task: &[u8]) -> Self {
        let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, SALT).extract(secret);
        let info = [task];
        match derived.expand(&info, hmac::HMAC_SHA256) {
            Ok(okm) => Self(okm.into()),
            Err(_) => unreachable!("one block is always within HKDF's limit"),
        }
    }

    /// The index of a normalised value.
    pub(super) fn index(&self, value: &str) -> BlindIndex {
        let tag = hmac::sign(&self.0, value.as_bytes());
        let mut index = BlindIndex::default();
        index.copy_from_slice(&tag.as_ref()[..16]);
        index
    }
}

#[cfg(test)]
mod tests {
    use super::IndexKey;

    #[test]
    fn an_index_depends_on_value_key_and_task() {
        let secret = [1; 32];
        let here = IndexKey::of_task(&secret, b"task 1").index("11010519491231002X");
        assert_eq!(
            here,
            IndexKey::of_task(&secret, b"task 1").index("11010519491231002X")
        );
        assert_ne!(
            here,
            IndexKey::of_task(&secret, b"task 2").index("11010519491231002X")
        );
        assert_ne!(
            here,
            IndexKey::of_task(&[2; 32], b"task 1").index("11010519491231002X")
        );
        assert_ne!(
            here,
            IndexKey::of_task(&secret, b"task 1").index("110105194912310021")
        );
        assert_ne!(here, IndexKey::new(&secret).index("11010519491231002X"));
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
