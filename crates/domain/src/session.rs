//! Sessions: short access tokens and refresh tokens that change at every use.

use chrono::{DateTime, TimeDelta, Utc};

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
    use super::*;

    #[test]
    fn an_old_refresh_token_repeats_its_successor_until_that_is_used() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let token = |successor, is_revoked| Presented {
            expires_at: at(1000),
            successor,
            is_revoked,
        };
        for (presented, now, expected) in [
            (token(Successor::None, false), 0, Rotation::Rotate),
            (token(Successor::None, false), 999, Rotation::Rotate),
            (token(Successor::None, false), 1000, Rotation::Refuse),
            (token(Successor::None, true), 0, Rotation::Refuse),
            (
                token(Successor::Unused, false),
                0,
                Rotation::RepeatSuccessor,
            ),
            (
                token(Successor::Unused, false),
                999,
                Rotation::RepeatSuccessor,
            ),
            (token(Successor::Unused, false), 1000, Rotation::Refuse),
            (token(Successor::Unused, true), 0, Rotation::Refuse),
            (token(Successor::Used, false), 0, Rotation::EndFamily),
            (token(Successor::Used, false), 1000, Rotation::Refuse),
            (token(Successor::Used, true), 0, Rotation::Refuse),
        ] {
            assert_eq!(
                rotation(presented, at(now)),
                expected,
                "{presented:?} at {now}"
            );
        }
    }

    #[test]
    fn a_session_ends_by_itself_sooner_for_staff() {
        let began = DateTime::UNIX_EPOCH;
        assert_eq!(session_end(began, false) - began, TimeDelta::days(30));
        assert_eq!(session_end(began, true) - began, TimeDelta::hours(12));
    }
}
