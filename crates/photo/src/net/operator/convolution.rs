//! Convolution: every output is a weighted sum of all channels below a window.
#![expect(
    clippy::inline_always,
    reason = "vector code must be compiled for the vectors of its caller"
)]

use core::array;

use fearless_simd::{Simd, SimdBase, f32x8};

use super::Activation;
use super::lanes::LANES;
use crate::net::ModelError;
use crate::net::model::MAX_VALUES;
use crate::net::shape::{Shape, Shapes, Window};

/// A convolution with its weights in the order in which they are needed.
#[derive(Debug)]
pub(in crate::net) struct Convolution {
    input: Shape,
    channels: usize,
    window: Window,
    /// Rows and columns of the input with a margin of zeros; `None` where the windows stay inside.
    padded: Option<[usize; 2]>,
    walk: Walk,
    /// For eight output channels at a time: of each value below the window its eight weights, in the order of memory.
    panels: Vec<f32>,
    /// The start of each sum, as many as the panels have.
    biases: Vec<f32>,
    /// What follows the sums.
    pub(in crate::net) activation: Activation,
}

/// How the windows walk over memory: distances in values.
#[derive(Debug)]
struct Walk {
    columns: usize,
    /// From a row of the output to the next.
    row_step: usize,
    /// From a column of the output to the next.
    column_step: usize,
    /// From a row of the window to the next.
    segment_step: usize,
    /// Values of a row of the window; they lie side by side.
    segment: usize,
}

impl Convolution {
    /// A convolution with `weights` for each output channel, row, column and input channel.
    ///
    /// # Errors
    /// [`ModelError::Shape`], where the numbers of weights or biases do not fit.
    pub(in crate::net) fn new(
        window: Window,
        shapes: Shapes,
        weights: &[f32],
        biases: &[f32],
    ) -> Result<Self, ModelError> {
        let Shapes { input, output } = shapes;
        let taps = window.kernel[0] * window.kernel[1] * input.channels;
        if weights.len() != taps * output.channels || biases.len() != output.channels {
            return Err(ModelError::Shape);
        }
        let covered = window.covered(output);
        let is_inside =
            window.before == [0; 2] && covered[0] <= input.height && covered[1] <= input.width;
        let values = covered[0]
            .checked_mul(covered[1])
            .and_then(|all| all.checked_mul(input.channels));
        if values.is_none_or(|values| values > MAX_VALUES) {
            return Err(ModelError::Shape);
        }
        let width = if is_inside { input.width } else { covered[1] };
        Ok(Self {
            input,
            channels: output.channels,
            window,
            padded: (!is_inside).then_some(covered),
            walk: Walk::new(&window, width, input.channels, output),
            panels: panels(weights, taps, output.channels),
            biases: padded_to_lanes(biases),
            activation: Activation::None,
        })
    }

    /// Makes the output of the input.
    pub(in crate::net) fn run<S: Simd>(
        &self,
        simd: S,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        let source = match self.padded {
            None => input,
            Some(covered) => {
                self.pad(input, covered, scratch);
                scratch.as_slice()
            }
        };
        simd.vectorize(
            #[inline(always)]
            || self.rows(simd, source, output),
        );
    }

    /// Copies the input into a margin of zeros.
    fn pad(&self, input: &[f32], [rows, columns]: [usize; 2], scratch: &mut Vec<f32>) {
        let channels = self.input.channels;
        scratch.clear();
        scratch.resize(rows * columns * channels, 0.0);
        let [_, left] = self.window.before;
        let width = self.input.width.min(columns - left) * channels;
        for (y, line) in input.chunks_exact(self.input.width * channels).enumerate() {
            if let Some(row) = self.window.place(0, y, rows) {
                let start = (row * columns + left) * channels;
                scratch[start..start + width].copy_from_slice(&line[..width]);
            }
        }
    }

    #[inline(always)]
    fn rows<S: Simd>(&self, simd: S, source: &[f32], output: &mut [f32]) {
        let walk = &self.walk;
        let lines = output.chunks_exact_mut(walk.columns * self.channels);
        for (row, line) in lines.enumerate() {
            let mut start = row * walk.row_step;
            let mut rest = line;
            // As many pixels at a time as there are registers for their sums.
            if S::f32s::LEN >= LANES {
                rest = self.tiles::<S, 8>(simd, source, &mut start, rest);
            }
            rest = self.tiles::<S, 4>(simd, source, &mut start, rest);
            self.tiles::<S, 1>(simd, source, &mut start, rest);
        }
    }

    /// Makes so many pixels at a time, while the line has so many; returns the rest of the line.
    #[inline(always)]
    fn tiles<'a, S: Simd, const PIXELS: usize>(
        &self,
        simd: S,
        source: &[f32],
        start: &mut usize,
        line: &'a mut [f32],
    ) -> &'a mut [f32] {
        let mut tiles = line.chunks_exact_mut(PIXELS * self.channels);
        for tile in &mut tiles {
            let panels = self
                .panels
                .chunks_exact(self.panels.len() / (self.biases.len() / LANES));
            for (index, (panel, biases)) in panels.zip(self.biases.chunks_exact(LANES)).enumerate()
            {
                let mut sums = [f32x8::from_slice(simd, biases); PIXELS];
                self.sum(simd, &source[*start..], panel, &mut sums);
                let first = index * LANES;
                let count = LANES.min(self.channels - first);
                for (pixel, sum) in tile.chunks_exact_mut(self.channels).zip(sums) {
                    store(sum, &mut pixel[first..first + count]);
                }
            }
            self.activation.change(tile);
            *start += PIXELS * self.walk.column_step;
        }
        tiles.into_remainder()
    }

    /// Adds what is below the windows of a few neighbouring pixels, weighted.
    #[inline(always)]
    fn sum<S: Simd, const PIXELS: usize>(
        &self,
        simd: S,
        source: &[f32],
        panel: &[f32],
        sums: &mut [f32x8<S>; PIXELS],
    ) {
        let walk = &self.walk;
        for (row, weights) in panel.chunks_exact(walk.segment * LANES).enumerate() {
            let segments: [&[f32]; PIXELS] = array::from_fn(|pixel| {
                let first = row * walk.segment_step + pixel * walk.column_step;
                &source[first..first + walk.segment]
            });
            add_segments(simd, segments, weights, sums);
        }
    }
}

/// Adds the values of each pixel, each times its eight weights, to the eight sums of the pixel.
#[inline(always)]
fn add_segments<S: Simd, const PIXELS: usize>(
    simd: S,
    segments: [&[f32]; PIXELS],
    weights: &[f32],
    sums: &mut [f32x8<S>; PIXELS],
) {
    /// Values looked up at a time.
    const BLOCK: usize = 4;
    let (blocks, rest) = weights.as_chunks::<{ BLOCK * LANES }>();
    let segments = segments.map(|segment| segment.as_chunks::<BLOCK>());
    for (index, block) in blocks.iter().enumerate() {
        let values: [&[f32; BLOCK]; PIXELS] = array::from_fn(|pixel| &segments[pixel].0[index]);
        for place in 0..BLOCK {
            let weights = f32x8::from_slice(simd, &block[place * LANES..][..LANES]);
            for (sum, values) in sums.iter_mut().zip(values) {
                *sum += weights * values[place];
            }
        }
    }
    for (index, weights) in rest.chunks_exact(LANES).enumerate() {
        let weights = f32x8::from_slice(simd, weights);
        for (sum, (_, values)) in sums.iter_mut().zip(segments) {
            *sum += weights * values[index];
        }
    }
}

/// Writes the first values of a vector, all of them or fewer.
#[inline(always)]
pub(super) fn store<S: Simd>(vector: f32x8<S>, values: &mut [f32]) {
    if values.len() == LANES {
        vector.store_slice(values);
    } else {
        values.copy_from_slice(&vector.as_slice()[..values.len()]);
    }
}

impl Walk {
    /// The walk over an image of so many columns, the margin included.
    fn new(window: &Window, width: usize, channels: usize, output: Shape) -> Self {
        let is_pixelwise = window.kernel == [1; 2] && window.stride == [1; 2];
        Self {
            // Where windows are single pixels, the image is one long row.
            columns: if is_pixelwise {
                output.pixels()
            } else {
                output.width
            },
            row_step: window.stride[0] * width * channels,
            column_step: window.stride[1] * channels,
            segment_step: width * channels,
            segment: window.kernel[1] * channels,
        }
    }
}

/// The values and as many zeros as make them whole vectors.
pub(super) fn padded_to_lanes(values: &[f32]) -> Vec<f32> {
    let mut padded = values.to_vec();
    padded.resize(values.len().next_multiple_of(LANES), 0.0);
    padded
}

/// Brings the weights of eight output channels side by side.
fn panels(weights: &[f32], taps: usize, channels: usize) -> Vec<f32> {
    let mut panels = vec![0.0; taps * channels.next_multiple_of(LANES)];
    for (channel, weights) in weights.chunks_exact(taps).enumerate() {
        let start = channel / LANES * LANES * taps + channel % LANES;
        for (place, weight) in panels[start..].iter_mut().step_by(LANES).zip(weights) {
            *place = *weight;
        }
    }
    panels
}
