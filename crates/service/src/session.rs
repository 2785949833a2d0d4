//! Sessions: access tokens that prove themselves, refresh tokens that change at every use.

mod revocation;
mod token;

pub use revocation::{Revocations, learn};
pub use token::Tokens;

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::session::{Presented, REFRESH_LIFETIME, Rotation, rotation};
use domain::{AccountId, ProblemCode, SessionId};
use providers::keys::sha256;
use secrecy::SecretString;
use store::Tx;
use store::entity::session;
use uuid::Uuid;

use crate::{Context, Failure};

/// A logged-in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Student {
    /// The account.
    pub account_id: AccountId,
    /// The family of the session, which ends as a whole.
    pub family: Uuid,
}

/// The tokens of a session, for cookies only.
#[derive(Debug, Clone)]
pub struct TokenPair {
    /// Accepted for ten minutes.
    pub access: SecretString,
    /// Exchanged for the next pair.
    pub refresh: SecretString,
}

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

/// Begins a session in its own family.
pub(crate) async fn begin(
    context: &Context,
    tx: &Tx,
    account: AccountId,
) -> Result<TokenPair, Failure> {
    let family = context.new_id(SessionId::new).0;
    issue(
        context,
        tx,
        Student {
            account_id: account,
            family,
        },
        None,
    )
    .await
}

/// Makes the next pair of a family.
async fn issue(
    context: &Context,
    tx: &Tx,
    student: Student,
    successor_of: Option<Uuid>,
) -> Result<TokenPair, Failure> {
    let now = context.now();
    let refresh = BASE64URL_NOPAD.encode(&context.random_bytes::<32>());
    let id = context.new_id(SessionId::new).0;
    let row = session::Model {
        id,
        account_id: student.account_id.0,
        family_id: student.family,
        refresh_hash: sha256(refresh.as_bytes()).to_vec(),
        created_at: now,
        rotated_at: None,
        successor_id: None,
        revoked_at: None,
        revoked_reason: None,
        expires_at: now + REFRESH_LIFETIME,
        user_agent_family: None,
    };
    store::insert(tx, row).await?;
    if let Some(used) = successor_of {
        store::session::mark_rotated(tx, used, id, now).await?;
    }
    let access = context.tokens.sign(student, now)?;
    Ok(TokenPair {
        access: access.into(),
        refresh: refresh.into(),
    })
}

/// Exchanges a refresh token for the next pair. A token that was used before ends its family.
///
/// # Errors
/// `session.required`.
pub async fn refresh(context: &Context, refresh: Option<&str>) -> Result<TokenPair, Failure> {
    let refresh = refresh.ok_or(ProblemCode::SessionRequired)?;
    let now = context.now();
    let tx = context.store.begin().await?;
    let row = store::session::lock(&tx, &sha256(refresh.as_bytes())).await?;
    let row = row.ok_or(ProblemCode::SessionRequired)?;
    let student = Student {
        account_id: AccountId(row.account_id),
        family: row.family_id,
    };
    let has_ended = store::session::has_ended(&tx, student.account_id, student.family).await?;
    match rotation(presented(&row, has_ended), now) {
        Rotation::Rotate => {
            let tokens = issue(context, &tx, student, Some(row.id)).await?;
            store::commit(tx).await?;
            Ok(tokens)
        }
        Rotation::EndFamily => {
            end(context, tx, student, "refresh_reused", now).await?;
            tracing::warn!(session.family = %student.family, "A used refresh token came again: its sessions end");
            Err(ProblemCode::SessionRequired.into())
        }
        Rotation::Refuse => Err(ProblemCode::SessionRequired.into()),
    }
}

fn presented(row: &session::Model, has_ended: bool) -> Presented {
    Presented {
        expires_at: row.expires_at,
        rotated_at: row.rotated_at,
        is_revoked: has_ended,
    }
}

/// Ends the session that asks.
pub async fn log_out(context: &Context, student: &Student) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    end(context, tx, *student, "logged_out", context.now()).await
}

async fn end(
    context: &Context,
    tx: Tx,
    student: Student,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    store::session::end_family(&tx, student.account_id, student.family, reason, now).await?;
    store::commit(tx).await?;
    context.revocations.add([student.family], now);
    Ok(())
}
