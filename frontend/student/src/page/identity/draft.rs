//! What was typed to prove who one is.

use client::TaskView;
use domain::DocumentType;
use domain::task::ExtraProof;
use serde::{Deserialize, Serialize};

use crate::draft;

/// What was typed; kept in this tab alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) kind: DocumentType,
    pub(super) number: String,
    pub(super) level: String,
    pub(super) name: String,
    pub(super) student_no: String,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            kind: DocumentType::CnId,
            number: String::new(),
            level: String::new(),
            name: String::new(),
            student_no: String::new(),
        }
    }
}

/// The name under which the form of a task is kept.
pub(super) fn draft_name(task_id: &str) -> String {
    format!("{}{task_id}", draft::IDENTITY)
}

/// Whether a task asks for a proof.
pub(super) fn asks(task: &TaskView, proof: ExtraProof) -> bool {
    task.extra_proofs
        .iter()
        .any(|asked| asked == proof.as_str())
}
