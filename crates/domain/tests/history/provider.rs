//! What really happens to the money: a provider's trades and refunds, as far as the rules can see them.

use domain::payment::{AttemptState, Unpaid};
use domain::refund::RefundSeen;

use crate::model::Moved;

/// What the payer was to pay.
pub(crate) const PRICE: i64 = 2000;

/// How much of a call came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// It had its effect, and its answer arrived.
    Answered,
    /// It never arrived.
    LostBefore,
    /// It had its effect, but nobody knows.
    LostAfter,
}

impl Call {
    pub(crate) fn has_effect(self) -> bool {
        self != Self::LostBefore
    }
}

/// What a provider has about one attempt.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trade {
    pub(crate) is_known: bool,
    pub(crate) is_closed: bool,
    /// What each of its transactions brought.
    pub(crate) paid: Vec<i64>,
    pub(crate) refunds: Vec<Returned>,
}

/// A refund at the provider.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Returned {
    pub(crate) id: u128,
    pub(crate) amount: i64,
    pub(crate) seen: RefundSeen,
}

/// What comes of closing a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closing {
    Closed,
    Paid,
    NotFound,
}

impl Trade {
    /// The payer pays; `insists` stands for a provider that takes money for what it closed, or takes it twice.
    pub(crate) fn pay(&mut self, amount: i64, insists: bool) {
        let is_open = !self.is_closed && self.paid.is_empty();
        if self.is_known && (is_open || insists) {
            self.paid.push(amount);
        }
    }

    pub(crate) fn close(&mut self) -> Closing {
        match (self.is_known, self.paid.is_empty()) {
            (false, _) => Closing::NotFound,
            (true, false) => Closing::Paid,
            (true, true) => {
                self.is_closed = true;
                Closing::Closed
            }
        }
    }

    /// What a query says of a trade that nobody paid.
    pub(crate) fn unpaid(&self) -> Unpaid {
        match (self.is_known, self.is_closed) {
            (false, _) => Unpaid::NotFound,
            (true, false) => Unpaid::Open,
            (true, true) => Unpaid::Closed,
        }
    }

    /// Takes a refund in; the same number again is the same refund.
    pub(crate) fn refund(&mut self, id: u128, amount: i64) -> RefundSeen {
        if let Some(known) = self.refunds.iter().find(|one| one.id == id) {
            return known.seen;
        }
        let holding = self
            .refunds
            .iter()
            .filter(|one| one.seen != RefundSeen::Closed);
        let held: i64 = holding.map(|one| one.amount).sum();
        if held + amount > self.moved().came {
            return RefundSeen::Refused;
        }
        let seen = RefundSeen::Processing;
        self.refunds.push(Returned { id, amount, seen });
        seen
    }

    /// What a query says of a refund.
    pub(crate) fn seen(&self, id: u128) -> RefundSeen {
        let known = self.refunds.iter().find(|one| one.id == id);
        known.map_or(RefundSeen::NotFound, |one| one.seen)
    }

    /// Goes on with a refund; money that is back stays there.
    pub(crate) fn decide(&mut self, which: usize, seen: RefundSeen) {
        let under_way = [RefundSeen::Processing, RefundSeen::Abnormal];
        let mut open = self
            .refunds
            .iter_mut()
            .filter(|one| under_way.contains(&one.seen));
        if let Some(one) = open.nth(which) {
            one.seen = seen;
        }
    }

    /// The first transaction is the payment; another one is for a person.
    pub(crate) fn moved(&self) -> Moved {
        let done = self
            .refunds
            .iter()
            .filter(|one| one.seen == RefundSeen::Succeeded);
        Moved {
            came: self.paid.first().copied().unwrap_or(0),
            back: done.map(|one| one.amount).sum(),
        }
    }
}

/// What an attempt is after its first call.
pub(crate) fn after_create(call: Call, is_refused: bool) -> AttemptState {
    match (call, is_refused) {
        (Call::Answered, true) => AttemptState::Rejected,
        // Whoever does not know asks on.
        (Call::Answered | Call::LostBefore | Call::LostAfter, _) => AttemptState::Pending,
    }
}
