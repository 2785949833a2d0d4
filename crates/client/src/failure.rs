//! What can go wrong with a call, the same for every operation.

use crate::Problem;

/// Why a call gave no result.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    /// No answer came: no network, or the server is out of reach. The call may have had its effect.
    #[error("no answer came")]
    Offline,
    /// The server said what is wrong, in the caller's language.
    #[error("{}: {}", .0.code, .0.title)]
    Problem(Box<Problem>),
    /// An answer that the document does not know, as from a proxy in between; `None` where no request was made.
    #[error("an unexpected answer: {status:?}")]
    Unexpected {
        /// The HTTP status.
        status: Option<u16>,
    },
}
