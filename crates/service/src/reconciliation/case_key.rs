//! The keys of cases about a merchant account.

use std::fmt::Display;

use crate::merchant::Merchant;

/// The key of a case about something of an account: names of accounts are unique for each provider only.
pub(super) fn case_key(merchant: &Merchant, about: impl Display) -> String {
    format!("{}:{}:{about}", merchant.provider(), merchant.account)
}
