//! Half-typed forms, kept in this tab until they are sent; a reload or an error loses nothing that was typed.
//!
//! Nothing goes to `localStorage`: an ID number must not outlive the tab.

use gloo::storage::{SessionStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use yew::{UseStateHandle, hook, use_effect_with, use_state};

/// Everything that this module keeps begins so.
const PREFIX: &str = "gradphoto.draft.";

/// A form that is kept under a name as it changes; it begins with what was kept, else empty.
#[hook]
pub(crate) fn use_draft<F>(name: &str) -> UseStateHandle<F>
where
    F: Clone + Default + PartialEq + Serialize + DeserializeOwned + 'static,
{
    let key = format!("{PREFIX}{name}");
    let form = {
        let key = key.clone();
        use_state(move || SessionStorage::get::<F>(&key).unwrap_or_default())
    };
    use_effect_with((key, form.clone()), |(key, form)| {
        // A full or forbidden store costs the convenience, not the form.
        let _ = SessionStorage::set(key, &**form);
    });
    form
}

/// Forgets a form that was sent.
pub(crate) fn forget(name: &str) {
    SessionStorage::delete(format!("{PREFIX}{name}"));
}

/// Forgets everything in this tab, as after logging out.
pub(crate) fn forget_all() {
    SessionStorage::clear();
}
