//! The code that was sent to the phone.

use client::{Failure, NewSession};
use domain::{Lang, wait_text};
use ui::captcha::{Progress, use_captcha, with_captcha};
use ui::clock::use_seconds_until;
use ui::lang::use_lang;
use ui::login::{SentCode, agreement_version, is_about_code};
use ui::{Button, CodeBoxes, Look, ProblemBox, TextTable, Title, api, fill, use_action, use_text};
use web_sys::SubmitEvent;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state};

use super::send::use_send_code;
use super::text::LoginTexts;
use crate::staff::use_staff;

/// What a [`CodeForm`] needs.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct CodeFormProps {
    /// Where the code went.
    pub(super) phone: AttrValue,
    /// The code.
    pub(super) sent: SentCode,
    /// Another was sent.
    pub(super) onsent: Callback<SentCode>,
    /// Leads back to the phone.
    pub(super) back: Callback<()>,
}

/// The form.
#[component]
pub(super) fn CodeForm(props: &CodeFormProps) -> Html {
    let (texts, lang) = (use_text::<LoginTexts>(), use_lang());
    let code = use_state(String::new);
    let session = use_staff();
    let (progress, captcha) = use_captcha();
    let (progress, challenge_id) = (progress.setter(), props.sent.challenge_id.clone());
    let log_in = use_action(move |code: String| {
        let (progress, challenge_id) = (progress.clone(), challenge_id.clone());
        let reload = session.reload.clone();
        async move {
            log_in(&progress, &challenge_id, &code).await?;
            reload.emit(());
            Ok(())
        }
    });
    let oninput = use_callback(code.setter(), |typed: String, code| code.set(typed));
    let onsubmit = {
        let (code, run) = (code.clone(), log_in.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            run.emit((*code).clone());
        })
    };
    let left = use_seconds_until(props.sent.expires_at_ms);
    let expired = (left == 0).then(|| AttrValue::from(texts.expired));
    let (at_field, failure) = split(log_in.failure.as_ref());
    html! {
        <form class="stack" {onsubmit} novalidate=true>
            <Title text={texts.code_title} takes_focus=false />
            <p class="lead with-action">
                <span class="figures">{ fill(texts.sent_to, &[("phone", &props.phone)]) }</span>
                <Button look={Look::Quiet} onclick={props.back.clone()}>{ texts.change_phone }</Button>
            </p>
            if let Some(failure) = failure {
                <ProblemBox {failure} />
            }
            <CodeBoxes id="code" label={texts.code_label} value={(*code).clone()} {oninput} onfull={log_in.run.clone()}
                error={at_field.or(expired)} disabled={log_in.is_busy} takes_focus=true />
            { validity(left, lang) }
            { captcha }
            <Resend ..props.clone() />
            <div class="actions"><Button submits=true is_busy={log_in.is_busy}>{ texts.next }</Button></div>
        </form>
    }
}

async fn log_in(progress: &Progress, challenge_id: &str, code: &str) -> Result<(), Failure> {
    let send = |captcha_token: Option<String>| async move {
        let attempt = NewSession {
            challenge_id: challenge_id.to_owned(),
            code: code.to_owned(),
            agreement_version: agreement_version(),
            captcha_token: captcha_token.map(Some),
        };
        api::call_once(client::create_session(&attempt)).await
    };
    with_captcha(progress, send).await.map(|_| ())
}

/// A wrong or old code belongs beside its field; anything else above the form.
fn split(failure: Option<&Failure>) -> (Option<AttrValue>, Option<Failure>) {
    match failure {
        Some(problem @ Failure::Problem(told)) if is_about_code(problem) => {
            (Some(told.detail.clone().into()), None)
        }
        other => (None, other.cloned()),
    }
}

/// How long the code works; nothing where it does not work any more.
fn validity(left: i64, lang: Lang) -> Html {
    let texts = LoginTexts::of(lang);
    let told = (left > 0).then(|| fill(texts.valid_for, &[("left", &wait_text(left, lang))]));
    html! {
        if let Some(told) = told {
            <p class="muted figures">{ told }</p>
        }
    }
}

/// Another code, as soon as it may be asked for.
#[component]
fn Resend(props: &CodeFormProps) -> Html {
    let texts = use_text::<LoginTexts>();
    let seconds = use_seconds_until(props.sent.resend_at_ms);
    let (send, captcha) = use_send_code(props.onsent.clone());
    let resend = use_callback(
        (send.run.clone(), props.phone.clone()),
        |(), (run, phone)| {
            run.emit(phone.to_string());
        },
    );
    html! {
        <>
            if let Some(failure) = send.failure {
                <ProblemBox {failure} />
            }
            { captcha }
            if seconds > 0 {
                <p class="muted figures">{ fill(texts.resend_in, &[("seconds", &seconds)]) }</p>
            } else {
                <Button look={Look::Second} onclick={resend} is_busy={send.is_busy}>{ texts.resend }</Button>
            }
        </>
    }
}
