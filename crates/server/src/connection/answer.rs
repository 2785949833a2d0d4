//! The answer to a request is found in time, or the request is given up: whatever it waits for, such as a database that
//! vanished without a word, holds its client no longer.

use std::fmt;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError};
use domain::{ProblemCode, Refusal};
use tokio::time::{Instant, timeout_at};

use super::body::{Body, BodyOf, hold_unread};
use crate::problem::{BUSY_RETRY_S, Caller};

/// A request that was given up, on its way out past the steps that need the request itself.
struct GivenUp {
    after: Duration,
    caller: Caller,
    /// See the head of [`super::body`].
    unread: Option<Rc<Body>>,
}

impl fmt::Debug for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no answer was found within {:?}", self.after)
    }
}

impl ResponseError for GivenUp {
    fn status_code(&self) -> StatusCode {
        StatusCode::SERVICE_UNAVAILABLE
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let refusal = Refusal {
            retry_after_s: Some(BUSY_RETRY_S),
            ..ProblemCode::ServerBusy.into()
        };
        let mut response = self.caller.answer(&refusal);
        response
            .head_mut()
            .set_connection_type(actix_web::http::ConnectionType::Close);
        hold_unread(response, self.unread.clone())
    }
}

/// Gives the handler its time, which begins anew with each part of the body that arrives: a slow body has deadlines of its
/// own. A request that is given up is dropped wherever it waits, as where its client went away: what it had not committed
/// did not happen.
pub(crate) async fn answer_in_time<B: MessageBody + 'static>(
    limit: Duration,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let body = request
        .extensions()
        .get::<BodyOf>()
        .map(|body| Rc::clone(&body.0));
    let caller = Caller::of(request.request());
    let mut answer = pin!(next.call(request));
    let mut since = Instant::now();
    loop {
        if let Ok(answered) = timeout_at(since + limit, &mut answer).await {
            return answered;
        }
        match body.as_ref().and_then(|body| body.moved_at()) {
            Some(moved) if moved > since => since = moved,
            Some(_) | None => break,
        }
    }
    metrics::counter!("http_requests_given_up_total").increment(1);
    tracing::error!("A request was given up: no answer was found within {limit:?}");
    Err(GivenUp {
        after: limit,
        caller,
        unread: body,
    }
    .into())
}
