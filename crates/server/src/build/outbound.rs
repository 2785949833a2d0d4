//! What the clients of providers have in common.

use providers::{Entropy, Http};

/// What the clients of providers need.
#[derive(Clone)]
pub(super) struct Outbound {
    /// Time and chance.
    pub(super) entropy: Entropy,
    /// The way out, under the configured timeouts.
    pub(super) http: Http,
}
