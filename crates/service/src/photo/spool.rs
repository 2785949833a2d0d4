//! An uploaded file on its way in: in a temporary file without a name, so that a slow upload holds no memory and nothing
//! is left on the disk when the server ends.

use std::io::{self, SeekFrom};
use std::path::Path;

use bytes::Bytes;
use providers::keys::Sha256;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

/// A file that is being received.
#[derive(Debug)]
pub struct Spool {
    file: File,
    bytes: usize,
    hash: Sha256,
}

/// A file that was received.
#[derive(Debug)]
pub struct SpooledFile {
    file: File,
    bytes: usize,
    sha256: [u8; 32],
}

impl Spool {
    /// An empty file in this folder.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn create(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            file: File::from_std(tempfile::tempfile_in(folder)?),
            bytes: 0,
            hash: Sha256::default(),
        })
    }

    /// Adds to the end. The caller limits the length.
    ///
    /// # Errors
    /// Where the disk is full or broken.
    pub async fn append(&mut self, part: &[u8]) -> io::Result<()> {
        self.file.write_all(part).await?;
        self.bytes += part.len();
        self.hash.update(part);
        Ok(())
    }

    /// The complete file.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub async fn finish(mut self) -> io::Result<SpooledFile> {
        self.file.flush().await?;
        Ok(SpooledFile {
            file: self.file,
            bytes: self.bytes,
            sha256: self.hash.finish(),
        })
    }
}

impl SpooledFile {
    /// The SHA-256 of the file.
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// The file itself, which has no name.
    pub(crate) async fn into_file(self) -> std::fs::File {
        self.file.into_std().await
    }

    /// Reads the file into memory.
    ///
    /// # Errors
    /// Where the disk is broken.
    pub async fn read(mut self) -> io::Result<Bytes> {
        let mut content = Vec::with_capacity(self.bytes);
        self.file.seek(SeekFrom::Start(0)).await?;
        self.file.read_to_end(&mut content).await?;
        Ok(content.into())
    }
}

#[cfg(test)]
mod tests {
    use providers::keys::sha256;

    use super::*;

    #[tokio::test]
    async fn a_file_comes_out_as_it_went_in_and_leaves_no_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::create(folder.path()).unwrap();
        for part in [&b"one "[..], b"", b"two"] {
            spool.append(part).await.unwrap();
        }
        let file = spool.finish().await.unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert_eq!(file.sha256(), sha256(b"one two"));
        assert_eq!(file.read().await.unwrap(), &b"one two"[..]);
    }
}
