//! One refresh of the session at a time, however many calls ask for it.

use std::cell::RefCell;

use client::Failure;
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use yew::Callback;

use super::failure::needs_session;

/// How long one try may take, in milliseconds. After a try whose answer was lost the old token gives the same answer again.
const TIMEOUT_MS: u32 = 4_000;

type Refresh = Shared<LocalBoxFuture<'static, Result<(), Failure>>>;

thread_local! {
    static RUNNING: RefCell<Option<Refresh>> = const { RefCell::new(None) };
    static ON_END: RefCell<Option<Callback<()>>> = const { RefCell::new(None) };
}

/// Says whom to tell when the session has ended.
pub fn on_session_end(callback: Callback<()>) {
    ON_END.set(Some(callback));
}

/// Exchanges the refresh token; all who ask meanwhile wait for the same answer.
///
/// # Errors
/// The problem of the 401, when there is no session any more; [`Failure::Offline`], when nobody knows.
pub async fn refresh() -> Result<(), Failure> {
    let running = RUNNING.with_borrow_mut(|running| {
        running
            .get_or_insert_with(|| refresh_now().boxed_local().shared())
            .clone()
    });
    running.await
}

async fn refresh_now() -> Result<(), Failure> {
    let mut done = exchange().await;
    if done == Err(Failure::Offline) {
        done = exchange().await;
    }
    RUNNING.set(None);
    if done.as_ref().is_err_and(needs_session)
        && let Some(tell) = ON_END.with_borrow(Clone::clone)
    {
        tell.emit(());
    }
    done
}

async fn exchange() -> Result<(), Failure> {
    let exchange = client::refresh_session();
    exchange.read(super::transfer::ask(&exchange.request, TIMEOUT_MS).await?)
}
