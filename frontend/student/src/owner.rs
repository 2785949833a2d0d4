//! Whose drafts this browser may show: the account that is logged in here, as far as this page knows.
//!
//! Drafts are kept under the account's id. When the session ends on the server they stay hidden; logging in with the same
//! account shows them again, and logging in with another one deletes them.

use std::cell::RefCell;

use chrono::TimeDelta;
use ui::clock;

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

/// An account is logged in: its drafts are shown.
pub(crate) fn show(account: &str) {
    OWNER.set(Owner {
        current: Some(account.to_owned()),
        last: Some(account.to_owned()),
    });
}

/// Nobody is logged in, and nobody was.
pub(crate) fn forget() {
    OWNER.take();
}

/// The session has ended: drafts are hidden.
pub(crate) fn hide() {
    OWNER.with_borrow_mut(|owner| owner.current = None);
}

/// Whether what was kept at this moment, in milliseconds since 1970, is too old.
pub(crate) fn is_too_old(kept_at_ms: i64) -> bool {
    clock::now_ms() - kept_at_ms >= DRAFT_LIFETIME.num_milliseconds()
}
