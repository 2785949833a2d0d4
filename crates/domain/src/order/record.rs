//! An order with all that is stored of it, and the moves that change more than its state.

use chrono::{DateTime, Utc};

use super::{ClosedReason, OrderEvent, OrderMoveError, OrderNo, OrderState};
use crate::task::{FeeCode, Payer};
use crate::{
    AccountId, AttemptId, EnrolmentId, Fen, OrderId, OrderLineId, SchoolId, Sealed, TaskId,
};

/// What is due for one enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The key.
    pub id: OrderId,
    /// The number that people read.
    pub order_no: OrderNo,
    /// The school.
    pub school_id: SchoolId,
    /// The task.
    pub task_id: TaskId,
    /// What it is for; at most one open order.
    pub enrolment_id: EnrolmentId,
    /// Whose order it is.
    pub account_id: AccountId,
    /// The sum of its lines.
    pub list: Fen,
    /// What the student has to pay; positive exactly where the student pays.
    pub due: Fen,
    /// Who pays.
    pub payer: Payer,
    /// Where it is.
    pub state: OrderState,
    /// Why it was closed, while it is.
    pub closed_reason: Option<ClosedReason>,
    /// The payment attempt that settled it.
    pub settled_by: Option<AttemptId>,
    /// What went back, at most what was due.
    pub refunded: Fen,
    /// Whether staff must look at its payments.
    pub needs_review: bool,
    /// Phone, e-mail and address for this order.
    pub contact: Sealed,
    /// Until when it can be paid.
    pub due_until: DateTime<Utc>,
    /// When it was settled.
    pub paid_at: Option<DateTime<Utc>>,
    /// When it was last closed; stays where late money reopened it.
    pub closed_at: Option<DateTime<Utc>>,
    /// Counts changes, for conditional updates.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A line of an order: a snapshot of one of the task's fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The key.
    pub id: OrderLineId,
    /// The order.
    pub order_id: OrderId,
    /// Its place in the order, from 0.
    pub position: i32,
    /// What is charged.
    pub code: FeeCode,
    /// How much.
    pub amount: Fen,
}

impl Order {
    /// Whether money that came late reopened it.
    pub fn was_reopened(&self) -> bool {
        self.state != OrderState::Closed && self.closed_at.is_some()
    }

    /// Settles it, at `paid_at`; `by` is the attempt whose money did, `None` where its school pays or nothing is due.
    ///
    /// # Errors
    /// [`OrderMoveError`] where `event` does not fit; the order is then unchanged.
    pub fn settle(
        &mut self,
        event: OrderEvent,
        by: Option<AttemptId>,
        paid_at: DateTime<Utc>,
    ) -> Result<(), OrderMoveError> {
        self.state = self.state.after(event)?;
        self.settled_by = by;
        self.paid_at = Some(paid_at);
        self.closed_reason = None;
        self.version += 1;
        Ok(())
    }

    /// Ends it unpaid.
    ///
    /// # Errors
    /// [`OrderMoveError`] where it is not unpaid; the order is then unchanged.
    pub fn close(
        &mut self,
        reason: ClosedReason,
        now: DateTime<Utc>,
    ) -> Result<(), OrderMoveError> {
        self.state = self.state.after(OrderEvent::Closed)?;
        self.closed_reason = Some(reason);
        self.closed_at = Some(now);
        self.version += 1;
        Ok(())
    }

    /// Counts money that went back; the order is refunded once all that was due went back, which is at once where nothing
    /// was due.
    ///
    /// # Errors
    /// [`OrderMoveError`] where it is not settled; the order is then unchanged.
    pub fn refund(&mut self, amount: Fen) -> Result<(), OrderMoveError> {
        let refunded = Fen(self.refunded.0 + amount.0);
        let event = if refunded >= self.due {
            OrderEvent::FullyRefunded
        } else {
            OrderEvent::PartlyRefunded
        };
        self.state = self.state.after(event)?;
        self.refunded = refunded;
        self.version += 1;
        Ok(())
    }

    /// Says whether staff must look at its payments.
    pub fn set_needs_review(&mut self, needs_review: bool) {
        self.needs_review = needs_review;
        self.version += 1;
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn order() -> Order {
        Order {
            id: OrderId(Uuid::from_u128(1)),
            order_no: "10001-260420-7K3M9QXT".parse().unwrap(),
            school_id: SchoolId(Uuid::from_u128(2)),
            task_id: TaskId(Uuid::from_u128(3)),
            enrolment_id: EnrolmentId(Uuid::from_u128(4)),
            account_id: AccountId(Uuid::from_u128(5)),
            list: Fen(2000),
            due: Fen(2000),
            payer: Payer::Student,
            state: OrderState::Unpaid,
            closed_reason: None,
            settled_by: None,
            refunded: Fen::ZERO,
            needs_review: false,
            contact: Sealed::from(Vec::new()),
            due_until: at(1000),
            paid_at: None,
            closed_at: None,
            version: 1,
            created_at: at(0),
        }
    }

    #[test]
    fn late_money_reopens_an_order_and_its_refunds_add_up() {
        let mut order = order();
        let attempt = AttemptId(Uuid::from_u128(6));
        order.close(ClosedReason::Timeout, at(10)).unwrap();
        assert_eq!(order.closed_reason, Some(ClosedReason::Timeout));
        assert!(!order.was_reopened());

        order
            .settle(OrderEvent::SettledLate, Some(attempt), at(9))
            .unwrap();
        assert_eq!((order.closed_reason, order.closed_at), (None, Some(at(10))));
        assert_eq!(
            (order.settled_by, order.paid_at),
            (Some(attempt), Some(at(9)))
        );
        assert!(order.was_reopened());

        order.refund(Fen(500)).unwrap();
        assert_eq!(order.state, OrderState::PartiallyRefunded);
        order.refund(Fen(1500)).unwrap();
        assert_eq!(order.state, OrderState::Refunded);
        assert_eq!((order.refunded, order.version), (Fen(2000), 5));
    }

    #[test]
    fn a_move_that_does_not_fit_changes_nothing() {
        let mut unpaid = order();
        assert!(unpaid.refund(Fen(1)).is_err());
        assert!(unpaid.settle(OrderEvent::SettledLate, None, at(1)).is_err());
        assert_eq!(unpaid, order());
    }

    #[test]
    fn an_order_with_nothing_due_is_given_back_at_once() {
        let mut free = Order {
            due: Fen::ZERO,
            payer: Payer::School,
            ..order()
        };
        free.settle(OrderEvent::Settled, None, at(1)).unwrap();
        free.refund(Fen::ZERO).unwrap();
        assert_eq!(free.state, OrderState::Refunded);
    }

    #[rstest]
    fn an_order_says_whether_staff_must_look_at_it(#[values(true, false)] needs_review: bool) {
        let mut order = order();
        let before = order.version;
        order.set_needs_review(needs_review);
        assert_eq!(
            (order.needs_review, order.version),
            (needs_review, before + 1)
        );
    }
}
