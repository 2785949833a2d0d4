//! What the access log notes, in plain words.

use domain::Text;
use domain::audit::AuditAction;

/// An action that this version does not know.
const OTHER: Text = Text::new("其他操作", "Another action");

/// What was done, in words; an unknown action is told as such.
pub(crate) fn deed(action: &str) -> Text {
    AuditAction::parse(action).map_or(OTHER, AuditAction::label)
}
