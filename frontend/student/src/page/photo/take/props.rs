//! What the page that takes a picture is given.

use photo::Rules;
use yew::{AttrValue, Callback, Properties, UseStateHandle};

use crate::check::Readiness;
use crate::page::photo::open::{Demands, Picture};

#[derive(Clone, Properties)]
pub(crate) struct TakeProps {
    /// What the task asks of files.
    pub(in crate::page::photo) demands: Demands,
    /// The rules of the task.
    pub(crate) rules: Rules,
    /// The same as they came.
    pub(crate) rules_json: AttrValue,
    /// Who says what to do.
    pub(crate) readiness: UseStateHandle<Readiness>,
    /// Takes a picture that can become a photo.
    pub(in crate::page::photo) onpick: Callback<Picture>,
    /// No picture is wanted.
    pub(crate) onback: Callback<()>,
}

impl PartialEq for TakeProps {
    /// Drawn again whenever its page is: what is ready cannot be compared.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}
