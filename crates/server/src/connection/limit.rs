//! Refuses the requests of a client that has too many at the same time.

use actix_web::HttpRequest;
use chrono::TimeDelta;
use domain::{ProblemCode, Refusal};

use super::slot::{ClientLimit, ClientSlot};
use crate::extract;

/// When a client that has too many requests at the same time may try again.
const RETRY: TimeDelta = TimeDelta::seconds(5);

/// A slot for a request: behind a proxy every connection is the proxy's, and there the requests of each client are counted
/// instead.
///
/// # Errors
/// The refusal of one that is too many.
pub(crate) fn limit_requests(
    limit: &ClientLimit,
    request: &HttpRequest,
) -> Result<Option<ClientSlot>, Refusal> {
    let client = extract::forwarded_address(request);
    let slot = client.map(|client| limit.take(Some(client))).transpose();
    slot.map_err(|reached| {
        let reason = reached.as_str();
        metrics::counter!("http_requests_refused_total", "limit" => reason).increment(1);
        Refusal::until(ProblemCode::ServerBusy, RETRY)
    })
}
