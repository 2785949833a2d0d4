//! Asking for a code; where a captcha is demanded it is solved by itself.

use client::Failure;
use ui::captcha::use_captcha;
use ui::login::send_code;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, hook, use_callback, use_state};

use super::draft::Draft;

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
                match send_code(&draft.phone, &progress).await {
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
