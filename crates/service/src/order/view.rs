//! What follows from the rows of an order for what its owner is told.

use domain::order::{Order, OrderState, OrderStatus};
use domain::payment::{Attempt, LAST_POLL_AFTER_EXPIRY, MoneySeen, News, OrderSeen};
use domain::refund::{Refund, RefundSums};

use crate::Context;

/// What the student must know about the money of an order.
pub(crate) fn news(
    context: &Context,
    row: &Order,
    attempts: &[Attempt],
    refunds: &[Refund],
) -> Vec<News> {
    let mut money = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        let own = refunds.iter().filter(|one| one.attempt_id == attempt.id);
        let sums = RefundSums::of(own);
        let waits_for_late_money = attempt.state.is_waiting()
            && attempt.expires_at + LAST_POLL_AFTER_EXPIRY > context.now();
        money.push(MoneySeen {
            state: attempt.state,
            disposition: attempt.disposition,
            amount: attempt.received(),
            is_payable: waits_for_late_money,
            returned: sums.refunded,
            returning: sums.pending,
        });
    }
    let order = OrderSeen {
        state: row.state,
        due: row.due,
        is_reopened: row.was_reopened(),
        needs_review: row.needs_review,
    };
    domain::payment::news(order, &money)
}

/// What an order looks like from outside: a payment is on its way while an attempt can still be paid.
pub(crate) fn status(context: &Context, state: OrderState, attempts: &[Attempt]) -> OrderStatus {
    let now = context.now();
    let is_waiting = |attempt: &Attempt| attempt.state.is_waiting() && attempt.expires_at > now;
    state.status(attempts.iter().any(is_waiting))
}
