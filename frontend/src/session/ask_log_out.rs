//! Asks before logging out deletes what was not sent.

use yew::{Callback, Html, Properties, component, html, use_callback};

use crate::component::{Button, Look, Sheet};
use crate::lang::use_texts;

#[derive(Properties, PartialEq)]
pub(super) struct AskLogOutProps {
    /// Takes whether to log out.
    pub(super) answer: Callback<bool>,
}

/// The dialog; it is open as long as it is drawn.
#[component]
pub(super) fn AskLogOut(props: &AskLogOutProps) -> Html {
    let texts = use_texts();
    let keep = use_callback(props.answer.clone(), |(), answer| answer.emit(false));
    let leave = use_callback(props.answer.clone(), |(), answer| answer.emit(true));
    html! {
        <Sheet id="log-out" title={texts.common.log_out_title} onclose={keep.clone()}>
            <div class="stack">
                <p>{ texts.common.log_out_detail }</p>
                <Button onclick={keep}>{ texts.me.end_all_keep }</Button>
                <Button look={Look::Second} onclick={leave}>{ texts.common.log_out }</Button>
            </div>
        </Sheet>
    }
}
