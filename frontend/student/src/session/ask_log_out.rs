//! Asks before logging out deletes what was not sent.

use ui::lang::use_lang;
use ui::{Button, CommonTexts, Look, Sheet, TextTable};
use yew::{Callback, Html, Properties, component, html, use_callback};

use crate::page::me::text::MeTexts;
use crate::shell_text::ShellTexts;

#[derive(Properties, PartialEq)]
pub(super) struct AskLogOutProps {
    /// Takes whether to log out.
    pub(super) answer: Callback<bool>,
}

/// The dialog; it is open as long as it is drawn.
#[component]
pub(super) fn AskLogOut(props: &AskLogOutProps) -> Html {
    let lang = use_lang();
    let keep = use_callback(props.answer.clone(), |(), answer| answer.emit(false));
    let leave = use_callback(props.answer.clone(), |(), answer| answer.emit(true));
    html! {
        <Sheet id="log-out" title={ShellTexts::of(lang).log_out_title} onclose={keep.clone()}>
            <div class="stack">
                <p>{ ShellTexts::of(lang).log_out_detail }</p>
                <Button onclick={keep}>{ MeTexts::of(lang).end_all_keep }</Button>
                <Button look={Look::Second} onclick={leave}>{ CommonTexts::of(lang).log_out }</Button>
            </div>
        </Sheet>
    }
}
