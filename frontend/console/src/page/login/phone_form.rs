//! The phone, the agreement, and asking for a code.

use client::Failure;
use domain::Text;
use domain::agreement::Document;
use ui::lang::use_lang;
use ui::login::SentCode;
use ui::{
    Button, PhoneField, ProblemBox, Title, error_of, phone_advice, use_countries, use_first_wrong,
    use_text,
};
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, classes, component, html};
use yew::{use_callback, use_state};

use super::send::use_send_code;
use super::text::LoginTexts;

/// The agreement in two sentences. A constant, so that the program does not carry the whole text.
const SUMMARY: Text = Document::ServiceAgreement.current().summary;

/// What a [`PhoneForm`] needs.
#[derive(Properties, PartialEq)]
pub(super) struct PhoneFormProps {
    /// What was typed.
    pub(super) phone: AttrValue,
    /// Takes what is typed.
    pub(super) onphone: Callback<String>,
    /// A code was sent.
    pub(super) onsent: Callback<SentCode>,
    /// Why the session ended, where it had begun.
    pub(super) why: Option<Failure>,
}

/// The form.
#[component]
pub(super) fn PhoneForm(props: &PhoneFormProps) -> Html {
    let (texts, lang) = (use_text::<LoginTexts>(), use_lang());
    let (send, captcha) = use_send_code(props.onsent.clone());
    let countries = use_countries();
    let (agreed, is_tried) = (use_state(|| false), use_state(|| false));
    let (form, seek) = use_first_wrong();
    let advice = phone_advice(&props.phone, &countries);
    let onsubmit = {
        let (is_tried, is_right) = (is_tried.setter(), advice.is_none() && *agreed);
        let (run, phone) = (send.run.clone(), props.phone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            is_tried.set(true);
            if is_right {
                run.emit(phone.to_string());
            } else {
                seek.emit(());
            }
        })
    };
    let onagree = use_callback(agreed.setter(), |event: Event, agreed| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            agreed.set(input.checked());
        }
    });
    let found = advice
        .filter(|_| *is_tried)
        .map(|advice| AttrValue::from(advice.get(lang)));
    let failure = send.failure.clone().or_else(|| props.why.clone());
    let is_missing = *is_tried && !*agreed;
    html! {
        <form ref={form} class="stack" {onsubmit} novalidate=true>
            <Title text={texts.title} />
            <p class="lead">{ texts.lead }</p>
            if let Some(failure) = failure {
                <ProblemBox {failure} />
            }
            <PhoneField id="phone" label={texts.phone} hint={texts.phone_hint} autocomplete="tel-national"
                value={props.phone.clone()} oninput={props.onphone.clone()} {countries}
                error={found.or_else(|| error_of(send.failure.as_ref(), "/phone"))} />
            <div class={classes!("field", "agree", is_missing.then_some("wrong"))}>
                <p class="muted">{ SUMMARY.get(lang) }</p>
                <label class="check">
                    <input type="checkbox" id="agree" checked={*agreed} onchange={onagree} />
                    <span>{ texts.agree }<a href="/agreements/service_agreement" target="_blank">
                        { Document::ServiceAgreement.label().get(lang) }</a></span>
                </label>
                if is_missing {
                    <p class="field-error" role="alert">{ texts.agree_first }</p>
                }
            </div>
            { captcha }
            <div class="actions"><Button submits=true is_busy={send.is_busy}>{ texts.get_code }</Button></div>
            <p><a href="/">{ texts.to_students }</a></p>
        </form>
    }
}
