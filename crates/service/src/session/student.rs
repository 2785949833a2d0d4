//! Who is logged in, and the tokens that prove it.

use chrono::TimeDelta;
use domain::{AccountId, SessionId};
use secrecy::SecretString;

/// A logged-in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Student {
    /// The account.
    pub account_id: AccountId,
    /// The session, which ends as a whole.
    pub family: SessionId,
}

/// The tokens of a session, for cookies only.
#[derive(Debug, Clone)]
pub struct TokenPair {
    /// Accepted for ten minutes.
    pub access: SecretString,
    /// Exchanged for the next pair.
    pub refresh: SecretString,
    /// For how long the refresh token can still be exchanged.
    pub lifetime: TimeDelta,
}
