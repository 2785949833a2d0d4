//! What happened to an order, in the order in which it happened.

use chrono::{DateTime, Utc};

use crate::Fen;
use crate::money_case::MoneyCase;
use crate::order::Order;
use crate::payment::Attempt;
use crate::refund::Refund;
use crate::word::words;

words! {
    /// Something that happened to an order.
    OrderMoment {
        /// The student made it.
        Created = "created", "提交订单", "ordered";
        /// A payment was begun.
        PaymentBegun = "payment_begun", "发起支付", "payment begun";
        /// Money came.
        PaymentReceived = "payment_received", "收到款项", "payment received";
        /// It was settled.
        Settled = "settled", "订单支付完成", "settled";
        /// It was closed.
        Closed = "closed", "订单关闭", "closed";
        /// A refund was asked for.
        RefundRequested = "refund_requested", "申请退款", "refund requested";
        /// A second person agreed to a refund.
        RefundApproved = "refund_approved", "复核同意退款", "refund approved";
        /// The provider took a refund.
        RefundSubmitted = "refund_submitted", "退款已提交支付平台", "refund handed in";
        /// Money went back.
        RefundSucceeded = "refund_succeeded", "退款到账", "refunded";
        /// Something had to be looked at.
        CaseOpened = "case_opened", "发现资金问题", "case opened";
        /// It was looked at.
        CaseResolved = "case_resolved", "资金问题结案", "case resolved";
    }
}

/// One thing that happened to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderTimelineEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub moment: OrderMoment,
    /// Our number of the payment or refund, where it is about one.
    pub number: Option<String>,
    /// How much, where money is named.
    pub amount: Option<Fen>,
}

/// What happened to an order, oldest first. What happened at one moment stands in the order of [`OrderMoment`].
pub fn order_timeline(
    order: &Order,
    attempts: &[Attempt],
    refunds: &[Refund],
    cases: &[MoneyCase],
) -> Vec<OrderTimelineEntry> {
    use OrderMoment as M;
    let mut entries = Vec::new();
    let mut add = |moment, at: Option<DateTime<Utc>>, number: Option<&str>, amount| {
        entries.extend(at.map(|at| OrderTimelineEntry {
            at,
            moment,
            number: number.map(str::to_owned),
            amount,
        }));
    };
    add(M::Created, Some(order.created_at), None, Some(order.due));
    add(M::Settled, order.paid_at, None, Some(order.due));
    add(M::Closed, order.closed_at, None, None);
    for attempt in attempts {
        let number = Some(&*attempt.out_trade_no);
        let (begun, received) = (Some(attempt.amount), Some(attempt.received()));
        add(M::PaymentBegun, Some(attempt.created_at), number, begun);
        add(M::PaymentReceived, attempt.paid_at, number, received);
    }
    for refund in refunds {
        let (number, amount) = (Some(&*refund.out_refund_no), Some(refund.amount));
        let approved = refund.approval.as_ref().map(|approval| approval.at);
        let asked = Some(refund.created_at);
        add(M::RefundRequested, asked, number, amount);
        add(M::RefundApproved, approved, number, amount);
        add(M::RefundSubmitted, refund.submitted_at, number, amount);
        add(M::RefundSucceeded, refund.succeeded_at, number, amount);
    }
    for case in cases {
        let resolved = case.resolution.as_ref().map(|resolution| resolution.at);
        add(M::CaseOpened, Some(case.opened_at), None, case.amount);
        add(M::CaseResolved, resolved, None, case.amount);
    }
    entries.sort_by_key(|entry| (entry.at, entry.moment));
    entries
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::order::{ClosedReason, OrderEvent, OrderState};
    use crate::refund::{RefundReason, RefundRequester, RefundState};
    use crate::task::Payer;
    use crate::{AccountId, AttemptId, EnrolmentId, OrderId, RefundId, SchoolId, Sealed, TaskId};

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn unpaid() -> Order {
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
    fn an_order_that_was_paid_late_and_refunded_tells_it_in_order() {
        let mut order = unpaid();
        order.close(ClosedReason::Timeout, at(10)).unwrap();
        let attempt = AttemptId(Uuid::from_u128(6));
        order
            .settle(OrderEvent::SettledLate, Some(attempt), at(12))
            .unwrap();
        let refund = Refund {
            id: RefundId(Uuid::from_u128(7)),
            school_id: order.school_id,
            order_id: order.id,
            attempt_id: attempt,
            out_refund_no: "GR1".to_owned(),
            amount: Fen(500),
            reason: RefundReason::Service,
            note: "x".to_owned(),
            requested_by: RefundRequester::System,
            request_key: None,
            needs_approval: false,
            approval: None,
            state: RefundState::Succeeded,
            provider_refund_id: None,
            submitted_at: Some(at(20)),
            succeeded_at: Some(at(20)),
            next_poll_at: None,
            polls: 1,
            last_error: None,
            created_at: at(19),
        };
        let told = order_timeline(&order, &[], &[refund], &[]);
        let moments: Vec<_> = told.iter().map(|entry| entry.moment.as_str()).collect();
        assert_eq!(
            moments,
            [
                "created",
                "closed",
                "settled",
                "refund_requested",
                "refund_submitted",
                "refund_succeeded"
            ]
        );
        assert_eq!(told[5].amount, Some(Fen(500)));
        assert_eq!(told[5].number.as_deref(), Some("GR1"));
    }
}
