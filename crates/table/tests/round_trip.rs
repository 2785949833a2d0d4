//! Tables read as they were written, limits hold and name the place, and no file stops the program.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::io::{Cursor, Read};

use proptest::prelude::*;
use rstest::rstest;
use table::{Delimiter, Encoding, Format, Layout, LayoutChoice, Limits, Reader, Row, TableError};
use table::{WriteOptions, Writer};

const ENCODINGS: [Encoding; 4] = [
    Encoding::Utf8,
    Encoding::Gb18030,
    Encoding::Utf16Le,
    Encoding::Utf16Be,
];

fn written<T: AsRef<str>>(rows: &[Vec<T>], options: WriteOptions) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), options).unwrap();
    for row in rows {
        writer.write(row).unwrap();
    }
    writer.finish().unwrap()
}

fn read(file: &[u8], layout: Layout, limits: Limits) -> Result<Vec<Row>, TableError> {
    Reader::new(file, layout, limits).collect()
}

fn cells(rows: Vec<Row>) -> Vec<Vec<String>> {
    rows.into_iter().map(|row| row.cells).collect()
}

fn detected(file: &[u8]) -> Result<Layout, TableError> {
    let choice = LayoutChoice::default();
    Layout::detect(&mut Cursor::new(file), choice, &Limits::default())
}

/// Texts as people and attackers write them. Private characters are left out: GB18030 has two forms of some.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ,;\t\r\n\"'=+@.－＝-]{0,12}",
        "[\u{4e00}-\u{9fa5}\u{4dae}\u{20000}-\u{2a6d6}·（）]{0,8}",
        "[+-]?[0-9]{0,14}",
    ]
}

fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), 1..6), 0..8)
}

proptest! {
    #[test]
    fn a_table_reads_as_it_was_written(
        rows in rows(), encoding in 0..4_usize, delimiter in 0..3_usize,
    ) {
        let options = WriteOptions {
            encoding: ENCODINGS[encoding],
            delimiter: Delimiter::ALL[delimiter],
        };
        let file = written(&rows, options);
        let layout = Layout {
            format: Format::Csv,
            encoding: options.encoding,
            delimiter: options.delimiter,
        };
        let read = read(&file, layout, Limits::default()).unwrap();
        prop_assert_eq!(cells(read), rows);
    }

    #[test]
    fn no_cell_of_a_written_table_begins_a_formula(rows in rows()) {
        let file = String::from_utf8(written(&rows, WriteOptions::default())).unwrap();
        for cell in file.split('"').filter(|cell| cell.trim_start().starts_with(['=', '@', '＝'])) {
            // What stands between two quotes is a cell, or the rest of one after a quote of its own.
            prop_assert!(rows.iter().flatten().any(|text| text.contains(&format!("\"{cell}"))), "{cell:?}");
        }
    }

    #[test]
    fn no_file_stops_the_program(bytes in prop::collection::vec(any::<u8>(), 0..600), mark in 0..4_usize) {
        let marks: [&[u8]; 4] = [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
        let file = [marks[mark], &bytes].concat();
        let limits = Limits { bytes: 500, unpacked_bytes: 500, rows: 5, columns: 4, cell_chars: 9, row_bytes: 60 };
        for encoding in ENCODINGS {
            for delimiter in Delimiter::ALL {
                let layout = Layout { format: Format::Csv, encoding, delimiter };
                for row in Reader::new(&file[..], layout, limits).map_while(Result::ok) {
                    prop_assert!(row.number <= 5 && row.cells.len() <= 4);
                    prop_assert!(row.cells.iter().all(|cell| cell.chars().count() <= 9));
                }
            }
        }
        if let Ok(layout) = Layout::detect(&mut Cursor::new(&file), LayoutChoice::default(), &limits) {
            let _ = read(&file, layout, limits);
        }
    }
}

#[test]
fn how_a_file_is_written_is_found_out() {
    let rows = [vec!["姓名", "证件号码"], vec!["陈䶮", "11010519491231002X"]];
    for encoding in ENCODINGS {
        for delimiter in Delimiter::ALL {
            let file = written(
                &rows,
                WriteOptions {
                    encoding,
                    delimiter,
                },
            );
            let layout = detected(&file).unwrap();
            assert_eq!((layout.encoding, layout.delimiter), (encoding, delimiter));
            assert_eq!(cells(read(&file, layout, Limits::default()).unwrap()), rows);
        }
    }
    // Without a mark, and written by others: no quotes, other ends of lines, a last line without an end.
    let plain = "姓名;学号\r张三;007\r\n李四;2\n\n王五;3";
    let layout = detected(plain.as_bytes()).unwrap();
    assert_eq!(
        (layout.encoding, layout.delimiter),
        (Encoding::Utf8, Delimiter::Semicolon)
    );
    let found = read(plain.as_bytes(), layout, Limits::default()).unwrap();
    assert_eq!(
        found.last().unwrap(),
        &Row {
            number: 4,
            cells: vec!["王五".into(), "3".into()],
            faults: Vec::new(),
        }
    );
}

#[test]
fn a_character_across_two_reads_is_whole() {
    /// Gives one byte at a time.
    struct Slow<'a>(&'a [u8]);
    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(buffer.len()).min(1);
            self.0.read(&mut buffer[..count])
        }
    }
    let rows = vec![vec!["𬍛示例".to_owned(), "㛃".to_owned()]; 3];
    for encoding in ENCODINGS {
        let options = WriteOptions {
            encoding,
            ..WriteOptions::default()
        };
        let file = written(&rows, options);
        let layout = detected(&file).unwrap();
        let reader = Reader::new(Slow(&file), layout, Limits::default());
        let read: Vec<Row> = reader.collect::<Result<_, _>>().unwrap();
        assert_eq!(cells(read), rows, "{encoding:?}");
    }
}

#[test]
fn a_broken_line_is_named() {
    let broken = detected(b"name,number\nZhang,1\nLi\xff,2\n");
    assert!(
        matches!(broken, Err(TableError::Encoding { line: 3 })),
        "{broken:?}"
    );
    // Cut inside a character.
    let cut = detected("姓名".as_bytes().split_last().unwrap().1);
    assert!(
        matches!(cut, Err(TableError::Encoding { line: 1 })),
        "{cut:?}"
    );
    let layout = detected(b"a,b").unwrap();
    let gb = Layout {
        encoding: Encoding::Gb18030,
        ..layout
    };
    let options = WriteOptions {
        encoding: Encoding::Gb18030,
        delimiter: Delimiter::Comma,
    };
    let mut writer = Writer::new(Vec::new(), options).unwrap();
    let refused = writer.write(&["a", "\u{e5e5}"]);
    assert!(
        matches!(refused, Err(TableError::Unencodable { row: 1, column: 2 })),
        "{refused:?}"
    );
    writer.write(&["b"]).unwrap();
    let file = writer.finish().unwrap();
    assert_eq!(cells(read(&file, gb, Limits::default()).unwrap()), [["b"]]);
}

#[rstest]
#[case::columns("a,b\nc,d,e\n", "row 2 has more than 2 columns")]
#[case::characters_of_a_cell("a,b\nc,五个字符的\n", "row 2, column 2: more than 4 characters")]
#[case::rows("a\nb\nc\nd\n", "the table has more than 3 rows")]
#[case::bytes_of_a_row(
    &format!("a\n\"{}\"", "b".repeat(300)),
    "row 2 has more than 100 bytes: perhaps a quote is missing",
)]
#[case::bytes_of_the_file(&"a,b\n".repeat(300), "the file has more than 1000 bytes")]
fn every_limit_names_its_place(#[case] file: &str, #[case] expected: &str) {
    let layout = detected(b"a,b").unwrap();
    let limits = Limits {
        bytes: 1_000,
        unpacked_bytes: 1_000,
        rows: 3,
        columns: 2,
        cell_chars: 4,
        row_bytes: 100,
    };
    let refusal = |file: &str| {
        read(file.as_bytes(), layout, limits)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(refusal(file), expected);
}

#[test]
fn a_file_that_is_too_large_has_no_layout() {
    let limits = Limits {
        bytes: 1_000,
        unpacked_bytes: 1_000,
        rows: 3,
        columns: 2,
        cell_chars: 4,
        row_bytes: 100,
    };
    let mut large = Cursor::new("a,b\n".repeat(300));
    let refused = Layout::detect(&mut large, LayoutChoice::default(), &limits);
    assert!(matches!(
        refused,
        Err(TableError::TooManyBytes { limit: 1_000 })
    ));
}

#[test]
fn a_quote_that_is_never_closed_takes_no_more_memory_than_a_row_may() {
    /// An endless cell.
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            buffer.fill(b'a');
            if self.0 == 0 {
                buffer[0] = b'"';
            }
            self.0 += buffer.len() as u64;
            Ok(buffer.len())
        }
    }
    let layout = detected(b"a,b").unwrap();
    let limits = Limits {
        bytes: u64::MAX,
        ..Limits::default()
    };
    let mut reader = Reader::new(Endless(0), layout, limits);
    let error = reader.find_map(Result::err).unwrap();
    let expected = "row 1 has more than 262144 bytes: perhaps a quote is missing";
    assert_eq!(error.to_string(), expected);
}
