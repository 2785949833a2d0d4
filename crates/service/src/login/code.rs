//! Checking a code: the try is counted before the code is compared, and a right one is used once.

use domain::login::{CODE_TRIES, Failures, Purpose};
use domain::{AccountId, ChallengeId, FieldError, Phone, ProblemCode, Refusal, sms_code};
use providers::keys::{OtpSubject, is_same};
use store::entity::{phone_lock, sms_challenge};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::send::failures_of;
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
    challenge: Uuid,
    lock: phone_lock::Model,
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
    let challenge = store::login::challenge(tx, &caller.browser_hash(), id.0, purpose).await?;
    let Some(challenge) = challenge else {
        return Ok(ProblemCode::LoginCodeExpired.into());
    };
    let now = context.now();
    let lock = store::login::lock_phone(tx, &challenge.phone_index, now).await?;
    if let Some(left) = failures_of(&lock).lock_left(now) {
        return Ok(Checked::Refused(Refusal::until(
            ProblemCode::LoginPhoneLocked,
            left,
        )));
    }
    if challenge.used_at.is_some() || challenge.voided_at.is_some() || now >= challenge.expires_at {
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
            lock,
        }));
    }
    let failures = failures_of(&lock).and_one_more(now);
    store::save(tx, with_failures(lock, failures)).await?;
    note_wrong_code(context, tx, &challenge, failures.lock_left(now).is_some()).await?;
    Ok(Checked::Refused(wrong(
        failures.lock_left(now),
        CODE_TRIES - challenge.tries - 1,
    )))
}

/// Uses a right code up and forgets the wrong ones before it.
pub(crate) async fn use_code(
    context: &Context,
    tx: &Tx,
    code: RightCode,
) -> Result<Phone, Failure> {
    let now = context.now();
    store::login::use_up(tx, code.challenge, now).await?;
    store::save(tx, with_failures(code.lock, Failures::none(now))).await?;
    Ok(code.phone)
}

/// Notes a wrong code, and whether it locked the phone, for the owner of the phone's account.
async fn note_wrong_code(
    context: &Context,
    tx: &Tx,
    challenge: &sms_challenge::Model,
    is_locked: bool,
) -> Result<(), Failure> {
    let index = challenge.phone_index.first_chunk().copied();
    let account = store::account::by_phone(tx, index.as_slice()).await?;
    let subject = account.map(|row| AccountId(row.id));
    let actions = ["login.code_wrong", "login.phone_locked"];
    for action in &actions[..if is_locked { 2 } else { 1 }] {
        let deed = Deed {
            action,
            object_type: "sms_challenge",
            object_id: challenge.id,
            school_id: None,
        };
        audit::security_by_visitor(context, tx, subject, deed).await?;
    }
    Ok(())
}

fn wrong(lock: Option<chrono::TimeDelta>, tries_left: i32) -> Refusal {
    match lock {
        Some(left) => Refusal::until(ProblemCode::LoginPhoneLocked, left),
        None if tries_left <= 0 => ProblemCode::LoginCodeBurnt.into(),
        None => Refusal::from(ProblemCode::LoginCodeWrong).with("tries_left", tries_left),
    }
}

async fn phone_of(context: &Context, challenge: &sms_challenge::Model) -> Result<Phone, Failure> {
    let sealed = &challenge.phone_sealed;
    let stored = context
        .open_text("sms_challenges", "phone_sealed", challenge.id, sealed)
        .await?;
    let phone = Phone::from_e164(&stored);
    Ok(phone.ok_or(StoreError::Corrupt {
        what: "sms_challenges.phone_sealed".into(),
    })?)
}

fn is_right(
    context: &Context,
    challenge: &sms_challenge::Model,
    phone: &Phone,
    code: &str,
) -> bool {
    let subject = OtpSubject {
        purpose: &challenge.purpose,
        phone: phone.e164(),
        challenge: challenge.id.as_bytes(),
    };
    let hash = context.vault.provider().otp_hash(&subject, code);
    is_same(&hash, &challenge.code_hash)
}

fn with_failures(lock: phone_lock::Model, failures: Failures) -> phone_lock::Model {
    phone_lock::Model {
        phone_index: lock.phone_index,
        failures: failures.count,
        window_started_at: failures.window_started_at,
        locked_until: failures.locked_until,
        lock_level: failures.locks,
    }
}
