//! The one place beside the generated client that makes requests: `XMLHttpRequest`, since it alone tells how far an upload
//! has come, and since a captcha service is not ours and has no document.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

/// The events that end a request, well or badly.
const END: &str = "loadend";
/// How long no byte may leave, in milliseconds.
const STALLED_MS: u32 = 30_000;
/// How long the answer may take after the last byte has left, in milliseconds.
const UNANSWERED_MS: u32 = 60_000;

/// A request that can be watched and given up.
#[derive(Debug, Clone)]
pub(crate) struct Request(XmlHttpRequest);

/// An answer of whatever status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: String,
}

impl Request {
    /// A POST that has not been sent yet; `None` where the browser refuses the address.
    pub(crate) fn post(url: &str) -> Option<Self> {
        let request = XmlHttpRequest::new().ok()?;
        request.open("POST", url).ok()?;
        Some(Self(request))
    }

    /// Asks for problems in the page's language.
    pub(crate) fn in_language(self) -> Option<Self> {
        self.0
            .set_request_header("Accept-Language", crate::lang::current().tag())
            .ok()?;
        Some(self)
    }

    /// Gives up; the answer is then none.
    pub(crate) fn abort(&self) {
        let _ = self.0.abort();
    }

    /// Gives up after a while, unless the time-out is dropped before.
    fn abort_after(&self, limit_ms: u32) -> Timeout {
        let request = self.clone();
        Timeout::new(limit_ms, move || request.abort())
    }

    /// Sends a form and waits; `None` where no answer came or nothing moved for too long. `progress` hears the bytes
    /// that have left.
    pub(crate) async fn send(
        &self,
        form: Option<&FormData>,
        progress: impl Fn(u64) + 'static,
    ) -> Option<Answer> {
        let upload = self.0.upload().ok()?;
        let limit = Rc::new(RefCell::new(self.abort_after(STALLED_MS)));
        let (request, moved) = (self.clone(), Rc::clone(&limit));
        let _watching = EventListener::new(&upload, "progress", move |event| {
            if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                let (sent, total) = (whole(event.loaded()), whole(event.total()));
                let limit_ms = if sent < total {
                    STALLED_MS
                } else {
                    UNANSWERED_MS
                };
                *moved.borrow_mut() = request.abort_after(limit_ms);
                progress(sent);
            }
        });
        let ended = Promise::new(&mut |done, _| {
            let _ = self.0.add_event_listener_with_callback(END, &done);
        });
        self.0.send_with_opt_form_data(form).ok()?;
        JsFuture::from(ended).await.ok()?;
        let status = self.0.status().ok().filter(|&status| status != 0)?;
        let body = self.0.response_text().ok().flatten().unwrap_or_default();
        Some(Answer { status, body })
    }
}

/// Bytes as the browser counts them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of bytes is whole, positive and far below 2^53"
)]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}

impl From<Answer> for Result<String, client::Failure> {
    fn from(answer: Answer) -> Self {
        if (200..300).contains(&answer.status) {
            return Ok(answer.body);
        }
        Err(serde_json::from_str(&answer.body).map_or(
            client::Failure::Unexpected {
                status: Some(answer.status),
            },
            |problem| client::Failure::Problem(Box::new(problem)),
        ))
    }
}

/// The captcha service's answer.
///
/// # Errors
/// [`client::Failure`], where there is none.
pub(crate) async fn captcha_token(url: &str) -> Result<String, client::Failure> {
    #[derive(serde::Deserialize)]
    struct Token {
        token: String,
    }
    let request = Request::post(url).ok_or(client::Failure::Unexpected { status: None })?;
    let answer = request
        .send(None, |_| ())
        .await
        .ok_or(client::Failure::Offline)?;
    let body = Result::from(answer)?;
    let token: Token =
        serde_json::from_str(&body).map_err(|_| client::Failure::Unexpected { status: None })?;
    Ok(token.token)
}
