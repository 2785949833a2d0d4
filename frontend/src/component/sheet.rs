//! A dialog that comes from below on a phone; the browser's own, which keeps the focus inside and closes on Escape.

use web_sys::HtmlDialogElement;
use yew::use_node_ref;
use yew::{
    AttrValue, Callback, Event, Html, Properties, component, html, use_callback, use_effect_with,
};

use crate::lang::use_texts;

#[derive(Properties, PartialEq)]
pub(crate) struct SheetProps {
    /// Its id, unique on the page.
    pub(crate) id: AttrValue,
    /// What it is about.
    pub(crate) title: AttrValue,
    /// It was closed.
    pub(crate) onclose: Callback<()>,
    /// What is in it.
    pub(crate) children: Html,
}

/// The dialog; it is open as long as it is drawn.
#[component]
pub(crate) fn Sheet(props: &SheetProps) -> Html {
    let texts = &use_texts().common;
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = dialog.as_ref().filter(|dialog| !dialog.open()) {
                let _ = dialog.show_modal();
            }
            move || {
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
