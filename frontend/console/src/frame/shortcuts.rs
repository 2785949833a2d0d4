//! The keys that every page knows, shown by `?`.

use gloo::events::EventListener;
use gloo::utils::document;
use ui::{Sheet, is_typing, use_text};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::{Callback, Html, Properties, component, hook, html, use_effect_with};

use crate::text::ConsoleTexts;

/// What [`Shortcuts`] need.
#[derive(Properties, PartialEq)]
pub(super) struct ShortcutsProps {
    /// The dialog was closed.
    pub(super) onclose: Callback<()>,
}

/// The list of keys.
#[component]
pub(super) fn Shortcuts(props: &ShortcutsProps) -> Html {
    let texts = use_text::<ConsoleTexts>();
    let keys = [
        ("?", texts.key_help),
        ("/", texts.key_search),
        ("↑ ↓", texts.key_rows),
        ("Home End", texts.key_ends),
        ("Enter", texts.key_open),
        ("Esc", texts.key_close),
    ];
    html! {
        <Sheet id="shortcuts" title={texts.shortcuts} onclose={props.onclose.clone()}>
            <dl class="facts">
                { for keys.map(|(key, what)| html! {
                    <div class="fact"><dt><kbd>{ key }</kbd></dt><dd>{ what }</dd></div>
                }) }
            </dl>
        </Sheet>
    }
}

/// `?` opens the help, unless somebody types.
#[hook]
pub(super) fn use_question_mark(help: Callback<()>) {
    use_effect_with(help, |help| {
        let help = help.clone();
        let listening = EventListener::new(&document(), "keydown", move |event| {
            let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
            if key.as_deref() == Some("?") && !is_typing() {
                help.emit(());
            }
        });
        move || drop(listening)
    });
}
