//! The camera while its page is shown.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseStateHandle, hook, use_effect_with, use_state};

use crate::camera::{Camera, Facing, Fault};

/// How the camera is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Live {
    /// The person is being asked, or it is starting.
    Opening,
    /// It is on.
    On(Rc<Camera>),
    /// It cannot be used.
    Failed(Fault),
}

impl Live {
    /// The camera, where it is on.
    pub(super) fn camera(&self) -> Option<&Rc<Camera>> {
        match self {
            Self::On(camera) => Some(camera),
            Self::Opening | Self::Failed(_) => None,
        }
    }
}

/// What hears that a camera is lost.
type Watch = [EventListener; 2];

/// Switches the camera on, again when it is to look the other way or is tried once more, and off when the page goes.
#[hook]
pub(super) fn use_live(facing: Facing, tries: u32) -> UseStateHandle<Live> {
    let live = use_state(|| Live::Opening);
    let set = live.setter();
    use_effect_with((facing, tries), move |&(facing, _)| {
        set.set(Live::Opening);
        let is_over = Rc::new(Cell::new(false));
        let on = Rc::new(RefCell::new(None::<(Rc<Camera>, Watch)>));
        let (over, opened) = (Rc::clone(&is_over), Rc::clone(&on));
        spawn_local(async move {
            match Camera::open(facing).await {
                // The page went while the person was asked.
                Ok(camera) if over.get() => camera.stop(),
                Ok(camera) => {
                    let camera = Rc::new(camera);
                    let (lost, lost_camera) = (set.clone(), Rc::clone(&camera));
                    let onlost = Callback::from(move |()| {
                        lost_camera.stop();
                        lost.set(Live::Failed(Fault::Busy));
                    });
                    opened.replace(Some((Rc::clone(&camera), camera.watch(onlost))));
                    set.set(Live::On(camera));
                }
                Err(_) if over.get() => {}
                Err(fault) => set.set(Live::Failed(fault)),
            }
        });
        move || {
            is_over.set(true);
            if let Some((camera, _)) = on.take() {
                camera.stop();
            }
        }
    });
    live
}
