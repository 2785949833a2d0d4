//! Asking for a code; where a captcha is demanded it is solved by itself.

use client::{Failure, NewSmsChallenge};
use ui::captcha::{Progress, use_captcha, with_captcha};
use ui::{api, clock};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, hook, use_callback, use_state};

use super::draft::{Draft, Sent, agreement_version};

/// How asking for a code stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SendCode {
    /// Asks.
    pub(super) send: Callback<()>,
    /// Waiting for the answer.
    pub(super) is_busy: bool,
    /// Why the last time did not work.
    pub(super) failure: Option<Failure>,
    /// How far a captcha is, where one is being solved.
    pub(super) captcha: Html,
}

/// Asks for a code to the draft's phone; the draft takes what was sent.
#[hook]
pub(super) fn use_send_code(draft: Draft, change: Callback<Draft>) -> SendCode {
    let is_busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    let (progress, captcha) = use_captcha();
    let send = {
        let (busy, failure, progress) = (is_busy.setter(), failure.setter(), progress.setter());
        use_callback((draft, change), move |(), (draft, change)| {
            let (busy, failure, progress) = (busy.clone(), failure.clone(), progress.clone());
            let (draft, change) = (draft.clone(), change.clone());
            busy.set(true);
            failure.set(None);
            spawn_local(async move {
                match ask(&draft.phone, &progress).await {
                    Ok(sent) => change.emit(Draft {
                        sent: Some(sent),
                        ..draft
                    }),
                    Err(problem) => failure.set(Some(problem)),
                }
                busy.set(false);
            });
        })
    };
    SendCode {
        send,
        is_busy: *is_busy,
        failure: (*failure).clone(),
        captcha,
    }
}

async fn ask(phone: &str, progress: &Progress) -> Result<Sent, Failure> {
    let send = |captcha_token: Option<String>| async move {
        let challenge = NewSmsChallenge {
            phone: phone.to_owned(),
            agreement_version: agreement_version(),
            captcha_token: captcha_token.map(Some),
        };
        api::call_once(client::create_sms_challenge(&challenge)).await
    };
    let code = with_captcha(progress, send).await?;
    let now = clock::now_ms();
    Ok(Sent {
        challenge_id: code.challenge_id,
        resend_at_ms: now + code.resend_after_s * 1000,
        expires_at_ms: now + code.expires_in_s * 1000,
    })
}
