//! Accounts: people who log in by phone.

use chrono::{DateTime, Utc};

use crate::word::words;
use crate::{AccountId, KeyedHash, Lang, Sealed};

words! {
    /// Whether an account can be used.
    AccountState {
        /// It can be used.
        Active = "active", "正常", "active";
        /// Its owner ended it: nothing in it names a person any more.
        Erased = "erased", "已注销", "erased";
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The keyed hash of its phone number; no other account has it. Of an erased account it is the hash of no phone.
    pub phone_index: KeyedHash,
    /// Its phone number.
    pub phone_sealed: Sealed,
    /// Whether it can be used.
    pub state: AccountState,
    /// The language of its messages.
    pub language: Lang,
    /// The e-mail address for messages.
    pub email_sealed: Option<Sealed>,
    /// The postal address.
    pub address_sealed: Option<Sealed>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When somebody last logged in to it.
    pub last_login_at: Option<DateTime<Utc>>,
    /// Counts its changes.
    pub version: i32,
}

impl Account {
    /// Whether it can be used.
    pub fn is_active(&self) -> bool {
        self.state == AccountState::Active
    }

    /// The index of an account that has no phone: unique, and the index of no phone.
    pub fn index_of_no_phone(id: AccountId) -> KeyedHash {
        KeyedHash::from(*id.0.as_bytes())
    }

    /// Whether it has no phone, so that nobody can log in to it and no message goes to it.
    pub fn has_no_phone(&self) -> bool {
        self.phone_index == Self::index_of_no_phone(self.id)
    }

    /// Whether its phone is the one with these keyed hashes, one for each index key.
    pub fn has_phone(&self, indexes: &[[u8; 16]]) -> bool {
        indexes.iter().any(|index| self.phone_index == *index)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    const ID: AccountId = AccountId(Uuid::from_u128(7));

    fn account(phone_index: KeyedHash, state: AccountState) -> Account {
        Account {
            id: ID,
            phone_index,
            phone_sealed: vec![1].into(),
            state,
            language: Lang::Zh,
            email_sealed: None,
            address_sealed: None,
            created_at: DateTime::UNIX_EPOCH,
            last_login_at: None,
            version: 1,
        }
    }

    #[rstest]
    #[case(AccountState::Active, true)]
    #[case(AccountState::Erased, false)]
    fn an_erased_account_cannot_be_used(#[case] state: AccountState, #[case] is_active: bool) {
        let account = account(KeyedHash::from([1; 16]), state);
        assert_eq!(account.is_active(), is_active);
    }

    #[rstest]
    #[case::its_own_index(Account::index_of_no_phone(ID), true)]
    #[case::that_of_another(Account::index_of_no_phone(AccountId(Uuid::from_u128(8))), false)]
    #[case::the_hash_of_a_phone(KeyedHash::from([1; 16]), false)]
    fn an_account_has_no_phone_where_its_index_is_its_own_id(
        #[case] index: KeyedHash,
        #[case] has_none: bool,
    ) {
        let account = account(index, AccountState::Active);
        assert_eq!(account.has_no_phone(), has_none);
    }

    #[rstest]
    #[case::no_key(&[], false)]
    #[case::the_first_key(&[[1; 16], [2; 16]], true)]
    #[case::an_earlier_key(&[[2; 16], [1; 16]], true)]
    #[case::another_phone(&[[2; 16], [3; 16]], false)]
    fn a_phone_is_found_under_any_key(#[case] indexes: &[[u8; 16]], #[case] is_found: bool) {
        let account = account(KeyedHash::from([1; 16]), AccountState::Active);
        assert_eq!(account.has_phone(indexes), is_found);
    }
}
