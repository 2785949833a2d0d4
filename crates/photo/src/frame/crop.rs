//! The part of a picture that becomes the photo, and how people move it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::pixel::Pixel;

/// Least width of a crop that need not be enlarged. Source: `docs/sources.md#photo-standard`.
pub const MIN_CROP_WIDTH_PX: u32 = 480;
/// Least height of a crop that need not be enlarged. Source: `docs/sources.md#photo-standard`.
pub const MIN_CROP_HEIGHT_PX: u32 = 640;

/// One press of an arrow moves by this part of the crop's width.
const NUDGE_PART: u32 = 48;

/// A rectangle in pixels of the upright original.
///
/// What comes from outside can be any rectangle. What the functions here return is exactly 3:4, inside a picture of
/// the `width` × `height` they are given, and not below 480×640 where the picture allows that; in a picture of fewer
/// than 3×4 pixels it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crop {
    /// Columns left of it.
    pub x: u32,
    /// Rows above it.
    pub y: u32,
    /// Columns of it.
    pub width: u32,
    /// Rows of it.
    pub height: u32,
}

impl Crop {
    /// The same part of the picture at half its size, where it still has the pixels that a result of this width needs;
    /// `None` where it has not.
    pub(crate) fn half(self, width_px: u16) -> Option<Self> {
        let half = self.halved();
        (half.width >= u32::from(width_px)).then_some(half)
    }

    /// The same part of the picture at half its size.
    pub(crate) fn halved(self) -> Self {
        Self {
            x: self.x / 2,
            y: self.y / 2,
            width: self.width / 2,
            height: self.height / 2,
        }
    }

    /// The largest crop, in the middle.
    pub fn largest_centred(width: u32, height: u32) -> Self {
        Self {
            x: 0,
            y: 0,
            width,
            height,
        }
        .clamp(width, height)
    }

    /// The nearest crop that keeps the promise above: the largest in this one, around its middle.
    #[must_use]
    pub fn clamp(self, width: u32, height: u32) -> Self {
        let sizes = Self::sizes(width, height);
        let size = self.size().clamp(*sizes.start(), *sizes.end());
        let left = i64::from(self.x) + (i64::from(self.width) - 3 * i64::from(size)) / 2;
        let top = i64::from(self.y) + (i64::from(self.height) - 4 * i64::from(size)) / 2;
        Self::placed(size, left, top, width, height)
    }

    /// The crop moved by `dx` to the right and `dy` down, as far as the picture goes.
    #[must_use]
    pub fn moved(self, dx: i32, dy: i32, width: u32, height: u32) -> Self {
        let now = self.clamp(width, height);
        let left = i64::from(now.x) + i64::from(dx);
        let top = i64::from(now.y) + i64::from(dy);
        Self::placed(now.size(), left, top, width, height)
    }

    /// The crop after one press of an arrow: what is seen goes where the arrow points, as with a finger, and the crop
    /// over it the other way.
    #[must_use]
    pub fn nudged(self, dx: i32, dy: i32, width: u32, height: u32) -> Self {
        let step = i32::try_from(self.width / NUDGE_PART).unwrap_or_default();
        let step = step.max(1);
        self.moved(-dx * step, -dy * step, width, height)
    }

    /// The crop once the picture of this size is turned a quarter clockwise: around the same middle, and as large where the
    /// turned picture has the room.
    #[must_use]
    pub fn turned(self, width: u32, height: u32) -> Self {
        let now = self.clamp(width, height);
        let middle = Pixel {
            x: height - (now.y + now.height / 2),
            y: now.x + now.width / 2,
        };
        let largest = *Self::sizes(height, width).end();
        let size = now.size().min(largest);
        let left = i64::from(middle.x) - i64::from(3 * size / 2);
        let top = i64::from(middle.y) - i64::from(2 * size);
        Self::placed(size, left, top, height, width)
    }

    /// The crop zoomed: a `factor` above 1 shows less of the picture, larger. The point `about` of the picture keeps
    /// its place in the frame as far as the picture goes. A factor that is not a positive number changes nothing.
    #[must_use]
    pub fn zoomed(self, factor: f64, about: Pixel, width: u32, height: u32) -> Self {
        let now = self.clamp(width, height);
        let old = now.size();
        if old == 0 {
            return now;
        }
        let new = divided(old, factor, Self::sizes(width, height));
        let corner = |about: u32, corner: u32| {
            let (about, corner) = (i64::from(about), i64::from(corner));
            about - (about - corner) * i64::from(new) / i64::from(old)
        };
        let (left, top) = (corner(about.x, now.x), corner(about.y, now.y));
        Self::placed(new, left, top, width, height)
    }

    /// Whether every pixel of it is in a picture of this size.
    pub fn is_inside(&self, width: u32, height: u32) -> bool {
        u64::from(self.x) + u64::from(self.width) <= u64::from(width)
            && u64::from(self.y) + u64::from(self.height) <= u64::from(height)
    }

    /// The largest exact 3:4 rectangle in it, around its middle.
    pub(super) fn trimmed(self) -> Self {
        let (width, height) = (3 * self.size(), 4 * self.size());
        Self {
            x: self.x.saturating_add((self.width - width) / 2),
            y: self.y.saturating_add((self.height - height) / 2),
            width,
            height,
        }
    }

    /// How often 3×4 may fit into a crop of a picture of this size.
    pub(super) fn sizes(width: u32, height: u32) -> RangeInclusive<u32> {
        let largest = (width / 3).min(height / 4);
        largest.min(MIN_CROP_WIDTH_PX / 3)..=largest
    }

    /// How often 3×4 fits into it.
    fn size(self) -> u32 {
        (self.width / 3).min(self.height / 4)
    }

    /// The crop of 3×4 times `size`, with its top left corner as near to (`left`, `top`) as a picture of `width` × `height`
    /// allows.
    pub(super) fn placed(size: u32, left: i64, top: i64, width: u32, height: u32) -> Self {
        let (crop_width, crop_height) = (3 * size, 4 * size);
        let place = |at: i64, room: u32| u32::try_from(at.max(0)).unwrap_or(room).min(room);
        Self {
            x: place(left, width - crop_width),
            y: place(top, height - crop_height),
            width: crop_width,
            height: crop_height,
        }
    }
}

#[expect(
    clippy::float_arithmetic,
    reason = "a gesture is no whole number; both sides get its result"
)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value lies within the bounds of a u32"
)]
fn divided(size: u32, factor: f64, bounds: RangeInclusive<u32>) -> u32 {
    if !(factor.is_finite() && factor > 0.0) {
        return size;
    }
    let (least, most) = (f64::from(*bounds.start()), f64::from(*bounds.end()));
    (f64::from(size) / factor).round().clamp(least, most) as u32
}
