//! Pages whose program comes in a chunk of its own: when one of them is shown, or before that, when the first page stands.
//!
//! `cargo xtask web` splits the program at the functions marked `#[wasm_split(chunk)]`: what only they reach goes into
//! their chunk. What another part of the program names (a page, above all) stays in the first load.

#![expect(
    clippy::unnecessary_wraps,
    reason = "what `wasm_split` makes of a function that draws also returns that its chunk did not come"
)]

use std::cell::Cell;

use client::Failure;
use domain::agreement::Document;
use futures_util::FutureExt;
use gloo::timers::future::TimeoutFuture;
use ui::{Skeleton, api, async_view, use_loader};
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::{Html, Properties, component, html};

use crate::component::AgreementText;
use crate::page;

/// How long after the start the chunks are fetched that no page has asked for yet, in milliseconds: the first page's own
/// calls go first.
const AHEAD_AFTER_MS: u32 = 1_000;

/// A chunk of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chunk {
    /// From the step that a student is at to the payment, without the photo.
    Apply,
    /// The photo.
    Photo,
    /// Orders and the personal centre, help and agreements. A chunk of their own for the latter would bring eight files more,
    /// since what chunks share comes in files of its own.
    Account,
}

/// A page that a chunk draws.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ChunkPage {
    /// Of [`Chunk::Apply`].
    Apply(ApplyPage),
    /// Of [`Chunk::Photo`].
    Photo {
        /// Whose photo.
        enrolment_id: String,
    },
    /// Of [`Chunk::Account`].
    Account(AccountPage),
}

/// The pages of [`Chunk::Apply`]; see `Route` for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ApplyPage {
    Start,
    School,
    Identity { task_id: String },
    Confirm { order_no: String },
    Pay { order_no: String },
    LostPhone,
    TaskLink { task_id: String },
}

/// The pages of [`Chunk::Account`]; see `Route` for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AccountPage {
    Orders,
    Order {
        order_no: String,
    },
    Me,
    PhoneChange,
    Erasure,
    AccessLog,
    Help,
    Agreement {
        document: String,
    },
    /// The text alone, for a page that asks for agreement.
    AgreementText {
        document: Document,
    },
}

thread_local! {
    static LOADED: Cell<[bool; Chunk::ALL.len()]> = const { Cell::new([false; Chunk::ALL.len()]) };
}

impl Chunk {
    /// All, in the order in which a student needs them.
    const ALL: [Self; 3] = [Self::Apply, Self::Photo, Self::Account];

    fn is_loaded(self) -> bool {
        LOADED.get()[self as usize]
    }

    /// Loads the chunk, unless it is here.
    async fn try_load(self) -> Result<(), SplitLoaderError> {
        match self {
            Self::Apply => load_apply().await,
            Self::Photo => load_photo().await,
            Self::Account => load_account().await,
        }?;
        let mut loaded = LOADED.get();
        loaded[self as usize] = true;
        LOADED.set(loaded);
        Ok(())
    }

    /// Loads the chunk for a page that waits for it.
    ///
    /// A server that was updated since this page was opened has other chunks: then the page is reloaded.
    async fn load(self) -> Result<(), Failure> {
        if self.try_load().await.is_ok() {
            return Ok(());
        }
        if is_outdated().await {
            let _ = gloo::utils::window().location().reload();
        }
        Err(Failure::Offline)
    }

    /// Loads the chunk for a page that will soon wait for it. Where that fails, the page tries again and says so.
    pub(crate) fn load_ahead(self) {
        spawn_local(async move {
            let _ = self.try_load().await;
        });
    }
}

/// Loads all chunks, one after the other, as soon as the first page has had time to load what it shows.
pub(crate) fn load_all_ahead() {
    spawn_local(async {
        TimeoutFuture::new(AHEAD_AFTER_MS).await;
        for chunk in Chunk::ALL {
            let _ = chunk.try_load().await;
        }
    });
}

/// Whether the server's page names another program than the one that runs here.
async fn is_outdated() -> bool {
    let link = gloo::utils::document().query_selector("link[rel=modulepreload]");
    let script = link
        .ok()
        .flatten()
        .and_then(|link| link.get_attribute("href"));
    match (script, api::start_page().await) {
        (Some(script), Ok(page)) => !page.contains(&script),
        (None, _) | (_, Err(_)) => false,
    }
}

impl ChunkPage {
    /// The chunk that draws the page.
    pub(crate) fn chunk(&self) -> Chunk {
        match self {
            Self::Apply(_) => Chunk::Apply,
            Self::Photo { .. } => Chunk::Photo,
            Self::Account(_) => Chunk::Account,
        }
    }

    /// Draws the page; `None` where its chunk is not here.
    fn draw(self) -> Option<Html> {
        if !self.chunk().is_loaded() {
            return None;
        }
        let drawn = async {
            match self {
                Self::Apply(page) => draw_apply(page).await,
                Self::Photo { enrolment_id } => draw_photo(enrolment_id).await,
                Self::Account(page) => draw_account(page).await,
            }
        };
        // With the chunk here there is nothing to wait for.
        drawn.now_or_never()?.ok()
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct LazyProps {
    /// What is shown. A page of another chunk needs another `key`.
    pub(crate) page: ChunkPage,
}

/// A page of a chunk: a skeleton until the chunk is here, and a way to try again where it did not come.
#[component]
pub(crate) fn Lazy(props: &LazyProps) -> Html {
    let loader = use_loader(props.page.chunk(), Chunk::load);
    let drawn = props.page.clone().draw();
    drawn.unwrap_or_else(|| async_view(&loader, |_| html! { <Skeleton /> }))
}

#[wasm_split(apply, preload(load_apply), fallible)]
fn draw_apply(shown: ApplyPage) -> Result<Html, SplitLoaderError> {
    Ok(match shown {
        ApplyPage::Start => html! { <page::Start /> },
        ApplyPage::School => html! { <page::School /> },
        ApplyPage::Identity { task_id } => html! { <page::Identity {task_id} /> },
        ApplyPage::Confirm { order_no } => html! { <page::Confirm {order_no} /> },
        ApplyPage::Pay { order_no } => html! { <page::Pay {order_no} /> },
        ApplyPage::LostPhone => html! { <page::LostPhone /> },
        ApplyPage::TaskLink { task_id } => html! { <page::TaskLink {task_id} /> },
    })
}

#[wasm_split(photo, preload(load_photo), fallible)]
fn draw_photo(enrolment_id: String) -> Result<Html, SplitLoaderError> {
    Ok(html! { <page::Photo {enrolment_id} /> })
}

#[wasm_split(account, preload(load_account), fallible)]
fn draw_account(shown: AccountPage) -> Result<Html, SplitLoaderError> {
    Ok(match shown {
        AccountPage::Orders => html! { <page::Orders /> },
        AccountPage::Order { order_no } => html! { <page::Order {order_no} /> },
        AccountPage::Me => html! { <page::Me /> },
        AccountPage::PhoneChange => html! { <page::PhoneChange /> },
        AccountPage::Erasure => html! { <page::Erasure /> },
        AccountPage::AccessLog => html! { <page::AccessLog /> },
        AccountPage::Help => html! { <page::Help /> },
        AccountPage::Agreement { document } => html! { <page::Agreement {document} /> },
        AccountPage::AgreementText { document } => html! { <AgreementText {document} /> },
    })
}
