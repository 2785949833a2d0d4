//! Sizes of images, and how a window moves over them.

use super::error::ModelError;

/// The size of an image in memory: row by row, the channels of a pixel side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Rows.
    pub(crate) height: usize,
    /// Columns.
    pub(crate) width: usize,
    /// Values of a pixel.
    pub(crate) channels: usize,
}

impl Shape {
    /// Pixels of the image.
    pub(super) fn pixels(self) -> usize {
        self.height * self.width
    }

    /// Values of the image.
    #[cfg(test)]
    pub(super) fn values(self) -> usize {
        self.pixels() * self.channels
    }
}

/// The sizes of what an operation takes and makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shapes {
    /// What it takes.
    pub(super) input: Shape,
    /// What it makes.
    pub(super) output: Shape,
}

/// What a window does at the edge of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    /// It reaches over the edge, so that every stride has its window.
    Same,
    /// It stays inside.
    Valid,
}

/// A window that moves over an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// Rows and columns it covers.
    pub(super) kernel: [usize; 2],
    /// Steps down and to the right.
    pub(super) stride: [usize; 2],
    /// How far the first window begins above and left of the image.
    pub(super) before: [usize; 2],
}

impl Window {
    /// The window that makes the output of the input.
    ///
    /// # Errors
    /// [`ModelError::Shape`], where it makes something else.
    pub(super) fn new(
        kernel: [usize; 2],
        stride: [usize; 2],
        padding: Padding,
        shapes: Shapes,
    ) -> Result<Self, ModelError> {
        let Shapes { input, output } = shapes;
        let sides = [(input.height, output.height), (input.width, output.width)];
        let mut before = [0; 2];
        for (side, (from, to)) in sides.into_iter().enumerate() {
            let (kernel, stride) = (kernel[side], stride[side]);
            let expected = match padding {
                _ if kernel == 0 || stride == 0 => None,
                Padding::Same => Some(from.div_ceil(stride)),
                Padding::Valid => from.checked_sub(kernel).map(|room| room / stride + 1),
            };
            if expected != Some(to) {
                return Err(ModelError::Shape);
            }
            if padding == Padding::Same {
                before[side] = ((to - 1) * stride + kernel).saturating_sub(from) / 2;
            }
        }
        Ok(Self {
            kernel,
            stride,
            before,
        })
    }

    /// Rows and columns that the windows of `output` cover, what is outside the image included.
    pub(super) fn covered(&self, output: Shape) -> [usize; 2] {
        [
            (output.height - 1) * self.stride[0] + self.kernel[0],
            (output.width - 1) * self.stride[1] + self.kernel[1],
        ]
    }

    /// Where a row or column of the image lies among those covered; `None` where no window reaches it.
    pub(super) fn place(&self, side: usize, at: usize, covered: usize) -> Option<usize> {
        Some(at + self.before[side]).filter(|&at| at < covered)
    }
}
