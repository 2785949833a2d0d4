//! A chosen file: what it is, told at once, before anything is sent.

use domain::{ProblemCode, Refusal, refusal_of_file};
use gloo::file::{File, ObjectUrl, futures::read_as_bytes};
use photo::{Crop, FileFault, Limits, inspect};

/// A file that can become a photo.
#[derive(Clone)]
pub(super) struct Picture {
    /// The file.
    pub(super) file: File,
    /// Where the browser shows it from, upright.
    pub(super) url: ObjectUrl,
    /// Width of the upright picture.
    pub(super) width: u32,
    /// Height of the upright picture.
    pub(super) height: u32,
    /// Whether it was taken with the camera on the page.
    pub(super) is_taken: bool,
}

impl PartialEq for Picture {
    /// The browser gives every file an address of its own.
    fn eq(&self, other: &Self) -> bool {
        *self.url == *other.url
    }
}

impl Picture {
    /// Where the frame stands first.
    pub(super) fn first_crop(&self) -> Crop {
        Crop::largest_centred(self.width, self.height)
    }
}

/// Opens a file.
///
/// # Errors
/// Why it cannot become a photo, in the words that the server would use.
pub(super) async fn open(file: web_sys::File, is_taken: bool) -> Result<Picture, Refusal> {
    let file = File::from(file);
    let limits = Limits::default();
    if file.size() > limits.max_bytes {
        return Err(refusal_of_file(FileFault::TooLarge {
            bytes: file.size(),
            max: limits.max_bytes,
        }));
    }
    let bytes = read_as_bytes(&file)
        .await
        .map_err(|_| Refusal::from(ProblemCode::PhotoDamaged))?;
    let facts = inspect(&bytes, &limits).map_err(refusal_of_file)?;
    let url = ObjectUrl::from(file.clone());
    Ok(Picture {
        file,
        url,
        width: facts.width(),
        height: facts.height(),
        is_taken,
    })
}
