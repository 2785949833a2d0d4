//! The chunks of the students' pages; see [`ui::lazy`].

#![expect(
    clippy::unnecessary_wraps,
    reason = "what `wasm_split` makes of a function that draws also returns that its chunk did not come"
)]

use client::{Answer, Failure, Request};
use domain::agreement::Document;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use ui::lazy::Chunk;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::{Html, html};

use crate::component::{AgreementText, PhoneRecoveries};
use crate::page;
use crate::preview;

/// A chunk of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StudentChunk {
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
pub(crate) enum StudentPage {
    /// Of [`StudentChunk::Apply`].
    Apply(ApplyPage),
    /// Of [`StudentChunk::Photo`].
    Photo {
        /// Whose photo.
        enrolment_id: String,
    },
    /// Of [`StudentChunk::Account`].
    Account(AccountPage),
}

/// The pages of [`StudentChunk::Apply`]; see `Route` for each.
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

/// The pages of [`StudentChunk::Account`]; see `Route` for each.
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
    /// The bar above every page of a preview.
    PreviewBar,
    /// The changes of number that somebody else may have asked for, above every page.
    PhoneRecoveries,
    /// The text alone, for a page that asks for agreement.
    AgreementText {
        document: Document,
    },
}

impl Chunk for StudentChunk {
    // In the order in which a student needs them.
    const ALL: &'static [Self] = &[Self::Apply, Self::Photo, Self::Account];
    const START: &'static str = "/";

    fn fetch(self) -> LocalBoxFuture<'static, bool> {
        async move {
            let fetched = match self {
                Self::Apply => load_apply().await,
                Self::Photo => load_photo().await,
                Self::Account => load_account().await,
            };
            fetched.is_ok()
        }
        .boxed_local()
    }
}

impl ui::lazy::ChunkPage for StudentPage {
    type Of = StudentChunk;

    fn chunk(&self) -> StudentChunk {
        match self {
            Self::Apply(_) => StudentChunk::Apply,
            Self::Photo { .. } => StudentChunk::Photo,
            Self::Account(_) => StudentChunk::Account,
        }
    }

    fn draw(self) -> LocalBoxFuture<'static, Option<Html>> {
        async {
            let drawn = match self {
                Self::Apply(page) => draw_apply(page).await,
                Self::Photo { enrolment_id } => draw_photo(enrolment_id).await,
                Self::Account(page) => draw_account(page).await,
            };
            drawn.ok()
        }
        .boxed_local()
    }
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
        AccountPage::PreviewBar => html! { <preview::PreviewBar /> },
        AccountPage::PhoneRecoveries => html! { <PhoneRecoveries /> },
        AccountPage::Agreement { document } => html! { <page::Agreement {document} /> },
        AccountPage::AgreementText { document } => html! { <AgreementText {document} /> },
    })
}

/// What stands in for the server's answer to a request, taken out of what it said of the preview.
#[wasm_split(account, fallible)]
fn answer_preview(request: Request, said: Answer) -> Result<Answer, SplitLoaderError> {
    Ok(preview::answer(&request, said))
}

/// As [`answer_preview`], loading its chunk where it is not here.
///
/// # Errors
/// [`Failure::Offline`], where the chunk did not come.
pub(crate) async fn preview_answer(request: Request, said: Answer) -> Result<Answer, Failure> {
    let answered = answer_preview(request, said).await;
    answered.map_err(|_| Failure::Offline)
}
