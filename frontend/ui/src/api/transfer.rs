//! How the web app speaks HTTP: by `XMLHttpRequest`, since it alone tells how far an upload has come.

use std::cell::RefCell;
use std::rc::Rc;

use client::{Answer, Failure, Request};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FormData, ProgressEvent, XmlHttpRequest, XmlHttpRequestResponseType};

use crate::{clock, lang};

/// The event that ends a request, well or badly.
const END: &str = "loadend";
/// How long no byte of an upload may leave, in milliseconds.
const STALLED_MS: u32 = 30_000;
/// How long the answer may take after the last byte of an upload has left, in milliseconds.
const UNANSWERED_MS: u32 = 60_000;

/// A request that can be watched and given up.
#[derive(Debug, Clone)]
pub struct Transfer(XmlHttpRequest);

impl Transfer {
    /// A request in the page's language, which has not been sent yet.
    ///
    /// # Errors
    /// [`Failure::Unexpected`], where the browser refuses the address.
    pub fn new(request: &Request) -> Result<Self, Failure> {
        Self::opened(request).map_err(unsendable)
    }

    fn opened(request: &Request) -> Result<Self, JsValue> {
        let http = XmlHttpRequest::new()?;
        http.open(request.method.as_str(), &request.path)?;
        http.set_request_header("Accept-Language", lang::current().tag())?;
        for (name, value) in &request.headers {
            http.set_request_header(name, value)?;
        }
        if request.json.is_some() {
            http.set_request_header("Content-Type", "application/json")?;
        }
        Ok(Self(http))
    }

    /// Gives up; there is then no answer.
    pub fn abort(&self) {
        let _ = self.0.abort();
    }

    /// Gives up after a while, unless the time-out is dropped before.
    fn abort_after(&self, limit_ms: u32) -> Timeout {
        let transfer = self.clone();
        Timeout::new(limit_ms, move || transfer.abort())
    }

    /// Sends a form and waits for as long as something moves. `progress` hears the bytes that have left.
    ///
    /// # Errors
    /// [`Failure::Offline`], where no answer came or nothing moved for too long.
    pub async fn upload(
        &self,
        form: &FormData,
        progress: impl Fn(u64) + 'static,
    ) -> Result<Answer, Failure> {
        self.send_watched(|http| http.send_with_opt_form_data(Some(form)), progress)
            .await
    }

    /// As [`Self::upload`], for a file alone.
    ///
    /// # Errors
    /// As [`Self::upload`].
    pub async fn upload_file(
        &self,
        file: &Blob,
        progress: impl Fn(u64) + 'static,
    ) -> Result<Answer, Failure> {
        let kind = ("Content-Type", "application/octet-stream");
        let named = self.0.set_request_header(kind.0, kind.1);
        named.map_err(unsendable)?;
        self.send_watched(|http| http.send_with_opt_blob(Some(file)), progress)
            .await
    }

    /// Asks for a file and waits, for so many milliseconds; whatever the status, what came is a blob.
    ///
    /// # Errors
    /// [`Failure::Offline`], where no answer came in time.
    pub(super) async fn ask_for_file(
        &self,
        body: Option<&str>,
        limit_ms: u32,
    ) -> Result<(u16, Blob), Failure> {
        self.0.set_timeout(limit_ms);
        self.0.set_response_type(XmlHttpRequestResponseType::Blob);
        let status = self.ended(|http| http.send_with_opt_str(body)).await?;
        let blob = self.0.response().ok();
        let blob = blob.and_then(|blob| blob.dyn_into().ok());
        Ok((status, blob.ok_or(Failure::Offline)?))
    }

    async fn send_watched(
        &self,
        start: impl FnOnce(&XmlHttpRequest) -> Result<(), JsValue>,
        progress: impl Fn(u64) + 'static,
    ) -> Result<Answer, Failure> {
        let upload = self.0.upload().map_err(unsendable)?;
        let limit = Rc::new(RefCell::new(self.abort_after(STALLED_MS)));
        let (transfer, moved) = (self.clone(), Rc::clone(&limit));
        let _watching = EventListener::new(&upload, "progress", move |event| {
            if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                let (sent, total) = (whole(event.loaded()), whole(event.total()));
                let limit_ms = if sent < total {
                    STALLED_MS
                } else {
                    UNANSWERED_MS
                };
                *moved.borrow_mut() = transfer.abort_after(limit_ms);
                progress(sent);
            }
        });
        self.answer(start).await
    }

    /// Waits for the answer to what `start` begins.
    async fn answer(
        &self,
        start: impl FnOnce(&XmlHttpRequest) -> Result<(), JsValue>,
    ) -> Result<Answer, Failure> {
        let status = self.ended(start).await?;
        let body = self.0.response_text().ok().flatten().unwrap_or_default();
        Ok(Answer {
            status,
            body: body.into_bytes(),
        })
    }

    /// Waits for the end of what `start` begins, and tells the status.
    async fn ended(
        &self,
        start: impl FnOnce(&XmlHttpRequest) -> Result<(), JsValue>,
    ) -> Result<u16, Failure> {
        let ended = Promise::new(&mut |done, _| {
            let _ = self.0.add_event_listener_with_callback(END, &done);
        });
        start(&self.0).map_err(unsendable)?;
        // The promise is only ever kept.
        let _ = JsFuture::from(ended).await;
        let status = self.0.status().ok().filter(|&status| status != 0);
        let status = status.ok_or(Failure::Offline)?;
        self.hear_the_time();
        Ok(status)
    }

    /// Learns the server's time; a service of somebody else's does not show its own.
    fn hear_the_time(&self) {
        if self.0.response_url().starts_with(&origin())
            && let Ok(Some(date)) = self.0.get_response_header("Date")
        {
            clock::hear(&date);
        }
    }
}

/// Asks and waits, for so many milliseconds: the browser alone would wait for minutes, a person does not.
///
/// # Errors
/// [`Failure::Offline`], where no answer came in time.
pub(super) async fn ask(request: &Request, limit_ms: u32) -> Result<Answer, Failure> {
    let transfer = Transfer::new(request)?;
    transfer.0.set_timeout(limit_ms);
    let send = |http: &XmlHttpRequest| http.send_with_opt_str(request.json.as_deref());
    transfer.answer(send).await
}

fn unsendable(_refused: JsValue) -> Failure {
    Failure::Unexpected { status: None }
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

/// Where the API is: the page's own origin.
fn origin() -> String {
    gloo::utils::window()
        .location()
        .origin()
        .unwrap_or_default()
}
