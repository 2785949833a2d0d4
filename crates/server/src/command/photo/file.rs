//! Reading a photo file.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use photo::{FileFault, Limits};

/// The bytes of a file that is no larger than a photo may be; of a larger one none is read.
pub(super) fn bytes(path: &Path) -> io::Result<Result<Vec<u8>, FileFault>> {
    let max = Limits::default().max_bytes;
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    if bytes > max {
        return Ok(Err(FileFault::TooLarge { bytes, max }));
    }
    let mut content = Vec::new();
    // A pipe does not tell its length.
    file.take(max + 1).read_to_end(&mut content)?;
    Ok(Ok(content))
}
