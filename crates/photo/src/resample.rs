//! Resizing a part of a picture, in whole numbers once the weights are known.
#![expect(
    clippy::float_arithmetic,
    reason = "weights are made of IEEE-exact operations only"
)]
#![expect(
    clippy::inline_always,
    reason = "vector code must be compiled for the vectors of its caller"
)]

use fearless_simd::{Level, Simd, dispatch};

use crate::frame::Crop;
use crate::light::{to_light, to_value};
use crate::picture::{CHANNELS, Picture};
use crate::pixel::Pixel;

/// Bits of a weight after the point. With 16 bits of light and Catmull-Rom's overshoot, sums stay within 31 bits.
const WEIGHT_BITS: u32 = 14;

/// Most pixels a side of a block that are averaged at once; the light of so many squared fits 31 bits.
const MOST_AVERAGED: u32 = 181;

/// The light of a pixel and of the one below it, each with a fourth sample that is 0, since processors take four or
/// eight at a time.
type Light = [i32; 2 * WIDE];

/// Samples of a pixel with the fourth.
const WIDE: usize = 4;

/// What makes one new sample: weights for neighbouring old samples, the first of which is `first`.
struct Taps {
    first: usize,
    weights: Vec<i32>,
}

/// Resizes `part` of the picture to `width` × `height` pixels with a Catmull-Rom filter, widened where the picture
/// shrinks, in linear light. Where it shrinks to less than a quarter, blocks of pixels are averaged first, which leaves
/// the filter at least twice the samples of the result. The part must lie inside the picture, and no side may be 0.
pub(crate) fn resample(picture: &Picture, part: Crop, width: u32, height: u32) -> Picture {
    let rgb = dispatch!(Level::new(), simd => simd.vectorize(
        #[inline(always)]
        || resized(picture, part, width, height),
    ));
    Picture { width, height, rgb }
}

/// The samples of the resized part, in whole numbers, which are the same on every machine.
#[inline(always)]
fn resized(picture: &Picture, part: Crop, width: u32, height: u32) -> Vec<u8> {
    let by = (part.width / (2 * width))
        .min(part.height / (2 * height))
        .clamp(1, MOST_AVERAGED);
    let columns = taps(part.width, by, width);
    let rows = taps(part.height, by, height);
    let row_samples = width as usize * CHANNELS;

    let mut narrowed = vec![0; (part.height / by) as usize * row_samples];
    let mut light = vec![Light::default(); (part.width / by) as usize];
    let mut top = part.y;
    for lines in narrowed.chunks_mut(2 * row_samples) {
        for below in 0..lines.len() / row_samples {
            average(
                picture,
                Pixel { x: part.x, y: top },
                by,
                &mut light,
                below * WIDE,
            );
            top += by;
        }
        narrow(&light, &columns, lines);
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
    rgb
}

/// Makes a row of light, each the mean of `by` × `by` pixels; `first` is the top left one of all. The samples
/// are written from the place `to` on.
#[inline(always)]
fn average(picture: &Picture, first: Pixel, by: u32, light: &mut [Light], to: usize) {
    let Pixel { x, y } = first;
    let samples = light.len() * by as usize * CHANNELS;
    let row = |y: u32| {
        let start = (y as usize * picture.width as usize + x as usize) * CHANNELS;
        &picture.rgb[start..start + samples]
    };
    let light = light.iter_mut().map(|light| &mut light[to..to + CHANNELS]);
    if by == 1 {
        for (light, pixel) in light.zip(row(y).as_chunks::<CHANNELS>().0) {
            for (light, &value) in light.iter_mut().zip(pixel) {
                *light = i32::from(to_light(value));
            }
        }
        return;
    }
    let pixels = i32::try_from(by * by).unwrap_or(i32::MAX);
    let blocks = |y: u32| row(y).chunks_exact(CHANNELS * by as usize);
    for (index, light) in light.enumerate() {
        let mut sums = [pixels / 2; CHANNELS];
        for y in y..y + by {
            if let Some(block) = blocks(y).nth(index) {
                for pixel in block.as_chunks::<CHANNELS>().0 {
                    for (sum, &value) in sums.iter_mut().zip(pixel) {
                        *sum += i32::from(to_light(value));
                    }
                }
            }
        }
        for (light, sum) in light.iter_mut().zip(sums) {
            *light = sum / pixels;
        }
    }
}

/// Writes the light of two rows, or of the upper one, resized across.
#[inline(always)]
fn narrow(rows: &[Light], columns: &[Taps], narrowed: &mut [u16]) {
    let (upper, lower) = narrowed.split_at_mut(columns.len() * CHANNELS);
    let mut lower = lower.as_chunks_mut::<CHANNELS>().0.iter_mut();
    for (upper, taps) in upper.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(columns) {
        let mut sums = Light::default();
        for (light, &weight) in rows[taps.first..].iter().zip(&taps.weights) {
            for (sum, light) in sums.iter_mut().zip(light) {
                *sum += weight * light;
            }
        }
        let [red, green, blue, _, below @ ..] = sums.map(rounded);
        *upper = [red, green, blue];
        if let Some(lower) = lower.next() {
            lower.copy_from_slice(&below[..CHANNELS]);
        }
    }
}

/// A weighted sum as light; what overshoots is cut.
#[inline(always)]
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
