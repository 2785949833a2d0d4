//! The keyboard of a reviewer.

use domain::review::ReviewOutcome;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};
use yew::{Callback, hook, use_effect_with, use_mut_ref, use_state};

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// The reason at this place of the list, from 0.
    Reason(usize),
    /// A decision.
    Decide(ReviewOutcome),
    /// Takes back the latest decision.
    Undo,
    /// Turns the photo or moves its frame.
    Adjust,
}

impl Key {
    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "a" | "A" => Self::Decide(ReviewOutcome::Approved),
            "r" | "R" => Self::Decide(ReviewOutcome::Rejected),
            "e" | "E" => Self::Decide(ReviewOutcome::Escalated),
            "u" | "U" => Self::Undo,
            "f" | "F" => Self::Adjust,
            digit => {
                let number: usize = digit
                    .parse()
                    .ok()
                    .filter(|number| (1..=9).contains(number))?;
                Self::Reason(number - 1)
            }
        })
    }
}

/// The key that shows where eyes and head should be, as long as it is held.
const OVERLAY: &str = "o";

/// Tells of keys that were pressed outside of fields; returns whether the overlay's key is held.
#[hook]
pub(super) fn use_keys(on_key: Callback<Key>) -> bool {
    let is_held = use_state(|| false);
    let latest = use_mut_ref(Callback::noop);
    latest.replace(on_key);
    let setter = is_held.setter();
    use_effect_with((), move |()| {
        let window = gloo::utils::window();
        let hold = setter.clone();
        let down = EventListener::new(&window, "keydown", move |event| {
            let Some(event) = pressed(event) else { return };
            if event.key().eq_ignore_ascii_case(OVERLAY) {
                hold.set(true);
            } else if let Some(key) = Key::of(&event.key()).filter(|_| !event.repeat()) {
                let on_key: Callback<Key> = latest.borrow().clone();
                on_key.emit(key);
            }
        });
        let release = setter.clone();
        let up = EventListener::new(&window, "keyup", move |event| {
            let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
            if key.is_some_and(|key| key.eq_ignore_ascii_case(OVERLAY)) {
                release.set(false);
            }
        });
        move || drop((down, up))
    });
    *is_held
}

/// A key without others, pressed where nothing is written.
fn pressed(event: &Event) -> Option<&KeyboardEvent> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    let target = event.target()?;
    let element = target.dyn_ref::<HtmlElement>();
    let is_field = element.is_some_and(|element| {
        ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str())
            && element.get_attribute("type").as_deref() != Some("checkbox")
    });
    let is_alone = !(key.ctrl_key() || key.meta_key() || key.alt_key());
    (is_alone && !is_field).then_some(key)
}
