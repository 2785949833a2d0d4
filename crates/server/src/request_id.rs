//! Every request has an id: in the answer, in problems and in the log.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpMessage, HttpRequest};
use domain::{AuditEventId, ProblemCode};
use metrics::{Label, SharedString};
use service::Context;
use tracing::Span;

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

/// A request on its way: named, measured, and told in one line of the log, which has no query, body or cookie.
pub(crate) struct RequestTrace {
    name: Arc<str>,
    span: Span,
    began: Instant,
    method: &'static str,
}

impl RequestTrace {
    /// Names a request.
    pub(crate) fn begin(context: &Context, request: &HttpRequest) -> Self {
        let id = context.new_id(AuditEventId::new).to_string();
        let name = id.strip_prefix(AuditEventId::PREFIX).unwrap_or(&id);
        let name: Arc<str> = format!("req{name}").into();
        let id = RequestId(Arc::clone(&name));
        request.extensions_mut().insert(id);
        Self {
            span: tracing::info_span!("request", request.id = %name),
            name,
            began: Instant::now(),
            method: method_label(request.method()),
        }
    }

    /// What the lines of the log that are written meanwhile belong to.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Tells how it was answered, and the caller its name.
    pub(crate) fn end(self, response: &mut ServiceResponse<BoxBody>) {
        let method = self.method;
        let route = response.request().match_pattern();
        let route: Arc<str> = route.map_or_else(|| "unmatched".into(), Arc::from);
        let status = response.status().as_u16();
        let duration = self.began.elapsed();
        if let Ok(value) = HeaderValue::from_str(&self.name) {
            response.headers_mut().insert(HEADER, value);
        }
        let by_method = Label::new("method", method);
        let by_route = Label::new("route", SharedString::from_shared(Arc::clone(&route)));
        let by_status = Label::new("status", status.to_string());
        let labels = vec![by_method.clone(), by_route.clone(), by_status];
        metrics::counter!("http_requests_total", labels).increment(1);
        metrics::histogram!("http_request_seconds", vec![by_method, by_route])
            .record(duration.as_secs_f64());
        let problem = response.response().extensions().get().copied();
        let problem = problem.map(ProblemCode::as_str);
        let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.span.in_scope(|| {
            tracing::info!(
                http.method = method, http.route = %route, http.status = status,
                http.problem = problem, duration_ms,
                "{method} {route} answered {status}",
            );
        });
    }
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
