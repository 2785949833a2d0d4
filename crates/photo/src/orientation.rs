//! How a stored picture must be turned to stand upright.

use serde::{Deserialize, Serialize};

use crate::pixel::Size;

/// The eight values of the EXIF tag Orientation (0x0112), named by what makes the picture upright.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// 1: as stored.
    #[default]
    Upright,
    /// 2: mirrored left to right.
    Mirror,
    /// 3: half a turn.
    HalfTurn,
    /// 4: mirrored top to bottom.
    Flip,
    /// 5: mirrored along the diagonal from the top left.
    Transpose,
    /// 6: a quarter turn clockwise; what phones held upright write.
    QuarterTurn,
    /// 7: mirrored along the diagonal from the top right.
    Transverse,
    /// 8: a quarter turn anticlockwise.
    QuarterTurnBack,
}

impl Orientation {
    /// All of them; the one with the EXIF value `n` stands at `n - 1`.
    pub const ALL: [Self; 8] = [
        Self::Upright,
        Self::Mirror,
        Self::HalfTurn,
        Self::Flip,
        Self::Transpose,
        Self::QuarterTurn,
        Self::Transverse,
        Self::QuarterTurnBack,
    ];

    /// The orientation with this EXIF value; `None` outside 1 to 8.
    pub fn from_exif(value: u16) -> Option<Self> {
        Self::ALL.get(usize::from(value).checked_sub(1)?).copied()
    }

    /// What makes the same stored picture stand as it does after another quarter turn clockwise.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Upright => Self::QuarterTurn,
            Self::QuarterTurn => Self::HalfTurn,
            Self::HalfTurn => Self::QuarterTurnBack,
            Self::QuarterTurnBack => Self::Upright,
            Self::Mirror => Self::Transverse,
            Self::Transverse => Self::Flip,
            Self::Flip => Self::Transpose,
            Self::Transpose => Self::Mirror,
        }
    }

    /// Whether width and height change places.
    pub fn swaps_sides(self) -> bool {
        match self {
            Self::Upright | Self::Mirror | Self::HalfTurn | Self::Flip => false,
            Self::Transpose | Self::QuarterTurn | Self::Transverse | Self::QuarterTurnBack => true,
        }
    }

    /// Whether pixels that follow each other from left to right are stored the other way round.
    pub(crate) fn is_stored_backwards(self) -> bool {
        match self {
            Self::Mirror | Self::HalfTurn | Self::QuarterTurn | Self::Transverse => true,
            Self::Upright | Self::Flip | Self::Transpose | Self::QuarterTurnBack => false,
        }
    }

    /// Column and row in the stored picture, which has the size `stored`, of the upright pixel (`x`, `y`).
    pub(crate) fn stored_at(self, x: usize, y: usize, stored: Size) -> (usize, usize) {
        let Size { width, height } = stored;
        match self {
            Self::Upright => (x, y),
            Self::Mirror => (width - 1 - x, y),
            Self::HalfTurn => (width - 1 - x, height - 1 - y),
            Self::Flip => (x, height - 1 - y),
            Self::Transpose => (y, x),
            Self::QuarterTurn => (y, height - 1 - x),
            Self::Transverse => (width - 1 - y, height - 1 - x),
            Self::QuarterTurnBack => (width - 1 - y, x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_moves_every_pixel_a_quarter_clockwise() {
        let stored = Size {
            width: 3,
            height: 2,
        };
        for orientation in Orientation::ALL {
            let turned = orientation.turned();
            let height = if orientation.swaps_sides() { 3 } else { 2 };
            for y in 0..height {
                for x in 0..5 - height {
                    // What is at (x, y) comes to stand in the column that is as far from the right as its row was from above.
                    let now = turned.stored_at(height - 1 - y, x, stored);
                    assert_eq!(now, orientation.stored_at(x, y, stored), "{orientation:?}");
                }
            }
            assert_eq!(turned.turned().turned().turned(), orientation);
        }
    }
}
