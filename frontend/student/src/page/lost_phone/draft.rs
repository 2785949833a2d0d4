//! What is kept of the form while it is filled in, and of the report that came of it.

use domain::DocumentType;
use serde::{Deserialize, Serialize};

use crate::draft;

/// The name under which the form is kept.
pub(super) const DRAFT: &str = "lost-phone";

/// What was typed, and the report that came of it; kept in this tab alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(super) old_phone: String,
    pub(super) new_phone: String,
    pub(super) name: String,
    pub(super) school: String,
    pub(super) kind: DocumentType,
    pub(super) number: String,
    pub(super) note: String,
    pub(super) sent: Option<Sent>,
}

/// A report that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sent {
    pub(super) reference: String,
    pub(super) answer_working_days: i32,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            old_phone: String::new(),
            new_phone: String::new(),
            name: String::new(),
            school: String::new(),
            kind: DocumentType::CnId,
            number: String::new(),
            note: String::new(),
            sent: None,
        }
    }
}

/// Who reports, as far as another page knows it already.
pub(crate) struct Known {
    /// The school.
    pub(crate) school: String,
    /// The name; empty where it was not asked for.
    pub(crate) name: String,
    /// The kind of document.
    pub(crate) kind: DocumentType,
    /// Its number.
    pub(crate) number: String,
}

/// Begins the form with what is known, so that nobody types it twice.
pub(crate) fn begin_with(known: Known) {
    let Known {
        school,
        name,
        kind,
        number,
    } = known;
    draft::keep(
        DRAFT,
        Draft {
            name,
            school,
            kind,
            number,
            ..Draft::default()
        },
    );
}
