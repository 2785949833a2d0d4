//! Transposed convolution whose windows do not overlap: every pixel becomes a small block of pixels.

use fearless_simd::Simd;

use super::Convolution;
use crate::net::ModelError;
use crate::net::shape::{Padding, Shape, Shapes, Window};

/// A convolution that makes all values of a pixel's block at once, and how they are laid out.
#[derive(Debug)]
pub(in crate::net) struct Upsample {
    layer: Convolution,
    input: Shape,
    output: Shape,
    block: [usize; 2],
}

impl Upsample {
    /// Makes blocks of the size `block`, with `weights` for each output channel, row, column and input channel.
    ///
    /// # Errors
    /// [`ModelError::Shape`], where the numbers do not fit.
    pub(in crate::net) fn new(
        block: [usize; 2],
        shapes: Shapes,
        weights: &[f32],
        biases: &[f32],
    ) -> Result<Self, ModelError> {
        let Shapes { input, output } = shapes;
        let size = [
            input.height.checked_mul(block[0]),
            input.width.checked_mul(block[1]),
        ];
        if size != [Some(output.height), Some(output.width)] || biases.len() != output.channels {
            return Err(ModelError::Shape);
        }
        let places = block[0] * block[1];
        let all = Shape {
            channels: places * output.channels,
            ..input
        };
        let flat = Shapes { input, output: all };
        let window = Window::new([1; 2], [1; 2], Padding::Valid, flat)?;
        let biases: Vec<f32> = biases.iter().flat_map(|&bias| vec![bias; places]).collect();
        let layer = Convolution::new(window, flat, weights, &biases)?;
        Ok(Self {
            layer,
            input,
            output,
            block,
        })
    }

    pub(super) fn run<S: Simd>(
        &self,
        simd: S,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        let places = self.block[0] * self.block[1];
        let values = places * self.output.channels;
        scratch.clear();
        scratch.resize(self.input.pixels() * values, 0.0);
        // Its windows are single pixels, for which a convolution needs no scratch.
        self.layer.run(simd, input, scratch, &mut Vec::new());
        let Shape {
            width, channels, ..
        } = self.output;
        for (place, pixel) in output.chunks_exact_mut(channels).enumerate() {
            let (y, x) = (place / width, place % width);
            let block = y / self.block[0] * self.input.width + x / self.block[1];
            let inside = y % self.block[0] * self.block[1] + x % self.block[1];
            for (channel, value) in pixel.iter_mut().enumerate() {
                *value = scratch[block * values + channel * places + inside];
            }
        }
    }
}
