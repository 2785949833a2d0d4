//! An event of each type as receivers meet it: for the API document, and for those who try their receiver.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::data::{
    DeliveryFacts, EndpointFacts, EnrolmentFacts, EventData, EventSettlement, OrderClosed,
    OrderCreated, OrderPaid, OrderReopened, PhotoFacts, ReceivedMoney, RefundFacts,
    RosterImportFacts, RosterTicketFacts, TaskFacts,
};
use super::kind::EventKind;
use crate::order::{ClosedReason, OrderNo, OrderState};
use crate::payment::Provider;
use crate::photo_state::PhotoState;
use crate::refund::RefundReason;
use crate::roster::{RosterImportState, TicketState};
use crate::task::TaskState;
use crate::{
    DeliveryId, EnrolmentId, Fen, OrderId, PhotoId, RosterEntryId, RosterImportId, RosterTicketId,
    TaskId, WebhookEndpointId,
};

/// The key of everything in the examples.
const ID: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001);
/// Every amount.
const AMOUNT: Fen = Fen(1_990);

/// An event of a kind that never happened. Its ids name nothing.
pub fn example(kind: EventKind, now: DateTime<Utc>) -> EventData {
    example_about(kind, now, ID)
}

/// As [`example`], where everything has this key.
pub fn example_about(kind: EventKind, now: DateTime<Utc>, id: Uuid) -> EventData {
    match kind {
        EventKind::EnrolmentCreated => EventData::EnrolmentCreated(enrolment(id)),
        EventKind::EnrolmentReleased => EventData::EnrolmentReleased(enrolment(id)),
        EventKind::PhotoSubmitted => EventData::PhotoSubmitted(photo(id, PhotoState::Checked)),
        EventKind::PhotoReplaced => EventData::PhotoReplaced(photo(id, PhotoState::Replaced)),
        EventKind::PhotoWithdrawn => EventData::PhotoWithdrawn(photo(id, PhotoState::Withdrawn)),
        EventKind::PhotoPendingReview => {
            EventData::PhotoPendingReview(photo(id, PhotoState::PendingReview))
        }
        EventKind::PhotoApproved => EventData::PhotoApproved(photo(id, PhotoState::Approved)),
        EventKind::PhotoRejected => EventData::PhotoRejected(photo(id, PhotoState::Rejected)),
        EventKind::PhotoRefused => EventData::PhotoRefused(photo(id, PhotoState::Refused)),
        EventKind::PhotoHandedOver => EventData::PhotoHandedOver(photo(id, PhotoState::HandedOver)),
        EventKind::DeliveryReady => EventData::DeliveryReady(DeliveryFacts {
            delivery_id: DeliveryId(id),
            task_id: TaskId(id),
            photo_count: 120,
        }),
        EventKind::OrderCreated => EventData::OrderCreated(order_created(id, now)),
        EventKind::OrderPaid => EventData::OrderPaid(order_paid(id, now)),
        EventKind::OrderClosed => EventData::OrderClosed(order_closed(id, now)),
        EventKind::OrderReopened => EventData::OrderReopened(order_reopened(id, now)),
        EventKind::PaymentSurplus => EventData::PaymentSurplus(money(id, now)),
        EventKind::PaymentConflict => EventData::PaymentConflict(money(id, now)),
        EventKind::RefundSucceeded => {
            EventData::RefundSucceeded(refund(id, now, OrderState::Refunded))
        }
        EventKind::RefundFailed => EventData::RefundFailed(refund(id, now, OrderState::Paid)),
        EventKind::RosterImportFinished => EventData::RosterImportFinished(RosterImportFacts {
            roster_import_id: RosterImportId(id),
            task_id: TaskId(id),
            state: RosterImportState::Imported,
            row_count: Some(4_400),
        }),
        EventKind::RosterTicketCreated => EventData::RosterTicketCreated(RosterTicketFacts {
            roster_ticket_id: RosterTicketId(id),
            task_id: TaskId(id),
            state: TicketState::Open,
        }),
        EventKind::TaskOpened => EventData::TaskOpened(task(id, TaskState::Open, now)),
        EventKind::TaskClosed => EventData::TaskClosed(task(id, TaskState::Closed, now)),
        EventKind::EndpointFailing => EventData::EndpointFailing(endpoint(id, Some(now))),
        EventKind::EndpointDisabled => EventData::EndpointDisabled(endpoint(id, Some(now))),
        EventKind::WebhookPing => EventData::WebhookPing(endpoint(id, None)),
    }
}

const fn enrolment(id: Uuid) -> EnrolmentFacts {
    EnrolmentFacts {
        enrolment_id: EnrolmentId(id),
        task_id: TaskId(id),
        roster_entry_id: RosterEntryId(id),
    }
}

const fn photo(id: Uuid, state: PhotoState) -> PhotoFacts {
    PhotoFacts {
        photo_id: PhotoId(id),
        enrolment_id: EnrolmentId(id),
        task_id: TaskId(id),
        number: 1,
        state,
    }
}

const fn task(id: Uuid, state: TaskState, now: DateTime<Utc>) -> TaskFacts {
    TaskFacts {
        task_id: TaskId(id),
        state,
        opens_at: now,
        closes_at: now,
    }
}

const fn endpoint(id: Uuid, failing_since: Option<DateTime<Utc>>) -> EndpointFacts {
    EndpointFacts {
        webhook_endpoint_id: WebhookEndpointId(id),
        failing_since,
    }
}

fn order_no(now: DateTime<Utc>) -> OrderNo {
    OrderNo::new("10001", now, [0; 5])
}

fn order_created(id: Uuid, now: DateTime<Utc>) -> OrderCreated {
    OrderCreated {
        order_id: OrderId(id),
        order_no: order_no(now),
        amount_fen: AMOUNT,
    }
}

fn order_paid(id: Uuid, now: DateTime<Utc>) -> OrderPaid {
    OrderPaid {
        order_id: OrderId(id),
        order_no: order_no(now),
        amount_fen: AMOUNT,
        settlement: EventSettlement::Online,
        channel: Some(Provider::WechatPay),
        late: false,
    }
}

fn order_closed(id: Uuid, now: DateTime<Utc>) -> OrderClosed {
    OrderClosed {
        order_id: OrderId(id),
        order_no: order_no(now),
        reason: ClosedReason::Timeout,
    }
}

fn order_reopened(id: Uuid, now: DateTime<Utc>) -> OrderReopened {
    OrderReopened {
        order_id: OrderId(id),
        order_no: order_no(now),
    }
}

fn money(id: Uuid, now: DateTime<Utc>) -> ReceivedMoney {
    ReceivedMoney {
        order_id: OrderId(id),
        order_no: order_no(now),
        amount_fen: Some(AMOUNT),
        channel: Provider::WechatPay,
    }
}

fn refund(id: Uuid, now: DateTime<Utc>, order_state: OrderState) -> RefundFacts {
    RefundFacts {
        order_id: OrderId(id),
        order_no: order_no(now),
        amount_fen: AMOUNT,
        reason: Some(RefundReason::Withdrawn),
        order_state,
        settlement: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The longest body that receivers are sent, in bytes. Source: docs/sources.md#standard-webhooks.
    const BODY_MAX: usize = 20_000;

    #[test]
    fn every_type_has_an_example_that_is_thin_and_names_nobody() {
        let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let allowed = |key: &str| {
            key.ends_with("_id")
                || key.ends_with("_fen")
                || key.ends_with("_at")
                || key.ends_with("_count")
                || [
                    "order_no",
                    "state",
                    "number",
                    "reason",
                    "settlement",
                    "channel",
                    "late",
                    "order_state",
                    "failing_since",
                ]
                .contains(&key)
        };
        for &kind in EventKind::ALL {
            let data = example(kind, now);
            assert_eq!(data.kind(), kind);
            let said = serde_json::to_value(&data).unwrap();
            let facts = said.as_object().unwrap();
            assert!(!facts.is_empty(), "{kind}");
            for (key, value) in facts {
                assert!(allowed(key), "{kind} says {key}");
                assert!(!value.is_object() && !value.is_array(), "{kind} says {key}");
            }
            assert!(said.to_string().len() < BODY_MAX / 10, "{kind}");
        }
    }
}
