//! Rosters: the students of a task as their school listed them, and what students ask about that.

mod change;
mod column;
mod file_error;
mod import;
mod row;
mod verdict;

pub use change::{Corrections, ListedNumber, ListedStudent, RosterChange};
pub use column::{ColumnMapping, MappingError, RosterColumn};
pub use file_error::RosterFileError;
pub use import::{
    HeadingChoice, IDENTITY_CHANGES_MAX_PERCENT, RosterFileFault, RosterImport,
    RosterImportOutcome, RosterImportSettings, RosterImportState,
};
pub use row::{
    CellDefect, NumberLengths, ROSTER_TEXT_MAX, RawRow, RosterRow, RowFinding, RowReading,
    RowRules, read_row,
};
pub use verdict::{RosterVerdict, VerdictEffect};

use chrono::{DateTime, Utc};

use crate::word::words;
use crate::{
    AccountId, DocumentType, EducationLevel, KeyedHash, RosterEntryId, RosterImportId,
    RosterNumberId, RosterTicketId, SchoolId, Sealed, StoredText, TaskId,
};

words! {
    /// Whether a student is on the list.
    RosterEntryState {
        /// On the list.
        Listed = "listed", "在册", "listed";
        /// Taken off the list by the school.
        Withdrawn = "withdrawn", "已撤销", "taken off the list";
    }
}

/// A student as the school listed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterEntry {
    /// Its id.
    pub id: RosterEntryId,
    /// The school that listed the student.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
    /// The level.
    pub level: EducationLevel,
    /// The name.
    pub name_sealed: Sealed,
    /// The keyed hash of the folded name; none in entries from before names were indexed.
    pub name_index: Option<KeyedHash>,
    /// What was corrected by hand.
    pub corrected: Vec<RosterColumn>,
    /// The import that added it.
    pub import_id: Option<RosterImportId>,
    /// The student number.
    pub student_no_sealed: Option<Sealed>,
    /// The keyed hash of the student number.
    pub student_no_index: Option<KeyedHash>,
    /// The college.
    pub college: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The expected day of graduation, `YYYY-MM-DD`.
    pub expected_graduation: Option<String>,
    /// Whether it is on the list.
    pub state: RosterEntryState,
    /// Counts its changes.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A document number that leads to a roster entry; an entry has one for each form in which its number is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterNumber {
    /// Its id.
    pub id: RosterNumberId,
    /// The school that listed the student.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
    /// The entry that it leads to.
    pub entry_id: RosterEntryId,
    /// The entry's level.
    pub level: EducationLevel,
    /// The keyed hash of the number.
    pub id_index: KeyedHash,
    /// The document's type.
    pub id_type: DocumentType,
    /// The number.
    pub number_sealed: Sealed,
}

words! {
    /// Where a student's question to the school is.
    TicketState {
        /// It waits for an answer.
        Open = "open", "待处理", "open";
        /// The school answered.
        Answered = "answered", "已回复", "answered";
        /// It was closed without an answer.
        Closed = "closed", "已关闭", "closed";
    }
}

/// A student's question to the school about the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterTicket {
    /// Its id.
    pub id: RosterTicketId,
    /// The school that is asked.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
    /// Who asks.
    pub account_id: AccountId,
    /// The type of the student's document.
    pub id_type: DocumentType,
    /// Its number.
    pub number_sealed: Sealed,
    /// Its number as it is shown in lists.
    pub number_masked: String,
    /// The level that the student claims.
    pub level: Option<EducationLevel>,
    /// The name that the student claims.
    pub name_sealed: Option<Sealed>,
    /// What the student wrote.
    pub note: Option<StoredText>,
    /// What the school answered.
    pub answer: Option<StoredText>,
    /// Where it is.
    pub state: TicketState,
    /// When it was asked.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}
