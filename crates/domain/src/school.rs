//! Schools: the units that open collection tasks.

use chrono::{DateTime, Utc};

use crate::word::words;
use crate::{SchoolAliasId, SchoolId};

words! {
    /// Whether a school takes part.
    SchoolState {
        /// It takes part.
        Active = "active", "正常", "active";
        /// It does not take part any more.
        Suspended = "suspended", "已停用", "suspended";
    }
}

/// A school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Its id.
    pub id: SchoolId,
    /// The Ministry's code, five digits; several schools on this platform may share one.
    pub code: String,
    /// Its name on this platform, as people write it.
    pub name: String,
    /// Its name as it is looked up; no other school has it.
    pub name_folded: String,
    /// Whether it takes part.
    pub state: SchoolState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Another name by which a school is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolAlias {
    /// Its id.
    pub id: SchoolAliasId,
    /// The school that it names.
    pub school_id: SchoolId,
    /// The name, as people write it.
    pub alias: String,
    /// The name as it is looked up; a school has it once.
    pub alias_folded: String,
}
