//! Sessions: access tokens that prove themselves, refresh tokens that change at every use.

mod list;
mod revocation;
mod token;

pub use list::{OpenSession, end_all, end_one, end_others, list};
pub use revocation::{Revocations, learn};
pub use token::Tokens;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::session::{
    MAX_SESSIONS, Presented, REFRESH_LIFETIME, Rotation, Successor, rotation, session_end,
};
use domain::{AccountId, BrowserFamily, ClientDevice, ProblemCode, SessionId, SystemFamily};
use providers::keys::{is_same, sha256, successor_token};
use secrecy::SecretString;
use store::Tx;
use store::entity::session;
use uuid::Uuid;

use crate::audit::{self, Deed};
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
    /// For how long the refresh token can still be exchanged.
    pub lifetime: TimeDelta,
}

/// A session that was opened.
#[derive(Debug)]
pub(crate) struct Begun {
    /// Its tokens.
    pub(crate) tokens: TokenPair,
    /// Older sessions that ended because there were too many: to be added to the revocations after the commit.
    pub(crate) ended: Vec<Uuid>,
}

/// What stays the same in a family.
#[derive(Debug, Clone, Copy)]
struct Family {
    student: Student,
    began_at: DateTime<Utc>,
    device: ClientDevice,
}

impl Family {
    fn of(row: &session::Model) -> Self {
        Self {
            student: Student {
                account_id: AccountId(row.account_id),
                family: row.family_id,
            },
            began_at: row.family_began_at,
            device: device_of(row),
        }
    }
}

/// A refresh token, and the exchanged one that it follows with the salt that gives it again.
struct RefreshToken {
    text: String,
    follows: Option<(Uuid, [u8; SALT_LENGTH])>,
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
            family: context.new_id(SessionId::new).0,
        },
        began_at: context.now(),
        device,
    };
    let token = RefreshToken {
        text: BASE64URL_NOPAD.encode(&context.random_bytes::<32>()),
        follows: None,
    };
    Ok(Begun {
        tokens: issue(context, tx, family, token).await?,
        ended,
    })
}

async fn end_oldest(context: &Context, tx: &Tx, account: AccountId) -> Result<Vec<Uuid>, Failure> {
    let now = context.now();
    let live = store::session::live(tx, account, now).await?;
    let surplus = live.iter().skip(MAX_SESSIONS - 1);
    let mut ended: Vec<Uuid> = surplus.map(|row| row.family_id).collect();
    ended.sort_unstable();
    for family in &ended {
        store::session::end_family(tx, account, *family, "too_many", now).await?;
    }
    Ok(ended)
}

/// Stores a refresh token and makes the pair.
async fn issue(
    context: &Context,
    tx: &Tx,
    family: Family,
    token: RefreshToken,
) -> Result<TokenPair, Failure> {
    let now = context.now();
    let account = family.student.account_id;
    let is_staff = store::account::is_staff(tx, account).await?;
    let ends_at = session_end(family.began_at, is_staff);
    let row = session::Model {
        id: context.new_id(SessionId::new).0,
        account_id: account.0,
        family_id: family.student.family,
        refresh_hash: sha256(token.text.as_bytes()).to_vec(),
        created_at: now,
        rotated_at: None,
        successor_id: None,
        successor_salt: None,
        family_began_at: family.began_at,
        revoked_at: None,
        revoked_reason: None,
        expires_at: ends_at.min(now + REFRESH_LIFETIME),
        user_agent_family: Some(family.device.browser.as_str().to_owned()),
        system_family: Some(family.device.system.as_str().to_owned()),
    };
    store::insert(tx, row.clone()).await?;
    if let Some((used, salt)) = token.follows {
        store::session::mark_rotated(tx, used, (row.id, &salt), now).await?;
    }
    pair(context, &row, token.text)
}

/// The pair of a stored refresh token. The access token does not outlive the session.
fn pair(context: &Context, row: &session::Model, refresh: String) -> Result<TokenPair, Failure> {
    let now = context.now();
    let student = Family::of(row).student;
    let access = context.tokens.sign(student, now, row.expires_at)?;
    Ok(TokenPair {
        access: access.into(),
        refresh: refresh.into(),
        lifetime: row.expires_at - now,
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
    let row = store::session::by_hash(&tx, &hash).await?;
    let row = row.ok_or(ProblemCode::SessionRequired)?;
    let family = Family::of(&row);
    match rotation(presented(&tx, &row).await?, context.now()) {
        Rotation::Rotate => {
            let salt = context.random_bytes();
            let token = RefreshToken {
                text: successor(refresh, &salt),
                follows: Some((row.id, salt)),
            };
            let tokens = issue(context, &tx, family, token).await?;
            store::commit(tx).await?;
            Ok(tokens)
        }
        Rotation::RepeatSuccessor => repeat(context, &tx, &row, refresh).await,
        Rotation::EndFamily => {
            let student = family.student;
            let action = "session.reuse_detected";
            end(
                context,
                tx,
                &student,
                student.family,
                (action, "refresh_reused"),
            )
            .await?;
            tracing::warn!(session.family = %student.family, "An old refresh token was used again: its session ends");
            Err(ProblemCode::SessionRequired.into())
        }
        Rotation::Refuse => Err(ProblemCode::SessionRequired.into()),
    }
}

fn successor(refresh: &str, salt: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&successor_token(refresh.as_bytes(), salt))
}

async fn presented(tx: &Tx, row: &session::Model) -> Result<Presented, Failure> {
    let account = AccountId(row.account_id);
    let has_ended = store::session::has_ended(tx, account, row.family_id).await?;
    let is_active = store::account::is_active(tx, account).await?;
    Ok(Presented {
        expires_at: row.expires_at,
        successor: match (&row.successor_id, &row.successor_salt) {
            (None, _) => Successor::None,
            (Some(_), Some(_)) => Successor::Unused,
            (Some(_), None) => Successor::Used,
        },
        is_revoked: has_ended || !is_active,
    })
}

/// The pair of the successor that was issued already, with a new access token.
async fn repeat(
    context: &Context,
    tx: &Tx,
    old: &session::Model,
    refresh: &str,
) -> Result<TokenPair, Failure> {
    let lost = || Failure::Fault("the successor of a refresh token cannot be given again");
    let id = old.successor_id.ok_or_else(lost)?;
    let row = store::session::get(tx, AccountId(old.account_id), id).await?;
    let row = row.ok_or_else(lost)?;
    let salt = old.successor_salt.as_deref().ok_or_else(lost)?;
    let token = successor(refresh, salt);
    if !is_same(&sha256(token.as_bytes()), &row.refresh_hash) {
        return Err(lost());
    }
    pair(context, &row, token)
}

/// Ends the session that asks.
pub async fn log_out(context: &Context, student: &Student) -> Result<(), Failure> {
    let tx = context.store.begin().await?;
    let why = ("session.ended", "logged_out");
    end(context, tx, student, student.family, why).await
}

/// Ends a family of the student's and notes it: the action for the audit log, the reason in the session's row.
async fn end(
    context: &Context,
    tx: Tx,
    student: &Student,
    family: Uuid,
    (action, reason): (&str, &str),
) -> Result<(), Failure> {
    let (account, now) = (student.account_id, context.now());
    store::session::end_family(&tx, account, family, reason, now).await?;
    note(context, &tx, student, (action, family)).await?;
    store::commit(tx).await?;
    context.revocations.add([family], now);
    Ok(())
}

/// Notes what happened to a session.
async fn note(
    context: &Context,
    tx: &Tx,
    student: &Student,
    (action, family): (&str, Uuid),
) -> Result<(), Failure> {
    let deed = Deed {
        action,
        object_type: "session",
        object_id: family,
        school_id: None,
    };
    audit::security_by_owner(context, tx, student.account_id, deed).await
}

fn device_of(row: &session::Model) -> ClientDevice {
    let browser = row.user_agent_family.as_deref();
    let system = row.system_family.as_deref();
    ClientDevice {
        browser: browser
            .and_then(BrowserFamily::parse)
            .unwrap_or(BrowserFamily::Other),
        system: system
            .and_then(SystemFamily::parse)
            .unwrap_or(SystemFamily::Other),
    }
}
