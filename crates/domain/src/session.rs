//! Sessions: short access tokens and refresh tokens that change at every use.

use chrono::{DateTime, TimeDelta, Utc};

/// How long an access token is accepted.
pub const ACCESS_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How long a refresh token can be used, counted from its making.
pub const REFRESH_LIFETIME: TimeDelta = TimeDelta::days(14);
/// A refresh token used again so soon after its use is a lost reply, not a theft.
pub const REUSE_GRACE: TimeDelta = TimeDelta::seconds(10);
/// How old another server copy's knowledge of ended sessions may be.
pub const REVOCATION_DELAY: TimeDelta = TimeDelta::seconds(5);

/// What is known of a refresh token that somebody presents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presented {
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
    /// When it was first used, if it was.
    pub rotated_at: Option<DateTime<Utc>>,
    /// Whether its family has ended (logout, phone change, theft).
    pub is_revoked: bool,
}

/// What to do with a refresh token that somebody presents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Good: make its successor.
    Rotate,
    /// Used again and not at once: somebody else may hold it, so its whole family ends.
    EndFamily,
    /// Too old or already ended: log in again.
    Refuse,
}

/// Decides about a refresh token.
pub fn rotation(token: Presented, now: DateTime<Utc>) -> Rotation {
    if token.is_revoked || now >= token.expires_at {
        return Rotation::Refuse;
    }
    match token.rotated_at {
        Some(used) if now - used > REUSE_GRACE => Rotation::EndFamily,
        Some(_) | None => Rotation::Rotate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refresh_token_is_used_once_with_ten_seconds_of_grace() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let token = |rotated: Option<i64>, is_revoked| Presented {
            expires_at: at(1000),
            rotated_at: rotated.map(at),
            is_revoked,
        };
        for (presented, now, expected) in [
            (token(None, false), 999, Rotation::Rotate),
            (token(None, false), 1000, Rotation::Refuse),
            (token(Some(100), false), 110, Rotation::Rotate),
            (token(Some(100), false), 111, Rotation::EndFamily),
            (token(Some(100), true), 101, Rotation::Refuse),
            (token(None, true), 0, Rotation::Refuse),
        ] {
            assert_eq!(
                rotation(presented, at(now)),
                expected,
                "{presented:?} at {now}"
            );
        }
    }
}
