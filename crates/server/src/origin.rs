//! Tells the audit log which request it is written for.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use service::audit::{RequestOrigin, within_request};

use crate::extract::address_of;
use crate::request_id::RequestId;

/// Answers the request with its id and the client's address known to the audit log. It needs the id, so
/// `request_id::trace` goes around it.
pub(crate) async fn note<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let origin = RequestOrigin {
        request_id: RequestId::of(request.request()).to_string(),
        address: address_of(request.request()),
    };
    within_request(origin, next.call(request)).await
}
