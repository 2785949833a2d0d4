//! The chunks of the pages of staff, by the work that they belong to; see [`ui::lazy`]. Logging in and the frame come
//! with the first load.

#![expect(
    clippy::unnecessary_wraps,
    reason = "what `wasm_split` makes of a function that draws also returns that its chunk did not come"
)]

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use ui::lazy::Chunk;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::{Html, html};

use crate::page;

/// A chunk of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StaffChunk {
    /// What waits, and looking at photos.
    Review,
    /// Schools, their collections, and the students on their rosters.
    Collect,
    /// Orders, refunds, bills.
    Money,
    /// People, systems, the audit log, and what concerns oneself.
    Manage,
}

/// A page that a chunk draws.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum StaffPage {
    /// Of [`StaffChunk::Review`].
    Review(ReviewPage),
    /// Of [`StaffChunk::Collect`].
    Collect(CollectPage),
    /// Of [`StaffChunk::Money`].
    Money(MoneyPage),
    /// Of [`StaffChunk::Manage`].
    Manage(ManagePage),
}

/// The pages of [`StaffChunk::Review`]; see `Route` for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ReviewPage {
    Start,
    Review,
    Photo {
        photo_id: String,
    },
    Grid,
    Quality,
    /// Photos whose right decision is known.
    Known,
}

/// The pages of [`StaffChunk::Collect`]; see `Route` for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CollectPage {
    Schools,
    Tasks { school_id: String },
    NewTask { school_id: String },
    Task { task_id: String },
    Roster { task_id: String },
    RosterImport { task_id: String },
    Deliveries { task_id: String },
    PackagePrints { delivery_id: String },
    Progress { task_id: String },
    Tickets { school_id: String },
    Poster { task_id: String },
    Lookup,
}

/// The pages of [`StaffChunk::Money`]; see `Route` for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum MoneyPage {
    Orders,
    Order { order_no: String },
    Refunds,
    Cases,
    Bills,
    BillDay { day: String },
    Statements,
}

/// The pages of [`StaffChunk::Manage`]; see `Route` for each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ManagePage {
    /// The step of logging in at which an authenticator is set up, by the name of who does.
    DeviceSetup {
        name: String,
    },
    PlatformPeople,
    People {
        school_id: String,
    },
    Integrations {
        school_id: String,
    },
    Webhooks {
        school_id: String,
    },
    LostPhones,
    Audit,
    Help,
    Account,
}

impl Chunk for StaffChunk {
    const ALL: &'static [Self] = &[Self::Review, Self::Collect, Self::Money, Self::Manage];
    const START: &'static str = "/console";

    fn fetch(self) -> LocalBoxFuture<'static, bool> {
        async move {
            let fetched = match self {
                Self::Review => load_review().await,
                Self::Collect => load_collect().await,
                Self::Money => load_money().await,
                Self::Manage => load_manage().await,
            };
            fetched.is_ok()
        }
        .boxed_local()
    }
}

impl ui::lazy::ChunkPage for StaffPage {
    type Of = StaffChunk;

    fn chunk(&self) -> StaffChunk {
        match self {
            Self::Review(_) => StaffChunk::Review,
            Self::Collect(_) => StaffChunk::Collect,
            Self::Money(_) => StaffChunk::Money,
            Self::Manage(_) => StaffChunk::Manage,
        }
    }

    fn draw(self) -> LocalBoxFuture<'static, Option<Html>> {
        async {
            let drawn = match self {
                Self::Review(page) => draw_review(page).await,
                Self::Collect(page) => draw_collect(page).await,
                Self::Money(page) => draw_money(page).await,
                Self::Manage(page) => draw_manage(page).await,
            };
            drawn.ok()
        }
        .boxed_local()
    }
}

#[wasm_split(review, preload(load_review), fallible)]
fn draw_review(shown: ReviewPage) -> Result<Html, SplitLoaderError> {
    Ok(match shown {
        ReviewPage::Start => html! { <page::Start /> },
        ReviewPage::Review => html! { <page::Review /> },
        ReviewPage::Photo { photo_id } => html! { <page::Review {photo_id} /> },
        ReviewPage::Grid => html! { <page::ReviewGrid /> },
        ReviewPage::Quality => html! { <page::Quality /> },
        ReviewPage::Known => html! { <page::KnownPhotos /> },
    })
}

#[wasm_split(collect, preload(load_collect), fallible)]
fn draw_collect(shown: CollectPage) -> Result<Html, SplitLoaderError> {
    Ok(match shown {
        CollectPage::Schools => html! { <page::Schools /> },
        CollectPage::Tasks { school_id } => html! { <page::Tasks {school_id} /> },
        CollectPage::NewTask { school_id } => html! { <page::NewTask {school_id} /> },
        CollectPage::Task { task_id } => html! { <page::Task {task_id} /> },
        CollectPage::Roster { task_id } => html! { <page::Students {task_id} /> },
        CollectPage::RosterImport { task_id } => html! { <page::RosterImports {task_id} /> },
        CollectPage::Deliveries { task_id } => html! { <page::Deliveries {task_id} /> },
        CollectPage::PackagePrints { delivery_id } => {
            html! { <page::PackagePrints {delivery_id} /> }
        }
        CollectPage::Progress { task_id } => html! { <page::TaskProgress {task_id} /> },
        CollectPage::Tickets { school_id } => html! { <page::Tickets {school_id} /> },
        CollectPage::Poster { task_id } => html! { <page::Poster {task_id} /> },
        CollectPage::Lookup => html! { <page::Lookup /> },
    })
}

#[wasm_split(money, preload(load_money), fallible)]
fn draw_money(shown: MoneyPage) -> Result<Html, SplitLoaderError> {
    Ok(match shown {
        MoneyPage::Orders => html! { <page::Orders /> },
        MoneyPage::Order { order_no } => html! { <page::Order {order_no} /> },
        MoneyPage::Refunds => html! { <page::Refunds /> },
        MoneyPage::Cases => html! { <page::MoneyCases /> },
        MoneyPage::Bills => html! { <page::Bills /> },
        MoneyPage::BillDay { day } => html! { <page::BillDay {day} /> },
        MoneyPage::Statements => html! { <page::Statements /> },
    })
}

#[wasm_split(manage, preload(load_manage), fallible)]
fn draw_manage(shown: ManagePage) -> Result<Html, SplitLoaderError> {
    Ok(match shown {
        ManagePage::DeviceSetup { name } => html! { <page::DeviceSetup {name} /> },
        ManagePage::PlatformPeople => html! { <page::People /> },
        ManagePage::People { school_id } => html! { <page::People {school_id} /> },
        ManagePage::Integrations { school_id } => html! { <page::Integrations {school_id} /> },
        ManagePage::Webhooks { school_id } => html! { <page::Webhooks {school_id} /> },
        ManagePage::LostPhones => html! { <page::LostPhones /> },
        ManagePage::Audit => html! { <page::Audit /> },
        ManagePage::Help => html! { <page::Help /> },
        ManagePage::Account => html! { <page::Account /> },
    })
}
