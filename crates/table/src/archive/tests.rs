//! Archives as other programs read them, and byte by byte.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;

use super::ArchiveWriter;

fn archive(mut writer: ArchiveWriter, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, content) in files {
        writer.add(name, content, &mut out).unwrap();
    }
    writer.finish(&mut out);
    out
}

fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let digits = bytes[at..at + length].iter().rev();
    digits.fold(0, |number, digit| number << 8 | u64::from(*digit))
}

/// What a program that reads a stream needs before each content: it must not have to look behind it.
#[test]
fn every_local_header_says_how_long_its_content_is() {
    let files: [(&str, &[u8]); 3] = [
        ("photos/1.jpg", b"picture"),
        ("photos/\u{8ba1}/2.jpg", b""),
        ("manifest.csv", b"a,b"),
    ];
    let bytes = archive(ArchiveWriter::default(), &files);
    let mut at = 0;
    for (name, content) in files {
        assert_eq!(&bytes[at..at + 4], b"PK\x03\x04");
        let flags = number(&bytes, at + 6, 2);
        assert_eq!(flags & (1 << 3), 0, "{name} has a data descriptor");
        assert_eq!(flags & (1 << 11) == 0, name.is_ascii(), "{name}");
        assert_eq!(number(&bytes, at + 8, 2), 0, "{name} is compressed");
        let crc = u64::from(crc32fast::hash(content));
        assert_eq!(number(&bytes, at + 14, 4), crc);
        assert_eq!(number(&bytes, at + 18, 4), content.len() as u64);
        assert_eq!(number(&bytes, at + 22, 4), content.len() as u64);
        assert_eq!(number(&bytes, at + 26, 2), name.len() as u64);
        assert_eq!(number(&bytes, at + 28, 2), 0, "no extra field");
        at += 30 + name.len() + content.len();
    }
    assert_eq!(&bytes[at..at + 4], b"PK\x01\x02", "the directory follows");
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
    assert_eq!(number(&bytes, end + 8, 2), 3);
    assert_eq!(number(&bytes, end + 16, 4), at as u64);
}

#[test]
fn an_archive_says_the_same_whenever_it_is_made() {
    let files: [(&str, &[u8]); 1] = [("a", b"b")];
    let one = archive(ArchiveWriter::default(), &files);
    assert_eq!(one, archive(ArchiveWriter::default(), &files));
}

/// Tests the archive with `unzip` and with Python, which both check every checksum.
fn read_by_others(path: &Path, entries: usize) {
    let mut unzip = Command::new("unzip");
    // Without a language of the system it takes names that are no ASCII for changed.
    unzip.env("LC_ALL", "C.UTF-8");
    let tested = unzip.arg("-tqq").arg(path).output().unwrap();
    let said = String::from_utf8_lossy(&tested.stdout);
    assert!(tested.status.success(), "unzip: {said}");
    let script = "import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    assert all(i.compress_type == zipfile.ZIP_STORED for i in z.infolist())
    print(len(z.infolist()), z.infolist()[-1].filename, z.read(z.infolist()[-1]).decode())";
    let mut python = Command::new("python3");
    let read = python.args(["-c", script]).arg(path).output().unwrap();
    let complaint = String::from_utf8_lossy(&read.stderr).into_owned();
    let said = String::from_utf8(read.stdout).unwrap();
    let expected = format!("{entries} \u{8ba1}/last.txt the last one\n");
    assert_eq!(said, expected, "python: {complaint}");
}

#[test]
fn more_entries_than_sixteen_bits_count_are_read_by_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.zip");
    let (mut writer, mut out) = (ArchiveWriter::default(), Vec::new());
    for number in 0..66_000 {
        let name = format!("photos/{number}.jpg");
        writer.add(&name, name.as_bytes(), &mut out).unwrap();
    }
    let last = "\u{8ba1}/last.txt";
    writer.add(last, b"the last one", &mut out).unwrap();
    writer.finish(&mut out);
    std::fs::write(&path, out).unwrap();
    read_by_others(&path, 66_001);
}

/// What stands before is a hole in the file, so that it takes no room.
#[test]
fn an_archive_behind_four_gigabytes_is_read_by_others() {
    const BEGIN: u64 = (4 << 30) + 7;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("far.zip");
    let bytes = archive(
        ArchiveWriter::beginning_at(BEGIN),
        &[("a.txt", b"first"), ("\u{8ba1}/last.txt", b"the last one")],
    );
    let mut file = File::create(&path).unwrap();
    file.seek(SeekFrom::Start(BEGIN)).unwrap();
    file.write_all(&bytes).unwrap();
    read_by_others(&path, 2);
}

#[test]
fn an_empty_archive_is_one() {
    let bytes = archive(ArchiveWriter::default(), &[]);
    assert_eq!(bytes.len(), 22);
}
