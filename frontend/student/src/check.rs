//! The page's side of the worker that looks at photos: loads it, asks it, waits for its answer.

mod ahead;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use checker::{Ask, Bytes, Checker, Frame, Measured, Told};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo::events::EventListener;
use gloo::timers::future::sleep;
use gloo::utils::{document, window};
use gloo::worker::{Spawnable, WorkerBridge};
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestInit, Response};
use yew::{
    Callback, UseStateHandle, UseStateSetter, hook, use_callback, use_effect_with, use_state,
};

pub(crate) use ahead::fetch_ahead;

/// How long an answer may take: many times what a slow phone needs. A worker that died does not say so.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// Where the files' addresses stand in the page: the program, then the networks.
const FILES: [&str; 4] = [
    "photo-checker-wasm",
    "photo-model-short-range",
    "photo-model-mesh",
    "photo-model-segmentation",
];
/// Where the address of the script that starts the worker stands.
const SCRIPT: &str = "photo-checker";

/// How many files have to come.
pub(crate) const FILE_COUNT: usize = FILES.len();

/// A worker that is ready.
#[derive(Clone)]
pub(crate) struct Looker {
    bridge: Rc<WorkerBridge<Checker>>,
    waiting: Waiting,
    last: Rc<Cell<u32>>,
    /// Whether an answer did not come, so that nobody waits for another.
    is_dead: Rc<Cell<bool>>,
    /// Hears of that once.
    ondeath: Rc<dyn Fn()>,
}

/// Who waits for the answer of which number.
type Waiting = Rc<RefCell<HashMap<u32, oneshot::Sender<Told>>>>;

/// Whether photos can be looked at here.
#[derive(Clone)]
pub(crate) enum Readiness {
    /// So many files have come.
    Loading(usize),
    /// They can.
    Ready(Looker),
    /// They cannot, and the server alone looks.
    Missing,
}

impl Readiness {
    /// The worker, once it is there.
    pub(crate) fn looker(&self) -> Option<&Looker> {
        match self {
            Self::Ready(looker) => Some(looker),
            Self::Loading(_) | Self::Missing => None,
        }
    }

    /// Whether it will not come by itself.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

/// Loads the worker when the component first appears, and again by the callback, when the network is back where it did
/// not come, and once by itself where it died.
#[hook]
pub(crate) fn use_looker() -> (UseStateHandle<Readiness>, Callback<()>) {
    let readiness = use_state(|| Readiness::Loading(0));
    let retry = use_callback((), {
        let set = readiness.setter();
        move |(), ()| load(set.clone(), true)
    });
    use_effect_with(retry.clone(), |retry| retry.emit(()));
    let deps = (readiness.is_missing(), retry.clone());
    use_effect_with(deps, |(is_missing, retry)| {
        let retry = retry.clone();
        let online =
            is_missing.then(|| EventListener::new(&window(), "online", move |_| retry.emit(())));
        move || drop(online)
    });
    (readiness, retry)
}

/// Loads the worker; one that dies later is replaced once.
fn load(set: UseStateSetter<Readiness>, is_replaced: bool) {
    set.set(Readiness::Loading(0));
    spawn_local(async move {
        let report = |count| set.set(Readiness::Loading(count));
        let after = set.clone();
        let ondeath = move || {
            if is_replaced {
                load(after.clone(), false);
            } else {
                after.set(Readiness::Missing);
            }
        };
        let loaded = Looker::load(report, Rc::new(ondeath)).await;
        set.set(loaded.map_or(Readiness::Missing, Readiness::Ready));
    });
}

impl Looker {
    /// Fetches program and networks, tells how many have come, and starts the worker; `None` where that fails.
    async fn load(report: impl Fn(usize), ondeath: Rc<dyn Fn()>) -> Option<Self> {
        let mut files = Vec::new();
        // One after the other: together they would fill a slow line, and what the page itself asks for would wait behind
        // them for seconds. The program is fetched for the worker to find it near.
        for name in FILES {
            files.push(content(fetch_low(&address(name)?)).await.ok()?);
            report(files.len());
        }
        let [_, short_range, mesh, segmentation] = files.try_into().ok()?;
        let looker = Self::start(ondeath)?;
        let load = Ask::Load {
            short_range,
            mesh,
            segmentation,
        };
        let told = looker.answer(load).await?;
        matches!(told, Told::Loaded(true)).then_some(looker)
    }

    fn start(ondeath: Rc<dyn Fn()>) -> Option<Self> {
        let waiting = Waiting::default();
        let answered = Rc::clone(&waiting);
        let bridge = Checker::spawner()
            .callback(move |(number, told)| {
                if let Some(asker) = answered.borrow_mut().remove(&number) {
                    // Nobody waits any more where the page has gone on.
                    let _ = asker.send(told);
                }
            })
            .spawn_with_loader(&address(SCRIPT)?);
        Some(Self {
            bridge: Rc::new(bridge),
            waiting,
            last: Rc::default(),
            is_dead: Rc::default(),
            ondeath,
        })
    }

    /// Measures a file; `None` where the worker does not answer.
    pub(crate) async fn measure(&self, file: Vec<u8>) -> Option<Measured> {
        match self.ask(Ask::Measure(Bytes(file))).await? {
            Told::Measured(json) => serde_json::from_str(&json).ok(),
            Told::Loaded(_) | Told::Shrunk(_) | Told::Hint { .. } => None,
        }
    }

    /// Makes the picture in a file smaller; `None` where that cannot be done.
    pub(crate) async fn shrink(&self, file: Vec<u8>, max_side: u16) -> Option<Vec<u8>> {
        let file = Bytes(file);
        match self.ask(Ask::Shrink { file, max_side }).await? {
            Told::Shrunk(jpeg) => jpeg.map(|bytes| bytes.0),
            Told::Loaded(_) | Told::Measured(_) | Told::Hint { .. } => None,
        }
    }

    /// What to do before the picture is taken, and whether it can be taken now; `None` where the worker does not
    /// answer.
    pub(crate) async fn hint(&self, frame: Frame) -> Option<(String, bool)> {
        match self.ask(Ask::Hint(frame)).await? {
            Told::Hint { text, is_ready } => Some((text, is_ready)),
            Told::Loaded(_) | Told::Measured(_) | Told::Shrunk(_) => None,
        }
    }

    /// Asks a worker that has been alive.
    async fn ask(&self, ask: Ask) -> Option<Told> {
        if self.is_dead.get() {
            return None;
        }
        let told = self.answer(ask).await;
        if told.is_none() && !self.is_dead.replace(true) {
            (self.ondeath)();
        }
        told
    }

    async fn answer(&self, ask: Ask) -> Option<Told> {
        let number = self.last.get().wrapping_add(1);
        self.last.set(number);
        let (asker, answer) = oneshot::channel();
        self.waiting.borrow_mut().insert(number, asker);
        self.bridge.send((number, ask));
        match select(answer, sleep(ANSWER_TIMEOUT)).await {
            Either::Left((told, _)) => told.ok(),
            Either::Right(_) => None,
        }
    }
}

/// The address of a file that the page names.
pub(crate) fn address(name: &str) -> Option<String> {
    let selector = format!("meta[name={name}]");
    let meta = document().query_selector(&selector).ok().flatten()?;
    meta.get_attribute("content")
}

/// Fetches a file behind what the page shows.
fn fetch_low(url: &str) -> JsFuture {
    let init = RequestInit::new();
    // A browser that knows no priorities fetches as usual.
    let _ = Reflect::set(&init, &"priority".into(), &"low".into());
    JsFuture::from(window().fetch_with_str_and_init(url, &init))
}

async fn content(response: JsFuture) -> Result<Bytes, JsValue> {
    let response: Response = response.await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.dyn_into()?;
    Ok(Bytes(Uint8Array::new(&buffer).to_vec()))
}
