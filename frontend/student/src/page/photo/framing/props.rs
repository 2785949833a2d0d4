//! What the page that frames a picture is given, and what was seen on the picture.

use std::rc::Rc;

use photo::{AutoCrop, FileFault, Measurements, Rules};
use yew::{Callback, Properties, UseStateHandle};

use crate::check::Readiness;
use crate::page::photo::open::Picture;
use crate::upload::Upload;

#[derive(Clone, Properties)]
pub(crate) struct FramingProps {
    /// The picture.
    pub(in crate::page::photo) picture: Picture,
    /// What is to become of it.
    pub(crate) upload: Upload,
    /// The rules of the task.
    pub(crate) rules: Rules,
    /// Whether the file is sent as it is, however large.
    pub(crate) originals: bool,
    /// Who looks at it.
    pub(crate) readiness: UseStateHandle<Readiness>,
    /// Whoever looks at it is to be called once more.
    pub(crate) onretry: Callback<()>,
    /// Takes another frame or note.
    pub(crate) onchange: Callback<Upload>,
    /// It is to be sent; whether it was checked here before.
    pub(crate) onuse: Callback<(Upload, bool)>,
    /// Whether the task takes no files.
    pub(crate) camera_only: bool,
    /// The picture is to be turned clockwise by so many quarters.
    pub(crate) onturn: Callback<u8>,
    /// Another picture is to be taken.
    pub(crate) onretake: Callback<()>,
    /// Another picture is to be chosen.
    pub(crate) onother: Callback<()>,
}

impl PartialEq for FramingProps {
    /// Drawn again whenever its page is: what is ready cannot be compared.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// What is known of the picture.
#[derive(Clone)]
pub(super) enum Seen {
    /// Not yet anything.
    Nothing,
    /// What was measured, and the frame that suits best.
    Measured(Rc<Measurements>, AutoCrop),
    /// Its file cannot be decoded.
    Damaged(FileFault),
    /// The worker did not answer.
    Unanswered,
}
