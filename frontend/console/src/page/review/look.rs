//! Which photos are on the screen, and for how long one can have looked at each.

use gloo::timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlImageElement};
use yew::{Callback, hook, use_effect_with, use_mut_ref};

/// How often the screen is looked at.
const EVERY_MS: u32 = 250;

/// Photos that were on the screen together, and what each gets of that time: one looks at one after the other.
#[derive(Debug)]
pub(super) struct Seen {
    /// The photos.
    pub(super) photos: Vec<String>,
    /// The time in milliseconds.
    pub(super) each_ms: u32,
}

/// Tells of the pictures with `data-photo` that have come and lie on the screen as a whole.
#[hook]
pub(super) fn use_looks(on_seen: Callback<Seen>) {
    let latest = use_mut_ref(Callback::noop);
    latest.replace(on_seen);
    use_effect_with((), move |()| {
        let interval = Interval::new(EVERY_MS, move || {
            let photos = on_screen();
            let count = u32::try_from(photos.len()).unwrap_or(u32::MAX);
            if let Some(each_ms) = EVERY_MS.checked_div(count) {
                let on_seen: Callback<Seen> = latest.borrow().clone();
                on_seen.emit(Seen { photos, each_ms });
            }
        });
        move || drop(interval)
    });
}

fn on_screen() -> Vec<String> {
    let document = gloo::utils::document();
    let found = document.query_selector_all("img[data-photo]");
    let (Ok(found), false) = (found, document.hidden()) else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|place| found.item(place));
    let elements = nodes.filter_map(|node| node.dyn_into::<HtmlImageElement>().ok());
    let shown = elements.filter(|picture| picture.complete() && is_in_view(picture));
    shown
        .filter_map(|picture| picture.get_attribute("data-photo"))
        .collect()
}

/// Whether the window shows all of it.
fn is_in_view(element: &Element) -> bool {
    let window = gloo::utils::window();
    let height = window
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let place = element.get_bounding_client_rect();
    height.is_some_and(|height| {
        place.height() > 0.0 && place.top() >= 0.0 && place.bottom() <= height
    })
}
