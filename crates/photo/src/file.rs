//! What a file is, told from its bytes and without decoding it.

mod colours;
mod conversion;
mod exif;
mod facts;
mod fault;
mod icc;
mod jpeg;
mod png;
mod sniff;
mod strip;

pub(crate) use colours::conversion;
pub(crate) use conversion::Conversion;
use facts::Header;
pub use facts::{Colour, ColourSpace, FileFacts, Kind, Limits};
pub use fault::FileFault;
pub(crate) use icc::Profile;
pub(crate) use jpeg::{Canonical, Layout, MAX_SCANS};
pub use sniff::FileType;
pub use strip::strip;

/// Tells what a file is, by content and never by name. Nothing is decoded and no memory is taken; the size is judged
/// from the header alone, then the markers are walked to the end of the picture.
///
/// # Errors
/// The first [`FileFault`] found; a file without one can still turn out damaged when decoded.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<FileFacts, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    let length = bytes.len() as u64;
    if length > limits.max_bytes {
        return Err(FileFault::TooLarge {
            bytes: length,
            max: limits.max_bytes,
        });
    }
    let found = sniff::sniff(bytes);
    let (kind, header) = match found {
        Some(FileType::Jpeg) => (Kind::Jpeg, jpeg::header(bytes)?),
        Some(FileType::Png) => (Kind::Png, png::header(bytes)?),
        Some(FileType::Heic) => return Err(FileFault::Heic),
        Some(FileType::Avif) => return Err(FileFault::Avif),
        Some(found) if found.is_picture() => return Err(FileFault::UnsupportedImage { found }),
        found => return Err(FileFault::NotAnImage { found }),
    };
    let mut facts = FileFacts {
        kind,
        stored_width: header.width,
        stored_height: header.height,
        orientation: header.orientation,
        colour: header.colour,
        bits_per_sample: header.bits_per_sample,
        trailing_bytes: 0,
        jpeg_quality: None,
        colour_space: ColourSpace::Srgb,
    };
    check_size(&facts, limits)?;
    let end = match kind {
        Kind::Jpeg => jpeg::end(bytes, &header)?,
        Kind::Png => png::end(bytes, &header)?,
    };
    facts.trailing_bytes = (bytes.len() - end) as u64;
    if kind == Kind::Jpeg {
        facts.jpeg_quality = jpeg::quality(bytes);
    }
    facts.colour_space = conversion(bytes, kind).colour_space();
    Ok(facts)
}

fn check_size(facts: &FileFacts, limits: &Limits) -> Result<(), FileFault> {
    let (width, height) = (facts.stored_width, facts.stored_height);
    if width == 0 || height == 0 {
        return Err(FileFault::Damaged);
    }
    if u64::from(width) * u64::from(height) > limits.max_pixels {
        return Err(FileFault::TooManyPixels {
            width,
            height,
            max: limits.max_pixels,
        });
    }
    if width.max(height) > limits.max_side {
        return Err(FileFault::SideTooLong {
            width,
            height,
            max: limits.max_side,
        });
    }
    if facts.width() < limits.min_width || facts.height() < limits.min_height {
        return Err(FileFault::TooSmall {
            width: facts.width(),
            height: facts.height(),
            min_width: limits.min_width,
            min_height: limits.min_height,
        });
    }
    Ok(())
}
