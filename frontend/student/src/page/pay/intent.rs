//! The wish to pay an order in one way: kept in this tab under one key, so that a double click or a reload repeats it
//! and does not make another.

use domain::payment::Provider;
use serde::{Deserialize, Serialize};
use ui::{Kept, api};

/// Every kept wish is named by this and its order.
const PREFIX: &str = "gradphoto.pay.";

/// A wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Intent {
    /// How.
    pub(super) provider: Provider,
    /// What names it to the server.
    pub(super) key: String,
}

impl Intent {
    /// The wish that was kept.
    pub(super) fn kept(order_no: &str) -> Option<Self> {
        Kept::InTab.get(&name(order_no))
    }

    /// A new wish, in place of the one before.
    pub(super) fn new(order_no: &str, provider: Provider) -> Self {
        let intent = Self {
            provider,
            key: api::idempotency_key(),
        };
        // A full or forbidden store costs the convenience after a reload; the server still gives the same code.
        Kept::InTab.set(&name(order_no), &intent);
        intent
    }

    /// Forgets it: the order is settled.
    pub(super) fn forget(order_no: &str) {
        Kept::InTab.forget(&name(order_no));
    }
}

fn name(order_no: &str) -> String {
    format!("{PREFIX}{order_no}")
}
