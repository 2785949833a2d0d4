//! The device's camera: its live picture, small copies of it, and the picture that is taken.

use std::time::Duration;

use futures_util::future::{Either, select};
use gloo::events::EventListener;
use gloo::file::futures::read_as_bytes;
use gloo::timers::future::sleep;
use gloo::utils::{document, window};
use js_sys::{Array, Function, JSON, Promise, Reflect};
use photo::{Crop, Limits};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement, MediaDevices,
    MediaStream, MediaStreamTrack, MediaStreamTrackState,
};
use yew::Callback;

use crate::canvas::{canvas, file, jpeg};

/// What is asked of the browser: the side that matters, and more pixels than the standard needs, but not all that a
/// lens has, which would make the live picture slow.
const WANTED: &str =
    r#"{"video":{"facingMode":{"ideal":"SIDE"},"width":{"ideal":2560},"height":{"ideal":1920}}}"#;
/// Width and height of a small copy in pixels; about twice what the networks see.
const COPY: (u32, u32) = (360, 480);
/// Quality of a small copy.
const COPY_QUALITY: f64 = 0.8;
/// Quality of a picture that is taken from the live one.
const SHOT_QUALITY: f64 = 0.95;
/// How long the camera may take for a picture of its own. Some never answer.
const SHUTTER_TIMEOUT: Duration = Duration::from_secs(4);
/// How long the picture may stand still.
const STILL: Duration = Duration::from_secs(2);
/// How often is looked whether it still does.
const LOOK: Duration = Duration::from_millis(500);

/// Which way a camera looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facing {
    /// Away from the screen: somebody else takes the picture.
    Rear,
    /// Towards who looks at the screen.
    Front,
}

impl Facing {
    /// The browser's word.
    fn word(self) -> &'static str {
        match self {
            Self::Rear => "environment",
            Self::Front => "user",
        }
    }

    /// The other way.
    pub(crate) fn turned(self) -> Self {
        match self {
            Self::Rear => Self::Front,
            Self::Front => Self::Rear,
        }
    }
}

/// Why there is no live picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The person or the browser's settings refused it.
    Refused,
    /// The device has no camera.
    Absent,
    /// Another program has it.
    Busy,
    /// Browsers lend the camera to pages that came by HTTPS only.
    Insecure,
    /// This browser lends it to no page.
    Unsupported,
}

impl Fault {
    /// The fault behind an error of `getUserMedia`.
    fn of(error: &JsValue) -> Self {
        let name = property(error, "name").and_then(|name| name.as_string());
        match name.as_deref() {
            Some("NotAllowedError" | "SecurityError") => Self::Refused,
            Some("NotFoundError" | "OverconstrainedError") => Self::Absent,
            Some("NotReadableError" | "AbortError") => Self::Busy,
            Some(_) | None => Self::Unsupported,
        }
    }
}

/// A camera that is on, until it is stopped.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Camera {
    /// Whether it looks at who holds the device.
    pub(crate) is_front: bool,
    /// Whether the device has one that looks the other way.
    pub(crate) can_turn: bool,
    stream: MediaStream,
    track: MediaStreamTrack,
    canvas: HtmlCanvasElement,
}

/// A part of the live picture that is drawn in another size.
struct Drawing {
    /// The part, in pixels of the live picture.
    part: Crop,
    /// Columns of what is drawn.
    width: u32,
    /// Rows of what is drawn.
    height: u32,
    /// The quality of the JPEG file, from 0 to 1.
    quality: f64,
}

impl Camera {
    /// Asks for the camera; the browser may ask the person.
    pub(crate) async fn open(facing: Facing) -> Result<Self, Fault> {
        let devices = property(&window().navigator(), "mediaDevices");
        let devices = devices.and_then(|devices| devices.dyn_into::<MediaDevices>().ok());
        let devices = devices.ok_or(if window().is_secure_context() {
            Fault::Unsupported
        } else {
            Fault::Insecure
        })?;
        let wanted = JSON::parse(&WANTED.replace("SIDE", facing.word()));
        let wanted = wanted.map_err(|_| Fault::Unsupported)?.unchecked_into();
        let fault = |error: JsValue| Fault::of(&error);
        let stream = devices
            .get_user_media_with_constraints(&wanted)
            .map_err(fault)?;
        let stream: MediaStream = JsFuture::from(stream)
            .await
            .map_err(fault)?
            .unchecked_into();
        let track: MediaStreamTrack = stream.get_video_tracks().get(0).unchecked_into();
        let canvas = canvas().map_err(|_| Fault::Unsupported)?;
        let side = property(&track.get_settings(), "facingMode").and_then(|side| side.as_string());
        Ok(Self {
            is_front: side.as_deref() == Some(Facing::Front.word()),
            can_turn: side.is_some() && count(&devices).await > 1,
            stream,
            track,
            canvas,
        })
    }

    /// Switches it off.
    pub(crate) fn stop(&self) {
        self.track.stop();
    }

    /// Calls back where its picture ends or stands still for good: it was unplugged, or a call or another program took
    /// it. For as long as what it gives is kept.
    pub(crate) fn watch(&self, onlost: Callback<()>) -> [EventListener; 2] {
        let (track, lost) = (self.track.clone(), onlost.clone());
        let ended = EventListener::new(&track, "ended", move |_| lost.emit(()));
        let still = self.track.clone();
        let muted = EventListener::new(&track, "mute", move |_| {
            let (track, onlost) = (still.clone(), onlost.clone());
            spawn_local(async move {
                if stands_still(&track).await {
                    onlost.emit(());
                }
            });
        });
        [ended, muted]
    }

    /// Shows its live picture.
    pub(crate) fn show_on(&self, video: &HtmlVideoElement) {
        video.set_src_object(Some(&self.stream));
        // A browser that refuses to play by itself shows the first picture at least.
        let _ = video.play();
    }

    /// A small copy of what is shown, the largest 3:4 part in the middle, and how wide that part is in pixels; `None`
    /// while nothing is shown.
    pub(crate) async fn copy(&self, video: &HtmlVideoElement) -> Option<(Vec<u8>, u32)> {
        let (width, height) = (video.video_width(), video.video_height());
        let (wide, high) = (width.min(height * 3 / 4), height.min(width * 4 / 3));
        let drawing = Drawing {
            part: Crop {
                x: (width - wide) / 2,
                y: (height - high) / 2,
                width: wide,
                height: high,
            },
            width: COPY.0,
            height: COPY.1,
            quality: COPY_QUALITY,
        };
        let copy = self.drawn(video, drawing).await?;
        let bytes = read_as_bytes(&gloo::file::Blob::from(copy)).await.ok()?;
        Some((bytes, wide))
    }

    /// Takes a picture, by the camera itself where the browser can tell it to, else from the live one.
    pub(crate) async fn take(&self, video: &HtmlVideoElement) -> Option<File> {
        let (width, height) = (video.video_width(), video.video_height());
        let drawing = Drawing {
            part: Crop {
                x: 0,
                y: 0,
                width,
                height,
            },
            width,
            height,
            quality: SHOT_QUALITY,
        };
        let picture = match self.still().await {
            Some(picture) => picture,
            None => self.drawn(video, drawing).await?,
        };
        file(&picture, "camera.jpg")
    }

    /// A picture with all pixels of the camera.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the limit is far below 2^53 bytes"
    )]
    async fn still(&self) -> Option<Blob> {
        let make = property(&window(), "ImageCapture")?;
        let make: Function = make.dyn_into().ok()?;
        let capture = Reflect::construct(&make, &Array::of1(&self.track)).ok()?;
        let take: Function = property(&capture, "takePhoto")?.dyn_into().ok()?;
        let taking: Promise = take.call0(&capture).ok()?.dyn_into().ok()?;
        let Either::Left((Ok(picture), _)) =
            select(JsFuture::from(taking), sleep(SHUTTER_TIMEOUT)).await
        else {
            return None;
        };
        let picture: Blob = picture.dyn_into().ok()?;
        (picture.size() <= Limits::default().max_bytes as f64).then_some(picture)
    }

    /// A part of the live picture in another size, as a JPEG file; `None` while there is none.
    async fn drawn(&self, video: &HtmlVideoElement, drawing: Drawing) -> Option<Blob> {
        let Drawing {
            part,
            width,
            height,
            quality,
        } = drawing;
        if part.width == 0 {
            return None;
        }
        let draw = |context: &CanvasRenderingContext2d| {
            context.draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                video,
                part.x.into(),
                part.y.into(),
                part.width.into(),
                part.height.into(),
                0.0,
                0.0,
                width.into(),
                height.into(),
            )
        };
        jpeg(&self.canvas, width, height, quality, draw).await
    }
}

/// Waits until a picture that stands still moves again, or has stood for too long before the person's eyes: behind
/// another page it does so anyway.
async fn stands_still(track: &MediaStreamTrack) -> bool {
    let mut seen = Duration::ZERO;
    while track.muted() && track.ready_state() == MediaStreamTrackState::Live {
        if seen >= STILL {
            return true;
        }
        sleep(LOOK).await;
        seen = if document().hidden() {
            Duration::ZERO
        } else {
            seen + LOOK
        };
    }
    false
}

/// How many cameras the device has.
async fn count(devices: &MediaDevices) -> usize {
    let Ok(asked) = devices.enumerate_devices() else {
        return 0;
    };
    let found = JsFuture::from(asked).await.unwrap_or_default();
    let kind = |device| property(&device, "kind").and_then(|kind| kind.as_string());
    let found = Array::from(&found);
    let kinds = found.iter().filter_map(kind);
    kinds.filter(|kind| kind == "videoinput").count()
}

fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &name.into()).ok()?;
    (!value.is_undefined()).then_some(value)
}
