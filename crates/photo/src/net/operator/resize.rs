//! Another size, by linear interpolation.
#![expect(
    clippy::inline_always,
    reason = "vector code must be compiled for the vectors of its caller"
)]

use fearless_simd::Simd;

use crate::net::shape::Shape;

/// Interpolates between the four nearest pixels; the edges of both images coincide.
#[derive(Debug)]
pub(in crate::net) struct Resize {
    input: Shape,
    output: Shape,
    rows: Vec<Blend>,
    columns: Vec<Blend>,
}

/// A place between two rows or columns.
#[derive(Debug)]
struct Blend {
    first: usize,
    second: usize,
    /// How near it is to the second, 0 to 1.
    share: f32,
}

impl Resize {
    /// Resizes `input` to `output`, which has as many channels.
    pub(in crate::net) fn new(input: Shape, output: Shape) -> Self {
        Self {
            input,
            output,
            rows: blends(input.height, output.height),
            columns: blends(input.width, output.width),
        }
    }

    pub(super) fn run<S: Simd>(
        &self,
        simd: S,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        simd.vectorize(
            #[inline(always)]
            || {
                let channels = self.input.channels;
                let line = self.input.width * channels;
                scratch.clear();
                scratch.resize(line, 0.0);
                let lines = output.chunks_exact_mut(self.output.width * channels);
                for (row, pixels) in self.rows.iter().zip(lines) {
                    let [upper, lower] =
                        [row.first, row.second].map(|row| &input[row * line..][..line]);
                    blend(upper, lower, row.share, scratch);
                    for (column, pixel) in
                        self.columns.iter().zip(pixels.chunks_exact_mut(channels))
                    {
                        let [left, right] = [column.first, column.second]
                            .map(|column| &scratch[column * channels..][..channels]);
                        blend(left, right, column.share, pixel);
                    }
                }
            },
        );
    }
}

#[inline(always)]
fn blend(first: &[f32], second: &[f32], share: f32, output: &mut [f32]) {
    for ((output, first), second) in output.iter_mut().zip(first).zip(second) {
        *output = first + (second - first) * share;
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in an image are small, and are not negative after max"
)]
fn blends(from: usize, to: usize) -> Vec<Blend> {
    let scale = from as f32 / to as f32;
    let blend = |at: usize| {
        let place = ((at as f32 + 0.5) * scale - 0.5).max(0.0);
        let first = (place as usize).min(from - 1);
        Blend {
            first,
            second: (first + 1).min(from - 1),
            share: place - first as f32,
        }
    };
    (0..to).map(blend).collect()
}
