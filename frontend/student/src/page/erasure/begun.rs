//! An erasure that waits for its code.

use serde::{Deserialize, Serialize};

/// The name under which the step is kept, for whoever comes back from reading the message.
pub(super) const DRAFT: &str = "erasure";

/// An erasure whose code is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) challenge_id: String,
    /// Until when the code works, in milliseconds since 1970.
    pub(super) expires_at_ms: i64,
}
