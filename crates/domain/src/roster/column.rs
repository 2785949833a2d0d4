//! The columns of a roster, and by which names schools call them.

use crate::fold::fold;
use crate::word::words;

words! {
    /// What a column of a roster file holds.
    RosterColumn {
        /// The name.
        Name = "name", "姓名", "name";
        /// The kind of document.
        DocumentType = "document_type", "证件类型", "kind of document";
        /// The document's number.
        DocumentNumber = "document_number", "证件号码", "document number";
        /// A further number by which the student is found.
        OtherNumber = "other_number", "其他证件号码", "further document number";
        /// The level.
        Level = "level", "学历层次", "level";
        /// The student number.
        StudentNo = "student_no", "学号", "student number";
        /// The college.
        College = "college", "学院", "college";
        /// The major.
        Major = "major", "专业", "major";
        /// The class.
        ClassName = "class_name", "班级", "class";
        /// The expected day of graduation.
        ExpectedGraduation = "expected_graduation", "预计毕业日期", "expected graduation";
    }
}

impl RosterColumn {
    /// Those without which a file is no roster.
    pub const NEEDED: [Self; 2] = [Self::Name, Self::DocumentNumber];

    /// The column that a heading names; marks such as `*` and what stands in brackets behind it do not count.
    pub fn recognise(heading: &str) -> Option<Self> {
        let folded = fold(heading);
        let name = folded.trim_matches(|mark: char| "*:#".contains(mark));
        let without_brackets = name.split('(').next().unwrap_or(name);
        let found = |name: &str| {
            Self::ALL.iter().copied().find(|column| {
                let label = column.label();
                let names = [column.as_str(), label.zh, label.en].into_iter();
                names
                    .chain(column.aliases().copied())
                    .any(|alias| fold(alias) == name)
            })
        };
        found(name).or_else(|| found(without_brackets.trim_end_matches('*')))
    }

    fn aliases(self) -> impl Iterator<Item = &'static &'static str> {
        let of_column = ALIASES.iter().filter(move |(column, _)| *column == self);
        of_column.flat_map(|(_, aliases)| aliases.iter())
    }
}

/// Names of the Ministry's formats, and headings that schools use. Source: docs/sources.md#roster-columns.
const ALIASES: [(RosterColumn, &[&str]); 10] = [
    (
        RosterColumn::Name,
        &[
            "XM",
            "学生姓名",
            "考生姓名",
            "名字",
            "full name",
            "student name",
        ],
    ),
    (
        RosterColumn::DocumentType,
        &[
            "SFZJLX",
            "ZJLX",
            "ZJLXM",
            "身份证件类型",
            "证件种类",
            "证件类别",
            "证件类型码",
            "身份证件类型码",
            "document type",
            "id type",
        ],
    ),
    (
        RosterColumn::DocumentNumber,
        &[
            "SFZH",
            "SFZJH",
            "ZJHM",
            "身份证号",
            "身份证号码",
            "身份证",
            "身份证件号",
            "身份证件号码",
            "证件号",
            "公民身份号码",
            "居民身份证号",
            "id number",
            "id no",
            "document no",
        ],
    ),
    (
        RosterColumn::OtherNumber,
        &[
            "其他证件号",
            "曾用证件号码",
            "曾用证件号",
            "第二证件号码",
            "证件号码2",
        ],
    ),
    (
        RosterColumn::Level,
        &[
            "CC",
            "PYCC",
            "层次",
            "学历",
            "培养层次",
            "学生类别",
            "学历层次名称",
            "level of education",
            "degree level",
        ],
    ),
    (
        RosterColumn::StudentNo,
        &["XH", "学生学号", "学籍号", "student no", "student id"],
    ),
    (
        RosterColumn::College,
        &[
            "FY",
            "XSH",
            "YX",
            "YXMC",
            "院系",
            "院系名称",
            "系所",
            "系所函",
            "分院",
            "所在学院",
            "学院名称",
            "培养单位",
            "二级学院",
            "department",
            "school",
        ],
    ),
    (
        RosterColumn::Major,
        &["ZYMC", "专业名称", "所学专业", "programme", "program"],
    ),
    (
        RosterColumn::ClassName,
        &["BH", "BJ", "BJMC", "班号", "班级名称", "所在班级", "行政班"],
    ),
    (
        RosterColumn::ExpectedGraduation,
        &[
            "YJBYRQ",
            "预计毕业时间",
            "毕业日期",
            "毕业时间",
            "拟毕业日期",
            "graduation date",
        ],
    ),
];

/// Which column of a file holds what: one of each heading, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMapping(Vec<Option<RosterColumn>>);

/// Why a mapping cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Two columns of the file would hold the same.
    #[error("two columns hold {0}")]
    Twice(RosterColumn),
    /// Nothing holds what is needed.
    #[error("no column holds {0}")]
    Missing(RosterColumn),
}

impl ColumnMapping {
    /// What each heading most likely means: what was `chosen` for a heading of this name before, else what its name says.
    /// It is not checked.
    pub fn suggest(headings: &[String], chosen: &[(String, Option<RosterColumn>)]) -> Self {
        let columns = headings.iter().map(|heading| {
            let folded = fold(heading);
            let earlier = chosen.iter().find(|(name, _)| fold(name) == folded);
            match earlier {
                Some(&(_, column)) => column,
                None => RosterColumn::recognise(heading),
            }
        });
        Self(columns.collect())
    }

    /// A mapping that a person made.
    pub fn of(columns: Vec<Option<RosterColumn>>) -> Self {
        Self(columns)
    }

    /// What each column holds.
    pub fn columns(&self) -> &[Option<RosterColumn>] {
        &self.0
    }

    /// Makes sure that the mapping can be used.
    ///
    /// # Errors
    /// [`MappingError`]; several columns may hold further document numbers.
    pub fn check(&self) -> Result<(), MappingError> {
        for &column in RosterColumn::ALL {
            let count = self.0.iter().filter(|&&held| held == Some(column)).count();
            if count > 1 && column != RosterColumn::OtherNumber {
                return Err(MappingError::Twice(column));
            }
            if count == 0 && RosterColumn::NEEDED.contains(&column) {
                return Err(MappingError::Missing(column));
            }
        }
        Ok(())
    }

    /// Where a column is.
    pub fn position(&self, column: RosterColumn) -> Option<usize> {
        self.0.iter().position(|&held| held == Some(column))
    }

    /// The column at a place of the file, from 0.
    pub fn at(&self, position: usize) -> Option<RosterColumn> {
        self.0.get(position).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("XM", Some(RosterColumn::Name))]
    #[case("\u{feff}姓 名", Some(RosterColumn::Name))]
    #[case("姓名*", Some(RosterColumn::Name))]
    #[case("姓名（必填）", Some(RosterColumn::Name))]
    #[case("SFZJLX", Some(RosterColumn::DocumentType))]
    #[case("ZJLX", Some(RosterColumn::DocumentType))]
    #[case("zjlxm", Some(RosterColumn::DocumentType))]
    #[case("SFZH", Some(RosterColumn::DocumentNumber))]
    #[case("ZJHM", Some(RosterColumn::DocumentNumber))]
    #[case("身份证件号码", Some(RosterColumn::DocumentNumber))]
    #[case("CC", Some(RosterColumn::Level))]
    #[case("XH", Some(RosterColumn::StudentNo))]
    #[case("FY", Some(RosterColumn::College))]
    #[case("ZYMC", Some(RosterColumn::Major))]
    #[case("BH", Some(RosterColumn::ClassName))]
    #[case("YJBYRQ", Some(RosterColumn::ExpectedGraduation))]
    #[case("Student ID", Some(RosterColumn::StudentNo))]
    #[case("ZZMM", None)]
    #[case("MZ", None)]
    #[case("KSH", None)]
    #[case("XB", None)]
    #[case("", None)]
    fn headings_of_ministry_and_schools_are_recognised(
        #[case] heading: &str,
        #[case] expected: Option<RosterColumn>,
    ) {
        assert_eq!(RosterColumn::recognise(heading), expected, "{heading}");
    }

    #[test]
    fn every_column_is_recognised_by_its_label() {
        for &column in RosterColumn::ALL {
            assert_eq!(RosterColumn::recognise(column.label().zh), Some(column));
        }
    }

    #[test]
    fn what_was_chosen_before_counts_and_two_of_one_kind_are_asked_about() {
        let headings = ["姓名", "号码", "SFZH", "ZJHM"].map(str::to_owned);
        let mapping = ColumnMapping::suggest(&headings, &[]);
        assert_eq!(
            mapping.check(),
            Err(MappingError::Twice(RosterColumn::DocumentNumber))
        );
        let chosen = [
            ("ZJHM".to_owned(), None),
            ("号 码".to_owned(), Some(RosterColumn::StudentNo)),
        ];
        let mapping = ColumnMapping::suggest(&headings, &chosen);
        assert_eq!(mapping.check(), Ok(()));
        assert_eq!(mapping.position(RosterColumn::StudentNo), Some(1));
        assert_eq!(mapping.at(3), None);
        let none = ColumnMapping::suggest(&headings[..1], &[]);
        assert_eq!(
            none.check(),
            Err(MappingError::Missing(RosterColumn::DocumentNumber))
        );
    }
}
