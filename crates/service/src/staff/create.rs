//! The first operator, from the command line.

use domain::access::{Actor, Permission, StudentLimits};
use domain::audit::{AuditAction, AuditObject};
use domain::role::Role;
use domain::session::SessionEndReason;
use domain::staff::{StaffMember, StaffRole};
use domain::{AccountId, Lang, Phone, ProblemCode, StaffRoleId};
use store::Tx;

use crate::audit::{About, Deed, note};
use crate::login::{account_of, read_phone};
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure};

/// An operator who is to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewOperator<'a> {
    /// The phone, as typed.
    pub phone: &'a str,
    /// How colleagues call them.
    pub name: &'a str,
}

/// Makes an operator, of an account that is there or a new one, and invites them anew where they are one already. They log
/// in by their phone and set up their device.
///
/// # Errors
/// `login.phone_invalid`, `login.country_not_served`, `account.inactive`.
pub async fn create_operator(
    context: &Context,
    actor: &Actor,
    new: NewOperator<'_>,
) -> Result<AccountId, Failure> {
    actor.require(Permission::ManageStaff)?;
    let phone = read_phone(context, new.phone, "/phone")?;
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let tx = context.store.begin().await?;
    let owner = invite(context, &tx, &sealer, &phone, new.name).await?;
    let held = store::staff::lock_operators(&tx).await?;
    let found = held.into_iter().find(|role| role.account_id == owner);
    let (action, role) = if let Some(role) = found {
        (AuditAction::StaffInvited, role)
    } else {
        let role = StaffRole {
            id: context.new_id(StaffRoleId::new),
            account_id: owner,
            role: Role::Operator,
            school_id: None,
            limits: StudentLimits::default(),
            created_at: context.now(),
            version: 1,
        };
        store::staff::grant_role(&tx, &role).await?;
        (AuditAction::RoleGranted, role)
    };
    let reason = SessionEndReason::RolesChanged;
    let ended = store::session::end_all(&tx, owner, reason, context.now()).await?;
    let deed = Deed {
        action,
        object: AuditObject::StaffRole,
        object_id: role.id.0,
        school_id: None,
    };
    let about = About {
        subject: Some(owner),
        reason: None,
    };
    let audited = note(context, &tx, actor, deed, about).await?;
    store::commit(tx, audited).await?;
    context.revocations.add(ended, context.now());
    Ok(owner)
}

/// The account of a phone as a member of staff who was invited now; made where there is none. A name that is known stays.
pub(super) async fn invite(
    context: &Context,
    tx: &Tx,
    sealer: &Sealer,
    phone: &Phone,
    name: &str,
) -> Result<AccountId, Failure> {
    let (owner, _) = account_of(context, tx, sealer, phone, Lang::Zh).await?;
    if let Some(member) = store::staff::lock_member(tx, owner).await? {
        let again = StaffMember {
            invited_at: context.now(),
            version: member.version + 1,
            ..member
        };
        store::staff::save_member(tx, &again).await?;
    } else {
        let name = sealer.seal("staff_members", "name_sealed", owner.0, name.as_bytes())?;
        let member = StaffMember {
            account_id: owner,
            name_sealed: name.into(),
            invited_at: context.now(),
            device: None,
            tries_full_at: None,
            version: 1,
        };
        store::staff::insert_member(tx, &member).await?;
    }
    Ok(owner)
}

/// Takes away the device of a member of staff and their recovery codes; they can set up another as after an invitation.
pub(super) async fn forget_device(
    context: &Context,
    tx: &Tx,
    owner: AccountId,
) -> Result<(), Failure> {
    let member = store::staff::lock_member(tx, owner).await?;
    let member = member.ok_or(ProblemCode::StaffUnknown)?;
    let reset = StaffMember {
        device: None,
        tries_full_at: None,
        invited_at: context.now(),
        version: member.version + 1,
        ..member
    };
    store::staff::save_member(tx, &reset).await?;
    Ok(store::staff::replace_recovery_codes(tx, owner, &[]).await?)
}

/// Takes away the device of the operator with this phone, from the command line: for the only one, whom no colleague can
/// help.
///
/// # Errors
/// `login.phone_invalid`, `staff.unknown`.
pub async fn reset_operator_device(
    context: &Context,
    actor: &Actor,
    phone: &str,
) -> Result<(), Failure> {
    actor.require(Permission::ManageStaff)?;
    let phone = read_phone(context, phone, "/phone")?;
    let known = context.vault.provider().phone_indexes(phone.e164());
    let known: Vec<_> = known.iter().map(|known| known.index).collect();
    let tx = context.store.begin().await?;
    let account = store::account::by_phone(&tx, &known).await?;
    let account = account.ok_or(ProblemCode::StaffUnknown)?;
    let held = store::staff::lock_operators(&tx).await?;
    let role = held.into_iter().find(|role| role.account_id == account.id);
    let role = role.ok_or(ProblemCode::StaffUnknown)?;
    forget_device(context, &tx, account.id).await?;
    let reason = SessionEndReason::DeviceReset;
    let ended = store::session::end_all(&tx, account.id, reason, context.now()).await?;
    let deed = Deed {
        action: AuditAction::DeviceReset,
        object: AuditObject::StaffRole,
        object_id: role.id.0,
        school_id: None,
    };
    let about = About {
        subject: Some(account.id),
        reason: None,
    };
    let audited = note(context, &tx, actor, deed, about).await?;
    store::commit(tx, audited).await?;
    context.revocations.add(ended, context.now());
    Ok(())
}
