//! Money on its way back: who may ask for how much, how a refund moves, and when its provider is asked.
//!
//! Source: docs/sources.md#refunds.

mod evidence;
mod poll;
mod record;
mod state;

pub use evidence::{RefundEvidence, ReportedState};
pub use poll::{RefundPoll, next_refund_poll};
pub use record::{Approval, CONSOLE, Refund, RefundRequester, RefundSums, SYSTEM};
pub use state::{RefundMove, RefundSeen, RefundState};

use chrono::{DateTime, TimeDelta, Utc};

use crate::word::words;
use crate::{Fen, ProblemCode};

/// A payment can be refunded for a year.
pub const REFUND_WINDOW: TimeDelta = TimeDelta::days(365);
/// A payment is refunded in at most so many parts.
pub const MOST_REFUNDS: usize = 50;
/// Two refunds of one payment keep this distance.
pub const REFUND_SPACING: TimeDelta = TimeDelta::minutes(1);
/// The same refund asked for again within this time is taken for a repetition.
pub const REPETITION_WINDOW: TimeDelta = TimeDelta::minutes(10);
/// The longest explanation, in characters: what the providers take.
pub const NOTE_LENGTH: usize = 80;

words! {
    /// Why money goes back.
    RefundReason {
        /// The order was paid by another attempt; the system's own reason.
        DuplicatePayment = "duplicate_payment", "重复支付", "paid twice";
        /// The order was closed when the money came; the system's own reason.
        LatePayment = "late_payment", "订单关闭后支付", "paid after the order closed";
        /// The student withdrew before the photo was used.
        Withdrawn = "withdrawn", "学生取消", "withdrawn by the student";
        /// The service was not rendered as promised.
        Service = "service", "服务未完成", "service not rendered";
        /// The price was wrong.
        Price = "price", "收费有误", "wrong price";
        /// Postage or prints came back.
        PostageReturned = "postage_returned", "邮寄退回", "postage returned";
        /// The amount that came is not what was asked for.
        WrongAmount = "wrong_amount", "金额不符", "wrong amount";
        /// Something else, explained in the note.
        Other = "other", "其他", "other";
    }
}

impl RefundReason {
    /// Whether only the system may give it: money goes back for it by itself, once an attempt.
    pub const fn is_automatic(self) -> bool {
        matches!(self, Self::DuplicatePayment | Self::LatePayment)
    }
}

/// What is known of a payment when somebody wants to return money of it, under its order's lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refundable {
    /// What came.
    pub paid: Fen,
    /// When.
    pub paid_at: DateTime<Utc>,
    /// The sum of its refunds that succeeded or may still.
    pub taken: Fen,
    /// How many refunds it has, whatever became of them.
    pub count: usize,
}

impl Refundable {
    /// What can still go back.
    pub fn left(self) -> Fen {
        Fen(self.paid.0.saturating_sub(self.taken.0).max(0))
    }

    /// Whether so much may go back now.
    ///
    /// # Errors
    /// `refund.amount`, `refund.over`, `refund.too_many`.
    pub fn check(self, amount: Fen, now: DateTime<Utc>) -> Result<(), ProblemCode> {
        if amount <= Fen::ZERO || amount > self.left() {
            return Err(ProblemCode::RefundAmount);
        }
        if now > self.paid_at + REFUND_WINDOW {
            return Err(ProblemCode::RefundOver);
        }
        if self.count >= MOST_REFUNDS {
            return Err(ProblemCode::RefundTooMany);
        }
        Ok(())
    }
}

/// How much goes back without a second look; an operator sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundLimits {
    /// What people return of one order in all above this needs a second person.
    pub alone: Fen,
    /// So many surplus payments a day go back by themselves.
    pub automatic_count: usize,
    /// And no more than this sum of them.
    pub automatic_sum: Fen,
}

impl Default for RefundLimits {
    /// ¥100.00 alone; 50 a day and ¥2,000.00 by themselves: some hundred orders of the usual price.
    fn default() -> Self {
        Self {
            alone: Fen(10_000),
            automatic_count: 50,
            automatic_sum: Fen(200_000),
        }
    }
}

impl RefundLimits {
    /// Whether a person's refund needs a second person, after what people asked for of the same order before: in parts
    /// nobody returns more alone than at once.
    pub fn needs_second_person(self, amount: Fen, so_far: Fen) -> bool {
        amount
            .checked_add(so_far)
            .is_none_or(|sum| sum > self.alone)
    }

    /// Whether surplus money goes back by itself, after `count` of them that came to `sum` today.
    pub fn lets_through(self, amount: Fen, count: usize, sum: Fen) -> bool {
        count < self.automatic_count
            && sum
                .checked_add(amount)
                .is_some_and(|sum| sum <= self.automatic_sum)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(day)
    }

    #[rstest]
    #[case::all_that_is_left(1, 1500, 365, Ok(()))]
    #[case::more_than_is_left(1, 1501, 0, Err(ProblemCode::RefundAmount))]
    #[case::nothing(1, 0, 0, Err(ProblemCode::RefundAmount))]
    #[case::a_negative_amount(1, -1, 0, Err(ProblemCode::RefundAmount))]
    #[case::a_day_too_late(1, 1, 366, Err(ProblemCode::RefundOver))]
    #[case::once_too_often(MOST_REFUNDS, 1, 0, Err(ProblemCode::RefundTooMany))]
    fn no_more_goes_back_than_came_and_not_for_ever(
        #[case] count: usize,
        #[case] amount: i64,
        #[case] day: i64,
        #[case] expected: Result<(), ProblemCode>,
    ) {
        let payment = Refundable {
            paid: Fen(2000),
            paid_at: at(0),
            taken: Fen(500),
            count,
        };
        assert_eq!(payment.check(Fen(amount), at(day)), expected, "{amount}");
    }

    const LIMITS: RefundLimits = RefundLimits {
        alone: Fen(1000),
        automatic_count: 2,
        automatic_sum: Fen(4000),
    };

    #[rstest]
    #[case::at_the_limit(1000, 0, false)]
    #[case::above_it(1001, 0, true)]
    #[case::at_the_limit_together(400, 600, false)]
    #[case::nothing_is_left(1, 1000, true)]
    #[case::a_sum_that_would_wrap(1, i64::MAX, true)]
    fn a_second_person_is_needed_above_the_limit_of_one(
        #[case] amount: i64,
        #[case] so_far: i64,
        #[case] expected: bool,
    ) {
        let found = LIMITS.needs_second_person(Fen(amount), Fen(so_far));
        assert_eq!(found, expected, "{amount} after {so_far}");
    }

    #[rstest]
    #[case::the_first(0, 0, true)]
    #[case::up_to_the_sum(1, 2000, true)]
    #[case::above_the_sum(1, 2001, false)]
    #[case::above_the_count(2, 0, false)]
    #[case::a_sum_that_would_wrap(0, i64::MAX, false)]
    fn what_goes_back_by_itself_is_limited(
        #[case] count: usize,
        #[case] sum: i64,
        #[case] expected: bool,
    ) {
        assert_eq!(
            LIMITS.lets_through(Fen(2000), count, Fen(sum)),
            expected,
            "{count} {sum}"
        );
    }

    proptest! {
        #[test]
        fn any_row_of_refunds_leaves_the_payment_covered(paid in 1_i64..100_000, asked in proptest::collection::vec(-10_i64..60_000, 0..60)) {
            let mut payment = Refundable { paid: Fen(paid), paid_at: at(0), taken: Fen::ZERO, count: 0 };
            for amount in asked {
                if payment.check(Fen(amount), at(1)).is_ok() {
                    payment.taken.0 += amount;
                    payment.count += 1;
                }
                prop_assert!(payment.taken.0 <= paid && payment.count <= MOST_REFUNDS);
            }
        }
    }
}
