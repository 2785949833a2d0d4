//! What the header of a file says, and how large a file may be.

use serde::{Deserialize, Serialize};

use crate::orientation::Orientation;
use crate::pixel::Size;

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
    /// The size of the picture as stored, before the orientation is applied.
    pub(crate) fn stored_size(&self) -> Size {
        Size {
            width: self.stored_width as usize,
            height: self.stored_height as usize,
        }
    }

    /// The size of half the stored picture, whose last row or column may stand for one.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn half_stored_size(&self) -> Size {
        let Size { width, height } = self.stored_size();
        Size {
            width: width.div_ceil(2),
            height: height.div_ceil(2),
        }
    }

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
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    pub(super) colour: Colour,
    pub(super) bits_per_sample: u8,
    /// Whether it is a JPEG that comes in layers, or an interlaced PNG.
    pub(super) is_progressive: bool,
    /// Where the part that `end` walks begins.
    pub(super) next: usize,
}
