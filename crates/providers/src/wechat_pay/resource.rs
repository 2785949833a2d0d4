//! The encrypted part of a notice: AES-256-GCM under the merchant's key.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use data_encoding::BASE64;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// Why a resource cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResourceError {
    /// AES-128 keys appear in official test data and must never be accepted here.
    #[error("the APIv3 key is {0} bytes long, not 32")]
    KeyLength(usize),
    /// Not 12 bytes.
    #[error("the nonce is not 12 bytes long")]
    Nonce,
    /// Not base64.
    #[error("the ciphertext is not base64")]
    Encoding,
    /// Key, nonce, associated data or ciphertext do not belong together.
    #[error("the ciphertext does not open")]
    Sealed,
}

/// The merchant's key for notices.
pub struct ApiV3Key(LessSafeKey);

impl fmt::Debug for ApiV3Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiV3Key(…)")
    }
}

impl ApiV3Key {
    /// Takes exactly 32 bytes.
    pub fn parse(text: &SecretString) -> Result<Self, ResourceError> {
        let bytes = text.expose_secret().as_bytes();
        UnboundKey::new(&AES_256_GCM, bytes)
            .map(|key| Self(LessSafeKey::new(key)))
            .map_err(|_| ResourceError::KeyLength(bytes.len()))
    }

    /// Opens base64 of ciphertext and tag. Nonce and associated data are used as UTF-8 bytes.
    pub fn open(
        &self,
        nonce: &str,
        associated_data: &str,
        ciphertext: &str,
    ) -> Result<Vec<u8>, ResourceError> {
        let nonce =
            Nonce::try_assume_unique_for_key(nonce.as_bytes()).map_err(|_| ResourceError::Nonce)?;
        let mut buffer = BASE64
            .decode(ciphertext.as_bytes())
            .map_err(|_| ResourceError::Encoding)?;
        let length = self
            .0
            .open_in_place(nonce, Aad::from(associated_data.as_bytes()), &mut buffer)
            .map_err(|_| ResourceError::Sealed)?
            .len();
        buffer.truncate(length);
        Ok(buffer)
    }
}
