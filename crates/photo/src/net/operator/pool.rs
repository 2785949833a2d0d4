//! The largest or the mean value below a window, for every channel.
#![expect(
    clippy::inline_always,
    reason = "vector code must be compiled for the vectors of its caller"
)]

use core::ops::Range;

use fearless_simd::Simd;

use crate::net::shape::{Shape, Window};

/// What is made of the values below a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::net) enum Pooling {
    /// The mean of those inside the image.
    Mean,
    /// The largest of those inside the image.
    Largest,
}

/// A window that moves over an image.
#[derive(Debug)]
pub(in crate::net) struct Pool {
    pub(in crate::net) pooling: Pooling,
    pub(in crate::net) window: Window,
    pub(in crate::net) input: Shape,
    pub(in crate::net) output: Shape,
}

impl Pool {
    pub(super) fn run<S: Simd>(&self, simd: S, input: &[f32], output: &mut [f32]) {
        simd.vectorize(
            #[inline(always)]
            || {
                let Shape {
                    width, channels, ..
                } = self.output;
                for (place, pixel) in output.chunks_exact_mut(channels).enumerate() {
                    let stride = self.window.stride;
                    let rows = self.inside(0, place / width * stride[0]);
                    let columns = self.inside(1, place % width * stride[1]);
                    match self.pooling {
                        Pooling::Mean => self.mean(input, rows, columns, pixel),
                        Pooling::Largest => self.largest(input, rows, columns, pixel),
                    }
                }
            },
        );
    }

    /// The rows or columns of the image that a window covers which begins at `start`, counted with the margin.
    #[inline(always)]
    fn inside(&self, side: usize, start: usize) -> Range<usize> {
        let before = self.window.before[side];
        let all = [self.input.height, self.input.width][side];
        let end = (start + self.window.kernel[side]).saturating_sub(before);
        start.saturating_sub(before)..end.min(all)
    }

    /// The pixels of a part of a row.
    #[inline(always)]
    fn pixels<'a>(
        &self,
        input: &'a [f32],
        row: usize,
        columns: Range<usize>,
    ) -> impl Iterator<Item = &'a [f32]> {
        let Shape {
            width, channels, ..
        } = self.input;
        let line = row * width;
        input[(line + columns.start) * channels..(line + columns.end) * channels]
            .chunks_exact(channels)
    }

    /// Sums rows first and then their sums, which loses less than one long sum.
    #[inline(always)]
    fn mean(&self, input: &[f32], rows: Range<usize>, columns: Range<usize>, means: &mut [f32]) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "windows have far fewer than 2^24 places"
        )]
        let count = (rows.len() * columns.len()) as f32;
        let mut line = vec![0.0; means.len()];
        means.fill(0.0);
        for row in rows {
            line.fill(0.0);
            for pixel in self.pixels(input, row, columns.clone()) {
                for (sum, value) in line.iter_mut().zip(pixel) {
                    *sum += value;
                }
            }
            for (mean, sum) in means.iter_mut().zip(&line) {
                *mean += sum;
            }
        }
        for mean in means {
            *mean /= count;
        }
    }

    #[inline(always)]
    fn largest(
        &self,
        input: &[f32],
        rows: Range<usize>,
        columns: Range<usize>,
        largest: &mut [f32],
    ) {
        largest.fill(f32::MIN);
        for row in rows {
            for pixel in self.pixels(input, row, columns.clone()) {
                for (largest, &value) in largest.iter_mut().zip(pixel) {
                    *largest = if value > *largest { value } else { *largest };
                }
            }
        }
    }
}
