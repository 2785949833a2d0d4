//! The operations of the networks, one a file. Each makes a whole output of whole inputs.
//!
//! All give the same bits everywhere: every output is one sum in one order, whatever the width of the vectors is, and
//! a product and a sum are rounded one after the other.

mod activation;
mod add;
mod concatenate;
mod convolution;
mod depthwise;
mod lanes;
mod pad;
mod pool;
mod resize;
mod scale;
#[cfg(test)]
mod tests;
mod upsample;

use fearless_simd::Simd;

pub(super) use activation::Activation;
pub(crate) use activation::logistic;
pub(super) use convolution::Convolution;
pub(super) use depthwise::Depthwise;
pub(super) use pad::Pad;
pub(super) use pool::{Pool, Pooling};
pub(super) use resize::Resize;
pub(super) use scale::Scale;
pub(super) use upsample::Upsample;

/// An operation, ready to run.
#[derive(Debug)]
pub(super) enum Operator {
    /// The sum of two images.
    Add,
    /// The inputs, one behind the other.
    Concatenate,
    Convolution(Convolution),
    /// The input as it is; what changes it is the activation behind it.
    Copy,
    Depthwise(Depthwise),
    Pad(Pad),
    Pool(Pool),
    Resize(Resize),
    Scale(Scale),
    Upsample(Upsample),
}

impl Operator {
    /// Makes the output of the inputs. `scratch` is memory to work in; what is in it does not matter.
    pub(super) fn run<S: Simd>(
        &self,
        simd: S,
        inputs: &[&[f32]],
        output: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        match (self, inputs) {
            (Self::Add, [first, second]) => add::add(simd, first, second, output),
            (Self::Concatenate, _) => concatenate::concatenate(inputs, output),
            (Self::Convolution(layer), [input]) => layer.run(simd, input, output, scratch),
            (Self::Copy, [input]) => output.copy_from_slice(input),
            (Self::Depthwise(layer), [input]) => layer.run(simd, input, output, scratch),
            (Self::Pad(pad), [input]) => pad.run(input, output),
            (Self::Pool(pool), [input]) => pool.run(simd, input, output),
            (Self::Resize(resize), [input]) => resize.run(simd, input, output, scratch),
            (Self::Scale(scale), [input, factors]) => scale.run(simd, input, factors, output),
            (Self::Upsample(layer), [input]) => layer.run(simd, input, output, scratch),
            (operator, inputs) => {
                debug_assert!(false, "{operator:?} cannot have {} inputs", inputs.len());
            }
        }
    }
}
