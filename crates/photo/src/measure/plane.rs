//! Grey planes, shrinking and polygons: what the measures are made on.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a picture are below 2^24 and are kept inside it; IEEE-exact operations only"
)]

use crate::face::Point;
use crate::picture::{CHANNELS, Picture};
use crate::pixel::Size;

/// Brightness of each pixel, 0 to 255, row by row.
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) luma: Vec<u8>,
}

impl Plane {
    pub(super) fn size(&self) -> Size {
        Size {
            width: self.width,
            height: self.height,
        }
    }

    pub(super) fn of(picture: &Picture) -> Self {
        Self {
            width: picture.width as usize,
            height: picture.height as usize,
            luma: picture
                .rgb
                .chunks_exact(CHANNELS)
                .map(|pixel| luma(pixel[0], pixel[1], pixel[2]))
                .collect(),
        }
    }
}

/// Brightness, 0 to 255, with the weights of BT.601 in 256ths.
pub(super) fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

/// The picture with each block of `by` × `by` pixels averaged to one; what does not fill a block is dropped.
/// Stored values are averaged, as the networks were trained on.
pub(super) fn shrink(picture: &Picture, by: usize) -> Picture {
    const SHIFT: u32 = 40;
    let old_row = picture.width as usize * CHANNELS;
    let (width, height) = (picture.width as usize / by, picture.height as usize / by);
    let mut rgb = Vec::with_capacity(width * height * CHANNELS);
    let mut sums = vec![0_u16; width * by * CHANNELS];
    let pixels = (by * by) as u64;
    // A product and a shift are far quicker than a division, and exact for blocks of up to 256 × 256.
    let part = (1_u64 << SHIFT).div_ceil(pixels);
    for rows in picture.rgb.chunks_exact(old_row * by).take(height) {
        sums.fill(0);
        for row in rows.chunks_exact(old_row) {
            for (sum, &value) in sums.iter_mut().zip(row) {
                *sum += u16::from(value);
            }
        }
        for block in sums.chunks_exact(by * CHANNELS) {
            let mut totals = [pixels / 2; CHANNELS];
            for pixel in block.chunks_exact(CHANNELS) {
                for (total, &sum) in totals.iter_mut().zip(pixel) {
                    *total += u64::from(sum);
                }
            }
            rgb.extend(totals.map(|total| ((total * part) >> SHIFT) as u8));
        }
    }
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    Picture {
        width: side(width),
        height: side(height),
        rgb,
    }
}

/// Calls `each` with the index of every pixel whose centre lies inside the polygon, of a plane of this size.
pub(super) fn fill(polygon: &[Point], size: Size, mut each: impl FnMut(usize)) {
    let Size { width, height } = size;
    let lowest = polygon.iter().fold(f32::MAX, |low, point| low.min(point.y));
    let highest = polygon
        .iter()
        .fold(f32::MIN, |high, point| high.max(point.y));
    let (from, to) = (row(lowest, height), row(highest + 1.0, height));
    let mut crossings = Vec::new();
    for y in from..to {
        let middle = y as f32 + 0.5;
        crossings.clear();
        let ends = polygon.iter().zip(polygon.iter().cycle().skip(1));
        for (start, end) in ends {
            if (start.y <= middle) != (end.y <= middle) {
                let along = (middle - start.y) / (end.y - start.y);
                crossings.push(start.x + along * (end.x - start.x));
            }
        }
        crossings.sort_by(f32::total_cmp);
        for pair in crossings.chunks_exact(2) {
            for x in row(pair[0] + 0.5, width)..row(pair[1] + 0.5, width) {
                each(y * width + x);
            }
        }
    }
}

/// The row or column at a place, kept inside 0 to `length`; 0 for no number.
pub(super) fn row(place: f32, length: usize) -> usize {
    place.clamp(0.0, length as f32) as usize
}
