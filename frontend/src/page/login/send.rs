//! Asking for a code, with the captcha where one is demanded.

use client::{Failure, NewSmsChallenge};
use domain::ProblemCode;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, hook, html, use_callback, use_state};

use super::{Draft, Sent, agreement_version};
use crate::component::{Button, ErrorView, Notice, Tone};
use crate::lang::use_texts;
use crate::{api, clock};

/// How asking for a code stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SendCode {
    /// Asks, with a captcha's token where there is one.
    pub(super) send: Callback<Option<String>>,
    /// Waiting for the answer.
    pub(super) is_busy: bool,
    /// Why the last time did not work.
    pub(super) failure: Option<Failure>,
    /// A captcha has to be done first.
    pub(super) wants_captcha: bool,
}

/// Asks for a code to the draft's phone; the draft takes what was sent.
#[hook]
pub(super) fn use_send_code(draft: Draft, change: Callback<Draft>) -> SendCode {
    let is_busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let send = {
        let (busy, failure) = (is_busy.setter(), failure.setter());
        use_callback(
            (draft, change),
            move |token: Option<String>, (draft, change)| {
                let (busy, failure) = (busy.clone(), failure.clone());
                let (draft, change) = (draft.clone(), change.clone());
                busy.set(true);
                spawn_local(async move {
                    match ask(&draft.phone, token).await {
                        Ok(sent) => {
                            failure.set(None);
                            change.emit(Draft {
                                sent: Some(sent),
                                ..draft
                            });
                        }
                        Err(problem) => failure.set(Some(problem)),
                    }
                    busy.set(false);
                });
            },
        )
    };
    let wants_captcha = failure.as_ref().and_then(api::code) == Some(ProblemCode::LoginCaptcha);
    let failure = (*failure).clone().filter(|_| !wants_captcha);
    SendCode {
        send,
        is_busy: *is_busy,
        failure,
        wants_captcha,
    }
}

async fn ask(phone: &str, captcha_token: Option<String>) -> Result<Sent, Failure> {
    let challenge = NewSmsChallenge {
        phone: phone.to_owned(),
        agreement_version: agreement_version(),
        captcha_token: captcha_token.map(Some),
    };
    let sent = api::call_once(client::create_sms_challenge(&challenge)).await?;
    let now = clock::now_ms();
    Ok(Sent {
        challenge_id: sent.challenge_id,
        resend_at_ms: now + sent.resend_after_s * 1000,
        expires_at_ms: now + sent.expires_in_s * 1000,
    })
}

#[derive(Properties, PartialEq)]
pub(crate) struct CaptchaProps {
    /// Takes the token.
    pub(crate) token: Callback<Option<String>>,
}

/// The captcha of the service that the server names.
#[component]
pub(crate) fn Captcha(props: &CaptchaProps) -> Html {
    let texts = &use_texts().login;
    let is_busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let solve = {
        let (busy, failure) = (is_busy.setter(), failure.setter());
        use_callback(props.token.clone(), move |(), token| {
            let (busy, failure, token) = (busy.clone(), failure.clone(), token.clone());
            busy.set(true);
            spawn_local(async move {
                match solved().await {
                    Ok(solved) => token.emit(solved),
                    Err(problem) => failure.set(Some(problem)),
                }
                busy.set(false);
            });
        })
    };
    html! {
        <Notice tone={Tone::Warn} title={texts.captcha}>
            <p>{ texts.captcha_detail }</p>
            if let Some(failure) = &*failure {
                <ErrorView failure={failure.clone()} retry={solve.clone()} />
            } else {
                <Button onclick={solve} is_busy={*is_busy}>{ texts.captcha_do }</Button>
            }
        </Notice>
    }
}

/// A token; none where the server has no captcha.
async fn solved() -> Result<Option<String>, Failure> {
    let settings = api::call_once(client::get_login_settings()).await?;
    match settings.captcha_url {
        Some(url) => api::captcha_token(url).await.map(Some),
        None => Ok(None),
    }
}
