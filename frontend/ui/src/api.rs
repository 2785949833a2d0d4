//! Calls of the API: those of the generated client, in the page's language, with a time-out, and with one shared refresh
//! of the session.
//!
//! ```ignore
//! let orders = api::call(client::list_orders(None, None)).await?;
//! ```

mod failure;
mod file;
mod session;
mod stand_in;
mod transfer;

use client::{Answer, Call, Failure, Method, Request};

use failure::UNAUTHORISED;
pub use failure::{code, is_one_of, may_pass, needs_session};
pub use file::{base64_of, file, save};
pub use session::{on_session_end, refresh};
pub use stand_in::{StandIn, set_stand_in, stand_in_answer};
pub use transfer::Transfer;

/// How long an answer may take, in milliseconds; longer than the slowest call that the server makes itself.
const CALL_TIMEOUT_MS: u32 = 20_000;
/// The status of a page that came.
const OK: u16 = 200;

/// Makes a call; where the session has run out, once more after refreshing it.
///
/// # Errors
/// [`Failure`]; after a 401 the pages have already been told that the session ended.
pub async fn call<T>(call: Call<T>) -> Result<T, Failure> {
    call.read(answer_in_session(&call.request).await?)
}

/// Makes a call that needs no session.
pub async fn call_once<T>(call: Call<T>) -> Result<T, Failure> {
    let answer = match stand_in_answer(&call.request).await {
        Some(answer) => answer,
        None => ask_server(&call.request).await,
    };
    call.read(answer?)
}

/// Asks the server, also where something else stands in for it.
///
/// # Errors
/// [`Failure::Offline`], where no answer came in time.
pub async fn ask_server(request: &Request) -> Result<Answer, Failure> {
    transfer::ask(request, CALL_TIMEOUT_MS).await
}

/// A page of the server, as it is now.
///
/// # Errors
/// [`Failure`], where it did not come.
pub(crate) async fn page(path: &str) -> Result<String, Failure> {
    let request = Request {
        method: Method::Get,
        path: path.to_owned(),
        headers: Vec::new(),
        json: None,
    };
    let answer = ask_server(&request).await?;
    match (answer.status, String::from_utf8(answer.body)) {
        (OK, Ok(page)) => Ok(page),
        (status, _) => Err(Failure::Unexpected {
            status: Some(status),
        }),
    }
}

async fn answer_in_session(request: &Request) -> Result<Answer, Failure> {
    if let Some(answer) = stand_in_answer(request).await {
        return answer;
    }
    let first = ask_server(request).await?;
    if first.status != UNAUTHORISED {
        return Ok(first);
    }
    refresh().await?;
    ask_server(request).await
}

/// A key that names one wish to the server: the same wish sent twice is fulfilled once.
pub fn idempotency_key() -> String {
    format!("{:032x}", u128::from_be_bytes(random()))
}

/// Random bytes from the browser.
pub fn random<const COUNT: usize>() -> [u8; COUNT] {
    let mut bytes = [0; COUNT];
    if let Ok(crypto) = gloo::utils::window().crypto() {
        // It fails for more than 65,536 bytes alone.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}
