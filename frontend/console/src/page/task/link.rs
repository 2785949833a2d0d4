//! The link that leads students to a collection.

use gloo::utils::window;
use ui::{Button, Look, use_text};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::{AttrValue, Html, Properties, component, html, use_callback, use_state};

use super::text::TaskTexts;
use crate::link::student_link;

/// What a [`TaskLink`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct TaskLinkProps {
    /// The collection.
    pub(super) task_id: AttrValue,
}

/// The link, and a button that copies it.
#[component]
pub(super) fn TaskLink(props: &TaskLinkProps) -> Html {
    let texts = use_text::<TaskTexts>();
    let is_copied = use_state(|| false);
    let link = student_link(&props.task_id);
    let copy = use_callback(
        (link.clone(), is_copied.setter()),
        |(), (link, is_copied)| {
            let written = window().navigator().clipboard().write_text(link);
            let is_copied = is_copied.clone();
            // Where the browser refuses, the link stands on the page.
            spawn_local(async move { is_copied.set(JsFuture::from(written).await.is_ok()) });
        },
    );
    html! {
        <section class="card stack">
            <h2>{ texts.link }</h2>
            <p class="muted">{ texts.link_lead }</p>
            <p><a href={link.clone()}>{ link }</a></p>
            <div class="line">
                <Button look={Look::Second} onclick={copy}>{ if *is_copied { texts.copied } else { texts.copy } }</Button>
            </div>
        </section>
    }
}
