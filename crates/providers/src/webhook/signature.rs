//! Signatures of Standard Webhooks: `v1`, HMAC-SHA-256 over `id.timestamp.body`. docs/sources.md#standard-webhooks.

use std::fmt;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign, verify};
use data_encoding::BASE64;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::Random;

/// How secrets begin, so that a leaked one is found by scanners.
const PREFIX: &str = "whsec_";
/// What stands before a signature.
const VERSION: &str = "v1,";
/// Bytes of a secret.
const LENGTH: usize = 32;

/// A secret of an endpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(Zeroizing<Vec<u8>>);

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

/// A text that is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a secret that begins with whsec_")]
pub struct WebhookSecretError;

impl WebhookSecret {
    /// A new secret.
    pub fn random(random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new(vec![0; LENGTH]);
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// Reads a secret in the form in which its owner got it.
    ///
    /// # Errors
    /// [`WebhookSecretError`].
    pub fn parse(text: &str) -> Result<Self, WebhookSecretError> {
        let code = text.strip_prefix(PREFIX).ok_or(WebhookSecretError)?;
        let bytes = BASE64.decode(code.as_bytes());
        Ok(Self(Zeroizing::new(bytes.map_err(|_| WebhookSecretError)?)))
    }

    /// The form in which its owner gets it, once.
    pub fn text(&self) -> SecretString {
        format!("{PREFIX}{}", BASE64.encode(&self.0)).into()
    }

    /// A secret of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    /// Its bytes, to be sealed.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The signature of a message.
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let key = Key::new(HMAC_SHA256, &self.0);
        let tag = sign(&key, content(id, timestamp, body).as_bytes());
        format!("{VERSION}{}", BASE64.encode(tag.as_ref()))
    }

    fn made(&self, signature: &[u8], content: &str) -> bool {
        let key = Key::new(HMAC_SHA256, &self.0);
        verify(&key, content.as_bytes(), signature).is_ok()
    }
}

fn content(id: &str, timestamp: i64, body: &str) -> String {
    format!("{id}.{timestamp}.{body}")
}

/// What a signature is made over.
#[derive(Debug, Clone, Copy)]
pub struct SignedContent<'a> {
    /// The `webhook-id`.
    pub id: &'a str,
    /// The `webhook-timestamp`.
    pub timestamp: i64,
    /// The body, as it came.
    pub body: &'a str,
}

/// Whether one of the signatures of a header was made with one of these secrets; `None` where the header holds nothing of
/// the form of a signature.
pub fn verify_signature(
    secrets: &[WebhookSecret],
    signed: SignedContent<'_>,
    header: &str,
) -> Option<bool> {
    let codes = header.split_ascii_whitespace();
    let codes = codes.filter_map(|one| one.strip_prefix(VERSION));
    let signatures: Vec<Vec<u8>> = codes
        .filter_map(|code| BASE64.decode(code.as_bytes()).ok())
        .filter(|bytes| bytes.len() == 32)
        .collect();
    if signatures.is_empty() {
        return None;
    }
    let content = content(signed.id, signed.timestamp, signed.body);
    let is_ours = |signature: &Vec<u8>| {
        let mut secrets = secrets.iter();
        secrets.any(|secret| secret.made(signature, &content))
    };
    Some(signatures.iter().any(is_ours))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;
    use standardwebhooks::Webhook;

    use super::*;
    use crate::SystemRandom;

    /// The example of the specification.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn the_example_of_the_specification_is_signed_alike() {
        let secret = WebhookSecret::parse(SECRET).unwrap();
        let (id, at) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330);
        let body = r#"{"test": 2432232314}"#;
        let signature = secret.sign(id, at, body);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let other = WebhookSecret::random(&SystemRandom);
        let both = format!("{} {signature} v1a,xyz", other.sign(id, at, body));
        let secrets = [secret];
        let verify = |body, header: &str| {
            let timestamp = at;
            let signed = SignedContent {
                id,
                timestamp,
                body,
            };
            verify_signature(&secrets, signed, header)
        };
        assert_eq!(verify(body, &both), Some(true));
        assert_eq!(verify("{}", &both), Some(false));
        assert_eq!(verify(body, "v1,abc"), None);
        assert_eq!(secrets[0].text().expose_secret(), SECRET);
        assert_eq!(format!("{:?}", secrets[0]), "WebhookSecret(…)");
        assert!(WebhookSecret::parse("MfKQ9r8G").is_err());
    }

    #[test]
    fn another_library_makes_the_same_signature() {
        let secret = WebhookSecret::random(&SystemRandom);
        let theirs = Webhook::new(secret.text().expose_secret()).unwrap();
        let (id, at, body) = ("evt_1", 1_780_000_000, r#"{"type":"order.paid"}"#);
        let signature = theirs.sign(id, at, body.as_bytes()).unwrap();
        assert_eq!(secret.sign(id, at, body), signature);
    }
}
