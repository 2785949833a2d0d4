//! Sending a code: the slot is claimed first, then the provider is called.

use domain::audit::AuditExemption;
use domain::limit::{
    self, SENDS_PER_ADDRESS, SENDS_PER_BROWSER, SENDS_PER_PHONE, STRANGERS_SENDS_PER_PHONE, Window,
};
use domain::login::{CODE_LIFETIME, Challenge, MessageState, Purpose, RESEND_AFTER};
use domain::phone::PhoneError;
use domain::{ChallengeId, FieldError, Phone, ProblemCode, Refusal, day_bounds, day_in_china};
use providers::entropy::otp_code;
use providers::keys::OtpSubject;
use providers::sms::{SmsContent, SmsMessage, SmsOutcome};
use store::Tx;
use store::login::{CountedBy, SendResult};

use super::browser::is_known;
use super::demand::{Proof, is_busy};
use crate::login::Caller;
use crate::message;
use crate::vault::{Purpose as KeyPurpose, Scope, Sealer};
use crate::{Context, Failure};

/// Reads a phone number as typed; `pointer` names its field.
pub(crate) fn phone_field(
    context: &Context,
    typed: &str,
    pointer: &'static str,
) -> Result<Phone, FieldError> {
    let countries = &context.settings.countries;
    Phone::parse(typed, countries.first(), countries).map_err(|error| {
        let code = match error {
            PhoneError::CountryNotServed => ProblemCode::LoginCountry,
            PhoneError::TooShort { .. }
            | PhoneError::TooLong { .. }
            | PhoneError::NotMobile
            | PhoneError::NotDigits { .. } => ProblemCode::LoginPhone,
        };
        FieldError::new(pointer, code)
    })
}

/// As [`phone_field`], where the phone alone can be wrong.
pub(crate) fn read_phone(
    context: &Context,
    typed: &str,
    pointer: &'static str,
) -> Result<Phone, Failure> {
    phone_field(context, typed, pointer).map_err(|error| Refusal::field(error).into())
}

/// Sends a code to a phone and gives its id.
pub(crate) async fn send_to(
    context: &Context,
    caller: &Caller,
    phone: &Phone,
    purpose: Purpose,
    proof: Proof,
) -> Result<ChallengeId, Failure> {
    let sealer = context.sealer(Scope::Platform, KeyPurpose::Person).await?;
    let id = context.new_id(ChallengeId::new);
    let code = otp_code(context.random.as_ref());
    let to = Recipient {
        phone,
        is_known: is_known(context, caller, phone).await?,
    };
    let tx = context.store.begin().await?;
    claim_slot(context, &tx, caller, &to, proof).await?;
    let challenge = new_challenge(
        context,
        &sealer,
        caller,
        &NewCode {
            id,
            phone,
            purpose,
            code: &code,
        },
    )?;
    store::login::insert(&tx, &challenge).await?;
    store::commit(tx, AuditExemption::Attempt).await?;

    let message = SmsMessage {
        phone: phone.e164().to_owned(),
        content: SmsContent::Code(code.into()),
        out_id: id.to_string(),
    };
    let outcome = message::send(context, &message).await;
    settle(context, id, phone, purpose, outcome).await
}

/// Whose phone a code is sent to.
struct Recipient<'a> {
    phone: &'a Phone,
    /// Whether the browser logged in to the phone's account before.
    is_known: bool,
}

/// Takes a place under the limits, or refuses; a refused send leaves the earlier code as it was.
async fn claim_slot(
    context: &Context,
    tx: &Tx,
    caller: &Caller,
    to: &Recipient<'_>,
    proof: Proof,
) -> Result<(), Failure> {
    require_budget(context, tx).await?;
    let index = context.vault.provider().phone_index(to.phone.e164());
    let browser = caller.browser_hash();
    let networks = caller.networks(context);
    store::lock::take(tx, &index).await?;
    // The widest first everywhere, so that of two senders none waits for the other's lock with the other's next one.
    for network in networks.iter().rev() {
        store::lock::take(tx, network.hash()).await?;
    }
    let per_phone = if to.is_known {
        SENDS_PER_PHONE
    } else {
        STRANGERS_SENDS_PER_PHONE
    };
    let too_many = ProblemCode::LoginTooManySends;
    require_room(context, tx, CountedBy::Phone(&index), per_phone, too_many).await?;
    let by_browser = CountedBy::Browser(&browser);
    require_room(context, tx, by_browser, SENDS_PER_BROWSER, too_many).await?;
    // Of many who ask at once nobody is asked for a captcha beforehand.
    let is_unproven = proof == Proof::NotAsked && !to.is_known && context.captcha.is_some();
    for network in &networks {
        if is_unproven && is_busy(context, tx, network).await? {
            return Err(ProblemCode::LoginNetwork.into());
        }
        let windows = network.windows(SENDS_PER_ADDRESS);
        let full = ProblemCode::LoginNetworkFull;
        require_room(context, tx, network.counted_by(), &windows, full).await?;
    }
    Ok(())
}

/// Refuses where today's messages are used up: what a mistake or an attack costs has a bound.
async fn require_budget(context: &Context, tx: &Tx) -> Result<(), Failure> {
    let now = context.now();
    let (begins, ends) = day_bounds(day_in_china(now));
    let sent = store::login::messages_since(tx, begins).await?;
    if sent < u64::from(context.settings.messages_a_day) {
        return Ok(());
    }
    let line = "Today's messages are used up: raise `messages_a_day`, or find out who wastes them";
    if let Some(count) = context.errors_to_write(line) {
        tracing::error!(sms.sent = sent, log.count = count, "{line}");
    }
    metrics::counter!("sms_refused_total", "reason" => "budget").increment(1);
    Err(Refusal::until(ProblemCode::LoginMessagesUsedUp, ends - now).into())
}

/// Writes how many messages may still be sent today into the metrics.
///
/// # Errors
/// Where the database fails; the metric then keeps what it had.
pub async fn record_budget(context: &Context) -> Result<(), Failure> {
    let (begins, _) = day_bounds(day_in_china(context.now()));
    let sent = store::login::messages_since(context.store.reader(), begins).await?;
    let most = context.settings.messages_a_day;
    let left = most.saturating_sub(u32::try_from(sent).unwrap_or(u32::MAX));
    metrics::gauge!("sms_messages_left").set(f64::from(left));
    metrics::gauge!("sms_messages_a_day").set(f64::from(most));
    Ok(())
}

async fn require_room(
    context: &Context,
    tx: &Tx,
    by: CountedBy<'_>,
    windows: &[Window],
    refusal: ProblemCode,
) -> Result<(), Failure> {
    let now = context.now();
    let times = store::login::sends_since(tx, by, now - limit::reach(windows)).await?;
    match limit::wait(&times, windows, now) {
        Some(wait) => Err(Refusal::until(refusal, wait).into()),
        None => Ok(()),
    }
}

/// A code that is to be sent.
struct NewCode<'a> {
    id: ChallengeId,
    phone: &'a Phone,
    purpose: Purpose,
    code: &'a str,
}

fn new_challenge(
    context: &Context,
    sealer: &Sealer,
    caller: &Caller,
    new: &NewCode<'_>,
) -> Result<Challenge, Failure> {
    let NewCode {
        id,
        phone,
        purpose,
        code,
    } = *new;
    let keys = context.vault.provider();
    let now = context.now();
    let networks = caller.networks(context);
    let hash_of = |number: usize| networks.get(number).map(|network| *network.hash());
    let subject = OtpSubject {
        purpose: purpose.as_str(),
        phone: phone.e164(),
        challenge: id.0.as_bytes(),
    };
    let plain = phone.e164().as_bytes();
    Ok(Challenge {
        id,
        phone_index: keys.phone_index(phone.e164()).into(),
        phone_sealed: sealer
            .seal("sms_challenges", "phone_sealed", id.0, plain)?
            .into(),
        purpose,
        browser_hash: caller.browser_hash().into(),
        code_hash: keys.otp_hash(&subject, code).into(),
        tries: 0,
        created_at: now,
        expires_at: now + CODE_LIFETIME,
        used_at: None,
        voided_at: None,
        ip_hash: hash_of(0).unwrap_or_default().into(),
        ip56_hash: hash_of(1).map(Into::into),
        ip48_hash: hash_of(2).map(Into::into),
    })
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
    store::login::record_send(&tx, id, result, now).await?;
    match refusal {
        None => store::login::void_older(&tx, &index, purpose, id, now).await?,
        Some(_) => store::login::void(&tx, &index, id, now).await?,
    }
    store::commit(tx, AuditExemption::Attempt).await?;
    refusal.map_or(Ok(id), |refusal| Err(refusal.into()))
}

fn read_outcome(outcome: SmsOutcome) -> (SendResult, Option<Refusal>) {
    let result = |state, provider_id, error| SendResult {
        state,
        provider_id,
        error,
    };
    match outcome {
        SmsOutcome::Sent { biz_id } => (result(MessageState::Sent, Some(biz_id), None), None),
        SmsOutcome::Unknown(seen) => (result(MessageState::Unknown, None, Some(seen)), None),
        SmsOutcome::Throttled(_) => (
            result(MessageState::Refused, None, Some("throttled".to_owned())),
            Some(Refusal::until(ProblemCode::LoginTooManySends, RESEND_AFTER)),
        ),
        SmsOutcome::BadNumber => (
            result(MessageState::Refused, None, Some("bad number".to_owned())),
            Some(ProblemCode::LoginPhone.into()),
        ),
        // Every account has the template of a code.
        SmsOutcome::NoTemplate => (
            result(MessageState::Refused, None, Some("no template".to_owned())),
            Some(Refusal::until(
                ProblemCode::LoginSmsUnavailable,
                RESEND_AFTER,
            )),
        ),
        SmsOutcome::ProviderDown(fault) => (
            result(MessageState::Refused, None, Some(format!("{fault:?}"))),
            Some(Refusal::until(
                ProblemCode::LoginSmsUnavailable,
                RESEND_AFTER,
            )),
        ),
    }
}
