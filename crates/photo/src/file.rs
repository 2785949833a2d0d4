//! What a file is, told from its bytes and without decoding it.

mod colours;
mod exif;
mod icc;
mod jpeg;
mod png;
mod sniff;
mod strip;

use serde::{Deserialize, Serialize};

use crate::judge::{Allowed, Finding, Severity, Unit};
use crate::orientation::Orientation;
use crate::reason::Reason;
pub(crate) use colours::{Conversion, conversion};
pub(crate) use icc::Profile;
pub(crate) use jpeg::{Canonical, Layout, MAX_SCANS};
pub use sniff::FileType;
pub use strip::strip;

/// How large a file and its picture may be. Source: `docs/sources.md#photo-upload-limits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Largest file, in bytes; 10 MiB.
    pub max_bytes: u64,
    /// Most pixels, width × height; 40 million, which is 120 MB once decoded.
    pub max_pixels: u64,
    /// Longest side in pixels; 8,000.
    pub max_side: u32,
    /// Least width of the upright picture in pixels; 480, the standard's width.
    pub min_width: u32,
    /// Least height of the upright picture in pixels; 640, the standard's height.
    pub min_height: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 10 * 1024 * 1024,
            max_pixels: 40_000_000,
            max_side: 8_000,
            min_width: 480,
            min_height: 640,
        }
    }
}

/// Why a file cannot be used. These alone are facts; whatever a picture shows is judged elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FileFault {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// More bytes than allowed.
    #[error("the file has {bytes} bytes, {max} are allowed")]
    TooLarge {
        /// Bytes of the file.
        bytes: u64,
        /// [`Limits::max_bytes`].
        max: u64,
    },
    /// Not a picture.
    #[error("the file is not a picture but {}", found.map_or("something unknown", FileType::name))]
    NotAnImage {
        /// What it looks like, where that can be told.
        found: Option<FileType>,
    },
    /// HEIC or HEIF, as iPhones take by default.
    #[error("the file is a HEIC or HEIF picture")]
    Heic,
    /// AVIF, as some Android phones and editors write.
    #[error("the file is an AVIF picture")]
    Avif,
    /// A picture, but neither JPEG nor PNG, or a JPEG of a rare sort.
    #[error("{} pictures are not accepted", found.name())]
    UnsupportedImage {
        /// Its type.
        found: FileType,
    },
    /// More pixels than allowed.
    #[error("the picture has {width}×{height} pixels, {max} are allowed")]
    TooManyPixels {
        /// Stored width.
        width: u32,
        /// Stored height.
        height: u32,
        /// [`Limits::max_pixels`].
        max: u64,
    },
    /// One side is longer than allowed.
    #[error("the picture has {width}×{height} pixels, a side may have {max}")]
    SideTooLong {
        /// Stored width.
        width: u32,
        /// Stored height.
        height: u32,
        /// [`Limits::max_side`].
        max: u32,
    },
    /// Fewer pixels than the result must have.
    #[error("the picture has {width}×{height} pixels, it needs {min_width}×{min_height}")]
    TooSmall {
        /// Upright width.
        width: u32,
        /// Upright height.
        height: u32,
        /// [`Limits::min_width`].
        min_width: u32,
        /// [`Limits::min_height`].
        min_height: u32,
    },
    /// A JPEG that comes in layers, of more pixels or scans than such a one may have: each costs time, and all lie in memory.
    #[error(
        "the progressive picture has {width}×{height} pixels, {max} and {max_scans} scans are allowed"
    )]
    Progressive {
        /// Stored width.
        width: u32,
        /// Stored height.
        height: u32,
        /// Most pixels.
        max: u64,
        /// Most scans.
        max_scans: usize,
    },
    /// A PNG with 16 bits a sample or with interlacing, of more pixels than such a file may have: it takes several times as
    /// long to decode as an ordinary one.
    #[error("the 16-bit or interlaced PNG has {width}×{height} pixels, {max} are allowed")]
    CostlyPng {
        /// Stored width.
        width: u32,
        /// Stored height.
        height: u32,
        /// Most pixels of such a PNG.
        max: u64,
    },
    /// A JPEG in print colours.
    #[error("the picture has CMYK colours")]
    Cmyk,
    /// The file ends before its picture does.
    #[error("the file is cut off")]
    Truncated,
    /// The file contradicts itself or cannot be decoded.
    #[error("the file is damaged")]
    Damaged,
}

impl FileFault {
    /// The stable code of the fault; also the tag when serialised.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::NotAnImage { .. } => "not_an_image",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::UnsupportedImage { .. } => "unsupported_image",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::SideTooLong { .. } => "side_too_long",
            Self::TooSmall { .. } => "too_small",
            Self::Progressive { .. } => "progressive",
            Self::CostlyPng { .. } => "costly_png",
            Self::Cmyk => "cmyk",
            Self::Truncated => "truncated",
            Self::Damaged => "damaged",
        }
    }

    /// The reason code that stands for the fault where reasons are listed.
    pub fn reason(self) -> Reason {
        match self {
            Self::NotAnImage { .. }
            | Self::Heic
            | Self::Avif
            | Self::UnsupportedImage { .. }
            | Self::Cmyk => Reason::FileType,
            Self::TooSmall { .. } => Reason::TooSmallPx,
            Self::Empty
            | Self::TooLarge { .. }
            | Self::TooManyPixels { .. }
            | Self::SideTooLong { .. }
            | Self::Progressive { .. }
            | Self::CostlyPng { .. }
            | Self::Truncated
            | Self::Damaged => Reason::FileLimit,
        }
    }

    /// The fault as what was found on the photo, under its [reason](Self::reason).
    pub fn finding(self) -> Finding {
        let (unit, measured, min, max) = match self {
            Self::TooLarge { bytes, max } => (Unit::Bytes, Some(bytes), None, Some(max)),
            Self::TooManyPixels { width, height, max }
            | Self::CostlyPng { width, height, max }
            | Self::Progressive {
                width, height, max, ..
            } if u64::from(width) * u64::from(height) > max => {
                let pixels = u64::from(width) * u64::from(height);
                (Unit::Pixels, Some(pixels), None, Some(max))
            }
            Self::SideTooLong { width, height, max } => {
                let unit = if width < height {
                    Unit::PxHigh
                } else {
                    Unit::PxWide
                };
                let longest = u64::from(width.max(height));
                (unit, Some(longest), None, Some(u64::from(max)))
            }
            Self::TooSmall {
                width,
                height,
                min_width,
                min_height,
            } => {
                let (unit, length, min) = if width < min_width {
                    (Unit::PxWide, width, min_width)
                } else {
                    (Unit::PxHigh, height, min_height)
                };
                (unit, Some(u64::from(length)), Some(u64::from(min)), None)
            }
            Self::Empty
            | Self::NotAnImage { .. }
            | Self::Heic
            | Self::Avif
            | Self::UnsupportedImage { .. }
            | Self::TooManyPixels { .. }
            | Self::Progressive { .. }
            | Self::CostlyPng { .. }
            | Self::Cmyk
            | Self::Truncated
            | Self::Damaged => (Unit::Uncounted, None, None, None),
        };
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let (min, max) = (min.map(number), max.map(number));
        Finding {
            code: self.reason(),
            severity: Severity::Fail,
            measured: measured.map(number),
            allowed: min.or(max).map(|_| Allowed { min, max }),
            unit,
        }
    }
}

/// The accepted types of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// JPEG: baseline, extended or progressive, 8 bits.
    Jpeg,
    /// PNG of any depth and colour type; with 16 bits a sample or interlaced, of at most 12 megapixels.
    Png,
}

/// What a pixel is made of in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Shades of grey.
    Grey,
    /// Red, green and blue, also as YCbCr or through a palette.
    Rgb,
}

/// Which colours the numbers of a file stand for, as far as its headers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColourSpace {
    /// Those of sRGB, which also stands where a file says nothing.
    #[default]
    Srgb,
    /// Others that are known, such as those of Display P3 or Adobe RGB; decoding turns them into those of sRGB.
    Converted,
    /// Others that are not known, so that the picture may show wrong colours.
    Unknown,
}

/// What the header of an accepted file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The type, by content.
    pub kind: Kind,
    /// Width in pixels as stored, before the orientation is applied.
    pub stored_width: u32,
    /// Height in pixels as stored.
    pub stored_height: u32,
    /// What makes the picture upright; [`Orientation::Upright`] where the file says nothing sensible.
    pub orientation: Orientation,
    /// Grey or colour.
    pub colour: Colour,
    /// Bits of one sample.
    pub bits_per_sample: u8,
    /// Bytes after the end of the picture; dropped, since only the decoded picture is kept.
    pub trailing_bytes: u64,
    /// The quality that a JPEG was written with on the IJG scale, 1 to 100, as its brightness table tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jpeg_quality: Option<u8>,
    /// Which colours the numbers of the file stand for.
    #[serde(default)]
    pub colour_space: ColourSpace,
}

impl FileFacts {
    /// Width of the upright picture in pixels.
    pub fn width(&self) -> u32 {
        if self.orientation.swaps_sides() {
            self.stored_height
        } else {
            self.stored_width
        }
    }

    /// Height of the upright picture in pixels.
    pub fn height(&self) -> u32 {
        if self.orientation.swaps_sides() {
            self.stored_width
        } else {
            self.stored_height
        }
    }
}

/// What a header says before the rest of the file is looked at.
struct Header {
    width: u32,
    height: u32,
    orientation: Orientation,
    colour: Colour,
    bits_per_sample: u8,
    /// Whether it is a JPEG that comes in layers, or an interlaced PNG.
    is_progressive: bool,
    /// Where the part that `end` walks begins.
    next: usize,
}

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
