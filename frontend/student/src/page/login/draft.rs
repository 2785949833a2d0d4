//! What was typed to log in, and the code that is on its way.

use domain::agreement::Document;
use serde::{Deserialize, Serialize};

/// The name under which the form is kept.
pub(super) const DRAFT: &str = "login";

/// What was typed, and the code that is on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    /// The phone, as typed.
    pub(super) phone: String,
    /// Whether the box is ticked.
    pub(super) agreed: bool,
    /// The code that was sent last.
    pub(super) sent: Option<Sent>,
}

/// A code on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    pub(super) challenge_id: String,
    /// From when another may be asked for, in milliseconds since 1970.
    pub(super) resend_at_ms: i64,
    /// Until when it works.
    pub(super) expires_at_ms: i64,
}

/// The version of the agreement that the page shows.
pub(super) fn agreement_version() -> String {
    // A constant, so that the first load does not carry the whole text.
    const VERSION: &str = Document::ServiceAgreement.current().version;
    VERSION.to_owned()
}
