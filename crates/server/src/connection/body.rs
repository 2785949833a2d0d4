//! The body of every request: it must arrive in time, and a connection whose body stays unread is closed.
//!
//! actix-http 3.20 keeps a connection for ever when the handler answers without reading a chunked body: it waits for the
//! rest of the body without a deadline, and where the body had filled its buffer, it does not even notice that the client
//! has gone. It closes such a connection only while somebody still holds the unread body. That is why [`guard`] keeps the
//! body of a request until the answer is sent.

use std::cell::{Cell, RefCell};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap};
use actix_web::http::{ConnectionType, Method};
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage, HttpResponse};
use futures_util::Stream;
use futures_util::future::poll_fn;
use tokio::time::Instant;

use super::pace::{Pace, PaceRule};
use super::stream::{ConnectionState, OpenRequest};
use crate::config::HttpFile;
use crate::drain::Draining;

/// The methods that any request may have; every other one is refused before it is counted or logged.
const METHODS: [Method; 9] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
    Method::TRACE,
    Method::CONNECT,
];
/// So many bytes of an unread body are read, so that the client comes to read the answer; a client that announces or sends
/// more is cut off.
const UNREAD_LIMIT: u64 = 64 * 1024 * 1024;

/// The body of a request, shared by the handler, which reads it, and [`guard`], which looks after it.
pub(super) struct Body {
    payload: RefCell<Payload>,
    /// When its last part arrived.
    moved_at: Cell<Option<Instant>>,
    pace: RefCell<Pace>,
    is_finished: Cell<bool>,
    is_late: Cell<bool>,
}

/// The body of this request.
pub(super) struct BodyOf(pub(super) Rc<Body>);

/// What the handler reads.
struct BodyStream(Rc<Body>);

impl Body {
    fn new(payload: Payload, rule: PaceRule) -> Rc<Self> {
        Rc::new(Self {
            payload: RefCell::new(payload),
            moved_at: Cell::new(None),
            pace: RefCell::new(Pace::new(rule)),
            is_finished: Cell::new(false),
            is_late: Cell::new(false),
        })
    }

    fn poll_next(&self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, PayloadError>>> {
        if self.is_late.get() {
            return Poll::Ready(None);
        }
        let polled = Pin::new(&mut *self.payload.borrow_mut()).poll_next(cx);
        match &polled {
            Poll::Ready(Some(Ok(bytes))) => {
                self.moved_at.set(Some(Instant::now()));
                self.pace.borrow_mut().moved(bytes.len());
            }
            Poll::Ready(Some(Err(_)) | None) => self.is_finished.set(true),
            Poll::Pending => {
                if self.pace.borrow_mut().poll_too_slow(cx).is_ready() {
                    self.is_late.set(true);
                    let error = io::Error::from(io::ErrorKind::TimedOut);
                    return Poll::Ready(Some(Err(PayloadError::Io(error))));
                }
            }
        }
        polled
    }

    /// When the last part arrived; none where nothing did.
    pub(super) fn moved_at(&self) -> Option<Instant> {
        self.moved_at.get()
    }

    /// Reads and forgets the rest. Returns whether the end was reached in time.
    async fn skip_rest(&self, rule: PaceRule) -> bool {
        if self.is_late.get() {
            return false;
        }
        *self.pace.borrow_mut() = Pace::new(rule);
        let mut skipped = 0;
        while !self.is_finished.get() {
            match poll_fn(|cx| self.poll_next(cx)).await {
                Some(Ok(bytes)) => skipped += bytes.len() as u64,
                Some(Err(_)) | None => break,
            }
            if skipped > UNREAD_LIMIT {
                break;
            }
        }
        self.is_finished.get()
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next(cx)
    }
}

/// Whether the body of this request was given up because it did not arrive in time.
pub(crate) fn is_late(request: &impl HttpMessage) -> bool {
    let extensions = request.extensions();
    let body = extensions.get::<BodyOf>();
    body.is_some_and(|body| body.0.is_late.get())
}

/// The largest part of an answer that is handed to actix-http at once, in bytes. It copies each part into a buffer of the
/// connection: without a bound, a client that does not read would hold a copy of the whole answer.
const PART: usize = 64 * 1024;

/// What [`guard`] needs to know.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    /// How long bodies may take.
    pub(crate) settings: HttpFile,
    /// Whether the server is about to stop.
    pub(crate) draining: Draining,
}

/// An answer that keeps its request's body and its connection's mark until it is sent.
pub(crate) struct GuardedBody {
    body: BoxBody,
    /// What was taken from the answer and not handed on yet.
    rest: Bytes,
    _unread: Option<Rc<Body>>,
    _open: Option<OpenRequest>,
}

impl MessageBody for GuardedBody {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                Some(Ok(bytes)) => self.rest = bytes,
                end => return Poll::Ready(end),
            }
        }
        let length = self.rest.len().min(PART);
        Poll::Ready(Some(Ok(self.rest.split_to(length))))
    }
}

/// An answer that keeps its request's body until it is sent, for a request that [`guard`] does not see to its end.
pub(super) fn hold_unread(response: HttpResponse, unread: Option<Rc<Body>>) -> HttpResponse {
    response.map_body(|_, body| {
        BoxBody::new(GuardedBody {
            body,
            rest: Bytes::new(),
            _unread: unread,
            _open: None,
        })
    })
}

/// The outermost step of every request: refuses unknown methods, gives what answers a body with a deadline, and closes the
/// connection after the answer where the body stays unread or the server is about to stop.
pub(crate) async fn guard<A>(
    Guard { settings, draining }: &Guard,
    mut request: ServiceRequest,
    answer: impl FnOnce(ServiceRequest) -> A,
) -> Result<ServiceResponse<GuardedBody>, Error>
where
    A: Future<Output = Result<ServiceResponse<BoxBody>, Error>>,
{
    let state = request.request().conn_data::<Rc<ConnectionState>>();
    let open = state.map(ConnectionState::begin_request);
    let body = watch(&mut request, settings);
    let announced = announced_length(request.headers());
    let mut response = if METHODS.contains(request.method()) {
        answer(request).await?
    } else {
        metrics::counter!("http_methods_refused_total").increment(1);
        request.into_response(HttpResponse::NotImplemented().force_close().finish())
    };
    let unread = match body {
        Some(body) => {
            let is_worth_reading = announced.is_none_or(|length| length <= UNREAD_LIMIT);
            let rule = PaceRule::for_unread_body(settings);
            let is_read = body.is_finished.get() || is_worth_reading && body.skip_rest(rule).await;
            (!is_read).then_some(body)
        }
        None => None,
    };
    if unread.is_some() || draining.is_draining() {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    Ok(response.map_body(|_, body| GuardedBody {
        body,
        rest: Bytes::new(),
        _unread: unread,
        _open: open,
    }))
}

/// Lets every `GET` operation answer `HEAD` too; actix-http sends the answer without its body.
pub(crate) fn as_get(request: &mut ServiceRequest) {
    if *request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
}

/// Puts a deadline on the body of the request; `None` where it has no body.
fn watch(request: &mut ServiceRequest, settings: &HttpFile) -> Option<Rc<Body>> {
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return None;
    }
    let body = Body::new(payload, PaceRule::for_body(settings));
    request.set_payload(Payload::Stream {
        payload: Box::pin(BodyStream(Rc::clone(&body))),
    });
    request.extensions_mut().insert(BodyOf(Rc::clone(&body)));
    Some(body)
}

/// The length of the body, where the client says it.
fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
