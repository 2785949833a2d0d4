//! The difference hash of a framed photo: where its brightness rises from left to right. It tells a picture that was sent
//! twice, and knows nothing of faces.

use crate::frame::Crop;
use crate::picture::{CHANNELS, Picture};
use crate::resample::resample;

/// Rows of the hash, and comparisons in a row.
const SIDE: u32 = 16;
/// A step in brightness counts from here on, in 256ths of one of 256 values: what a plain wall has less of is noise.
const LEAST_STEP: i32 = 4 * 256;

/// The difference hash of a framed photo: 256 bits.
///
/// The photo is made small, 17 cells wide and 16 high; a bit tells whether a cell is brighter than the one to its left.
/// Source of the method and of the distances: `docs/sources.md#difference-hash`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DifferenceHash {
    bands: [u16; Self::BANDS],
}

impl DifferenceHash {
    /// In how many parts of sixteen bits it is kept. Each has one bit of each row of the picture, so that none is of the
    /// wall alone.
    pub const BANDS: usize = 16;
    /// The most bits that differ between nearly identical pictures. Measured on 32 photos, each framed
    /// automatically: 13 at most where brightness changes by 15 %, a JPEG is written at quality 30 or the photo is sent a
    /// quarter as large; 19 where brightness changes by 30 %; 14 in the middle and 23 at most where the frame is 2 % closer.
    /// Of the 496 pairs of different people the nearest differ in 64.
    pub const NEAR_BITS: u32 = 24;

    /// The hash of a framed photo.
    pub fn of(picture: &Picture) -> Self {
        let whole = Crop {
            x: 0,
            y: 0,
            width: picture.width,
            height: picture.height,
        };
        let small = resample(picture, whole, SIDE + 1, SIDE);
        let mut bands = [0; Self::BANDS];
        for (row, cells) in small
            .rgb
            .chunks_exact((SIDE as usize + 1) * CHANNELS)
            .enumerate()
        {
            let brightness: Vec<i32> = cells.chunks_exact(CHANNELS).map(brightness).collect();
            for (column, pair) in brightness.windows(2).enumerate() {
                let is_step = pair[1] - pair[0] >= LEAST_STEP;
                // Sideways by five from row to row, so that a band crosses the picture.
                bands[(column + 5 * row) % Self::BANDS] |= u16::from(is_step) << row;
            }
        }
        Self { bands }
    }

    /// The hash with these parts.
    pub fn of_bands(bands: [u16; Self::BANDS]) -> Self {
        Self { bands }
    }

    /// Its parts.
    pub fn bands(&self) -> [u16; Self::BANDS] {
        self.bands
    }

    /// How many bits differ.
    pub fn distance(&self, other: &Self) -> u32 {
        let pairs = self.bands.iter().zip(other.bands);
        pairs.map(|(one, other)| (one ^ other).count_ones()).sum()
    }

    /// Whether two framed photos are nearly identical.
    pub fn is_near(&self, other: &Self) -> bool {
        self.distance(other) <= Self::NEAR_BITS
    }
}

/// Brightness in 256ths, with the weights of BT.601.
fn brightness(pixel: &[u8]) -> i32 {
    let weighted = pixel.iter().zip([77, 150, 29]);
    weighted
        .map(|(&value, weight)| i32::from(value) * weight)
        .sum()
}
