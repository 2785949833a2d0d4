//! What is due for one enrolment, and how an order may move.

mod number;
mod record;

pub use number::OrderNo;
pub use record::{Order, OrderLine};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use crate::word::words;

/// How long one payment attempt can be paid. Source: docs/sources.md#pay-window.
pub const ATTEMPT_LIFETIME: TimeDelta = TimeDelta::minutes(30);
/// An attempt that could be paid for less than this is not begun. Source: docs/sources.md#pay-window.
pub const ATTEMPT_SHORTEST: TimeDelta = TimeDelta::minutes(2);

words! {
    /// Where an order is.
    OrderState {
        /// Something is due.
        Unpaid = "unpaid", "未支付", "unpaid";
        /// Settled: paid, or nothing was due.
        Paid = "paid", "已支付", "paid";
        /// Paid, and part of it went back.
        PartiallyRefunded = "partially_refunded", "部分退款", "partly refunded";
        /// Paid, and all of it went back.
        Refunded = "refunded", "已退款", "refunded";
        /// Ended unpaid.
        Closed = "closed", "已关闭", "closed";
    }
}

words! {
    /// Why an order was closed.
    ClosedReason {
        /// It was not paid in time.
        Timeout = "timeout", "超时未支付", "not paid in time";
        /// The student closed it.
        User = "user", "本人取消", "closed by you";
        /// Staff closed it.
        Staff = "staff", "工作人员关闭", "closed by staff";
        /// The price changed.
        PriceChange = "price_change", "费用变更", "the price changed";
        /// The task ended.
        TaskEnded = "task_ended", "采集任务结束", "the task ended";
    }
}

words! {
    /// What an order looks like from outside: its state, and whether a payment is on its way.
    OrderStatus {
        /// Something is due and nothing is on its way.
        Unpaid = "unpaid", "未支付", "unpaid";
        /// A payment was begun and may still arrive.
        Paying = "paying", "等待付款", "waiting for payment";
        /// Settled.
        Paid = "paid", "已支付", "paid";
        /// Paid, and part of it went back.
        PartiallyRefunded = "partially_refunded", "部分退款", "partly refunded";
        /// Paid, and all of it went back.
        Refunded = "refunded", "已退款", "refunded";
        /// Ended unpaid.
        Closed = "closed", "已关闭", "closed";
    }
}

/// What can happen to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderEvent {
    /// The full amount arrived, or nothing was due.
    Settled,
    /// The full amount arrived after the order had closed for lack of payment.
    SettledLate,
    /// It ended unpaid.
    Closed,
    /// Part of the money went back.
    PartlyRefunded,
    /// All of the money went back.
    FullyRefunded,
}

/// A move that an order does not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an order in state {from} refuses {event:?}")]
pub struct OrderMoveError {
    /// Where it is.
    pub from: OrderState,
    /// What was to happen.
    pub event: OrderEvent,
}

impl OrderState {
    /// Whether it is the order that counts: one such order an enrolment.
    pub fn is_open(self) -> bool {
        match self {
            Self::Unpaid | Self::Paid | Self::PartiallyRefunded => true,
            Self::Refunded | Self::Closed => false,
        }
    }

    /// Where the event leads; the only code that decides how an order moves.
    ///
    /// # Errors
    /// [`OrderMoveError`], where the event does not fit.
    pub fn after(self, event: OrderEvent) -> Result<Self, OrderMoveError> {
        use OrderEvent as Event;
        Ok(match (self, event) {
            (Self::Unpaid, Event::Settled) | (Self::Closed, Event::SettledLate) => Self::Paid,
            (Self::Unpaid, Event::Closed) => Self::Closed,
            (Self::Paid | Self::PartiallyRefunded, Event::PartlyRefunded) => {
                Self::PartiallyRefunded
            }
            (Self::Paid | Self::PartiallyRefunded, Event::FullyRefunded) => Self::Refunded,
            (from, event) => return Err(OrderMoveError { from, event }),
        })
    }

    /// What people see; `is_paying` says whether an attempt may still be paid.
    pub fn status(self, is_paying: bool) -> OrderStatus {
        match self {
            Self::Unpaid if is_paying => OrderStatus::Paying,
            Self::Unpaid => OrderStatus::Unpaid,
            Self::Paid => OrderStatus::Paid,
            Self::PartiallyRefunded => OrderStatus::PartiallyRefunded,
            Self::Refunded => OrderStatus::Refunded,
            Self::Closed => OrderStatus::Closed,
        }
    }
}

/// Why an unpaid order ends now; `None` while its task takes photos, since only the end of the task ends an order.
pub fn end_reason(
    due_until: DateTime<Utc>,
    task_is_open: bool,
    now: DateTime<Utc>,
) -> Option<ClosedReason> {
    match (task_is_open, now < due_until) {
        (true, _) => None,
        (false, true) => Some(ClosedReason::TaskEnded),
        (false, false) => Some(ClosedReason::Timeout),
    }
}

/// Until when an attempt that is begun now can be paid: whole seconds, since providers know no smaller ones.
///
/// `None` where too little of the task's time is left to pay in.
pub fn attempt_expiry(task_closes_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let expires_at = task_closes_at.min(now + ATTEMPT_LIFETIME).trunc_subsecs(0);
    (expires_at >= now + ATTEMPT_SHORTEST).then_some(expires_at)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{OrderEvent as Event, OrderState as State, *};

    #[rstest]
    #[case::half_an_hour_at_most(10_000, 0, Some(1_800))]
    #[case::at_the_second_the_task_ends(1_000, 700, Some(1_000))]
    #[case::two_minutes_left(121, 0, Some(121))]
    #[case::a_little_less_than_two_minutes(120, 400, None)]
    #[case::over(0, 0, None)]
    fn an_attempt_ends_with_its_task_and_is_never_too_short(
        #[case] second: i64,
        #[case] millis: u32,
        #[case] expected: Option<i64>,
    ) {
        let at =
            |second, millis: u32| DateTime::from_timestamp(second, millis * 1_000_000).unwrap();
        assert_eq!(
            attempt_expiry(at(second, millis), at(0, 500)),
            expected.map(|second| at(second, 0))
        );
    }

    #[rstest]
    #[case::open(true, 99, None)]
    #[case::open_after_its_time(true, 100, None)]
    #[case::the_task_ended(false, 99, Some(ClosedReason::TaskEnded))]
    #[case::ended_and_out_of_time(false, 100, Some(ClosedReason::Timeout))]
    fn an_unpaid_order_ends_with_its_task(
        #[case] task_is_open: bool,
        #[case] now: i64,
        #[case] expected: Option<ClosedReason>,
    ) {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        assert_eq!(
            end_reason(at(100), task_is_open, at(now)),
            expected,
            "{task_is_open} at {now}"
        );
    }

    const EVENTS: [Event; 5] = [
        Event::Settled,
        Event::SettledLate,
        Event::Closed,
        Event::PartlyRefunded,
        Event::FullyRefunded,
    ];

    #[test]
    fn an_order_moves_as_the_table_says_and_not_otherwise() {
        let moves = [
            (State::Unpaid, Event::Settled, State::Paid),
            (State::Unpaid, Event::Closed, State::Closed),
            (State::Closed, Event::SettledLate, State::Paid),
            (State::Paid, Event::PartlyRefunded, State::PartiallyRefunded),
            (State::Paid, Event::FullyRefunded, State::Refunded),
            (
                State::PartiallyRefunded,
                Event::PartlyRefunded,
                State::PartiallyRefunded,
            ),
            (
                State::PartiallyRefunded,
                Event::FullyRefunded,
                State::Refunded,
            ),
        ];
        for &from in State::ALL {
            for event in EVENTS {
                let expected = moves
                    .iter()
                    .find(|(f, e, _)| (*f, *e) == (from, event))
                    .map(|m| m.2);
                assert_eq!(from.after(event).ok(), expected, "{from} {event:?}");
            }
        }
    }
}
