//! Numbers about a picture; what they mean is for [`judge`](crate::judge()) to say.

mod border;

use serde::{Deserialize, Serialize};

use crate::picture::Picture;
pub use border::Border;

/// What was measured, in pixels of the upright original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measurements {
    /// Width of the picture.
    pub width_px: u32,
    /// Height of the picture.
    pub height_px: u32,
    /// The strips of black or white along its edges.
    pub border: Border,
}

/// Measures a picture.
pub fn measure(picture: &Picture) -> Measurements {
    Measurements {
        width_px: picture.width,
        height_px: picture.height,
        border: border::border(picture),
    }
}
