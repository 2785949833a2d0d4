//! The preview of a task: the same pages below `/preview`, for staff, with an invented student whom the server describes and
//! nobody keeps. The console leaves the request that asks the server for it in this tab's storage.

mod answer;
mod bar;
mod text;

use gloo::utils::window;
use serde::Deserialize;
use ui::Kept;

pub(crate) use answer::answer;
pub(crate) use bar::PreviewBar;

/// Below which path the pages are.
pub(crate) const BASE: &str = "/preview";
/// Where the console leaves the request.
const KEPT: &str = "gradphoto.preview";

/// The request by which the server is asked for the preview.
#[derive(Debug, Deserialize)]
pub(crate) struct PreviewRequest {
    /// The path of the operation.
    pub(crate) path: String,
    /// The settings.
    pub(crate) json: String,
}

/// Whether this page is a preview. Without a request it is none, and its address leads nowhere.
pub(crate) fn is_on() -> bool {
    let path = window().location().pathname().unwrap_or_default();
    let is_below = path
        .strip_prefix(BASE)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    is_below && kept().is_some()
}

/// The request that the console left in this tab.
pub(crate) fn kept() -> Option<PreviewRequest> {
    Kept::InTab.get(KEPT)
}
