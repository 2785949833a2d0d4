//! Calls of the API by staff. Where the session turns out to have ended, the frame asks anew who is there.

use std::cell::RefCell;

use client::{Call, Failure};
use domain::ProblemCode;
use ui::api;
use yew::Callback;

/// The session has no second factor yet.
const UNCONFIRMED: &str = ProblemCode::StaffSecondFactor.as_str();

thread_local! {
    static ON_LOST: RefCell<Option<Callback<Failure>>> = const { RefCell::new(None) };
}

/// Says whom to tell when a call finds that the session has ended, and why.
pub(crate) fn on_session_lost(callback: Callback<Failure>) {
    ON_LOST.set(Some(callback));
}

/// Makes a call in the session.
///
/// # Errors
/// [`Failure`]; where the session has ended, the frame has already been told.
pub(crate) async fn call<T>(call: Call<T>) -> Result<T, Failure> {
    let answer = api::call(call).await;
    if let Err(failure) = &answer
        && is_lost(failure)
        && let Some(tell) = ON_LOST.with_borrow(Clone::clone)
    {
        tell.emit(failure.clone());
    }
    answer
}

fn is_lost(failure: &Failure) -> bool {
    api::needs_session(failure) || api::is_one_of(failure, &[UNCONFIRMED])
}
