//! What a member of staff may do, as they are told.

use chrono::{DateTime, Utc};
use domain::access::{Actor, Permission, Reach, StudentReach};
use domain::role::Role;
use domain::staff::{SecondFactorState, StaffRole};
use domain::{AccountId, ProblemCode, SchoolId, StaffRoleId};
use std::collections::HashMap;

use super::signed_in::grants;
use crate::session::Student;
use crate::{Context, Failure};

/// A member of staff, as they see themselves.
#[derive(Debug, Clone)]
pub struct StaffMe {
    /// The account.
    pub account_id: AccountId,
    /// How colleagues call them.
    pub name: String,
    /// How far their session is.
    pub second_factor: SecondFactorState,
    /// Until when what needs a fresh second factor is allowed; `None` before it was confirmed.
    pub fresh_until: Option<DateTime<Utc>>,
    /// How many recovery codes were not used.
    pub recovery_codes_left: usize,
    /// The roles.
    pub roles: Vec<HeldRole>,
    /// What the roles allow together.
    pub permissions: Vec<HeldPermission>,
}

/// A role that somebody holds.
#[derive(Debug, Clone)]
pub struct HeldRole {
    /// Its id.
    pub id: StaffRoleId,
    /// The role.
    pub role: Role,
    /// The school, with its name, where it holds for one.
    pub school: Option<(SchoolId, String)>,
    /// To which colleges it is limited.
    pub colleges: Vec<String>,
    /// To which classes it is limited.
    pub classes: Vec<String>,
}

/// A permission that somebody has.
#[derive(Debug, Clone)]
pub struct HeldPermission {
    /// The permission.
    pub permission: Permission,
    /// The schools for which they have it as a whole.
    pub reach: Reach,
    /// The schools of which they have it for some students only.
    pub partly: Vec<SchoolId>,
}

/// The member of staff who asks. It is told before the second factor is confirmed too, since pages decide by it.
///
/// # Errors
/// `session.role_required`.
pub async fn me(context: &Context, student: &Student) -> Result<StaffMe, Failure> {
    let (on, owner) = (context.store.reader(), student.account_id);
    let found = store::staff::signed_in(on, owner, student.family).await?;
    let roles = found.roles;
    let member = store::staff::member(on, owner).await?;
    let member = member.filter(|_| !roles.is_empty());
    let member = member.ok_or(ProblemCode::SessionRole)?;
    let session = found
        .session
        .filter(|session| !session.is_idle(context.now()));
    let second_factor = match (&session, member.confirmed_device()) {
        (Some(_), _) => SecondFactorState::Confirmed,
        (None, Some(_)) => SecondFactorState::Required,
        (None, None) => SecondFactorState::NotEnrolled,
    };
    let sealed = &member.name_sealed;
    Ok(StaffMe {
        account_id: owner,
        name: context
            .open_text("staff_members", "name_sealed", owner.0, sealed)
            .await?,
        second_factor,
        fresh_until: session.map(|session| session.fresh_until()),
        recovery_codes_left: store::staff::recovery_codes_left(on, owner).await?,
        permissions: permissions(owner, &roles),
        roles: held(context, roles).await?,
    })
}

/// Roles with the names of their schools.
pub(super) async fn held(
    context: &Context,
    roles: Vec<StaffRole>,
) -> Result<Vec<HeldRole>, Failure> {
    let ids: Vec<SchoolId> = roles.iter().filter_map(|role| role.school_id).collect();
    let schools = store::school::of_ids(context.store.reader(), &ids).await?;
    let names: HashMap<SchoolId, String> = schools
        .into_iter()
        .map(|school| (school.id, school.name))
        .collect();
    let held = roles.into_iter().map(|role| HeldRole {
        id: role.id,
        role: role.role,
        school: role
            .school_id
            .and_then(|id| names.get(&id).map(|name| (id, name.clone()))),
        colleges: role.limits.colleges,
        classes: role.limits.classes,
    });
    Ok(held.collect())
}

/// What roles allow together, in the order of the permissions.
pub(super) fn permissions(owner: AccountId, roles: &[StaffRole]) -> Vec<HeldPermission> {
    let actor = Actor::Staff {
        account_id: owner,
        grants: grants(roles),
    };
    let held = |permission: &Permission| {
        let reach = actor.require(*permission).ok()?;
        let students = actor.require_students(*permission).ok()?;
        let mut partly = match students {
            StudentReach::AllSchools => Vec::new(),
            StudentReach::Schools(schools) => schools
                .into_iter()
                .map(|one| one.school_id)
                .filter(|id| !reach.includes(*id))
                .collect(),
        };
        partly.sort_unstable();
        partly.dedup();
        Some(HeldPermission {
            permission: *permission,
            reach,
            partly,
        })
    };
    Permission::ALL.iter().filter_map(held).collect()
}
