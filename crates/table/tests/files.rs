//! Workbooks and DBF files of other programs are read, what cannot be read is refused by name, and nothing takes memory for it.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use dbase::{FieldName, FieldValue, Record, TableWriterBuilder};
use rstest::rstest;
use table::{CellFault, CellFaultKind, Encoding, ForeignFormat, Format, Heading, Layout};
use table::{LayoutChoice, Limits, Row, TableError, WorkbookWriter};
use zip::write::SimpleFileOptions;

use ForeignFormat::{Archive, Html, OldWorkbook, Other, ProtectedWorkbook, Xml};

fn rows(file: &[u8], choice: LayoutChoice) -> Result<(Layout, Vec<Row>), TableError> {
    let limits = Limits::default();
    let layout = Layout::detect(&mut Cursor::new(file), choice, &limits)?;
    let mut rows = Vec::new();
    table::visit(Cursor::new(file), layout, limits, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    Ok((layout, rows))
}

fn read(file: &[u8]) -> Result<Vec<Row>, TableError> {
    rows(file, LayoutChoice::default()).map(|(_, rows)| rows)
}

fn fault(column: usize, kind: CellFaultKind) -> Vec<CellFault> {
    vec![CellFault { column, kind }]
}

fn row(number: u64, cells: &[&str]) -> Row {
    let cells = cells.iter().map(|&cell| cell.to_owned()).collect();
    Row {
        number,
        cells,
        ..Row::default()
    }
}

#[test]
fn a_workbook_of_openpyxl_is_read_without_its_hidden_and_empty_sheets() {
    let rows = read(include_bytes!("files/openpyxl.xlsx")).unwrap();
    let heading = Heading::find(&rows, |name| name == "姓名" || name == "学号").unwrap();
    assert_eq!(heading.row, 2, "the title is no heading");
    let day = "2026-06-30";
    let id = "11010519491231002X";
    let lossy = Row {
        faults: fault(1, CellFaultKind::LostDigits),
        ..row(
            4,
            &[
                "李四",
                "420106199001011264",
                "硕士",
                "12345",
                "0123",
                "46203",
            ],
        )
    };
    let with_error = Row {
        faults: fault(2, CellFaultKind::ErrorValue),
        ..row(5, &["陈䶮", "", "#N/A"])
    };
    let found = &rows[2..];
    assert_eq!(
        found[0],
        row(3, &["张三", id, "本科", "20220001", "13800138000", day])
    );
    assert_eq!(found[1].faults, lossy.faults);
    assert!(
        found[1].cells[1].starts_with("420106199001011"),
        "{:?}",
        found[1]
    );
    assert_eq!(found[1].cells[2..], lossy.cells[2..]);
    // openpyxl computes no formulas: neither of both has a value.
    assert_eq!(found[2], with_error);
    assert_eq!(
        found[3],
        row(9, &["王五", "E12345678"]),
        "blank rows are left out"
    );
    assert_eq!(found.len(), 4);
}

#[test]
fn a_workbook_of_xlsxwriter_is_read_with_the_values_of_its_formulas() {
    let rows = read(include_bytes!("files/xlsxwriter.xlsx")).unwrap();
    let expected = row(
        2,
        &["赵六", "4.20106E+17", "专科", "20220002", "", "2026-06-30"],
    );
    assert_eq!(rows[1], expected);
    assert_eq!(rows[2], row(3, &["TRUE", "H12345678", "0.5"]));
}

#[test]
fn a_workbook_of_libreoffice_is_read_with_its_texts_and_days() {
    let rows = read(include_bytes!("files/libreoffice.xlsx")).unwrap();
    let expected = [
        row(1, &["姓名", "证件号码", "层次", "学号", "出生日期"]),
        row(
            2,
            &[
                "张三",
                "11010519491231002X",
                "本科",
                "0012345",
                "1949-12-31",
            ],
        ),
        row(
            3,
            &["李四", "420106199001011264", "硕士", "12345", "1990-01-01"],
        ),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_workbook_is_read_as_it_was_written() {
    let mut writer = WorkbookWriter::new("报告").unwrap();
    let cells = ["007", "110105194912310021", "=1+1", "陈䶮", ""];
    writer.write(&["a", "b", "c", "d"]).unwrap();
    writer.write(&cells).unwrap();
    let mut file = Cursor::new(Vec::new());
    writer.finish(&mut file).unwrap();
    let rows = read(file.get_ref()).unwrap();
    assert_eq!(rows[1], row(2, &cells[..4]));
}

#[test]
fn a_dbf_file_of_another_writer_is_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let name = |name: &str| FieldName::try_from(name).unwrap();
    let mut writer = TableWriterBuilder::new()
        .add_character_field(name("XM"), 20)
        .add_numeric_field(name("SFZH"), 18, 0)
        .add_date_field(name("CSRQ"))
        .build_with_file_dest(file.path())
        .unwrap();
    let day = dbase::Date::new(31, 12, 1949).unwrap();
    let mut record = Record::default();
    record.insert("XM".into(), FieldValue::Character(Some("Zhang".into())));
    record.insert("SFZH".into(), FieldValue::Numeric(Some(123_456.0)));
    record.insert("CSRQ".into(), FieldValue::Date(Some(day)));
    writer.write_record(&record).unwrap();
    writer.finalize().unwrap();
    drop(writer);
    let bytes = std::fs::read(file.path()).unwrap();
    let rows = read(&bytes).unwrap();
    assert_eq!(rows[1], row(2, &["Zhang", "123456", "19491231"]));
}

#[test]
fn a_dbf_file_of_libreoffice_is_read() {
    let rows = read(include_bytes!("files/libreoffice.dbf")).unwrap();
    let zhang = ["张三", "11010519491231002X", "0012345", "20220901", "612.5"];
    let ouyang = [
        "欧阳若水",
        "420106199001011264",
        "12345",
        "20220902",
        "598.0",
    ];
    let expected = [
        row(1, &["XM", "SFZH", "XH", "RXRQ", "ZF"]),
        row(2, &zhang),
        row(3, &ouyang),
    ];
    assert_eq!(rows, expected);
}

/// A DBF file with a text and a number.
fn dbf(kind: u8, driver: u8, last_type: u8, records: &[&[u8]]) -> Vec<u8> {
    let mut file = vec![kind, 126, 4, 20];
    file.extend(u32::try_from(records.len()).unwrap().to_le_bytes());
    file.extend(97_u16.to_le_bytes());
    file.extend(24_u16.to_le_bytes());
    file.resize(29, 0);
    file.extend([driver, 0, 0]);
    for (name, kind, width) in [("XM", b'C', 5), ("SFZH", last_type, 18)] {
        let mut field = name.as_bytes().to_vec();
        field.resize(11, 0);
        field.extend([kind, 0, 0, 0, 0, width]);
        field.resize(32, 0);
        file.extend(field);
    }
    file.push(b'\r');
    for record in records {
        file.extend(*record);
    }
    file.push(0x1a);
    file
}

#[test]
fn a_dbf_field_that_ends_in_half_a_character_is_told_and_deleted_records_are_not_read() {
    let records: [&[u8]; 3] = [
        b" \xd5\xc5\xc8\xfd 110105194912310021",
        b"*\xd5\xc5\xc8\xfd 110105194912310022",
        b" \xd5\xc5\xc8\xfd\xcb110105194912310023",
    ];
    let file = dbf(3, 0, b'N', &records);
    let (layout, rows) = rows(&file, LayoutChoice::default()).unwrap();
    assert_eq!(
        (layout.format, layout.encoding),
        (Format::Dbf, Encoding::Gb18030)
    );
    assert_eq!(rows[0], row(1, &["XM", "SFZH"]));
    assert_eq!(rows[1], row(2, &["张三", "110105194912310021"]));
    let cut = Row {
        faults: fault(0, CellFaultKind::CutCharacter),
        ..row(4, &["张三", "110105194912310023"])
    };
    assert_eq!(rows[2..], [cut]);
    let memo = read(&dbf(0x83, 0, b'M', &[])).unwrap_err();
    assert_eq!(memo.to_string(), "field SFZH is in a memo file");
    let cut = read(&file[..file.len() - 10]).unwrap_err();
    assert!(matches!(cut, TableError::Damaged), "{cut:?}");
}

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn compound(stream: &str) -> Vec<u8> {
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(30, 0);
    file.push(9);
    file.resize(1024, 0);
    file.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    file.resize(2048, 0);
    file
}

#[rstest]
#[case::an_old_workbook(&compound("Workbook"), OldWorkbook)]
#[case::a_workbook_with_a_password(&compound("EncryptedPackage"), ProtectedWorkbook)]
#[case::html(b"<html><body><table><tr><td>1", Html)]
#[case::html_after_a_mark(b"\xef\xbb\xbf  <!DOCTYPE HTML PUBLIC>", Html)]
#[case::xml(b"<?xml version=\"1.0\"?><Workbook>", Xml)]
#[case::another_archive(&archive(&[("content.xml", b"<a/>")]), Archive)]
#[case::an_empty_archive(b"PK\x05\x06 no parts", Archive)]
#[case::a_pdf(b"%PDF-1.7", Other)]
#[case::a_jpeg(b"\xff\xd8\xff\xe0", Other)]
fn what_is_no_table_is_refused_by_its_content(
    #[case] file: &[u8],
    #[case] expected: ForeignFormat,
) {
    let error = read(file).unwrap_err();
    let TableError::Format(found) = error else {
        panic!("{error:?} instead of {expected:?}");
    };
    assert_eq!(found, expected);
}

#[rstest]
#[case::no_byte(b"")]
#[case::blank_lines(b"\n\n")]
#[case::a_mark_alone(b"\xef\xbb\xbf")]
#[case::delimiters_alone(b",,\n,,\n")]
fn a_file_without_a_cell_is_empty(#[case] file: &[u8]) {
    assert!(matches!(read(file), Err(TableError::Empty)), "{file:?}");
}

#[test]
fn a_workbook_without_its_sheets_is_damaged() {
    let damaged = read(&archive(&[("xl/workbook.xml", b"<a/>")])).unwrap_err();
    assert!(matches!(damaged, TableError::Damaged), "{damaged:?}");
}

/// A workbook of one sheet with these cells, and with these texts.
fn workbook(sheet: &[u8], texts: &[u8]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let sheet = [
        b"<worksheet><sheetData>",
        sheet,
        b"</sheetData></worksheet>",
    ]
    .concat();
    let root = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", texts),
    ])
}

#[test]
fn a_small_workbook_is_read() {
    let plain = workbook(b"<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", b"<sst/>");
    assert_eq!(read(&plain).unwrap(), [row(1, &["1"])]);
}

fn many_texts() -> Vec<u8> {
    let texts = b"<si><t>a</t></si>".repeat(4 << 20);
    [&b"<sst>"[..], &texts, b"</sst>"].concat()
}

const NO_TEXT: &[u8] = b"<sst/>";
const LAST_COLUMN: &[u8] = b"<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>";
const BACKWARDS: &[u8] =
    b"<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

#[rstest]
#[case::spaces(&vec![b' '; 20 << 20], NO_TEXT, "the workbook unpacks to more than is read")]
#[case::texts(b"", &many_texts(), "the texts of the workbook are too many for memory")]
#[case::announced_texts(
    b"",
    b"<sst uniqueCount=\"99999999999\"></sst>",
    "the texts of the workbook are too many for memory"
)]
#[case::the_last_column(LAST_COLUMN, NO_TEXT, "row 1 has more than 200 columns")]
#[case::a_comment(b"<!-- <a> -->", NO_TEXT, "the file is damaged")]
#[case::rows_backwards(BACKWARDS, NO_TEXT, "the file is damaged")]
#[case::no_row(b"", NO_TEXT, "the file is empty")]
fn what_unpacks_to_too_much_is_refused_before_it_is_parsed(
    #[case] sheet: &[u8],
    #[case] texts: &[u8],
    #[case] expected: &str,
) {
    let error = read(&workbook(sheet, texts)).unwrap_err();
    assert_eq!(error.to_string(), expected);
}

#[rstest]
#[case::a_million_columns(
    &format!("a,b\n{}\n", ",".repeat(1_000_000)),
    "row 2 has more than 200 columns",
)]
#[case::a_quote_not_closed("a,b\n\"c,d\ne,f\n", "row 2: a quote is not closed")]
#[case::closed_in_a_later_row("a,b\n\"c,d\n\"e,f\ng,h\n", "row 2: a quote is not closed")]
#[case::text_behind_a_quote("a,b\n\"c\"x,d\n", "row 2: a quote is not closed")]
fn a_text_with_a_million_columns_or_a_quote_that_is_not_closed_is_refused_by_name(
    #[case] file: &str,
    #[case] expected: &str,
) {
    assert_eq!(read(file.as_bytes()).unwrap_err().to_string(), expected);
}

#[test]
fn quotes_within_a_cell_are_read() {
    let inner = "a,b\n5\"x,\"c \"\"d\"\"\n e\"\n=\"0123\",'3301\n";
    let rows = read(inner.as_bytes()).unwrap();
    assert_eq!(rows[1], row(2, &["5\"x", "c \"d\"\n e"]));
    assert_eq!(rows[2], row(3, &["0123", "3301"]));
}

#[test]
fn an_encoding_that_is_chosen_is_taken() {
    let file = b"\xd0\xd5\xc3\xfb\n\xd5\xc5\xc8\xfd\n";
    let (layout, found) = rows(file, LayoutChoice::default()).unwrap();
    assert_eq!(layout.encoding, Encoding::Gb18030);
    assert_eq!(found[1].cells, ["张三"]);
    let choice = LayoutChoice {
        encoding: Some(Encoding::Utf8),
        delimiter: None,
    };
    assert!(matches!(
        rows(file, choice),
        Err(TableError::Encoding { line: 1 })
    ));
}

#[test]
fn a_heading_is_found_below_titles_and_in_two_rows() {
    let known = |name: &str| ["姓名", "证件号码", "学号", "学院"].contains(&name);
    let table = [
        row(1, &["2026 届毕业生", "", "姓名"]),
        row(3, &["姓名 ", "证件", "", "学号"]),
        row(4, &["", "证件类型", "证件号码"]),
        row(5, &["张三", "身份证", "1", "2"]),
    ];
    let heading = Heading::find(&table, known).unwrap();
    assert_eq!(heading.row, 4);
    assert_eq!(heading.names, ["姓名", "证件类型", "证件号码", "学号"]);
    let simple = Heading::find(&[row(1, &["姓名", "姓名"]), row(2, &["张三"])], known).unwrap();
    assert_eq!((simple.row, simple.duplicates()), (1, vec!["姓名"]));
    assert_eq!(Heading::find(&table[3..], known), None);
}
