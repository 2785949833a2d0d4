//! Calls of the API: the generated client in the page's language, with a time-out, and one shared refresh of the session.
//!
//! ```ignore
//! let orders = api::call(async |client| client.list_orders().await).await?;
//! ```

mod request;
mod session;

use std::fmt::Debug;
use std::time::Duration;

use client::{ApiOpError, Failure, HttpClient};
use futures_util::future::{Either, select};
use gloo::timers::future::sleep;

pub(crate) use request::{Request, captcha_token};
pub(crate) use session::{on_session_end, refresh};

/// How long an answer may take; longer than the slowest call that the server makes itself.
const CALL_TIMEOUT: Duration = Duration::from_secs(20);
/// The status of a call that needs a session.
const UNAUTHORISED: i32 = 401;
/// From this status on, the fault is the server's.
const SERVER_ERROR: i32 = 500;

/// Makes a call; where the session has run out, once more after refreshing it.
///
/// # Errors
/// [`Failure`]; after a 401 the pages have already been told that the session ended.
pub(crate) async fn call<T, E>(
    operation: impl AsyncFn(&HttpClient) -> Result<T, ApiOpError<E>>,
) -> Result<T, Failure>
where
    E: Debug,
{
    let client = http_client();
    let first = in_time(operation(&client), CALL_TIMEOUT).await;
    if !first.as_ref().is_err_and(needs_session) {
        return first;
    }
    refresh().await?;
    in_time(operation(&client), CALL_TIMEOUT).await
}

/// Makes a call that needs no session.
pub(crate) async fn call_once<T, E>(
    operation: impl AsyncFn(&HttpClient) -> Result<T, ApiOpError<E>>,
) -> Result<T, Failure>
where
    E: Debug,
{
    in_time(operation(&http_client()), CALL_TIMEOUT).await
}

/// A key that names one wish to the server: the same wish sent twice is fulfilled once.
pub(crate) fn idempotency_key() -> String {
    format!("{:032x}", u128::from_be_bytes(random()))
}

/// Random bytes from the browser.
pub(crate) fn random<const COUNT: usize>() -> [u8; COUNT] {
    let mut bytes = [0; COUNT];
    if let Ok(crypto) = gloo::utils::window().crypto() {
        // It fails for more than 65,536 bytes alone.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// Where the API is: the page's own origin.
pub(crate) fn origin() -> String {
    gloo::utils::window()
        .location()
        .origin()
        .unwrap_or_default()
}

/// Whether the same call may work a little later: no answer came, or the fault is the server's.
pub(crate) fn may_pass(failure: &Failure) -> bool {
    match failure {
        Failure::Offline => true,
        Failure::Problem(problem) => problem.status >= SERVER_ERROR,
        Failure::Unexpected { status } => {
            status.is_some_and(|status| i32::from(status) >= SERVER_ERROR)
        }
    }
}

/// Whether a failure says that there is no session.
pub(crate) fn needs_session(failure: &Failure) -> bool {
    match failure {
        Failure::Problem(problem) => problem.status == UNAUTHORISED,
        Failure::Offline | Failure::Unexpected { .. } => false,
    }
}

/// The code of a problem; none where no answer came.
pub(crate) fn code(failure: &Failure) -> Option<domain::ProblemCode> {
    match failure {
        Failure::Problem(problem) => domain::ProblemCode::parse(&problem.code),
        Failure::Offline | Failure::Unexpected { .. } => None,
    }
}

fn http_client() -> HttpClient {
    HttpClient::new()
        .with_base_url(origin())
        .with_header("Accept-Language", crate::lang::current().tag())
}

/// The browser's fetch waits for minutes; a person does not.
async fn in_time<T, E>(
    call: impl Future<Output = Result<T, ApiOpError<E>>>,
    limit: Duration,
) -> Result<T, Failure>
where
    E: Debug,
{
    match select(Box::pin(call), sleep(limit)).await {
        Either::Left((answer, _)) => Ok(answer?),
        Either::Right(_) => Err(Failure::Offline),
    }
}
