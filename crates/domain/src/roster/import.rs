//! Imports of roster files: where they are, and how they may move.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{RosterColumn, RosterFileError, RosterVerdict};
use crate::word::words;
use crate::{AccountId, EducationLevel, RosterImportId, SchoolId, TaskId};

/// An import that changes document number or level of more than this share of its rows, in percent, asks first.
pub const IDENTITY_CHANGES_MAX_PERCENT: u64 = 5;

words! {
    /// Where an import is.
    RosterImportState {
        /// The file is being looked through; nothing is changed.
        Checking = "checking", "检查中", "being checked";
        /// It was looked through; a person decides.
        Checked = "checked", "待确认", "waits for a decision";
        /// The file cannot be read as it is; another choice may help.
        Stopped = "stopped", "无法读取", "cannot be read";
        /// Its rows are being taken.
        Importing = "importing", "导入中", "being imported";
        /// Its rows were taken.
        Imported = "imported", "已导入", "imported";
        /// A person ended it; what was taken before stays.
        Cancelled = "cancelled", "已取消", "cancelled";
        /// What it did is being taken back.
        Undoing = "undoing", "撤销中", "being undone";
        /// What it did was taken back.
        Undone = "undone", "已撤销", "undone";
    }
}

impl RosterImportState {
    /// Whether the worker has something to do.
    pub const fn is_worked_on(self) -> bool {
        matches!(self, Self::Checking | Self::Importing | Self::Undoing)
    }

    /// Whether another choice of encoding, columns or level may be made.
    pub const fn may_change(self) -> bool {
        matches!(self, Self::Checked | Self::Stopped)
    }

    /// Whether a person may end it.
    pub const fn may_cancel(self) -> bool {
        matches!(
            self,
            Self::Checking | Self::Checked | Self::Stopped | Self::Importing
        )
    }

    /// Whether what it did may be taken back.
    pub const fn may_undo(self) -> bool {
        matches!(self, Self::Imported | Self::Cancelled)
    }
}

/// A heading, and what its column holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingChoice {
    /// The heading, as in the file.
    pub heading: String,
    /// What its column holds; none where it is not read.
    pub column: Option<RosterColumn>,
}

/// What a person chose for an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RosterImportSettings {
    /// The encoding; none is found out.
    pub encoding: Option<String>,
    /// The delimiter; none is found out.
    pub delimiter: Option<String>,
    /// What the columns hold; none is guessed from their headings.
    pub columns: Option<Vec<HeadingChoice>>,
    /// The level of rows that name none.
    pub default_level: Option<EducationLevel>,
    /// Whether what was corrected by hand is overwritten.
    pub overwrite_corrections: bool,
}

/// Why a file is not read, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterFileFault {
    /// Why.
    pub error: RosterFileError,
    /// The row or line.
    pub row: Option<u64>,
    /// The column, from 1.
    pub column: Option<u64>,
    /// The names of columns, or of the field, that it is about.
    pub names: Vec<String>,
}

/// What is known of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RosterImportOutcome {
    /// `csv`, `xlsx` or `dbf`.
    pub format: Option<String>,
    /// The encoding that is read.
    pub encoding: Option<String>,
    /// The delimiter of a text.
    pub delimiter: Option<String>,
    /// The row with the names of the columns.
    pub heading_row: Option<u64>,
    /// The columns as they are read.
    pub columns: Vec<HeadingChoice>,
    /// How many rows the file has below its heading.
    pub rows: Option<u64>,
    /// How many rows got each verdict; a row can have several.
    pub counts: BTreeMap<RosterVerdict, u64>,
    /// When the work that goes on, or went on last, began.
    pub began_at: Option<DateTime<Utc>>,
    /// Of how many listed students document number or level change.
    pub identity_changes: u64,
    /// Why the file is not read.
    pub fault: Option<RosterFileFault>,
    /// What undoing left as it is, because somebody changed or used it since.
    pub kept: u64,
}

impl RosterImportOutcome {
    /// Counts a verdict.
    pub fn count(&mut self, verdict: RosterVerdict) {
        *self.counts.entry(verdict).or_default() += 1;
    }

    /// Whether so many identities change that a person must say so.
    pub fn needs_confirmation(&self) -> bool {
        let rows = self.rows.unwrap_or_default();
        self.identity_changes * 100 > rows * IDENTITY_CHANGES_MAX_PERCENT
    }
}

/// An import.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterImport {
    /// Its id.
    pub id: RosterImportId,
    /// The school.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
    /// Where it is.
    pub state: RosterImportState,
    /// The file's name in the object store; empty once it was deleted.
    pub file_key: String,
    /// The file's length.
    pub file_bytes: u64,
    /// What a person chose.
    pub settings: RosterImportSettings,
    /// What is known of it.
    pub outcome: RosterImportOutcome,
    /// How many rows were looked at, in this state.
    pub rows_done: u64,
    /// Who made it; none for a system of the school.
    pub account_id: Option<AccountId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_done_in_a_state_is_a_table() {
        let of = |may: fn(RosterImportState) -> bool| {
            let all = RosterImportState::ALL.iter();
            all.filter(|state| may(**state))
                .map(|state| state.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of(RosterImportState::is_worked_on),
            ["checking", "importing", "undoing"]
        );
        assert_eq!(of(RosterImportState::may_change), ["checked", "stopped"]);
        assert_eq!(
            of(RosterImportState::may_cancel),
            ["checking", "checked", "stopped", "importing"]
        );
        assert_eq!(of(RosterImportState::may_undo), ["imported", "cancelled"]);
    }

    #[test]
    fn more_than_one_changed_identity_in_twenty_asks_first() {
        let outcome = |rows, identity_changes| RosterImportOutcome {
            rows: Some(rows),
            identity_changes,
            ..RosterImportOutcome::default()
        };
        assert!(!outcome(100, 5).needs_confirmation());
        assert!(outcome(100, 6).needs_confirmation());
        assert!(outcome(10, 1).needs_confirmation());
        assert!(!outcome(0, 0).needs_confirmation());
    }
}
