//! A client's connection that ends when the client takes too long.
//!
//! actix-http has a deadline for the head of the first request and for unused connections only. Here are the others: for
//! the head of every further request, and for answers that the client does not read.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::rt::net::TcpStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::pace::{Pace, PaceRule};
use super::slot::ClientSlot;
use crate::config::HttpFile;

/// What stream and requests of a connection know of each other.
#[derive(Debug)]
pub(crate) struct ConnectionState {
    /// Requests whose answer is not given yet.
    open_requests: Cell<usize>,
    /// When the last one was answered, or the connection began.
    idle_since: Cell<Instant>,
}

impl ConnectionState {
    /// Marks the connection as used until the result is dropped.
    pub(crate) fn begin_request(self: &Rc<Self>) -> OpenRequest {
        self.open_requests.set(self.open_requests.get() + 1);
        OpenRequest(Rc::clone(self))
    }
}

/// A request whose answer is not given yet.
#[derive(Debug)]
pub(crate) struct OpenRequest(Rc<ConnectionState>);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        let state = &self.0;
        state.open_requests.set(state.open_requests.get() - 1);
        state.idle_since.set(Instant::now());
    }
}

/// A connection under deadlines.
#[derive(Debug)]
pub(crate) struct ClientStream {
    tcp: TcpStream,
    state: Rc<ConnectionState>,
    /// How long the connection may be without a request.
    longest_idle: Duration,
    idle_timer: Option<Pin<Box<Sleep>>>,
    /// The answer that is being sent.
    sending: Pace,
    _slot: ClientSlot,
}

impl ClientStream {
    /// Over an accepted connection.
    pub(crate) fn new(tcp: TcpStream, slot: ClientSlot, settings: &HttpFile) -> Self {
        let state = ConnectionState {
            open_requests: Cell::new(0),
            idle_since: Cell::new(Instant::now()),
        };
        Self {
            tcp,
            state: Rc::new(state),
            longest_idle: settings.keep_alive() + settings.head_timeout(),
            idle_timer: None,
            sending: Pace::new(PaceRule::for_body(settings)),
            _slot: slot,
        }
    }

    /// What its requests need to know.
    pub(crate) fn state(&self) -> Rc<ConnectionState> {
        Rc::clone(&self.state)
    }

    /// Ready when no complete head arrived for too long.
    fn poll_idle(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.state.open_requests.get() > 0 {
            return Poll::Pending;
        }
        let deadline = self.state.idle_since.get() + self.longest_idle;
        let timer = self
            .idle_timer
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        // Each request moves the deadline. The timer follows when it fires, which is seldom, and not with each request.
        ready!(timer.as_mut().poll(cx));
        if timer.deadline() >= deadline {
            return Poll::Ready(());
        }
        timer.as_mut().reset(deadline);
        timer.as_mut().poll(cx)
    }
}

impl AsyncRead for ClientStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Poll::Ready(read) = Pin::new(&mut self.tcp).poll_read(cx, buffer) {
            return Poll::Ready(read);
        }
        ready!(self.poll_idle(cx));
        metrics::counter!("http_connections_timed_out_total", "while" => "reading").increment(1);
        // As if the client had closed: then the server closes too.
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ClientStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = Pin::new(&mut self.tcp).poll_write(cx, bytes) {
            self.sending.moved(*written.as_ref().unwrap_or(&0));
            return Poll::Ready(written);
        }
        ready!(self.sending.poll_too_slow(cx));
        metrics::counter!("http_connections_timed_out_total", "while" => "writing").increment(1);
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // The server flushes when the system has taken all that there was to write.
        self.sending.reset();
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
