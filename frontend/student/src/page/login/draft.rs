//! What was typed to log in, and the code that is on its way.

use serde::{Deserialize, Serialize};
use ui::login::SentCode;

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
    pub(super) sent: Option<SentCode>,
}
