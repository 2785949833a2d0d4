//! A notice or a receipt as it goes over the wire.

use reqwest::RequestBuilder;

use crate::fault::Spoilt;

/// What goes over the wire, and what the provider takes for "understood".
pub(crate) struct Outgoing {
    pub(crate) request: RequestBuilder,
    /// The body, for the log.
    pub(crate) text: String,
    pub(crate) is_taken: fn(status: u16, body: &str) -> bool,
}

/// What is to be wrong with a notice.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Twist {
    pub(crate) spoilt: Option<Spoilt>,
    /// By how much the provider's clock is off.
    pub(crate) skew_s: i64,
    pub(crate) is_other_app: bool,
    pub(crate) is_xml: bool,
    pub(crate) is_gbk: bool,
}
