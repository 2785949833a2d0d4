//! From a provider's codes to our words: one reading for every provider.

use super::{Closed, Created, Download, Submitted, Trade};
use crate::{Outcome, ProviderRefusal};
use domain::refund::RefundEvidence;
use std::fmt::Display;

/// The calls, on which one code may mean different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Create,
    Query,
    Close,
    Refund,
    QueryRefund,
    Bill,
}

/// What a code means on a call. A code that is not listed means `Unknown`, so that a new or
/// misread code can never make us give up a number that was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    AlreadyPaid,
    Closed,
    NumberUsed,
    NotFound,
    NotEnough,
    NotYet,
    Refused,
    Unknown,
}

/// An answer that a code can stand for too.
pub(crate) trait Answered: Sized {
    /// The call that it answers.
    const OPERATION: Operation;

    /// The answer that a code with this meaning stands for; `None` where it decides nothing.
    fn of(meaning: Meaning) -> Option<Self>;
}

impl Meaning {
    pub(crate) fn outcome<T: Answered>(
        self,
        error: impl Display + Into<ProviderRefusal>,
    ) -> Outcome<T> {
        match (self, T::of(self)) {
            (Self::Refused, _) => Outcome::Refused(error.into()),
            (_, Some(answer)) => Outcome::Definite(answer),
            (_, None) => Outcome::Unknown(error.to_string()),
        }
    }
}

/// Lists which meanings an answer can have; every other one decides nothing.
macro_rules! answered {
    ($answer:ty, $operation:ident { $($meaning:ident => $value:expr),* $(,)? }) => {
        impl Answered for $answer {
            const OPERATION: Operation = Operation::$operation;

            fn of(meaning: Meaning) -> Option<Self> {
                $(if meaning == Meaning::$meaning {
                    return Some($value);
                })*
                None
            }
        }
    };
}

answered!(Created, Create {
    AlreadyPaid => Self::AlreadyPaid,
    Closed => Self::Closed,
    NumberUsed => Self::NumberUsed,
});
answered!(Option<Trade>, Query { NotFound => None });
answered!(Closed, Close {
    AlreadyPaid => Self::AlreadyPaid,
    NotFound => Self::NotFound,
});
answered!(Submitted, Refund { NotEnough => Self::NotEnough });
answered!(Option<RefundEvidence>, QueryRefund { NotFound => None });
answered!(Download, Bill {
    NotFound => Self::NoBill,
    NotYet => Self::NotYet,
});

/// A signed trade is evidence only about the number that was asked for.
pub(crate) fn evidence(trade: Result<Trade, String>, asked: &str) -> Outcome<Option<Trade>> {
    match trade {
        Ok(trade) if trade.out_trade_no == asked => Outcome::Definite(Some(trade)),
        Ok(trade) => Outcome::Unknown(format!("answered for {}", trade.out_trade_no)),
        Err(seen) => Outcome::Unknown(seen),
    }
}
