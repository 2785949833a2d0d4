//! Places and sizes in pixels.

/// A pixel of a picture, counted from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pixel {
    /// Columns left of it.
    pub x: u32,
    /// Rows above it.
    pub y: u32,
}

/// How many pixels a picture or a plane has along its sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// Columns.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
}

impl Size {
    /// The size of the same picture after a quarter turn.
    pub(crate) fn swapped(self) -> Self {
        Self {
            width: self.height,
            height: self.width,
        }
    }

    /// Columns times rows.
    pub(crate) fn pixels(self) -> usize {
        self.width * self.height
    }
}
