//! What happened, as receivers of events are told: written in the transaction of its cause, numbered for each thing, and
//! put into one order for readers afterwards. docs/decisions/0041.

mod data;
mod example;
mod kind;
mod object;

pub use data::{
    DeliveryFacts, EndpointFacts, EnrolmentFacts, EventData, EventSettlement, OrderClosed,
    OrderCreated, OrderPaid, OrderReopened, PhotoFacts, ReceivedMoney, RefundFacts,
    RosterImportFacts, RosterTicketFacts, TaskFacts,
};
pub use example::{example, example_about};
pub use kind::EventKind;
pub use object::{EventObject, EventObjectKind};

use chrono::{DateTime, Utc};

use crate::{EventId, SchoolId};

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
    /// Its place in the order in which events are read; `None` until it has one, soon after its commit.
    pub position: Option<i64>,
}

impl Event {
    /// The body that receivers are sent, and readers get: type, time and facts.
    pub fn body(&self) -> serde_json::Value {
        serde_json::json!({
            "type": self.kind,
            "timestamp": self.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            "data": self.payload,
        })
    }
}
