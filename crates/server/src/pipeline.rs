//! What stands around every handler, in its order. It is one step: each step of actix costs more than most of what is done here.

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
use crate::connection::{self, ClientLimit, ClientSlot, Guard, GuardedBody};
use crate::header::Dates;
use crate::problem::Fault;
use crate::request_figures::RequestFigures;
use crate::request_id::RequestTrace;
use crate::route_table::{Route, RouteTable};
use crate::{address_limit, header, origin, problem, rate_limit};

/// What the requests of one thread pass through.
pub(crate) struct Pipeline {
    /// What use cases run on.
    pub(crate) context: Data<Context>,
    /// The routes, for their rates and figures.
    pub(crate) routes: Arc<RouteTable>,
    /// How many requests a client may have at the same time.
    pub(crate) requests: ClientLimit,
    /// How long an answer may take.
    pub(crate) timeouts: TimeoutsFile,
    /// What the connection is looked after by.
    pub(crate) guard: Guard,
    /// What requests are counted with.
    pub(crate) figures: RequestFigures,
    /// The times of answers.
    pub(crate) dates: Dates,
}

impl Pipeline {
    /// Answers a request, on a connection that is looked after.
    pub(crate) async fn answer<B: MessageBody + 'static>(
        self: Rc<Self>,
        request: ServiceRequest,
        next: Next<B>,
    ) -> Result<ServiceResponse<GuardedBody>, Error> {
        connection::guard(&self.guard, request, |request| self.trace(request, next)).await
    }

    /// Names and measures a request, tells the audit log of it, and adds the headers that keep the answer safe.
    async fn trace<B: MessageBody + 'static>(
        &self,
        mut request: ServiceRequest,
        next: Next<B>,
    ) -> Result<ServiceResponse<BoxBody>, Error> {
        let trace = RequestTrace::begin(&self.context, request.request());
        connection::as_get(&mut request);
        // As the routes see it: where a letter is sent as `%61`, it is a letter here.
        let route = self.routes.find(request.match_info().unprocessed());
        let origin = origin::of(trace.id(), request.request());
        let now = self.context.now();
        let span = trace.span();
        let answered = async {
            let handled = self.handle(request, route, next);
            let mut response = within_request(origin, handled).await?;
            header::secure(response.headers_mut(), &self.dates, now);
            trace.end(&mut response, route, &self.figures);
            Ok(response)
        };
        answered.instrument(span).await
    }

    /// Lets the handler answer in time, or refuses the request before; refusals of either become problems.
    async fn handle<B: MessageBody + 'static>(
        &self,
        request: ServiceRequest,
        route: Option<&Route>,
        next: Next<B>,
    ) -> Result<ServiceResponse<BoxBody>, Error> {
        let response = match self.admit(request.request(), route) {
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
    fn admit(
        &self,
        request: &HttpRequest,
        route: Option<&Route>,
    ) -> Result<Option<ClientSlot>, Refusal> {
        let slot = connection::limit_requests(&self.requests, request)?;
        address_limit::check(request)?;
        rate_limit::take(request, route, &self.context)?;
        Ok(slot)
    }
}
