//! Channels made stronger or weaker.

use fearless_simd::Simd;

/// Multiplies every channel of an image by a factor of its own.
#[derive(Debug)]
pub(in crate::net) struct Scale {
    /// Channels of the image, as many as there are factors.
    pub(in crate::net) channels: usize,
}

impl Scale {
    pub(super) fn run<S: Simd>(&self, simd: S, input: &[f32], factors: &[f32], output: &mut [f32]) {
        simd.vectorize(
            #[inline(always)]
            || {
                let pixels = input.chunks_exact(self.channels);
                for (scaled, pixel) in output.chunks_exact_mut(self.channels).zip(pixels) {
                    for ((scaled, value), factor) in scaled.iter_mut().zip(pixel).zip(factors) {
                        *scaled = value * factor;
                    }
                }
            },
        );
    }
}
