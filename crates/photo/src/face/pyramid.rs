//! Parts of a picture at the size a network wants, turned and resized.

use super::Point;
use crate::net::Shape;
use crate::picture::{CHANNELS, Picture};

/// No level is made below this side: no network asks for less than half of it.
const SMALLEST_SIDE: u32 = 256;

/// A picture, and the same at half, a quarter, … of its size, shared by all networks that look at it.
pub(super) struct Pyramid<'a> {
    full: &'a Picture,
    halves: Vec<Picture>,
}

/// A rectangle in the picture that may be turned and may reach out of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) centre: Point,
    /// In pixels, along its own sides.
    pub(super) width: f32,
    /// In pixels, along its own sides.
    pub(super) height: f32,
    /// Where its right side points to: a vector of length 1.
    pub(super) right: Point,
}

/// What is seen outside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outside {
    /// Nothing.
    Black,
    /// The nearest pixel.
    Nearest,
}

/// How stored values become the numbers of a network: times `scale`, plus `offset`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values {
    pub(super) scale: f32,
    pub(super) offset: f32,
}

/// How a region becomes the input of a network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sampling {
    pub(super) outside: Outside,
    pub(super) values: Values,
}

impl Values {
    /// 0 to 1.
    pub(super) const UNIT: Self = Self {
        scale: 1.0 / 255.0,
        offset: 0.0,
    };
    /// -1 to 1.
    pub(super) const SIGNED: Self = Self {
        scale: 1.0 / 127.5,
        offset: -1.0,
    };
}

impl Region {
    /// The upright region around `centre`.
    pub(super) fn upright(centre: Point, width: f32, height: f32) -> Self {
        Self {
            centre,
            width,
            height,
            right: Point { x: 1.0, y: 0.0 },
        }
    }

    /// The square around `centre` whose right side points from one point to another.
    pub(super) fn turned(centre: Point, side: f32, from: Point, to: Point) -> Self {
        let (x, y) = (to.x - from.x, to.y - from.y);
        let length = (x * x + y * y).sqrt();
        let right = if length > 0.0 {
            Point {
                x: x / length,
                y: y / length,
            }
        } else {
            Point { x: 1.0, y: 0.0 }
        };
        Self {
            centre,
            width: side,
            height: side,
            right,
        }
    }

    /// The place in the picture of a place in the region, which is told in shares of its sides from its top left.
    pub(super) fn at(&self, across: f32, down: f32) -> Point {
        let (u, v) = ((across - 0.5) * self.width, (down - 0.5) * self.height);
        let Point { x, y } = self.right;
        Point {
            x: self.centre.x + u * x - v * y,
            y: self.centre.y + u * y + v * x,
        }
    }
}

impl<'a> Pyramid<'a> {
    /// Makes the smaller sizes; takes a third of the picture's memory.
    pub(super) fn new(full: &'a Picture) -> Self {
        let mut halves: Vec<Picture> = Vec::new();
        loop {
            let last = halves.last().unwrap_or(full);
            if last.width.min(last.height) < 2 || last.width.max(last.height) < 2 * SMALLEST_SIDE {
                return Self { full, halves };
            }
            halves.push(halved(last));
        }
    }

    /// The whole picture.
    pub(super) fn whole(&self) -> Region {
        let (width, height) = (side(self.full.width), side(self.full.height));
        Region::upright(
            Point {
                x: width / 2.0,
                y: height / 2.0,
            },
            width,
            height,
        )
    }

    /// Writes the region, resized to `shape`, as three values a pixel: the level between one and two pixels of which
    /// make one, interpolated.
    pub(super) fn sample(
        &self,
        region: &Region,
        shape: Shape,
        sampling: Sampling,
        output: &mut [f32],
    ) {
        let Sampling { outside, values } = sampling;
        let (columns, rows) = (count(shape.width), count(shape.height));
        let mut step = (region.width / columns).max(region.height / rows);
        let (mut level, mut scale) = (self.full, 1.0);
        for half in &self.halves {
            if step < 2.0 {
                break;
            }
            (level, scale, step) = (half, scale / 2.0, step / 2.0);
        }
        let black = [values.offset; CHANNELS];
        let lines = output.chunks_exact_mut(shape.width * CHANNELS);
        for (row, line) in lines.enumerate() {
            let down = (count(row) + 0.5) / rows;
            for (column, pixel) in line.as_chunks_mut::<CHANNELS>().0.iter_mut().enumerate() {
                let place = region.at((count(column) + 0.5) / columns, down);
                let (x, y) = (place.x * scale - 0.5, place.y * scale - 0.5);
                *pixel = match outside {
                    Outside::Black if !is_inside(level, x, y) => black,
                    Outside::Black | Outside::Nearest => {
                        interpolated(level, x, y).map(|value| value * values.scale + values.offset)
                    }
                };
            }
        }
    }
}

/// Whether the place, told from the middle of the first pixel, is in the picture.
fn is_inside(picture: &Picture, x: f32, y: f32) -> bool {
    x >= -0.5 && y >= -0.5 && x < side(picture.width) - 0.5 && y < side(picture.height) - 0.5
}

/// The colour at a place told from the middle of the first pixel; outside, that of the nearest pixel.
fn interpolated(picture: &Picture, x: f32, y: f32) -> [f32; CHANNELS] {
    let (left, right, across) = between(x, picture.width);
    let (upper, lower, down) = between(y, picture.height);
    let width = picture.width as usize;
    let pixel = |x: usize, y: usize| {
        let at = (y * width + x) * CHANNELS;
        let samples: &[u8; CHANNELS] = picture.rgb[at..].first_chunk().unwrap_or(&[0; CHANNELS]);
        samples.map(f32::from)
    };
    let (upper_left, upper_right) = (pixel(left, upper), pixel(right, upper));
    let (lower_left, lower_right) = (pixel(left, lower), pixel(right, lower));
    core::array::from_fn(|channel| {
        let above = upper_left[channel] + (upper_right[channel] - upper_left[channel]) * across;
        let below = lower_left[channel] + (lower_right[channel] - lower_left[channel]) * across;
        above + (below - above) * down
    })
}

/// The pixels on both sides of a place, and how near the second is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the place is inside the picture; not a number becomes 0"
)]
fn between(place: f32, size: u32) -> (usize, usize, f32) {
    let last = size as usize - 1;
    let place = place.max(0.0).min(count(last));
    let first = place as usize;
    (first, (first + 1).min(last), place - count(first))
}

/// The picture at half its size: every pixel the mean of four.
fn halved(picture: &Picture) -> Picture {
    let (width, height) = (picture.width / 2, picture.height / 2);
    let row = picture.width as usize * CHANNELS;
    let mut rgb = Vec::with_capacity(width as usize * height as usize * CHANNELS);
    for lines in picture.rgb.chunks_exact(2 * row).take(height as usize) {
        let (upper, lower) = lines.split_at(row);
        let pairs = upper
            .as_chunks::<6>()
            .0
            .iter()
            .zip(lower.as_chunks::<6>().0);
        rgb.extend(pairs.flat_map(|(upper, lower)| {
            let sum = |channel: usize| {
                let sum = |line: &[u8; 6]| u16::from(line[channel]) + u16::from(line[channel + 3]);
                sum(upper) + sum(lower) + 2
            };
            [sum(0), sum(1), sum(2)].map(|sum| (sum / 4).to_le_bytes()[0])
        }));
    }
    Picture { width, height, rgb }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "pictures have sides far below 2^24"
)]
fn side(pixels: u32) -> f32 {
    pixels as f32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "pictures have sides far below 2^24"
)]
pub(super) fn count(number: usize) -> f32 {
    number as f32
}
