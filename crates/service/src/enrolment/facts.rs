//! What the roster says about a student, opened.

use domain::roster::RosterEntry;

use crate::{Context, Failure};

/// The name on the roster.
pub(crate) async fn name(context: &Context, entry: &RosterEntry) -> Result<String, Failure> {
    let sealed = &entry.name_sealed;
    context
        .open_text("roster_entries", "name_sealed", entry.id.0, sealed)
        .await
}

/// The student number on the roster.
pub(crate) async fn student_no(
    context: &Context,
    entry: &RosterEntry,
) -> Result<Option<String>, Failure> {
    match &entry.student_no_sealed {
        Some(sealed) => context
            .open_text("roster_entries", "student_no_sealed", entry.id.0, sealed)
            .await
            .map(Some),
        None => Ok(None),
    }
}
