//! The failure of a provider that did not do what was asked.

use chrono::TimeDelta;
use domain::{ProblemCode, Refusal};

use crate::Failure;

/// When to try again what a provider did not answer.
const RETRY_AFTER: TimeDelta = TimeDelta::seconds(5);

/// A provider did not do what was asked, or did not say whether it did.
pub(crate) fn provider_unavailable() -> Failure {
    Refusal::until(ProblemCode::PaymentProvider, RETRY_AFTER).into()
}
