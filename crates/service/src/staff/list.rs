//! Who holds which role: the staff of a school, and those of every school.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::account::Account;
use domain::page::{Page, PageRequest};
use domain::role::Role;
use domain::staff::{InvitationState, StaffMember, StaffRole, may_manage};
use domain::{AccountId, ProblemCode, SchoolId, StaffRoleId};

use super::me::{HeldPermission, permissions};
use crate::me::phone_of;
use crate::{Context, Failure};

/// A role and who holds it.
#[derive(Debug, Clone)]
pub struct StaffEntry {
    /// The role.
    pub id: StaffRoleId,
    /// The account.
    pub account_id: AccountId,
    /// How colleagues call them.
    pub name: String,
    /// The phone, masked.
    pub phone: String,
    /// What it allows.
    pub role: Role,
    /// The school it holds for; `None` for every school.
    pub school_id: Option<SchoolId>,
    /// To which colleges it is limited.
    pub colleges: Vec<String>,
    /// To which classes it is limited.
    pub classes: Vec<String>,
    /// Whether the person has taken it up.
    pub state: InvitationState,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// Changes with every change.
    pub version: i32,
}

/// The staff of a school, or with `None` those who hold a role for every school, the newest roles first.
///
/// # Errors
/// `staff.unknown` for a school out of reach.
pub async fn list(
    context: &Context,
    reach: &Reach,
    school_id: Option<SchoolId>,
    page: &PageRequest<StaffRoleId>,
) -> Result<Page<StaffEntry>, Failure> {
    if !may_manage(reach, school_id) {
        return Err(ProblemCode::StaffUnknown.into());
    }
    let on = context.store.reader();
    let found = store::staff::roles_in(on, school_id, page).await?;
    Ok(Page {
        items: entries(context, found.items).await?,
        next: found.next,
    })
}

/// What the holder of a role may do, with all their roles together.
///
/// # Errors
/// `staff.unknown`.
pub async fn permissions_of(
    context: &Context,
    reach: &Reach,
    id: &str,
) -> Result<Vec<HeldPermission>, Failure> {
    let id: StaffRoleId = id.parse().map_err(|_| ProblemCode::StaffUnknown)?;
    let on = context.store.reader();
    let role = store::staff::role(on, id, reach).await?;
    let role = role.ok_or(ProblemCode::StaffUnknown)?;
    let mut held = store::staff::roles(on, role.account_id).await?;
    // What the person may do elsewhere is nobody's business here.
    held.retain(|one| may_manage(reach, one.school_id));
    Ok(permissions(role.account_id, &held))
}

/// One role with who holds it.
pub(super) async fn entry(context: &Context, role: StaffRole) -> Result<StaffEntry, Failure> {
    let entries = entries(context, vec![role]).await?;
    let only = entries.into_iter().next();
    only.ok_or(Failure::Fault("a role has no member of staff"))
}

async fn entries(context: &Context, roles: Vec<StaffRole>) -> Result<Vec<StaffEntry>, Failure> {
    let on = context.store.reader();
    let owners: Vec<AccountId> = roles.iter().map(|role| role.account_id).collect();
    let members = store::staff::members(on, &owners).await?;
    let members: HashMap<AccountId, StaffMember> = members
        .into_iter()
        .map(|member| (member.account_id, member))
        .collect();
    let accounts = store::account::of_ids(on, &owners).await?;
    let accounts: HashMap<AccountId, Account> = accounts
        .into_iter()
        .map(|account| (account.id, account))
        .collect();
    let mut entries = Vec::with_capacity(roles.len());
    for role in roles {
        let owner = role.account_id;
        if let (Some(member), Some(account)) = (members.get(&owner), accounts.get(&owner)) {
            let sealed = &member.name_sealed;
            entries.push(StaffEntry {
                id: role.id,
                account_id: owner,
                name: context
                    .open_text("staff_members", "name_sealed", owner.0, sealed)
                    .await?,
                phone: phone_of(context, account).await?.masked(),
                role: role.role,
                school_id: role.school_id,
                colleges: role.limits.colleges,
                classes: role.limits.classes,
                state: member.invitation(context.now()),
                created_at: role.created_at,
                version: role.version,
            });
        }
    }
    Ok(entries)
}
