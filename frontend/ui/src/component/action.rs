//! Something that a person does and that takes a while.

use std::rc::Rc;

use client::Failure;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_mut_ref, use_state};

/// What a person can do, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Action<I> {
    /// Does it; while it is under way, doing it again has no effect.
    pub run: Callback<I>,
    /// It is under way.
    pub is_busy: bool,
    /// Why it did not work the last time.
    pub failure: Option<Failure>,
}

/// An action that does `work`, once at a time.
#[hook]
pub fn use_action<I, F>(work: impl Fn(I) -> F + 'static) -> Action<I>
where
    I: 'static,
    F: Future<Output = Result<(), Failure>> + 'static,
{
    let is_busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    // A second click comes before the state is drawn, so that the state alone would not stop it.
    let is_running = use_mut_ref(|| false);
    let run = {
        let (busy, failure) = (is_busy.setter(), failure.setter());
        Callback::from(move |input| {
            if is_running.replace(true) {
                return;
            }
            let (busy, failure, is_running) =
                (busy.clone(), failure.clone(), Rc::clone(&is_running));
            let working = work(input);
            busy.set(true);
            spawn_local(async move {
                let done = working.await;
                is_running.replace(false);
                busy.set(false);
                failure.set(done.err());
            });
        })
    };
    Action {
        run,
        is_busy: *is_busy,
        failure: (*failure).clone(),
    }
}
