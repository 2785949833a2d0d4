//! Alibaba Cloud's request signature, ACS3-HMAC-SHA256.
//!
//! Source: docs/sources.md#aliyun-signature

use crate::percent::encode;
use aws_lc_rs::{digest, hmac};
use data_encoding::HEXLOWER;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// An access key.
#[derive(Debug, Clone)]
pub struct AccessKey {
    /// The public half.
    pub id: String,
    /// The secret half.
    pub secret: SecretString,
}

/// What is sent of a signed request.
#[derive(Debug, PartialEq, Eq)]
pub struct Signed {
    /// The query, encoded and sorted as it was signed.
    pub query: String,
    /// The `Authorization` header.
    pub authorization: String,
}

impl AccessKey {
    /// Signs a POST to `/` without a body. `headers` holds every header that is signed, by its
    /// name in lower case: `host` and the `x-acs-…`.
    pub fn sign(&self, query: &BTreeMap<&str, &str>, headers: &BTreeMap<&str, &str>) -> Signed {
        let pairs: Vec<_> = query
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let query = pairs.join("&");
        let lines: Vec<_> = headers
            .iter()
            .map(|(name, value)| format!("{name}:{}", value.trim()))
            .collect();
        let lines = lines.join("\n");
        let names = headers.keys().copied().collect::<Vec<_>>().join(";");
        let canonical = format!("POST\n/\n{query}\n{lines}\n\n{names}\n{}", sha256_hex(""));
        let text = format!("{ALGORITHM}\n{}", sha256_hex(&canonical));
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.expose_secret().as_bytes());
        let signature = HEXLOWER.encode(hmac::sign(&key, text.as_bytes()).as_ref());
        let authorization = format!(
            "{ALGORITHM} Credential={},SignedHeaders={names},Signature={signature}",
            self.id
        );
        Signed {
            query,
            authorization,
        }
    }
}

pub(super) fn sha256_hex(text: &str) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}
