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

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    #[rstest]
    #[case::just_begun(None, 0, true)]
    #[case::in_the_last_second(None, 599, true)]
    #[case::as_it_ends(None, 600, false)]
    #[case::done(Some(5), 6, false)]
    fn a_change_is_confirmed_once_and_in_time(
        #[case] done: Option<i64>,
        #[case] now: i64,
        #[case] is_open: bool,
    ) {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let change = PhoneChange {
            id: PhoneChangeId(Uuid::nil()),
            account_id: AccountId(Uuid::nil()),
            old_challenge_id: ChallengeId(Uuid::nil()),
            new_challenge_id: ChallengeId(Uuid::nil()),
            new_phone_index: KeyedHash::from([1; 16]),
            new_phone_sealed: vec![1].into(),
            created_at: at(0),
            expires_at: at(600),
            done_at: done.map(at),
        };
        assert_eq!(change.is_open(at(now)), is_open);
    }
}
