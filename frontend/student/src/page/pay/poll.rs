//! Asking again and again whether an order is paid.

use client::{Failure, PaymentStatus};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use ui::api;
use wasm_bindgen_futures::spawn_local;
use web_sys::VisibilityState;
use yew::{AttrValue, Callback, hook, use_effect_with, use_state};

/// Asks at once when the page appears or is seen again, then every few seconds, ever more slowly; never while it is
/// hidden, where browsers slow timers down anyway.
#[hook]
pub(super) fn use_polling(order_no: AttrValue, onanswer: Callback<Result<PaymentStatus, Failure>>) {
    let is_seen = use_is_seen();
    let asked = use_state(|| 0_u32);
    {
        let asked = asked.setter();
        use_effect_with(is_seen, move |_| asked.set(0));
    }
    let (count, setter) = (*asked, asked.setter());
    use_effect_with(
        (order_no, is_seen, count),
        move |(order_no, is_seen, count)| {
            let (order_no, count) = (order_no.clone(), *count);
            let timer = is_seen.then(|| {
                Timeout::new(pause_ms(count), move || {
                    spawn_local(async move {
                        onanswer.emit(ask(&order_no).await);
                        setter.set(count + 1);
                    });
                })
            });
            move || drop(timer)
        },
    );
}

/// Asks once.
///
/// # Errors
/// [`Failure`], as of the call.
pub(super) async fn ask(order_no: &str) -> Result<PaymentStatus, Failure> {
    api::call(client::get_payment_status(order_no)).await
}

/// Says that the student has paid: the server asks the providers, also about ways to pay that were given up.
///
/// # Errors
/// [`Failure`], as of the call.
pub(super) async fn confirm(order_no: &str) -> Result<PaymentStatus, Failure> {
    api::call(client::confirm_payment(order_no)).await
}

/// How long to wait after so many questions: 2.5 s for two minutes, 5 s for five more, then 15 s. The server asks the
/// provider at most every 3 s, so that asking faster would tell nothing new.
fn pause_ms(asked: u32) -> u32 {
    match asked {
        0 => 0,
        1..=48 => 2_500,
        49..=108 => 5_000,
        _ => 15_000,
    }
}

/// Whether the page can be seen.
#[hook]
fn use_is_seen() -> bool {
    let is_seen = || gloo::utils::document().visibility_state() != VisibilityState::Hidden;
    let seen = use_state(is_seen);
    {
        let seen = seen.setter();
        use_effect_with((), move |()| {
            let document = gloo::utils::document();
            let listener =
                EventListener::new(&document, "visibilitychange", move |_| seen.set(is_seen()));
            move || drop(listener)
        });
    }
    *seen
}
