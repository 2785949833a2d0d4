//! Half-typed forms, kept in this tab until they are sent; a reload or an error loses nothing that was typed.
//!
//! Nothing goes to `localStorage`: an ID number must not outlive the tab. Each form is kept under the account that typed
//! it, or as the visitor's where nobody is logged in; see [`crate::owner`].

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use ui::{Kept as Store, clock};
use yew::{UseStateHandle, hook, use_effect_with, use_memo, use_state};

use crate::owner;

/// Everything that this module keeps begins so; the owner and the form's name follow.
const PREFIX: &str = "gradphoto.draft.";
/// What the names of the forms begin with that prove who one is; the task follows.
pub(crate) const IDENTITY: &str = "identity.";
/// Whose forms are that are filled in before logging in.
const VISITOR: &str = "visitor";

/// A form, and when it changed last, in milliseconds since 1970.
#[derive(Serialize, Deserialize)]
struct Kept<F> {
    kept_at_ms: i64,
    form: F,
}

/// A form that is kept under a name as it changes; it begins with what its owner kept, else empty.
#[hook]
pub(crate) fn use_draft<F>(name: &str) -> UseStateHandle<F>
where
    F: Clone + Default + PartialEq + Serialize + DeserializeOwned + 'static,
{
    // What was typed stays its owner's, also when the session ends while the form is open.
    let key = use_memo(name.to_owned(), |name| key(name));
    let form = {
        let key = key.clone();
        use_state(move || kept::<F>(&key).unwrap_or_default())
    };
    use_effect_with((key, form.clone()), |(key, form)| {
        if kept::<F>(key).unwrap_or_default() != **form {
            let kept = Kept {
                kept_at_ms: clock::now_ms(),
                form: (**form).clone(),
            };
            // A full or forbidden store costs the convenience, not the form.
            Store::InTab.set(key, &kept);
        }
    });
    form
}

fn key(name: &str) -> String {
    let owner = owner::current();
    format!("{PREFIX}{}.{name}", owner.as_deref().unwrap_or(VISITOR))
}

fn kept<F: DeserializeOwned>(key: &str) -> Option<F> {
    let kept: Kept<F> = Store::InTab.get(key)?;
    (!owner::is_too_old(kept.kept_at_ms)).then_some(kept.form)
}

/// Keeps a form that another page begins, in place of what was typed there before.
pub(crate) fn keep<F: Serialize>(name: &str, form: F) {
    let kept_at_ms = clock::now_ms();
    // A full or forbidden store costs the convenience, not the form.
    Store::InTab.set(&key(name), &Kept { kept_at_ms, form });
}

/// Forgets a form that was sent.
pub(crate) fn forget(name: &str) {
    Store::InTab.forget(&key(name));
}

/// Whether an account has typed what proves who it is, and has not sent it.
pub(crate) fn has_unsent(account: &str) -> bool {
    let forms = format!("{PREFIX}{account}.{IDENTITY}");
    let keys = Store::InTab.names();
    keys.iter().any(|key| key.starts_with(&forms))
}

/// Whether a form of any account is kept; whose it is remains unknown.
pub(crate) fn has_of_account() -> bool {
    let of_visitor = format!("{PREFIX}{VISITOR}.");
    let mut keys = Store::InTab.names().into_iter();
    keys.any(|key| key.starts_with(PREFIX) && !key.starts_with(&of_visitor))
}

/// Forgets everything in this tab, as after logging out.
pub(crate) fn forget_all() {
    Store::InTab.forget_all();
}

/// Forgets forms that are too old and, where somebody is logged in, those of other accounts.
pub(crate) fn forget_foreign(account: Option<&str>) {
    for key in Store::InTab.names() {
        let Some(rest) = key.strip_prefix(PREFIX) else {
            continue;
        };
        let (owner, _) = rest.split_once('.').unwrap_or((rest, ""));
        let is_foreign = account.is_some_and(|account| ![account, VISITOR].contains(&owner));
        let is_kept = Store::InTab
            .get::<Kept<IgnoredAny>>(&key)
            .is_some_and(|kept| !owner::is_too_old(kept.kept_at_ms));
        if is_foreign || !is_kept {
            Store::InTab.forget(&key);
        }
    }
}
