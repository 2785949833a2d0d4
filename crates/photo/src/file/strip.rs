//! A file without what is not its picture: no metadata, nothing behind the end. Not one pixel is written anew.

use super::{FileFacts, FileFault, Kind, jpeg, png};

/// The file with nothing but the picture, its colours and how it stands: camera, place, time, comments, thumbnails, whatever
/// editors add, and all that follows the picture are gone. The orientation stays as an EXIF block with that and nothing else;
/// colour profiles and the chunks that tell colours stay as they are. Whoever decodes it sees the same.
///
/// # Errors
/// [`FileFault`] for a file that [`inspect`](crate::inspect) refuses.
pub fn strip(bytes: &[u8], facts: &FileFacts) -> Result<Vec<u8>, FileFault> {
    match facts.kind {
        Kind::Jpeg => jpeg::strip(bytes, facts.orientation),
        Kind::Png => png::strip(bytes, facts.orientation),
    }
}
