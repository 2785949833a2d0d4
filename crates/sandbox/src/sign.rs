//! RSA, AES-GCM, HMAC and percent-encoding as the providers use them; no code shared with the product.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    Ed25519KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use aws_lc_rs::{digest, hmac, rand};
use data_encoding::{BASE64, HEXLOWER};

/// The cryptographic library refused: a key of the wrong form, or no randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cryptographic library refused a key or an operation")]
pub struct CryptoError;

impl From<aws_lc_rs::error::Unspecified> for CryptoError {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self
    }
}

/// A provider's RSA private key: PKCS#1 v1.5 with SHA-256.
pub(crate) struct Signer(RsaKeyPair);

impl Signer {
    /// Reads a PKCS#8 key in PEM form.
    pub(crate) fn from_pem(pem: &str) -> Result<Self, CryptoError> {
        RsaKeyPair::from_pkcs8(&der(pem)?)
            .map(Self)
            .map_err(|_| CryptoError)
    }

    /// The signature of `message` in base64.
    pub(crate) fn sign(&self, message: &str) -> Result<String, CryptoError> {
        self.sign_bytes(message.as_bytes())
    }

    /// The same of a message in whatever encoding.
    pub(crate) fn sign_bytes(&self, message: &[u8]) -> Result<String, CryptoError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        let random = SystemRandom::new();
        (self.0).sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)?;
        Ok(BASE64.encode(&signature))
    }
}

/// An Ed25519 private key.
pub(crate) struct CodeSigner(Ed25519KeyPair);

impl CodeSigner {
    /// Reads the key's seed, 32 bytes in Base64.
    pub(crate) fn from_seed(seed: &str) -> Result<Self, CryptoError> {
        let seed = BASE64.decode(seed.as_bytes()).map_err(|_| CryptoError)?;
        let key = Ed25519KeyPair::from_seed_unchecked(&seed);
        key.map(Self).map_err(|_| CryptoError)
    }

    /// The signature of `message`.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }
}

/// An RSA public key.
pub(crate) struct Verifier(UnparsedPublicKey<Vec<u8>>);

impl Verifier {
    /// Reads an SPKI key in PEM form or as bare base64.
    pub(crate) fn from_pem(pem: &str) -> Result<Self, CryptoError> {
        Ok(Self(UnparsedPublicKey::new(
            &RSA_PKCS1_2048_8192_SHA256,
            der(pem)?,
        )))
    }

    /// Takes an SPKI key as it lies in a certificate.
    #[cfg(test)]
    pub(crate) fn from_der(key: Vec<u8>) -> Self {
        Self(UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key))
    }

    /// Whether `signature` (base64) is this key's signature of `message`.
    pub(crate) fn is_signed(&self, message: &str, signature: &str) -> bool {
        BASE64
            .decode(signature.as_bytes())
            .is_ok_and(|bytes| self.0.verify(message.as_bytes(), &bytes).is_ok())
    }
}

/// Seals a `WeChat` notice: AES-256-GCM with a 32-byte key, the tag at the end, in base64.
pub(crate) fn seal(
    key: &str,
    nonce: &str,
    associated_data: &str,
    plaintext: &str,
) -> Result<String, CryptoError> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_bytes())?);
    let nonce = Nonce::try_assume_unique_for_key(nonce.as_bytes())?;
    let mut sealed = plaintext.as_bytes().to_vec();
    key.seal_in_place_append_tag(nonce, Aad::from(associated_data.as_bytes()), &mut sealed)?;
    Ok(BASE64.encode(&sealed))
}

/// Opens what [`seal`] sealed; for the vectors that go the other way.
#[cfg(test)]
pub(crate) fn open(
    key: &str,
    nonce: &str,
    associated_data: &str,
    sealed: &str,
) -> Result<String, CryptoError> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_bytes())?);
    let nonce = Nonce::try_assume_unique_for_key(nonce.as_bytes())?;
    let mut sealed = BASE64.decode(sealed.as_bytes()).map_err(|_| CryptoError)?;
    let aad = Aad::from(associated_data.as_bytes());
    let plaintext = key.open_in_place(nonce, aad, &mut sealed)?;
    String::from_utf8(plaintext.to_vec()).map_err(|_| CryptoError)
}

/// The HMAC-SHA-256 of `message`.
pub(crate) fn hmac(secret: &[u8], message: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
}

/// Whether `tag` (hex) is the HMAC-SHA-256 of `message`; compared in constant time.
pub(crate) fn is_hmac(secret: &[u8], message: &str, tag: &str) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    HEXLOWER
        .decode(tag.as_bytes())
        .is_ok_and(|tag| hmac::verify(&key, message.as_bytes(), &tag).is_ok())
}

/// SHA-256 in lower-case hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// SHA-1 in lower-case hex, which bills are checked with.
pub(crate) fn sha1_hex(bytes: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes);
    HEXLOWER.encode(digest.as_ref())
}

/// A random word of `2 * N` hex digits.
pub(crate) fn random_hex<const N: usize>() -> Result<String, CryptoError> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes)?;
    Ok(HEXLOWER.encode(&bytes))
}

/// Percent-encoding of RFC 3986: only unreserved characters stay.
pub(crate) fn percent_encode(text: &str) -> String {
    percent_encode_bytes(text.as_bytes())
}

/// The same of a text in whatever encoding.
pub(crate) fn percent_encode_bytes(text: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.iter().copied() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            other => {
                encoded.push('%');
                encoded.push_str(&data_encoding::HEXUPPER.encode(&[other]));
            }
        }
    }
    encoded
}

/// What a PEM text or bare base64 holds.
pub(crate) fn der(pem: &str) -> Result<Vec<u8>, CryptoError> {
    let base64: String = pem
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("-----"))
        .collect();
    BASE64.decode(base64.as_bytes()).map_err(|_| CryptoError)
}
