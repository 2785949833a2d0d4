//! Looking through a roster file once before its rows are judged: how many there are, how long student numbers are, and
//! which numbers stand in it more than once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU64;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::id_document::normalise;
use domain::roster::{
    ColumnMapping, NumberLengths, RawRow, RosterColumn, RosterRow, RosterVerdict, RowReading,
    RowRules, read_row,
};
use domain::{EducationLevel, KeyedHash, indexed_name};
use table::Row;

use super::file::{FileFailure, RosterFile, defects};
use super::listed::NewStudent;
use crate::vault::TaskIndex;

/// How rows are read, and under which key what is in them is found.
#[derive(Debug, Clone)]
pub(super) struct RowLook {
    /// What the columns hold.
    pub(super) mapping: ColumnMapping,
    /// Finds what is in them.
    pub(super) index: Arc<TaskIndex>,
    /// The day on which they are read.
    pub(super) today: NaiveDate,
    /// The level of rows that name none.
    pub(super) default_level: Option<EducationLevel>,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Survey {
    /// How many rows there are below the heading.
    pub(super) rows: u64,
    look: RowLook,
    usual_length: Option<usize>,
    /// Beginnings of keyed hashes, sorted: eight bytes a number.
    numbers: Vec<u64>,
    student_nos: Vec<u64>,
    /// Those of both that occur more than once, sorted.
    repeated: Vec<u64>,
}

/// What is found in a piece of the file.
#[derive(Debug, Default)]
struct SurveyPiece {
    rows: u64,
    lengths: NumberLengths,
    numbers: Vec<u64>,
    student_nos: Vec<u64>,
}

/// A row that names a student, with what they are found by.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) student: RosterRow,
    /// The keyed hashes of every form of every number; the first is that of the number itself.
    pub(super) indexes: Vec<KeyedHash>,
    pub(super) student_no_index: Option<KeyedHash>,
    /// The student as they would be added, where that was sealed ahead.
    pub(super) new: Option<NewStudent>,
}

/// What a row says, and what it is found by.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) row_number: u64,
    pub(super) reading: RowReading,
    pub(super) found: Option<Found>,
}

/// Looks through the file.
pub(super) async fn survey(file: &RosterFile, look: RowLook) -> Result<Survey, FileFailure> {
    let mut survey = Survey::begun(look.clone());
    let mut lengths = NumberLengths::default();
    let mut pieces = file.pieces(move |rows| look.survey(&rows))?;
    while let Some(piece) = pieces.next().await? {
        survey.join(&mut lengths, piece);
    }
    survey.close(&lengths);
    Ok(survey)
}

/// Looks through rows that came without a file.
pub(super) fn survey_of_rows(rows: &[Row], look: RowLook) -> Survey {
    let mut lengths = NumberLengths::default();
    let piece = look.survey(rows);
    let mut survey = Survey::begun(look);
    survey.join(&mut lengths, piece);
    survey.close(&lengths);
    survey
}

impl RowLook {
    fn survey(&self, rows: &[Row]) -> SurveyPiece {
        let position = self.mapping.position(RosterColumn::StudentNo);
        let mut piece = SurveyPiece {
            rows: rows.len() as u64,
            ..SurveyPiece::default()
        };
        for row in rows {
            let found = self.see(row, None).found;
            if let Some(number) = position.and_then(|position| row.cells.get(position)) {
                piece.lengths.add(number);
                // Of rows that are refused as well: whom they mean is not missing in the file.
                let known = found
                    .as_ref()
                    .and_then(|found| found.student_no_index.clone());
                let index = known.unwrap_or_else(|| self.index.to_write(&normalise(number)).into());
                piece.student_nos.push(beginning(&index));
            }
            piece.numbers.extend(found.iter().flat_map(keys));
        }
        piece
    }

    /// Reads a row and finds what the student is found by.
    fn see(&self, row: &Row, usual_length: Option<usize>) -> Seen {
        let rules = RowRules {
            mapping: &self.mapping,
            today: self.today,
            default_level: self.default_level,
            usual_length,
        };
        let raw = RawRow {
            cells: &row.cells,
            defects: &defects(row),
        };
        let index = &self.index;
        let mut reading = read_row(raw, &rules);
        let found = reading.student.take().map(|student| {
            let numbers = std::iter::once(&student.number).chain(&student.other_numbers);
            let indexes = numbers.flat_map(|number| index.of_number(number));
            let student_no_index = student.student_no.as_deref();
            let student_no_index = student_no_index.map(|number| index.to_write(number).into());
            Found {
                indexes: indexes.map(Into::into).collect(),
                student_no_index,
                student,
                new: None,
            }
        });
        Seen {
            row_number: row.number,
            reading,
            found,
        }
    }
}

impl Survey {
    fn begun(look: RowLook) -> Self {
        Self {
            rows: 0,
            look,
            usual_length: None,
            numbers: Vec::new(),
            student_nos: Vec::new(),
            repeated: Vec::new(),
        }
    }

    fn join(&mut self, lengths: &mut NumberLengths, piece: SurveyPiece) {
        self.rows += piece.rows;
        self.numbers.extend(piece.numbers);
        self.student_nos.extend(piece.student_nos);
        lengths.join(piece.lengths);
    }

    /// Sorts what was seen, once all rows were.
    fn close(&mut self, lengths: &NumberLengths) {
        self.usual_length = lengths.usual();
        for list in [&mut self.numbers, &mut self.student_nos] {
            list.sort_unstable();
            let repeated = list.windows(2).filter(|pair| pair[0] == pair[1]);
            self.repeated.extend(repeated.map(|pair| pair[0]));
            list.dedup();
            list.shrink_to_fit();
        }
        self.repeated.sort_unstable();
        self.repeated.dedup();
        self.repeated.shrink_to_fit();
    }

    /// Reads a row and finds what the student is found by.
    pub(super) fn see(&self, row: &Row) -> Seen {
        self.look.see(row, self.usual_length)
    }

    /// Whether a row of the file has one of these numbers of a level, or this student number.
    pub(super) fn names(
        &self,
        level: EducationLevel,
        indexes: &[&KeyedHash],
        student_no: Option<&KeyedHash>,
    ) -> bool {
        let has = |list: &[u64], key: u64| list.binary_search(&key).is_ok();
        let mut keys = indexes.iter().map(|index| of_level(index, level));
        keys.any(|key| has(&self.numbers, key))
            || student_no.is_some_and(|index| has(&self.student_nos, beginning(index)))
    }
}

/// Whom the rows mean in which what is repeated stood first: a fingerprint for each of [`Survey::repeated`]. Sorted lists,
/// since hash tables would take four times the memory where every row of a file stands in it twice.
#[derive(Debug)]
pub(super) struct FirstRows(Vec<Option<NonZeroU64>>);

impl FirstRows {
    /// Before any row was looked at.
    pub(super) fn of(survey: &Survey) -> Self {
        Self(vec![None; survey.repeated.len()])
    }

    /// What is to be said of a row whose student stands in an earlier one.
    pub(super) fn check(&mut self, survey: &Survey, found: &Found) -> Option<RosterVerdict> {
        if self.0.is_empty() {
            return None;
        }
        let mut all = keys(found);
        all.extend(found.student_no_index.as_ref().map(beginning));
        let print = fingerprint(found);
        let (mut verdict, mut fresh) = (None, Vec::new());
        for key in all {
            let Ok(place) = survey.repeated.binary_search(&key) else {
                continue;
            };
            match self.0.get(place).copied().flatten() {
                Some(first) if first == print => {
                    verdict = verdict.or(Some(RosterVerdict::DuplicateInFile));
                }
                Some(_) => verdict = Some(RosterVerdict::ConflictInFile),
                None => fresh.push(place),
            }
        }
        if verdict.is_none() {
            for place in fresh {
                if let Some(first) = self.0.get_mut(place) {
                    *first = Some(print);
                }
            }
        }
        verdict
    }
}

/// What tells whether two rows mean one person.
fn fingerprint(found: &Found) -> NonZeroU64 {
    let mut hasher = DefaultHasher::new();
    indexed_name(&found.student.name).hash(&mut hasher);
    found.student.level.hash(&mut hasher);
    found.student.student_no.hash(&mut hasher);
    found.indexes.first().hash(&mut hasher);
    NonZeroU64::new(hasher.finish()).unwrap_or(NonZeroU64::MIN)
}

/// Numbers count within their level. Each form of a number is counted once a row.
fn keys(found: &Found) -> Vec<u64> {
    let of = |index: &KeyedHash| of_level(index, found.student.level);
    let mut keys: Vec<u64> = found.indexes.iter().map(of).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn of_level(index: &KeyedHash, level: EducationLevel) -> u64 {
    beginning(index) ^ (level as u64)
}

fn beginning(index: &KeyedHash) -> u64 {
    let bytes = index.as_bytes().iter().take(8);
    bytes.fold(0, |sum, &byte| sum << 8 | u64::from(byte))
}
