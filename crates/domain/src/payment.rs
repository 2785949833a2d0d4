//! Evidence that money arrived, and what it means for an order.
//!
//! Source: docs/sources.md#payments; the races R1 to R17 are written there.

mod attempt;
mod call;
mod evidence;
mod news;
mod notice_result;
mod poll;
mod product;

pub use attempt::{Attempt, CreateParams, Credential};
pub use call::{CallOutcome, ProviderOperation};
pub use evidence::{Evidence, NoticeStatement, PayerReference};
pub use news::{MoneySeen, News, OrderSeen, news};
pub use notice_result::NoticeResult;
pub(crate) use poll::jitter;
pub use poll::{
    CREDENTIAL_REUSE_MARGIN, LAST_POLL_AFTER_EXPIRY, POLL_SCHEDULE, QUERY_INTERVAL, Step, Unpaid,
    after_unpaid, next_poll,
};
pub use product::{CredentialKind, Device, Product};

use crate::Fen;
use crate::order::{ClosedReason, OrderState};
use crate::word::words;

words! {
    /// Who takes the money.
    Provider {
        /// `WeChat` Pay.
        WechatPay = "wechat_pay", "微信支付", "WeChat Pay";
        /// Alipay.
        Alipay = "alipay", "支付宝", "Alipay";
    }
}

/// An account of ours with a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MerchantAccount<'a> {
    /// Who takes the money.
    pub provider: Provider,
    /// Its name in the configuration.
    pub name: &'a str,
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

/// What is known of an attempt when evidence comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptFacts {
    /// Its state.
    pub state: AttemptState,
    /// What was asked for.
    pub amount: Fen,
    /// The transaction that it already has.
    pub provider_txn_id: Option<String>,
    /// Whether another attempt has the transaction that the evidence names.
    pub is_transaction_elsewhere: bool,
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
    /// Another attempt has this transaction: no money came, and a person looks at why.
    TransactionElsewhere,
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
        let is_same = attempt.provider_txn_id.as_ref() == Some(&evidence.transaction_id);
        return if is_same {
            Meaning::Known
        } else {
            Meaning::SecondTransaction
        };
    }
    if attempt.is_transaction_elsewhere {
        return Meaning::TransactionElsewhere;
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use chrono::DateTime;

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
            is_transaction_elsewhere: false,
        }
    }

    fn evidence(amount: i64, currency: &str) -> Evidence {
        Evidence {
            transaction_id: "4200".into(),
            amount: Fen(amount),
            currency: currency.into(),
            paid_at: DateTime::UNIX_EPOCH,
            payer: None,
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

    #[rstest]
    #[case(AttemptState::New)]
    #[case(AttemptState::Pending)]
    #[case(AttemptState::Closed)]
    #[case(AttemptState::Rejected)]
    fn verified_evidence_wins_over_a_closed_or_refused_attempt(#[case] state: AttemptState) {
        let found = meaning(
            &evidence(2000, "CNY"),
            &attempt(state, None),
            order(OrderState::Unpaid),
        );
        assert_eq!(found, Meaning::Applied { late: false }, "{state}");
    }

    #[rstest]
    #[case::too_little(1999, "CNY")]
    #[case::too_much(2001, "CNY")]
    #[case::nothing(0, "CNY")]
    #[case::another_currency(2000, "USD")]
    fn another_amount_or_currency_is_for_a_person(#[case] amount: i64, #[case] currency: &str) {
        for &state in OrderState::ALL {
            let found = meaning(
                &evidence(amount, currency),
                &attempt(AttemptState::Pending, None),
                order(state),
            );
            assert_eq!(found, Meaning::Mismatch);
        }
    }

    #[rstest]
    #[case(OrderState::Paid)]
    #[case(OrderState::PartiallyRefunded)]
    #[case(OrderState::Refunded)]
    fn money_for_a_settled_order_goes_back(#[case] state: OrderState) {
        let found = meaning(
            &evidence(2000, "CNY"),
            &attempt(AttemptState::Pending, None),
            order(state),
        );
        assert_eq!(found, Meaning::Surplus, "{state}");
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
    fn a_transaction_settles_one_attempt_only() {
        for &state in OrderState::ALL {
            let facts = AttemptFacts {
                is_transaction_elsewhere: true,
                ..attempt(AttemptState::Pending, None)
            };
            assert_eq!(
                meaning(&evidence(2000, "CNY"), &facts, order(state)),
                Meaning::TransactionElsewhere
            );
        }
    }
}
