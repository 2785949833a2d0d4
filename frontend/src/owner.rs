//! Whose drafts this browser may show: the account that is logged in here, as far as this page knows.
//!
//! Drafts are kept under the account's id. When the session ends on the server they stay hidden; logging in with the same
//! account shows them again, and logging in with another one deletes them.

use std::cell::RefCell;

use chrono::TimeDelta;

use crate::{clock, draft, upload};

/// For how long a draft is kept after its last change.
pub(crate) const DRAFT_LIFETIME: TimeDelta = TimeDelta::hours(24);

#[derive(Debug, Default)]
struct Owner {
    /// The account that is logged in.
    current: Option<String>,
    /// The account that was logged in last in this page.
    last: Option<String>,
}

thread_local! {
    static OWNER: RefCell<Owner> = RefCell::default();
}

/// The account that is logged in; none while nobody is.
pub(crate) fn current() -> Option<String> {
    OWNER.with_borrow(|owner| owner.current.clone())
}

/// The account that is logged in, or else the one that was last in this page.
pub(crate) fn last() -> Option<String> {
    OWNER.with_borrow(|owner| owner.last.clone())
}

/// An account is logged in: drafts of others are deleted.
pub(crate) async fn log_in(account: &str) {
    OWNER.set(Owner {
        current: Some(account.to_owned()),
        last: Some(account.to_owned()),
    });
    clear().await;
}

/// The session has ended: drafts are hidden.
pub(crate) fn hide() {
    OWNER.with_borrow_mut(|owner| owner.current = None);
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
    OWNER.take();
    upload::forget_all().await;
    draft::forget_all();
}

/// Deletes drafts of other accounts than the one that is logged in, and those that are too old.
pub(crate) async fn clear() {
    draft::forget_foreign(current().as_deref());
    upload::forget_foreign(current().as_deref()).await;
}

/// Whether what was kept at this moment, in milliseconds since 1970, is too old.
pub(crate) fn is_too_old(kept_at_ms: i64) -> bool {
    clock::now_ms() - kept_at_ms >= DRAFT_LIFETIME.num_milliseconds()
}
