//! More channels.

/// Adds channels of zeros to every pixel.
#[derive(Debug)]
pub(in crate::net) struct Pad {
    /// Channels of the input.
    pub(in crate::net) from: usize,
    /// Channels of the output, not fewer.
    pub(in crate::net) to: usize,
}

impl Pad {
    pub(super) fn run(&self, input: &[f32], output: &mut [f32]) {
        let pixels = input.chunks_exact(self.from);
        for (padded, pixel) in output.chunks_exact_mut(self.to).zip(pixels) {
            padded[..self.from].copy_from_slice(pixel);
            padded[self.from..].fill(0.0);
        }
    }
}
