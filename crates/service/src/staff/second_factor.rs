//! Confirming the second factor: a code of the device, or a recovery code in its place.

use domain::audit::{AuditAction, AuditObject};
use domain::limit::SECOND_FACTOR_TRIES;
use domain::session::STAFF_SESSION_LIFETIME;
use domain::staff::{StaffMember, StaffSession, TotpDevice, read_recovery_code};
use domain::{AccountId, FieldError, ProblemCode, Refusal, sms_code};
use providers::keys::OtpSubject;
use providers::totp::TotpSecret;
use store::audit::Audited;
use store::{StoreError, Tx};

use crate::audit::{self, Deed};
use crate::session::Student;
use crate::{Context, Failure};

/// A second factor, as typed.
#[derive(Debug, Clone, Copy)]
pub enum SecondFactor<'a> {
    /// A code of the device.
    Code(&'a str),
    /// A recovery code.
    RecoveryCode(&'a str),
}

/// Confirms the second factor in the session; it is fresh then.
///
/// # Errors
/// `session.role_required`, `staff.device_missing`, `staff.code_wrong`, `staff.recovery_code_wrong`,
/// `staff.too_many_tries`.
pub async fn confirm(
    context: &Context,
    student: &Student,
    factor: SecondFactor<'_>,
) -> Result<(), Failure> {
    let owner = student.account_id;
    let tx = context.store.begin().await?;
    let member = lock(&tx, owner).await?;
    if member.confirmed_device().is_none() {
        return Err(ProblemCode::StaffDeviceMissing.into());
    }
    let member = count_try(context, member)?;
    let tried = try_factor(context, &tx, &member, factor).await?;
    let action = match (tried, factor) {
        (Tried::Right(device), SecondFactor::Code(_)) => {
            accept(&tx, member, device).await?;
            AuditAction::SecondFactorConfirmed
        }
        (Tried::Right(device), SecondFactor::RecoveryCode(_)) => {
            accept(&tx, member, device).await?;
            AuditAction::RecoveryCodeUsed
        }
        (Tried::Wrong(refusal), _) => {
            keep_try(context, tx, &member).await?;
            return Err(refusal.into());
        }
    };
    note_session(context, &tx, student).await?;
    let audited = note(context, &tx, owner, action).await?;
    store::commit(tx, audited).await?;
    Ok(())
}

/// What became of a try.
enum Tried {
    /// It was right; the device as it is from now on.
    Right(Option<TotpDevice>),
    /// It was not.
    Wrong(Refusal),
}

async fn try_factor(
    context: &Context,
    tx: &Tx,
    member: &StaffMember,
    factor: SecondFactor<'_>,
) -> Result<Tried, Failure> {
    Ok(match factor {
        SecondFactor::Code(code) => match accepted(context, member, code).await? {
            Some(device) => Tried::Right(Some(device)),
            None => Tried::Wrong(wrong_code("/code")),
        },
        SecondFactor::RecoveryCode(typed) => {
            let owner = member.account_id;
            let is_right = match read_recovery_code(typed) {
                Some(code) => {
                    let hash = recovery_hash(context, owner, &code);
                    store::staff::use_recovery_code(tx, owner, &hash, context.now()).await?
                }
                None => false,
            };
            if is_right {
                Tried::Right(member.device.clone())
            } else {
                let wrong = ProblemCode::StaffRecoveryWrong;
                Tried::Wrong(Refusal::field(FieldError::new("/recovery_code", wrong)))
            }
        }
    })
}

/// Refuses a code of the device.
pub(super) fn wrong_code(pointer: &'static str) -> Refusal {
    Refusal::field(FieldError::new(pointer, ProblemCode::StaffCodeWrong))
}

/// The member of staff of an account, locked.
///
/// # Errors
/// `session.role_required` where it is none.
pub(super) async fn lock(tx: &Tx, owner: AccountId) -> Result<StaffMember, Failure> {
    let member = store::staff::lock_member(tx, owner).await?;
    let is_staff = store::staff::is_staff(tx, owner).await?;
    let member = member.filter(|_| is_staff);
    member.ok_or_else(|| ProblemCode::SessionRole.into())
}

/// The member with one try less.
///
/// # Errors
/// `staff.too_many_tries` where none is left.
pub(super) fn count_try(context: &Context, member: StaffMember) -> Result<StaffMember, Refusal> {
    let taken = SECOND_FACTOR_TRIES.take(member.tries_full_at, context.now());
    let full_at = taken.map_err(|wait| Refusal::until(ProblemCode::StaffCodeTries, wait))?;
    Ok(StaffMember {
        tries_full_at: Some(full_at),
        ..member
    })
}

/// The member's device after it showed this code; `None` where the code is wrong or was used before.
pub(super) async fn accepted(
    context: &Context,
    member: &StaffMember,
    code: &str,
) -> Result<Option<TotpDevice>, Failure> {
    let Some(device) = &member.device else {
        return Ok(None);
    };
    let sealed = &device.secret_sealed;
    let owner = member.account_id.0;
    let secret = context
        .open("staff_members", "totp_secret_sealed", owner, sealed)
        .await?;
    let secret = TotpSecret::from_bytes(secret)
        .ok_or(StoreError::corrupt("staff_members.totp_secret_sealed"))?;
    let code = sms_code::read(code).unwrap_or_default();
    let step = secret.matching_step(&code, context.now());
    let step = step.filter(|step| device.accepts(*step));
    Ok(step.map(|step| TotpDevice {
        last_step: Some(step),
        ..device.clone()
    }))
}

/// Keeps a member whose factor was right: all tries are there again.
pub(super) async fn accept(
    tx: &Tx,
    member: StaffMember,
    device: Option<TotpDevice>,
) -> Result<(), Failure> {
    let accepted = StaffMember {
        device,
        tries_full_at: None,
        version: member.version + 1,
        ..member
    };
    Ok(store::staff::save_member(tx, &accepted).await?)
}

/// Keeps that a try was wrong; the caller refuses it.
pub(super) async fn keep_try(
    context: &Context,
    tx: Tx,
    member: &StaffMember,
) -> Result<(), Failure> {
    store::staff::save_member(&tx, member).await?;
    let audited = note(
        context,
        &tx,
        member.account_id,
        AuditAction::SecondFactorWrong,
    )
    .await?;
    Ok(store::commit(tx, audited).await?)
}

/// Notes that the second factor is confirmed in a session.
pub(super) async fn note_session(
    context: &Context,
    tx: &Tx,
    student: &Student,
) -> Result<(), Failure> {
    let now = context.now();
    let session = StaffSession {
        family_id: student.family,
        account_id: student.account_id,
        confirmed_at: now,
        last_seen_at: now,
    };
    let forget_before = now - STAFF_SESSION_LIFETIME * 2;
    Ok(store::staff::confirm_session(tx, &session, forget_before).await?)
}

/// Notes what somebody did with their own second factor.
pub(super) async fn note(
    context: &Context,
    tx: &Tx,
    owner: AccountId,
    action: AuditAction,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::Account,
        object_id: owner.0,
        school_id: None,
    };
    audit::by_account(context, tx, owner, deed).await
}

/// The keyed hash of a recovery code as `domain` reads it.
pub(super) fn recovery_hash(context: &Context, owner: AccountId, code: &str) -> [u8; 32] {
    let subject = OtpSubject {
        purpose: "recovery_code",
        phone: "",
        challenge: owner.0.as_bytes(),
    };
    context.vault.provider().otp_hash(&subject, code)
}
