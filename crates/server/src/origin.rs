//! Tells the audit log which request it is written for.

use actix_web::HttpRequest;
use domain::RequestId;
use service::audit::RequestOrigin;

use crate::extract::address_of;

/// The id of a request and the client's address: what the audit log knows of it.
pub(crate) fn of(request_id: RequestId, request: &HttpRequest) -> RequestOrigin {
    RequestOrigin {
        request_id,
        address: address_of(request),
    }
}
