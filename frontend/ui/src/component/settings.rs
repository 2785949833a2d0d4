//! What the server tells everybody: which countries it serves, and who runs it.

use client::LoginSettings;
use yew::hook;

use super::{Loader, use_loader};
use crate::api;

/// Asks for the settings.
#[hook]
pub fn use_settings() -> Loader<LoginSettings> {
    use_loader((), |()| api::call_once(client::get_login_settings()))
}
