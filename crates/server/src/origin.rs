//! Tells the audit log which request it is written for.

use actix_web::HttpRequest;
use service::audit::RequestOrigin;

use crate::extract::address_of;
use crate::request_id::RequestId;

/// The id of a request, which `request_id` gave it, and the client's address: what the audit log knows of it.
pub(crate) fn of(request: &HttpRequest) -> RequestOrigin {
    RequestOrigin {
        request_id: RequestId::of(request).to_string(),
        address: address_of(request),
    }
}
