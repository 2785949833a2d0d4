//! Sending a code: the slot is claimed first, then the provider is called.

use chrono::{DateTime, TimeDelta, Utc};
use domain::limit::{self, Window};
use domain::login::{
    CODE_LIFETIME, Failures, Purpose, RESEND_AFTER, SENDS_BEFORE_CAPTCHA, SENDS_PER_ADDRESS,
    SENDS_PER_BROWSER, SENDS_PER_PHONE,
};
use domain::phone::PhoneError;
use domain::{ChallengeId, FieldError, Phone, ProblemCode, Refusal};
use providers::captcha::CaptchaOutcome;
use providers::entropy::otp_code;
use providers::keys::OtpSubject;
use providers::sms::{SmsContent, SmsMessage, SmsOutcome};
use store::Tx;
use store::entity::{phone_lock, sms_challenge, sms_message};
use store::login::{CountedBy, SendResult};

use crate::login::Caller;
use crate::message;
use crate::vault::{Purpose as KeyPurpose, Scope, Sealer};
use crate::{Context, Failure};

/// Reads a phone number as typed; `pointer` names its field.
pub(crate) fn read_phone(
    context: &Context,
    typed: &str,
    pointer: &'static str,
) -> Result<Phone, Failure> {
    let countries = &context.settings.countries;
    Phone::parse(typed, countries.first(), countries).map_err(|error| {
        let code = match error {
            PhoneError::CountryNotServed => ProblemCode::LoginCountry,
            PhoneError::TooShort { .. }
            | PhoneError::TooLong { .. }
            | PhoneError::NotMobile
            | PhoneError::NotDigits { .. } => ProblemCode::LoginPhone,
        };
        Refusal {
            fields: vec![FieldError::new(pointer, code)],
            ..code.into()
        }
        .into()
    })
}

/// Asks for a captcha from the second code in an hour on, and always while codes are asked for but not used.
pub(crate) async fn ask_for_captcha(
    context: &Context,
    caller: &Caller,
    phones: &[&Phone],
    token: Option<&str>,
) -> Result<(), Failure> {
    let mut is_needed = breaker_is_open(context).await?;
    let Some(captcha) = &context.captcha else {
        return Ok(());
    };
    for phone in phones {
        let index = context.vault.provider().phone_index(phone.e164());
        let hour_ago = context.now() - TimeDelta::hours(1);
        let on = context.store.reader();
        let sends = store::login::sends_since(on, CountedBy::Phone(&index), hour_ago).await?;
        is_needed |= sends.len() >= SENDS_BEFORE_CAPTCHA;
    }
    if !is_needed {
        return Ok(());
    }
    let Some(token) = token else {
        return Err(ProblemCode::LoginCaptcha.into());
    };
    match captcha.verify(token, caller.address).await {
        CaptchaOutcome::Passed => Ok(()),
        CaptchaOutcome::Failed => Err(ProblemCode::LoginCaptcha.into()),
        CaptchaOutcome::Unavailable => {
            Err(Refusal::until(ProblemCode::LoginSmsUnavailable, RESEND_AFTER).into())
        }
    }
}

/// Whether many codes are being asked for and few of them used: somebody wastes messages.
async fn breaker_is_open(context: &Context) -> Result<bool, Failure> {
    let since = context.now() - domain::login::BREAKER_WINDOW;
    let (sent, used) = store::login::sent_and_used_since(context.store.reader(), since).await?;
    let is_open = domain::login::breaker_is_open(sent, used);
    if is_open
        && let Some(count) = context.errors_to_write("many codes are asked for and few are used")
    {
        tracing::error!(
            sms.sent = sent,
            sms.used = used,
            log.count = count,
            "Many codes are asked for and few are used: somebody wastes messages"
        );
    }
    Ok(is_open)
}

/// Sends a code to a phone and gives its id.
pub(crate) async fn send_to(
    context: &Context,
    caller: &Caller,
    phone: &Phone,
    purpose: Purpose,
) -> Result<ChallengeId, Failure> {
    let sealer = context.sealer(Scope::Platform, KeyPurpose::Person).await?;
    let id = context.new_id(ChallengeId::new);
    let code = otp_code(context.random.as_ref());
    let tx = context.store.begin().await?;
    claim_slot(context, &tx, caller, phone).await?;
    store::insert(
        &tx,
        challenge_row(context, &sealer, caller, (id, phone, purpose), &code)?,
    )
    .await?;
    store::insert(&tx, message_row(context, id, phone)).await?;
    store::commit(tx).await?;

    let message = SmsMessage {
        phone: phone.e164().to_owned(),
        content: SmsContent::Code(code.into()),
        out_id: id.to_string(),
    };
    let outcome = message::send(context, &message).await;
    settle(context, id, phone, purpose, outcome).await
}

/// Takes a place under the limits, or refuses; a refused send leaves the earlier code as it was.
async fn claim_slot(
    context: &Context,
    tx: &Tx,
    caller: &Caller,
    phone: &Phone,
) -> Result<(), Failure> {
    let now = context.now();
    let index = context.vault.provider().phone_index(phone.e164());
    let lock = store::login::lock_phone(tx, &index, now).await?;
    if let Some(left) = failures_of(&lock).lock_left(now) {
        return Err(Refusal::until(ProblemCode::LoginPhoneLocked, left).into());
    }
    let (address, browser) = (caller.address_hash(context), caller.browser_hash());
    store::lock::take(tx, &address).await?;
    let per_address = limit::for_address(SENDS_PER_ADDRESS, caller.is_campus(context));
    for (by, windows) in [
        (CountedBy::Phone(&index), SENDS_PER_PHONE),
        (CountedBy::Address(&address), per_address.as_slice()),
        (CountedBy::Browser(&browser), SENDS_PER_BROWSER),
    ] {
        require_room(tx, by, windows, now).await?;
    }
    Ok(())
}

async fn require_room(
    tx: &Tx,
    by: CountedBy<'_>,
    windows: &[Window],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let times = store::login::sends_since(tx, by, now - limit::reach(windows)).await?;
    match limit::wait(&times, windows, now) {
        Some(wait) => Err(Refusal::until(ProblemCode::LoginTooManySends, wait).into()),
        None => Ok(()),
    }
}

/// The wrong codes of a phone, as they are stored.
pub(super) fn failures_of(lock: &phone_lock::Model) -> Failures {
    Failures {
        count: lock.failures,
        window_started_at: lock.window_started_at,
        locked_until: lock.locked_until,
        locks: lock.lock_level,
    }
}

fn challenge_row(
    context: &Context,
    sealer: &Sealer,
    caller: &Caller,
    (id, phone, purpose): (ChallengeId, &Phone, Purpose),
    code: &str,
) -> Result<sms_challenge::Model, Failure> {
    let keys = context.vault.provider();
    let now = context.now();
    let subject = OtpSubject {
        purpose: purpose.as_str(),
        phone: phone.e164(),
        challenge: id.0.as_bytes(),
    };
    Ok(sms_challenge::Model {
        id: id.0,
        phone_index: keys.phone_index(phone.e164()).to_vec(),
        phone_sealed: sealer.seal(
            "sms_challenges",
            "phone_sealed",
            id.0,
            phone.e164().as_bytes(),
        )?,
        purpose: purpose.as_str().to_owned(),
        browser_hash: caller.browser_hash().to_vec(),
        code_hash: keys.otp_hash(&subject, code).to_vec(),
        tries: 0,
        created_at: now,
        expires_at: now + CODE_LIFETIME,
        used_at: None,
        voided_at: None,
        ip_hash: caller.address_hash(context).to_vec(),
    })
}

fn message_row(context: &Context, id: ChallengeId, phone: &Phone) -> sms_message::Model {
    sms_message::Model {
        id: id.0,
        challenge_id: Some(id.0),
        phone_index: context.vault.provider().phone_index(phone.e164()).to_vec(),
        template: "code".to_owned(),
        provider: "primary".to_owned(),
        state: "queued".to_owned(),
        provider_id: None,
        error: None,
        created_at: context.now(),
        sent_at: None,
    }
}

/// Records what the provider said. A code that may arrive ends the earlier ones; one that was refused ends itself.
async fn settle(
    context: &Context,
    id: ChallengeId,
    phone: &Phone,
    purpose: Purpose,
    outcome: SmsOutcome,
) -> Result<ChallengeId, Failure> {
    let (result, refusal) = read_outcome(outcome);
    let now = context.now();
    let index = context.vault.provider().phone_index(phone.e164());
    let tx = context.store.begin().await?;
    store::login::record_send(&tx, id.0, result, now).await?;
    match refusal {
        None => store::login::void_older(&tx, &index, purpose, id.0, now).await?,
        Some(_) => store::login::void(&tx, &index, id.0, now).await?,
    }
    store::commit(tx).await?;
    refusal.map_or(Ok(id), |refusal| Err(refusal.into()))
}

fn read_outcome(outcome: SmsOutcome) -> (SendResult<'static>, Option<Refusal>) {
    let result = |state, provider_id, error| SendResult {
        state,
        provider_id,
        error,
    };
    match outcome {
        SmsOutcome::Sent { biz_id } => (result("sent", Some(biz_id), None), None),
        SmsOutcome::Unknown(seen) => (result("unknown", None, Some(seen)), None),
        SmsOutcome::Throttled(_) => (
            result("refused", None, Some("throttled".to_owned())),
            Some(Refusal::until(ProblemCode::LoginTooManySends, RESEND_AFTER)),
        ),
        SmsOutcome::BadNumber => (
            result("refused", None, Some("bad number".to_owned())),
            Some(ProblemCode::LoginPhone.into()),
        ),
        SmsOutcome::ProviderDown(fault) => (
            result("refused", None, Some(format!("{fault:?}"))),
            Some(Refusal::until(
                ProblemCode::LoginSmsUnavailable,
                RESEND_AFTER,
            )),
        ),
    }
}
