//! A photo on its way to the server: kept in this browser until the server has answered, sent again until it does.

mod keep;
mod send;

use photo::Crop;

pub(crate) use keep::{forget, forget_all, keep, kept};
pub(crate) use send::{Outcome, Progress, Sender};

/// A photo that is to be sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Upload {
    /// Names this upload to the server, so that sending it twice makes one photo.
    pub(crate) id: String,
    /// Whose photo.
    pub(crate) enrolment_id: String,
    /// The file as it was chosen.
    pub(crate) file: web_sys::File,
    /// The part of it that becomes the photo.
    pub(crate) frame: Crop,
}
