//! Refuses the requests of a client that has too many at the same time.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, ResponseError};
use chrono::TimeDelta;
use domain::{ProblemCode, Refusal};

use super::slot::ClientLimit;
use crate::extract;
use crate::problem::Fault;

/// When a client that has too many requests at the same time may try again.
const RETRY: TimeDelta = TimeDelta::seconds(5);

/// Behind a proxy every connection is the proxy's: there the requests of each client are counted instead.
pub(crate) async fn limit_requests<B: MessageBody + 'static>(
    limit: Data<ClientLimit>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let slot = extract::forwarded_address(request.request())
        .map(|client| limit.take(Some(client)))
        .transpose();
    match slot {
        Ok(_slot) => Ok(next.call(request).await?.map_into_left_body()),
        Err(reached) => {
            let reason = reached.as_str();
            metrics::counter!("http_requests_refused_total", "limit" => reason).increment(1);
            let refusal = Refusal::until(ProblemCode::ServerBusy, RETRY);
            let response = Fault::from(refusal).error_response();
            Ok(request.into_response(response).map_into_right_body())
        }
    }
}
