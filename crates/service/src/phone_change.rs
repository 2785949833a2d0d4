//! Changing the phone: the old number typed, a code to either number, all sessions end.

use domain::account::Account;
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::login::{CODE_LIFETIME, Purpose};
use domain::phone_change::PhoneChange;
use domain::session::SessionEndReason;
use domain::{ChallengeId, FieldError, Phone, PhoneChangeId, ProblemCode, Refusal, SessionId};
use providers::sms::{SmsContent, SmsMessage, SmsOutcome};
use store::audit::Audited;
use store::{StoreError, Tx};

use crate::audit::{self, Deed};
use crate::login::{
    Caller, Checked, RightCode, ask_for_captcha, check_code, read_code, read_phone, send_to,
    use_code,
};
use crate::me::phone_of;
use crate::session::Student;
use crate::vault::{Purpose as KeyPurpose, Scope, Sealer};
use crate::{Context, Failure, keys};

/// What is asked for, as typed.
#[derive(Debug, Clone, Copy)]
pub struct PhoneChangeRequest<'a> {
    /// The account's number.
    pub old_phone: &'a str,
    /// The number to change to.
    pub new_phone: &'a str,
    /// The token of a captcha.
    pub captcha_token: Option<&'a str>,
}

/// A change in progress.
#[derive(Debug, Clone, Copy)]
pub struct Begun {
    /// Its id.
    pub id: PhoneChangeId,
    /// The code to the old number.
    pub old: ChallengeId,
    /// The code to the new number.
    pub new: ChallengeId,
}

/// The codes, as typed.
#[derive(Debug, Clone, Copy)]
pub struct Codes<'a> {
    /// From the old number.
    pub old: &'a str,
    /// From the new number.
    pub new: &'a str,
}

/// Begins a change: a code goes to either number.
///
/// Whether the new number has an account is not told here: only who holds it may know.
///
/// # Errors
/// `phone_change.old_phone_wrong`; `phone_change.same_phone`; what sending a code can refuse.
pub async fn begin(
    context: &Context,
    student: &Student,
    caller: &Caller,
    ask: PhoneChangeRequest<'_>,
) -> Result<Begun, Failure> {
    let old = read_phone(context, ask.old_phone, "/old_phone")?;
    let new = read_phone(context, ask.new_phone, "/new_phone")?;
    let account = store::account::get(context.store.reader(), student.account_id).await?;
    let account = account.ok_or(ProblemCode::SessionRequired)?;
    if phone_of(context, &account).await? != old {
        return Err(wrong_field("/old_phone", ProblemCode::PhoneChangeOld));
    }
    if old == new {
        return Err(wrong_field("/new_phone", ProblemCode::PhoneChangeSame));
    }
    let proof = ask_for_captcha(context, caller, &[&old, &new], ask.captcha_token).await?;
    let old_challenge = send_to(context, caller, &old, Purpose::PhoneChangeOld, proof).await?;
    let new_challenge = send_to(context, caller, &new, Purpose::PhoneChangeNew, proof).await?;
    let begun = Begun {
        id: context.new_id(PhoneChangeId::new),
        old: old_challenge,
        new: new_challenge,
    };
    record(context, student, &begun, &new).await?;
    Ok(begun)
}

fn wrong_field(pointer: &'static str, code: ProblemCode) -> Failure {
    Refusal {
        fields: vec![FieldError::new(pointer, code)],
        ..code.into()
    }
    .into()
}

async fn record(
    context: &Context,
    student: &Student,
    begun: &Begun,
    new: &Phone,
) -> Result<(), Failure> {
    let sealer = context.sealer(Scope::Platform, KeyPurpose::Person).await?;
    let now = context.now();
    let (id, plain) = (begun.id, new.e164().as_bytes());
    let change = PhoneChange {
        id,
        account_id: student.account_id,
        old_challenge_id: begun.old,
        new_challenge_id: begun.new,
        new_phone_index: context.vault.provider().phone_index(new.e164()).into(),
        new_phone_sealed: sealer
            .seal("phone_changes", "new_phone_sealed", id.0, plain)?
            .into(),
        created_at: now,
        expires_at: now + CODE_LIFETIME,
        done_at: None,
    };
    let tx = context.store.begin().await?;
    store::phone_change::insert(&tx, &change).await?;
    Ok(store::commit(tx, AuditExemption::Attempt).await?)
}

/// Finishes a change: both codes are right, the phone is new, all sessions end, both numbers are told.
///
/// # Errors
/// `phone_change.ended`; `phone_change.phone_taken`; what a code can refuse, with the field that it concerns.
pub async fn confirm(
    context: &Context,
    student: &Student,
    caller: &Caller,
    id: &str,
    codes: Codes<'_>,
) -> Result<(), Failure> {
    let id: PhoneChangeId = id.parse().map_err(|_| ProblemCode::PhoneChangeEnded)?;
    let codes = read_codes(codes)?;
    let sealer = context.sealer(Scope::Platform, KeyPurpose::Person).await?;
    let tx = context.store.begin().await?;
    let change = store::phone_change::lock(&tx, student.account_id, id).await?;
    let change = change.filter(|change| change.is_open(context.now()));
    let change = change.ok_or(ProblemCode::PhoneChangeEnded)?;
    let (old, new) = match check_both(context, &tx, caller, &change, codes).await? {
        Ok([old, new]) => (
            use_code(context, &tx, caller, old).await?,
            use_code(context, &tx, caller, new).await?,
        ),
        Err(refusal) => {
            // The tries must stay counted.
            store::commit(tx, AuditExemption::Attempt).await?;
            return Err(refusal.into());
        }
    };
    let changed = apply(context, &tx, student, &sealer, change, &new).await?;
    store::commit(tx, changed.audited).await?;
    context.revocations.add(changed.ended, context.now());
    tell(context, &[&old, &new]).await;
    Ok(())
}

/// What came of changing a phone.
struct Changed {
    /// The sessions that ended: to be added to the revocations after the commit.
    ended: Vec<SessionId>,
    /// The entry in the audit log.
    audited: Audited,
}

/// Two codes that can be compared.
struct ReadCodes {
    old: String,
    new: String,
}

/// Reads both codes before either is tried.
fn read_codes(codes: Codes<'_>) -> Result<ReadCodes, Refusal> {
    match (
        read_code(codes.old, "/old_code"),
        read_code(codes.new, "/new_code"),
    ) {
        (Ok(old), Ok(new)) => Ok(ReadCodes { old, new }),
        (old, new) => {
            let refusals = [old.err(), new.err()].into_iter().flatten();
            Err(Refusal::fields(
                refusals.flat_map(|refusal| refusal.fields).collect(),
            ))
        }
    }
}

/// Both codes, the old number's first. A right one stays good while the other is wrong.
async fn check_both(
    context: &Context,
    tx: &Tx,
    caller: &Caller,
    change: &PhoneChange,
    codes: ReadCodes,
) -> Result<Result<[RightCode; 2], Refusal>, Failure> {
    let mut right = Vec::with_capacity(2);
    for (challenge, purpose, code, pointer) in [
        (
            change.old_challenge_id,
            Purpose::PhoneChangeOld,
            codes.old,
            "/old_code",
        ),
        (
            change.new_challenge_id,
            Purpose::PhoneChangeNew,
            codes.new,
            "/new_code",
        ),
    ] {
        let challenge = challenge.to_string();
        match check_code(context, tx, caller, &challenge, purpose, &code).await? {
            Checked::Right(code) => right.push(code),
            Checked::Refused(refusal) => {
                return Ok(Err(at_field(refusal, pointer)));
            }
        }
    }
    right
        .try_into()
        .map(Ok)
        .map_err(|_| Failure::Fault("two codes give two phones"))
}

/// Names the field that a refusal concerns; a wait concerns none.
fn at_field(refusal: Refusal, pointer: &'static str) -> Refusal {
    if refusal.retry_after_s.is_some() {
        return refusal;
    }
    let field = FieldError {
        pointer: pointer.into(),
        code: refusal.code,
        facts: refusal.facts.clone(),
    };
    Refusal {
        fields: vec![field],
        ..refusal
    }
}

async fn apply(
    context: &Context,
    tx: &Tx,
    student: &Student,
    sealer: &Sealer,
    change: PhoneChange,
    new: &Phone,
) -> Result<Changed, Failure> {
    let owner = student.account_id;
    let account = store::account::lock(tx, owner)
        .await?
        .ok_or(ProblemCode::SessionRequired)?;
    set_phone(context, tx, sealer, account, new).await?;
    let now = context.now();
    let done = PhoneChange {
        done_at: Some(now),
        ..change
    };
    store::phone_change::save(tx, &done).await?;
    let deed = Deed {
        action: AuditAction::PhoneChanged,
        object: AuditObject::PhoneChange,
        object_id: done.id.0,
        school_id: None,
    };
    let audited = audit::by_account(context, tx, owner, deed).await?;
    let ended = store::session::end_all(tx, owner, SessionEndReason::PhoneChanged, now).await?;
    Ok(Changed { ended, audited })
}

/// Gives an account, whose lock the caller holds, another phone.
///
/// # Errors
/// `phone_change.phone_taken`.
pub(crate) async fn set_phone(
    context: &Context,
    tx: &Tx,
    sealer: &Sealer,
    account: Account,
    new: &Phone,
) -> Result<(), Failure> {
    let owner = account.id;
    let index = keys::phone_index_to_write(context, tx, new).await?;
    let known = context.vault.provider().phone_indexes(new.e164());
    let known: Vec<_> = known.iter().map(|known| known.index).collect();
    let holder = store::account::by_phone(tx, &known).await?;
    if holder.is_some_and(|holder| holder.id != owner) {
        return Err(ProblemCode::PhoneChangeTaken.into());
    }
    let changed = Account {
        phone_index: index.into(),
        phone_sealed: sealer
            .seal("accounts", "phone_sealed", owner.0, new.e164().as_bytes())?
            .into(),
        version: account.version + 1,
        ..account
    };
    store::account::save(tx, &changed).await.map_err(taken)?;
    Ok(())
}

/// A phone belongs to one account.
fn taken(error: StoreError) -> Failure {
    if matches!(error, StoreError::Conflict { .. }) {
        ProblemCode::PhoneChangeTaken.into()
    } else {
        error.into()
    }
}

/// Tells both numbers of a change. The change stands whether or not the messages arrive.
pub(crate) async fn tell(context: &Context, phones: &[&Phone]) {
    for phone in phones {
        let message = SmsMessage {
            phone: phone.e164().to_owned(),
            content: SmsContent::PhoneChanged,
            out_id: context.new_id(ChallengeId::new).to_string(),
        };
        let outcome = crate::message::send(context, &message).await;
        if !matches!(outcome, SmsOutcome::Sent { .. }) {
            tracing::warn!(sms.outcome = ?outcome, "A changed phone could not be told of the change");
        }
    }
}
