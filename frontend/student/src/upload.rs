//! A photo on its way to the server: kept in this browser from the moment it is chosen until the server has answered, and
//! sent again until it does.

mod keep;
mod send;

use domain::UploadId;
use photo::Crop;
use ui::{api, clock};

pub(crate) use keep::{
    forget, forget_all, forget_foreign, is_any_kept, is_kept_for, keep_file, keep_frame, kept,
};
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
    /// Whether it was taken with the camera on the page.
    pub(crate) is_taken: bool,
    /// What the student tells the reviewer.
    pub(crate) note: String,
    /// Whether it is to be sent; else it is still being framed.
    pub(crate) is_framed: bool,
}

impl Upload {
    /// A file that is being framed.
    pub(crate) fn new(
        enrolment_id: String,
        file: web_sys::File,
        frame: Crop,
        is_taken: bool,
    ) -> Self {
        Self {
            id: UploadId::new(clock::now(), api::random()).to_string(),
            enrolment_id,
            file,
            frame,
            is_taken,
            note: String::new(),
            is_framed: false,
        }
    }

    /// The same file in another frame: another photo, under another name.
    pub(crate) fn in_frame(&self, frame: Crop) -> Self {
        if frame == self.frame {
            return self.clone();
        }
        self.with(self.file.clone(), frame)
    }

    /// Another file of the same picture, with the frame in its pixels.
    pub(crate) fn with(&self, file: web_sys::File, frame: Crop) -> Self {
        Self {
            note: self.note.clone(),
            ..Self::new(self.enrolment_id.clone(), file, frame, self.is_taken)
        }
    }
}
