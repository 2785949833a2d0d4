//! What the browser keeps as JSON, for this tab or for good. A full or forbidden store keeps nothing, and says nothing.

use gloo::utils::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::Storage;

/// A store of the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Until the tab is closed.
    InTab,
    /// Until somebody deletes it.
    ForGood,
}

impl Kept {
    fn store(self) -> Option<Storage> {
        let store = match self {
            Self::InTab => window().session_storage(),
            Self::ForGood => window().local_storage(),
        };
        store.ok().flatten()
    }

    /// What is kept under a name; `None` where nothing is, or nothing of this kind.
    pub fn get<T: DeserializeOwned>(self, name: &str) -> Option<T> {
        let text = self.store()?.get_item(name).ok().flatten()?;
        client::json::read(text.as_bytes())
    }

    /// Keeps a value in place of the one before.
    pub fn set(self, name: &str, value: &impl Serialize) {
        if let (Some(store), Ok(text)) = (self.store(), serde_json::to_string(value)) {
            let _ = store.set_item(name, &text);
        }
    }

    /// Forgets what is kept under a name.
    pub fn forget(self, name: &str) {
        if let Some(store) = self.store() {
            let _ = store.remove_item(name);
        }
    }

    /// Forgets everything.
    pub fn forget_all(self) {
        if let Some(store) = self.store() {
            let _ = store.clear();
        }
    }

    /// The names of all that is kept now.
    pub fn names(self) -> Vec<String> {
        let Some(store) = self.store() else {
            return Vec::new();
        };
        let count = store.length().unwrap_or_default();
        let names = (0..count).filter_map(|index| store.key(index).ok().flatten());
        names.collect()
    }
}
