//! Logging in by a code sent to a phone.

mod address;
mod browser;
mod code;
mod demand;
mod receipt;
mod send;

pub use address::Caller;
pub(crate) use address::hash_address;
pub(crate) use browser::sweep;
pub(crate) use code::{Checked, RightCode, check_code, read_code, use_code};
pub(crate) use demand::ask_for_captcha;
pub use receipt::take_receipts;
pub use send::record_budget;
pub(crate) use send::{phone_field, read_phone, send_to};

use domain::account::{Account, AccountState};
use domain::agreement::{Consent, ConsentChannel, Document};
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::login::Purpose;
use domain::{AccountId, ChallengeId, ClientDevice, ConsentId, Lang, Phone, ProblemCode};
use providers::keys::{BlindIndex, sha256};
use store::Tx;

use crate::audit::{self, Deed};
use crate::session::{self, Begun, TokenPair};
use crate::vault::{Purpose as KeyPurpose, Scope, Sealer};
use crate::{Context, Failure, keys};

/// A wish for a code, as typed.
#[derive(Debug, Clone, Copy)]
pub struct SendCode<'a> {
    /// The phone number.
    pub phone: &'a str,
    /// The version of the service agreement that was ticked.
    pub agreement_version: &'a str,
    /// The token of a captcha.
    pub captcha_token: Option<&'a str>,
}

/// A code, as typed.
#[derive(Debug, Clone, Copy)]
pub struct LogIn<'a> {
    /// Which code.
    pub challenge_id: &'a str,
    /// The six digits, or text that holds them.
    pub code: &'a str,
    /// The version of the service agreement that was ticked.
    pub agreement_version: &'a str,
    /// The token of a captcha.
    pub captcha_token: Option<&'a str>,
    /// The device, for the person's list of sessions.
    pub device: ClientDevice,
    /// The language of the page, which a new account gets.
    pub language: Lang,
}

/// Somebody logged in.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The account.
    pub account_id: AccountId,
    /// Whether it was made now.
    pub is_new: bool,
    /// The session's tokens.
    pub tokens: TokenPair,
}

/// Sends a login code. What comes back does not tell whether the phone has an account.
///
/// # Errors
/// `login.agreement_required`, `login.phone_invalid`, `login.country_not_served`, `login.captcha_required`,
/// `login.network_busy`, `login.too_many_sends`, `login.network_full`, `login.messages_used_up`, `login.sms_unavailable`.
pub async fn send_code(
    context: &Context,
    caller: &Caller,
    ask: SendCode<'_>,
) -> Result<ChallengeId, Failure> {
    require_agreement(ask.agreement_version)?;
    let phone = read_phone(context, ask.phone, "/phone")?;
    let proof = ask_for_captcha(context, caller, &[&phone], ask.captcha_token).await?;
    send_to(context, caller, &phone, Purpose::Login, proof).await
}

/// Logs in with a code; a phone's first login makes its account.
///
/// # Errors
/// `login.agreement_required`, `login.code_unreadable`, `login.code_wrong`, `login.code_expired`, `login.code_burnt`,
/// `login.captcha_required`, `account.inactive`.
pub async fn log_in(
    context: &Context,
    caller: &Caller,
    attempt: LogIn<'_>,
) -> Result<LoggedIn, Failure> {
    require_agreement(attempt.agreement_version)?;
    let code = read_code(attempt.code, "/code")?;
    demand::ask_before_trying(context, caller, attempt.challenge_id, attempt.captcha_token).await?;
    let sealer = context.sealer(Scope::Platform, KeyPurpose::Person).await?;
    let tx = context.store.begin().await?;
    let checked = check_code(
        context,
        &tx,
        caller,
        attempt.challenge_id,
        Purpose::Login,
        &code,
    )
    .await?;
    let phone = match checked {
        Checked::Right(code) => use_code(context, &tx, caller, code).await?,
        Checked::Refused(refusal) => {
            // The try must stay counted.
            store::commit(tx, AuditExemption::Attempt).await?;
            return Err(refusal.into());
        }
    };
    let (account_id, is_new) = account_of(context, &tx, &sealer, &phone, attempt.language).await?;
    record_agreement(context, &tx, account_id).await?;
    browser::remember(context, &tx, caller, account_id).await?;
    store::account::touch(&tx, account_id, context.now()).await?;
    let Begun { tokens, ended } = session::begin(context, &tx, account_id, attempt.device).await?;
    let deed = Deed {
        action: if is_new {
            AuditAction::AccountRegistered
        } else {
            AuditAction::SessionBegan
        },
        object: AuditObject::Account,
        object_id: account_id.0,
        school_id: None,
    };
    let audited = audit::by_account(context, &tx, account_id, deed).await?;
    store::commit(tx, audited).await?;
    context.revocations.add(ended, context.now());
    Ok(LoggedIn {
        account_id,
        is_new,
        tokens,
    })
}

fn require_agreement(version: &str) -> Result<(), Failure> {
    if version == Document::ServiceAgreement.current().version {
        Ok(())
    } else {
        Err(ProblemCode::LoginAgreement.into())
    }
}

/// The account of a phone, made where there is none; whether it was made.
pub(crate) async fn account_of(
    context: &Context,
    tx: &Tx,
    sealer: &Sealer,
    phone: &Phone,
    language: Lang,
) -> Result<(AccountId, bool), Failure> {
    // First, so that no other copy can write this phone under another key meanwhile.
    let index = keys::phone_index_to_write(context, tx, phone).await?;
    let known = context.vault.provider().phone_indexes(phone.e164());
    let known: Vec<BlindIndex> = known.iter().map(|known| known.index).collect();
    if let Some(found) = store::account::by_phone(tx, &known).await? {
        // A change of phone may have been faster: then the number is not this account's any more.
        let locked = store::account::lock_in_any_state(tx, found.id).await?;
        return match locked.filter(|account| account.has_phone(&known)) {
            Some(account) if account.is_active() => Ok((account.id, false)),
            Some(_) => Err(ProblemCode::AccountInactive.into()),
            None => Err(ProblemCode::LoginCodeExpired.into()),
        };
    }
    let id = context.new_id(AccountId::new);
    let account = Account {
        id,
        phone_index: index.into(),
        phone_sealed: sealer
            .seal("accounts", "phone_sealed", id.0, phone.e164().as_bytes())?
            .into(),
        state: AccountState::Active,
        language,
        email_sealed: None,
        address_sealed: None,
        created_at: context.now(),
        last_login_at: None,
        version: 1,
    };
    store::account::insert(tx, &account).await?;
    Ok((id, true))
}

/// Keeps that the current service agreement was accepted, once a version.
async fn record_agreement(
    context: &Context,
    tx: &Tx,
    account_id: AccountId,
) -> Result<(), Failure> {
    let document = Document::ServiceAgreement;
    if store::consent::holds(tx, account_id, document, document.current().version).await? {
        return Ok(());
    }
    let consent = new_consent(context, account_id, document);
    Ok(store::consent::insert(tx, &consent).await?)
}

/// A consent to the current version of a document, given now.
pub(crate) fn new_consent(context: &Context, account_id: AccountId, document: Document) -> Consent {
    let agreement = document.current();
    let text = agreement.whole_text(&context.settings.operator);
    Consent {
        id: context.new_id(ConsentId::new),
        account_id,
        document,
        version: agreement.version.to_owned(),
        text_hash: data_encoding::HEXLOWER.encode(&sha256(text.as_bytes())),
        channel: ConsentChannel::Web,
        granted_at: context.now(),
        withdrawn_at: None,
    }
}
