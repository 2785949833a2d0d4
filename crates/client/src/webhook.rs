//! Verifying webhooks: Standard Webhooks, `v1` (HMAC-SHA-256 over `id.timestamp.body`).
//!
//! ```
//! use client::webhook::{ReceivedWebhook, WebhookVerifier};
//!
//! let verifier = WebhookVerifier::new(&["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])?;
//! let received = ReceivedWebhook {
//!     id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
//!     timestamp: "1614265330",
//!     signatures: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
//!     body: br#"{"test": 2432232314}"#,
//! };
//! assert!(verifier.verify(received, 1_614_265_330).is_ok());
//! # Ok::<(), client::webhook::WebhookSecretFault>(())
//! ```

use std::fmt;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, verify};
use data_encoding::BASE64;

/// How far the time of a message may be from now, in seconds. Source: the specification of Standard Webhooks.
pub const TOLERANCE_S: u64 = 300;

/// A text that is no secret of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a secret that begins with whsec_")]
pub struct WebhookSecretFault;

/// Why a message is not to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookFault {
    /// `webhook-timestamp` is no number.
    #[error("webhook-timestamp is no number")]
    Timestamp,
    /// It was sent more than five minutes ago, or comes from the future: maybe somebody plays it again.
    #[error("webhook-timestamp is too far from now")]
    Stale,
    /// No signature was made with the secret over this message.
    #[error("no signature is good")]
    Signature,
}

/// A message as it came, before anything is read of it.
#[derive(Debug, Clone, Copy)]
pub struct ReceivedWebhook<'a> {
    /// The header `webhook-id`. It stays the same when a message is sent again: do nothing the second time.
    pub id: &'a str,
    /// The header `webhook-timestamp`.
    pub timestamp: &'a str,
    /// The header `webhook-signature`.
    pub signatures: &'a str,
    /// The body, byte by byte.
    pub body: &'a [u8],
}

/// Says whether messages come from the platform.
pub struct WebhookVerifier {
    keys: Vec<Key>,
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookVerifier({} secrets)", self.keys.len())
    }
}

impl WebhookVerifier {
    /// A verifier with the secrets of an endpoint: one, or the old and the new one while they are changed.
    ///
    /// # Errors
    /// [`WebhookSecretFault`].
    pub fn new(secrets: &[&str]) -> Result<Self, WebhookSecretFault> {
        let key = |secret: &&str| {
            let code = secret.strip_prefix("whsec_").ok_or(WebhookSecretFault)?;
            let bytes = BASE64.decode(code.as_bytes());
            Ok(Key::new(
                HMAC_SHA256,
                &bytes.map_err(|_| WebhookSecretFault)?,
            ))
        };
        let keys = secrets.iter().map(key).collect::<Result<_, _>>()?;
        Ok(Self { keys })
    }

    /// Verifies a message at a moment, in seconds since 1970.
    ///
    /// # Errors
    /// [`WebhookFault`]; answer 400 then, and do nothing.
    pub fn verify(&self, received: ReceivedWebhook<'_>, now_s: u64) -> Result<(), WebhookFault> {
        let at: u64 = received
            .timestamp
            .parse()
            .map_err(|_| WebhookFault::Timestamp)?;
        let mut content = format!("{}.{at}.", received.id).into_bytes();
        content.extend_from_slice(received.body);
        let codes = received
            .signatures
            .split(' ')
            .filter_map(|one| one.strip_prefix("v1,"));
        let mut signatures = codes.filter_map(|code| BASE64.decode(code.as_bytes()).ok());
        let is_made = |signature: Vec<u8>| {
            let mut keys = self.keys.iter();
            keys.any(|key| verify(key, &content, &signature).is_ok())
        };
        if !signatures.any(is_made) {
            return Err(WebhookFault::Signature);
        }
        if now_s.abs_diff(at) > TOLERANCE_S {
            return Err(WebhookFault::Stale);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const AT: u64 = 1_614_265_330;

    fn message<'a>(signatures: &'a str, body: &'a [u8]) -> ReceivedWebhook<'a> {
        ReceivedWebhook {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: "1614265330",
            signatures,
            body,
        }
    }

    #[test]
    fn the_example_of_the_specification_is_taken_and_nothing_else() {
        let good = "v1,bm90IGl0 v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        let body = br#"{"test": 2432232314}"#;
        let verifier = WebhookVerifier::new(&["whsec_bmV3", SECRET]).unwrap();
        assert_eq!(verifier.verify(message(good, body), AT), Ok(()));
        for late in [AT - 301, AT + 301] {
            assert_eq!(
                verifier.verify(message(good, body), late),
                Err(WebhookFault::Stale)
            );
        }
        let changed = verifier.verify(message(good, b"{}"), AT);
        assert_eq!(changed, Err(WebhookFault::Signature));
        for none in [
            "",
            "v1,",
            "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "v1,%",
        ] {
            assert_eq!(
                verifier.verify(message(none, body), AT),
                Err(WebhookFault::Signature)
            );
        }
        let other = WebhookVerifier::new(&["whsec_bmV3"]).unwrap();
        assert_eq!(
            other.verify(message(good, body), AT),
            Err(WebhookFault::Signature)
        );
        let mut unreadable = message(good, body);
        unreadable.timestamp = "-1";
        assert_eq!(
            verifier.verify(unreadable, AT),
            Err(WebhookFault::Timestamp)
        );
        assert_eq!(
            WebhookVerifier::new(&["bmV3"]).unwrap_err(),
            WebhookSecretFault
        );
    }
}
