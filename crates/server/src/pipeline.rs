//! What stands around every handler, in its order. It is one step, inside the one that looks after the connection: each step of
//! actix costs more than most of what is done here.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest, ResponseError};
use domain::Refusal;
use service::Context;
use service::audit::within_request;
use tracing::Instrument;

use crate::config::TimeoutsFile;
use crate::connection::{self, ClientLimit, ClientSlot};
use crate::problem::Fault;
use crate::request_id::RequestTrace;
use crate::route_table::RouteTable;
use crate::{address_limit, header, origin, problem, rate_limit};

/// What the requests of one thread pass through.
pub(crate) struct Pipeline {
    /// What use cases run on.
    pub(crate) context: Data<Context>,
    /// The routes, for their rates.
    pub(crate) routes: Arc<RouteTable>,
    /// How many requests a client may have at the same time.
    pub(crate) requests: ClientLimit,
    /// How long an answer may take.
    pub(crate) timeouts: TimeoutsFile,
}

impl Pipeline {
    /// Answers a request: names and measures it, tells the audit log of it, and adds the headers that keep the answer safe.
    pub(crate) async fn answer<B: MessageBody + 'static>(
        self: Rc<Self>,
        mut request: ServiceRequest,
        next: Next<B>,
    ) -> Result<ServiceResponse<BoxBody>, Error> {
        let trace = RequestTrace::begin(&self.context, request.request());
        connection::as_get(&mut request);
        let (origin, now) = (origin::of(request.request()), self.context.now());
        let answered = within_request(origin, self.handle(request, next));
        let mut response = answered.instrument(trace.span()).await?;
        header::secure(response.headers_mut(), now);
        trace.end(&mut response);
        Ok(response)
    }

    /// Lets the handler answer in time, or refuses the request before; refusals of either become problems.
    async fn handle<B: MessageBody + 'static>(
        &self,
        request: ServiceRequest,
        next: Next<B>,
    ) -> Result<ServiceResponse<BoxBody>, Error> {
        let response = match self.admit(request.request()) {
            Ok(_slot) => {
                let limit = self.timeouts.answer();
                let answered = connection::answer_in_time(limit, request, next);
                answered.await?.map_into_boxed_body()
            }
            Err(refusal) => {
                let refused = Fault::from(refusal).error_response();
                request.into_response(refused)
            }
        };
        Ok(problem::render(&self.context, response))
    }

    /// Whether a request may be handled now, which takes it out of what its client may do.
    fn admit(&self, request: &HttpRequest) -> Result<Option<ClientSlot>, Refusal> {
        let slot = connection::limit_requests(&self.requests, request)?;
        address_limit::check(request)?;
        rate_limit::take(request, &self.routes, &self.context)?;
        Ok(slot)
    }
}
