//! The report was sent: its reference, and what happens next.

use ui::{Button, Look, Notice, Title, Tone, fill, use_settings, use_text};
use yew::{Callback, Html, Properties, component, html, use_callback};

use super::draft::{Draft, Sent};
use super::text::LostPhoneTexts;
use crate::component::with_contact;

#[derive(Properties, PartialEq)]
pub(super) struct DoneProps {
    /// Where the person is called.
    pub(super) new_phone: String,
    /// The report.
    pub(super) sent: Sent,
    /// Takes what changes.
    pub(super) change: Callback<Draft>,
}

/// The second half of the page.
#[component]
pub(super) fn Done(props: &DoneProps) -> Html {
    let texts = use_text::<LostPhoneTexts>();
    let settings = use_settings();
    let again = use_callback(props.change.clone(), |(), change| {
        change.emit(Draft::default());
    });
    let call = fill(
        texts.next_call,
        &[
            ("days", &props.sent.answer_working_days),
            ("phone", &props.new_phone),
        ],
    );
    html! {
        <div class="stack">
            <Title text={texts.done_title} />
            <Notice tone={Tone::Good} title={format!("{} {}", texts.reference, props.sent.reference)}>
                <p>{ texts.keep_reference }</p>
            </Notice>
            <section class="stack">
                <h2>{ texts.next }</h2>
                <ol class="next-steps">
                    <li>{ texts.next_check }</li>
                    <li class="figures">{ call }</li>
                    <li>{ texts.next_approve }</li>
                    <li>{ texts.next_log_in }</li>
                </ol>
            </section>
            <p>{ texts.hurry }</p>
            if let Some(settings) = settings.ready() {
                <p>{ with_contact(texts.ask, &settings.operator.contact) }</p>
            }
            <Button look={Look::Second} onclick={again}>{ texts.again }</Button>
        </div>
    }
}
