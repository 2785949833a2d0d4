//! Asking for a code by SMS; where a captcha is demanded it is solved by itself.

use client::{Failure, NewSmsChallenge};
use domain::agreement::Document;
use ui::captcha::{Progress, use_captcha, with_captcha};
use ui::{Action, api, clock, use_action};
use yew::{Callback, Html, hook};

/// A code on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) challenge_id: String,
    /// From when another may be asked for, in milliseconds since 1970.
    pub(super) resend_at_ms: i64,
    /// Until when it works.
    pub(super) expires_at_ms: i64,
}

/// The version of the agreement that the page shows.
pub(super) fn agreement_version() -> String {
    // A constant, so that the program does not carry the whole text.
    const VERSION: &str = Document::ServiceAgreement.current().version;
    VERSION.to_owned()
}

/// Asks for a code to a phone, and how far a captcha is.
#[hook]
pub(super) fn use_send_code(onsent: Callback<Sent>) -> (Action<String>, Html) {
    let (progress, captcha) = use_captcha();
    let progress = progress.setter();
    let action = use_action(move |phone: String| {
        let (progress, onsent) = (progress.clone(), onsent.clone());
        async move {
            onsent.emit(ask(&phone, &progress).await?);
            Ok(())
        }
    });
    (action, captcha)
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
