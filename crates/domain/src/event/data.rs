//! What is said with each type of event: ids, numbers, words and amounts. A person's name, phone, number or picture has no
//! field here.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::kind::EventKind;
use super::object::EventObject;
use crate::order::{ClosedReason, OrderNo, OrderState};
use crate::payment::Provider;
use crate::photo_state::PhotoState;
use crate::refund::RefundReason;
use crate::roster::{RosterImport, RosterImportState, TicketState};
use crate::submitted_photo::SubmittedPhoto;
use crate::task::{Payer, Task, TaskState};
use crate::{
    DeliveryId, EnrolmentId, Fen, OrderId, PhotoId, RosterEntryId, RosterImportId, RosterTicketId,
    TaskId, WebhookEndpointId,
};

/// A verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnrolmentFacts {
    /// The enrolment.
    pub enrolment_id: EnrolmentId,
    /// The task.
    pub task_id: TaskId,
    /// The student on the roster.
    pub roster_entry_id: RosterEntryId,
}

/// A photo and where it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhotoFacts {
    /// The photo.
    pub photo_id: PhotoId,
    /// The enrolment.
    pub enrolment_id: EnrolmentId,
    /// The task.
    pub task_id: TaskId,
    /// Which of the student's submissions it is, from 1.
    pub number: i32,
    /// Its state.
    pub state: PhotoState,
}

impl From<&SubmittedPhoto> for PhotoFacts {
    fn from(photo: &SubmittedPhoto) -> Self {
        Self {
            photo_id: photo.id,
            enrolment_id: photo.enrolment_id,
            task_id: photo.task_id,
            number: photo.number,
            state: photo.state,
        }
    }
}

/// A package of photos that can be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryFacts {
    /// The package.
    pub delivery_id: DeliveryId,
    /// The task.
    pub task_id: TaskId,
    /// How many photos it holds.
    pub photo_count: u64,
}

/// An order that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderCreated {
    /// The order; it is told by its number.
    #[serde(skip)]
    pub order_id: OrderId,
    /// Its number.
    pub order_no: OrderNo,
    /// What the student owes.
    pub amount_fen: Fen,
}

/// How an order was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventSettlement {
    /// By a payment.
    Online,
    /// The school owes it.
    School,
    /// Nothing is due.
    Free,
}

/// An order that was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderPaid {
    /// The order; it is told by its number.
    #[serde(skip)]
    pub order_id: OrderId,
    /// Its number.
    pub order_no: OrderNo,
    /// What the student owed.
    pub amount_fen: Fen,
    /// How it was settled.
    pub settlement: EventSettlement,
    /// Through whom it was paid, where it was.
    pub channel: Option<Provider>,
    /// Whether the order had been closed when the money came.
    pub late: bool,
}

/// An order that ended unpaid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderClosed {
    /// The order; it is told by its number.
    #[serde(skip)]
    pub order_id: OrderId,
    /// Its number.
    pub order_no: OrderNo,
    /// Why.
    pub reason: ClosedReason,
}

/// An order that was closed, and that late money reopened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderReopened {
    /// The order; it is told by its number.
    #[serde(skip)]
    pub order_id: OrderId,
    /// Its number.
    pub order_no: OrderNo,
}

/// Money that settles no order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivedMoney {
    /// The order that it was paid for; it is told by its number.
    #[serde(skip)]
    pub order_id: OrderId,
    /// Its number.
    pub order_no: OrderNo,
    /// What came.
    pub amount_fen: Option<Fen>,
    /// Through whom.
    pub channel: Provider,
}

/// Money that went back, or did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefundFacts {
    /// The order; it is told by its number.
    #[serde(skip)]
    pub order_id: OrderId,
    /// Its number.
    pub order_no: OrderNo,
    /// How much.
    pub amount_fen: Fen,
    /// Why; null for an order that cost the student nothing.
    pub reason: Option<RefundReason>,
    /// Where the order is now.
    pub order_state: OrderState,
    /// Who paid, where it was not the student.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Payer>,
}

/// An import of a roster whose work ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterImportFacts {
    /// The import.
    pub roster_import_id: RosterImportId,
    /// The task.
    pub task_id: TaskId,
    /// Whether it was checked, taken, taken back, or stopped at a fault of the file.
    pub state: RosterImportState,
    /// How many rows the file has, where it could be read.
    pub row_count: Option<u64>,
}

impl From<&RosterImport> for RosterImportFacts {
    fn from(import: &RosterImport) -> Self {
        Self {
            roster_import_id: import.id,
            task_id: import.task_id,
            state: import.state,
            row_count: import.outcome.rows,
        }
    }
}

/// A student's question about the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterTicketFacts {
    /// The question.
    pub roster_ticket_id: RosterTicketId,
    /// The task.
    pub task_id: TaskId,
    /// Where it is.
    pub state: TicketState,
}

/// A collection task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskFacts {
    /// The task.
    pub task_id: TaskId,
    /// Its state.
    pub state: TaskState,
    /// From when photos are taken.
    pub opens_at: DateTime<Utc>,
    /// Until when.
    pub closes_at: DateTime<Utc>,
}

impl From<&Task> for TaskFacts {
    fn from(task: &Task) -> Self {
        Self {
            task_id: task.id,
            state: task.state,
            opens_at: task.opens_at,
            closes_at: task.closes_at,
        }
    }
}

/// An endpoint of webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndpointFacts {
    /// The endpoint.
    pub webhook_endpoint_id: WebhookEndpointId,
    /// Since when nothing was taken; null where it never failed or took something since.
    pub failing_since: Option<DateTime<Utc>>,
}

/// What happened and what is said of it; the only way to make an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum EventData {
    /// A student was verified.
    EnrolmentCreated(EnrolmentFacts),
    /// An enrolment was given up or taken back.
    EnrolmentReleased(EnrolmentFacts),
    /// A photo was submitted.
    PhotoSubmitted(PhotoFacts),
    /// Another photo took its place.
    PhotoReplaced(PhotoFacts),
    /// A photo was withdrawn.
    PhotoWithdrawn(PhotoFacts),
    /// A photo waits for its review.
    PhotoPendingReview(PhotoFacts),
    /// A photo passed its last review.
    PhotoApproved(PhotoFacts),
    /// A photo was rejected.
    PhotoRejected(PhotoFacts),
    /// A photo that was handed over was refused by the authority.
    PhotoRefused(PhotoFacts),
    /// A photo was handed over.
    PhotoHandedOver(PhotoFacts),
    /// A package of photos can be fetched.
    DeliveryReady(DeliveryFacts),
    /// An order was made.
    OrderCreated(OrderCreated),
    /// An order was settled.
    OrderPaid(OrderPaid),
    /// An order ended unpaid.
    OrderClosed(OrderClosed),
    /// Money that came late reopened an order.
    OrderReopened(OrderReopened),
    /// Money came that its order did not need.
    PaymentSurplus(ReceivedMoney),
    /// Money came that does not fit its order.
    PaymentConflict(ReceivedMoney),
    /// Money went back.
    RefundSucceeded(RefundFacts),
    /// Money did not go back.
    RefundFailed(RefundFacts),
    /// The work on a roster file ended.
    RosterImportFinished(RosterImportFacts),
    /// A student asked the school about the roster.
    RosterTicketCreated(RosterTicketFacts),
    /// A task was opened.
    TaskOpened(TaskFacts),
    /// A task was closed before its window ended.
    TaskClosed(TaskFacts),
    /// An endpoint does not take what it is sent.
    EndpointFailing(EndpointFacts),
    /// An endpoint is not sent anything any more.
    EndpointDisabled(EndpointFacts),
    /// A person tries an endpoint.
    WebhookPing(EndpointFacts),
}

impl EventData {
    /// What happened.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::EnrolmentCreated(_) => EventKind::EnrolmentCreated,
            Self::EnrolmentReleased(_) => EventKind::EnrolmentReleased,
            Self::PhotoSubmitted(_) => EventKind::PhotoSubmitted,
            Self::PhotoReplaced(_) => EventKind::PhotoReplaced,
            Self::PhotoWithdrawn(_) => EventKind::PhotoWithdrawn,
            Self::PhotoPendingReview(_) => EventKind::PhotoPendingReview,
            Self::PhotoApproved(_) => EventKind::PhotoApproved,
            Self::PhotoRejected(_) => EventKind::PhotoRejected,
            Self::PhotoRefused(_) => EventKind::PhotoRefused,
            Self::PhotoHandedOver(_) => EventKind::PhotoHandedOver,
            Self::DeliveryReady(_) => EventKind::DeliveryReady,
            Self::OrderCreated(_) => EventKind::OrderCreated,
            Self::OrderPaid(_) => EventKind::OrderPaid,
            Self::OrderClosed(_) => EventKind::OrderClosed,
            Self::OrderReopened(_) => EventKind::OrderReopened,
            Self::PaymentSurplus(_) => EventKind::PaymentSurplus,
            Self::PaymentConflict(_) => EventKind::PaymentConflict,
            Self::RefundSucceeded(_) => EventKind::RefundSucceeded,
            Self::RefundFailed(_) => EventKind::RefundFailed,
            Self::RosterImportFinished(_) => EventKind::RosterImportFinished,
            Self::RosterTicketCreated(_) => EventKind::RosterTicketCreated,
            Self::TaskOpened(_) => EventKind::TaskOpened,
            Self::TaskClosed(_) => EventKind::TaskClosed,
            Self::EndpointFailing(_) => EventKind::EndpointFailing,
            Self::EndpointDisabled(_) => EventKind::EndpointDisabled,
            Self::WebhookPing(_) => EventKind::WebhookPing,
        }
    }

    /// What it happened to.
    pub const fn object(&self) -> EventObject {
        match self {
            Self::EnrolmentCreated(facts) | Self::EnrolmentReleased(facts) => {
                EventObject::Enrolment(facts.enrolment_id)
            }
            Self::PhotoSubmitted(facts)
            | Self::PhotoReplaced(facts)
            | Self::PhotoWithdrawn(facts)
            | Self::PhotoPendingReview(facts)
            | Self::PhotoApproved(facts)
            | Self::PhotoRejected(facts)
            | Self::PhotoRefused(facts)
            | Self::PhotoHandedOver(facts) => EventObject::Photo(facts.photo_id),
            Self::DeliveryReady(facts) => EventObject::Delivery(facts.delivery_id),
            Self::OrderCreated(facts) => EventObject::Order(facts.order_id),
            Self::OrderPaid(facts) => EventObject::Order(facts.order_id),
            Self::OrderClosed(facts) => EventObject::Order(facts.order_id),
            Self::OrderReopened(facts) => EventObject::Order(facts.order_id),
            Self::PaymentSurplus(facts) | Self::PaymentConflict(facts) => {
                EventObject::Order(facts.order_id)
            }
            Self::RefundSucceeded(facts) | Self::RefundFailed(facts) => {
                EventObject::Order(facts.order_id)
            }
            Self::RosterImportFinished(facts) => EventObject::RosterImport(facts.roster_import_id),
            Self::RosterTicketCreated(facts) => EventObject::RosterTicket(facts.roster_ticket_id),
            Self::TaskOpened(facts) | Self::TaskClosed(facts) => EventObject::Task(facts.task_id),
            Self::EndpointFailing(facts)
            | Self::EndpointDisabled(facts)
            | Self::WebhookPing(facts) => EventObject::WebhookEndpoint(facts.webhook_endpoint_id),
        }
    }
}
