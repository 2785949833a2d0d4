//! Finding the document numbers and student numbers of one task without storing them readable.

use std::fmt;
use std::sync::Arc;

use domain::{IdNumber, TaskId};
use providers::keys::{BlindIndex, IndexKey, KeyProvider};

/// Makes the indexes of one task. Two tasks have no index in common, so that their rosters cannot be joined.
pub struct TaskIndex {
    task: TaskId,
    own: IndexKey,
    keys: Arc<dyn KeyProvider>,
}

impl fmt::Debug for TaskIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TaskIndex({})", self.task)
    }
}

impl TaskIndex {
    pub(super) fn new(task: TaskId, own: IndexKey, keys: Arc<dyn KeyProvider>) -> Self {
        Self { task, own, keys }
    }

    /// The index under which a normalised value is written.
    pub fn to_write(&self, value: &str) -> BlindIndex {
        self.own.index(value)
    }

    /// Every index under which a normalised value can be found: the one that is written first, then those from before
    /// tasks had index secrets of their own.
    pub(crate) fn to_find(&self, value: &str) -> Vec<BlindIndex> {
        let derived = self.keys.derived_id_indexes(self.task.0.as_bytes(), value);
        let derived = derived.into_iter().map(|known| known.index);
        std::iter::once(self.own.index(value))
            .chain(derived)
            .collect()
    }

    /// Every index under which a document number can be found, in each form that it may be given in. The first is that of
    /// the canonical form, under the task's own secret.
    pub(crate) fn of_number(&self, number: &IdNumber) -> Vec<BlindIndex> {
        let variants = number.lookup_variants();
        variants
            .iter()
            .flat_map(|variant| self.to_find(variant))
            .collect()
    }
}
