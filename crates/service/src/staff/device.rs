//! Setting up the device that shows codes, and recovery codes for the day on which it is lost.

use data_encoding::{Encoding, Specification};
use domain::audit::{AuditAction, AuditExemption};
use domain::staff::{
    INVITATION_LIFETIME, RECOVERY_CODE_LENGTH, RECOVERY_CODES, RecoveryCode, StaffMember,
    StaffSession, TotpDevice,
};
use domain::{AccountId, ProblemCode, RecoveryCodeId, Refusal};
use providers::totp::TotpSecret;
use store::{StoreError, Tx};

use super::second_factor::{
    accept, accepted, count_try, keep_try, lock, note, note_session, recovery_hash, wrong_code,
};
use super::signed_in::SignedIn;
use crate::me::phone_of;
use crate::session::Student;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// The letters and digits of recovery codes: 32, without those that are taken for others.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A device that is to be set up.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// The secret in base 32, to be typed.
    pub secret: String,
    /// The same as an `otpauth` address, to be drawn as a QR code.
    pub uri: String,
}

/// Begins to set up a device; it proves nothing until a code of it was typed. Who has one needs a fresh second factor to
/// replace it.
///
/// # Errors
/// `session.role_required`, `staff.invitation_expired`, `staff.device_present`.
pub async fn begin_device(context: &Context, student: &Student) -> Result<NewDevice, Failure> {
    let (owner, now) = (student.account_id, context.now());
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let account = store::account::get(context.store.reader(), owner).await?;
    let account = account.ok_or(ProblemCode::SessionRequired)?;
    let phone = phone_of(context, &account).await?;
    let secret = TotpSecret::generate(context.random.as_ref());
    let tx = context.store.begin().await?;
    let member = lock(&tx, owner).await?;
    if member.confirmed_device().is_some() {
        let session = store::staff::session(&tx, owner, student.family).await?;
        let is_usable = |session: &StaffSession| session.is_fresh(now) && !session.is_idle(now);
        if !session.as_ref().is_some_and(is_usable) {
            return Err(ProblemCode::StaffDevice.into());
        }
    } else if !member.may_enrol(now) {
        let refusal = Refusal::from(ProblemCode::StaffInvitationOver);
        return Err(refusal.with("days", INVITATION_LIFETIME.num_days()).into());
    }
    let kept = sealer.seal(
        "staff_members",
        "totp_secret_sealed",
        owner.0,
        secret.as_bytes(),
    )?;
    let begun = StaffMember {
        device: Some(TotpDevice {
            secret_sealed: kept.into(),
            confirmed_at: None,
            last_step: None,
        }),
        version: member.version + 1,
        ..member
    };
    store::staff::save_member(&tx, &begun).await?;
    store::commit(tx, AuditExemption::Attempt).await?;
    let issuer = "gradphoto 毕业生图像采集";
    let uri = secret.uri(issuer, &phone.masked());
    Ok(NewDevice {
        secret: secret.to_base32(),
        uri: uri.ok_or(Failure::Fault("a device has no address"))?,
    })
}

/// Sets up the device with its first code. The session is complete then; returns the recovery codes, which are not kept and
/// cannot be shown again.
///
/// # Errors
/// `session.role_required`, `staff.device_missing`, `staff.device_present`, `staff.code_wrong`, `staff.too_many_tries`.
pub async fn confirm_device(
    context: &Context,
    student: &Student,
    code: &str,
) -> Result<Vec<String>, Failure> {
    let owner = student.account_id;
    let tx = context.store.begin().await?;
    let member = lock(&tx, owner).await?;
    match &member.device {
        None => return Err(ProblemCode::StaffDeviceMissing.into()),
        Some(device) if device.confirmed_at.is_some() => {
            return Err(ProblemCode::StaffDevice.into());
        }
        Some(_) => {}
    }
    let member = count_try(context, member)?;
    let Some(device) = accepted(context, &member, code).await? else {
        keep_try(context, tx, &member).await?;
        return Err(wrong_code("/code").into());
    };
    let confirmed = TotpDevice {
        confirmed_at: Some(context.now()),
        ..device
    };
    accept(&tx, member, Some(confirmed)).await?;
    let codes = replace_codes(context, &tx, owner).await?;
    note_session(context, &tx, student).await?;
    let audited = note(context, &tx, owner, AuditAction::DeviceEnrolled).await?;
    store::commit(tx, audited).await?;
    Ok(codes)
}

/// Makes new recovery codes; the earlier ones work no more.
///
/// # Errors
/// `session.role_required`.
pub async fn make_recovery_codes(
    context: &Context,
    signed_in: &SignedIn,
) -> Result<Vec<String>, Failure> {
    let owner = signed_in.student.account_id;
    let tx = context.store.begin().await?;
    lock(&tx, owner).await?;
    let codes = replace_codes(context, &tx, owner).await?;
    let audited = note(context, &tx, owner, AuditAction::RecoveryCodesMade).await?;
    store::commit(tx, audited).await?;
    Ok(codes)
}

/// Makes the recovery codes of an account anew and returns them as people read them.
pub(crate) async fn replace_codes(
    context: &Context,
    tx: &Tx,
    owner: AccountId,
) -> Result<Vec<String>, Failure> {
    let letters = letters()?;
    let plain: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| {
            let mut code = letters.encode(&context.random_bytes::<7>());
            code.truncate(RECOVERY_CODE_LENGTH);
            code
        })
        .collect();
    let kept: Vec<RecoveryCode> = plain
        .iter()
        .map(|code| RecoveryCode {
            id: context.new_id(RecoveryCodeId::new),
            account_id: owner,
            code_hash: recovery_hash(context, owner, code).into(),
            created_at: context.now(),
            used_at: None,
        })
        .collect();
    store::staff::replace_recovery_codes(tx, owner, &kept).await?;
    let shown = plain.iter().map(|code| {
        let (first, second) = code.split_at(RECOVERY_CODE_LENGTH / 2);
        format!("{first}-{second}")
    });
    Ok(shown.collect())
}

fn letters() -> Result<Encoding, StoreError> {
    let mut specification = Specification::new();
    specification.symbols.push_str(ALPHABET);
    let encoding = specification.encoding();
    encoding.map_err(|_| StoreError::corrupt("the alphabet of recovery codes"))
}
