//! The sum of two images.

use fearless_simd::Simd;

/// Adds two images of the same size.
pub(super) fn add<S: Simd>(simd: S, first: &[f32], second: &[f32], output: &mut [f32]) {
    simd.vectorize(
        #[inline(always)]
        || {
            for ((sum, first), second) in output.iter_mut().zip(first).zip(second) {
                *sum = first + second;
            }
        },
    );
}
