//! Reading a row of a roster file.

mod date;

use chrono::NaiveDate;

use super::{ColumnMapping, RosterColumn, RosterVerdict, VerdictEffect};
use crate::fold::is_blank;
use crate::gbk::without_private_use;
use crate::id_document::{IdNumberError, guess_type, normalise, upgraded};
use crate::{DocumentType, EducationLevel, IdNumber, has_missing_glyph};

/// The most characters of a name, a student number, a college, a class or a major.
pub const ROSTER_TEXT_MAX: usize = 100;

/// What is wrong with a cell already where the file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellDefect {
    /// A spreadsheet kept 15 digits of a longer number.
    LostDigits,
    /// An error of the spreadsheet.
    ErrorValue,
    /// Half of a character at the end.
    CutCharacter,
}

/// A row of a file.
#[derive(Debug, Clone, Copy)]
pub struct RawRow<'a> {
    /// Its cells.
    pub cells: &'a [String],
    /// What is wrong with them, each with the cell's place from 0.
    pub defects: &'a [(usize, CellDefect)],
}

/// What is known of the file and the day when a row is read.
#[derive(Debug, Clone, Copy)]
pub struct RowRules<'a> {
    /// What each column holds.
    pub mapping: &'a ColumnMapping,
    /// The day on which it is imported.
    pub today: NaiveDate,
    /// The level of rows that name none.
    pub default_level: Option<EducationLevel>,
    /// How long nearly all student numbers of the file are, where there is such a length.
    pub usual_length: Option<usize>,
}

/// A student as a row lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// The document's number.
    pub number: IdNumber,
    /// Further numbers by which the student is found.
    pub other_numbers: Vec<IdNumber>,
    /// The level.
    pub level: EducationLevel,
    /// The name.
    pub name: String,
    /// The student number.
    pub student_no: Option<String>,
    /// The college.
    pub college: Option<String>,
    /// The major.
    pub major: Option<String>,
    /// The class.
    pub class_name: Option<String>,
    /// The expected day of graduation, `YYYY-MM-DD`.
    pub expected_graduation: Option<String>,
}

/// Something that is to be said about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RowFinding {
    /// What.
    pub verdict: RosterVerdict,
    /// About which column, where it is about one.
    pub column: Option<RosterColumn>,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowReading {
    /// The student; none where the row is refused.
    pub student: Option<RosterRow>,
    /// What is to be said about it: warnings, or every reason to refuse it.
    pub findings: Vec<RowFinding>,
}

/// Reads a row.
pub fn read_row(row: RawRow<'_>, rules: &RowRules<'_>) -> RowReading {
    let mut reader = RowReader {
        row,
        rules,
        findings: Vec::new(),
    };
    let student = reader.student();
    let findings = reader.findings;
    let is_refused = findings
        .iter()
        .any(|finding| finding.verdict.effect() == VerdictEffect::Refused);
    RowReading {
        student: student.filter(|_| !is_refused),
        findings,
    }
}

struct RowReader<'a> {
    row: RawRow<'a>,
    rules: &'a RowRules<'a>,
    findings: Vec<RowFinding>,
}

impl RowReader<'_> {
    fn student(&mut self) -> Option<RosterRow> {
        self.find_defects();
        let name = self.name();
        let number = self.number();
        let level = self.level();
        let student_no = self.student_no();
        let expected_graduation = self.date();
        let other_numbers = self.other_numbers();
        Some(RosterRow {
            college: self.text(RosterColumn::College),
            major: self.text(RosterColumn::Major),
            class_name: self.text(RosterColumn::ClassName),
            number: number?,
            level: level?,
            name: name?,
            student_no,
            expected_graduation,
            other_numbers,
        })
    }

    fn find(&mut self, verdict: RosterVerdict, column: RosterColumn) {
        let finding = RowFinding {
            verdict,
            column: Some(column),
        };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// What is wrong with the cells of columns that are read, whatever they hold.
    fn find_defects(&mut self) {
        for &(position, defect) in self.row.defects {
            let Some(column) = self.rules.mapping.at(position) else {
                continue;
            };
            let verdict = match defect {
                CellDefect::LostDigits => RosterVerdict::IdLostDigits,
                CellDefect::ErrorValue => RosterVerdict::BadCell,
                CellDefect::CutCharacter => RosterVerdict::CutCharacter,
            };
            self.find(verdict, column);
        }
        for (position, cell) in self.row.cells.iter().enumerate() {
            let Some(column) = self.rules.mapping.at(position) else {
                continue;
            };
            // What UTF-8 looks like after two wrong conversions.
            if cell.contains('\u{fffd}') || cell.contains("锟斤拷") {
                self.find(RosterVerdict::ReplacedCharacter, column);
            }
            let is_long = cell.len() > ROSTER_TEXT_MAX && cell.chars().count() > ROSTER_TEXT_MAX;
            if is_long || cell.chars().any(char::is_control) {
                self.find(RosterVerdict::BadCell, column);
            }
        }
    }

    /// The cell of a column without what nobody sees around it; `None` where it is empty.
    fn cell(&self, column: RosterColumn) -> Option<&str> {
        let position = self.rules.mapping.position(column)?;
        let cell = self.row.cells.get(position)?.trim_matches(is_blank);
        (!cell.is_empty()).then_some(cell)
    }

    fn is_defect(&self, column: RosterColumn) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.column == Some(column))
    }

    fn text(&self, column: RosterColumn) -> Option<String> {
        self.cell(column).map(tidy)
    }

    fn name(&mut self) -> Option<String> {
        let Some(name) = self.text(RosterColumn::Name) else {
            if !self.is_defect(RosterColumn::Name) {
                self.find(RosterVerdict::NameMissing, RosterColumn::Name);
            }
            return None;
        };
        let is_private = |character| matches!(character, '\u{e000}'..='\u{f8ff}');
        if has_missing_glyph(&name) || name.contains("__") || name.contains(is_private) {
            self.find(RosterVerdict::NameMissingGlyph, RosterColumn::Name);
        }
        Some(name)
    }

    fn number(&mut self) -> Option<IdNumber> {
        let column = RosterColumn::DocumentNumber;
        if self.is_defect(column) {
            return None;
        }
        let Some(text) = self.cell(column).map(str::to_owned) else {
            self.find(RosterVerdict::NumberMissing, column);
            return None;
        };
        let kind = match self.cell(RosterColumn::DocumentType) {
            None => Some(guess_type(&text)),
            Some(word) => document_type(word),
        };
        let Some(kind) = kind else {
            self.find(RosterVerdict::BadIdFormat, RosterColumn::DocumentType);
            return None;
        };
        match self.parse(kind, &text) {
            Ok(number) => Some(number),
            Err(verdict) => {
                self.find(verdict, column);
                None
            }
        }
    }

    fn other_numbers(&mut self) -> Vec<IdNumber> {
        let column = RosterColumn::OtherNumber;
        let mut numbers = Vec::new();
        for (position, cell) in self.row.cells.iter().enumerate() {
            let text = cell.trim_matches(is_blank);
            if self.rules.mapping.at(position) != Some(column) || text.is_empty() {
                continue;
            }
            match self.parse(guess_type(text), text) {
                Ok(number) => numbers.push(number),
                Err(verdict) => self.find(verdict, column),
            }
        }
        numbers
    }

    fn parse(&self, kind: DocumentType, text: &str) -> Result<IdNumber, RosterVerdict> {
        let number = normalise(text);
        if is_scientific(&number) {
            return Err(RosterVerdict::IdLostDigits);
        }
        // 15 digits from before 2013: the same person's 18.
        let number = upgraded(&number)
            .filter(|_| kind == DocumentType::CnId)
            .unwrap_or(number);
        IdNumber::parse(kind, &number, self.rules.today).map_err(|error| match error {
            IdNumberError::CheckCharacter { .. }
            | IdNumberError::Date { .. }
            | IdNumberError::FutureDate { .. }
                if number.ends_with("000") =>
            {
                RosterVerdict::IdLostDigits
            }
            IdNumberError::CheckCharacter { .. } => RosterVerdict::BadIdChecksum,
            IdNumberError::Date { .. } | IdNumberError::FutureDate { .. } => RosterVerdict::BadDate,
            IdNumberError::Length { .. }
            | IdNumberError::Character { .. }
            | IdNumberError::FirstGeneration => RosterVerdict::BadIdFormat,
        })
    }

    fn level(&mut self) -> Option<EducationLevel> {
        let level = match self.cell(RosterColumn::Level) {
            Some(text) => EducationLevel::recognise(text),
            None => self.rules.default_level,
        };
        if level.is_none() {
            self.find(RosterVerdict::UnknownLevel, RosterColumn::Level);
        }
        level
    }

    fn student_no(&mut self) -> Option<String> {
        let column = RosterColumn::StudentNo;
        let number = normalise(self.cell(column)?);
        if is_scientific(&number) {
            self.find(RosterVerdict::IdLostDigits, column);
        } else if is_short(&number, self.rules.usual_length) {
            self.find(RosterVerdict::LeadingZerosLost, column);
        }
        Some(number)
    }

    fn date(&mut self) -> Option<String> {
        let column = RosterColumn::ExpectedGraduation;
        let day = date::read(self.cell(column)?);
        if day.is_none() && !self.is_defect(column) {
            self.find(RosterVerdict::BadDate, column);
        }
        day.map(|day| day.to_string())
    }
}

/// The text with one kind of space and characters that GBK once had no place for.
fn tidy(text: &str) -> String {
    let words = text
        .split(char::is_whitespace)
        .filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    joined.chars().map(without_private_use).collect()
}

/// The kind of document that a cell names; `01` is the first code of the list with two digits.
fn document_type(word: &str) -> Option<DocumentType> {
    let code = word.strip_prefix('0').filter(|rest| rest.len() == 1);
    DocumentType::recognise(code.unwrap_or(word))
}

/// `4.20106E+17`, as it is after normalising.
fn is_scientific(number: &str) -> bool {
    let Some((digits, power)) = number.split_once('E') else {
        return false;
    };
    let is_number = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let power = power.trim_start_matches('+');
    digits.contains('.') && is_number(digits) && !power.is_empty() && is_number(power)
        || number.contains("E+") && is_number(digits) && is_number(power)
}

fn is_short(number: &str, usual: Option<usize>) -> bool {
    let is_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    usual.is_some_and(|usual| is_digits && number.len() < usual)
}

/// How long the student numbers of a file are.
#[derive(Debug, Clone, Default)]
pub struct NumberLengths {
    by_length: std::collections::BTreeMap<usize, u64>,
    count: u64,
}

impl NumberLengths {
    /// Counts a student number.
    pub fn add(&mut self, number: &str) {
        let number = normalise(number);
        if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
            *self.by_length.entry(number.len()).or_default() += 1;
        }
        self.count += u64::from(!number.is_empty());
    }

    /// Counts what another part of the file counted.
    pub fn join(&mut self, other: Self) {
        for (length, count) in other.by_length {
            *self.by_length.entry(length).or_default() += count;
        }
        self.count += other.count;
    }

    /// The length that nine of ten have, of at least ten.
    pub fn usual(&self) -> Option<usize> {
        let (&length, &most) = self.by_length.iter().max_by_key(|&(_, &count)| count)?;
        (self.count >= 10 && most * 10 >= self.count * 9).then_some(length)
    }
}

#[cfg(test)]
mod tests;
