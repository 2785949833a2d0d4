//! The sans-I/O core at work: books that move only by the decisions of `domain`, beside a provider that can do anything.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::Fen;
use domain::order::{ClosedReason, OrderEvent, OrderState, attempt_expiry, end_reason};
use domain::payment::{
    AttemptFacts, AttemptState, Disposition, Evidence, Meaning, OrderFacts, Step as Next, Unpaid,
    after_unpaid, meaning,
};
use domain::refund::{RefundMove, RefundSeen, RefundState, Refundable};

use crate::model::{Account, Attempt, Line, Moved, Picture, Refund};
use crate::provider::{Call, Closing, PRICE, Trade, after_create};
use crate::step::Step;

/// Numbers of refunds that somebody made on the provider's own pages begin here.
const CONSOLE: u128 = 1000;

/// One order, its books and its provider.
#[derive(Debug)]
pub(crate) struct Shop {
    now: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    due_until: DateTime<Utc>,
    closed_reason: Option<ClosedReason>,
    books: Picture,
    /// Beside each attempt: until when it can be paid, and whether another took its place.
    terms: Vec<(DateTime<Utc>, bool)>,
    trades: Vec<Trade>,
    /// Which transaction of which attempt was told of; a notice stays here, since it may come again.
    notices: Vec<(usize, usize)>,
}

impl Shop {
    /// An order of a task that takes photos for ten more hours.
    pub(crate) fn open() -> Self {
        let closes_at = DateTime::UNIX_EPOCH + TimeDelta::hours(10);
        Self {
            now: DateTime::UNIX_EPOCH,
            closes_at,
            due_until: closes_at,
            closed_reason: None,
            books: Picture {
                order: OrderState::Unpaid,
                due: PRICE,
                refunded: 0,
                told_paid: 0,
                attempts: Vec::new(),
                refunds: Vec::new(),
                lines: Vec::new(),
            },
            terms: Vec::new(),
            trades: Vec::new(),
            notices: Vec::new(),
        }
    }

    pub(crate) fn picture(&self) -> &Picture {
        &self.books
    }

    /// The money that really moved.
    pub(crate) fn moved(&self) -> BTreeMap<u128, Moved> {
        let moved = self.trades.iter().map(Trade::moved);
        (0_u128..).zip(moved).collect()
    }

    /// Lets something happen.
    pub(crate) fn take(&mut self, step: Step) {
        match step {
            Step::Begin { call, is_refused } => self.begin(call, is_refused),
            Step::Pay {
                which,
                more,
                insists,
            } => self.pay(which, more, insists),
            Step::Notice(which) => {
                if let Some(&(attempt, transaction)) = pick(&self.notices, which) {
                    self.apply(attempt, transaction);
                }
            }
            Step::Ask(which) => self.on_attempt(which, Self::ask),
            Step::Close(call) => self.close(call),
            Step::Wait(minutes) => {
                self.now += TimeDelta::minutes(i64::from(minutes));
                self.sweep();
            }
            Step::Prolong(hours) => self.closes_at = self.now + TimeDelta::hours(i64::from(hours)),
            Step::Refund { which, amount } => {
                self.on_attempt(which, |shop, one| shop.request(one, amount));
            }
            Step::HandIn(which, call) => self.on_refund(which, |shop, one| shop.hand_in(one, call)),
            Step::AskRefund(which) => self.on_refund(which, Self::ask_refund),
            Step::Decide { which, how } => {
                self.on_attempt(which, |shop, one| shop.trades[one].decide(0, how));
            }
            Step::Console { which, amount } => {
                self.on_attempt(which, |shop, one| shop.console(one, amount));
            }
        }
    }

    /// Lets everything be told, asked and decided.
    pub(crate) fn rest(&mut self) {
        for _ in 0..3 {
            for (attempt, transaction) in self.notices.clone() {
                self.apply(attempt, transaction);
            }
            for attempt in 0..self.trades.len() {
                self.ask(attempt);
            }
            for refund in 0..self.books.refunds.len() {
                self.hand_in(refund, Call::Answered);
            }
            for trade in &mut self.trades {
                while trade
                    .refunds
                    .iter()
                    .any(|one| one.seen == RefundSeen::Processing)
                {
                    trade.decide(0, RefundSeen::Succeeded);
                }
            }
            for refund in 0..self.books.refunds.len() {
                self.ask_refund(refund);
            }
        }
    }

    fn on_attempt(&mut self, which: u8, act: impl FnOnce(&mut Self, usize)) {
        if let Some(attempt) = usize::from(which).checked_rem(self.trades.len()) {
            act(self, attempt);
        }
    }

    fn on_refund(&mut self, which: u8, act: impl FnOnce(&mut Self, usize)) {
        if let Some(refund) = usize::from(which).checked_rem(self.books.refunds.len()) {
            act(self, refund);
        }
    }

    fn begin(&mut self, call: Call, is_refused: bool) {
        let is_open = self.now < self.closes_at && self.books.order == OrderState::Unpaid;
        let expires_at = attempt_expiry(self.closes_at, self.now).filter(|_| is_open);
        let Some(expires_at) = expires_at else { return };
        for other in self.waiting() {
            match self.end(other, Call::Answered) {
                Some(Closing::Closed | Closing::NotFound) | None => {}
                Some(Closing::Paid) => return,
            }
        }
        self.books.attempts.push(Attempt {
            id: self.trades.len() as u128,
            state: after_create(call, is_refused),
            disposition: None,
            paid: None,
        });
        self.terms.push((expires_at, false));
        self.trades.push(Trade {
            is_known: call.has_effect() && !is_refused,
            ..Trade::default()
        });
    }

    fn pay(&mut self, which: u8, more: bool, insists: bool) {
        self.on_attempt(which, |shop, attempt| {
            let trade = &mut shop.trades[attempt];
            let before = trade.paid.len();
            let amount = trade.paid.first().copied();
            trade.pay(amount.unwrap_or(PRICE + i64::from(more)), insists);
            let new = before..trade.paid.len();
            shop.notices
                .extend(new.map(|transaction| (attempt, transaction)));
        });
    }

    /// The attempts that may still be paid in the ordinary way and that nothing took the place of.
    fn waiting(&self) -> Vec<usize> {
        let attempts = self.books.attempts.iter().zip(&self.terms).enumerate();
        let waiting = attempts.filter(|(_, (one, term))| one.state.is_waiting() && !term.1);
        waiting.map(|(index, _)| index).collect()
    }

    /// Ends an attempt at its provider; `None` where nobody knows.
    fn end(&mut self, attempt: usize, call: Call) -> Option<Closing> {
        let closing = if call.has_effect() {
            self.trades[attempt].close()
        } else {
            return None;
        };
        if call == Call::LostAfter {
            return None;
        }
        match closing {
            Closing::Closed => self.end_row(attempt),
            Closing::Paid => self.ask(attempt),
            Closing::NotFound => self.terms[attempt].1 = true,
        }
        Some(closing)
    }

    fn end_row(&mut self, attempt: usize) {
        let row = &mut self.books.attempts[attempt];
        if row.state.is_waiting() {
            row.state = AttemptState::Closed;
        }
    }

    fn close(&mut self, call: Call) {
        if self.books.order != OrderState::Unpaid {
            return;
        }
        for attempt in self.waiting() {
            match self.end(attempt, call) {
                Some(Closing::Closed | Closing::NotFound) => {}
                Some(Closing::Paid) | None => return,
            }
        }
        self.close_order(ClosedReason::User);
    }

    fn close_order(&mut self, reason: ClosedReason) {
        self.move_order(OrderEvent::Closed);
        self.closed_reason = Some(reason);
    }

    fn move_order(&mut self, event: OrderEvent) {
        self.books.order = self.books.order.after(event).unwrap();
    }

    /// What the background does when time has passed.
    fn sweep(&mut self) {
        for attempt in 0..self.trades.len() {
            if self.books.attempts[attempt].state.is_waiting() {
                self.ask(attempt);
            }
        }
        let is_due = self.books.order == OrderState::Unpaid && self.now >= self.due_until;
        let is_waited_for = self.books.attempts.iter().any(|one| one.state.is_waiting());
        if is_due && !is_waited_for {
            match end_reason(self.due_until, self.now < self.closes_at, self.now) {
                Some(reason) => self.close_order(reason),
                None => self.due_until = self.closes_at,
            }
        }
    }

    /// Asks the provider about an attempt and does what follows.
    fn ask(&mut self, attempt: usize) {
        if !self.trades[attempt].paid.is_empty() {
            return self.apply(attempt, 0);
        }
        let (expires_at, is_superseded) = self.terms[attempt];
        let seen = self.trades[attempt].unpaid();
        match after_unpaid(seen, !is_superseded, expires_at, self.now) {
            Next::Wait => {}
            Next::End => self.end_row(attempt),
            Next::CloseAtProvider => {
                if self.trades[attempt].close() == Closing::Closed {
                    self.end_row(attempt);
                }
            }
        }
        // An unscanned code that ran out can no longer be paid.
        if seen == Unpaid::NotFound && self.now >= expires_at {
            self.trades[attempt].is_closed = true;
        }
    }

    fn apply(&mut self, attempt: usize, transaction: usize) {
        let row = self.books.attempts[attempt];
        let amount = self.trades[attempt].paid[transaction];
        let evidence = Evidence {
            transaction_id: format!("{attempt}-{transaction}"),
            payer: None,
            amount: Fen(amount),
            currency: "CNY".to_owned(),
            paid_at: self.now,
        };
        // The first transaction that was told of is the attempt's; the books keep it as its smallest number.
        let known = row.paid.is_some().then(|| format!("{attempt}-0"));
        let facts = AttemptFacts {
            state: row.state,
            amount: Fen(PRICE),
            provider_txn_id: known,
            is_transaction_elsewhere: false,
        };
        let order = OrderFacts {
            state: self.books.order,
            closed_reason: self.closed_reason,
            task_is_open: self.now < self.closes_at,
            has_other_open_order: false,
        };
        match meaning(&evidence, &facts, order) {
            Meaning::Known | Meaning::SecondTransaction | Meaning::TransactionElsewhere => {}
            Meaning::Mismatch => self.succeed(attempt, amount, Disposition::Conflict),
            Meaning::Applied { late } => {
                self.succeed(attempt, amount, Disposition::Applied);
                let event = if late {
                    OrderEvent::SettledLate
                } else {
                    OrderEvent::Settled
                };
                self.move_order(event);
                self.books.told_paid += 1;
            }
            Meaning::Surplus => {
                self.succeed(attempt, amount, Disposition::Surplus);
                self.request(attempt, u16::MAX);
            }
        }
    }

    fn succeed(&mut self, attempt: usize, amount: i64, disposition: Disposition) {
        let row = &mut self.books.attempts[attempt];
        row.state = AttemptState::Succeeded;
        row.disposition = Some(disposition);
        row.paid = Some(amount);
        for (index, term) in self.terms.iter_mut().enumerate() {
            term.1 |= index != attempt;
        }
        self.book(attempt, amount, disposition);
    }

    fn book(&mut self, attempt: usize, amount: i64, disposition: Disposition) {
        let event = self.books.lines.len() as u128;
        for (account, delta) in [
            (Account::Merchant, amount),
            (Account::Kind(disposition), -amount),
        ] {
            self.books.lines.push(Line {
                event,
                attempt: attempt as u128,
                account,
                delta,
            });
        }
    }

    /// Asks for so much of an attempt's money back; for all that is left where that is less.
    fn request(&mut self, attempt: usize, amount: u16) {
        let row = self.books.attempts[attempt];
        let Some(paid) = row.paid else { return };
        let own = || {
            self.books
                .refunds
                .iter()
                .filter(|one| one.attempt == row.id)
        };
        let held = own().filter(|one| one.state.holds_money());
        let payment = Refundable {
            paid: Fen(paid),
            paid_at: DateTime::UNIX_EPOCH,
            taken: Fen(held.map(|one| one.amount).sum()),
            count: own().count(),
        };
        let amount = payment.left().min(Fen(i64::from(amount)));
        if payment.check(amount, self.now).is_ok() {
            self.books.refunds.push(Refund {
                id: self.books.refunds.len() as u128,
                attempt: row.id,
                state: RefundState::Requested,
                amount: amount.0,
                is_ours: true,
            });
        }
    }

    fn attempt_of(&self, refund: usize) -> usize {
        let attempt = self.books.refunds[refund].attempt;
        usize::try_from(attempt).unwrap()
    }

    fn hand_in(&mut self, refund: usize, call: Call) {
        let (row, attempt) = (self.books.refunds[refund], self.attempt_of(refund));
        if row.state == RefundState::Requested && call.has_effect() {
            let seen = self.trades[attempt].refund(row.id, row.amount);
            if call == Call::Answered {
                self.see(refund, seen);
            }
        }
    }

    fn ask_refund(&mut self, refund: usize) {
        let (row, attempt) = (self.books.refunds[refund], self.attempt_of(refund));
        self.see(refund, self.trades[attempt].seen(row.id));
    }

    fn see(&mut self, refund: usize, seen: RefundSeen) {
        let (row, attempt) = (self.books.refunds[refund], self.attempt_of(refund));
        match row.state.after(seen) {
            RefundMove::Stay => {}
            RefundMove::Resubmit => {
                let seen = self.trades[attempt].refund(row.id, row.amount);
                self.see(refund, seen);
            }
            RefundMove::To(state) => {
                self.books.refunds[refund].state = state;
                if state == RefundState::Succeeded {
                    self.went_back(attempt, row.amount);
                }
            }
        }
    }

    fn went_back(&mut self, attempt: usize, amount: i64) {
        let disposition = self.books.attempts[attempt].disposition.unwrap();
        if disposition == Disposition::Applied {
            self.books.refunded += amount;
            let is_all = self.books.refunded >= self.books.due;
            self.move_order(if is_all {
                OrderEvent::FullyRefunded
            } else {
                OrderEvent::PartlyRefunded
            });
        }
        self.book(attempt, -amount, disposition);
    }

    /// Somebody returns money on the provider's own pages, and we are told of it.
    fn console(&mut self, attempt: usize, amount: u16) {
        let id = CONSOLE + self.books.refunds.len() as u128;
        let amount = i64::from(amount);
        if amount > 0 && self.trades[attempt].refund(id, amount) == RefundSeen::Processing {
            // A payment of which we hear by its refund is asked about first.
            if self.books.attempts[attempt].paid.is_none() {
                self.ask(attempt);
            }
            self.books.refunds.push(Refund {
                id,
                attempt: attempt as u128,
                state: RefundState::Submitted,
                amount,
                is_ours: false,
            });
        }
    }
}

fn pick<T>(all: &[T], which: u8) -> Option<&T> {
    all.get(usize::from(which).checked_rem(all.len())?)
}
