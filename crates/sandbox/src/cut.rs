//! An answer that breaks off: the connection ends before the promised length.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// A body that gives half of what it promised and then fails.
struct Cut {
    first: Option<Bytes>,
    promised: u64,
}

/// The connection was to break.
#[derive(Debug, thiserror::Error)]
#[error("the answer was cut off on purpose")]
struct CutOff;

impl MessageBody for Cut {
    type Error = CutOff;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.promised)
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Poll::Ready(Some(self.first.take().ok_or(CutOff)))
    }
}

/// The answer with half of `body`.
pub(crate) fn response(mut answer: HttpResponseBuilder, body: &Bytes) -> HttpResponse {
    let half = body.len() / 2;
    let promised = u64::try_from(body.len().max(1)).unwrap_or(u64::MAX);
    let first = Some(body.slice(..half)).filter(|first| !first.is_empty());
    answer.body(Cut { first, promised })
}
