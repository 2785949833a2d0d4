//! A row of a package's table.

use chrono::{DateTime, Utc};

use super::fault::DeliveryFault;
use super::profile::{ColumnValue, DeliveryProfile};
use super::settings::main_document;
use crate::DocumentType;
use crate::roster::{ListedNumber, ListedStudent};

/// A photo as it is in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredFile {
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// The length in bytes.
    pub bytes: u64,
    /// The width in pixels.
    pub width: u16,
    /// The height in pixels.
    pub height: u16,
    /// The density.
    pub dpi: u16,
    /// When the photo was accepted.
    pub reviewed_at: Option<DateTime<Utc>>,
}

/// The cells of a student, in the order of the profile's columns; those of the file are empty where none is given, so that
/// what is said of the student can be compared without it. With them, what the profile has no word for.
pub fn delivery_cells(
    profile: &DeliveryProfile,
    student: &ListedStudent,
    path: &str,
    file: Option<&DeliveredFile>,
) -> (Vec<String>, Option<DeliveryFault>) {
    let document = main_document(student);
    let mut fault = None;
    let cells = profile.columns.iter().map(|column| {
        let value = column.value;
        if value == ColumnValue::DocumentTwoDigits {
            let code = document.and_then(two_digits);
            if code.is_none() {
                fault = Some(DeliveryFault::DocumentCode);
            }
            return code.unwrap_or_default().to_owned();
        }
        of_student(value, student, document)
            .or_else(|| of_file(value, path, file))
            .unwrap_or_default()
    });
    (cells.collect(), fault)
}

fn of_student(
    value: ColumnValue,
    student: &ListedStudent,
    document: Option<&ListedNumber>,
) -> Option<String> {
    let card = document.filter(|one| has_birth_day(one));
    match value {
        ColumnValue::Name => Some(student.name.clone()),
        ColumnValue::StudentNo => student.student_no.clone(),
        ColumnValue::DocumentCode => document.map(|one| one.kind.sfzjlx().to_owned()),
        ColumnValue::DocumentLabel => document.map(|one| one.kind.label().zh.to_owned()),
        ColumnValue::DocumentNumber => document.map(|one| one.number.clone()),
        ColumnValue::Gender => card.and_then(|one| gender(&one.number)).map(str::to_owned),
        ColumnValue::BirthDay => card
            .and_then(|one| one.number.get(6..14))
            .map(str::to_owned),
        ColumnValue::Level => Some(student.level.label().zh.to_owned()),
        ColumnValue::College => student.college.clone(),
        ColumnValue::Major => student.major.clone(),
        ColumnValue::ClassName => student.class_name.clone(),
        ColumnValue::GraduationDay => graduation(student, 8),
        ColumnValue::GraduationMonth => graduation(student, 6),
        ColumnValue::DocumentTwoDigits
        | ColumnValue::PhotoName
        | ColumnValue::PhotoPath
        | ColumnValue::Sha256
        | ColumnValue::Bytes
        | ColumnValue::Width
        | ColumnValue::Height
        | ColumnValue::Dpi
        | ColumnValue::ReviewedAt => None,
    }
}

fn of_file(value: ColumnValue, path: &str, file: Option<&DeliveredFile>) -> Option<String> {
    match value {
        ColumnValue::PhotoName => path.rsplit('/').next().map(str::to_owned),
        ColumnValue::PhotoPath => Some(path.to_owned()),
        ColumnValue::Sha256 => file.map(|file| file.sha256.clone()),
        ColumnValue::Bytes => file.map(|file| file.bytes.to_string()),
        ColumnValue::Width => file.map(|file| file.width.to_string()),
        ColumnValue::Height => file.map(|file| file.height.to_string()),
        ColumnValue::Dpi => file.map(|file| file.dpi.to_string()),
        ColumnValue::ReviewedAt => file.and_then(|file| file.reviewed_at).map(crate::time_text),
        ColumnValue::Name
        | ColumnValue::StudentNo
        | ColumnValue::DocumentCode
        | ColumnValue::DocumentTwoDigits
        | ColumnValue::DocumentLabel
        | ColumnValue::DocumentNumber
        | ColumnValue::Gender
        | ColumnValue::BirthDay
        | ColumnValue::Level
        | ColumnValue::College
        | ColumnValue::Major
        | ColumnValue::ClassName
        | ColumnValue::GraduationDay
        | ColumnValue::GraduationMonth => None,
    }
}

/// Whether digits 7 to 14 of a number are the day of birth, and digit 17 tells the sex. Of the permanent residence cards
/// those since 2023 are so.
fn has_birth_day(number: &ListedNumber) -> bool {
    let kinds = [
        DocumentType::CnId,
        DocumentType::HkmotwResidence,
        DocumentType::ForeignPr,
    ];
    let digits = number.number.as_bytes();
    kinds.contains(&number.kind)
        && digits.len() == 18
        && digits[..17].iter().all(u8::is_ascii_digit)
}

fn gender(number: &str) -> Option<&'static str> {
    let digit = number.as_bytes().get(16)?;
    Some(if digit % 2 == 1 { "男" } else { "女" })
}

/// The code of a document in two digits. That of the identity card alone is known: docs/sources.md#delivery.
fn two_digits(number: &ListedNumber) -> Option<&'static str> {
    (number.kind == DocumentType::CnId).then_some("01")
}

fn graduation(student: &ListedStudent, digits: usize) -> Option<String> {
    let day = student.expected_graduation.as_deref()?.replace('-', "");
    day.get(..digits).map(str::to_owned)
}

#[cfg(test)]
pub(super) mod tests {
    use rstest::rstest;

    use super::*;
    use crate::EducationLevel;
    use crate::delivery::{DeliveryProfile, SHIPPED_PROFILES};
    use crate::roster::RosterEntryState;

    pub(in crate::delivery) fn student() -> ListedStudent {
        let number = |kind, number: &str| ListedNumber {
            kind,
            number: number.to_owned(),
        };
        ListedStudent {
            numbers: vec![
                number(DocumentType::CnId, "11010519491231002X"),
                number(DocumentType::Passport, "E12345678"),
            ],
            level: EducationLevel::Msc,
            name: "张䶮".to_owned(),
            student_no: Some("2023000123".to_owned()),
            college: Some("计算机学院".to_owned()),
            major: Some("软件工程".to_owned()),
            class_name: Some("计科/1班".to_owned()),
            expected_graduation: Some("2026-06-30".to_owned()),
            state: RosterEntryState::Listed,
        }
    }

    fn file() -> DeliveredFile {
        DeliveredFile {
            sha256: "ab".to_owned(),
            bytes: 30_000,
            width: 480,
            height: 640,
            dpi: 300,
            reviewed_at: DateTime::from_timestamp(1_776_301_200, 0),
        }
    }

    const WHOLE: &str = "2023000123|张䶮|女|19491231|居民身份证|11010519491231002X|软件工程|计算机学院|计科/1班|\
            硕士研究生|20260630|photos/a/1.jpg|ab|30000|480|640|300|2026-04-16 09:00";

    fn row(id: &str, student: &ListedStudent) -> (String, Option<DeliveryFault>) {
        let profile = DeliveryProfile::find(id).unwrap();
        let (cells, fault) = delivery_cells(profile, student, "photos/a/1.jpg", Some(&file()));
        (cells.join("|"), fault)
    }

    #[rstest]
    #[case("student-record", WHOLE)]
    #[case("student-number", WHOLE)]
    #[case("id-number", WHOLE)]
    #[case(
        "degree",
        "张䶮|女|19491231|01|11010519491231002X|2023000123|202606|1.jpg"
    )]
    #[case("tab-index", "2023000123|photos/a/1.jpg")]
    fn a_row_of_a_shipped_profile(#[case] id: &str, #[case] cells: &str) {
        assert_eq!(row(id, &student()), (cells.to_owned(), None));
    }

    #[test]
    fn a_document_without_a_code_is_told() {
        let mut foreign = student();
        foreign.numbers.remove(0);
        foreign.expected_graduation = None;
        let fault = Some(DeliveryFault::DocumentCode);
        assert_eq!(
            row("degree", &foreign),
            ("张䶮||||E12345678|2023000123||1.jpg".to_owned(), fault)
        );
    }

    #[test]
    fn a_row_can_be_made_without_its_file() {
        for profile in SHIPPED_PROFILES {
            let (with, _) = delivery_cells(profile, &student(), "photos/1.jpg", Some(&file()));
            let (without, _) = delivery_cells(profile, &student(), "photos/1.jpg", None);
            assert_eq!(with.len(), profile.headings().len());
            for (column, (with, without)) in profile.columns.iter().zip(with.iter().zip(&without)) {
                assert!(without.is_empty() || with == without, "{column:?}");
            }
        }
    }
}
