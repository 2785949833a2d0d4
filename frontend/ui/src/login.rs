//! Logging in with a code by SMS, as both web apps do it.

use client::{Failure, NewSmsChallenge};
use domain::ProblemCode;
use domain::agreement::Document;
use serde::{Deserialize, Serialize};

use crate::captcha::{Progress, with_captcha};
use crate::{api, clock};

/// The problems of a code that has to be replaced by a new one.
const VOID: [&str; 2] = [
    ProblemCode::LoginCodeExpired.as_str(),
    ProblemCode::LoginCodeBurnt.as_str(),
];
/// The problems of what was typed in place of the code.
const WRONG: [&str; 2] = [
    ProblemCode::LoginCodeWrong.as_str(),
    ProblemCode::LoginCodeUnreadable.as_str(),
];

/// A code on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCode {
    /// Names the code to the server.
    pub challenge_id: String,
    /// From when another may be asked for, in milliseconds since 1970.
    pub resend_at_ms: i64,
    /// Until when it works, in milliseconds since 1970.
    pub expires_at_ms: i64,
}

/// The version of the agreement that the page shows.
pub fn agreement_version() -> String {
    // A constant, so that the first load does not carry the whole text.
    const VERSION: &str = Document::ServiceAgreement.current().version;
    VERSION.to_owned()
}

/// Has a code sent to a phone; where a captcha is demanded it is solved by itself.
///
/// # Errors
/// The call's, or why no captcha could be solved.
pub async fn send_code(phone: &str, progress: &Progress) -> Result<SentCode, Failure> {
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
    Ok(SentCode {
        challenge_id: code.challenge_id,
        resend_at_ms: now + code.resend_after_s * 1000,
        expires_at_ms: now + code.expires_in_s * 1000,
    })
}

/// Whether the server said that the code does not work any more, whatever its time.
pub fn is_code_void(failure: &Failure) -> bool {
    api::is_one_of(failure, &VOID)
}

/// Whether the failure belongs beside the field of the code.
pub fn is_about_code(failure: &Failure) -> bool {
    is_code_void(failure) || api::is_one_of(failure, &WRONG)
}
