//! What can happen to photos, and rows of it.

use domain::review::{ReviewOrder, ReviewOutcome};
use proptest::prelude::*;

/// One thing that happens; `which` is taken modulo what there is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// A student sends a photo, in the place of one that waits.
    Submit(u8),
    /// The order of a student's photo is settled.
    Settle(u8),
    /// A reviewer takes some of the queue.
    Take(u8),
    /// A reviewer decides about a photo as they saw it, which may be long ago.
    Decide { which: u8, outcome: ReviewOutcome },
    /// A decision is taken back, where that is still possible.
    Undo(u8),
    /// Time passes.
    Wait(u16),
    /// A worker looks which decisions are due, and dies before it puts them into force.
    Look,
    /// A worker puts into force what is due, or what another worker found due some time ago.
    Sweep { is_late: bool },
    /// A student takes a photo back.
    Withdraw(u8),
    /// The school or the Ministry's platform refuses an accepted photo.
    Refuse(u8),
    /// The reviewer of some approval misses too many known faults.
    Doubt(u8),
    /// A package is made.
    Package { is_full: bool },
    /// The school has the latest package.
    Acknowledge,
    /// The task's time has come.
    Purge,
    /// The purge goes on for one batch; it may be cut off after any.
    PurgeBatch,
}

impl Step {
    /// The thing that three numbers stand for: cheap to make, and small ones are simple things.
    fn of((kind, which, how): (u8, u8, u8)) -> Self {
        match kind {
            0..=4 => Self::Submit(which),
            5..=8 => Self::Settle(which),
            9..=13 => Self::Take(which),
            14..=20 => Self::Decide {
                which,
                outcome: match how % 8 {
                    0 => ReviewOutcome::Escalated,
                    1 | 2 => ReviewOutcome::Rejected,
                    _ => ReviewOutcome::Approved,
                },
            },
            21 => Self::Undo(which),
            22..=24 => Self::Wait(u16::from(how) * 2),
            25 => Self::Look,
            26..=29 => Self::Sweep {
                is_late: how % 4 == 0,
            },
            30 => Self::Withdraw(which),
            31 if how < 128 => Self::Refuse(which),
            31 => Self::Doubt(which),
            32..=34 => Self::Package {
                is_full: how % 3 == 0,
            },
            35 | 36 => Self::Acknowledge,
            37 if how >= 200 => Self::Purge,
            _ => Self::PurgeBatch,
        }
    }
}

/// What happens to the photos of a task with these stages.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub(crate) order: ReviewOrder,
    pub(crate) steps: Vec<Step>,
}

/// Histories of up to 60 things.
pub(crate) fn histories() -> impl Strategy<Value = History> {
    let step = (0_u8..39, any::<u8>(), any::<u8>()).prop_map(Step::of);
    let order = proptest::sample::select(ReviewOrder::ALL);
    let steps = proptest::collection::vec(step, 1..60);
    (order, steps).prop_map(|(order, steps)| History { order, steps })
}
