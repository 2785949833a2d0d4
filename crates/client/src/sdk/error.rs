//! What can go wrong with a call of a school's system.

use crate::Failure;

/// Why a call gave no result.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ApiError {
    /// What the server answered, or that it did not.
    #[error(transparent)]
    Call(#[from] Failure),
    /// No access token was given, in the words of OAuth (RFC 6749, 5.2).
    #[error("no access token: {error}: {description}")]
    Token {
        /// Such as `invalid_client`.
        error: String,
        /// What to do.
        description: String,
    },
    /// The address of the platform is none, or TLS cannot be set up.
    #[error("no client can be made: {0}")]
    Setup(String),
}
