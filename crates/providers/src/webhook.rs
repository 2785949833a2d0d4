//! Sending webhooks: signed by Standard Webhooks, to addresses on the internet alone.
//!
//! Receivers are chosen by schools, so their addresses are not trusted: a name is resolved once, every address that it has
//! must be on the internet, and the connection goes to the checked addresses. No redirect is followed, and no proxy used.

mod resolve;
mod send;
mod signature;
mod target;

pub use resolve::{AddressLookup, SystemLookup};
pub use send::{WebhookAnswer, WebhookMessage, WebhookSender, WebhookTimeouts};
pub use signature::{SignedContent, WebhookSecret, WebhookSecretError, verify_signature};
pub use target::{WebhookReach, WebhookUrlFault};
