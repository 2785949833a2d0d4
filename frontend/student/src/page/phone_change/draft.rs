//! What was typed to change the phone, and the change that waits for its codes.

use serde::{Deserialize, Serialize};

/// The name under which the form is kept.
pub(super) const DRAFT: &str = "phone-change";

/// What was typed, and the change that waits for its codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    /// The old number, as typed.
    pub(super) old_phone: String,
    /// The new number, as typed.
    pub(super) new_phone: String,
    /// The change that was begun.
    pub(super) begun: Option<Begun>,
}

/// A change whose codes are on their way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) id: String,
    /// Until when the codes work, in milliseconds since 1970.
    pub(super) expires_at_ms: i64,
}
