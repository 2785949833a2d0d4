//! Resizing a part of a picture, in whole numbers once the weights are known.
#![expect(
    clippy::float_arithmetic,
    reason = "weights are made of IEEE-exact operations only"
)]

use crate::frame::Crop;
use crate::light::{to_light, to_value};
use crate::picture::{CHANNELS, Picture};

/// Bits of a weight after the point. With 16 bits of light and Catmull-Rom's overshoot, sums stay within 31 bits.
const WEIGHT_BITS: u32 = 14;

/// Most pixels a side of a block that are averaged at once; 256² samples of 16 bits fit 32 bits.
const MOST_AVERAGED: u32 = 255;

/// What makes one new sample: weights for neighbouring old samples, the first of which is `first`.
struct Taps {
    first: usize,
    weights: Vec<i32>,
}

/// Resizes `part` of the picture to `width` × `height` pixels with a Catmull-Rom filter, widened where the picture
/// shrinks, in linear light. Where it shrinks to less than a quarter, blocks of pixels are averaged first, which leaves
/// the filter at least twice the samples of the result. The part must lie inside the picture, and no side may be 0.
pub(crate) fn resample(picture: &Picture, part: Crop, width: u32, height: u32) -> Picture {
    let by = (part.width / (2 * width))
        .min(part.height / (2 * height))
        .clamp(1, MOST_AVERAGED);
    let columns = taps(part.width, by, width);
    let rows = taps(part.height, by, height);
    let row_samples = width as usize * CHANNELS;

    let mut narrowed = Vec::with_capacity((part.height / by) as usize * row_samples);
    let mut light = LightRow::new(part.width / by, by);
    for y in (part.y..part.y + part.height / by * by).step_by(by as usize) {
        narrow_row(light.averaged(picture, part.x, y), &columns, &mut narrowed);
    }

    let mut rgb = Vec::with_capacity(height as usize * row_samples);
    let mut sums = vec![0_i32; row_samples];
    for taps in &rows {
        sums.fill(0);
        let lines = narrowed[taps.first * row_samples..].chunks_exact(row_samples);
        for (line, &weight) in lines.zip(&taps.weights) {
            for (sum, &light) in sums.iter_mut().zip(line) {
                *sum += weight * i32::from(light);
            }
        }
        rgb.extend(sums.iter().map(|&sum| to_value(rounded(sum))));
    }
    Picture { width, height, rgb }
}

/// One row of light, each sample the mean of `by` × `by` pixels.
struct LightRow {
    by: u32,
    sums: Vec<u32>,
    light: Vec<u16>,
}

impl LightRow {
    fn new(width: u32, by: u32) -> Self {
        let samples = width as usize * CHANNELS;
        Self {
            by,
            sums: vec![0; samples],
            light: vec![0; samples],
        }
    }

    /// The row whose first pixel has its corner at (`x`, `y`).
    fn averaged(&mut self, picture: &Picture, x: u32, y: u32) -> &[u16] {
        let samples = self.light.len() * self.by as usize;
        let row = |y: u32| {
            let start = (y as usize * picture.width as usize + x as usize) * CHANNELS;
            &picture.rgb[start..start + samples]
        };
        if self.by == 1 {
            for (light, &value) in self.light.iter_mut().zip(row(y)) {
                *light = to_light(value);
            }
            return &self.light;
        }
        self.sums.fill(self.by * self.by / 2);
        for y in y..y + self.by {
            let blocks = row(y).chunks_exact(CHANNELS * self.by as usize);
            for (sums, block) in self.sums.chunks_exact_mut(CHANNELS).zip(blocks) {
                for pixel in block.chunks_exact(CHANNELS) {
                    for (sum, &value) in sums.iter_mut().zip(pixel) {
                        *sum += u32::from(to_light(value));
                    }
                }
            }
        }
        let pixels = self.by * self.by;
        for (light, sum) in self.light.iter_mut().zip(&self.sums) {
            *light = u16::try_from(sum / pixels).unwrap_or(u16::MAX);
        }
        &self.light
    }
}

/// Appends the light of one row, resized across.
fn narrow_row(row: &[u16], columns: &[Taps], narrowed: &mut Vec<u16>) {
    for taps in columns {
        let mut sums = [0_i32; CHANNELS];
        let pixels = row[taps.first * CHANNELS..].chunks_exact(CHANNELS);
        for (pixel, &weight) in pixels.zip(&taps.weights) {
            for (sum, &light) in sums.iter_mut().zip(pixel) {
                *sum += weight * i32::from(light);
            }
        }
        narrowed.extend(sums.map(rounded));
    }
}

/// A weighted sum as light; what overshoots is cut.
fn rounded(sum: i32) -> u16 {
    let light = (sum + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS;
    u16::try_from(light.max(0)).unwrap_or(u16::MAX)
}

/// The taps of each of `to` samples made from `pixels`, of which `by` at a time were averaged to one.
fn taps(pixels: u32, by: u32, to: u32) -> Vec<Taps> {
    let from = pixels / by;
    // What does not fill a block still counts in the scale, so that nothing is moved.
    let scale = f64::from(pixels) / f64::from(by) / f64::from(to);
    let stretch = scale.max(1.0);
    (0..to)
        .map(|index| {
            let centre = (f64::from(index) + 0.5) * scale - 0.5;
            let near = (0..from).skip(whole(centre - 2.0 * stretch));
            let near: Vec<u32> = near
                .take_while(|&at| f64::from(at) <= centre + 2.0 * stretch)
                .collect();
            let weights: Vec<f64> = near
                .iter()
                .map(|&at| catmull_rom((f64::from(at) - centre) / stretch))
                .collect();
            Taps {
                first: near.first().map_or(0, |&at| at as usize),
                weights: fixed(&weights),
            }
        })
        .collect()
}

/// Rounds up to a whole number, from 0 on.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a picture are small, and are not negative after max"
)]
fn whole(place: f64) -> usize {
    place.ceil().max(0.0) as usize
}

/// The weights as whole numbers that add up to exactly one, so that an even area keeps its colour.
#[expect(
    clippy::cast_possible_truncation,
    reason = "weights are between -1 and 2"
)]
fn fixed(weights: &[f64]) -> Vec<i32> {
    const ONE: i32 = 1 << WEIGHT_BITS;
    let total: f64 = weights.iter().sum();
    let mut fixed: Vec<i32> = weights
        .iter()
        .map(|weight| (weight / total * f64::from(ONE)).round() as i32)
        .collect();
    let missing = ONE - fixed.iter().sum::<i32>();
    if let Some(largest) = fixed.iter_mut().max() {
        *largest += missing;
    }
    fixed
}

/// The Catmull-Rom spline: sharp, with little ringing, and a polynomial, unlike Lanczos, so that every machine
/// computes the same weights.
fn catmull_rom(distance: f64) -> f64 {
    let x = distance.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}
