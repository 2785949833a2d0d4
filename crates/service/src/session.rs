//! Sessions: access tokens that prove themselves, refresh tokens that change at every use.

mod learn;
mod list;
mod revocation;
mod student;
mod token;

pub use learn::learn;
pub use list::{OpenSession, end_all, end_one, end_others, list};
pub use revocation::Revocations;
pub use student::{Student, TokenPair};
pub use token::Tokens;

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::audit::{AuditAction, AuditExemption, AuditObject};
use domain::session::{
    MAX_SESSIONS, Presented, REFRESH_LIFETIME, RefreshToken, Rotation, SessionEndReason,
    TokenSuccessor, rotation, session_end,
};
use domain::{AccountId, ClientDevice, ProblemCode, SessionId};
use providers::keys::{is_same, sha256, successor_token};
use store::Tx;
use store::audit::Audited;

use crate::audit::{self, Deed};
use crate::{Context, Failure};

/// A session that was opened.
#[derive(Debug)]
pub(crate) struct Begun {
    /// Its tokens.
    pub(crate) tokens: TokenPair,
    /// Older sessions that ended because there were too many: to be added to the revocations after the commit.
    pub(crate) ended: Vec<SessionId>,
}

/// What stays the same in a family.
#[derive(Debug, Clone, Copy)]
struct Family {
    student: Student,
    began_at: DateTime<Utc>,
    device: ClientDevice,
}

impl Family {
    fn of(token: &RefreshToken) -> Self {
        Self {
            student: Student {
                account_id: token.account_id,
                family: token.family_id,
            },
            began_at: token.family_began_at,
            device: token.device,
        }
    }
}

/// A refresh token that is to be issued.
struct NewToken {
    /// The token itself.
    text: String,
    /// The token that is exchanged for it.
    follows: Option<Exchanged>,
}

/// A refresh token that is exchanged now.
struct Exchanged {
    id: SessionId,
    /// Together with the exchanged token it gives the new one again.
    salt: [u8; SALT_LENGTH],
}

/// The length of a salt in bytes.
const SALT_LENGTH: usize = 32;

/// Who an access token speaks for.
///
/// # Errors
/// `session.required` where it is missing, wrong, too old or its session has ended.
pub fn authenticate(context: &Context, access: Option<&str>) -> Result<Student, Failure> {
    let student = access.and_then(|token| context.tokens.verify(token, context.now()));
    student
        .filter(|student| !context.revocations.contains(student.family))
        .ok_or_else(|| ProblemCode::SessionRequired.into())
}

/// Opens a session in its own family. Beyond [`MAX_SESSIONS`] the ones that were refreshed longest ago end.
pub(crate) async fn begin(
    context: &Context,
    tx: &Tx,
    account: AccountId,
    device: ClientDevice,
) -> Result<Begun, Failure> {
    let ended = end_oldest(context, tx, account).await?;
    let family = Family {
        student: Student {
            account_id: account,
            family: context.new_id(SessionId::new),
        },
        began_at: context.now(),
        device,
    };
    let token = NewToken {
        text: BASE64URL_NOPAD.encode(&context.random_bytes::<32>()),
        follows: None,
    };
    Ok(Begun {
        tokens: issue(context, tx, family, token).await?,
        ended,
    })
}

async fn end_oldest(
    context: &Context,
    tx: &Tx,
    account: AccountId,
) -> Result<Vec<SessionId>, Failure> {
    let now = context.now();
    let live = store::session::live(tx, account, now).await?;
    let surplus = live.iter().skip(MAX_SESSIONS - 1);
    let mut ended: Vec<SessionId> = surplus.map(|newest| newest.family_id).collect();
    ended.sort_unstable();
    for family in &ended {
        let reason = SessionEndReason::TooMany;
        store::session::end_family(tx, account, *family, reason, now).await?;
    }
    Ok(ended)
}

/// Stores a refresh token and makes the pair.
async fn issue(
    context: &Context,
    tx: &Tx,
    family: Family,
    new: NewToken,
) -> Result<TokenPair, Failure> {
    let now = context.now();
    let account = family.student.account_id;
    let is_staff = store::staff::is_staff(tx, account).await?;
    let ends_at = session_end(family.began_at, is_staff);
    let token = RefreshToken {
        id: context.new_id(SessionId::new),
        account_id: account,
        family_id: family.student.family,
        refresh_hash: sha256(new.text.as_bytes()).into(),
        created_at: now,
        successor: None,
        family_began_at: family.began_at,
        expires_at: ends_at.min(now + REFRESH_LIFETIME),
        device: family.device,
    };
    store::session::insert(tx, &token).await?;
    if let Some(exchanged) = new.follows {
        let successor = TokenSuccessor {
            id: token.id,
            salt: Some(exchanged.salt.to_vec()),
        };
        store::session::mark_rotated(tx, exchanged.id, successor, now).await?;
    }
    pair(context, &token, new.text)
}

/// The pair of a stored refresh token. The access token does not outlive the session.
fn pair(context: &Context, token: &RefreshToken, refresh: String) -> Result<TokenPair, Failure> {
    let now = context.now();
    let student = Family::of(token).student;
    let access = context.tokens.sign(student, now, token.expires_at)?;
    Ok(TokenPair {
        access: access.into(),
        refresh: refresh.into(),
        lifetime: token.expires_at - now,
    })
}

/// Exchanges a refresh token for the next pair. Until the successor is exchanged in turn, the old token gives the same
/// successor again; after that it ends its family.
///
/// # Errors
/// `session.required`.
pub async fn refresh(context: &Context, refresh: Option<&str>) -> Result<TokenPair, Failure> {
    let refresh = refresh.ok_or(ProblemCode::SessionRequired)?;
    let hash = sha256(refresh.as_bytes());
    // An invented token must not wait for the writer.
    let known = store::session::by_hash(context.store.reader(), &hash).await?;
    let known = known.ok_or(ProblemCode::SessionRequired)?;
    let tx = context.store.begin().await?;
    store::session::lock_family(&tx, known.family_id).await?;
    let token = store::session::by_hash(&tx, &hash).await?;
    let token = token.ok_or(ProblemCode::SessionRequired)?;
    let family = Family::of(&token);
    match rotation(presented(&tx, &token, context.now()).await?, context.now()) {
        Rotation::Rotate => {
            let salt = context.random_bytes();
            let new = NewToken {
                text: successor(refresh, &salt),
                follows: Some(Exchanged { id: token.id, salt }),
            };
            let tokens = issue(context, &tx, family, new).await?;
            store::commit(tx, AuditExemption::SessionRefresh).await?;
            Ok(tokens)
        }
        Rotation::RepeatSuccessor => repeat(context, &tx, &token, refresh).await,
        Rotation::EndFamily => {
            let student = family.student;
            let why = SessionEnd {
                action: AuditAction::TokenReuseDetected,
                reason: SessionEndReason::RefreshReused,
            };
            end(context, tx, &student, student.family, why).await?;
            tracing::warn!(session.family = %student.family, "An old refresh token was used again: its session ends");
            Err(ProblemCode::SessionRequired.into())
        }
        Rotation::Refuse => Err(ProblemCode::SessionRequired.into()),
    }
}

fn successor(refresh: &str, salt: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&successor_token(refresh.as_bytes(), salt))
}

async fn presented(
    tx: &Tx,
    token: &RefreshToken,
    now: DateTime<Utc>,
) -> Result<Presented, Failure> {
    let account = token.account_id;
    let has_ended = store::session::has_ended(tx, account, token.family_id).await?;
    let is_active = store::account::is_active(tx, account).await?;
    let is_idle = is_idle(tx, token, now).await?;
    Ok(Presented {
        expires_at: token.expires_at,
        successor: token.successor_use(),
        is_revoked: has_ended || !is_active || is_idle,
    })
}

/// Whether it is a session of staff in which nothing happened for too long. A refresh is something: pages refresh while they
/// are used.
async fn is_idle(tx: &Tx, token: &RefreshToken, now: DateTime<Utc>) -> Result<bool, Failure> {
    let session = store::staff::session(tx, token.account_id, token.family_id).await?;
    let Some(session) = session else {
        return Ok(false);
    };
    let is_idle = session.is_idle(now);
    if !is_idle && session.must_be_seen(now) {
        store::staff::see_session(tx, session.family_id, now).await?;
    }
    Ok(is_idle)
}

/// The pair of the successor that was issued already, with a new access token.
async fn repeat(
    context: &Context,
    tx: &Tx,
    old: &RefreshToken,
    refresh: &str,
) -> Result<TokenPair, Failure> {
    let lost = || Failure::Fault("the successor of a refresh token cannot be given again");
    let known = old.successor.as_ref().ok_or_else(lost)?;
    let token = store::session::get(tx, old.account_id, known.id).await?;
    let token = token.ok_or_else(lost)?;
    let salt = known.salt.as_deref().ok_or_else(lost)?;
    let text = successor(refresh, salt);
    if !is_same(&sha256(text.as_bytes()), token.refresh_hash.as_bytes()) {
        return Err(lost());
    }
    pair(context, &token, text)
}

/// Ends the session that asks.
pub async fn log_out(context: &Context, student: &Student) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let why = SessionEnd {
        action: AuditAction::SessionEnded,
        reason: SessionEndReason::LoggedOut,
    };
    end(context, tx, student, student.family, why).await
}

/// Why a session ends.
#[derive(Debug, Clone, Copy)]
struct SessionEnd {
    /// What the audit log notes.
    action: AuditAction,
    /// What the session's row keeps.
    reason: SessionEndReason,
}

/// Ends a family of the student's and notes it.
async fn end(
    context: &Context,
    tx: Tx,
    student: &Student,
    family: SessionId,
    why: SessionEnd,
) -> Result<(), Failure> {
    let (account, now) = (student.account_id, context.now());
    store::session::end_family(&tx, account, family, why.reason, now).await?;
    let audited = note(context, &tx, student, why.action, family).await?;
    store::commit(tx, audited).await?;
    context.revocations.add([family], now);
    Ok(())
}

/// Notes what happened to a session.
async fn note(
    context: &Context,
    tx: &Tx,
    student: &Student,
    action: AuditAction,
    family: SessionId,
) -> Result<Audited, Failure> {
    let deed = Deed {
        action,
        object: AuditObject::Session,
        object_id: family.0,
        school_id: None,
    };
    audit::by_owner(context, tx, student, deed).await
}
