//! Every request has an id: in the answer, in problems and in the log.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpMessage, HttpRequest};
use domain::{ProblemCode, RequestId};
use service::Context;
use tracing::Span;

use crate::request_figures::{Answered, RequestFigures};
use crate::route_table::Route;

/// The header that carries the id.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// How many bytes an id has as text: `req_` and 26 letters.
const ID_BYTES: usize = 30;
/// What stands for pages, files and unknown paths.
const UNMATCHED: &str = "unmatched";

/// The id of a request; none outside the middleware.
pub(crate) fn id_of(request: &HttpRequest) -> Option<RequestId> {
    request.extensions().get().copied()
}

/// A request on its way: named, measured, and told in one line of the log, which has no query, body or cookie.
pub(crate) struct RequestTrace {
    id: RequestId,
    began: Instant,
    method: &'static str,
}

impl RequestTrace {
    /// Names a request. The id is made here: a caller's own is not trusted.
    pub(crate) fn begin(context: &Context, request: &HttpRequest) -> Self {
        let id = context.new_id(RequestId::new);
        request.extensions_mut().insert(id);
        Self {
            id,
            began: Instant::now(),
            method: method_label(request.method()),
        }
    }

    /// The id of the request.
    pub(crate) fn id(&self) -> RequestId {
        self.id
    }

    /// What the lines of the log that are written meanwhile belong to.
    pub(crate) fn span(&self) -> Span {
        tracing::info_span!("request", request.id = %self.id)
    }

    /// Tells how it was answered, and the caller its name. The line of the log belongs to the span that is entered.
    pub(crate) fn end(
        self,
        response: &mut ServiceResponse<BoxBody>,
        route: Option<&Route>,
        figures: &RequestFigures,
    ) {
        let (method, status) = (self.method, response.status().as_u16());
        if let Some(value) = header_value(self.id) {
            response.headers_mut().insert(HEADER, value);
        }
        // The pages of the documentation are none of the operations that the table has.
        let unlisted = || response.request().match_pattern();
        let pattern = route.map(|route| Arc::clone(&route.pattern));
        let pattern = pattern.or_else(|| unlisted().map(Arc::from));
        let pattern = pattern.unwrap_or_else(|| UNMATCHED.into());
        let ended = Instant::now();
        let took = ended - self.began;
        figures.count(&Answered {
            method,
            route: &pattern,
            place: route.map(|route| route.place),
            status,
            took,
            ended,
        });
        let problem = response.response().extensions().get().copied();
        let problem = problem.map(ProblemCode::as_str);
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(
            http.method = method, http.route = %pattern, http.status = status,
            http.problem = problem, duration_ms,
            "{method} {pattern} answered {status}",
        );
    }
}

/// The id as a header, written in place.
fn header_value(id: RequestId) -> Option<HeaderValue> {
    let mut text = [0; ID_BYTES];
    write!(text.as_mut_slice(), "{id}").ok()?;
    HeaderValue::from_bytes(&text).ok()
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_header_has_the_whole_id() {
        let id = RequestId::new(chrono::DateTime::UNIX_EPOCH, [255; 10]);
        assert_eq!(header_value(id).unwrap(), id.to_string().as_str());
    }

    #[rstest]
    #[case(Method::GET, "GET")]
    #[case(Method::HEAD, "HEAD")]
    #[case(Method::POST, "POST")]
    #[case(Method::PUT, "PUT")]
    #[case(Method::PATCH, "PATCH")]
    #[case(Method::DELETE, "DELETE")]
    #[case(Method::OPTIONS, "OPTIONS")]
    #[case::standard_but_not_taken(Method::TRACE, "other")]
    #[case::invented(Method::from_bytes(b"GETS").unwrap(), "other")]
    fn a_method_counts_under_a_known_word(#[case] method: Method, #[case] expected: &str) {
        assert_eq!(method_label(&method), expected);
    }
}
