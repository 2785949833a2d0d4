//! The reference model: what must be true of one order's money, whoever keeps the books. No I/O.
//!
//! A [`Picture`] of the books is checked alone, beside an earlier one, and beside the money that really moved. The sans-I/O
//! core and the server, which is reached through HTTP, are held to the same model.

use std::collections::BTreeMap;

use domain::order::OrderState;
use domain::payment::{AttemptState, Disposition};
use domain::refund::RefundState;

/// The books about one order at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    pub(crate) order: OrderState,
    pub(crate) due: i64,
    pub(crate) refunded: i64,
    /// How often it was told that the order is paid.
    pub(crate) told_paid: usize,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) refunds: Vec<Refund>,
    pub(crate) lines: Vec<Line>,
}

/// An attempt in the books.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt {
    pub(crate) id: u128,
    pub(crate) state: AttemptState,
    pub(crate) disposition: Option<Disposition>,
    pub(crate) paid: Option<i64>,
}

/// A refund in the books.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refund {
    pub(crate) id: u128,
    pub(crate) attempt: u128,
    pub(crate) state: RefundState,
    pub(crate) amount: i64,
    /// Whether we asked for it; else somebody did on the provider's own pages.
    pub(crate) is_ours: bool,
}

/// Whose side of the ledger a line is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    /// The provider's, where the money lies.
    Merchant,
    /// What came in by this kind of payment.
    Kind(Disposition),
}

/// A line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) event: u128,
    pub(crate) attempt: u128,
    pub(crate) account: Account,
    pub(crate) delta: i64,
}

/// The money of an attempt that really moved, by the provider's books.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Moved {
    /// What the payer paid.
    pub(crate) came: i64,
    /// What went back.
    pub(crate) back: i64,
}

fn hold(is_so: bool, rule: &str) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(rule.to_owned()) }
}

impl Picture {
    /// What holds at every moment.
    pub(crate) fn check(&self) -> Result<(), String> {
        let mut events = BTreeMap::new();
        for line in &self.lines {
            *events.entry(line.event).or_insert(0) += line.delta;
        }
        hold(
            events.values().all(|sum| *sum == 0),
            "the lines of an event sum to 0",
        )?;
        let is_applied = |one: &&Attempt| one.disposition == Some(Disposition::Applied);
        let mut applied = self.attempts.iter().filter(is_applied);
        let (settled_by, second) = (applied.next(), applied.next());
        hold(second.is_none(), "one attempt settles an order")?;
        let back = settled_by.map(|attempt| self.back_of(attempt.id));
        let expected = match back {
            None => [OrderState::Unpaid, OrderState::Closed].contains(&self.order),
            Some(0) => self.order == OrderState::Paid,
            Some(back) if back < self.due => self.order == OrderState::PartiallyRefunded,
            Some(_) => self.order == OrderState::Refunded,
        };
        hold(expected, "an order's state is what its money makes it")?;
        hold(
            self.refunded == back.unwrap_or(0),
            "an order knows what went back",
        )?;
        let told = usize::from(settled_by.is_some());
        hold(
            self.told_paid == told,
            "a payment is told of once, and only where it is",
        )?;
        for attempt in &self.attempts {
            self.check_attempt(attempt)?;
        }
        Ok(())
    }

    fn check_attempt(&self, attempt: &Attempt) -> Result<(), String> {
        let (has_succeeded, paid) = (
            attempt.state == AttemptState::Succeeded,
            attempt.paid.unwrap_or(0),
        );
        hold(
            has_succeeded == attempt.disposition.is_some(),
            "money has a meaning",
        )?;
        let own = self.refunds.iter().filter(|one| one.attempt == attempt.id);
        let held = own.filter(|one| one.is_ours && one.state.holds_money());
        hold(
            held.map(|one| one.amount).sum::<i64>() <= paid,
            "no more is asked back than came",
        )?;
        let left = paid - self.back_of(attempt.id);
        hold(left >= 0, "no more goes back than came")?;
        hold(
            self.booked(attempt.id, Account::Merchant) == left,
            "the ledger has what is left",
        )?;
        let kind = attempt.disposition.map_or(0, |disposition| {
            self.booked(attempt.id, Account::Kind(disposition))
        });
        hold(
            kind == -left,
            "the ledger knows what the money is there for",
        )
    }

    /// What holds beside an earlier picture: nothing is forgotten and nothing moves backwards.
    pub(crate) fn check_after(&self, earlier: &Self) -> Result<(), String> {
        hold(
            rank_of_order(earlier.order) <= rank_of_order(self.order),
            "no order moves backwards",
        )?;
        hold(earlier.refunded <= self.refunded, "no refund is taken back")?;
        for before in &earlier.attempts {
            let now = self.attempts.iter().find(|one| one.id == before.id);
            let now = now.ok_or("no attempt is forgotten")?;
            hold(
                rank_of_attempt(before.state) <= rank_of_attempt(now.state),
                "no attempt moves backwards",
            )?;
            let money = |one: &Attempt| (one.disposition, one.paid);
            hold(
                before.disposition.is_none() || money(before) == money(now),
                "what money means is final",
            )?;
        }
        for before in &earlier.refunds {
            let now = self.refunds.iter().find(|one| one.id == before.id);
            let now = now.ok_or("no refund is forgotten")?;
            hold(
                rank_of_refund(before.state) <= rank_of_refund(now.state),
                "no refund moves backwards",
            )?;
            hold(
                before.amount == now.amount,
                "a refund's amount does not change",
            )?;
        }
        let is_kept = |line| self.lines.contains(line);
        hold(
            earlier.lines.iter().all(is_kept),
            "the ledger is only added to",
        )
    }

    /// What holds beside the provider's books: nothing is booked that did not move.
    pub(crate) fn check_beside(&self, moved: &BTreeMap<u128, Moved>) -> Result<(), String> {
        for attempt in &self.attempts {
            let real = moved.get(&attempt.id).copied().unwrap_or_default();
            hold(
                attempt.paid.unwrap_or(0) <= real.came,
                "no payment is invented",
            )?;
            hold(
                self.back_of(attempt.id) <= real.back,
                "no refund is invented",
            )?;
        }
        Ok(())
    }

    /// What holds once everything was told and asked: the books are the provider's, and nobody's money is kept.
    pub(crate) fn check_at_rest(&self, moved: &BTreeMap<u128, Moved>) -> Result<(), String> {
        for (id, real) in moved {
            let attempt = self.attempts.iter().find(|one| one.id == *id);
            let attempt = attempt.ok_or("every payment has its attempt")?;
            hold(
                attempt.paid.unwrap_or(0) == real.came,
                "every payment is known",
            )?;
            hold(self.back_of(*id) == real.back, "every refund is known")?;
            let is_surplus = attempt.disposition == Some(Disposition::Surplus);
            hold(
                !is_surplus || real.back == real.came || self.is_with_a_person(*id),
                "what no order needs has gone back",
            )?;
        }
        hold(
            self.order != OrderState::Unpaid
                || self
                    .attempts
                    .iter()
                    .all(|one| one.disposition != Some(Disposition::Surplus)),
            "no money is returned that an order still asks for",
        )
    }

    /// Whether a refund of an attempt came to nothing, so that a person goes on.
    fn is_with_a_person(&self, attempt: u128) -> bool {
        let ended = [
            RefundState::Abnormal,
            RefundState::Closed,
            RefundState::Rejected,
        ];
        let mut refunds = self.refunds.iter();
        refunds.any(|one| one.attempt == attempt && ended.contains(&one.state))
    }

    fn back_of(&self, attempt: u128) -> i64 {
        let own = self.refunds.iter().filter(|one| one.attempt == attempt);
        let back = own.filter(|one| one.state == RefundState::Succeeded);
        back.map(|one| one.amount).sum()
    }

    fn booked(&self, attempt: u128, account: Account) -> i64 {
        let own = self
            .lines
            .iter()
            .filter(|line| (line.attempt, line.account) == (attempt, account));
        own.map(|line| line.delta).sum()
    }
}

fn rank_of_order(state: OrderState) -> u8 {
    match state {
        OrderState::Unpaid => 0,
        // Late money opens it again, so that closed comes before paid.
        OrderState::Closed => 1,
        OrderState::Paid => 2,
        OrderState::PartiallyRefunded => 3,
        OrderState::Refunded => 4,
    }
}

fn rank_of_attempt(state: AttemptState) -> u8 {
    match state {
        AttemptState::New => 0,
        AttemptState::Pending => 1,
        AttemptState::Closed | AttemptState::Rejected => 2,
        AttemptState::Succeeded => 3,
    }
}

fn rank_of_refund(state: RefundState) -> u8 {
    match state {
        RefundState::Requested => 0,
        RefundState::Submitted => 1,
        RefundState::Abnormal => 2,
        RefundState::Closed | RefundState::Rejected => 3,
        RefundState::Succeeded => 4,
    }
}
