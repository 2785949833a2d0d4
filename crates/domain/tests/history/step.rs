//! What can happen, and rows of it.

use domain::refund::RefundSeen;
use proptest::prelude::*;

use crate::provider::Call;

/// One thing that happens; `which` is taken modulo what there is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// The student begins a payment, by this channel or another.
    Begin { call: Call, is_refused: bool },
    /// Somebody pays; `more` brings another amount, `insists` pays what is closed or paid.
    Pay {
        which: u8,
        more: bool,
        insists: bool,
    },
    /// A notice comes, perhaps not for the first time.
    Notice(u8),
    /// We ask about an attempt.
    Ask(u8),
    /// The student closes the order.
    Close(Call),
    /// Time passes, and the background work is done.
    Wait(u16),
    /// Staff let the task end at another time.
    Prolong(u8),
    /// Staff ask for a refund.
    Refund { which: u8, amount: u16 },
    /// A refund is handed in.
    HandIn(u8, Call),
    /// We ask about a refund.
    AskRefund(u8),
    /// The provider goes on with a refund.
    Decide { which: u8, how: RefundSeen },
    /// Somebody returns money on the provider's own pages.
    Console { which: u8, amount: u16 },
}

impl Step {
    /// The thing that three numbers stand for: cheap to make, and small ones are simple things.
    fn of((kind, which, how): (u8, u8, u8)) -> Self {
        let call = match how % 4 {
            2 => Call::LostBefore,
            3 => Call::LostAfter,
            _ => Call::Answered,
        };
        let amount = u16::from(how) * 10;
        match kind {
            0..=3 => Self::Begin {
                call,
                is_refused: how >= 240,
            },
            4..=7 => Self::Pay {
                which,
                more: how >= 240,
                insists: how % 8 == 7,
            },
            8..=10 => Self::Notice(which),
            11 => Self::Ask(which),
            12 => Self::Close(call),
            13 => Self::Wait(u16::from(how)),
            14 => Self::Prolong(which % 12),
            15..=16 => Self::Refund { which, amount },
            17..=18 => Self::HandIn(which, call),
            19 => Self::AskRefund(which),
            20 => Self::Decide {
                which,
                how: match how % 8 {
                    6 => RefundSeen::Closed,
                    7 => RefundSeen::Abnormal,
                    _ => RefundSeen::Succeeded,
                },
            },
            _ => Self::Console { which, amount },
        }
    }
}

/// Histories of up to 20 things.
pub(crate) fn histories() -> impl Strategy<Value = Vec<Step>> {
    let step = (0_u8..22, any::<u8>(), any::<u8>());
    proptest::collection::vec(step.prop_map(Step::of), 1..20)
}
