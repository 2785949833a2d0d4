//! The calls that came in and the notices that went out, with both sides' texts.

use std::collections::VecDeque;

use serde::Serialize;

use crate::clock::Seconds;
use crate::fault::Site;
use crate::provider::Provider;

/// How many calls are remembered.
const CALLS_KEPT: usize = 1000;
/// How much of each text is remembered, in characters.
const TEXT_KEPT: usize = 8000;

/// What is to be remembered of a call.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// HTTP status, 0 where there was none.
    pub(crate) status: u16,
    /// The provider's code, or what became of a notice.
    pub(crate) outcome: String,
    /// Whether the caller's signature was good; none where there is nothing to verify.
    pub(crate) is_verified: Option<bool>,
    /// First line, headers and body as they came, or as we sent them.
    pub(crate) request: String,
    pub(crate) response: String,
}

/// One call that came in, or one notice that went out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Call {
    pub(crate) id: u64,
    /// Unix seconds on the test clock.
    pub(crate) at: Seconds,
    pub(crate) provider: Provider,
    /// `native`, `query`, …; `notify`, `notify_refund` and `receipt` went out, the others came in.
    pub(crate) operation: String,
    pub(crate) merchant: String,
    /// The order's number or the phone number.
    pub(crate) subject: String,
    /// The refund's number, or empty.
    pub(crate) refund: String,
    pub(crate) status: u16,
    pub(crate) outcome: String,
    #[serde(rename = "verified")]
    pub(crate) is_verified: Option<bool>,
    /// Only in the view of one call.
    #[serde(skip)]
    pub(crate) request: String,
    #[serde(skip)]
    pub(crate) response: String,
}

/// The newest calls.
#[derive(Default)]
pub(crate) struct Calls {
    kept: VecDeque<Call>,
    last_id: u64,
}

impl Calls {
    /// Adds one and forgets the oldest.
    pub(crate) fn add(&mut self, at: Seconds, site: Site<'_>, record: Record) {
        self.last_id += 1;
        self.kept.push_back(Call {
            id: self.last_id,
            at,
            provider: site.provider,
            operation: site.operation.to_owned(),
            merchant: site.merchant.to_owned(),
            subject: site.subject.to_owned(),
            refund: site.refund.to_owned(),
            status: record.status,
            outcome: record.outcome,
            is_verified: record.is_verified,
            request: record.request.chars().take(TEXT_KEPT).collect(),
            response: record.response.chars().take(TEXT_KEPT).collect(),
        });
        if self.kept.len() > CALLS_KEPT {
            self.kept.pop_front();
        }
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Call> {
        self.kept.iter()
    }
}
