//! When a captcha is asked for before a code is sent or tried.

use chrono::TimeDelta;
use domain::limit::{self, SENDS_BEFORE_CAPTCHA, SENDS_PER_ADDRESS_BEFORE_CAPTCHA};
use domain::login::Purpose;
use domain::{ChallengeId, Phone, ProblemCode};
use store::login::CountedBy;

use super::address::Network;
use super::browser::{failures, is_known};
use super::code::phone_of;
use crate::login::Caller;
use crate::{Context, Failure, captcha};

/// Whether a captcha stands for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// One was asked for and solved.
    Given,
    /// None was asked for.
    NotAsked,
}

/// Asks for a captcha: from the second code in an hour on, after wrong codes, from a busy network, and always while codes
/// are asked for but not used. What strangers do with a phone does not count for a browser that logged in with it before.
///
/// # Errors
/// `login.captcha_required`, `login.network_busy`.
pub(crate) async fn ask_for_captcha(
    context: &Context,
    caller: &Caller,
    phones: &[&Phone],
    token: Option<&str>,
) -> Result<Proof, Failure> {
    let Some(demand) = demand(context, caller, phones).await? else {
        return Ok(Proof::NotAsked);
    };
    captcha::require(context, token, demand).await?;
    Ok(Proof::Given)
}

/// Asks for a captcha before a code is tried in a browser that tried wrong ones for the phone.
///
/// # Errors
/// `login.captcha_required`.
pub(super) async fn ask_before_trying(
    context: &Context,
    caller: &Caller,
    challenge_id: &str,
    token: Option<&str>,
) -> Result<(), Failure> {
    let Ok(id) = challenge_id.parse::<ChallengeId>() else {
        return Ok(());
    };
    let (on, browser) = (context.store.reader(), caller.browser_hash());
    let challenge = store::login::challenge(on, &browser, id, Purpose::Login).await?;
    // Of a code that does not work any more the person is told so.
    let Some(challenge) = challenge.filter(|code| code.can_be_tried(context.now())) else {
        return Ok(());
    };
    let failed = failures(on, challenge.phone_index.as_bytes(), caller).await?;
    if !failed.ask_for_captcha(context.now()) {
        return Ok(());
    }
    let phone = phone_of(context, &challenge).await?;
    if is_known(context, caller, &phone).await? {
        return Ok(());
    }
    captcha::require(context, token, ProblemCode::LoginCaptcha).await
}

/// Why a captcha is asked for before codes are sent to these phones, if it is.
async fn demand(
    context: &Context,
    caller: &Caller,
    phones: &[&Phone],
) -> Result<Option<ProblemCode>, Failure> {
    if breaker_is_open(context).await? {
        return Ok(Some(ProblemCode::LoginCaptcha));
    }
    let mut are_known = true;
    for phone in phones {
        let is_known = is_known(context, caller, phone).await?;
        if has_sends_or_failures(context, caller, phone, is_known).await? {
            return Ok(Some(ProblemCode::LoginCaptcha));
        }
        are_known &= is_known;
    }
    let is_busy = !are_known && is_from_busy_network(context, caller).await?;
    Ok(is_busy.then_some(ProblemCode::LoginNetwork))
}

async fn has_sends_or_failures(
    context: &Context,
    caller: &Caller,
    phone: &Phone,
    is_known: bool,
) -> Result<bool, Failure> {
    let (on, browser) = (context.store.reader(), caller.browser_hash());
    let index = context.vault.provider().phone_index(phone.e164());
    let by = if is_known {
        CountedBy::Browser(&browser)
    } else {
        CountedBy::Phone(&index)
    };
    let hour_ago = context.now() - TimeDelta::hours(1);
    let sends = store::login::sends_since(on, by, hour_ago).await?;
    if sends.len() >= SENDS_BEFORE_CAPTCHA {
        return Ok(true);
    }
    let failed = failures(on, &index, caller).await?;
    Ok(!is_known && failed.ask_for_captcha(context.now()))
}

/// Whether so many codes were asked for in the caller's network that it may be an attack.
async fn is_from_busy_network(context: &Context, caller: &Caller) -> Result<bool, Failure> {
    for network in caller.networks(context) {
        if is_busy(context, context.store.reader(), &network).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether so many codes were asked for in a network that the next one takes a captcha.
pub(super) async fn is_busy(
    context: &Context,
    on: &impl store::Connection,
    network: &Network,
) -> Result<bool, Failure> {
    let now = context.now();
    let windows = network.windows(SENDS_PER_ADDRESS_BEFORE_CAPTCHA);
    let since = now - limit::reach(&windows);
    let sends = store::login::sends_since(on, network.counted_by(), since).await?;
    Ok(limit::wait(&sends, &windows, now).is_some())
}

/// Whether many codes are being asked for and few of them used: somebody wastes messages.
async fn breaker_is_open(context: &Context) -> Result<bool, Failure> {
    let since = context.now() - domain::login::BREAKER_WINDOW;
    let (sent, used) = store::login::sent_and_used_since(context.store.reader(), since).await?;
    let is_open = domain::login::breaker_is_open(sent, used);
    let line = "Many codes are asked for and few are used: somebody wastes messages";
    if is_open && let Some(count) = context.errors_to_write(line) {
        tracing::error!(
            sms.sent = sent,
            sms.used = used,
            log.count = count,
            "{line}"
        );
    }
    Ok(is_open)
}
