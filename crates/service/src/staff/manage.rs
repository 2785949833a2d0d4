//! Giving roles to people, changing their limits and taking them away.

use domain::access::{Actor, Reach, StudentLimits};
use domain::audit::{AuditAction, AuditObject};
use domain::role::Role;
use domain::session::SessionEndReason;
use domain::staff::{MOST_LIMITS, NAME_LENGTH, StaffMember, StaffRole, may_manage};
use domain::{FieldError, Phone, ProblemCode, Refusal, SchoolId, SessionId, StaffRoleId};
use store::Tx;
use store::audit::Audited;

use super::create::invite;
use super::list::{StaffEntry, entry};
use crate::audit::{About, Deed, note};
use crate::login::phone_field;
use crate::vault::{Purpose, Scope};
use crate::{Context, Failure};

/// Somebody who is to get a role, as typed.
#[derive(Debug, Clone)]
pub struct NewStaff<'a> {
    /// The phone.
    pub phone: &'a str,
    /// How colleagues call them; a name that is known stays.
    pub name: &'a str,
    /// The word of the role.
    pub role: &'a str,
    /// The school; `None` for a role of every school.
    pub school_id: Option<SchoolId>,
    /// To which students it is limited.
    pub limits: StudentLimits,
}

/// A change of a role's limits.
#[derive(Debug, Clone)]
pub struct RoleChange {
    /// The new limits.
    pub limits: StudentLimits,
    /// The version that was read.
    pub version: i32,
}

/// What a person's new rights end.
struct Ended(Vec<SessionId>);

/// Gives somebody a role and invites them.
///
/// # Errors
/// `staff.unknown` for a school out of reach, wrong fields, `staff.role_present`, `account.inactive`.
pub async fn grant(
    context: &Context,
    actor: &Actor,
    reach: &Reach,
    new: NewStaff<'_>,
) -> Result<StaffEntry, Failure> {
    if !may_manage(reach, new.school_id) {
        return Err(ProblemCode::StaffUnknown.into());
    }
    let (phone, role, limits) = read_new(context, &new)?;
    if let Some(id) = new.school_id {
        let found = store::school::of_ids(context.store.reader(), &[id]).await?;
        if found.is_empty() {
            return Err(ProblemCode::StaffUnknown.into());
        }
    }
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let tx = context.store.begin().await?;
    let owner = invite(context, &tx, &sealer, &phone, new.name.trim()).await?;
    let role = StaffRole {
        id: context.new_id(StaffRoleId::new),
        account_id: owner,
        role,
        school_id: new.school_id,
        limits,
        created_at: context.now(),
        version: 1,
    };
    let held = store::staff::roles(&tx, owner).await?;
    let is_held = |one: &StaffRole| one.role == role.role && one.school_id == role.school_id;
    if held.iter().any(is_held) {
        return Err(ProblemCode::StaffRolePresent.into());
    }
    store::staff::grant_role(&tx, &role).await?;
    let ended = end_sessions(context, &tx, &role, SessionEndReason::RolesChanged).await?;
    let audited = note_role(context, &tx, actor, AuditAction::RoleGranted, &role).await?;
    store::commit(tx, audited).await?;
    context.revocations.add(ended.0, context.now());
    super::invitation::tell(context, &phone).await;
    entry(context, role).await
}

/// Changes to which students a role is limited; the person's sessions end.
///
/// # Errors
/// `staff.unknown`, wrong fields, `request.version_conflict`.
pub async fn change(
    context: &Context,
    actor: &Actor,
    reach: &Reach,
    id: &str,
    change: RoleChange,
) -> Result<StaffEntry, Failure> {
    let tx = context.store.begin().await?;
    let role = lock(&tx, reach, id).await?;
    if role.version != change.version {
        return Err(ProblemCode::VersionConflict.into());
    }
    let changed = StaffRole {
        limits: read_limits(role.role, change.limits).map_err(Refusal::fields)?,
        version: role.version + 1,
        ..role
    };
    store::staff::save_role(&tx, &changed).await?;
    let ended = end_sessions(context, &tx, &changed, SessionEndReason::RolesChanged).await?;
    let audited = note_role(context, &tx, actor, AuditAction::RoleChanged, &changed).await?;
    store::commit(tx, audited).await?;
    context.revocations.add(ended.0, context.now());
    entry(context, changed).await
}

/// Takes a role away; the person's sessions end.
///
/// # Errors
/// `staff.unknown`, `staff.last_operator`.
pub async fn revoke(
    context: &Context,
    actor: &Actor,
    reach: &Reach,
    id: &str,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let role = lock(&tx, reach, id).await?;
    if role.role == Role::Operator && store::staff::lock_operators(&tx).await?.len() < 2 {
        return Err(ProblemCode::StaffLastOperator.into());
    }
    store::staff::delete_role(&tx, role.id).await?;
    let ended = end_sessions(context, &tx, &role, SessionEndReason::RolesChanged).await?;
    let audited = note_role(context, &tx, actor, AuditAction::RoleRevoked, &role).await?;
    store::commit(tx, audited).await?;
    context.revocations.add(ended.0, context.now());
    Ok(())
}

/// Takes away the device that shows a person's codes, because it was lost; their sessions end, and they can set up another
/// for as long as after an invitation. Nobody resets their own: a colleague does.
///
/// # Errors
/// `staff.unknown`, `staff.own_device`.
pub async fn reset_device(
    context: &Context,
    actor: &Actor,
    reach: &Reach,
    id: &str,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let role = lock(&tx, reach, id).await?;
    if actor.account_id() == Some(role.account_id) {
        return Err(ProblemCode::StaffOwnDevice.into());
    }
    require_all_reached(&tx, reach, &role).await?;
    let ended = reset(context, &tx, &role).await?;
    let audited = note_role(context, &tx, actor, AuditAction::DeviceReset, &role).await?;
    store::commit(tx, audited).await?;
    context.revocations.add(ended.0, context.now());
    Ok(())
}

/// Invites somebody again whose invitation has run out or got lost.
///
/// # Errors
/// `staff.unknown`, `staff.device_present`.
pub async fn invite_again(
    context: &Context,
    actor: &Actor,
    reach: &Reach,
    id: &str,
) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let role = lock(&tx, reach, id).await?;
    let member = store::staff::lock_member(&tx, role.account_id).await?;
    let member = member.ok_or(ProblemCode::StaffUnknown)?;
    if member.confirmed_device().is_some() {
        return Err(ProblemCode::StaffDevice.into());
    }
    let invited = StaffMember {
        invited_at: context.now(),
        version: member.version + 1,
        ..member
    };
    store::staff::save_member(&tx, &invited).await?;
    let account = store::account::get(&tx, role.account_id).await?;
    let account = account.ok_or(ProblemCode::StaffUnknown)?;
    let audited = note_role(context, &tx, actor, AuditAction::StaffInvited, &role).await?;
    store::commit(tx, audited).await?;
    let phone = crate::me::phone_of(context, &account).await?;
    super::invitation::tell(context, &phone).await;
    Ok(())
}

/// A person may hold roles elsewhere, for which somebody of one school must not take away the device.
async fn require_all_reached(tx: &Tx, reach: &Reach, role: &StaffRole) -> Result<(), Failure> {
    let held = store::staff::roles(tx, role.account_id).await?;
    if held.iter().all(|one| may_manage(reach, one.school_id)) {
        Ok(())
    } else {
        Err(ProblemCode::StaffElsewhere.into())
    }
}

async fn reset(context: &Context, tx: &Tx, role: &StaffRole) -> Result<Ended, Failure> {
    super::create::forget_device(context, tx, role.account_id).await?;
    end_sessions(context, tx, role, SessionEndReason::DeviceReset).await
}

/// A role within reach, locked.
async fn lock(tx: &Tx, reach: &Reach, id: &str) -> Result<StaffRole, Failure> {
    let id: StaffRoleId = id.parse().map_err(|_| ProblemCode::StaffUnknown)?;
    let role = store::staff::lock_role(tx, id, reach).await?;
    role.ok_or_else(|| ProblemCode::StaffUnknown.into())
}

async fn end_sessions(
    context: &Context,
    tx: &Tx,
    role: &StaffRole,
    reason: SessionEndReason,
) -> Result<Ended, Failure> {
    let ended = store::session::end_all(tx, role.account_id, reason, context.now()).await?;
    Ok(Ended(ended))
}

async fn note_role(
    context: &Context,
    tx: &Tx,
    actor: &Actor,
    action: AuditAction,
    role: &StaffRole,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::StaffRole,
        object_id: role.id.0,
        school_id: role.school_id,
    };
    let about = About {
        subject: Some(role.account_id),
        reason: Some(role.role.as_str()),
    };
    note(context, tx, actor, deed, about).await
}

fn read_new(
    context: &Context,
    new: &NewStaff<'_>,
) -> Result<(Phone, Role, StudentLimits), Refusal> {
    let mut errors = Vec::new();
    let phone = phone_field(context, new.phone, "/phone").map_err(|error| errors.push(error));
    let characters = new.name.trim().chars().count();
    if !(1..=NAME_LENGTH).contains(&characters) {
        let error = FieldError::new("/name", ProblemCode::StaffName);
        errors.push(error.with("max", NAME_LENGTH));
    }
    let role = Role::parse(new.role).filter(|role| role.is_of_school() == new.school_id.is_some());
    let limits = if let Some(role) = role {
        read_limits(role, new.limits.clone()).map_err(|error| errors.extend(error))
    } else {
        let fits = |role: &&Role| role.is_of_school() == new.school_id.is_some();
        let words: Vec<_> = Role::ALL
            .iter()
            .filter(fits)
            .map(|one| one.as_str())
            .collect();
        let error = FieldError::new("/role", ProblemCode::StaffRoleUnknown);
        errors.push(error.with("expected", words.join(", ")));
        Err(())
    };
    match (phone, role, limits) {
        (Ok(phone), Some(role), Ok(limits)) if errors.is_empty() => Ok((phone, role, limits)),
        _ => Err(Refusal::fields(errors)),
    }
}

/// Limits as they are kept: names without spaces around them, none empty, none twice.
fn read_limits(role: Role, typed: StudentLimits) -> Result<StudentLimits, Vec<FieldError>> {
    let read = |names: Vec<String>| {
        let mut names: Vec<String> = names
            .iter()
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let limits = StudentLimits {
        colleges: read(typed.colleges),
        classes: read(typed.classes),
    };
    let mut errors = Vec::new();
    for (pointer, names) in [
        ("/colleges", &limits.colleges),
        ("/classes", &limits.classes),
    ] {
        let is_fine = names.len() <= MOST_LIMITS && (role.is_of_school() || names.is_empty());
        if !is_fine {
            let most = if role.is_of_school() { MOST_LIMITS } else { 0 };
            let error = FieldError::new(pointer, ProblemCode::StaffLimits);
            errors.push(error.with("max", most));
        }
    }
    if errors.is_empty() {
        Ok(limits)
    } else {
        Err(errors)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn limits(colleges: &[&str], classes: &[&str]) -> StudentLimits {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        StudentLimits {
            colleges: owned(colleges),
            classes: owned(classes),
        }
    }

    fn role(is_of_school: bool) -> Role {
        let mut all = Role::ALL.iter().copied();
        all.find(|role| role.is_of_school() == is_of_school)
            .unwrap()
    }

    #[rstest]
    #[case::none(&[], &[])]
    #[case::blanks_around(&[" 文学院 "], &["文学院"])]
    #[case::empty(&["", " "], &[])]
    #[case::twice(&["文学院", "文学院 "], &["文学院"])]
    #[case::sorted(&["b", "a"], &["a", "b"])]
    fn limits_are_kept_in_order_and_once(#[case] typed: &[&str], #[case] kept: &[&str]) {
        let read = read_limits(role(true), limits(typed, typed));
        assert_eq!(read, Ok(limits(kept, kept)));
    }

    #[test]
    fn a_role_of_all_schools_has_no_limits() {
        let errors = read_limits(role(false), limits(&[], &["1班"])).unwrap_err();
        let error = FieldError::new("/classes", ProblemCode::StaffLimits);
        assert_eq!(errors, [error.with("max", 0)]);
        assert!(read_limits(role(false), limits(&[" "], &[])).is_ok());
    }

    #[rstest]
    #[case::most(MOST_LIMITS, true)]
    #[case::too_many(MOST_LIMITS + 1, false)]
    fn so_many_colleges_are_taken(#[case] count: usize, #[case] is_taken: bool) {
        let names: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(
            read_limits(role(true), limits(&names, &[])).is_ok(),
            is_taken
        );
    }
}
