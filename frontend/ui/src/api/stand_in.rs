//! Answers in place of the server's: pages can be shown with data that nobody has.

use std::cell::Cell;

use client::{Answer, Failure, Request};
use futures_util::future::LocalBoxFuture;

/// Answers a request in place of the server.
pub type StandIn = fn(Request) -> LocalBoxFuture<'static, Result<Answer, Failure>>;

thread_local! {
    static STAND_IN: Cell<Option<StandIn>> = const { Cell::new(None) };
}

/// Has every call of this page answered by `answer` from now on.
pub fn set_stand_in(answer: StandIn) {
    STAND_IN.set(Some(answer));
}

/// The answer to a request; `None` where the server answers.
pub async fn stand_in_answer(request: &Request) -> Option<Result<Answer, Failure>> {
    let answer = STAND_IN.get()?;
    Some(answer(request.clone()).await)
}
