//! Leads to the first field of a form that is wrong.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::{Callback, NodeRef, hook, use_callback, use_node_ref};

/// What takes the focus in a field that is wrong; not the choice of a country before the number.
const WRONG: &str = ".wrong input, .wrong textarea";

/// A form's node, and what moves the focus to its first wrong field, as soon as the errors are drawn. The whole field comes
/// into view, so that no bar at the edge hides what is wrong with it.
#[hook]
pub fn use_first_wrong() -> (NodeRef, Callback<()>) {
    let form = use_node_ref();
    let seek = use_callback(form.clone(), |(), form| {
        let form = form.clone();
        // The errors are drawn after the event that found them.
        Timeout::new(0, move || seek_in(&form)).forget();
    });
    (form, seek)
}

fn seek_in(form: &NodeRef) {
    let form = form.cast::<Element>();
    let found = form.and_then(|form| form.query_selector(WRONG).ok().flatten());
    let Some(input) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let _ = input.focus();
    if let Ok(Some(field)) = input.closest(".wrong") {
        let middle = ScrollIntoViewOptions::new();
        middle.set_block(ScrollLogicalPosition::Center);
        field.scroll_into_view_with_scroll_into_view_options(&middle);
    }
}
