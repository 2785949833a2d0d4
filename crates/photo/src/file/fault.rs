//! Why a file cannot be used.

use serde::{Deserialize, Serialize};

use super::sniff::FileType;
use crate::finding::{Allowed, Finding, Severity, Unit};
use crate::reason::Reason;

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
