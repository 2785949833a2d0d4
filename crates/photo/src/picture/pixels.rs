//! The pixels of a picture, and how they are turned.

use crate::orientation::Orientation;
use crate::pixel::Size;

/// Samples of a pixel.
pub(crate) const CHANNELS: usize = 3;

/// An upright picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue of each pixel, row by row from the top left; `width * height * 3` bytes.
    pub rgb: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Picture({}×{})", self.width, self.height)
    }
}

impl Picture {
    /// The picture after this turn.
    pub(crate) fn turned(&self, orientation: Orientation) -> Self {
        let (width, height) = if orientation.swaps_sides() {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        };
        Self {
            width,
            height,
            rgb: turned(&self.rgb, self.size(), orientation),
        }
    }

    /// Its size.
    pub(crate) fn size(&self) -> Size {
        Size {
            width: self.width as usize,
            height: self.height as usize,
        }
    }
}

/// The pixels turned upright, square by square, since a column of the stored picture is spread over all memory.
pub(super) fn turned(rgb: &[u8], stored: Size, orientation: Orientation) -> Vec<u8> {
    /// Pixels of a square's side; two squares fit a core's nearest cache.
    const SIDE: usize = 32;
    let Size { width, height } = if orientation.swaps_sides() {
        stored.swapped()
    } else {
        stored
    };
    let mut turned = vec![0; rgb.len()];
    for top in (0..height).step_by(SIDE) {
        for left in (0..width).step_by(SIDE) {
            let right = width.min(left + SIDE);
            for y in top..height.min(top + SIDE) {
                let row =
                    &mut turned[(y * width + left) * CHANNELS..(y * width + right) * CHANNELS];
                for (x, pixel) in (left..right).zip(row.chunks_exact_mut(CHANNELS)) {
                    let (stored_x, stored_y) = orientation.stored_at(x, y, stored);
                    let at = (stored_y * stored.width + stored_x) * CHANNELS;
                    pixel.copy_from_slice(&rgb[at..at + CHANNELS]);
                }
            }
        }
    }
    turned
}
