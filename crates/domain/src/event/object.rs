//! What events happen to.

use uuid::Uuid;

use crate::word::words;
use crate::{
    DeliveryId, EnrolmentId, OrderId, PhotoId, RosterImportId, RosterTicketId, TaskId,
    WebhookEndpointId,
};

words! {
    /// What kind of thing an event happened to.
    EventObjectKind {
        /// An enrolment.
        Enrolment = "enrolment", "身份核验", "verification";
        /// An order.
        Order = "order", "订单", "order";
        /// A photo.
        Photo = "photo", "照片", "photo";
        /// A package of photos.
        Delivery = "delivery", "照片包", "delivery";
        /// An import of a roster.
        RosterImport = "roster_import", "名单导入", "roster import";
        /// A question about the roster.
        RosterTicket = "roster_ticket", "名单咨询", "roster question";
        /// A collection task.
        Task = "task", "采集任务", "collection task";
        /// An endpoint of webhooks.
        WebhookEndpoint = "webhook_endpoint", "推送地址", "webhook endpoint";
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
    /// A package of photos.
    Delivery(DeliveryId),
    /// An import of a roster.
    RosterImport(RosterImportId),
    /// A question about the roster.
    RosterTicket(RosterTicketId),
    /// A collection task.
    Task(TaskId),
    /// An endpoint of webhooks.
    WebhookEndpoint(WebhookEndpointId),
}

impl EventObject {
    /// What kind of thing it is.
    pub const fn kind(self) -> EventObjectKind {
        match self {
            Self::Enrolment(_) => EventObjectKind::Enrolment,
            Self::Order(_) => EventObjectKind::Order,
            Self::Photo(_) => EventObjectKind::Photo,
            Self::Delivery(_) => EventObjectKind::Delivery,
            Self::RosterImport(_) => EventObjectKind::RosterImport,
            Self::RosterTicket(_) => EventObjectKind::RosterTicket,
            Self::Task(_) => EventObjectKind::Task,
            Self::WebhookEndpoint(_) => EventObjectKind::WebhookEndpoint,
        }
    }

    /// Its key.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Enrolment(id) => id.0,
            Self::Order(id) => id.0,
            Self::Photo(id) => id.0,
            Self::Delivery(id) => id.0,
            Self::RosterImport(id) => id.0,
            Self::RosterTicket(id) => id.0,
            Self::Task(id) => id.0,
            Self::WebhookEndpoint(id) => id.0,
        }
    }

    /// The object of a stored kind and key.
    pub const fn of(kind: EventObjectKind, id: Uuid) -> Self {
        match kind {
            EventObjectKind::Enrolment => Self::Enrolment(EnrolmentId(id)),
            EventObjectKind::Order => Self::Order(OrderId(id)),
            EventObjectKind::Photo => Self::Photo(PhotoId(id)),
            EventObjectKind::Delivery => Self::Delivery(DeliveryId(id)),
            EventObjectKind::RosterImport => Self::RosterImport(RosterImportId(id)),
            EventObjectKind::RosterTicket => Self::RosterTicket(RosterTicketId(id)),
            EventObjectKind::Task => Self::Task(TaskId(id)),
            EventObjectKind::WebhookEndpoint => Self::WebhookEndpoint(WebhookEndpointId(id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_reads_as_it_was_written() {
        let id = Uuid::from_u128(7);
        for &kind in EventObjectKind::ALL {
            let object = EventObject::of(kind, id);
            assert_eq!((object.kind(), object.id()), (kind, id));
        }
    }
}
