//! Asks the worker what to do, again and again, one question at a time.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use checker::{Bytes, Frame};
use gloo::timers::future::sleep;
use gloo::utils::document;
use ui::lang::use_lang;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlVideoElement;
use yew::{NodeRef, UseStateHandle, hook, use_effect_with, use_state};

use super::live::Live;
use super::props::TakeProps;

/// How long to rest between an answer and the next question: a few hints a second are all that people can follow.
const REST: Duration = Duration::from_millis(250);

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    /// In words.
    pub(super) text: String,
    /// Whether the picture can be taken now.
    pub(super) is_ready: bool,
}

/// What to do now; `None` while nobody knows.
#[hook]
pub(super) fn use_hint(
    video: &NodeRef,
    live: &Live,
    take: &TakeProps,
) -> UseStateHandle<Option<Hint>> {
    let hint = use_state(|| None);
    let (set, video, lang) = (hint.setter(), video.clone(), use_lang());
    let looker = take.readiness.looker().cloned();
    let rules = take.rules_json.to_string();
    let deps = (live.clone(), looker.is_some(), lang);
    use_effect_with(deps, move |(live, _, lang)| {
        set.set(None);
        let is_over = Rc::new(Cell::new(false));
        let (over, lang) = (Rc::clone(&is_over), *lang);
        if let (Live::On(camera), Some(looker)) = (live.clone(), looker) {
            spawn_local(async move {
                while let Some(video) = video.cast::<HtmlVideoElement>().filter(|_| !over.get()) {
                    let seen = if document().hidden() {
                        None
                    } else {
                        camera.copy(&video).await
                    };
                    if let Some((copy, width_px)) = seen {
                        let frame = Frame {
                            copy: Bytes(copy),
                            width_px,
                            is_mirrored: camera.is_front,
                            rules: rules.clone(),
                            lang,
                        };
                        let told = looker.hint(frame).await;
                        if !over.get() {
                            set.set(told.map(|(text, is_ready)| Hint { text, is_ready }));
                        }
                    }
                    sleep(REST).await;
                }
            });
        }
        move || is_over.set(true)
    });
    hint
}
