//! The Ministry's list of schools (全国高等学校名单), as a file: which column is which, and what becomes of a row.

use crate::fold::fold;
use crate::school::{CODE_LENGTH, SchoolDraft};
use crate::word::words;

/// The most rows of such a file: the list has some 3,000 schools, and a row for each province.
pub const MOST_SCHOOL_ROWS: u64 = 3_200;
/// The digits of the Ministry's longer code (学校标识码): two for the kind, two for the province, a zero, and the school's
/// code. Source: docs/sources.md#school-codes.
const LONG_CODE_LENGTH: usize = 10;

words! {
    /// A column of the list.
    SchoolColumn {
        /// The school's name.
        Name = "name", "学校名称", "school name";
        /// Its code, of five digits or of ten.
        Code = "code", "学校标识码", "school code";
    }
}

/// Further headings of the columns.
const ALIASES: [(SchoolColumn, &[&str]); 2] = [
    (
        SchoolColumn::Name,
        &["名称", "院校名称", "高校名称", "学校", "name"],
    ),
    (
        SchoolColumn::Code,
        &[
            "标识码",
            "学校代码",
            "院校代码",
            "院校标识码",
            "学校编码",
            "代码",
            "code",
        ],
    ),
];

impl SchoolColumn {
    /// The column that a heading names.
    pub fn recognise(heading: &str) -> Option<Self> {
        let name = fold(heading);
        let is_named = |column: &Self| {
            let label = column.label();
            let aliases = ALIASES.iter().filter(|(of, _)| of == column);
            let aliases = aliases.flat_map(|(_, aliases)| aliases.iter().copied());
            let mut names = aliases.chain([label.zh, label.en]);
            names.any(|known| fold(known) == name)
        };
        Self::ALL.iter().copied().find(is_named)
    }
}

words! {
    /// What becomes of a row of the list.
    SchoolVerdict {
        /// There is no school of the code: it is made.
        Created = "created", "新建", "added";
        /// There is a school of the code; its name stays as it is here.
        Known = "known", "已有，名称不变", "there already, its name stays";
        /// A school of another code has the name, here or further up in the file.
        NameTaken = "name_taken", "名称已被其他代码的学校使用", "another school has the name";
        /// An earlier row has the code.
        Duplicate = "duplicate", "与前面的行重复", "an earlier row has the code";
        /// The code has neither five digits nor the form of the ten.
        BadCode = "bad_code", "学校代码或标识码格式错误", "wrong form of the code";
        /// There is no name, or none that can be one.
        BadName = "bad_name", "缺少学校名称，或名称过长", "name missing or too long";
    }
}

/// The code of five digits in what a cell holds: those five, or the last of the ten of a 学校标识码.
pub fn school_code(cell: &str) -> Option<&str> {
    let digits = cell.trim();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kind_and_province = LONG_CODE_LENGTH - CODE_LENGTH - 1;
    match digits.len() {
        CODE_LENGTH => Some(digits),
        LONG_CODE_LENGTH => digits
            .get(kind_and_province..)
            .and_then(|rest| rest.strip_prefix('0')),
        _ => None,
    }
}

/// Reads a row of the list.
///
/// # Errors
/// Why no school can be made of it.
pub fn read_school(name: &str, code: &str) -> Result<SchoolDraft, SchoolVerdict> {
    let code = school_code(code).ok_or(SchoolVerdict::BadCode)?;
    // Copies of the list break long names over two lines.
    let name: String = name.split(['\r', '\n']).map(str::trim).collect();
    let draft = SchoolDraft {
        code: code.to_owned(),
        name,
        ..SchoolDraft::default()
    };
    draft.read().map_err(|_| SchoolVerdict::BadName)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("学校名称", Some(SchoolColumn::Name))]
    #[case("学校 名称", Some(SchoolColumn::Name))]
    #[case("学校标识码", Some(SchoolColumn::Code))]
    #[case("学校代码", Some(SchoolColumn::Code))]
    #[case("序号", None)]
    #[case("主管部门", None)]
    #[case("所在地", None)]
    #[case("办学层次", None)]
    #[case("", None)]
    fn the_headings_of_the_list_are_recognised(
        #[case] heading: &str,
        #[case] expected: Option<SchoolColumn>,
    ) {
        assert_eq!(SchoolColumn::recognise(heading), expected, "{heading}");
    }

    #[rstest]
    #[case("4111010001", Some("10001"))]
    #[case(" 10001 ", Some("10001"))]
    #[case("3615000335", Some("00335"))]
    #[case("4111110001", None)]
    #[case("411101000", None)]
    #[case("1000", None)]
    #[case("１０００１", None)]
    #[case("4.11101E+09", None)]
    #[case("", None)]
    fn the_code_is_the_end_of_the_longer_one(#[case] cell: &str, #[case] expected: Option<&str>) {
        assert_eq!(school_code(cell), expected, "{cell}");
    }

    #[test]
    fn a_row_is_a_school_or_says_why_not() {
        let read = read_school(" 北京师范大学-香港\n浸会大学联合国际学院 ", "4144016401").unwrap();
        assert_eq!(
            (read.name.as_str(), read.code.as_str()),
            ("北京师范大学-香港浸会大学联合国际学院", "16401")
        );
        assert_eq!(read_school("大学", "1"), Err(SchoolVerdict::BadCode));
        assert_eq!(read_school(" ", "10001"), Err(SchoolVerdict::BadName));
        let long = "校".repeat(61);
        assert_eq!(read_school(&long, "10001"), Err(SchoolVerdict::BadName));
    }
}
