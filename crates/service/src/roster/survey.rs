//! Looking through a roster file once before its rows are judged: how many there are, how long student numbers are, and
//! which numbers stand in it more than once.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;
use domain::roster::{
    ColumnMapping, NumberLengths, RawRow, RosterColumn, RosterRow, RosterVerdict, RowReading,
    RowRules, read_row,
};
use domain::{EducationLevel, KeyedHash, indexed_name};
use table::Row;

use super::file::{FileFailure, RosterFile, defects};
use crate::vault::TaskIndex;

/// What was found.
#[derive(Debug)]
pub(super) struct Survey {
    /// How many rows there are below the heading.
    pub(super) rows: u64,
    usual_length: Option<usize>,
    today: NaiveDate,
    default_level: Option<EducationLevel>,
    /// Beginnings of keyed hashes, sorted: eight bytes a number.
    numbers: Vec<u64>,
    student_nos: Vec<u64>,
    repeated: HashSet<u64>,
}

/// A row that names a student, with what they are found by.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) student: RosterRow,
    /// The keyed hashes of every form of every number; the first is that of the number itself.
    pub(super) indexes: Vec<KeyedHash>,
    pub(super) student_no_index: Option<KeyedHash>,
}

/// What a row says, and what it is found by.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) row_number: u64,
    pub(super) reading: RowReading,
    pub(super) found: Option<Found>,
}

/// Looks through the file.
pub(super) async fn survey(
    file: &RosterFile,
    index: &TaskIndex,
    today: NaiveDate,
    default_level: Option<EducationLevel>,
) -> Result<Survey, FileFailure> {
    let mut survey = Survey::begun(today, default_level);
    let mut lengths = NumberLengths::default();
    let mut rows = file.rows()?;
    while let Some(batch) = rows.next().await? {
        survey.look(&mut lengths, &file.mapping, index, &batch);
        // The lanes of the worker share its thread.
        tokio::task::yield_now().await;
    }
    survey.close(&lengths);
    Ok(survey)
}

/// Looks through rows that came without a file; where they name no level there is none.
pub(super) fn survey_of_rows(
    rows: &[Row],
    mapping: &ColumnMapping,
    index: &TaskIndex,
    today: NaiveDate,
) -> Survey {
    let mut survey = Survey::begun(today, None);
    let mut lengths = NumberLengths::default();
    survey.look(&mut lengths, mapping, index, rows);
    survey.close(&lengths);
    survey
}

impl Survey {
    fn begun(today: NaiveDate, default_level: Option<EducationLevel>) -> Self {
        Self {
            rows: 0,
            usual_length: None,
            today,
            default_level,
            numbers: Vec::new(),
            student_nos: Vec::new(),
            repeated: HashSet::new(),
        }
    }

    fn look(
        &mut self,
        lengths: &mut NumberLengths,
        mapping: &ColumnMapping,
        index: &TaskIndex,
        rows: &[Row],
    ) {
        let position = mapping.position(RosterColumn::StudentNo);
        self.rows += rows.len() as u64;
        for row in rows {
            if let Some(number) = position.and_then(|position| row.cells.get(position)) {
                lengths.add(number);
                let index = index.to_write(&domain::id_document::normalise(number));
                self.student_nos.push(beginning(&index.into()));
            }
            if let Some(found) = self.see(mapping, index, row).found {
                self.numbers.extend(keys(&found));
            }
        }
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
    }

    /// Reads a row and finds what the student is found by.
    pub(super) fn see(&self, mapping: &ColumnMapping, index: &TaskIndex, row: &Row) -> Seen {
        let rules = RowRules {
            mapping,
            today: self.today,
            default_level: self.default_level,
            usual_length: self.usual_length,
        };
        let raw = RawRow {
            cells: &row.cells,
            defects: &defects(row),
        };
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
            }
        });
        Seen {
            row_number: row.number,
            reading,
            found,
        }
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

/// The rows in which what is repeated stood first.
#[derive(Debug, Default)]
pub(super) struct FirstRows(HashMap<u64, u64>);

impl FirstRows {
    /// What is to be said of a row whose student stands in an earlier one.
    pub(super) fn check(&mut self, survey: &Survey, found: &Found) -> Option<RosterVerdict> {
        let mut all = keys(found);
        all.extend(found.student_no_index.as_ref().map(beginning));
        let print = fingerprint(found);
        let repeated = all.into_iter().filter(|key| survey.repeated.contains(key));
        let (mut verdict, mut fresh) = (None, Vec::new());
        for key in repeated {
            match self.0.get(&key) {
                Some(&first) if first == print => {
                    verdict = verdict.or(Some(RosterVerdict::DuplicateInFile));
                }
                Some(_) => verdict = Some(RosterVerdict::ConflictInFile),
                None => fresh.push(key),
            }
        }
        if verdict.is_none() {
            self.0.extend(fresh.into_iter().map(|key| (key, print)));
        }
        verdict
    }
}

/// What tells whether two rows mean one person.
fn fingerprint(found: &Found) -> u64 {
    let mut hasher = DefaultHasher::new();
    indexed_name(&found.student.name).hash(&mut hasher);
    found.student.level.hash(&mut hasher);
    found.student.student_no.hash(&mut hasher);
    found.indexes.first().hash(&mut hasher);
    hasher.finish()
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
