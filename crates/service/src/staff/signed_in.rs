//! Whether a request comes from staff whose session is complete.

use chrono::{DateTime, Utc};
use domain::access::{Actor, StaffGrant};
use domain::audit::AuditExemption;
use domain::session::SessionEndReason;
use domain::staff::{FRESH_FOR, IDLE_LIMIT, StaffRole, StaffSession};
use domain::{ProblemCode, Refusal, SessionId};

use crate::session::Student;
use crate::{Context, Failure};

/// A member of staff whose session is complete.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who acts.
    pub actor: Actor,
    /// The account and the session.
    pub student: Student,
    /// Until when what needs a fresh second factor is allowed.
    pub fresh_until: DateTime<Utc>,
}

impl SignedIn {
    /// Makes sure that the second factor was confirmed lately.
    ///
    /// # Errors
    /// `staff.fresh_code_required`.
    pub fn require_fresh(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        if now < self.fresh_until {
            return Ok(());
        }
        let refusal = Refusal::from(ProblemCode::StaffFreshCode);
        Err(refusal.with("minutes", FRESH_FOR.num_minutes()))
    }
}

/// The member of staff for whom a session speaks. A session that was idle for too long ends.
///
/// # Errors
/// `session.role_required` where the account has no role, `staff.second_factor_required`, `staff.session_idle`.
pub async fn sign_in(context: &Context, student: &Student) -> Result<SignedIn, Failure> {
    let on = context.store.reader();
    let found = store::staff::signed_in(on, student.account_id, student.family).await?;
    if found.roles.is_empty() {
        return Err(ProblemCode::SessionRole.into());
    }
    let session = found.session.ok_or(ProblemCode::StaffSecondFactor)?;
    keep_alive(context, &session).await?;
    Ok(SignedIn {
        actor: Actor::Staff {
            account_id: student.account_id,
            grants: grants(&found.roles),
        },
        student: *student,
        fresh_until: session.fresh_until(),
    })
}

/// Roles as grants.
pub(super) fn grants(roles: &[StaffRole]) -> Vec<StaffGrant> {
    roles.iter().map(StaffRole::grant).collect()
}

async fn keep_alive(context: &Context, session: &StaffSession) -> Result<(), Failure> {
    let now = context.now();
    if session.is_idle(now) {
        end_idle(context, session, now).await?;
        let refusal = Refusal::from(ProblemCode::StaffIdle);
        return Err(refusal.with("minutes", IDLE_LIMIT.num_minutes()).into());
    }
    if session.must_be_seen(now) {
        let tx = context.store.begin().await?;
        store::staff::see_session(&tx, session.family_id, now).await?;
        store::commit(tx, AuditExemption::SessionRefresh).await?;
    }
    Ok(())
}

async fn end_idle(
    context: &Context,
    session: &StaffSession,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let family: SessionId = session.family_id;
    let tx = context.store.begin().await?;
    let reason = SessionEndReason::Idle;
    store::session::end_family(&tx, session.account_id, family, reason, now).await?;
    store::commit(tx, AuditExemption::Rule).await?;
    context.revocations.add([family], now);
    Ok(())
}
