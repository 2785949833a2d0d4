//! The photos that a reviewer has: given back when they leave the pages of reviewing, so that others get them at once.

use std::cell::{Cell, RefCell};
use std::future::Future;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use gloo::timers::callback::Timeout;
use ui::api;
use wasm_bindgen_futures::spawn_local;
use yew::{hook, use_effect_with};

/// Milliseconds until photos are given back: the way from one page of reviewing to another takes less.
const GRACE_MS: u32 = 1_000;

thread_local! {
    /// How many pages of reviewing are open: one, or for a moment two or none.
    static OPEN: Cell<u32> = const { Cell::new(0) };
    /// How many decisions are on their way. They need the photos.
    static SENDING: Cell<u32> = const { Cell::new(0) };
    /// The latest giving back.
    static GIVEN_BACK: RefCell<Option<Shared<LocalBoxFuture<'static, ()>>>> = const { RefCell::new(None) };
}

/// Gives all photos back once no page that uses this is open.
#[hook]
pub(super) fn use_leases() {
    use_effect_with((), |()| {
        OPEN.set(OPEN.get() + 1);
        || {
            OPEN.set(OPEN.get() - 1);
            give_back_later();
        }
    });
}

/// Whether photos can be asked for: a page of reviewing is open, and what was given back before has arrived.
pub(super) async fn is_wanted() -> bool {
    let given_back = GIVEN_BACK.take();
    if let Some(given_back) = given_back {
        given_back.await;
    }
    OPEN.get() > 0
}

/// Sends a decision; its photos are not given back meanwhile.
pub(super) async fn sent<T>(decision: impl Future<Output = T>) -> T {
    SENDING.set(SENDING.get() + 1);
    let answer = decision.await;
    SENDING.set(SENDING.get() - 1);
    if OPEN.get() == 0 {
        give_back_later();
    }
    answer
}

fn give_back_later() {
    Timeout::new(GRACE_MS, || {
        if OPEN.get() == 0 && SENDING.get() == 0 {
            give_back();
        }
    })
    .forget();
}

/// Where it fails, as after logging out, the photos are free when their time is over.
fn give_back() {
    let given_back = async {
        let _ = api::call(client::give_back_photos_to_review()).await;
    };
    let given_back = given_back.boxed_local().shared();
    GIVEN_BACK.set(Some(given_back.clone()));
    spawn_local(given_back);
}
