//! RSA PKCS#1 v1.5 with SHA-256, as both payment providers sign.

use crate::certificate::Certificate;
use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeyPair,
    signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256},
};
use data_encoding::BASE64;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use zeroize::Zeroizing;

/// A key that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RsaError {
    /// Not PEM and not base64.
    #[error("the key is neither PEM nor base64")]
    Encoding,
    /// Decoded, but no RSA key of at least 2048 bits in a form we read.
    #[error("the key is no RSA key of at least 2048 bits")]
    Key,
    /// The key would not sign.
    #[error("the key cannot sign")]
    Sign,
}

/// Our side: signs what we send.
pub struct SigningKey(KeyPair);

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// Reads PKCS#8 or PKCS#1, as PEM or as the bare base64 that Alipay's key tool gives out.
    pub fn parse(text: &SecretString) -> Result<Self, RsaError> {
        let der = Zeroizing::new(der(text.expose_secret())?);
        let pair = KeyPair::from_pkcs8(&der).or_else(|_| KeyPair::from_der(&der));
        pair.map(Self).map_err(|_| RsaError::Key)
    }

    /// The signature over these bytes, in base64.
    pub fn sign(&self, message: &[u8]) -> Result<String, RsaError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| RsaError::Sign)?;
        Ok(BASE64.encode(&signature))
    }
}

/// The other side: checks what we receive.
#[derive(Debug)]
pub struct VerifyingKey(ParsedPublicKey);

impl VerifyingKey {
    /// Reads a public key (SPKI or PKCS#1), as PEM or as bare base64, or that of a certificate.
    pub fn parse(text: &str) -> Result<Self, RsaError> {
        if text.contains("BEGIN CERTIFICATE") {
            let certificate = Certificate::parse(text).map_err(|_| RsaError::Encoding)?;
            return Self::from_der(&certificate.public_key);
        }
        Self::from_der(&der(text)?)
    }

    /// Reads a public key (SPKI or PKCS#1) in DER.
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, RsaError> {
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der)
            .map(Self)
            .map_err(|_| RsaError::Key)
    }

    /// Whether this base64 text is the signature over these bytes; anything else, also a text that
    /// is no base64, is simply not.
    pub fn verifies(&self, message: &[u8], signature: &str) -> bool {
        BASE64
            .decode(signature.as_bytes())
            .is_ok_and(|signature| self.0.verify_sig(message, &signature).is_ok())
    }
}

fn der(text: &str) -> Result<Vec<u8>, RsaError> {
    let base64: Zeroizing<String> = Zeroizing::new(
        text.lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("-----"))
            .collect(),
    );
    BASE64
        .decode(base64.as_bytes())
        .map_err(|_| RsaError::Encoding)
}
