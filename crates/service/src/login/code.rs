//! Checking a code: the try is counted before the code is compared, and a right one is used once.

use domain::audit::{AuditAction, AuditObject};
use domain::login::{CODE_TRIES, Challenge, Failures, Purpose};
use domain::{ChallengeId, FieldError, KeyedHash, Phone, ProblemCode, Refusal, sms_code};
use providers::keys::{OtpSubject, is_same};
use store::audit::Audited;
use store::{StoreError, Tx};

use super::browser::{failures, keep_failures};
use crate::audit::{self, Deed};
use crate::login::Caller;
use crate::{Context, Failure};

/// What a code turned out to be. After a refusal the transaction is to be committed: the try stays counted.
#[derive(Debug)]
pub(crate) enum Checked {
    /// Right: whoever typed it holds this phone. It is to be used up with [`use_code`].
    Right(RightCode),
    /// Not accepted.
    Refused(Refusal),
}

/// A right code, locked until the transaction ends.
#[derive(Debug)]
pub(crate) struct RightCode {
    /// The phone that it was sent to.
    pub(crate) phone: Phone,
    challenge: ChallengeId,
    phone_index: KeyedHash,
}

impl From<ProblemCode> for Checked {
    fn from(code: ProblemCode) -> Self {
        Self::Refused(code.into())
    }
}

/// Reads a code as typed or pasted, before any try is counted; `pointer` names its field.
///
/// # Errors
/// `login.code_unreadable`.
pub(crate) fn read_code(typed: &str, pointer: &'static str) -> Result<String, Refusal> {
    let unreadable = || FieldError::new(pointer, ProblemCode::LoginCodeUnreadable);
    sms_code::read(typed).ok_or_else(|| Refusal::field(unreadable()))
}

/// Checks a code that was sent to this browser for this purpose; it was read by [`read_code`].
pub(crate) async fn check_code(
    context: &Context,
    tx: &Tx,
    caller: &Caller,
    challenge_id: &str,
    purpose: Purpose,
    code: &str,
) -> Result<Checked, Failure> {
    let Ok(id) = challenge_id.parse::<ChallengeId>() else {
        return Ok(ProblemCode::LoginCodeExpired.into());
    };
    let browser = caller.browser_hash();
    let challenge = store::login::lock_challenge(tx, &browser, id, purpose).await?;
    let Some(challenge) = challenge else {
        return Ok(ProblemCode::LoginCodeExpired.into());
    };
    let now = context.now();
    if challenge.is_over(now) {
        return Ok(ProblemCode::LoginCodeExpired.into());
    }
    if !store::login::count_try(tx, challenge.id).await? {
        return Ok(ProblemCode::LoginCodeBurnt.into());
    }
    let phone = phone_of(context, &challenge).await?;
    if is_right(context, &challenge, &phone, code) {
        return Ok(Checked::Right(RightCode {
            phone,
            challenge: challenge.id,
            phone_index: challenge.phone_index,
        }));
    }
    let failed = failures(tx, challenge.phone_index.as_bytes(), caller).await?;
    let failed = failed.and_one_more(now);
    keep_failures(tx, &challenge.phone_index, caller, failed).await?;
    // The caller commits a try, whatever it turned out to be.
    let _ = note_wrong_code(context, tx, &challenge).await?;
    Ok(Checked::Refused(wrong(CODE_TRIES - challenge.tries - 1)))
}

/// Uses a right code up and forgets the wrong ones before it.
pub(crate) async fn use_code(
    context: &Context,
    tx: &Tx,
    caller: &Caller,
    code: RightCode,
) -> Result<Phone, Failure> {
    store::login::use_up(tx, code.challenge, context.now()).await?;
    keep_failures(tx, &code.phone_index, caller, Failures::default()).await?;
    Ok(code.phone)
}

/// Notes a wrong code for the owner of the phone's account.
async fn note_wrong_code(
    context: &Context,
    tx: &Tx,
    challenge: &Challenge,
) -> Result<Audited, Failure> {
    let index = challenge.phone_index.as_bytes().first_chunk().copied();
    let account = store::account::by_phone(tx, index.as_slice()).await?;
    let subject = account.map(|account| account.id);
    let deed = Deed {
        action: AuditAction::CodeWrong,
        object: AuditObject::Challenge,
        object_id: challenge.id.0,
        school_id: None,
    };
    audit::by_visitor(context, tx, subject, deed).await
}

fn wrong(tries_left: i32) -> Refusal {
    if tries_left <= 0 {
        ProblemCode::LoginCodeBurnt.into()
    } else {
        Refusal::from(ProblemCode::LoginCodeWrong).with("tries_left", tries_left)
    }
}

/// The phone that a code was sent to.
pub(super) async fn phone_of(context: &Context, challenge: &Challenge) -> Result<Phone, Failure> {
    let sealed = &challenge.phone_sealed;
    let stored = context
        .open_text("sms_challenges", "phone_sealed", challenge.id.0, sealed)
        .await?;
    let phone = Phone::from_e164(&stored);
    Ok(phone.ok_or(StoreError::Corrupt {
        what: "sms_challenges.phone_sealed".into(),
    })?)
}

fn is_right(context: &Context, challenge: &Challenge, phone: &Phone, code: &str) -> bool {
    let subject = OtpSubject {
        purpose: challenge.purpose.as_str(),
        phone: phone.e164(),
        challenge: challenge.id.0.as_bytes(),
    };
    let hash = context.vault.provider().otp_hash(&subject, code);
    is_same(&hash, challenge.code_hash.as_bytes())
}
