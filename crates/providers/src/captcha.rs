//! A captcha by proof of work, in ALTCHA's protocol (version 1): a browser finds the number whose hash is given, which costs
//! a person nothing and a sender of thousands of requests a processor. Source: docs/sources.md#altcha.

use std::sync::Arc;

use aws_lc_rs::hmac;
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::{BASE64, HEXLOWER};
use serde::Deserialize;

use crate::Entropy;
use crate::entropy::bytes;
use crate::keys::{is_same, sha256};

/// How long a challenge can be solved: many times what the slowest phone needs.
pub const CHALLENGE_LIFETIME: TimeDelta = TimeDelta::minutes(5);
/// The hash, by its name in the protocol.
const ALGORITHM: &str = "SHA-256";
/// What stands before the moment at which a challenge ends, in the salt.
const EXPIRES: &str = "?expires=";
/// What ends the salt. Without it digits of the number could be taken for digits of the moment, and an old solution would
/// pass again (CVE-2025-68113).
const END: char = '&';

/// What a browser has to solve; the fields have the protocol's meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptchaChallenge {
    /// The hash: `SHA-256`.
    pub algorithm: &'static str,
    /// The hash of salt and number, hexadecimal.
    pub challenge: String,
    /// The largest number that it can be.
    pub max_number: u32,
    /// What stands before the number.
    pub salt: String,
    /// Proves that the challenge is ours, hexadecimal.
    pub signature: String,
}

/// A challenge that was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Solution {
    /// Names the challenge; no two have the same.
    pub id: [u8; 32],
    /// Until when it counts.
    pub expires_at: DateTime<Utc>,
}

/// Issues challenges and checks what comes back.
pub trait CaptchaVerifier: Send + Sync {
    /// A new challenge.
    fn challenge(&self) -> CaptchaChallenge;

    /// The solution in a token; `None` where it is wrong, too old or not ours. That it counts once is the caller's to see to.
    fn verify(&self, token: &str) -> Option<Solution>;
}

/// Proof of work.
pub struct ProofOfWork {
    key: hmac::Key,
    max_number: u32,
    entropy: Entropy,
}

impl std::fmt::Debug for ProofOfWork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProofOfWork")
            .field("max_number", &self.max_number)
            .finish_non_exhaustive()
    }
}

/// A token, which is this as JSON in base 64.
#[derive(Deserialize)]
struct Token {
    algorithm: String,
    challenge: String,
    number: u64,
    salt: String,
    signature: String,
}

impl ProofOfWork {
    /// Challenges that are signed with this key and take half of `max_number` hashes on average.
    pub fn new(key: &[u8; 32], max_number: u32, entropy: Entropy) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, key),
            max_number,
            entropy,
        }
    }

    fn sign(&self, challenge: &str) -> hmac::Tag {
        hmac::sign(&self.key, challenge.as_bytes())
    }
}

fn hash(salt: &str, number: u64) -> [u8; 32] {
    sha256(format!("{salt}{number}").as_bytes())
}

/// When a challenge ends, as its salt says.
fn expiry(salt: &str) -> Option<DateTime<Utc>> {
    let (_, parameters) = salt.split_once(EXPIRES)?;
    let seconds = parameters.strip_suffix(END)?.parse().ok()?;
    DateTime::from_timestamp(seconds, 0)
}

impl CaptchaVerifier for ProofOfWork {
    fn challenge(&self) -> CaptchaChallenge {
        let random: &dyn crate::Random = Arc::as_ref(&self.entropy.random);
        let nonce = HEXLOWER.encode(&bytes::<12>(random));
        let expires_at = (self.entropy.now() + CHALLENGE_LIFETIME).timestamp();
        let salt = format!("{nonce}{EXPIRES}{expires_at}{END}");
        // One in 2^32 more or less likely: that helps nobody.
        let number = u64::from_be_bytes(bytes(random)) % (u64::from(self.max_number) + 1);
        let challenge = HEXLOWER.encode(&hash(&salt, number));
        CaptchaChallenge {
            algorithm: ALGORITHM,
            max_number: self.max_number,
            signature: HEXLOWER.encode(self.sign(&challenge).as_ref()),
            salt,
            challenge,
        }
    }

    fn verify(&self, token: &str) -> Option<Solution> {
        let token = BASE64.decode(token.as_bytes()).ok()?;
        let token: Token = serde_json::from_slice(&token).ok()?;
        let id = hash(&token.salt, token.number);
        let expires_at = expiry(&token.salt)?;
        let signature = HEXLOWER.decode(token.signature.as_bytes()).ok()?;
        let is_right = token.algorithm == ALGORITHM
            && token.challenge == HEXLOWER.encode(&id)
            && is_same(&signature, self.sign(&token.challenge).as_ref())
            && self.entropy.now() < expires_at;
        is_right.then_some(Solution { id, expires_at })
    }
}
