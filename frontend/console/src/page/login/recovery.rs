//! Recovery codes, shown once: to copy and to print.

use gloo::utils::window;
use ui::{Button, Look, Title, use_text};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::{
    Callback, Event, Html, Properties, TargetCast, component, html, use_callback, use_state,
};

use super::text::LoginTexts;

/// What a [`RecoveryList`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct RecoveryListProps {
    /// The codes.
    pub(crate) codes: Vec<String>,
    /// The person has saved them.
    pub(crate) done: Callback<()>,
}

/// The codes. One goes on once one has said that they are saved.
#[component]
pub(crate) fn RecoveryList(props: &RecoveryListProps) -> Html {
    let texts = use_text::<LoginTexts>();
    let (is_saved, is_copied) = (use_state(|| false), use_state(|| false));
    let onchange = use_callback(is_saved.setter(), |event: Event, is_saved| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            is_saved.set(input.checked());
        }
    });
    let copy = use_callback(
        (props.codes.join("\n"), is_copied.setter()),
        |(), (text, is_copied)| {
            let written = window().navigator().clipboard().write_text(text);
            let is_copied = is_copied.clone();
            // A browser that refuses leaves the codes on the page, to be printed or written down.
            spawn_local(async move { is_copied.set(JsFuture::from(written).await.is_ok()) });
        },
    );
    let print = use_callback((), |(), ()| {
        let _ = window().print();
    });
    html! {
        <div class="stack">
            <Title text={texts.recovery_title} />
            <p class="lead">{ texts.recovery_lead }</p>
            <ol class="recovery figures">{ for props.codes.iter().map(|code| html! { <li><code>{ code.clone() }</code></li> }) }</ol>
            <div class="line no-print">
                <Button look={Look::Second} onclick={copy}>{ if *is_copied { texts.copied } else { texts.copy } }</Button>
                <Button look={Look::Second} onclick={print}>{ texts.print }</Button>
            </div>
            <label class="check no-print">
                <input type="checkbox" id="saved" checked={*is_saved} {onchange} />
                <span>{ texts.keep }</span>
            </label>
            <div class="actions no-print">
                <Button disabled={!*is_saved} onclick={props.done.clone()}>{ texts.go_on }</Button>
            </div>
        </div>
    }
}
