//! What this browser keeps for an account, drafts of forms and an upload: whether there is any, and when it is deleted.

use crate::owner::{self, current};
use crate::{draft, upload};

/// An account is logged in: drafts of others are deleted.
pub(crate) async fn log_in(account: &str) {
    owner::show(account);
    clear().await;
}

/// Whether logging out would delete something that the account has not sent yet.
pub(crate) async fn has_unsent() -> bool {
    let Some(account) = current() else {
        return false;
    };
    draft::has_unsent(&account) || upload::is_kept_for(&account).await
}

/// Logged out: everything that was kept here is deleted.
pub(crate) async fn log_out() {
    owner::forget();
    upload::forget_all().await;
    draft::forget_all();
}

/// Deletes drafts of other accounts than the one that is logged in, and those that are too old.
pub(crate) async fn clear() {
    draft::forget_foreign(current().as_deref());
    upload::forget_foreign(current().as_deref()).await;
}
