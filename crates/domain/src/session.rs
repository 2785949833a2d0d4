//! Sessions: short access tokens and refresh tokens that change at every use.

use chrono::{DateTime, TimeDelta, Utc};

use crate::word::words;
use crate::{AccountId, ClientDevice, KeyedHash, SessionId};

/// How long an access token is accepted.
pub const ACCESS_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How long an unused refresh token is accepted, counted from its issue.
pub const REFRESH_LIFETIME: TimeDelta = TimeDelta::days(14);
/// How long a student's session lasts from the login on, however often it is refreshed.
pub const STUDENT_SESSION_LIFETIME: TimeDelta = TimeDelta::days(30);
/// How long the session of an account with a staff role lasts from the login on.
pub const STAFF_SESSION_LIFETIME: TimeDelta = TimeDelta::hours(12);
/// How many sessions an account can have at once; one more login ends the oldest.
pub const MAX_SESSIONS: usize = 20;
/// How old another server copy's knowledge of ended sessions may be.
pub const REVOCATION_DELAY: TimeDelta = TimeDelta::seconds(5);

/// The moment at which a session ends, however often it is refreshed.
pub fn session_end(began_at: DateTime<Utc>, is_staff: bool) -> DateTime<Utc> {
    began_at
        + if is_staff {
            STAFF_SESSION_LIFETIME
        } else {
            STUDENT_SESSION_LIFETIME
        }
}

words! {
    /// Why a session ended before its time.
    SessionEndReason {
        /// Its owner logged out.
        LoggedOut = "logged_out", "退出登录", "logged out";
        /// Its owner ended it from the list of sessions.
        EndedByOwner = "ended_by_owner", "本人结束", "ended by its owner";
        /// The account had too many sessions.
        TooMany = "too_many", "登录设备过多", "too many sessions";
        /// An old refresh token was used again, so somebody has a copy of it.
        RefreshReused = "refresh_reused", "令牌被重复使用", "an old token was used again";
        /// The account's phone was changed.
        PhoneChanged = "phone_changed", "更换手机号", "phone changed";
        /// The account was erased.
        AccountErased = "account_erased", "账号已注销", "account erased";
        /// The account is not active any more.
        AccountInactive = "account_inactive", "账号不可用", "account not active";
        /// A session of staff in which nothing happened for too long.
        Idle = "idle", "长时间未操作", "idle for too long";
        /// What the account may do as staff was changed.
        RolesChanged = "roles_changed", "角色已变更", "roles changed";
        /// The device that shows the account's codes was reset.
        DeviceReset = "device_reset", "验证器已重置", "authenticator reset";
        /// The database was restored from a backup.
        Restored = "restored", "系统恢复", "database restored";
    }
}

/// A refresh token of a session. A session has one for each time it was refreshed, all of one family; the newest is the
/// one that was not exchanged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// Its id.
    pub id: SessionId,
    /// Whose session it is.
    pub account_id: AccountId,
    /// The session: the id by which its owner sees and ends it.
    pub family_id: SessionId,
    /// The hash of the token itself.
    pub refresh_hash: KeyedHash,
    /// When it was issued.
    pub created_at: DateTime<Utc>,
    /// What it was exchanged for.
    pub successor: Option<TokenSuccessor>,
    /// When the session was opened.
    pub family_began_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// The device that the session was opened with.
    pub device: ClientDevice,
}

/// The refresh token that another one was exchanged for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSuccessor {
    /// Its id.
    pub id: SessionId,
    /// Together with the old token it gives the successor again; `None` once the successor was exchanged in turn.
    pub salt: Option<Vec<u8>>,
}

impl RefreshToken {
    /// What became of its successor.
    pub fn successor_use(&self) -> Successor {
        match &self.successor {
            None => Successor::None,
            Some(TokenSuccessor { salt: Some(_), .. }) => Successor::Unused,
            Some(TokenSuccessor { salt: None, .. }) => Successor::Used,
        }
    }
}

/// The token that a refresh token was exchanged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Successor {
    /// It was not exchanged yet.
    None,
    /// It was exchanged; the successor was never presented to `refresh`.
    Unused,
    /// It was exchanged, and the successor was exchanged in turn.
    Used,
}

/// What is known of a refresh token that was presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presented {
    /// When it expires.
    pub expires_at: DateTime<Utc>,
    /// What became of its successor.
    pub successor: Successor,
    /// Whether its session has ended (logout, phone change, theft, inactive account).
    pub is_revoked: bool,
}

/// What to do with a refresh token that was presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Issue its successor.
    Rotate,
    /// Return the successor that was already issued: its answer was lost, or several tabs refreshed at once.
    RepeatSuccessor,
    /// The client that got the successor has moved on, so this one is somebody else's copy: end the whole family.
    EndFamily,
    /// Expired or ended: log in again.
    Refuse,
}

/// Decides about a refresh token that was presented.
pub fn rotation(token: Presented, now: DateTime<Utc>) -> Rotation {
    if token.is_revoked || now >= token.expires_at {
        return Rotation::Refuse;
    }
    match token.successor {
        Successor::None => Rotation::Rotate,
        Successor::Unused => Rotation::RepeatSuccessor,
        Successor::Used => Rotation::EndFamily,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    /// One that expires at second 1000.
    fn token(successor: Successor, is_revoked: bool) -> Presented {
        Presented {
            expires_at: at(1000),
            successor,
            is_revoked,
        }
    }

    #[rstest]
    #[case::new(token(Successor::None, false), 0, Rotation::Rotate)]
    #[case::new_in_its_last_second(token(Successor::None, false), 999, Rotation::Rotate)]
    #[case::new_and_expired(token(Successor::None, false), 1000, Rotation::Refuse)]
    #[case::new_but_revoked(token(Successor::None, true), 0, Rotation::Refuse)]
    #[case::rotated(token(Successor::Unused, false), 0, Rotation::RepeatSuccessor)]
    #[case::rotated_in_its_last_second(
        token(Successor::Unused, false),
        999,
        Rotation::RepeatSuccessor
    )]
    #[case::rotated_and_expired(token(Successor::Unused, false), 1000, Rotation::Refuse)]
    #[case::rotated_but_revoked(token(Successor::Unused, true), 0, Rotation::Refuse)]
    #[case::used(token(Successor::Used, false), 0, Rotation::EndFamily)]
    #[case::used_and_expired(token(Successor::Used, false), 1000, Rotation::Refuse)]
    #[case::used_but_revoked(token(Successor::Used, true), 0, Rotation::Refuse)]
    fn an_old_refresh_token_repeats_its_successor_until_that_is_used(
        #[case] presented: Presented,
        #[case] now: i64,
        #[case] expected: Rotation,
    ) {
        assert_eq!(
            rotation(presented, at(now)),
            expected,
            "{presented:?} at {now}"
        );
    }

    #[test]
    fn a_session_ends_by_itself_sooner_for_staff() {
        let began = DateTime::UNIX_EPOCH;
        assert_eq!(session_end(began, false) - began, TimeDelta::days(30));
        assert_eq!(session_end(began, true) - began, TimeDelta::hours(12));
    }

    fn exchanged(salt: Option<Vec<u8>>) -> TokenSuccessor {
        TokenSuccessor {
            id: SessionId(Uuid::nil()),
            salt,
        }
    }

    #[rstest]
    #[case::not_exchanged(None, Successor::None)]
    #[case::exchanged_once(Some(exchanged(Some(vec![1]))), Successor::Unused)]
    #[case::its_successor_too(Some(exchanged(None)), Successor::Used)]
    fn the_salt_goes_when_the_successor_was_used(
        #[case] successor: Option<TokenSuccessor>,
        #[case] expected: Successor,
    ) {
        let token = RefreshToken {
            id: SessionId(Uuid::nil()),
            account_id: AccountId(Uuid::nil()),
            family_id: SessionId(Uuid::nil()),
            refresh_hash: KeyedHash::from([1; 16]),
            created_at: at(0),
            successor,
            family_began_at: at(0),
            expires_at: at(1000),
            device: ClientDevice::of(""),
        };
        assert_eq!(token.successor_use(), expected);
    }
}
