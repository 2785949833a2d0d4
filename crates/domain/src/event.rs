//! What happened to an order, a photo or an enrolment, as receivers of events are told.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::word::words;
use crate::{EnrolmentId, EventId, OrderId, PhotoId, SchoolId};

words! {
    /// What happened.
    EventKind {
        /// A student was verified.
        EnrolmentCreated = "enrolment.created", "核验通过", "identity verified";
        /// An enrolment was given up or taken back.
        EnrolmentReleased = "enrolment.released", "核验已解除", "verification ended";
        /// A photo was submitted.
        PhotoSubmitted = "photo.submitted", "照片已提交", "photo submitted";
        /// Another photo took its place.
        PhotoReplaced = "photo.replaced", "照片已替换", "photo replaced";
        /// A photo was withdrawn.
        PhotoWithdrawn = "photo.withdrawn", "照片已撤回", "photo withdrawn";
        /// A photo waits for its review.
        PhotoPendingReview = "photo.pending_review", "照片待审核", "photo awaiting review";
        /// A photo passed its last review.
        PhotoApproved = "photo.approved", "照片已通过", "photo approved";
        /// A photo was rejected.
        PhotoRejected = "photo.rejected", "照片已驳回", "photo rejected";
        /// An order was made.
        OrderCreated = "order.created", "订单已创建", "order created";
        /// An order was settled.
        OrderPaid = "order.paid", "订单已支付", "order paid";
        /// An order ended unpaid.
        OrderClosed = "order.closed", "订单已关闭", "order closed";
        /// Money came that its order did not need.
        PaymentSurplus = "payment.surplus", "收到多付款", "surplus payment";
        /// Money came that does not fit its order.
        PaymentConflict = "payment.conflict", "款项待核对", "payment to be checked";
        /// Money went back.
        RefundSucceeded = "refund.succeeded", "退款成功", "refund succeeded";
        /// Money did not go back.
        RefundFailed = "refund.failed", "退款未成功", "refund failed";
    }
}

/// What an event happened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventObject {
    /// An enrolment.
    Enrolment(EnrolmentId),
    /// An order.
    Order(OrderId),
    /// A photo.
    Photo(PhotoId),
}

impl EventObject {
    /// The word for its type in the database and in the API.
    pub const fn type_word(self) -> &'static str {
        match self {
            Self::Enrolment(_) => "enrolment",
            Self::Order(_) => "order",
            Self::Photo(_) => "photo",
        }
    }

    /// Its key.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Enrolment(id) => id.0,
            Self::Order(id) => id.0,
            Self::Photo(id) => id.0,
        }
    }

    /// The object of a stored type and key; `None` for an unknown type.
    pub fn parse(type_word: &str, id: Uuid) -> Option<Self> {
        match type_word {
            "enrolment" => Some(Self::Enrolment(EnrolmentId(id))),
            "order" => Some(Self::Order(OrderId(id))),
            "photo" => Some(Self::Photo(PhotoId(id))),
            _ => None,
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The key.
    pub id: EventId,
    /// The school it belongs to, where it belongs to one.
    pub school_id: Option<SchoolId>,
    /// What it happened to.
    pub object: EventObject,
    /// What happened.
    pub kind: EventKind,
    /// The number of this event among those of its object, from 1.
    pub sequence: i32,
    /// What receivers are told: ids, numbers and amounts, nothing about a person.
    pub payload: serde_json::Value,
    /// When it happened.
    pub at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_reads_as_it_was_written() {
        let id = Uuid::from_u128(7);
        for object in [
            EventObject::Enrolment(EnrolmentId(id)),
            EventObject::Order(OrderId(id)),
            EventObject::Photo(PhotoId(id)),
        ] {
            let read = EventObject::parse(object.type_word(), object.id());
            assert_eq!(read, Some(object));
        }
        assert_eq!(EventObject::parse("session", id), None);
    }
}
