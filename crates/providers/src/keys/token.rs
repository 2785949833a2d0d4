//! Keys that sign access tokens: Ed25519, each with its `kid`.

use super::{KeyId, KeyState};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use std::fmt;
use zeroize::Zeroizing;

/// One signing key. The public half of an old one still verifies.
pub struct TokenKey {
    id: KeyId,
    state: KeyState,
    pkcs8: Zeroizing<Vec<u8>>,
    public: Vec<u8>,
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TokenKey({}, {:?})", self.id, self.state)
    }
}

/// The public half of an Ed25519 key, 32 bytes, as PEM (`SubjectPublicKeyInfo`), which `openssl` reads.
pub fn public_pem(key: &[u8]) -> String {
    // What stands before the 32 bytes of an Ed25519 key. Source: RFC 8410, 4.
    let mut der = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".to_vec();
    der.extend_from_slice(key);
    let text = data_encoding::BASE64.encode(&der);
    format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
}

impl TokenKey {
    /// `None` where the bytes are no Ed25519 key.
    pub(super) fn parse(id: KeyId, state: KeyState, pkcs8: Zeroizing<Vec<u8>>) -> Option<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(&pkcs8).ok()?;
        let public = pair.public_key().as_ref().to_vec();
        Some(Self {
            id,
            state,
            pkcs8,
            public,
        })
    }

    /// The key's `kid`.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Whether new tokens are signed with it.
    pub fn state(&self) -> KeyState {
        self.state
    }

    /// The private key, PKCS#8 DER.
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The public key, 32 bytes.
    pub fn public(&self) -> &[u8] {
        &self.public
    }

    /// The public key as PEM (`SubjectPublicKeyInfo`), which `openssl` reads.
    pub fn public_pem(&self) -> String {
        public_pem(&self.public)
    }

    /// The signature of a message, 64 bytes; `None` where the library does not take the key.
    pub fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let pair = Ed25519KeyPair::from_pkcs8(&self.pkcs8).ok()?;
        Some(pair.sign(message).as_ref().to_vec())
    }
}
