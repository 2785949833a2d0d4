//! A file turned by quarters.

use crate::file::{FileFacts, FileFault, Kind, Limits, inspect, strip};
use crate::frame::shrink;
use crate::picture::decode;

/// Quality of a picture that has to be written anew. Source: `docs/sources.md#photo-measures`.
const QUALITY: u8 = 95;

impl FileFacts {
    /// The facts of the same file once it is turned clockwise by so many quarters.
    #[must_use]
    pub fn turned(self, quarters: u8) -> Self {
        let orientation =
            (0..quarters).fold(self.orientation, |orientation, _| orientation.turned());
        Self {
            orientation,
            ..self
        }
    }
}

/// The file turned clockwise by so many quarters, without metadata. Of a JPEG file, not one pixel is written anew. A PNG
/// file becomes a JPEG, since not every browser heeds how a PNG says to stand.
///
/// # Errors
/// [`FileFault`] for a file that [`decode`](crate::decode) refuses.
pub fn turn(bytes: &[u8], quarters: u8, limits: &Limits) -> Result<Vec<u8>, FileFault> {
    let facts = inspect(bytes, limits)?.turned(quarters);
    let turned = strip(bytes, &facts)?;
    match facts.kind {
        Kind::Jpeg => Ok(turned),
        Kind::Png => {
            let picture = decode(&turned, limits)?;
            shrink(&picture, u16::MAX, QUALITY).map_err(|_| FileFault::Damaged)
        }
    }
}
