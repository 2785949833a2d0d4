//! Sending a photo: progress, time left, and again after a pause when the network is lost.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use client::{Failure, PhotoView};
use domain::task::PhotoSource;
use futures_channel::oneshot;
use futures_util::future::select;
use gloo::events::EventListener;
use gloo::timers::future::sleep;
use ui::api::Transfer;
use ui::{api, clock};
use web_sys::{Blob, BlobPropertyBag, FormData};
use yew::Callback;

use super::Upload;

/// Seconds to wait before each further try; the last one holds for all that follow.
const PAUSES_S: [u32; 5] = [1, 2, 4, 8, 15];
/// Before this much time has passed, the speed says nothing.
const SPEED_IS_KNOWN_MS: u64 = 1000;

/// How far the sending has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Bytes are leaving.
    Sending {
        /// How many have left.
        sent: u64,
        /// How many there are.
        total: u64,
        /// How long the rest will take, once that can be told.
        left_s: Option<u64>,
    },
    /// All bytes have left; the server checks the photo.
    Checking,
    /// The network is lost; the next try comes in so many seconds.
    Waiting {
        /// Seconds.
        pause_s: u32,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// The server has the photo.
    Done(Box<PhotoView>),
    /// The person gave up.
    Cancelled,
    /// The server refused it.
    Failed(Failure),
}

/// A sending that can be cancelled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sender {
    is_cancelled: Rc<Cell<bool>>,
    /// Ends the pause before the next try.
    hurry: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    running: Rc<RefCell<Option<Transfer>>>,
}

impl Sender {
    /// Stops; nothing more is sent.
    pub(crate) fn cancel(&self) {
        self.is_cancelled.set(true);
        self.retry_now();
        if let Some(transfer) = self.running.take() {
            transfer.abort();
        }
    }

    /// Where it waits before the next try, tries at once.
    pub(crate) fn retry_now(&self) {
        if let Some(hurry) = self.hurry.take() {
            // A pause that has just ended by itself does not listen any more.
            let _ = hurry.send(());
        }
    }

    /// Waits before the next try: so many seconds, or until the network is back or the person hurries.
    async fn pause(&self, seconds: u32) {
        let (hurry, hurried) = oneshot::channel();
        self.hurry.replace(Some(hurry));
        let sender = self.clone();
        let online = EventListener::new(&gloo::utils::window(), "online", move |_| {
            sender.retry_now();
        });
        select(sleep(Duration::from_secs(seconds.into())), hurried).await;
        drop(online);
    }

    /// Sends until the server has answered or the person gives up.
    pub(crate) async fn send(&self, upload: &Upload, report: &Callback<Progress>) -> Outcome {
        let mut later = PAUSES_S.into_iter();
        let mut pause_s = 0;
        let mut was_refreshed = false;
        while !self.is_cancelled.get() {
            let mut tried = self.try_once(upload, report.clone()).await;
            if tried.as_ref().is_err_and(api::needs_session) && !was_refreshed {
                match api::refresh().await {
                    Ok(()) => {
                        was_refreshed = true;
                        continue;
                    }
                    Err(failure) => tried = Err(failure),
                }
            }
            was_refreshed = false;
            match tried {
                _ if self.is_cancelled.get() => break,
                Ok(photo) => return Outcome::Done(Box::new(photo)),
                Err(failure) if api::may_pass(&failure) => {
                    pause_s = later.next().unwrap_or(pause_s);
                    report.emit(Progress::Waiting { pause_s });
                    self.pause(pause_s).await;
                }
                Err(failure) => return Outcome::Failed(failure),
            }
        }
        Outcome::Cancelled
    }

    async fn try_once(
        &self,
        upload: &Upload,
        report: Callback<Progress>,
    ) -> Result<PhotoView, Failure> {
        let call = client::create_photo(&upload.enrolment_id);
        if let Some(answer) = api::stand_in_answer(&call.request).await {
            return call.read(answer?);
        }
        let transfer = Transfer::new(&call.request)?;
        let form = form(upload).ok_or(Failure::Unexpected { status: None })?;
        self.running.replace(Some(transfer.clone()));
        let (total, started) = (whole(upload.file.size()), clock::now_ms());
        report.emit(Progress::Sending {
            sent: 0,
            total,
            left_s: None,
        });
        let watch = move |sent: u64| {
            let elapsed = u64::try_from(clock::now_ms() - started).unwrap_or_default();
            report.emit(progress(sent.min(total), total, elapsed));
        };
        let answer = transfer.upload(&form, watch).await?;
        self.running.replace(None);
        call.read(answer)
    }
}

fn progress(sent: u64, total: u64, elapsed_ms: u64) -> Progress {
    if sent == total {
        return Progress::Checking;
    }
    let is_known = elapsed_ms > SPEED_IS_KNOWN_MS && sent > 0;
    let left_s = is_known.then(|| ((total - sent) * elapsed_ms).div_ceil(sent * 1000));
    Progress::Sending {
        sent,
        total,
        left_s,
    }
}

/// The form of `create_photo`; the browser writes it, so that its progress can be told.
fn form(upload: &Upload) -> Option<FormData> {
    let form = FormData::new().ok()?;
    form.append_with_str("upload_id", &upload.id).ok()?;
    let frame = js_sys::Array::of1(&serde_json::to_string(&upload.frame).ok()?.into());
    let json = BlobPropertyBag::new();
    json.set_type("application/json");
    let frame = Blob::new_with_str_sequence_and_options(&frame, &json).ok()?;
    form.append_with_blob("frame", &frame).ok()?;
    let source = if upload.is_taken {
        PhotoSource::Camera
    } else {
        PhotoSource::File
    };
    form.append_with_str("source", source.as_str()).ok()?;
    if !upload.note.is_empty() {
        form.append_with_str("note", &upload.note).ok()?;
    }
    form.append_with_blob_and_filename("image", &upload.file, "photo")
        .ok()?;
    Some(form)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the size of a file is whole, positive and far below 2^53"
)]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}
