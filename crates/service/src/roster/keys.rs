//! What writes and finds the entries of a task.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{IdNumber, TaskId};
use providers::Random;
use providers::keys::BlindIndex;

use crate::vault::{Purpose, Scope, Sealer, TaskIndex};
use crate::{Context, Failure};

/// What writes a task's roster; made before a transaction begins.
#[derive(Clone)]
pub(crate) struct RosterKeys {
    pub(super) sealer: Sealer,
    pub(super) index: Arc<TaskIndex>,
    random: Arc<dyn Random>,
}

impl RosterKeys {
    /// The keys of a task.
    ///
    /// # Errors
    /// `school.not_open` for a task that was purged.
    pub(crate) async fn of(context: &Context, task: TaskId) -> Result<Self, Failure> {
        Ok(Self {
            sealer: context.sealer(Scope::Task(task), Purpose::Person).await?,
            index: Arc::new(context.task_index(task).await?),
            random: Arc::clone(&context.random),
        })
    }

    /// A new id, as that of [`Context::new_id`].
    pub(super) fn new_id<T>(
        &self,
        now: DateTime<Utc>,
        new: impl FnOnce(DateTime<Utc>, [u8; 10]) -> T,
    ) -> T {
        let mut bytes = [0; 10];
        self.random.fill(&mut bytes);
        new(now, bytes)
    }

    /// Every index under which a number can be found.
    pub(crate) fn indexes_of(&self, number: &IdNumber) -> Vec<BlindIndex> {
        self.index.of_number(number)
    }
}
