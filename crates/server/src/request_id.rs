//! Every request has an id: in the answer, in problems and in the log.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest};
use domain::{AuditEventId, ProblemCode};
use service::Context;
use tracing::Instrument;

/// The header that carries the id.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, made here: a caller's own id is not trusted.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(Arc<str>);

impl RequestId {
    /// The id of the request; empty only outside the middleware.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        request
            .extensions()
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self("".into()))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names the request, measures it and writes one line about it: never a query, a body or a cookie.
pub(crate) async fn trace<B: MessageBody + 'static>(
    context: Data<Context>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let name =
        context
            .new_id(AuditEventId::new)
            .to_string()
            .replacen(AuditEventId::PREFIX, "req", 1);
    request
        .extensions_mut()
        .insert(RequestId(name.as_str().into()));
    let span = tracing::info_span!("request", request.id = %name);
    let started = Instant::now();
    let method = method_label(request.method());
    let mut response = next.call(request).instrument(span.clone()).await?;
    let route = response
        .request()
        .match_pattern()
        .unwrap_or_else(|| "unmatched".to_owned());
    let status = response.status().as_u16();
    let duration = started.elapsed();
    if let Ok(value) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(HEADER, value);
    }
    let [by_method, by_route] = [("method", method.to_owned()), ("route", route.clone())];
    let by_status = ("status", status.to_string());
    let labels = [by_method.clone(), by_route.clone(), by_status];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &[by_method, by_route])
        .record(duration.as_secs_f64());
    let problem = response
        .response()
        .extensions()
        .get::<ProblemCode>()
        .copied();
    let problem = problem.map(ProblemCode::as_str);
    let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        tracing::info!(
            http.method = method, http.route = %route, http.status = status,
            http.problem = problem, duration_ms,
            "{method} {route} answered {status}",
        );
    });
    Ok(response)
}

/// The method for log and metrics: one of a fixed set, since each other value would be a time series of its own.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
