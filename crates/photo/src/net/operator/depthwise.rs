//! Depthwise convolution: every channel for itself.
#![expect(
    clippy::inline_always,
    reason = "vector code must be compiled for the vectors of its caller"
)]

use fearless_simd::{Simd, SimdBase, f32x8};

use super::convolution::{padded_to_lanes, store};
use super::lanes::LANES;
use crate::net::ModelError;
use crate::net::model::MAX_VALUES;
use crate::net::shape::{Shape, Shapes, Window};

/// Pixels made at a time.
const TILE: usize = 4;

/// A depthwise convolution with its weights in the order in which they are needed.
#[derive(Debug)]
pub(in crate::net) struct Depthwise {
    input: Shape,
    output: Shape,
    window: Window,
    /// Rows and columns of the input with its margin.
    covered: [usize; 2],
    kernel: Kernel,
    /// For eight channels at a time: their weights of each place of the window.
    weights: Vec<f32>,
    biases: Vec<f32>,
}

/// The windows there are: for each of them, loops of known length.
#[derive(Debug, Clone, Copy)]
enum Kernel {
    Three,
    ThreeByTwo,
    Five,
    FiveByTwo,
}

impl Depthwise {
    /// A convolution with `weights` for each row, column and channel.
    ///
    /// # Errors
    /// [`ModelError::Shape`], where the numbers do not fit, or the window is not of 3×3 or 5×5 with a stride of 1
    /// or 2.
    pub(in crate::net) fn new(
        window: Window,
        shapes: Shapes,
        weights: &[f32],
        biases: &[f32],
    ) -> Result<Self, ModelError> {
        let Shapes { input, output } = shapes;
        let kernel = match (window.kernel, window.stride) {
            ([3, 3], [1, 1]) => Kernel::Three,
            ([3, 3], [2, 2]) => Kernel::ThreeByTwo,
            ([5, 5], [1, 1]) => Kernel::Five,
            ([5, 5], [2, 2]) => Kernel::FiveByTwo,
            _ => return Err(ModelError::Shape),
        };
        let channels = input.channels;
        let places = window.kernel[0] * window.kernel[1];
        let covered = window.covered(output);
        if output.channels != channels
            || weights.len() != places * channels
            || biases.len() != channels
            || covered[0] * covered[1] > MAX_VALUES / LANES
        {
            return Err(ModelError::Shape);
        }
        let mut blocks = vec![0.0; places * channels.next_multiple_of(LANES)];
        for (place, weights) in weights.chunks_exact(channels).enumerate() {
            for (channel, weight) in weights.iter().enumerate() {
                let block = channel / LANES * places + place;
                blocks[block * LANES + channel % LANES] = *weight;
            }
        }
        Ok(Self {
            input,
            output,
            window,
            covered,
            kernel,
            weights: blocks,
            biases: padded_to_lanes(biases),
        })
    }

    /// Makes the output of the input, eight channels at a time.
    pub(in crate::net) fn run<S: Simd>(
        &self,
        simd: S,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        scratch.clear();
        scratch.resize(self.covered[0] * self.covered[1] * LANES, 0.0);
        simd.vectorize(
            #[inline(always)]
            || {
                let places = self.window.kernel[0] * self.window.kernel[1];
                let blocks = self.weights.chunks_exact(places * LANES);
                for (block, (weights, bias)) in
                    blocks.zip(self.biases.chunks_exact(LANES)).enumerate()
                {
                    self.pad(input, block * LANES, scratch);
                    let bias = f32x8::from_slice(simd, bias);
                    let layer = Block {
                        source: scratch,
                        weights,
                        bias,
                        first: block * LANES,
                    };
                    match self.kernel {
                        Kernel::Three => self.rows::<S, 3, 1>(simd, &layer, output),
                        Kernel::ThreeByTwo => self.rows::<S, 3, 2>(simd, &layer, output),
                        Kernel::Five => self.rows::<S, 5, 1>(simd, &layer, output),
                        Kernel::FiveByTwo => self.rows::<S, 5, 2>(simd, &layer, output),
                    }
                }
            },
        );
    }

    /// Copies eight channels into the margin of zeros, which stays.
    #[inline(always)]
    fn pad(&self, input: &[f32], first: usize, scratch: &mut [f32]) {
        let Shape {
            width, channels, ..
        } = self.input;
        let [rows, columns] = self.covered;
        let left = self.window.before[1];
        let count = LANES.min(channels - first);
        for (y, line) in input.chunks_exact(width * channels).enumerate() {
            let Some(row) = self.window.place(0, y, rows) else {
                return;
            };
            let places = scratch[(row * columns + left) * LANES..(row + 1) * columns * LANES]
                .as_chunks_mut();
            for (place, pixel) in places.0.iter_mut().zip(line.chunks_exact(channels)) {
                copy(&pixel[first..first + count], place);
            }
        }
    }

    #[inline(always)]
    fn rows<S: Simd, const SIZE: usize, const STRIDE: usize>(
        &self,
        simd: S,
        block: &Block<'_, S>,
        output: &mut [f32],
    ) {
        let Shape {
            width, channels, ..
        } = self.output;
        let count = LANES.min(channels - block.first);
        let (source, _) = block.source.as_chunks::<LANES>();
        let columns = self.covered[1];
        for (y, line) in output.chunks_exact_mut(width * channels).enumerate() {
            let source = &source[y * STRIDE * columns..];
            let mut x = 0;
            let mut pixels = line.chunks_exact_mut(TILE * channels);
            for tile in &mut pixels {
                let sums = block.sums::<SIZE, STRIDE, TILE>(simd, &source[x * STRIDE..], columns);
                for (pixel, sum) in tile.chunks_exact_mut(channels).zip(sums) {
                    store(sum, &mut pixel[block.first..block.first + count]);
                }
                x += TILE;
            }
            for pixel in pixels.into_remainder().chunks_exact_mut(channels) {
                let [sum] = block.sums::<SIZE, STRIDE, 1>(simd, &source[x * STRIDE..], columns);
                store(sum, &mut pixel[block.first..block.first + count]);
                x += 1;
            }
        }
    }
}

/// Eight channels of the input with their weights.
struct Block<'a, S: Simd> {
    source: &'a [f32],
    weights: &'a [f32],
    bias: f32x8<S>,
    /// The first of the channels.
    first: usize,
}

impl<S: Simd> Block<'_, S> {
    /// The sums of a few neighbouring pixels, the first of whose windows begins where the source does.
    #[inline(always)]
    fn sums<const SIZE: usize, const STRIDE: usize, const PIXELS: usize>(
        &self,
        simd: S,
        source: &[[f32; LANES]],
        columns: usize,
    ) -> [f32x8<S>; PIXELS] {
        let mut sums = [self.bias; PIXELS];
        for (row, weights) in self.weights.chunks_exact(SIZE * LANES).enumerate() {
            let line = &source[row * columns..][..(PIXELS - 1) * STRIDE + SIZE];
            for (column, weights) in weights.chunks_exact(LANES).enumerate().take(SIZE) {
                let weights = f32x8::from_slice(simd, weights);
                for (pixel, sum) in sums.iter_mut().enumerate() {
                    *sum += weights * f32x8::from_slice(simd, &line[pixel * STRIDE + column]);
                }
            }
        }
        sums
    }
}

/// Copies up to eight values.
#[inline(always)]
fn copy(values: &[f32], place: &mut [f32; LANES]) {
    match values.first_chunk() {
        Some(values) => *place = *values,
        None => place[..values.len()].copy_from_slice(values),
    }
}
