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
    use rstest::rstest;

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

    const GOOD: &str = "v1,bm90IGl0 v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;

    fn verified(received: ReceivedWebhook<'_>, now: u64) -> Result<(), WebhookFault> {
        let verifier = WebhookVerifier::new(&["whsec_bmV3", SECRET]).unwrap();
        verifier.verify(received, now)
    }

    #[test]
    fn the_example_of_the_specification_is_taken() {
        assert_eq!(verified(message(GOOD, BODY), AT), Ok(()));
    }

    #[rstest]
    #[case::five_minutes_early(AT - 300, Ok(()))]
    #[case::earlier(AT - 301, Err(WebhookFault::Stale))]
    #[case::five_minutes_late(AT + 300, Ok(()))]
    #[case::later(AT + 301, Err(WebhookFault::Stale))]
    fn a_message_is_good_for_five_minutes(
        #[case] now: u64,
        #[case] expected: Result<(), WebhookFault>,
    ) {
        assert_eq!(verified(message(GOOD, BODY), now), expected);
    }

    #[rstest]
    #[case::of_another_body(GOOD, b"{}")]
    #[case::none("", BODY)]
    #[case::empty("v1,", BODY)]
    #[case::of_another_version("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", BODY)]
    #[case::no_base64("v1,%", BODY)]
    fn another_signature_is_refused(#[case] signatures: &str, #[case] body: &[u8]) {
        let found = verified(message(signatures, body), AT);
        assert_eq!(found, Err(WebhookFault::Signature));
    }

    #[test]
    fn a_message_is_refused_without_its_secret() {
        let other = WebhookVerifier::new(&["whsec_bmV3"]).unwrap();
        assert_eq!(
            other.verify(message(GOOD, BODY), AT),
            Err(WebhookFault::Signature)
        );
    }

    #[test]
    fn a_time_that_is_no_number_is_refused() {
        let mut unreadable = message(GOOD, BODY);
        unreadable.timestamp = "-1";
        assert_eq!(verified(unreadable, AT), Err(WebhookFault::Timestamp));
    }

    #[test]
    fn a_secret_without_its_prefix_is_refused() {
        assert_eq!(
            WebhookVerifier::new(&["bmV3"]).unwrap_err(),
            WebhookSecretFault
        );
    }
}
