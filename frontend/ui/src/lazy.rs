//! Pages whose program comes in a chunk of its own: when one of them is shown, or before that, when the first page stands.
//!
//! `cargo xtask web` splits a program at its functions marked `#[wasm_split(chunk)]`: what only they reach goes into their
//! chunk. What another part of the program names (a page, above all) stays in the first load.

use std::cell::Cell;

use client::Failure;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use gloo::timers::future::TimeoutFuture;
use gloo::utils::{document, window};
use wasm_bindgen_futures::spawn_local;
use yew::{Html, Properties, component, html};

use crate::api;
use crate::component::{Skeleton, async_view, use_loader};

/// How long after the start the chunks are fetched that no page has asked for yet, in milliseconds: the first page's own
/// calls go first.
const AHEAD_AFTER_MS: u32 = 1_000;

/// The chunks of a web app's program.
pub trait Chunk: Copy + PartialEq + 'static {
    /// All, in the order in which they are fetched ahead.
    const ALL: &'static [Self];
    /// The path of the page that starts the web app.
    const START: &'static str;

    /// Fetches the chunk, unless it is here; whether it is here then.
    fn fetch(self) -> LocalBoxFuture<'static, bool>;
}

/// A page that a chunk draws.
pub trait ChunkPage: Clone + PartialEq + 'static {
    /// The chunks of the web app.
    type Of: Chunk;

    /// The chunk that draws it.
    fn chunk(&self) -> Self::Of;

    /// Draws it, after fetching its chunk where that is not here; `None` where it did not come.
    fn draw(self) -> LocalBoxFuture<'static, Option<Html>>;
}

thread_local! {
    /// One bit for each chunk that is here, by its place among all.
    static HERE: Cell<u32> = const { Cell::new(0) };
}

fn bit_of<C: Chunk>(chunk: C) -> u32 {
    let place = C::ALL.iter().position(|known| *known == chunk);
    place.map_or(0, |place| 1 << place)
}

/// Fetches a chunk, unless it is here; whether it is here then.
async fn fetch<C: Chunk>(chunk: C) -> bool {
    let is_here = chunk.fetch().await;
    if is_here {
        HERE.set(HERE.get() | bit_of(chunk));
    }
    is_here
}

/// Fetches a chunk for a page that will soon wait for it. Where that fails, the page tries again and says so.
pub fn fetch_ahead<C: Chunk>(chunk: C) {
    spawn_local(async move {
        fetch(chunk).await;
    });
}

/// Fetches all chunks, one after the other, as soon as the first page has had time to load what it shows.
pub fn fetch_all_ahead<C: Chunk>() {
    spawn_local(async {
        TimeoutFuture::new(AHEAD_AFTER_MS).await;
        for chunk in C::ALL {
            fetch(*chunk).await;
        }
    });
}

/// Fetches a chunk for a page that waits for it.
///
/// A server that was updated since this page was opened has other chunks: then the page is reloaded.
async fn fetch_now<C: Chunk>(chunk: C) -> Result<(), Failure> {
    if fetch(chunk).await {
        return Ok(());
    }
    if is_outdated(C::START).await {
        let _ = window().location().reload();
    }
    Err(Failure::Offline)
}

/// Whether the server's page names another program than the one that runs here.
async fn is_outdated(start: &str) -> bool {
    let link = document().query_selector("link[rel=modulepreload]");
    let script = link
        .ok()
        .flatten()
        .and_then(|link| link.get_attribute("href"));
    match (script, api::page(start).await) {
        (Some(script), Ok(page)) => !page.contains(&script),
        (None, _) | (_, Err(_)) => false,
    }
}

/// A page of a chunk: a skeleton until the chunk is here, and a way to try again where it did not come.
pub fn lazy<P: ChunkPage>(page: P) -> Html {
    // A page of another chunk has a loader of its own.
    let key = bit_of(page.chunk()).to_string();
    html! { <Lazy<P> {key} {page} /> }
}

/// What a [`Lazy`] needs.
#[derive(Properties, PartialEq)]
struct LazyProps<P: ChunkPage> {
    /// What is shown.
    page: P,
}

#[component]
fn Lazy<P: ChunkPage>(props: &LazyProps<P>) -> Html {
    let chunk = props.page.chunk();
    let loader = use_loader(chunk, fetch_now);
    let is_here = HERE.get() & bit_of(chunk) != 0;
    // With the chunk here there is nothing to wait for.
    let drawn = is_here.then(|| props.page.clone().draw().now_or_never());
    drawn
        .flatten()
        .flatten()
        .unwrap_or_else(|| async_view(&loader, |_| html! { <Skeleton /> }))
}
