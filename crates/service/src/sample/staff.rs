//! Sample staff for demonstrations and tests. Their authenticator's secret is public, so never in production.

use std::fmt;

use domain::access::StudentLimits;
use domain::audit::AuditExemption;
use domain::role::Role;
use domain::staff::{StaffMember, StaffRole, StaffSession, TotpDevice};
use domain::{AccountId, Lang, Phone, SchoolId, SessionId, StaffRoleId, fold};
use providers::totp::TotpSecret;
use store::Tx;

use crate::login::account_of;
use crate::vault::{Purpose, Scope, Sealer};
use crate::{Context, Failure};

/// The secret of every sample authenticator.
const SECRET: &[u8; 20] = b"gradphoto sample key";

/// A sample member of staff: what to type to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleStaff {
    /// The phone.
    pub phone: &'static str,
    /// How colleagues call them.
    pub name: &'static str,
    /// The role.
    pub role: Role,
    /// The school's name, where it holds for one.
    pub school_name: Option<&'static str>,
}

/// The sample staff.
const STAFF: &[SampleStaff] = &[
    SampleStaff {
        phone: "13900000001",
        name: "钱运营",
        role: Role::Operator,
        school_name: None,
    },
    SampleStaff {
        phone: "13900000002",
        name: "孙老师",
        role: Role::Officer,
        school_name: Some("北京大学医学部"),
    },
];

/// Those who review the photos that wait.
const REVIEWERS: &[SampleStaff] = &[
    SampleStaff {
        phone: "13900000003",
        name: "周审核",
        role: Role::BureauReviewer,
        school_name: None,
    },
    SampleStaff {
        phone: "13900000004",
        name: "吴老师",
        role: Role::SchoolReviewer,
        school_name: Some("样例师范大学"),
    },
];

impl SampleStaff {
    /// What to type into an authenticator app, in base 32.
    pub fn secret() -> String {
        secret().map_or_else(String::new, |secret| secret.to_base32())
    }
}

/// As the command line lists it.
impl fmt::Display for SampleStaff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let school = self.school_name.unwrap_or("所有学校");
        let (phone, role) = (self.phone, self.role.label().zh);
        write!(f, "{phone} · {} · {role} · {school}", self.name)
    }
}

/// A role that a sample account is to hold.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The account.
    pub account_id: AccountId,
    /// The role.
    pub role: Role,
    /// The school, for a role of one.
    pub school_id: Option<SchoolId>,
}

/// Loads the sample staff and tells who can log in. The sample schools are there already.
pub async fn load_staff(context: &Context) -> Result<&'static [SampleStaff], Failure> {
    load_all(context, STAFF).await
}

/// Loads the sample reviewers. Their school came with [`super::load_waiting_photos`].
pub async fn load_reviewers(context: &Context) -> Result<&'static [SampleStaff], Failure> {
    load_all(context, REVIEWERS).await
}

async fn load_all(
    context: &Context,
    staff: &'static [SampleStaff],
) -> Result<&'static [SampleStaff], Failure> {
    for sample in staff {
        let school = match sample.school_name {
            Some(name) => {
                let folded = fold(name);
                let found = store::school::called(context.store.reader(), &folded).await?;
                let found = found.into_iter().find(|one| one.name_folded == folded);
                Some(
                    found
                        .ok_or(Failure::Fault("a sample school is missing"))?
                        .id,
                )
            }
            None => None,
        };
        let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
        let tx = context.store.begin().await?;
        let phone = Phone::from_e164(&format!("+86{}", sample.phone));
        let phone = phone.ok_or(Failure::Fault("a sample phone is none"))?;
        let (owner, _) = account_of(context, &tx, &sealer, &phone, Lang::Zh).await?;
        let held = Held {
            account_id: owner,
            role: sample.role,
            school_id: school,
        };
        hold_in(context, &tx, &sealer, held, sample.name).await?;
        if store::staff::recovery_codes_left(&tx, owner).await? == 0 {
            // Nobody is told them; without any the console warns that they are used up.
            crate::staff::replace_codes(context, &tx, owner).await?;
        }
        store::commit(tx, AuditExemption::SampleData).await?;
    }
    Ok(staff)
}

/// Gives an account a role and the sample authenticator; one that it has stays as it is. Returns the role.
pub async fn hold(context: &Context, held: Held) -> Result<StaffRoleId, Failure> {
    let sealer = context.sealer(Scope::Platform, Purpose::Person).await?;
    let tx = context.store.begin().await?;
    let id = hold_in(context, &tx, &sealer, held, "示例人员").await?;
    store::commit(tx, AuditExemption::SampleData).await?;
    Ok(id)
}

async fn hold_in(
    context: &Context,
    tx: &Tx,
    sealer: &Sealer,
    held: Held,
    name: &str,
) -> Result<StaffRoleId, Failure> {
    let owner = held.account_id;
    let seal = |column, plain: &[u8]| sealer.seal("staff_members", column, owner.0, plain);
    if store::staff::member(tx, owner).await?.is_none() {
        let member = StaffMember {
            account_id: owner,
            name_sealed: seal("name_sealed", name.as_bytes())?.into(),
            invited_at: context.now(),
            device: Some(TotpDevice {
                secret_sealed: seal("totp_secret_sealed", SECRET)?.into(),
                confirmed_at: Some(context.now()),
                last_step: None,
            }),
            tries_full_at: None,
            version: 1,
        };
        store::staff::insert_member(tx, &member).await?;
    }
    let roles = store::staff::roles(tx, owner).await?;
    let is_held = |one: &&StaffRole| one.role == held.role && one.school_id == held.school_id;
    if let Some(role) = roles.iter().find(is_held) {
        return Ok(role.id);
    }
    let role = StaffRole {
        id: context.new_id(StaffRoleId::new),
        account_id: owner,
        role: held.role,
        school_id: held.school_id,
        limits: StudentLimits::default(),
        created_at: context.now(),
        version: 1,
    };
    store::staff::grant_role(tx, &role).await?;
    Ok(role.id)
}

/// Confirms the second factor of a session, as a code of the sample authenticator would.
pub async fn confirm_session(
    context: &Context,
    account_id: AccountId,
    family_id: SessionId,
) -> Result<(), Failure> {
    let now = context.now();
    let session = StaffSession {
        family_id,
        account_id,
        confirmed_at: now,
        last_seen_at: now,
    };
    let tx = context.store.begin().await?;
    store::staff::confirm_session(&tx, &session, now).await?;
    Ok(store::commit(tx, AuditExemption::SampleData).await?)
}

/// The code that every sample authenticator shows now.
pub fn code_now(context: &Context) -> Option<String> {
    secret()?.code_at(context.now())
}

fn secret() -> Option<TotpSecret> {
    TotpSecret::from_bytes(SECRET.to_vec())
}
