//! What writes and finds the entries of a task.

use domain::{IdNumber, TaskId};
use providers::keys::BlindIndex;

use crate::vault::{Purpose, Scope, Sealer, TaskIndex};
use crate::{Context, Failure};

/// What writes a task's roster; made before a transaction begins.
pub(crate) struct RosterKeys {
    pub(super) sealer: Sealer,
    pub(super) index: TaskIndex,
}

impl RosterKeys {
    /// The keys of a task.
    ///
    /// # Errors
    /// `school.not_open` for a task that was purged.
    pub(crate) async fn of(context: &Context, task: TaskId) -> Result<Self, Failure> {
        Ok(Self {
            sealer: context.sealer(Scope::Task(task), Purpose::Person).await?,
            index: context.task_index(task).await?,
        })
    }

    /// Every index under which a number can be found.
    pub(crate) fn indexes_of(&self, number: &IdNumber) -> Vec<BlindIndex> {
        self.index.of_number(number)
    }
}
