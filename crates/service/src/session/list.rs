//! Where an account is logged in, and ending that.

use chrono::{DateTime, Utc};
use domain::audit::AuditAction;
use domain::session::SessionEndReason;
use domain::{ClientDevice, ProblemCode, SessionId};

use super::student::Student;
use super::{SessionEnd, end, note};
use crate::{Context, Failure};

/// A session that has not ended.
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// Its id.
    pub id: SessionId,
    /// With what it was opened.
    pub device: ClientDevice,
    /// When it was opened.
    pub began_at: DateTime<Utc>,
    /// When it was last refreshed, which happens every ten minutes of use.
    pub last_used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// The student's sessions, the last used first; at most [`domain::session::MAX_SESSIONS`].
pub async fn list(context: &Context, student: &Student) -> Result<Vec<OpenSession>, Failure> {
    let on = context.store.reader();
    let live = store::session::live(on, student.account_id, context.now()).await?;
    let open = live.iter().map(|newest| OpenSession {
        id: newest.family_id,
        device: newest.device,
        began_at: newest.family_began_at,
        last_used_at: newest.created_at,
        is_current: newest.family_id == student.family,
    });
    Ok(open.collect())
}

/// Ends one of the student's sessions; whether it was the one that asks.
///
/// # Errors
/// `session.unknown` where it has ended, or is somebody else's.
pub async fn end_one(context: &Context, student: &Student, id: &str) -> Result<bool, Failure> {
    let id: SessionId = id.parse().map_err(|_| ProblemCode::SessionUnknown)?;
    let tx = context.store.begin().await?;
    let live = store::session::live(&tx, student.account_id, context.now()).await?;
    if !live.iter().any(|newest| newest.family_id == id) {
        return Err(ProblemCode::SessionUnknown.into());
    }
    let why = SessionEnd {
        action: AuditAction::SessionEnded,
        reason: SessionEndReason::EndedByOwner,
    };
    end(context, tx, student, id, why).await?;
    Ok(id == student.family)
}

/// Ends all of the student's sessions except the one that asks.
pub async fn end_others(context: &Context, student: &Student) -> Result<(), Failure> {
    end_many(
        context,
        student,
        Some(student.family),
        AuditAction::OtherSessionsEnded,
    )
    .await
}

/// Ends all of the student's sessions.
pub async fn end_all(context: &Context, student: &Student) -> Result<(), Failure> {
    end_many(context, student, None, AuditAction::AllSessionsEnded).await
}

async fn end_many(
    context: &Context,
    student: &Student,
    kept: Option<SessionId>,
    action: AuditAction,
) -> Result<(), Failure> {
    let (owner, now) = (student.account_id, context.now());
    let tx = context.store.begin().await?;
    let reason = SessionEndReason::EndedByOwner;
    let families = store::session::end_all_but(&tx, owner, kept, reason, now).await?;
    let audited = note(context, &tx, student, action, student.family).await?;
    store::commit(tx, audited).await?;
    context.revocations.add(families, now);
    Ok(())
}
