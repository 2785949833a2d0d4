//! The table of inputs and right verdicts.

use rstest::rstest;

use super::*;

// The positions of the columns.
const NAME: usize = 0;
const KIND: usize = 1;
const NUMBER: usize = 2;
const LEVEL: usize = 3;
const STUDENT_NO: usize = 4;
const DAY: usize = 5;

fn columns() -> ColumnMapping {
    use RosterColumn as C;
    let columns = [
        C::Name,
        C::DocumentType,
        C::DocumentNumber,
        C::Level,
        C::StudentNo,
        C::ExpectedGraduation,
        C::OtherNumber,
    ];
    ColumnMapping::of(columns.map(Some).to_vec())
}

fn read(cells: [&str; 7], defects: &[(usize, CellDefect)]) -> RowReading {
    let cells = cells.map(str::to_owned);
    let mapping = columns();
    let rules = RowRules {
        mapping: &mapping,
        today: NaiveDate::from_ymd_opt(2026, 4, 20).unwrap(),
        default_level: None,
        usual_length: Some(8),
    };
    let row = RawRow {
        cells: &cells,
        defects,
    };
    read_row(row, &rules)
}

fn verdicts(reading: &RowReading) -> Vec<&'static str> {
    let findings = reading.findings.iter();
    findings.map(|finding| finding.verdict.as_str()).collect()
}

/// A good row with another cell at one place.
fn with(position: usize, cell: &str) -> RowReading {
    let mut cells = [
        "张三",
        "1",
        "11010519491231002X",
        "本科",
        "20220001",
        "20260630",
        "",
    ];
    cells[position] = cell;
    read(cells, &[])
}

#[rstest]
#[case(NAME, " 张\u{a0}三\u{3000}", &[])]
#[case(NAME, "古丽米热·艾比布力", &[])]
#[case(NAME, "陈䶮", &[])]
#[case(NAME, "陈\u{e863}", &[])]
#[case(NAME, "陈??", &["name_missing_glyph"])]
#[case(NAME, "陈__", &["name_missing_glyph"])]
#[case(NAME, "陈\u{e0a1}", &["name_missing_glyph"])]
#[case(NAME, "陈\u{fffd}", &["replaced_character"])]
#[case(NAME, "锟斤拷", &["replaced_character"])]
#[case(NAME, "张\n三", &["bad_cell"])]
#[case(NAME, "\u{3000}", &["name_missing"])]
#[case(KIND, "", &[])]
#[case(KIND, "01", &[])]
#[case(KIND, "身份证", &[])]
#[case(KIND, "学生证", &["bad_id_format"])]
#[case(NUMBER, "１１０１０５１９４９１２３１００２ｘ", &[])]
#[case(NUMBER, "110105 19491231 002X", &[])]
#[case(NUMBER, "110105491231002", &[])]
#[case(NUMBER, "4.20106E+17", &["id_lost_digits"])]
#[case(NUMBER, "4.40981e17", &["id_lost_digits"])]
#[case(NUMBER, "110105194912310000", &["id_lost_digits"])]
#[case(NUMBER, "110105194912310021", &["bad_id_checksum"])]
#[case(NUMBER, "110105194913310021", &["bad_date"])]
#[case(NUMBER, "1101051949123100", &["bad_id_format"])]
#[case(NUMBER, "", &["number_missing"])]
#[case(LEVEL, "专升本", &[])]
#[case(LEVEL, "研究生", &["unknown_level"])]
#[case(LEVEL, "", &["unknown_level"])]
#[case(STUDENT_NO, "12345", &["leading_zeros_lost"])]
#[case(STUDENT_NO, "G260609", &[])]
#[case(STUDENT_NO, "", &[])]
#[case(DAY, "2026/6/30", &[])]
#[case(DAY, "2026年6月", &[])]
#[case(DAY, "46203", &[])]
#[case(DAY, "20260631", &["bad_date"])]
#[case(DAY, "六月", &["bad_date"])]
#[case(DAY, "", &[])]
fn every_input_gets_its_verdict(
    #[case] position: usize,
    #[case] cell: &str,
    #[case] expected: &[&str],
) {
    let reading = with(position, cell);
    assert_eq!(verdicts(&reading), expected, "{cell:?}");
    let is_taken = expected
        .iter()
        .all(|word| RosterVerdict::parse(word).unwrap().effect() == VerdictEffect::Warned);
    assert_eq!(reading.student.is_some(), is_taken, "{cell:?}");
}

#[rstest]
#[case::lost_digits(CellDefect::LostDigits, "id_lost_digits")]
#[case::an_error_value(CellDefect::ErrorValue, "bad_cell")]
#[case::a_cut_character(CellDefect::CutCharacter, "cut_character")]
fn what_the_file_lost_is_told_of_the_columns_that_are_read(
    #[case] defect: CellDefect,
    #[case] verdict: &str,
) {
    let cells = ["张三", "", "420106199001011264", "本科", "", "", ""];
    let reading = read(cells, &[(2, defect)]);
    assert_eq!(verdicts(&reading), [verdict]);
    assert_eq!(reading.student, None);
}

#[test]
fn every_reason_is_told_at_once_and_none_of_a_column_that_is_not_read() {
    let long = "长".repeat(101);
    let reading = read(
        [&long, "", "", "", "", "", ""],
        &[(9, CellDefect::ErrorValue)],
    );
    assert_eq!(
        verdicts(&reading),
        ["bad_cell", "number_missing", "unknown_level"],
        "every reason at once, none of a column that is not read"
    );
}

#[test]
fn a_good_row_is_a_student() {
    let cells = [
        " 陈\u{e863}",
        "",
        "110105491231002",
        "博士",
        " ２022-0001",
        "46203",
        "E1234567 8",
    ];
    let reading = read(cells, &[]);
    let student = reading.student.unwrap();
    assert_eq!(student.name, "陈䶮");
    assert_eq!(student.number.canonical().expose(), "11010519491231002X");
    assert_eq!(student.number.document_type(), DocumentType::CnId);
    assert_eq!(student.level, EducationLevel::Phd);
    assert_eq!(student.student_no.as_deref(), Some("20220001"));
    assert_eq!(student.expected_graduation.as_deref(), Some("2026-06-30"));
    let other = &student.other_numbers[0];
    assert_eq!(other.canonical().expose(), "E12345678");
    assert_eq!(other.document_type(), DocumentType::Passport);
    assert!(student.college.is_none());
}

#[test]
fn a_usual_length_is_that_of_nearly_all() {
    let mut lengths = NumberLengths::default();
    for _ in 0..9 {
        lengths.add("20220001");
    }
    assert_eq!(lengths.usual(), None, "too few");
    lengths.add("12345");
    assert_eq!(lengths.usual(), Some(8));
    lengths.add("G1");
    assert_eq!(lengths.usual(), None);
}
