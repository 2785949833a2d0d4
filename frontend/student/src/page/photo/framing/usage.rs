//! Using the photo: waits for the check where that still runs, makes the file ready, and hands it on.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gloo::file::{File, futures::read_as_bytes};
use gloo::timers::future::sleep;
use photo::{Crop, MIN_CROP_WIDTH_PX, judge};
use wasm_bindgen_futures::spawn_local;
use yew::{UseStateHandle, hook, use_effect_with, use_mut_ref, use_state};

use super::props::{FramingProps, Seen};
use crate::check::Looker;
use crate::upload::Upload;

/// The longest side that the standard can use, in pixels. Source: docs/sources.md#photo-upload-limits.
const LONG_SIDE_PX: u32 = 1600;
/// How long somebody who wants to use the photo waits for its check; the server checks it in any case.
const LOOK_TIMEOUT: Duration = Duration::from_secs(20);

/// How far using the photo is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Wish {
    /// Nobody has asked for that.
    #[default]
    None,
    /// It is to be used once it was checked.
    Checked,
    /// It is being made ready.
    Granted,
}

/// The wish to use the photo.
#[derive(Clone)]
pub(super) struct Usage {
    /// What the page knows now, for tasks that began earlier.
    latest: Rc<RefCell<FramingProps>>,
    wish: Rc<RefCell<Wish>>,
    shown: UseStateHandle<Wish>,
}

/// A wish that ends when the page goes.
#[hook]
pub(super) fn use_usage(props: &FramingProps) -> Usage {
    let latest = use_mut_ref(|| props.clone());
    latest.replace(props.clone());
    let usage = Usage {
        latest,
        wish: use_mut_ref(Wish::default),
        shown: use_state(Wish::default),
    };
    let ending = usage.clone();
    use_effect_with((), move |()| {
        move || {
            ending.wish.replace(Wish::None);
        }
    });
    let without = usage.clone();
    use_effect_with(props.readiness.is_missing(), move |&is_missing| {
        if is_missing && without.is(Wish::Checked) {
            without.grant(false);
        }
    });
    usage
}

impl Usage {
    /// Whether the photo is on its way.
    pub(super) fn is_wanted(&self) -> bool {
        *self.shown != Wish::None
    }

    /// The upload as it is now.
    pub(super) fn upload(&self) -> Upload {
        self.latest.borrow().upload.clone()
    }

    /// The upload was framed.
    pub(super) fn framed(&self, upload: Upload) {
        self.latest.borrow_mut().upload = upload.clone();
        let onchange = self.latest.borrow().onchange.clone();
        onchange.emit(upload);
    }

    /// The photo is wanted before it was checked.
    pub(super) fn wait(&self) {
        self.set(Wish::Checked);
        let waiting = self.clone();
        spawn_local(async move {
            sleep(LOOK_TIMEOUT).await;
            if waiting.is(Wish::Checked) {
                waiting.grant(false);
            }
        });
    }

    /// The check has ended: a photo that was wanted goes on, unless there is something to be read first.
    pub(super) fn checked(&self, seen: &Seen) {
        if !self.is(Wish::Checked) {
            return;
        }
        let upload = self.upload();
        match seen {
            Seen::Measured(measured, auto) if auto.missing.is_none() => {
                let verdict = judge(measured, &upload.frame, &self.latest.borrow().rules);
                if verdict.findings.is_empty() {
                    self.grant(true);
                } else {
                    self.set(Wish::None);
                }
            }
            Seen::Measured(..) | Seen::Damaged(_) | Seen::Nothing => self.set(Wish::None),
            Seen::Unanswered => self.grant(false),
        }
    }

    /// Hands on the photo, made smaller where that can be done.
    pub(super) fn grant(&self, is_checked: bool) {
        self.set(Wish::Granted);
        let granted = self.clone();
        spawn_local(async move {
            let now = granted.latest.borrow().clone();
            let looker = now.readiness.looker().filter(|_| !now.originals);
            let smaller = match looker {
                Some(looker) => smaller(looker, &now).await,
                None => None,
            };
            if granted.is(Wish::Granted) {
                now.onuse.emit((smaller.unwrap_or(now.upload), is_checked));
            }
        });
    }

    fn is(&self, wish: Wish) -> bool {
        *self.wish.borrow() == wish
    }

    fn set(&self, wish: Wish) {
        self.wish.replace(wish);
        self.shown.set(wish);
    }
}

/// The upload with a picture no larger than the standard can use, its frame at least as wide as the result; `None`
/// where it is no larger already.
async fn smaller(looker: &Looker, now: &FramingProps) -> Option<Upload> {
    let (picture, upload) = (&now.picture, &now.upload);
    let longest = picture.width.max(picture.height);
    let enough = u64::from(longest) * u64::from(MIN_CROP_WIDTH_PX);
    let enough = enough.div_ceil(u64::from(upload.frame.width.max(1)));
    let side = u32::try_from(enough).ok()?.max(LONG_SIDE_PX);
    if side >= longest {
        return None;
    }
    let bytes = read_as_bytes(&picture.file).await.ok()?;
    let jpeg = looker.shrink(bytes, u16::try_from(side).ok()?).await?;
    let file = File::new_with_options("photo.jpg", jpeg.as_slice(), Some("image/jpeg"), None);
    let scaled = |length: u32| {
        let length = u64::from(length) * u64::from(side) / u64::from(longest);
        u32::try_from(length).unwrap_or(side)
    };
    let frame = upload.frame;
    let frame = Crop {
        x: scaled(frame.x),
        y: scaled(frame.y),
        width: scaled(frame.width),
        height: scaled(frame.height),
    };
    let frame = frame.clamp(scaled(picture.width), scaled(picture.height));
    Some(upload.with(web_sys::File::clone(file.as_ref()), frame))
}
