//! A chosen file: what it is, told at once, before anything is sent.

use domain::{ProblemCode, Refusal};
use gloo::file::{File, ObjectUrl, futures::read_as_bytes};
use photo::{Crop, FileFault, Limits, inspect};

const MEGABYTE: u64 = 1024 * 1024;
const MEGAPIXEL: u64 = 1_000_000;

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
pub(super) async fn open(file: web_sys::File) -> Result<Picture, Refusal> {
    let file = File::from(file);
    let limits = Limits::default();
    if file.size() > limits.max_bytes {
        return Err(refusal(FileFault::TooLarge {
            bytes: file.size(),
            max: limits.max_bytes,
        }));
    }
    let bytes = read_as_bytes(&file)
        .await
        .map_err(|_| Refusal::from(ProblemCode::PhotoDamaged))?;
    let facts = inspect(&bytes, &limits).map_err(refusal)?;
    let url = ObjectUrl::from(file.clone());
    Ok(Picture {
        file,
        url,
        width: facts.width(),
        height: facts.height(),
    })
}

/// Tells a fault.
fn refusal(fault: FileFault) -> Refusal {
    let of = Refusal::from;
    let sized =
        |code, width: u32, height: u32| of(code).with("width", width).with("height", height);
    match fault {
        FileFault::Empty => of(ProblemCode::PhotoEmpty),
        FileFault::TooLarge { bytes, max } => of(ProblemCode::PhotoTooLarge)
            .with("size_mb", bytes.div_ceil(MEGABYTE))
            .with("max_mb", max / MEGABYTE),
        FileFault::NotAnImage { found: None } => of(ProblemCode::PhotoUnreadable),
        FileFault::NotAnImage { found: Some(found) } | FileFault::UnsupportedImage { found } => {
            of(ProblemCode::PhotoNotImage).with("found", found.name())
        }
        FileFault::Heic => of(ProblemCode::PhotoHeic),
        FileFault::TooManyPixels { width, height, max } => {
            sized(ProblemCode::PhotoPixelsMany, width, height).with("max_mp", max / MEGAPIXEL)
        }
        FileFault::SideTooLong { width, height, max } => {
            sized(ProblemCode::PhotoSideLong, width, height).with("max", max)
        }
        FileFault::TooSmall { width, height, .. } => {
            sized(ProblemCode::PhotoPixelsFew, width, height)
        }
        FileFault::Cmyk => of(ProblemCode::PhotoCmyk),
        FileFault::Truncated | FileFault::Damaged => of(ProblemCode::PhotoDamaged),
    }
}
