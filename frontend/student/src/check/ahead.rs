//! Fetches what the photo page needs while the student is still typing: on a slow line it takes half a minute.

use std::cell::Cell;

use gloo::utils::window;
use js_sys::Reflect;
use wasm_bindgen_futures::spawn_local;

use super::{FILES, address, content, fetch_low};

thread_local! {
    static IS_BEGUN: Cell<bool> = const { Cell::new(false) };
}

/// Fetches program and networks into the browser's cache, once for each page load, one after the other and behind
/// everything else. Whoever asks to save data is spared; where a file does not come, the photo page fetches it, and one
/// that is on its way there comes once.
pub(crate) fn fetch_ahead() {
    if saves_data() || IS_BEGUN.replace(true) {
        return;
    }
    spawn_local(async {
        for url in FILES.into_iter().filter_map(address) {
            if content(fetch_low(&url)).await.is_err() {
                return;
            }
        }
    });
}

/// Whether the person asked the browser to save data; browsers without that setting have no `connection`.
fn saves_data() -> bool {
    let connection = Reflect::get(&window().navigator(), &"connection".into());
    let setting = connection.and_then(|connection| Reflect::get(&connection, &"saveData".into()));
    setting.is_ok_and(|value| value.is_truthy())
}
