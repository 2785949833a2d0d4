//! A dialog that comes from below on a phone; the browser's own, which keeps the focus inside and closes on Escape.
//!
//! An open dialog stands on an entry of its own in the browser's history: the back button closes it and stays on the page.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::{History, HtmlDialogElement};
use yew::{
    AttrValue, Callback, Event, Html, Properties, component, html, use_callback, use_effect_with,
    use_mut_ref, use_node_ref,
};

use crate::text::{CommonTexts, use_text};

/// Marks the entry in the browser's history on which an open dialog stands.
const ENTRY: &str = "gradphoto.sheet";

#[derive(Properties, PartialEq)]
pub struct SheetProps {
    /// Its id, unique on the page.
    pub id: AttrValue,
    /// What it is about.
    pub title: AttrValue,
    /// It was closed.
    pub onclose: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// The dialog; it is open as long as it is drawn.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let texts = use_text::<CommonTexts>();
    let node = use_node_ref();
    let latest_onclose = use_mut_ref(Callback::noop);
    latest_onclose.replace(props.onclose.clone());
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = dialog.as_ref().filter(|dialog| !dialog.open()) {
                let _ = dialog.show_modal();
            }
            push_entry();
            let on_back = EventListener::new(&gloo::utils::window(), "popstate", move |_| {
                let onclose = latest_onclose.borrow().clone();
                onclose.emit(());
            });
            move || {
                drop(on_back);
                drop_entry();
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let onclose = use_callback(props.onclose.clone(), |_: Event, onclose| onclose.emit(()));
    let close = use_callback(props.onclose.clone(), |_, onclose| onclose.emit(()));
    let title_id = format!("{}-title", props.id);
    html! {
        <dialog ref={node} class="sheet" id={props.id.clone()} aria-labelledby={title_id.clone()} {onclose}>
            <div class="sheet-head">
                <h2 id={title_id}>{ props.title.clone() }</h2>
                <button type="button" class="quiet" onclick={close}>{ texts.close }</button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}

fn history() -> Option<History> {
    gloo::utils::window().history().ok()
}

fn is_on_entry(history: &History) -> bool {
    history
        .state()
        .is_ok_and(|state| state.as_string().as_deref() == Some(ENTRY))
}

/// Adds the dialog's entry, with the page's address. A reload while a dialog was open left one, which is used again.
fn push_entry() {
    if let Some(history) = history().filter(|history| !is_on_entry(history)) {
        // Where the browser refuses, the back button leaves the page.
        let _ = history.push_state(&JsValue::from_str(ENTRY), "");
    }
}

/// Removes the dialog's entry, unless the back button did or another page came on top of it.
fn drop_entry() {
    if let Some(history) = history().filter(is_on_entry) {
        let _ = history.back();
    }
}
