//! Staff: roles, second factors and the sessions in which one was confirmed.

use chrono::{DateTime, Utc};
use domain::access::Reach;
use domain::page::{Page, PageRequest};
use domain::role::Role;
use domain::staff::{RecoveryCode, StaffMember, StaffRole, StaffSession, TotpDevice};
use domain::{AccountId, SchoolId, SessionId, StaffRoleId};
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationDef,
};

use crate::entity::{staff_member, staff_recovery_code, staff_role, staff_session};
use crate::keyset;
use crate::reach::within;
use crate::word::word;
use crate::{StoreError, Tx};

fn read_role(row: staff_role::Model) -> Result<StaffRole, StoreError> {
    let limits = serde_json::from_value(row.limits);
    Ok(StaffRole {
        id: StaffRoleId(row.id),
        account_id: AccountId(row.account_id),
        role: word("staff_roles.role", &row.role)?,
        school_id: row.school_id.map(SchoolId),
        limits: limits.map_err(|_| StoreError::corrupt("staff_roles.limits"))?,
        created_at: row.created_at,
        version: row.version,
    })
}

fn role_row(role: &StaffRole) -> staff_role::Model {
    staff_role::Model {
        id: role.id.0,
        account_id: role.account_id.0,
        role: role.role.as_str().to_owned(),
        school_id: role.school_id.map(|school| school.0),
        limits: serde_json::json!(role.limits),
        created_at: role.created_at,
        version: role.version,
    }
}

fn read_member(row: staff_member::Model) -> StaffMember {
    let (confirmed_at, last_step) = (row.totp_confirmed_at, row.totp_last_step);
    StaffMember {
        account_id: AccountId(row.account_id),
        name_sealed: row.name_sealed.into(),
        invited_at: row.invited_at,
        device: row.totp_secret_sealed.map(|secret| TotpDevice {
            secret_sealed: secret.into(),
            confirmed_at,
            last_step,
        }),
        tries_full_at: row.tries_full_at,
        version: row.version,
    }
}

fn member_row(member: &StaffMember) -> staff_member::Model {
    let device = member.device.as_ref();
    staff_member::Model {
        account_id: member.account_id.0,
        name_sealed: member.name_sealed.as_bytes().to_vec(),
        invited_at: member.invited_at,
        totp_secret_sealed: device.map(|device| device.secret_sealed.as_bytes().to_vec()),
        totp_confirmed_at: device.and_then(|device| device.confirmed_at),
        totp_last_step: device.and_then(|device| device.last_step),
        tries_full_at: member.tries_full_at,
        version: member.version,
    }
}

fn read_session(row: &staff_session::Model) -> StaffSession {
    StaffSession {
        family_id: SessionId(row.family_id),
        account_id: AccountId(row.account_id),
        confirmed_at: row.confirmed_at,
        last_seen_at: row.last_seen_at,
    }
}

/// Gives an account a role.
///
/// # Errors
/// [`StoreError::Conflict`] where it has that role already.
pub async fn grant_role(tx: &Tx, role: &StaffRole) -> Result<(), StoreError> {
    crate::row::insert(tx, role_row(role)).await
}

/// Replaces a role, whose lock the caller holds.
pub async fn save_role(tx: &Tx, role: &StaffRole) -> Result<(), StoreError> {
    crate::row::save(tx, role_row(role)).await
}

/// Takes a role away, whose lock the caller holds.
pub async fn delete_role(tx: &Tx, id: StaffRoleId) -> Result<(), StoreError> {
    staff_role::Entity::delete_by_id(id.0).exec(tx).await?;
    Ok(())
}

/// A role within reach. Roles of every school are within the reach of those only who see all schools.
pub async fn role(
    on: &impl ConnectionTrait,
    id: StaffRoleId,
    reach: &Reach,
) -> Result<Option<StaffRole>, StoreError> {
    let found = staff_role::Entity::find_by_id(id.0)
        .filter(within(staff_role::Column::SchoolId, reach))
        .one(on);
    found.await?.map(read_role).transpose()
}

/// As [`role`], locked until `tx` ends.
pub async fn lock_role(
    tx: &Tx,
    id: StaffRoleId,
    reach: &Reach,
) -> Result<Option<StaffRole>, StoreError> {
    let found = staff_role::Entity::find_by_id(id.0)
        .filter(within(staff_role::Column::SchoolId, reach))
        .lock_exclusive()
        .one(tx);
    found.await?.map(read_role).transpose()
}

/// Roles of a school, or with `None` those of every school, the newest first.
pub async fn roles_in(
    on: &impl ConnectionTrait,
    school: Option<SchoolId>,
    page: &PageRequest<StaffRoleId>,
) -> Result<Page<StaffRole>, StoreError> {
    use staff_role::Column;
    let query = staff_role::Entity::find().filter(match school {
        Some(school) => Column::SchoolId.eq(school.0),
        None => Column::SchoolId.is_null(),
    });
    let rows = keyset::newest_first(query, Column::Id, page)
        .all(on)
        .await?;
    let roles = rows.into_iter().map(read_role).collect::<Result<_, _>>()?;
    Ok(page.page(roles, |role: &StaffRole| role.id))
}

/// The members of staff of these accounts.
pub async fn members(
    on: &impl ConnectionTrait,
    owners: &[AccountId],
) -> Result<Vec<StaffMember>, StoreError> {
    let ids = owners.iter().map(|owner| owner.0);
    let found = staff_member::Entity::find().filter(staff_member::Column::AccountId.is_in(ids));
    Ok(found.all(on).await?.into_iter().map(read_member).collect())
}

/// The roles of an account, the oldest first.
pub async fn roles(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Vec<StaffRole>, StoreError> {
    let found = staff_role::Entity::find()
        .filter(staff_role::Column::AccountId.eq(owner.0))
        .order_by_asc(staff_role::Column::Id)
        .all(on);
    found.await?.into_iter().map(read_role).collect()
}

/// Who a session speaks for, as each request of staff asks.
#[derive(Debug, Clone)]
pub struct SignedInStaff {
    /// The roles of the account, the oldest first; none where it is no member of staff.
    pub roles: Vec<StaffRole>,
    /// The session, where the second factor was confirmed in it.
    pub session: Option<StaffSession>,
}

/// The roles of an account, and one of its sessions if the second factor was confirmed in it: in one statement.
pub async fn signed_in(
    on: &impl ConnectionTrait,
    owner: AccountId,
    family: SessionId,
) -> Result<SignedInStaff, StoreError> {
    let session: RelationDef = staff_role::Entity::belongs_to(staff_session::Entity)
        .from(staff_role::Column::AccountId)
        .to(staff_session::Column::AccountId)
        .into();
    let of_family = session.on_condition(move |_, sessions| {
        let column = Expr::col((sessions, staff_session::Column::FamilyId));
        column.eq(family.0).into_condition()
    });
    let found = staff_role::Entity::find()
        .join(JoinType::LeftJoin, of_family)
        .select_also(staff_session::Entity)
        .filter(staff_role::Column::AccountId.eq(owner.0))
        .order_by_asc(staff_role::Column::Id)
        .all(on)
        .await?;
    let session = found.first().and_then(|(_, session)| session.as_ref());
    Ok(SignedInStaff {
        session: session.map(read_session),
        roles: found
            .into_iter()
            .map(|(role, _)| read_role(role))
            .collect::<Result<_, _>>()?,
    })
}

/// Whether the account has a staff role, in whichever school.
pub async fn is_staff(on: &impl ConnectionTrait, owner: AccountId) -> Result<bool, StoreError> {
    let found = staff_role::Entity::find()
        .filter(staff_role::Column::AccountId.eq(owner.0))
        .one(on);
    Ok(found.await?.is_some())
}

/// The roles of one kind that are held for a school, the oldest first.
pub async fn holders(
    on: &impl ConnectionTrait,
    role: Role,
    school: SchoolId,
) -> Result<Vec<StaffRole>, StoreError> {
    let found = staff_role::Entity::find()
        .filter(staff_role::Column::Role.eq(role.as_str()))
        .filter(staff_role::Column::SchoolId.eq(school.0))
        .order_by_asc(staff_role::Column::Id)
        .all(on);
    found.await?.into_iter().map(read_role).collect()
}

/// The operators.
pub async fn operators(on: &impl ConnectionTrait) -> Result<Vec<StaffRole>, StoreError> {
    let found = staff_role::Entity::find()
        .filter(staff_role::Column::Role.eq(Role::Operator.as_str()))
        .order_by_asc(staff_role::Column::Id)
        .all(on);
    found.await?.into_iter().map(read_role).collect()
}

/// The operators, each locked until `tx` ends, so that of two who are removed at once one sees the other.
pub async fn lock_operators(tx: &Tx) -> Result<Vec<StaffRole>, StoreError> {
    let found = staff_role::Entity::find()
        .filter(staff_role::Column::Role.eq(Role::Operator.as_str()))
        .order_by_asc(staff_role::Column::Id)
        .lock_exclusive()
        .all(tx);
    found.await?.into_iter().map(read_role).collect()
}

/// Adds a member of staff.
///
/// # Errors
/// [`StoreError::Conflict`] where the account is one already.
pub async fn insert_member(tx: &Tx, member: &StaffMember) -> Result<(), StoreError> {
    crate::row::insert(tx, member_row(member)).await
}

/// Replaces a member of staff, whose lock the caller holds.
pub async fn save_member(tx: &Tx, member: &StaffMember) -> Result<(), StoreError> {
    crate::row::save(tx, member_row(member)).await
}

/// The member of staff of an account.
pub async fn member(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<Option<StaffMember>, StoreError> {
    let found = staff_member::Entity::find_by_id(owner.0).one(on);
    Ok(found.await?.map(read_member))
}

/// The member of staff of an account, locked until `tx` ends.
pub async fn lock_member(tx: &Tx, owner: AccountId) -> Result<Option<StaffMember>, StoreError> {
    let found = staff_member::Entity::find_by_id(owner.0)
        .lock_exclusive()
        .one(tx);
    Ok(found.await?.map(read_member))
}

/// Replaces all recovery codes of an account; the caller holds the member's lock.
pub async fn replace_recovery_codes(
    tx: &Tx,
    owner: AccountId,
    codes: &[RecoveryCode],
) -> Result<(), StoreError> {
    staff_recovery_code::Entity::delete_many()
        .filter(staff_recovery_code::Column::AccountId.eq(owner.0))
        .exec(tx)
        .await?;
    let rows = codes.iter().map(|code| {
        let row = staff_recovery_code::Model {
            id: code.id.0,
            account_id: code.account_id.0,
            code_hash: code.code_hash.as_bytes().to_vec(),
            created_at: code.created_at,
            used_at: code.used_at,
        };
        row.into_active_model().reset_all()
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        staff_recovery_code::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Uses a recovery code of an account up; whether there was one that was not used before.
pub async fn use_recovery_code(
    tx: &Tx,
    owner: AccountId,
    code_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    use staff_recovery_code::{Column, Entity};
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::CodeHash.eq(code_hash))
        .filter(Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// How many recovery codes of an account were not used.
pub async fn recovery_codes_left(
    on: &impl ConnectionTrait,
    owner: AccountId,
) -> Result<usize, StoreError> {
    use staff_recovery_code::{Column, Entity};
    let found = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::UsedAt.is_null())
        .all(on);
    Ok(found.await?.len())
}

/// The confirmed second factor of a session, if there is one.
pub async fn session(
    on: &impl ConnectionTrait,
    owner: AccountId,
    family: SessionId,
) -> Result<Option<StaffSession>, StoreError> {
    let found = staff_session::Entity::find_by_id(family.0)
        .filter(staff_session::Column::AccountId.eq(owner.0))
        .one(on);
    Ok(found.await?.as_ref().map(read_session))
}

/// Notes that the second factor was confirmed in a session, and forgets sessions of its account in which that was done before
/// a moment.
pub async fn confirm_session(
    tx: &Tx,
    session: &StaffSession,
    forget_before: DateTime<Utc>,
) -> Result<(), StoreError> {
    use staff_session::{Column, Entity, Model};
    Entity::delete_many()
        .filter(Column::AccountId.eq(session.account_id.0))
        .filter(Column::ConfirmedAt.lt(forget_before))
        .exec(tx)
        .await?;
    let row = Model {
        family_id: session.family_id.0,
        account_id: session.account_id.0,
        confirmed_at: session.confirmed_at,
        last_seen_at: session.last_seen_at,
    };
    let again = OnConflict::column(Column::FamilyId)
        .update_columns([Column::ConfirmedAt, Column::LastSeenAt])
        .to_owned();
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Notes that a request came in a session.
pub async fn see_session(
    on: &impl ConnectionTrait,
    family: SessionId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    use staff_session::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::LastSeenAt, Expr::value(now))
        .filter(Column::FamilyId.eq(family.0))
        .exec(on)
        .await?;
    Ok(())
}

/// Deletes what an account has as staff.
pub async fn delete_own(tx: &Tx, owner: AccountId) -> Result<(), StoreError> {
    staff_role::Entity::delete_many()
        .filter(staff_role::Column::AccountId.eq(owner.0))
        .exec(tx)
        .await?;
    staff_session::Entity::delete_many()
        .filter(staff_session::Column::AccountId.eq(owner.0))
        .exec(tx)
        .await?;
    replace_recovery_codes(tx, owner, &[]).await?;
    staff_member::Entity::delete_many()
        .filter(staff_member::Column::AccountId.eq(owner.0))
        .exec(tx)
        .await?;
    Ok(())
}
