//! ZIP as Alipay packs its bills: names in GBK, without the flag that would say UTF-8.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// Deflate, in the format's numbers.
const DEFLATE: u16 = 8;
/// Version of the format that knows deflate.
const VERSION: u16 = 20;

/// Text as GBK; what GBK lacks becomes a question mark.
pub(crate) fn gbk(text: &str) -> Vec<u8> {
    let known: String = (text.chars())
        .map(|character| {
            let mut buffer = [0; 4];
            let (_, _, is_lossy) = encoding_rs::GBK.encode(character.encode_utf8(&mut buffer));
            if is_lossy { '?' } else { character }
        })
        .collect();
    encoding_rs::GBK.encode(&known).0.into_owned()
}

/// A ZIP of these files; `is_damaged` gives the last one a checksum that is wrong.
pub(crate) fn zip(files: &[(&str, &str)], is_damaged: bool) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (position, (name, text)) in files.iter().enumerate() {
        let (name, bytes) = (gbk(name), gbk(text));
        let mut crc = Crc::new();
        crc.update(&bytes);
        let is_wrong = is_damaged && position + 1 == files.len();
        let sum = if is_wrong { !crc.sum() } else { crc.sum() };
        let packed = deflate(&bytes);
        let offset = size(archive.len());
        let mut shared = Vec::new();
        for field in [VERSION, 0, DEFLATE, 0, 0x21] {
            shared.extend(field.to_le_bytes());
        }
        for field in [sum, size(packed.len()), size(bytes.len())] {
            shared.extend(field.to_le_bytes());
        }
        shared.extend(short(name.len()).to_le_bytes());
        shared.extend([0; 2]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&shared);
        archive.extend(&name);
        archive.extend(&packed);
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(&name);
    }
    let start = size(archive.len());
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06");
    archive.extend([0; 4]);
    for _ in 0..2 {
        archive.extend(short(files.len()).to_le_bytes());
    }
    archive.extend(size(directory.len()).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    archive
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory doesn't fail; were it to, the checksum shows it.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// A bill is far from 4 GiB.
fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::gbk;

    #[test]
    fn another_reader_finds_the_files() {
        let archive = super::zip(&[("甲.csv", "金额\t\n"), ("乙.csv", "é")], false);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bill.zip");
        std::fs::write(&path, archive).unwrap();
        let mut reader = ::zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
        assert_eq!(reader.len(), 2);
        let mut file = reader.by_index(0).unwrap();
        assert_eq!(file.name_raw(), gbk("甲.csv"));
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!(encoding_rs::GBK.decode(&bytes).0, "金额\t\n");
    }

    #[test]
    fn what_gbk_lacks_becomes_a_question_mark() {
        assert_eq!(gbk("a😀b"), b"a?b");
    }
}
