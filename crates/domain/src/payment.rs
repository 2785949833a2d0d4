//! Evidence that money arrived, and what it means for an order.
//!
//! Source: docs/sources.md#payments; the races R1 to R17 are written there.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Fen;
use crate::order::{ClosedReason, OrderState};
use crate::word::words;

/// Less than this left, and a fresh credential is made instead of showing the old one.
pub const CREDENTIAL_REUSE_MARGIN: TimeDelta = TimeDelta::minutes(2);
/// The page may make us ask the provider about an attempt at most this often.
pub const QUERY_INTERVAL: TimeDelta = TimeDelta::seconds(3);
/// When we ask the provider on our own, counted from the making of an attempt.
pub const POLL_SCHEDULE: [TimeDelta; 7] = [
    TimeDelta::seconds(5),
    TimeDelta::seconds(30),
    TimeDelta::minutes(1),
    TimeDelta::minutes(3),
    TimeDelta::minutes(5),
    TimeDelta::minutes(10),
    TimeDelta::minutes(30),
];
/// At its end an attempt is asked about, this much later.
const POLL_AFTER_EXPIRY: TimeDelta = TimeDelta::seconds(5);
/// When the plan is over and the provider still gave no definite answer, it is asked so often.
const POLL_AFTER_THE_PLAN: TimeDelta = TimeDelta::minutes(1);
/// After its end an attempt is asked about once more, this much later.
pub const LAST_POLL_AFTER_EXPIRY: TimeDelta = TimeDelta::minutes(10);

words! {
    /// Who takes the money.
    Provider {
        /// `WeChat` Pay.
        WechatPay = "wechat_pay", "微信支付", "WeChat Pay";
        /// Alipay.
        Alipay = "alipay", "支付宝", "Alipay";
    }
}

words! {
    /// The provider's product: how a person pays.
    Product {
        /// `WeChat` QR on a screen.
        Native = "native", "微信扫码", "WeChat QR";
        /// Alipay QR on a screen.
        Precreate = "precreate", "支付宝扫码", "Alipay QR";
    }
}

impl Provider {
    /// The product that fits a screen: a code to scan.
    pub fn qr_product(self) -> Product {
        match self {
            Self::WechatPay => Product::Native,
            Self::Alipay => Product::Precreate,
        }
    }
}

words! {
    /// Where a payment attempt is.
    AttemptState {
        /// Recorded; the provider has not been told, or its answer is not known yet.
        New = "new", "准备中", "being prepared";
        /// The provider knows it, or may.
        Pending = "pending", "待支付", "waiting";
        /// Ended without money.
        Closed = "closed", "已关闭", "closed";
        /// The provider refused to make it.
        Rejected = "rejected", "未受理", "refused";
        /// Money arrived.
        Succeeded = "succeeded", "成功", "succeeded";
    }
}

impl AttemptState {
    /// Whether money may still arrive in the ordinary way.
    pub fn is_waiting(self) -> bool {
        match self {
            Self::New | Self::Pending => true,
            Self::Closed | Self::Rejected | Self::Succeeded => false,
        }
    }
}

words! {
    /// What became of an attempt's money.
    Disposition {
        /// It settled its order.
        Applied = "applied", "已入账", "applied";
        /// The order did not need it; it goes back.
        Surplus = "surplus", "多付待退", "surplus";
        /// It does not fit; a person decides.
        Conflict = "conflict", "待人工核对", "to be checked";
    }
}

/// A verified statement of a provider that an attempt was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The provider's number of the transaction.
    pub provider_txn_id: String,
    /// What was asked for, not what the payer spent after coupons.
    pub amount: Fen,
    /// `CNY`, or something else.
    pub currency: String,
    /// When it was paid, by the provider's clock.
    pub paid_at: DateTime<Utc>,
}

/// What is known of an attempt when evidence comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptFacts {
    /// Its state.
    pub state: AttemptState,
    /// What was asked for.
    pub amount: Fen,
    /// The transaction that it already has.
    pub provider_txn_id: Option<String>,
}

/// What is known of an order when evidence comes, under its lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderFacts {
    /// Its state.
    pub state: OrderState,
    /// Why it was closed, if it was.
    pub closed_reason: Option<ClosedReason>,
    /// Whether its task still takes photos.
    pub task_is_open: bool,
    /// Whether the enrolment has another order that counts.
    pub has_other_open_order: bool,
}

/// What evidence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Already known: nothing to do.
    Known,
    /// The same attempt was paid by another transaction: a person decides.
    SecondTransaction,
    /// Amount or currency is not what was asked for: a person decides.
    Mismatch,
    /// The order is settled by it.
    Applied {
        /// Whether the order had been closed.
        late: bool,
    },
    /// The order does not need it: it goes back.
    Surplus,
}

/// Decides what evidence means; the only code that does.
pub fn meaning(evidence: &Evidence, attempt: &AttemptFacts, order: OrderFacts) -> Meaning {
    if attempt.state == AttemptState::Succeeded {
        let is_same = attempt.provider_txn_id.as_ref() == Some(&evidence.provider_txn_id);
        return if is_same {
            Meaning::Known
        } else {
            Meaning::SecondTransaction
        };
    }
    if evidence.amount != attempt.amount || evidence.currency != "CNY" {
        return Meaning::Mismatch;
    }
    match order.state {
        OrderState::Unpaid => Meaning::Applied { late: false },
        OrderState::Closed if may_reopen(order) => Meaning::Applied { late: true },
        OrderState::Closed
        | OrderState::Paid
        | OrderState::PartiallyRefunded
        | OrderState::Refunded => Meaning::Surplus,
    }
}

/// Late money reopens an order that only ran out of time, while its task is open and nothing took its place.
fn may_reopen(order: OrderFacts) -> bool {
    order.closed_reason == Some(ClosedReason::Timeout)
        && order.task_is_open
        && !order.has_other_open_order
}

/// When to ask the provider next about an attempt that is asked about now: by the plan, and after it every minute
/// until there is a definite answer.
pub fn next_poll(
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let planned = POLL_SCHEDULE
        .iter()
        .map(|after| created_at + *after)
        .filter(|at| *at < expires_at);
    let at_the_end = [
        expires_at + POLL_AFTER_EXPIRY,
        expires_at + LAST_POLL_AFTER_EXPIRY,
    ];
    let mut all = planned.chain(at_the_end);
    all.find(|at| *at > now)
        .unwrap_or(now + POLL_AFTER_THE_PLAN)
}

/// What a provider said of an attempt that is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpaid {
    /// It can be paid.
    Open,
    /// It cannot be paid any more.
    Closed,
    /// The provider knows of no such trade: an Alipay code that nobody has scanned, which can still be paid.
    NotFound,
}

/// What to do about an attempt that is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask again later.
    Wait,
    /// Ask the provider to close it.
    CloseAtProvider,
    /// It has ended.
    End,
}

/// Decides about an attempt that is not paid; `is_wanted` says whether it may still be paid as far as we care.
pub fn after_unpaid(
    seen: Unpaid,
    is_wanted: bool,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Step {
    match seen {
        Unpaid::Open if is_wanted && now < expires_at => Step::Wait,
        Unpaid::Open => Step::CloseAtProvider,
        Unpaid::NotFound if now < expires_at + LAST_POLL_AFTER_EXPIRY => Step::Wait,
        Unpaid::NotFound | Unpaid::Closed => Step::End,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(state: OrderState) -> OrderFacts {
        OrderFacts {
            state,
            closed_reason: None,
            task_is_open: true,
            has_other_open_order: false,
        }
    }

    fn attempt(state: AttemptState, txn: Option<&str>) -> AttemptFacts {
        AttemptFacts {
            state,
            amount: Fen(2000),
            provider_txn_id: txn.map(str::to_owned),
        }
    }

    fn evidence(amount: i64, currency: &str) -> Evidence {
        Evidence {
            provider_txn_id: "4200".into(),
            amount: Fen(amount),
            currency: currency.into(),
            paid_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn evidence_for_an_attempt_that_has_it_changes_nothing() {
        for &state in OrderState::ALL {
            let same = attempt(AttemptState::Succeeded, Some("4200"));
            assert_eq!(
                meaning(&evidence(2000, "CNY"), &same, order(state)),
                Meaning::Known
            );
            let other = attempt(AttemptState::Succeeded, Some("4201"));
            assert_eq!(
                meaning(&evidence(2000, "CNY"), &other, order(state)),
                Meaning::SecondTransaction
            );
        }
    }

    #[test]
    fn verified_evidence_wins_over_a_closed_or_refused_attempt() {
        for state in [
            AttemptState::New,
            AttemptState::Pending,
            AttemptState::Closed,
            AttemptState::Rejected,
        ] {
            let found = meaning(
                &evidence(2000, "CNY"),
                &attempt(state, None),
                order(OrderState::Unpaid),
            );
            assert_eq!(found, Meaning::Applied { late: false }, "{state}");
        }
    }

    #[test]
    fn another_amount_or_currency_is_for_a_person() {
        for (amount, currency) in [(1999, "CNY"), (2001, "CNY"), (0, "CNY"), (2000, "USD")] {
            for &state in OrderState::ALL {
                let found = meaning(
                    &evidence(amount, currency),
                    &attempt(AttemptState::Pending, None),
                    order(state),
                );
                assert_eq!(found, Meaning::Mismatch);
            }
        }
    }

    #[test]
    fn money_for_a_settled_order_goes_back() {
        for state in [
            OrderState::Paid,
            OrderState::PartiallyRefunded,
            OrderState::Refunded,
        ] {
            let found = meaning(
                &evidence(2000, "CNY"),
                &attempt(AttemptState::Pending, None),
                order(state),
            );
            assert_eq!(found, Meaning::Surplus, "{state}");
        }
    }

    #[test]
    fn late_money_reopens_only_what_ran_out_of_time() {
        for &reason in ClosedReason::ALL {
            for (task_is_open, has_other_open_order) in
                [(true, false), (true, true), (false, false)]
            {
                let facts = OrderFacts {
                    state: OrderState::Closed,
                    closed_reason: Some(reason),
                    task_is_open,
                    has_other_open_order,
                };
                let reopens =
                    reason == ClosedReason::Timeout && task_is_open && !has_other_open_order;
                let expected = if reopens {
                    Meaning::Applied { late: true }
                } else {
                    Meaning::Surplus
                };
                let found = meaning(
                    &evidence(2000, "CNY"),
                    &attempt(AttemptState::Closed, None),
                    facts,
                );
                assert_eq!(
                    found, expected,
                    "{reason} {task_is_open} {has_other_open_order}"
                );
            }
        }
    }

    #[test]
    fn polls_follow_the_plan_and_go_on_until_there_is_an_answer() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let mut now = at(0);
        let polls: Vec<_> = std::iter::repeat_with(|| {
            now = next_poll(at(0), at(600), now);
            now.timestamp()
        })
        .take(9)
        .collect();
        assert_eq!(polls, [5, 30, 60, 180, 300, 605, 1200, 1260, 1320]);
        let after_an_outage = next_poll(at(0), at(600), at(400));
        assert_eq!(
            after_an_outage,
            at(605),
            "what was missed is not made up for"
        );
    }

    #[test]
    fn an_unpaid_attempt_ends_only_when_it_cannot_be_paid() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        for (seen, is_wanted, now, expected) in [
            (Unpaid::Closed, true, 0, Step::End),
            (Unpaid::Open, true, 599, Step::Wait),
            (Unpaid::Open, true, 600, Step::CloseAtProvider),
            (Unpaid::Open, false, 0, Step::CloseAtProvider),
            (Unpaid::NotFound, true, 1199, Step::Wait),
            (Unpaid::NotFound, false, 1199, Step::Wait),
            (Unpaid::NotFound, true, 1200, Step::End),
        ] {
            let step = after_unpaid(seen, is_wanted, at(600), at(now));
            assert_eq!(step, expected, "{seen:?} at {now}");
        }
    }
}
