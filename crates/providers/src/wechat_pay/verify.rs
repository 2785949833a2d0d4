//! What the platform signs: every answer of 2xx, and every notice.

use crate::rsa::{RsaError, VerifyingKey};
use chrono::{DateTime, Utc};
use std::sync::{Arc, PoisonError, RwLock};

/// How far a signature's time may be from ours, in seconds.
/// Source: docs/sources.md#wechat-pay-signature
const SKEW_S: u64 = 300;
/// How the serial of a public key begins; that of a certificate is a number.
const PUBLIC_KEY: &str = "PUB_KEY_ID_";
/// How the signature of a probe begins.
const PROBE: &str = "WECHATPAY/SIGNTEST/";

/// Why the public keys cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// Without a key no answer can be believed.
    #[error("no public key is configured")]
    Empty,
    /// One of the keys.
    #[error("the public key {serial} cannot be used")]
    Key {
        /// Its serial.
        serial: String,
        /// What is wrong with it.
        #[source]
        source: RsaError,
    },
}

/// The platform's public keys by serial. Two at a time are normal while a key changes, and an
/// account in migration sees `PUB_KEY_ID_…` and platform certificate serials on one day. Keys that
/// the platform brings into use later can be added while others verify.
#[derive(Debug)]
pub struct KeyRing(RwLock<Vec<(String, Arc<VerifyingKey>)>>);

/// The four headers that carry a signature.
#[derive(Debug, Clone, Copy)]
pub struct SignatureHeaders<'a> {
    /// `Wechatpay-Serial`
    pub serial: &'a str,
    /// `Wechatpay-Timestamp`, Unix seconds
    pub timestamp: &'a str,
    /// `Wechatpay-Nonce`
    pub nonce: &'a str,
    /// `Wechatpay-Signature`, base64
    pub signature: &'a str,
}

/// Why a message is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// A header is missing or no text.
    #[error("the header {0} is missing")]
    Header(&'static str),
    /// Signed more than 300 s from now, or at no time at all.
    #[error("the signature's time is not now")]
    Stale,
    /// A key we do not have. No other key is tried: alert somebody.
    #[error("no public key has the serial {0:?}")]
    UnknownSerial(String),
    /// The bytes were not signed with that key.
    #[error("the signature does not fit")]
    Mismatch,
    /// The platform checks whether we check: refused like any other, but nobody need be told.
    #[error("the signature is a probe")]
    Probe,
}

impl<'a> SignatureHeaders<'a> {
    /// Takes the headers from whatever holds them.
    pub fn read(header: impl Fn(&'static str) -> Option<&'a str>) -> Result<Self, SignatureError> {
        let required = |name| header(name).ok_or(SignatureError::Header(name));
        Ok(Self {
            serial: required("Wechatpay-Serial")?,
            timestamp: required("Wechatpay-Timestamp")?,
            nonce: required("Wechatpay-Nonce")?,
            signature: required("Wechatpay-Signature")?,
        })
    }
}

impl KeyRing {
    /// Reads serials and PEM public keys, or the platform's certificates in their place.
    pub fn parse(keys: &[(String, String)]) -> Result<Self, KeyRingError> {
        if keys.is_empty() {
            return Err(KeyRingError::Empty);
        }
        let read = keys
            .iter()
            .map(|(serial, pem)| match VerifyingKey::parse(pem) {
                Ok(key) => Ok((serial.clone(), Arc::new(key))),
                Err(source) => Err(KeyRingError::Key {
                    serial: serial.clone(),
                    source,
                }),
            });
        let keys = read.collect::<Result<_, _>>()?;
        Ok(Self(RwLock::new(keys)))
    }

    /// A ring without keys, which believes nothing.
    pub(super) fn empty() -> Self {
        Self(RwLock::default())
    }

    /// Takes over keys; those whose serial is known stay as they are. Tells how many are new.
    pub(super) fn add(&self, others: &Self) -> usize {
        let others = others.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = keys.len();
        for other in others.iter() {
            if keys.iter().all(|(serial, _)| *serial != other.0) {
                keys.push(other.clone());
            }
        }
        keys.len() - before
    }

    /// Takes one more key.
    pub(super) fn push(&self, serial: String, key: VerifyingKey) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        keys.push((serial, Arc::new(key)));
    }

    /// The key that requests name, so that answers are signed with it; `None` where the account
    /// has platform certificates only.
    pub(super) fn announced(&self) -> Option<String> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut serials = keys.iter().map(|(serial, _)| serial);
        serials
            .find(|serial| serial.starts_with(PUBLIC_KEY))
            .cloned()
    }

    /// Whether some keys come from certificates, which the platform replaces in time.
    pub(super) fn has_certificates(&self) -> bool {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut serials = keys.iter().map(|(serial, _)| serial);
        serials.any(|serial| !serial.starts_with(PUBLIC_KEY))
    }

    fn find(&self, serial: &str) -> Option<Arc<VerifyingKey>> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut found = keys.iter().filter(|(known, _)| known == serial);
        found.next().map(|(_, key)| Arc::clone(key))
    }

    /// Checks the signature over the raw body, exactly as received.
    pub fn verify(
        &self,
        headers: &SignatureHeaders<'_>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), SignatureError> {
        let SignatureHeaders {
            serial,
            timestamp,
            nonce,
            signature,
        } = *headers;
        let signed_at: i64 = timestamp.parse().map_err(|_| SignatureError::Stale)?;
        if now.timestamp().abs_diff(signed_at) > SKEW_S {
            return Err(SignatureError::Stale);
        }
        if signature.starts_with(PROBE) {
            return Err(SignatureError::Probe);
        }
        let key = self
            .find(serial)
            .ok_or_else(|| SignatureError::UnknownSerial(serial.to_owned()))?;
        let message = [
            timestamp.as_bytes(),
            b"\n",
            nonce.as_bytes(),
            b"\n",
            body,
            b"\n",
        ]
        .concat();
        if key.verifies(&message, signature) {
            Ok(())
        } else {
            Err(SignatureError::Mismatch)
        }
    }
}
