//! Writing ZIP archives whose entries can be read while they come. Source: docs/sources.md#zip.
//!
//! Every entry is stored as it is, with checksum and length before its content. So programs that read an archive as a
//! stream, such as Java's `ZipInputStream`, can take it; they refuse stored entries whose length follows them.

use std::fmt;

use crate::TableError;

/// What a version 2.0 program can read.
const VERSION: u16 = 20;
/// What is needed to read 64-bit places and counts.
const VERSION_64: u16 = 45;
/// The system on which names and permissions are read: Unix, where names are not converted.
const UNIX: u16 = 3 << 8;
/// A file that everybody may read and its owner may write.
const FILE: u32 = 0o100_644 << 16;
/// Says that a name is in UTF-8.
const UTF8: u16 = 1 << 11;
/// Day and time of every entry, 1980-01-01 00:00: an archive depends on nothing but its contents.
const DAY: u16 = (1 << 5) | 1;
/// In place of a number that does not fit in 16 or 32 bits.
const SEE_64: (u16, u32) = (u16::MAX, u32::MAX);

/// Writes an archive piece by piece: each call adds bytes to what the caller keeps or sends away. Memory holds about 100
/// bytes an entry.
pub struct ArchiveWriter {
    directory: Vec<u8>,
    entries: u64,
    offset: u64,
}

impl fmt::Debug for ArchiveWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArchiveWriter")
            .field("entries", &self.entries)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}

impl Default for ArchiveWriter {
    fn default() -> Self {
        Self::beginning_at(0)
    }
}

impl ArchiveWriter {
    /// An archive that begins at a place of its file.
    fn beginning_at(offset: u64) -> Self {
        Self {
            directory: Vec::new(),
            entries: 0,
            offset,
        }
    }

    /// Adds a file under a name with `/` between folders; `out` gets what is to be written.
    ///
    /// # Errors
    /// [`TableError::TooManyBytes`] for a name of more than 65,535 bytes or a content of 4 GiB or more.
    pub fn add(&mut self, name: &str, content: &[u8], out: &mut Vec<u8>) -> Result<(), TableError> {
        let too_large = || TableError::TooManyBytes {
            limit: u64::from(u32::MAX) - 1,
        };
        let (Ok(name_length), Ok(length)) =
            (u16::try_from(name.len()), u32::try_from(content.len()))
        else {
            return Err(too_large());
        };
        if length == u32::MAX {
            return Err(too_large());
        }
        let flags = if name.is_ascii() { 0 } else { UTF8 };
        let mut facts = Vec::with_capacity(22);
        for number in [flags, 0, 0, DAY] {
            facts.extend_from_slice(&number.to_le_bytes());
        }
        for number in [crc32fast::hash(content), length, length] {
            facts.extend_from_slice(&number.to_le_bytes());
        }
        facts.extend_from_slice(&name_length.to_le_bytes());

        let begin = out.len();
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&facts);
        out.extend_from_slice(&0_u16.to_le_bytes());
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(content);
        self.list(name, &facts);
        self.offset += (out.len() - begin) as u64;
        self.entries += 1;
        Ok(())
    }

    /// Adds an entry at the present place to the directory.
    fn list(&mut self, name: &str, facts: &[u8]) {
        let short = u32::try_from(self.offset).unwrap_or(SEE_64.1);
        let is_long = short == SEE_64.1;
        let version = if is_long { VERSION_64 } else { VERSION };
        let directory = &mut self.directory;
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&(UNIX | version).to_le_bytes());
        directory.extend_from_slice(&version.to_le_bytes());
        directory.extend_from_slice(facts);
        let extra: u16 = if is_long { 12 } else { 0 };
        // Then a comment, a disk, and what an editor needs: none.
        for number in [extra, 0, 0, 0] {
            directory.extend_from_slice(&number.to_le_bytes());
        }
        directory.extend_from_slice(&FILE.to_le_bytes());
        directory.extend_from_slice(&short.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        if is_long {
            directory.extend_from_slice(&[1, 0, 8, 0]);
            directory.extend_from_slice(&self.offset.to_le_bytes());
        }
    }

    /// Ends the archive; `out` gets the directory.
    pub fn finish(self, out: &mut Vec<u8>) {
        let (begin, size) = (self.offset, self.directory.len() as u64);
        out.extend_from_slice(&self.directory);
        let entries = u16::try_from(self.entries).unwrap_or(SEE_64.0);
        let short = |number: u64| u32::try_from(number).unwrap_or(SEE_64.1);
        if entries == SEE_64.0 || short(begin) == SEE_64.1 || short(size) == SEE_64.1 {
            self.finish_64(out);
        }
        out.extend_from_slice(b"PK\x05\x06");
        for number in [0, 0, entries, entries] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in [short(size), short(begin)] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&0_u16.to_le_bytes());
    }

    /// The end with numbers of 64 bits, and where it is.
    fn finish_64(&self, out: &mut Vec<u8>) {
        let (begin, size) = (self.offset, self.directory.len() as u64);
        out.extend_from_slice(b"PK\x06\x06");
        out.extend_from_slice(&44_u64.to_le_bytes());
        out.extend_from_slice(&VERSION_64.to_le_bytes());
        out.extend_from_slice(&VERSION_64.to_le_bytes());
        out.extend_from_slice(&[0; 8]);
        for number in [self.entries, self.entries, size, begin] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(b"PK\x06\x07\0\0\0\0");
        out.extend_from_slice(&(begin + size).to_le_bytes());
        out.extend_from_slice(&1_u32.to_le_bytes());
    }
}

#[cfg(test)]
mod tests;
