//! Asking for a code by SMS; where a captcha is demanded it is solved by itself.

use ui::captcha::use_captcha;
use ui::login::{SentCode, send_code};
use ui::{Action, use_action};
use yew::{Callback, Html, hook};

/// Asks for a code to a phone, and how far a captcha is.
#[hook]
pub(super) fn use_send_code(onsent: Callback<SentCode>) -> (Action<String>, Html) {
    let (progress, captcha) = use_captcha();
    let progress = progress.setter();
    let action = use_action(move |phone: String| {
        let (progress, onsent) = (progress.clone(), onsent.clone());
        async move {
            onsent.emit(send_code(&phone, &progress).await?);
            Ok(())
        }
    });
    (action, captcha)
}
