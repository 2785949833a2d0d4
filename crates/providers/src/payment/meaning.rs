//! From a provider's codes to our words: one reading for every provider.

use super::{Closed, Created, Trade};
use crate::{Outcome, Refusal};
use std::fmt::Display;

/// The calls, on which one code may mean different things.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operation {
    Create,
    Query,
    Close,
}

/// What a code means on a call. A code that is not listed means `Unknown`, so that a new or
/// misread code can never make us give up a number that was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    AlreadyPaid,
    Closed,
    NumberUsed,
    NotFound,
    Refused,
    Unknown,
}

impl Meaning {
    pub(crate) fn created(self, error: impl Display + Into<Refusal>) -> Outcome<Created> {
        match self {
            Self::AlreadyPaid => Outcome::Definite(Created::AlreadyPaid),
            Self::Closed => Outcome::Definite(Created::Closed),
            Self::NumberUsed => Outcome::Definite(Created::NumberUsed),
            Self::Refused => Outcome::Refused(error.into()),
            Self::NotFound | Self::Unknown => Outcome::Unknown(error.to_string()),
        }
    }

    pub(crate) fn found(self, error: impl Display + Into<Refusal>) -> Outcome<Option<Trade>> {
        match self {
            Self::NotFound => Outcome::Definite(None),
            Self::Refused => Outcome::Refused(error.into()),
            Self::AlreadyPaid | Self::Closed | Self::NumberUsed | Self::Unknown => {
                Outcome::Unknown(error.to_string())
            }
        }
    }

    pub(crate) fn closed(self, error: impl Display + Into<Refusal>) -> Outcome<Closed> {
        match self {
            Self::AlreadyPaid => Outcome::Definite(Closed::AlreadyPaid),
            Self::NotFound => Outcome::Definite(Closed::NotFound),
            Self::Refused => Outcome::Refused(error.into()),
            Self::Closed | Self::NumberUsed | Self::Unknown => Outcome::Unknown(error.to_string()),
        }
    }
}

/// A signed trade is evidence only about the number that was asked for.
pub(crate) fn evidence(trade: Result<Trade, String>, asked: &str) -> Outcome<Option<Trade>> {
    match trade {
        Ok(trade) if trade.out_trade_no == asked => Outcome::Definite(Some(trade)),
        Ok(trade) => Outcome::Unknown(format!("answered for {}", trade.out_trade_no)),
        Err(seen) => Outcome::Unknown(seen),
    }
}
