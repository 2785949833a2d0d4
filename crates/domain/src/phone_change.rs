//! A change of an account's phone number: a code to the old number and one to the new.

use chrono::{DateTime, Utc};

use crate::{AccountId, ChallengeId, KeyedHash, PhoneChangeId, Sealed};

/// A change of phone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneChange {
    /// Its id.
    pub id: PhoneChangeId,
    /// Whose number changes.
    pub account_id: AccountId,
    /// The code that was sent to the old number.
    pub old_challenge_id: ChallengeId,
    /// The code that was sent to the new number.
    pub new_challenge_id: ChallengeId,
    /// The keyed hash of the new number.
    pub new_phone_index: KeyedHash,
    /// The new number.
    pub new_phone_sealed: Sealed,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Until when it can be confirmed, not including this moment.
    pub expires_at: DateTime<Utc>,
    /// When the number was changed.
    pub done_at: Option<DateTime<Utc>>,
}

impl PhoneChange {
    /// Whether it can still be confirmed.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.done_at.is_none() && now < self.expires_at
    }
}
